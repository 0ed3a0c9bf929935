"""brag build."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, count_problems, problem_data
from bragfolio.problems import printable

if TYPE_CHECKING:
    from bragfolio.app.report import BuildReport
    from bragfolio.edge.marks import Marks
    from bragfolio.model.held_back import HeldBack


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--audience", default="public", help="for whom (default: public)")
    parser.add_argument("--drafts", action="store_true", help="show drafts too; needs --audience self")
    parser.add_argument("--base-url", metavar="URL", help="where the site will be, instead of url: in site.yaml")
    parser.add_argument("--output", type=Path, metavar="DIR", help="where to build (default: output/)")
    parser.add_argument("--no-pdf", action="store_true", help="make no PDFs of one-pagers, and no preview pictures")
    parser.add_argument("--show", action="store_true", help="say what leaks, too, when the scan finds something")
    parser.add_argument("--zip", type=Path, metavar="FILE", help="write what was built into one file, to hand over")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="append a table of what came of it to this file")
    parser.add_argument("--clean", action="store_true", help="write every file anew")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Build, and say what was built, what was held back and why, and how long it took."""
    if arguments.drafts and arguments.audience != "self":
        terminal.error("brag build: --drafts needs --audience self")
        return Exit.USAGE
    report, seen = _repeat(arguments)
    report = report or _build(arguments, seen, terminal)
    if report is None:
        return Exit.USAGE
    terminal.problems(report.problems)
    terminal.emit(_data(report))
    _close(report, arguments.zip, terminal)
    if arguments.summary and not _summarize(arguments, report, terminal):
        return Exit.ENVIRONMENT
    if report.published and (report.archive or not arguments.zip):
        return Exit.OK
    return Exit.ENVIRONMENT if report.failure else Exit.PROBLEMS


def _repeat(arguments: argparse.Namespace) -> tuple[BuildReport | None, Marks | None]:
    """Return what the last build said when this one would make and say the same, and what was seen on the way."""
    if arguments.strict or arguments.clean or arguments.show or arguments.zip:
        return None, None
    from bragfolio.app.folder import default_output
    from bragfolio.app.unchanged import Settings, repeat

    root = find_root(arguments)
    place = arguments.output or default_output(root, arguments.audience)
    return repeat(Settings(
        root, place, arguments.audience, arguments.as_of, arguments.drafts, arguments.base_url, not arguments.no_pdf
    ))  # fmt: skip


def _build(arguments: argparse.Namespace, seen: Marks | None, terminal: Terminal) -> BuildReport | None:
    """Build; return None when an option is wrong."""
    from bragfolio.app.build import BuildRequest, build
    from bragfolio.app.prepare import UnknownAudience
    from bragfolio.model.scalars import ScalarError, Url

    try:
        base_url = arguments.base_url and Url.parse_site(arguments.base_url)
    except ScalarError as wrong:
        terminal.error(f"brag build: --base-url: {printable(wrong.message)}; {wrong.hint}")
        return None
    request = BuildRequest(
        root=find_root(arguments),
        audience=arguments.audience,
        as_of=arguments.as_of,
        drafts=arguments.drafts,
        base_url=base_url,
        output=arguments.output,
        strict=arguments.strict,
        clean=arguments.clean,
        with_pdf=not arguments.no_pdf,
        archive=arguments.zip,
        show=arguments.show,
        seen=seen,
    )
    try:
        return build(request, terminal.progress)
    except UnknownAudience as unknown:
        terminal.error(f"brag build: there is no audience “{arguments.audience}”; {unknown}")
        return None


def _summarize(arguments: argparse.Namespace, report: BuildReport, terminal: Terminal) -> bool:
    """Append the summary; say so where the machine refuses."""
    from bragfolio.app.environment import environment_problem
    from bragfolio.app.summary import append_summary

    try:
        append_summary(arguments.summary, find_root(arguments), arguments.as_of, report)
    except OSError as failure:
        terminal.print_problem(environment_problem(failure, arguments.summary))
        return False
    return True


