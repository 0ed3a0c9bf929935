"""Environment: what the machine refused, as a problem that its owner can do something about."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Final

from bragfolio.problems import Problem, Span, error

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_MOUNTED: Final = frozenset({errno.EXDEV, errno.EBUSY})


def is_refusal(failure: OSError) -> bool:
    """Tell whether the machine surely was in the way: any other OSError may be a bug of ours."""
    return failure.errno in _FULL | _FORBIDDEN


def environment_problem(failure: OSError, place: Path) -> Problem:
    """Return *failure* as a problem, at the file that it names, else at *place*."""
    span = Span(str(failure.filename or place))
    if failure.errno in _FULL:
        return error("disk", "the disk is full", span, "make room, and try again")
    if failure.errno in _FORBIDDEN:
        hint = "give yourself the right to, or choose another folder"
        return error("permission", "this may not be read or written", span, hint)
    if failure.errno == errno.ENOENT:
        return error("file-missing", "this file vanished while it was needed", span, "try again")
    if failure.errno in _MOUNTED:
        hint = f"choose a folder inside it, for example --output {place / 'site'}"
        return error("disk", "this folder is a mount point, which cannot be replaced in one step", span, hint)
    message = f"the machine refused: {failure.strerror or failure}"
    return error("disk", message, span, "see whether the disk and the folder are in order")
