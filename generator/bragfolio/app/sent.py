"""Sent: which one-pager a PDF is, and to whom it went."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from msgspec import Struct

from bragfolio.app.folder import state_folder
from bragfolio.app.ledgers import MADE, SENT, LedgerError, append_row, read_rows
from bragfolio.app.people import unknown_person
from bragfolio.app.start import day_in
from bragfolio.problems import Problem, Span, error


class SentRequest(Struct, frozen=True):
    """A file, and what to note of it."""

    root: Path
    file: Path
    is_logged: bool = False
    to: str = ""
    channel: str = ""
    as_of: dt.date | None = None


class SentReport(Struct, frozen=True):
    """Which one-pager the file is."""

    problems: tuple[Problem, ...] = ()
    made: dict[str, str] | None = None
    """Its line in one-pagers.csv; for one that a build made, its campaign, audience and file."""
    before: tuple[dict[str, str], ...] = ()
    """The lines of sent.csv that name it."""
    is_logged: bool = False


def identify(request: SentRequest) -> SentReport:
    """Return what the file is, and note to whom it went when asked to."""
    try:
        return _identify(request)
    except LedgerError as broken:
        return SentReport((broken.problem,))


def _identify(request: SentRequest) -> SentReport:
    span = Span(str(request.file))
    if request.file.is_dir():
        return SentReport((error("not-found", "this is a folder", span, "name a PDF in it"),))
    if not request.file.is_file():
        return SentReport((error("not-found", "there is no such file", span, "check the name"),))
    sha256 = hashlib.sha256(request.file.read_bytes()).hexdigest()
    rows, problems = read_rows(request.root, MADE)
    rows = [row for row in rows if row["sha256"] == sha256]
    made = rows[-1] if rows else _in_builds(request.root, sha256)
    if made is None:
        message = "Brag has no note of this file: it was made elsewhere, or changed since"
        hint = "`brag pdf` notes what it makes in site_content/private/one-pagers.csv"
        return SentReport((*problems, error("not-found", message, span, hint)))
    sent, wrong = read_rows(request.root, SENT)
    problems += wrong
    before = tuple(row for row in sent if row["sha256"] == sha256)
    if not request.is_logged:
        return SentReport(tuple(problems), made, before)
    unknown = unknown_person(request.root, request.to, Span("brag sent"))
    if unknown:
        return SentReport((*problems, unknown), made, before)
    day = day_in(request.root, request.as_of).isoformat()
    row = {"date": day, "campaign": made["campaign"], "to": request.to, "file": request.file.name, "sha256": sha256}
    append_row(request.root, SENT, {**row, "channel": request.channel, "outcome": ""})
    return SentReport(tuple(problems), made, before, is_logged=True)


def _in_builds(root: Path, sha256: str) -> dict[str, str] | None:
    """Return which PDF of a built site has this hash."""
    folders = [(root / "output", "public")]
    builds = state_folder(root) / "builds"
    folders += [(folder, folder.name) for folder in sorted(builds.iterdir())] if builds.is_dir() else []
    for folder, audience in folders:
        for path in (folder / "resume.pdf", *sorted((folder / "one-pagers").glob("*.pdf"))):
            if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
                campaign = "" if path.name == "resume.pdf" else path.stem
                return {"date": "", "campaign": campaign, "audience": audience, "page": "", "template": "",
                        "file": path.relative_to(root).as_posix(), "sha256": sha256, "achievements": ""}  # fmt: skip
    return None
