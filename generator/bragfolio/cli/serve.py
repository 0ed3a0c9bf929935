"""brag serve."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, count_problems, problem_data
from bragfolio.problems import Problem, printable

if TYPE_CHECKING:
    from bragfolio.app.report import BuildReport
    from bragfolio.app.serve import Started


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--audience", default="self", help="for whom (default: self, which sees everything)")
    parser.add_argument(
        "--port", type=_port, metavar="N", help="where to listen (default: the first free one from 4000)"
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="whom to listen to (default: this machine alone)"
    )
    parser.add_argument("--open", action="store_true", help="open the site in your browser")
    parser.add_argument("--drafts", action="store_true", help="show drafts too; needs --audience self")
    parser.add_argument("--theme", metavar="NAME", help="try another theme than that of site.yaml")
    parser.add_argument("--no-pdf", action="store_true", help="make no PDFs of one-pagers, and no preview pictures")


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port; write a number up to 65535, 0 for any that is free")
    return int(text)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Serve until Ctrl-C; say where, and after each build how it went."""
    from bragfolio.app.port import Refused
    from bragfolio.app.prepare import UnknownAudience
    from bragfolio.app.serve import serve
    from bragfolio.app.views import ServeRequest
    from bragfolio.core.read.shape import did_you_mean
    from bragfolio.edge.themes import theme_names

    root = find_root(arguments)
    if arguments.drafts and arguments.audience != "self":
        terminal.error("brag serve: --drafts needs --audience self")
        return Exit.USAGE
    if arguments.theme and arguments.theme not in theme_names(root):
        hint = did_you_mean(arguments.theme, theme_names(root))
        terminal.error(f"brag serve: there is no theme “{printable(arguments.theme)}”; {hint}")
        return Exit.USAGE
    request = ServeRequest(
        root=root,
        audience=arguments.audience,
        host=arguments.host,
        port=arguments.port,
        as_of=arguments.as_of,
        drafts=arguments.drafts,
        strict=arguments.strict,
        theme=arguments.theme or "",
        with_pdf=not arguments.no_pdf,
    )
    try:
        serve(request, _Teller(terminal, opens=arguments.open))
    except UnknownAudience as unknown:
        terminal.error(f"brag serve: there is no audience “{printable(arguments.audience)}”; {unknown}")
        return Exit.USAGE
    except Refused as refused:
        terminal.problems([refused.problem])
        terminal.emit({"problems": [problem_data(refused.problem)]})
        return Exit.ENVIRONMENT
    return Exit.OK


class _Teller:
    """Tells in the terminal what happens."""

    def __init__(self, terminal: Terminal, *, opens: bool) -> None:
        self._terminal = terminal
        self._opens = opens
        self._last: dict[str, list[Problem]] = {}

    def progress(self, what: str) -> None:
        self._terminal.progress(what)

    def started(self, started: Started) -> None:
        from bragfolio.core.serve.hosts import is_loopback

        terminal, request = self._terminal, started.request
        if started.taken:
            terminal.note(f"Port {started.taken[0]} is in use; took {started.port}. --port N takes the one you name.")
        if not is_loopback(request.host):
            whom = (
                "Private entries become" if request.audience == "self" else f"The site for “{request.audience}” becomes"
            )
            terminal.error(
                f"Careful: {whom} visible to everybody who reaches this machine. Leave --host out to prevent it."
            )
        terminal.say(f"Serving what “{request.audience}” sees at {started.address}")
        terminal.note("Saving a file shows it at once. Ctrl-C ends this.")
        terminal.emit({"address": started.address, "audience": request.audience, "port": started.port})
        terminal.flush()
        if self._opens:
            from bragfolio.edge.browser import open_address

            open_address(started.address)

    def built(self, report: BuildReport, *, again: bool) -> None:
        terminal, changed = self._terminal, report.published
        known = {problem for problems in self._last.values() for problem in problems}
        self._last[report.audience] = report.problems
        terminal.problems([problem for problem in report.problems if problem.is_error or problem not in known])
        whom = f" for “{report.audience}”"
        if changed is None:
            old = "The site is as it was" if again else "There is no site yet"
            terminal.error(f"{old}{whom}: {count_problems(report.problems)}.")
        else:
            files = f"{changed.written:,} files new or changed, {changed.removed:,} gone"
            terminal.note(f"Built {report.pages:,} pages{whom} in {report.seconds:.2f} s: {files}.")
        terminal.flush()

    def polls(self, why: str) -> None:
        self._terminal.error(
            f"The system does not tell of changes ({printable(why)}), so files are looked at every second. "
            "On Linux, raise fs.inotify.max_user_watches and max_user_instances with sysctl."
        )
