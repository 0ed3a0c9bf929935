"""Unchanged: tells that a build would make again what is there, and repeats what it said; before anything heavy is imported.

What counts is remembered for each output, in `.brag/cache/builds/`: the marks of every file that a build reads (the
portfolio, its themes, the program and those built in, git's index), the settings, the day, and the marks of the output.
Whatever is missing, damaged or different leads to a build.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from bragfolio import __version__
from bragfolio.app.folder import state_folder
from bragfolio.app.report import BuildReport, Published
from bragfolio.edge.cache import keep, read_kept
from bragfolio.edge.clock import find_timezone, stopwatch, today
from bragfolio.edge.git_place import find_program, find_top, index_of
from bragfolio.edge.marks import Looker, Marks, contents, library_folders
from bragfolio.edge.target import MANIFEST
from bragfolio.model.held_back import HeldBack
from bragfolio.problems import Problem, Severity, Span, has_errors, in_order

_FORMAT: Final = 1
_MOST: Final = 40
"""Outputs that are remembered."""
_PACKAGE: Final = Path(__file__).resolve().parent.parent
_DAMAGE: Final = (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading something raises that no build remembered."""
_LARGEST: Final = 4_000_000
"""Bytes of what is remembered of one build: its warnings are in it."""


class Settings(NamedTuple):
    """What was asked for, as far as it changes what is built."""

    root: Path
    output: Path
    audience: str
    as_of: dt.date | None
    drafts: bool
    base_url: str | None
    with_pdf: bool
    theme: str = ""

    @property
    def words(self) -> str:
        """The settings as one text; the day is kept beside it, since it may be today."""
        place = [os.path.realpath(self.root), os.path.realpath(self.output)]
        asked = [self.audience, self.drafts, self.base_url, self.with_pdf, self.theme]
        program = [__version__, sys.version, sys.prefix, sys.flags.utf8_mode]
        return json.dumps([_FORMAT, *place, *asked, *program])


class Before(NamedTuple):
    """What a build is about to read."""

    moment: int
    marks: Marks
    contents: dict[str, str]
    """Of the young files among it."""


def repeat(settings: Settings) -> tuple[BuildReport | None, Marks | None]:
    """Return the report of the build that made what is there, None when it has to be built, and what was seen on the way."""
    started, seen = stopwatch(), None
    try:
        kept = _recall(settings)
        if kept is None:
            return None, None
        seen = _look(settings, _moment(settings))
        report = _unpack(settings, kept["report"]) if _is_unchanged(settings, kept, seen) else None
    except _DAMAGE:
        return None, seen
    if report:
        report.seconds = stopwatch() - started
    return report, seen


def is_as_made(settings: Settings) -> bool:
    """Tell whether the output is, file by file, what the last build made there, as far as `repeat` would believe it."""
    try:
        kept = _recall(settings)
        if kept is None:
            return False
        made = _look_at_output(settings, _moment(settings))
        young = {path: kept["young"].get(path) for path in made.young}
        return bool(made.digest == kept["made"] and contents(young) == young)
    except _DAMAGE:
        return False


def look_before(settings: Settings, moment: int, seen: Marks | None = None) -> Before | None:
    """Look at what a build is about to read, *moment* being now; None when it cannot be told apart later.

    What `repeat` has *seen* will do: files that were young then are so still, or too old to matter, and what changed since
    is found out by `remember`.
    """
    with contextlib.suppress(OSError, ValueError, RecursionError):
        marks = seen or _look(settings, moment)
        if marks.is_sure:
            return Before(moment, marks, contents(marks.young))
    return None


def remember(settings: Settings, before: Before, report: BuildReport, day: dt.date, timezone: str) -> None:
    """Remember that what was there *before* gave *report* on *day*, unless it changed meanwhile. That it cannot be is no mistake."""
    if report.published is None or has_errors(report.problems):
        return
    with contextlib.suppress(OSError, ValueError, RecursionError):
        made = _look_at_output(settings, (settings.output / MANIFEST).stat().st_mtime_ns)
        if not made.is_sure or _look(settings, before.moment).digest != before.marks.digest:
            return
        _keep(settings, {
            "settings": settings.words,
            "day": day.isoformat(),
            "timezone": timezone,
            "read": before.marks.digest,
            "made": made.digest,
            "young": {**before.contents, **contents(made.young)},
            "report": _pack(report),
        })  # fmt: skip


