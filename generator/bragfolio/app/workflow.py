"""Workflow: the files with which GitHub builds a portfolio and publishes it, written once and then kept up to date."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bragfolio import __version__
from bragfolio.app.deploy import REMOTE, warn_of_repository
from bragfolio.app.environment import environment_problem
from bragfolio.app.remotes import pages_address
from bragfolio.core.exporters.github_workflow import (
    CHECKOUT_LOCKS,
    REQUIREMENTS,
    WORKFLOW,
    Place,
    can_stand_in_a_workflow,
    is_unedited,
    sign,
    write_github_workflow,
)
from bragfolio.core.read.config import read_config
from bragfolio.edge.bundled import locked_libraries
from bragfolio.edge.files import leads_out, write_files_atomically
from bragfolio.edge.git import GitError, find_repository
from bragfolio.edge.git_place import find_top
from bragfolio.edge.tree import read_tree
from bragfolio.model.tree import CONTENT
from bragfolio.problems import Problem, Span, error, has_errors, warning

_BRANCH: Final = "main"
"""What a repository starts with on GitHub."""
_ABOUT_REQUIREMENTS: Final = f"# The libraries that Brag {__version__} was tested with. Brag wrote this; pip takes nothing that has another digest.\n"
_PUBLISHES: Final = "actions/deploy-pages"
_DOMAIN: Final = "static/CNAME"
_LARGEST: Final = 1_000_000
"""Bytes of a file that may be a workflow."""


@dataclass(slots=True)
class WorkflowReport:
    """What came of it."""

    top: Path
    """The folder of the repository, else of the portfolio."""
    problems: list[Problem] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    """Files that are new or different, from `top`."""
    same: list[str] = field(default_factory=list)
    """Files that were as they should be."""
    branch: str = ""
    """Whose pushes are published."""
    address: str = ""
    """Where GitHub will show the site; empty while it is not known."""
    domain: str = ""
    """The owner's, which has to be entered on GitHub."""
    has_repository: bool = False
    is_checkout: bool = False
    """Whether the portfolio lies in a copy of Brag's own repository."""
    has_wheel: bool = False
    """Whether a wheel of this Brag lies beside the libraries."""
    failure: str = ""
    """`environment` when the machine was in the way."""


def write_workflow(root: Path) -> WorkflowReport:
    """Write what GitHub needs to publish the portfolio in *root*; all of it or, when somebody edited a part, nothing.

    The files go to the top of the repository around it, which is where GitHub looks, and to *root* where there is none.
    """
    top = find_top(root.resolve()) or root.resolve()
    report = WorkflowReport(top)
    try:
        _look_around(root, report)
        files = _make_files(root, report)
        if not has_errors(report.problems):
            report.written = [path for path in files if path not in report.same]
            write_files_atomically(top, {path: files[path] for path in report.written})
            report.problems += [*_other_publishers(top), *warn_of_repository(root)]
    except GitError as failure:
        hint = "`git status` tells more"
        report.problems.append(error("workflow", f"git does not say what it knows: {failure}", Span(str(top)), hint))
    except OSError as failure:
        report.problems.append(environment_problem(failure, top))
        report.failure = "environment"
    return report


def _look_around(root: Path, report: WorkflowReport) -> None:
    """Find branch, address and domain. Raises GitError."""
    repository = find_repository(root)
    report.has_repository = repository is not None
    report.is_checkout = all((root / path).is_file() for path in ("generator/bragfolio/__init__.py", *CHECKOUT_LOCKS))
    if repository:
        report.branch = repository.main_branch()
        report.address = next(map(pages_address, repository.addresses(REMOTE)), "")
    report.branch = report.branch or _BRANCH
    report.has_wheel = any((report.top / REQUIREMENTS).parent.glob(f"bragfolio-{__version__}-*.whl"))
    domain = root / CONTENT / _DOMAIN
    if domain.is_file():
        report.domain = domain.read_bytes()[:255].decode("utf-8", "replace").strip()
        return
    host = urlsplit(read_config(read_tree(root)[0])[0].url or "").hostname or ""
    report.domain = "" if host.endswith(".github.io") else host


def _make_files(root: Path, report: WorkflowReport) -> dict[str, str]:
    """Return the files, and note which of them are there already; report what stands in the way."""
    folder = root.resolve().relative_to(report.top).as_posix()
    place = Place(__version__, report.branch, "" if folder == "." else folder, report.is_checkout)
    for name in (place.folder, place.branch):
        if not can_stand_in_a_workflow(name):
            message = f"GitHub would not take the name “{name}” in a workflow as it is"
            report.problems.append(error("workflow", message, Span(WORKFLOW), "rename it"))
    files = {WORKFLOW: write_github_workflow(place)}
    if not report.is_checkout:
        files[REQUIREMENTS] = sign(f"{_ABOUT_REQUIREMENTS}{locked_libraries()}")
    for path, text in files.items():
        problem = _judge_old(report, path, text)
        report.problems += [problem] if problem else []
    return files


def _judge_old(report: WorkflowReport, path: str, text: str) -> Problem | None:
    """Return why *text* may not be written to *path*; note it when it is there."""
    old = report.top / path
    if leads_out(report.top, path):
        hint = "make it a plain file or folder"
        return error("workflow", "a symbolic link leads out of the repository here", Span(path), hint)
    if not old.exists():
        return None
    known = old.read_bytes()[:_LARGEST].decode("utf-8", "replace").replace("\r\n", "\n")
    if known == text:
        report.same.append(path)
    elif not is_unedited(known):
        message = "somebody edited this file, or wrote it without Brag, so it stays as it is"
        return error("workflow", message, Span(path), "to get Brag's, move it away and do this again")
    return None


def _other_publishers(top: Path) -> list[Problem]:
    """Return a warning for each other workflow that publishes on Pages, of which a repository has one site."""
    names = (path for path in sorted((top / WORKFLOW).parent.iterdir()) if path.suffix in {".yml", ".yaml"})
    others = [f"{WORKFLOW.rpartition('/')[0]}/{path.name}" for path in names if path.name != Path(WORKFLOW).name]
    message = "this workflow publishes on GitHub Pages too, and whichever runs last replaces the site of the other"
    return [
        warning("workflow", message, Span(path), "keep one of them")
        for path in others
        if (top / path).is_file() and _PUBLISHES in (top / path).read_bytes()[:_LARGEST].decode("utf-8", "replace")
    ]
