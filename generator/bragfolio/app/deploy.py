"""Deploy: the public site in output/ becomes the one commit of a branch elsewhere, and no older build stays there."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from msgspec import Struct

from bragfolio.app.build import BuildRequest, build
from bragfolio.app.environment import environment_problem
from bragfolio.app.folder import default_output, state_folder
from bragfolio.app.prepare import without_ignored
from bragfolio.app.remotes import Target, find_target, told_address, told_message
from bragfolio.core.project.audiences import PUBLIC
from bragfolio.core.read.config import read_config
from bragfolio.core.read.yaml_tree import locate
from bragfolio.core.serve.limits import NO_JEKYLL, judge_site
from bragfolio.edge.git import GitError
from bragfolio.edge.lock import Locked, build_lock
from bragfolio.edge.publish import foreign_files, measure_site, read_unchanged
from bragfolio.edge.target import read_manifest, read_stamp
from bragfolio.edge.tree import read_tree
from bragfolio.edge.workshop import Rejected, Workshop, is_branch_name, open_workshop
from bragfolio.problems import Problem, Span, error, has_errors, printable, warning

BRANCH: Final = "gh-pages"
REMOTE: Final = "origin"
_DOMAIN: Final = "CNAME"
"""The file with which GitHub Pages serves a branch from a domain of the owner's."""


class DeployRequest(Struct, frozen=True):
    """What to push, and where."""

    root: Path
    remote: str = REMOTE
    branch: str = BRANCH
    replace: bool = False
    """A branch that Brag did not make may go, with its history."""
    dry_run: bool = False
    strict: bool = False
    """Warnings keep the site from being pushed too."""


@dataclass(slots=True)
class DeployReport:
    """What came of it."""

    problems: list[Problem] = field(default_factory=list)
    address: str = ""
    """Of the remote, without a password."""
    built: dt.date | None = None
    """The day that the site was built for."""
    commit: str = ""
    """The commit that the branch has then, `""` while it is not made."""
    files: int = 0
    size: int = 0
    """Of the files, in bytes."""
    domain: str = ""
    """What the CNAME says that was on the branch alone, and is kept."""
    left_out: tuple[str, ...] = ()
    """Files in output/ that Brag did not write."""
    is_new: bool = False
    """Whether there was no such branch."""
    is_same: bool = False
    """Whether the branch had this very commit."""
    is_pushed: bool = False
    failure: str = ""
    """`environment` when the machine, the network or the remote was in the way."""


class InvalidName(Exception):  # noqa: N818 - an answer to a wrong option
    """A remote or a branch, given as an option, whose name git would not take."""


class _Build(Struct, frozen=True):
    """A public site that was built."""

    folder: Path
    day: dt.date
    base_url: str | None
    with_pdf: bool
    files: dict[str, str]
    """The digest of each file, by path."""


def deploy(request: DeployRequest, progress: Callable[[str], None] = lambda _: None) -> DeployReport:
    """Push the public site of a portfolio. Raises InvalidName; everything else is in the report.

    A dry run asks the remote what the branch holds, since that decides what would be pushed, and sends nothing.
    """
    _check_names(request)
    report = DeployReport()
    output = default_output(request.root, PUBLIC)
    try:
        made, target = _judge_build(output), find_target(request.root, request.remote)
        report.problems += [found for found in (made, target) if isinstance(found, Problem)]
        report.problems += warn_of_repository(request.root)
        report.failure = "environment" if isinstance(target, Problem) and target.code == "engine" else ""
        if isinstance(made, Problem) or isinstance(target, Problem) or (request.strict and report.problems):
            return report
        report.address, report.built = told_address(target.address), made.day
        _deploy(request, made, target, report, progress)
    except Locked as locked:
        message = f"a build is writing here (process {locked.pid})"
        report.problems.append(error("lock", message, Span(str(output)), "wait for it, or end it"))
        report.failure = "environment"
    except OSError as failure:
        report.problems.append(environment_problem(failure, output))
        report.failure = "environment"
    return report


def _deploy(
    request: DeployRequest, made: _Build, target: Target, report: DeployReport, progress: Callable[[str], None]
) -> None:
    state, place = state_folder(request.root), Span(request.remote)
    try:
        with open_workshop(state, target.address, is_local=target.is_local) as workshop:
            progress("Packing")
            with build_lock(state, made.folder):
                _pack(workshop, made, report)
            if not has_errors(report.problems):
                progress("Comparing with your files")
                report.problems += _judge_age(request.root, made)
            if not has_errors(report.problems):
                _exchange(request, made, workshop, report, progress)
    except Rejected as rejected:
        message = f"the remote does not take the branch {request.branch}: {rejected}"
        hint = "deploy again if somebody else was faster; else see whether the remote protects this branch"
        report.problems.append(error("remote", message, place, hint))
        report.failure = "environment"
    except GitError as failure:
        message = f"git gave up: {told_message(str(failure), target.address)}"
        hint = f"see what `git ls-remote {request.remote}` says: it needs the network, and your right to the repository"
        report.problems.append(error("remote", message, place, hint))
        report.failure = "environment"


