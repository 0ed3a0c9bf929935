"""brag import."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, count_problems, problem_data

if TYPE_CHECKING:
    from bragfolio.app.import_ import ImportReport, ImportRequest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    from bragfolio.core.importers import IMPORTERS

    parser.add_argument("format", choices=list(IMPORTERS), metavar="FORMAT", help=", ".join(IMPORTERS))
    parser.add_argument("file", type=Path, metavar="FILE", help="the file to bring in; it is only read")
    parser.add_argument(
        "--visibility", default="private", metavar="AUDIENCE", help="who sees what is new (default: nobody but you)"
    )
    parser.add_argument("--id", default="", metavar="ID", help="of a ladder (default: the file's name)")
    parser.add_argument("--force", action="store_true", help="overwrite what was imported and edited since")
    parser.add_argument("--dry-run", action="store_true", help="say what would be written, and write nothing")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Import, and say what is new, what was left alone and what stayed behind."""
    from bragfolio.app.import_ import ImportRequest, import_file
    from bragfolio.app.prepare import UnknownAudience
    from bragfolio.app.start import day_in
    from bragfolio.problems import has_errors

    is_ladder = arguments.format == "ladder"
    if arguments.id and not is_ladder:
        terminal.error("brag import: --id is for a ladder; entries have the names of their files")
        return Exit.USAGE
    if is_ladder and arguments.visibility != "private":
        terminal.error("brag import: a ladder is for nobody but you; leave --visibility away")
        return Exit.USAGE
    root = find_root(arguments)
    request = ImportRequest(
        root=root,
        format=arguments.format,
        file=arguments.file,
        today=day_in(root, arguments.as_of),
        visibility=arguments.visibility,
        id=arguments.id,
        force=arguments.force,
        dry_run=arguments.dry_run,
    )
    try:
        report = import_file(request)
    except UnknownAudience as unknown:
        terminal.error(f"brag import: there is no audience “{arguments.visibility}”; {unknown}")
        return Exit.USAGE
    terminal.problems(report.problems)
    terminal.emit(_data(report, request))
    if report.failure:
        return Exit.ENVIRONMENT
    if has_errors(report.problems):
        terminal.error(f"Nothing was imported: {count_problems(report.problems)}.")
        return Exit.PROBLEMS
    _close(report, request, terminal)
    return Exit.PROBLEMS if arguments.strict and report.problems else Exit.OK


def _close(report: ImportReport, request: ImportRequest, terminal: Terminal) -> None:
    counts = [
        (report.new, "new"),
        (report.updated, "brought up to date"),
        (report.unchanged, "as before"),
        (report.kept, "left as you have them"),
    ]
    what = ", ".join(f"{count:,} {word}" for count, word in counts if count) or "nothing to import"
    terminal.note(f"{request.file}: {what}.")
    if request.dry_run and report.files:
        terminal.note(f"Would write {_files(report)}:")
        for path in report.files:
            terminal.note(f"  {path}")
        return
    if report.files:
        whom = "Nobody but you sees" if request.visibility == "private" else f"The audience “{request.visibility}” sees"
        terminal.note(f"Wrote {_files(report)}. {whom} what is new.")
    for note in report.notes:
        terminal.note(note)
    if request.visibility != "private" and report.unchanged + report.updated + report.kept:
        terminal.note("What was there already is seen by whom it was seen before.")
    if report.new and request.visibility == "private" and request.format != "ladder":
        terminal.note("See it: brag build --audience self. Show an entry to everybody: brag publish ID")


def _files(report: ImportReport) -> str:
    return f"{len(report.files)} file{'s' * (len(report.files) != 1)}"


def _data(report: ImportReport, request: ImportRequest) -> dict[str, object]:
    return {
        "written": report.is_written,
        "dry_run": request.dry_run,
        "visibility": request.visibility,
        "files": list(report.files),
        "new": report.new,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "kept": report.kept,
        "notes": list(report.notes),
        "problems": [problem_data(problem) for problem in report.problems],
    }
