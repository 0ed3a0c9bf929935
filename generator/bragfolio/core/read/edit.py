"""Edit: one key of front matter changed in place, the rest of the file left to its author."""

from __future__ import annotations

import re
from typing import Final

import yaml

from bragfolio.core.read.yaml_tree import MAX_DEPTH, parse_events, parse_yaml
from bragfolio.model.front_matter import yaml_text

_FRONT: Final = re.compile(r"\A(---[ \t]*\n)(.*?)(^(?:---|\.\.\.)[ \t]*$)", re.DOTALL | re.MULTILINE)


def set_key(text: str, key: str, value: str | None) -> str:
    """Return the file *text* with the top-level *key* of its front matter set to the YAML *value*, removed when None.

    A new key goes to the end; a comment behind the old value goes with it. The file must have front matter, which may
    be broken: then it is left alone from where it breaks. Use LF line ends.
    """
    match = _FRONT.search(text)
    if not match:
        raise ValueError("the text has no front matter")
    opening, front, closing = match.groups()
    if front.lstrip().startswith("{"):
        return opening + _rewrite(front, key, value) + closing + text[match.end() :]
    indent, found = _find_lines(front, key)
    line = "" if value is None else f"{indent}{key}: {value}\n"
    start, end = found or (len(front), len(front))
    return opening + front[:start] + line + front[end:] + closing + text[match.end() :]


def _find_lines(front: str, key: str) -> tuple[str, tuple[int, int] | None]:
    """Return the indentation of the keys of *front*, and where the lines of *key* begin and end, None without it."""
    indent, is_key, start, end = "", True, -1, 0
    is_flow: list[bool] = []
    try:
        for event in parse_events(front):
            if isinstance(event, yaml.CollectionStartEvent):
                is_flow.append(bool(event.flow_style))
                if len(is_flow) > MAX_DEPTH:
                    break
            begun, ended = event.start_mark, event.end_mark
            if (
                not isinstance(event, yaml.ScalarEvent | yaml.AliasEvent | yaml.CollectionEndEvent)
                or not begun
                or not ended
            ):
                continue
            # A block's end is found only behind the comments that follow it: its last value's end counts.
            if not isinstance(event, yaml.CollectionEndEvent) or is_flow.pop():
                end = ended.index
            if len(is_flow) != 1:
                continue
            if is_key and isinstance(event, yaml.ScalarEvent):
                indent = " " * begun.column
                start = begun.index if event.value == key else -1
            elif start >= 0:
                return indent, _whole_lines(front, indent, start, end)
            is_key = not is_key
    except yaml.YAMLError:
        pass  # its author hears of it from the reader
    return indent, None


def _whole_lines(text: str, indent: str, start: int, end: int) -> tuple[int, int]:
    """Return where the lines from *start* to *end* begin and end, with comments inside them, without blank ones behind."""
    first = text.rfind("\n", 0, start) + 1
    last = first + len(text[first:end].rstrip())
    behind = re.compile(rf".*\n?(?:(?:[ \t]*\n)*{indent}[ \t]+#.*\n?)*").match(text, last)
    return first, behind.end() if behind else len(text)


def _rewrite(front: str, key: str, value: str | None) -> str:
    """Return front matter in braces as one key a line, *key* set to *value*."""
    tree, _ = parse_yaml(front, "")
    if not isinstance(tree, dict):
        return front
    keys = {**tree, key: None if value is None else parse_yaml(value, "")[0]}
    return yaml_text(keys)
