"""brag explain."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data
from bragfolio.problems import Span, printable

if TYPE_CHECKING:
    from bragfolio.app.explain import ExplainReport, SkillName
    from bragfolio.core.project.explain import Explanation

_MAX_FILES = 30
"""Files that are listed without -v."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", metavar="ID", help="the file's name without .md, or kind/id")
    parser.add_argument("--audience", default="public", help="for whom (default: public)")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Say whether an audience sees an entry, why, what is cut for it, and where it shows."""
    from bragfolio.app.explain import explain
    from bragfolio.app.prepare import UnknownAudience

    audience = arguments.audience
    try:
        report = explain(find_root(arguments), arguments.id, audience, arguments.as_of)
    except UnknownAudience as unknown:
        terminal.error(f"brag explain: there is no audience “{audience}”; {unknown}")
        return Exit.USAGE
    terminal.problems(report.problems)
    terminal.emit(_data(report, audience))
    if report.explanation:
        _tell_rules(report.explanation, audience, terminal)
        _tell_fields(report.explanation, terminal)
    if report.skill:
        _tell_name(report.skill, terminal, has_file=bool(report.explanation))
    elif report.explanation:
        _tell_files(report.files, terminal)
    return Exit.PROBLEMS if report.problems else Exit.OK


def _tell_rules(said: Explanation, audience: str, terminal: Terminal) -> None:
    from bragfolio.core.project.explain import capital, whom

    if audience == "public":
        terminal.say("Everybody sees it." if said.is_shown else "The public does not see it.")
    else:
        verb = {True: ("see", "sees"), False: ("do not see", "does not see")}[said.is_shown][audience != "self"]
        terminal.say(f"{capital(whom(audience))} {verb} it.")
    for step in said.steps:
        place = f" ({step.span})" if step.span else ""
        terminal.say(printable(f"  {'no ' if step.hides else 'yes'}  {step.text}{place}"))


def _tell_fields(said: Explanation, terminal: Terminal) -> None:
    if said.cuts:
        terminal.say("Without these fields:")
    elif said.is_shown:
        terminal.say("With all of its fields.")
    for cut in said.cuts:
        terminal.say(printable(f"  {cut.field}: {cut.reason} ({cut.span})"))


def _tell_name(skill: SkillName, terminal: Terminal, *, has_file: bool) -> None:
    names = ", ".join(skill.proofs[:_MAX_FILES])
    what = "Its name is shown all the same" if has_file else f"The skill “{skill.name}” has no file; its name is shown"
    terminal.say(printable(f"{what}, as what these achievements prove: {names}."))
    _tell_files(skill.files, terminal)


def _tell_files(files: tuple[str, ...] | None, terminal: Terminal) -> None:
    if files is None:
        terminal.say("No site is built before the errors above are gone.")
        return
    shown = files if terminal.verbose else files[:_MAX_FILES]
    terminal.say(f"Files that show it: {len(files) or 'none'}" + (":" if files else "."))
    for path in shown:
        terminal.say(printable(f"  {path}"))
    if len(shown) < len(files):
        terminal.say(f"  ... and {len(files) - len(shown)} more; -v lists them all")


def _data(report: ExplainReport, audience: str) -> dict[str, object]:
    said = report.explanation
    return {
        "kind": report.kind,
        "id": report.id,
        "file": report.file,
        "audience": audience,
        "as_of": str(report.as_of or ""),
        "shown": said.is_shown if said else None,
        "steps": [
            {"rule": step.rule, "text": step.text, "hides": step.hides, **_place(step.span)}
            for step in (said.steps if said else ())
        ],
        "fields": [
            {"field": cut.field, "reason": cut.reason, **_place(cut.span)} for cut in (said.cuts if said else ())
        ],
        "files": None if report.files is None else list(report.files),
        "name": {"text": report.skill.name, "proofs": list(report.skill.proofs), "files": list(report.skill.files)}
        if report.skill
        else None,
        "problems": [problem_data(problem) for problem in report.problems],
    }


def _place(span: Span | None) -> dict[str, object]:
    return {"file": span.file, "line": span.line, "column": span.column} if span else {}
