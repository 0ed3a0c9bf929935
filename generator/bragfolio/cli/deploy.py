"""brag deploy."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio import __version__
from bragfolio.cli.exit_codes import Exit
from bragfolio.cli.main import find_root
from bragfolio.cli.terminal import Terminal, count_problems, problem_data
from bragfolio.problems import printable

if TYPE_CHECKING:
    from bragfolio.app.deploy import DeployReport, DeployRequest
    from bragfolio.app.workflow import WorkflowReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--remote", default="origin", metavar="NAME", help="where to push to (default: origin)")
    parser.add_argument("--branch", default="gh-pages", metavar="NAME", help="the branch (default: gh-pages)")
    parser.add_argument("--dry-run", action="store_true", help="ask the remote and say what would be pushed, no more")
    parser.add_argument("--replace", action="store_true", help="let a branch go that Brag did not make")
    parser.add_argument(
        "--init",
        action="store_true",
        help="push nothing: write the workflow with which GitHub builds and publishes the site itself",
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Push, and say what is on the branch now."""
    from bragfolio.app.deploy import BRANCH, REMOTE, DeployRequest, InvalidName, deploy
    from bragfolio.problems import has_errors

    if arguments.init:
        if arguments.dry_run or arguments.replace or (arguments.remote, arguments.branch) != (REMOTE, BRANCH):
            terminal.error("brag deploy: --init pushes nothing, so the other options say nothing to it")
            return Exit.USAGE
        return start_publishing(find_root(arguments), terminal, strict=arguments.strict)
    request = DeployRequest(
        root=find_root(arguments),
        remote=arguments.remote,
        branch=arguments.branch,
        replace=arguments.replace,
        dry_run=arguments.dry_run,
        strict=arguments.strict,
    )
    try:
        report = deploy(request, terminal.progress)
    except InvalidName as invalid:
        terminal.error(f"brag deploy: {invalid}")
        return Exit.USAGE
    terminal.problems(report.problems)
    terminal.emit(_data(report))
    if has_errors(report.problems) or (request.strict and report.problems):
        terminal.error(f"Nothing was pushed: {count_problems(report.problems)}.")
        return Exit.ENVIRONMENT if report.failure else Exit.PROBLEMS
    _close(report, request, terminal)
    return Exit.OK


def _close(report: DeployReport, request: DeployRequest, terminal: Terminal) -> None:
    where = f"{request.branch} of {request.remote} ({printable(report.address)})"
    what = f"{report.files:,} files ({report.size / 1e6:.1f} MB), built as of {report.built}"
    if report.is_same:
        terminal.note(f"Nothing to do: {where} holds this build already.")
    elif request.dry_run:
        terminal.note(f"Would push {what}, to {where}. Nothing was pushed.")
    else:
        terminal.note(f"Pushed {what}, to {where}: one commit, and no older build on that branch.")
    if report.domain:
        terminal.note(f"Kept the domain on the branch: {printable(report.domain)} (static/CNAME would make it yours).")
    for path in report.left_out:
        terminal.note(f"Left out {printable(path)}, which Brag did not write.")
    if report.is_new:
        terminal.note(f"On GitHub: Settings, Pages, deploy from a branch, {request.branch}, folder / (root).")


def start_publishing(root: Path, terminal: Terminal, *, strict: bool) -> int:
    """Write the workflow for the portfolio in *root*, and say what is left to do on GitHub."""
    from bragfolio.app.workflow import write_workflow
    from bragfolio.problems import has_errors

    report = write_workflow(root)
    terminal.problems(report.problems)
    terminal.emit(
        {
            "folder": str(report.top),
            "written": report.written,
            "same": report.same,
            "branch": report.branch,
            "address": report.address or None,
            "domain": report.domain or None,
            "problems": [problem_data(problem) for problem in report.problems],
        }
    )
    if has_errors(report.problems):
        terminal.error(f"Nothing was written: {count_problems(report.problems)}.")
        return Exit.ENVIRONMENT if report.failure else Exit.PROBLEMS
    _say_next(report, terminal)
    return Exit.PROBLEMS if strict and report.problems else Exit.OK


def _say_next(report: WorkflowReport, terminal: Terminal) -> None:
    where = "" if report.top == Path.cwd().resolve() else f" in {printable(str(report.top))}"
    if not report.written:
        terminal.note(f"Nothing to do: the workflow{where} is as it should be.")
        return
    terminal.note(f"Wrote {' and '.join(report.written)}{where}.")
    branch = printable(report.branch)
    terminal.note(
        f"After each push to {branch}, and once a week, GitHub builds the public site and publishes it. Next:"
    )
    if not report.has_repository:
        terminal.note(
            f"  Make this folder a git repository (git init --initial-branch={branch}), and push it to a new one on GitHub."
        )
    if not report.is_checkout and not report.has_wheel:
        terminal.note(
            f"  Until Brag {__version__} is on PyPI, put its wheel into .github/brag/, beside requirements.txt."
        )
    terminal.note("  On GitHub, once: Settings, Pages, Build and deployment, Source: GitHub Actions.")
    if report.domain:
        terminal.note(
            f"  There, too: Custom domain, {printable(report.domain)}. (With Actions, a file CNAME does nothing.)"
        )
    terminal.note("  Commit .github/ and push. The tab Actions shows the build, with what was published and held back.")
    if report.address and not report.domain:
        terminal.note(f"The site will be at {report.address}, which the workflow finds out by itself.")


def _data(report: DeployReport) -> dict[str, object]:
    return {
        "pushed": report.is_pushed,
        "same": report.is_same,
        "address": report.address,
        "built": report.built.isoformat() if report.built else None,
        "commit": report.commit or None,
        "files": report.files,
        "bytes": report.size,
        "kept_domain": report.domain or None,
        "left_out": list(report.left_out),
        "problems": [problem_data(problem) for problem in report.problems],
    }