def _close(report: BuildReport, archive: Path | None, terminal: Terminal) -> None:
    found = count_problems(report.problems)
    if not report.published:
        old = report.output / "index.html"
        terminal.error(f"Nothing was published: {found}." + (" The site is as it was." if old.exists() else ""))
        return
    whom = "everybody" if report.audience == "public" else f"the audience “{report.audience}”"
    achievements = f"{report.achievements:,} achievement{'s' * (report.achievements != 1)}"
    changed = report.published
    terminal.note(
        f"Built {report.pages:,} pages with {achievements} for {whom} in {report.seconds:.2f} s: "
        f"{changed.written:,} files new or changed, {changed.unchanged:,} as before, {changed.removed:,} gone."
    )
    if report.achievements == 0:
        terminal.note(_when_empty(report))
    held = describe_held_back(report.held_back)
    if held:
        terminal.note(f"Held back: {held}.")
        if report.audience == "self":
            terminal.note("  `--drafts` shows drafts, and `--as-of DATE` what another day will show.")
        else:
            terminal.note(
                "  See it with `brag build --audience self`; show an entry to everybody with `brag publish ID`."
            )
    for path in changed.kept:
        terminal.note(f"Kept {printable(path)}, which Brag did not write.")
    if found:
        terminal.note(f"With {found}, above.")
    if not report.has_address and report.audience == "public":
        terminal.note(
            "Add url: https://name.github.io/repo/ to site.yaml for a sitemap and for previews on other sites."
        )
    terminal.note(f"Look: {(report.output / 'index.html').resolve().as_uri()}")
    if archive:
        _tell_archive(report, archive, terminal)
    if report.audience != "public":
        terminal.note("This build is not for publication.")


def _tell_archive(report: BuildReport, asked: Path, terminal: Terminal) -> None:
    if report.archive is None:
        terminal.error(f"No zip was written: {printable(str(asked))}" + (" is as it was." if asked.exists() else "."))
        return
    whom = "everybody" if report.audience == "public" else f"the audience “{report.audience}”"
    terminal.note(f"Packed for {whom}: {printable(str(report.archive))}")
    if report.is_archive_exposed and report.audience != "public":
        terminal.note("  It lies in the portfolio's folder: keep it out of git, or name a place elsewhere.")


def _when_empty(report: BuildReport) -> str:
    if report.held_back.achievements:
        return "The site shows no achievement yet: all of them are private."
    return 'There are no achievements yet. Write the first: brag add "What you did" --public'


def describe_held_back(held: HeldBack) -> str:
    """Return `3 private (1 says no visibility), 1 draft, 1 until 2027-02-01`, or `""`."""
    parts = []
    if held.hidden:
        unmarked = (
            f" ({held.unmarked} {'say' if held.unmarked != 1 else 'says'} no visibility:)" if held.unmarked else ""
        )
        parts.append(f"{held.hidden} not for this audience{unmarked}")
    if held.drafts:
        parts.append(f"{held.drafts} draft{'s' * (held.drafts != 1)}")
    parts += [f"{count} until {day}" for day, count in sorted(held.embargoed.items())]
    if held.expired:
        parts.append(f"{held.expired} expired")
    return ", ".join(parts)


def _data(report: BuildReport) -> dict[str, object]:
    published = report.published
    held = report.held_back
    return {
        "published": published is not None,
        "output": str(report.output),
        "audience": report.audience,
        "pages": report.pages,
        "achievements": report.achievements,
        "files": {"written": published.written, "unchanged": published.unchanged, "removed": published.removed}
        if published
        else None,
        "kept": list(published.kept) if published else [],
        "zip": str(report.archive) if report.archive else None,
        "held_back": {
            "hidden": held.hidden,
            "unmarked": held.unmarked,
            "drafts": held.drafts,
            "embargoed": dict(held.embargoed),
            "expired": held.expired,
        },
        "problems": [problem_data(problem) for problem in report.problems],
        "seconds": round(report.seconds, 3),
    }
