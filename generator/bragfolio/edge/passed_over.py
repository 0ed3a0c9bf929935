"""Passed over: names of files that are never read: dot-files, and what editors and desktops leave behind."""

from __future__ import annotations

import re
from typing import Final

_IGNORED: Final = re.compile(r"\..*|.*~|.*\.swp|.*\.swx|#.*#|4913|Thumbs\.db|desktop\.ini", re.IGNORECASE)
_SKIPPED_FOLDERS: Final = frozenset({"node_modules", "__pycache__"})
_KEPT: Final = frozenset({".well-known", ".nojekyll"})
"""Dot-files that are published from static/."""


def is_passed_over(name: str) -> bool:
    """Tell whether files and folders of this name are never read, wherever they are."""
    return is_ignored(name) and name not in _KEPT


def is_ignored(name: str) -> bool:
    """Tell whether files and folders of this name are not read, but for a few in static/."""
    return bool(_IGNORED.fullmatch(name)) or name in _SKIPPED_FOLDERS
