"""Edit: one key of front matter changed in place, the rest of the file left to its author."""

from __future__ import annotations

import re

_FRONT = re.compile(r"\A(---[ \t]*\n)(.*?)(^(?:---|\.\.\.)[ \t]*$)", re.DOTALL | re.MULTILINE)


def set_key(text: str, key: str, value: str | None) -> str:
    """Return the file *text* with the top-level *key* of its front matter set to the YAML *value*, removed when None.

    A new key goes to the end. The file must have front matter; use LF line ends.
    """
    match = _FRONT.search(text)
    if not match:
        raise ValueError("the text has no front matter")
    opening, front, closing = match.groups()
    line = "" if value is None else f"{key}: {value}\n"
    pattern = re.compile(rf"^{re.escape(key)}[ \t]*:.*\n(?:(?:[ \t]+.*|-.*)?\n)*?(?=\S|\Z)", re.MULTILINE)
    found = pattern.search(front)
    front = front[: found.start()] + line + front[found.end() :] if found else front + line
    return opening + front + closing + text[match.end() :]
