"""brag announce."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, problem_data
from bragfolio.problems import printable

if TYPE_CHECKING:
    from bragfolio.app.announce import AnnounceReport
    from bragfolio.core.insight.announcements import Announcing
    from bragfolio.core.insight.career import Career

_CHANNELS = ("slack", "email", "linkedin", "status", "talk")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("id", nargs="?", metavar="ID", help="an achievement: the file's name without .md")
    parser.add_argument("--due", action="store_true", help="list what waits to be announced, with the command for each")
    parser.add_argument("--channel", choices=_CHANNELS, help="how: decides the form and the length of the text")
    parser.add_argument("--audience", default="", help="for whom; nothing is said that it may not see")
    parser.add_argument("--to", default="", metavar="PERSON", help="to one person: an id of private/people.yaml")
    parser.add_argument("--log", action="store_true", help="note in private/announcements.csv that it was said")
    parser.add_argument("--url", default="", help="where it was said, for --log")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the text for one channel and audience, and note it; or list what waits."""
    from bragfolio.app.prepare import UnknownAudience

    wrong = _misuse(arguments)
    if wrong:
        terminal.error(f"brag announce: {wrong}")
        return Exit.USAGE
    try:
        return _list(arguments, terminal) if arguments.due else _announce(arguments, terminal)
    except UnknownAudience as unknown:
        terminal.error(f"brag announce: there is no audience “{arguments.audience}” to tell anything; {unknown}")
        return Exit.USAGE


def _misuse(arguments: argparse.Namespace) -> str:
    """Return what is wrong with the words, if anything."""
    if arguments.due:
        rest = arguments.id or arguments.channel or arguments.to or arguments.log or arguments.url
        return "--due lists everything that waits; --audience alone goes with it" if rest else ""
    if not arguments.id:
        return "name an achievement, or ask what waits with --due"
    if not arguments.channel:
        return f"say with --channel how it goes out: {', '.join(_CHANNELS)}"
    if not arguments.audience and not arguments.to:
        return "say for whom: --audience A, or --to PERSON"
    return _wrong_url(arguments)


def _wrong_url(arguments: argparse.Namespace) -> str:
    from bragfolio.model.scalars import ScalarError, Url

    if not arguments.url:
        return ""
    if not arguments.log:
        return "--url goes with --log"
    try:
        Url.parse(arguments.url)
    except ScalarError as wrong:
        return f"--url: {wrong.message}; {wrong.hint}"
    return ""


def _announce(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from bragfolio.app.announce import AnnounceRequest, announce

    request = AnnounceRequest(
        root=find_root(arguments),
        achievement=arguments.id,
        channel=arguments.channel,
        audience=arguments.audience,
        to=arguments.to,
        is_logged=arguments.log,
        url=arguments.url,
        as_of=arguments.as_of,
    )
    report = announce(request)
    terminal.problems(list(report.problems))
    terminal.emit(_data(arguments, report))
    written = report.announcement
    if written:
        terminal.say(written.text)
        if written.dropped:
            left_out = ", ".join(written.dropped)
            terminal.remark(f"To keep to {written.limit} characters, this was left out: {left_out}.")
    if report.row:
        whom = arguments.to or report.audience
        terminal.remark(f"Noted in private/announcements.csv: {arguments.id} to {whom} by {arguments.channel}.")
    return Exit.PROBLEMS if report.problems else Exit.OK


def _data(arguments: argparse.Namespace, report: AnnounceReport) -> dict[str, object]:
    written = report.announcement
    return {
        "achievement": arguments.id,
        "channel": arguments.channel,
        "audience": report.audience,
        "to": arguments.to,
        "text": written.text if written else None,
        "limit": written.limit if written else None,
        "dropped": list(written.dropped) if written else [],
        "logged": report.row,
        "problems": [problem_data(problem) for problem in report.problems],
    }


def _list(arguments: argparse.Namespace, terminal: Terminal) -> int:
    from bragfolio.app.announce import waiting
    from bragfolio.core.insight.announcements import announce_command

    found, career, problems = waiting(find_root(arguments), arguments.audience, arguments.as_of)
    terminal.problems(problems)
    data = [{**_line(one, career), "command": announce_command(one)} for one in found]
    terminal.emit({"waiting": data, "problems": [problem_data(problem) for problem in problems]})
    if not found:
        terminal.note("Nothing waits to be announced.")
    for one in found:
        line = _line(one, career)
        days = f"{line['days']} day{'s' * (line['days'] != 1)} old"
        terminal.say(printable(f"{one.status}: {line['title']} ({one.audience}, {days}, {line['stars']} stars)"))
        terminal.say(f"  {announce_command(one)}")
    return Exit.PROBLEMS if problems else Exit.OK


def _line(one: Announcing, career: Career) -> dict[str, object]:
    from bragfolio.core.insight.freshness import age_days, stars_of

    authored = one.item.authored
    return {
        "achievement": one.item.id,
        "title": authored.title,
        "audience": one.audience,
        "status": one.status,
        "stars": stars_of(authored),
        "days": age_days(authored, career.as_of),
    }