def _is_unchanged(settings: Settings, kept: dict[str, Any], read: Marks) -> bool:
    """Tell whether *kept* was remembered of what is there now, *read* being what a build would read."""
    if kept["settings"] != settings.words or _day(settings, kept["timezone"]) != kept["day"] or _is_unsettled(settings):
        return False
    if read.digest != kept["read"]:
        return False
    made, young = _look_at_output(settings, _moment(settings)), kept["young"]
    if made.digest != kept["made"] or (young and contents(young) != young):
        return False
    still_young = {path: young[path] for path in (*read.young, *made.young) if path in young}
    if len(still_young) < len(young):  # the others could no longer change and keep their mark
        _keep(settings, {**kept, "young": still_young})
    return os.access(settings.output, os.W_OK)


def _recall(settings: Settings) -> dict[str, Any] | None:
    packed = read_kept(_folder(settings), _name(settings))
    return None if packed is None else dict(json.loads(packed))


def _moment(settings: Settings) -> int:
    """Return when `_recall` has what it returns from, by the clock of the disk."""
    return (_folder(settings) / _name(settings)).stat().st_mtime_ns


def _keep(settings: Settings, kept: dict[str, Any]) -> None:
    packed = json.dumps(kept).encode()
    if len(packed) <= _LARGEST:
        keep(_folder(settings), _name(settings), packed, _MOST)


def _day(settings: Settings, timezone: str) -> str:
    zone = find_timezone(timezone) if settings.as_of is None else None
    day = settings.as_of or (today(zone) if zone else None)
    return day.isoformat() if day else ""


def _is_unsettled(settings: Settings) -> bool:
    """Tell whether a build is at work on this output, or left something when it was killed."""
    output = Path(os.path.realpath(settings.output))
    with os.scandir(output.parent) as found:
        if any(item.name.startswith(f".{output.name}.brag-") for item in found):
            return True
    name = hashlib.sha256(str(output).encode()).hexdigest()[:16]
    return (state_folder(settings.root) / f"{name}.pid").exists()


def _look(settings: Settings, moment: int) -> Marks:
    """Look at everything that a build reads."""
    looker = Looker(moment)
    root = os.path.realpath(settings.root)
    looker.folder(f"{root}/site_content", passes_over=True)
    looker.folder(f"{root}/themes", follows=True)
    for place in _program():
        looker.folder(place)
    for place in library_folders():
        looker.file(place)  # its time changes when a library is installed or goes
    top = find_top(Path(os.path.realpath(f"{root}/site_content")))
    if top:
        looker.file(str(index_of(top)))
        looker.file(find_program() or "git")
        looker.file(os.environ.get("GITHUB_EVENT_PATH", ""))  # what GitHub says of the repository, on its own machines
    return looker.marks()


def _look_at_output(settings: Settings, moment: int) -> Marks:
    looker = Looker(moment, has_inodes=True)
    looker.folder(os.path.realpath(settings.output))
    return looker.marks()


def _program() -> Iterator[str]:
    """Yield the folders of the program and of the built-in themes."""
    yield str(_PACKAGE)
    if not (_PACKAGE / "_bundled").is_dir():
        yield str(_PACKAGE.parent.parent / "themes")


def _folder(settings: Settings) -> Path:
    return state_folder(settings.root) / "cache" / "builds"


def _name(settings: Settings) -> str:
    return hashlib.sha256(os.path.realpath(settings.output).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _pack(report: BuildReport) -> dict[str, Any]:
    published = report.published
    return {
        "problems": [[p.code, p.message, p.span.file, p.span.line, p.span.column, p.hint, p.severity.value]
                     for p in in_order(report.problems)],
        "files": published.written + published.unchanged if published else 0,
        "kept": list(published.kept) if published else [],
        "held_back": {name: getattr(report.held_back, name) for name in HeldBack.__slots__},
        "counts": [report.pages, report.achievements, report.entries],
        "has_address": report.has_address,
    }  # fmt: skip


def _unpack(settings: Settings, kept: dict[str, Any]) -> BuildReport:
    report = BuildReport(settings.output, settings.audience)
    report.problems = [
        Problem(code, message, Span(file, line, column), hint, Severity(severity))
        for code, message, file, line, column, hint, severity in kept["problems"]
    ]
    report.published = Published(0, int(kept["files"]), 0, tuple(kept["kept"]))
    for name in HeldBack.__slots__:
        setattr(report.held_back, name, kept["held_back"][name])
    report.held_back.embargoed = Counter(report.held_back.embargoed)
    report.pages, report.achievements, report.entries = (int(count) for count in kept["counts"])
    report.has_address = bool(kept["has_address"])
    return report
