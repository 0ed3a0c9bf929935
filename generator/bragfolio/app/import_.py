"""Import: a file of another program becomes entries of the portfolio, all or none, and never over what was edited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from bragfolio.app.environment import environment_problem
from bragfolio.app.prepare import UnknownAudience
from bragfolio.app.start import UNNAMED
from bragfolio.core.importers import IMPORTERS
from bragfolio.core.importers.json_tree import MAX_BYTES
from bragfolio.core.importers.merge import Merged, Terms, merge_plan
from bragfolio.core.project.audiences import PRIVATE, SELF, read_audiences
from bragfolio.core.read.config import SITE_FILE, read_config
from bragfolio.core.read.portfolio import read_portfolio
from bragfolio.core.read.shape import did_you_mean
from bragfolio.edge.files import leads_out, read_start, write_files_atomically
from bragfolio.edge.tree import read_tree
from bragfolio.model.slugs import slugify
from bragfolio.model.tree import CONTENT, SourceFile, SourceTree, label
from bragfolio.problems import Problem, Span, error, has_errors, in_order

if TYPE_CHECKING:
    from bragfolio.core.importers.plan import Plan


class ImportRequest(Struct, frozen=True):
    """What to import, and how."""

    root: Path
    format: str
    """A key of `core.importers.IMPORTERS`."""
    file: Path
    today: dt.date
    visibility: str = PRIVATE
    """Of what is new: an audience, or private."""
    id: str = ""
    """Of a ladder; `""` for one made of the file's name."""
    force: bool = False
    """Overwrite imported entries that were edited since."""
    dry_run: bool = False
    """Write nothing."""


@dataclass(slots=True)
class ImportReport:
    """What came of it."""

    problems: list[Problem] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    """What to know about the whole; sentences."""
    files: tuple[str, ...] = ()
    """Written, or to be written when it was a dry run; as messages give them."""
    is_written: bool = False
    new: int = 0
    """Entries and items of lists."""
    updated: int = 0
    unchanged: int = 0
    """What was there already and says the same."""
    kept: int = 0
    """What was there already, says something else, and was left as it is."""
    failure: str = ""
    """`environment` when the machine was in the way."""


def import_file(request: ImportRequest) -> ImportReport:
    """Import one file. Raises `prepare.UnknownAudience`; everything else is in the report.

    With any error nothing is written: what cannot be read as a whole, and what would break the portfolio.
    """
    report = ImportReport()
    try:
        _import(request, report)
    except OSError as failure:
        report.problems.append(environment_problem(failure, request.file))
        report.failure = "environment"
    report.problems = in_order(report.problems)
    return report


def _import(request: ImportRequest, report: ImportReport) -> None:
    tree, _ = read_tree(request.root)
    if SITE_FILE not in tree.files:
        hint = "run `brag init my-site` first, or name the folder with -C"
        report.problems = [error("config-missing", "there is no portfolio here", Span(str(request.root)), hint)]
        return
    visibility = _check_audience(tree, request.visibility)
    plan = _read_plan(request)
    report.problems += plan.problems
    if has_errors(report.problems):
        return
    terms = Terms(request.today, visibility, force=request.force, placeholder=UNNAMED)
    merged = merge_plan(plan, tree, terms)
    report.problems += merged.problems + _broken(tree, merged) + _misplaced(request.root, merged)
    if has_errors(report.problems):
        return
    report.notes = plan.notes if merged.new else ()
    report.files = tuple(sorted(label(path) for path in merged.files))
    report.new, report.updated = merged.new, merged.updated
    report.unchanged, report.kept = merged.unchanged, merged.kept
    if not request.dry_run:
        write_files_atomically(request.root / CONTENT, merged.files)
        report.is_written = True


def _check_audience(tree: SourceTree, name: str) -> str:
    config, source, _ = read_config(tree)
    audiences, _ = read_audiences(config, source)
    if name not in audiences.visibilities:
        raise UnknownAudience(did_you_mean(name, audiences.visibilities))
    return PRIVATE if name == SELF else name


def _read_plan(request: ImportRequest) -> Plan:
    from bragfolio.core.importers.plan import Plan

    file = str(request.file)
    try:
        data = read_start(request.file, MAX_BYTES + 1)
    except (FileNotFoundError, IsADirectoryError):
        hint = "check the name; a path is seen from the folder that you are in"
        return Plan(request.format, problems=(error("not-found", "there is no such file", Span(file), hint),))
    plan = IMPORTERS[request.format](file, data)
    named = slugify(request.id) if request.id else ""
    if not plan.ladder or not named:
        return plan
    notes = tuple(note.replace(f"[{plan.ladder.id}/", f"[{named}/") for note in plan.notes)
    return structs.replace(plan, ladder=structs.replace(plan.ladder, id=named), notes=notes)


def _broken(tree: SourceTree, merged: Merged) -> list[Problem]:
    """Return the errors that the portfolio would have with the new files and does not have without."""
    new = {path: SourceFile(path, len(data), data) for path, text in merged.files.items() if (data := text.encode())}
    after = SourceTree(dict(sorted({**tree.files, **new}.items())))
    found = [problem for problem in read_portfolio(after)[1] if problem.is_error]
    known = {(p.code, p.span.file, p.message) for p in read_portfolio(tree)[1]} if found else set()
    return [p for p in found if (p.code, p.span.file, p.message) not in known]


def _misplaced(root: Path, merged: Merged) -> list[Problem]:
    hint = "make it a folder of the portfolio itself"
    return [
        error("symlink", "a symbolic link on the way leads out of the portfolio", Span(label(path)), hint)
        for path in merged.files
        if leads_out(root / CONTENT, path)
    ]
