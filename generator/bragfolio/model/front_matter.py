"""Front matter: values written as the YAML that Brag reads back, character for character."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeGuard

MAX_WIDTH: Final = 110
"""Columns up to which a list or mapping of single values stands on one line, in brackets."""
_MAX_KEY: Final = 1000
"""Characters; YAML allows 1024 for a key on one line (yaml.org/spec/1.2.2, 7.4.2)."""
_PLAIN: Final = re.compile(r"[^\W_]|[^\W_][^\n]*[^\s:]")
_NOT_PLAIN: Final = re.compile(r":[ \t]|[ \t]#")
_FLOW_SIGNS: Final = re.compile(r"[,\[\]{}:\"']")
_ESCAPED: Final = re.compile('["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
"""What may not stand in double quotes as it is: quotes, controls, and all that YAML takes for a line break."""
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def front_matter(keys: Mapping[str, object]) -> str:
    """Return *keys* as front matter: `---`, the YAML of `yaml_text`, `---`, each with its line feed."""
    return f"---\n{yaml_text(keys)}---\n"


def yaml_text(value: Mapping[str, object] | Sequence[object]) -> str:
    r"""Return *value* as block YAML in the order given, ending in a line feed.

    A mapping or sequence holds text, mappings, sequences, booleans (`true`, `false`), and anything else by its `str()`;
    a key whose value is None is left out. Text is plain where that is safe and in double quotes where not, always on
    one line: no value can look like `---`, a comment, a tag or a key. What is all single values and short is written
    in brackets. Reading gives the same text back, as long as it is nested less than 32 levels deep.

    Raises ValueError for lone surrogates, which UTF-8 cannot hold, and for keys above 1,000 characters.
    """
    if not value:
        return "[]\n" if isinstance(value, Sequence) else "{}\n"
    text = "".join(f"{line}\n" for line in _block(value))
    try:
        text.encode()
    except UnicodeEncodeError as failure:
        raise ValueError("a lone surrogate cannot be written") from failure
    return text


def _block(value: Mapping[str, object] | Sequence[object]) -> list[str]:
    lines: list[str] = []
    if isinstance(value, Mapping):
        for key, part in value.items():
            if part is not None:
                lines += _pair(_key(key), part)
        return lines
    for part in value:
        if not _is_nested(part):
            lines.append(f"- {_scalar(part)}")
            continue
        flow = _flow(part, MAX_WIDTH)
        first, *rest = [flow] if flow else _block(part)
        lines += [f"- {first}", *(f"  {line}" for line in rest)]
    return lines


def _pair(key: str, value: object) -> list[str]:
    if not _is_nested(value):
        return [f"{key}: {_scalar(value)}"]
    flow = _flow(value, MAX_WIDTH - len(key))
    return [f"{key}: {flow}"] if flow else [f"{key}:", *(f"  {line}" for line in _block(value))]


def _flow(value: Mapping[str, object] | Sequence[object], width: int) -> str:
    """Return *value* in brackets, or `""` when it is too wide or holds more than single values."""
    parts = list(value.values()) if isinstance(value, Mapping) else list(value)
    if any(_is_nested(part) for part in parts):
        return ""
    if isinstance(value, Mapping):
        inside = ", ".join(
            f"{_key(key)}: {_scalar(part, flow=True)}" for key, part in value.items() if part is not None
        )
        text = f"{{{inside}}}"
    else:
        text = f"[{', '.join(_scalar(part, flow=True) for part in parts)}]"
    return text if len(text) <= width or text in {"{}", "[]"} else ""


def _key(key: str) -> str:
    if len(key) > _MAX_KEY:
        raise ValueError(f"a key has more than {_MAX_KEY} characters")
    return _text(key, flow=True)


def _scalar(value: object, *, flow: bool = False) -> str:
    return str(value).lower() if isinstance(value, bool) else _text(str(value), flow=flow)


def _text(text: str, *, flow: bool) -> str:
    unsafe = _NOT_PLAIN.search(text) or _ESCAPED.search(text.replace('"', "")) or (flow and _FLOW_SIGNS.search(text))
    if _PLAIN.fullmatch(text) and not unsafe:
        return text
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(match: re.Match[str]) -> str:
    sign = match[0]
    code = ord(sign)
    return _SHORT.get(sign) or (f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}")


def _is_nested(value: object) -> TypeGuard[Mapping[str, object] | Sequence[object]]:
    return isinstance(value, Mapping | Sequence) and not isinstance(value, str)