def _pack(workshop: Workshop, made: _Build, report: DeployReport) -> None:
    """Make a commit of what was built; report files that are not what Brag wrote, and count those that are."""
    sizes = {path: size for path, size in measure_site(made.folder)[0].items() if path in made.files}
    too_much = judge_site(sizes)
    if too_much:
        report.problems += too_much
        return

    def files() -> Iterator[tuple[str, bytes]]:
        for path, expected in made.files.items():
            data = read_unchanged(made.folder, path, expected)
            if data is None:
                message = "this is not what Brag wrote: it was changed, deleted, or replaced by a link"
                hint = "run `brag build`, and change what is in site_content/ and themes/, never what is in output/"
                report.problems.append(error("deploy", message, Span(printable(f"output/{path}")), hint))
                continue
            report.files, report.size = report.files + 1, report.size + len(data)
            yield path, data
        if NO_JEKYLL not in made.files:
            report.files += 1
            yield NO_JEKYLL, b""

    report.commit = workshop.write_commit(files(), _message(made), _seconds(made))
    report.left_out = tuple(sorted(set(foreign_files(made.folder, made.files)) - {NO_JEKYLL}))


def _exchange(
    request: DeployRequest, made: _Build, workshop: Workshop, report: DeployReport, progress: Callable[[str], None]
) -> None:
    """Put the commit of *report*, with the domain that is kept, in the place of what the branch holds."""
    progress("Asking the remote")
    tip = workshop.tip(request.branch)
    report.is_new = tip is None
    if tip and not tip.is_ours and not request.replace:
        message = f"the branch {request.branch} holds something that Brag did not push"
        hint = "name another one with --branch, or let this one go, with its history: --replace"
        report.problems.append(error("remote", message, Span(request.remote), hint))
        return
    domain = workshop.read_small(tip, _DOMAIN) if tip and _DOMAIN not in made.files else None
    if domain is not None:
        report.commit = workshop.write_commit([(_DOMAIN, domain)], _message(made), _seconds(made), base=report.commit)
        report.domain = domain.decode("utf-8", "replace").strip()
        report.files, report.size = report.files + 1, report.size + len(domain)
    report.is_same = tip is not None and tip.commit == report.commit
    if not report.is_same and not request.dry_run:
        progress("Pushing")
        workshop.replace(request.branch, report.commit, tip.commit if tip else "")
        report.is_pushed = True


def _check_names(request: DeployRequest) -> None:
    for what, name in (("remote", request.remote), ("branch", request.branch)):
        if printable(name) != name or not is_branch_name(name):
            raise InvalidName(f"“{printable(name)}” is no name of a {what}")


def _judge_build(output: Path) -> _Build | Problem:
    """Return what was built into *output*, or why it is not for everybody."""
    files, stamp = read_manifest(output), read_stamp(output)
    audience = stamp.get("audience")
    hint = "run `brag build`, then `brag deploy`"
    if not files or not audience:
        return error("deploy", "no site was built here", Span("output"), hint)
    if audience != PUBLIC:
        message = f"this site was built for the audience “{audience}”, and a branch is for everybody who can read it"
        return error("deploy", message, Span("output"), f"delete output/, {hint}")
    try:
        day = dt.date.fromisoformat(stamp.get("as_of", ""))
        return _Build(output, day, stamp.get("base_url"), stamp.get("pdf") != "no", files)
    except ValueError:
        return error("deploy", "this site does not say from which day it is", Span("output"), hint)


def _judge_age(root: Path, made: _Build) -> list[Problem]:
    """Return as an error that a build from the files as they are now would not make *made*, or what keeps it from being built.

    The same files give the same bytes, so the site is built once more, on its own day and with its own options: what was taken
    back since, an entry or one number of it, is not published because a build was forgotten or failed.
    """
    place = state_folder(root) / "builds" / PUBLIC
    request = BuildRequest(
        root,
        as_of=made.day,
        base_url=made.base_url,
        output=place,
        with_pdf=made.with_pdf,
        is_remembered=False,
    )
    try:
        again = build(request)
        now = read_manifest(place) if again.published else None
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if now is None:
        return [problem for problem in again.problems if problem.is_error]
    gone = set(made.files) - set(now)
    changed = {path for path, its_digest in now.items() if made.files.get(path) != its_digest}
    if not gone and not changed:
        return []
    count = f"{len(gone | changed)} file{'s are' if len(gone | changed) > 1 else ' is'}"
    telling = min(
        gone or changed, key=lambda path: (path.endswith("index.html"), path)
    )  # an entry's page, not a list's
    message = f"this site is older than what it is made of: {count} different now, such as {printable(telling)}"
    return [error("deploy", message, Span("output"), "run `brag build`, then `brag deploy`")]


def warn_of_repository(root: Path) -> list[Problem]:
    """Return a warning where site.yaml says that the repository is private: the pages are public all the same.

    Source: GitHub's documentation of Pages, where only an Enterprise account can restrict who sees them.
    """
    config, source, _ = read_config(read_tree(root)[0])
    if config.repository != "private":
        return []
    message = "the repository is private, and the pages that GitHub makes from it are public all the same"
    hint = "only what everybody may see is in output/; to pass over this, add repository-private to check.ignore"
    span = Span(source.file, *locate(source.yaml, source.first_line, ("repository",)))
    return without_ignored([warning("repository-private", message, span, hint)], config.check.ignore)


def _message(made: _Build) -> str:
    return f"The site as of {made.day}"


def _seconds(made: _Build) -> int:
    """Return the first second of the day in UTC; the first that git knows for days before 1970."""
    return max(0, (made.day - dt.date(1970, 1, 1)).days * 86400)
