"""Markdown: text as a line of Markdown that says it and nothing else, for documents that people paste into forms."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile(r"[\\`*<\[\]~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
"""What Markdown would read anywhere in a line; an underscore inside a word is none."""
_START: Final = re.compile(r"^(?:[#>+=|-]|\d{1,9}(?=[.)](?:\s|$)))")


def paragraph(text: str) -> str:
    """Return *text* on one line, with a backslash before what Markdown would take for its own, and nowhere else."""
    line = _SIGNS.sub(r"\\\g<0>", " ".join(text.split()))
    found = _START.match(line)
    if not found:
        return line
    start = found[0]
    return f"{start}\\{line[len(start) :]}" if start.isdigit() else f"\\{line}"
