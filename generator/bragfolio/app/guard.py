"""Guard: what git tracks of a portfolio, and ever held, is public where everybody may read the repository."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import structs

from bragfolio.core.project.audiences import PUBLIC, read_audiences
from bragfolio.core.project.projection import View
from bragfolio.core.project.tracked import (
    Finding,
    Rules,
    broken_files,
    broken_source,
    find_hidden,
    find_in_story,
    find_misplaced,
    find_unused,
    is_source,
    is_story,
)
from bragfolio.core.read.config import SITE_FILE, read_config
from bragfolio.core.read.dossier import read_markdown_file
from bragfolio.core.read.portfolio import find_file, read_portfolio
from bragfolio.core.read.yaml_tree import locate
from bragfolio.edge.git import GitError, Repository, Staged, Version, find_repository, is_content
from bragfolio.edge.runner import is_open_on_github
from bragfolio.model.story import Story
from bragfolio.model.tree import CONTENT, PRIVATE, SourceFile, SourceTree, label
from bragfolio.problems import Problem, Span, error, printable, warning

if TYPE_CHECKING:
    from bragfolio.app.prepare import Read
    from bragfolio.model.common import Common
    from bragfolio.model.entry import Entry, Portfolio

_CONTRADICTION: Final = "repository-public"
_ABBREVIATED: Final = 10
"""Digits of a commit."""
_AT_ONCE: Final = 200
"""Versions held in memory at a time."""
_REWRITE: Final = (
    "a pushed commit is public: rewrite the history (git-filter-repo), or make the repository private, and change what"
    " must stay secret"
)


def guard_index(root: Path, found: Read) -> list[Problem]:
    """Return as an error each thing in git's index that is not public, where site.yaml says `repository: public`, or GitHub does.

    What is staged counts, not what lies on disk: files that are the same in both are not
    read again, and those of them with mistakes, which keep the site back as it is, not judged. A portfolio outside
    every repository, or on a machine without git, has nothing to guard.
    """
    try:
        repository = _public_repository(root, found)
        problems = _judge_index(repository, found) if repository else []
    except GitError as failure:
        return [_unanswered(failure)]
    return [*problems, _contradiction(found.portfolio)] if problems and not _says_public(found.portfolio) else problems


def guard_private(root: Path, found: Read) -> list[Problem]:
    """Return a warning when the next `git add` would take private/ along."""
    try:
        repository = _public_repository(root, found)
        if repository is None or not (root / CONTENT / PRIVATE).is_dir() or not repository.untracked(PRIVATE):
            return []
    except GitError:  # which `guard_index` tells
        return []
    name = (repository.folder / PRIVATE).relative_to(repository.top).as_posix()
    hint = f"add the line /{name}/ to the .gitignore in {repository.top}"
    message = "git neither tracks nor ignores this folder, so the next `git add` may publish it"
    return [warning("tracked", message, Span(label(PRIVATE)), hint)]


def guard_history(root: Path, found: Read) -> list[Problem]:
    """Return a warning for each path that was not public in some commit of some ref, by the rules of today."""
    try:
        repository = _public_repository(root, found)
        return _judge_history(repository, found) if repository else []
    except GitError as failure:
        return [_unanswered(failure)]


def _public_repository(root: Path, found: Read) -> Repository | None:
    portfolio = found.portfolio
    if not portfolio.is_config_whole:  # with a broken one nothing is built
        return None
    repository = find_repository(root / CONTENT)
    if repository is None or _says_public(portfolio):
        return repository
    is_accepted = _CONTRADICTION in portfolio.config.check.ignore
    return repository if is_open_on_github(repository.top) and not is_accepted else None


def _says_public(portfolio: Portfolio) -> bool:
    return portfolio.config.repository == "public"


def _contradiction(portfolio: Portfolio) -> Problem:
    """Return what is wrong when GitHub shows to everybody a repository that site.yaml calls private."""
    source = portfolio.config_source
    span = Span(source.file, *locate(source.yaml, source.first_line, ("repository",)))
    message = "GitHub says that everybody can read this repository, with the files named here"
    hint = f"make it private on GitHub; or, if all of it may be read, add {_CONTRADICTION} to check.ignore"
    return error(_CONTRADICTION, message, span, hint)


def _judge_index(repository: Repository, found: Read) -> list[Problem]:
    staged = repository.staged()
    paths = frozenset(file.path for file in staged)
    findings = list(find_misplaced(sorted(paths)))
    misplaced = {finding.path for finding in findings}
    sources = [file for file in staged if file.path not in misplaced and is_source(file.path)]
    changed = [file for file in sources if not _is_on_disk(file, found.tree)]
    same = frozenset(file.path for file in sources).difference(file.path for file in changed)
    broken = broken_files(found.problems)
    judged = frozenset(path for path in same if label(path) not in broken)
    contents = dict(repository.contents(file.blob for file in changed))
    rules = _rules(found, next((contents[file.blob] for file in changed if file.path == SITE_FILE), None))
    findings += find_hidden(found.portfolio, judged, rules)
    for path in filter(is_story, sorted(same)):
        findings += _judge_story(found.tree.files[path], rules)
    entries = [entry for entry in found.portfolio.entries if entry.path in same]
    for file in changed:
        read, hidden = _judge_one(file.path, contents[file.blob], rules)
        entries += read
        findings += map(_as_staged, hidden)
    findings += find_unused(paths, entries, _portrait(found.portfolio, paths), rules)
    return [error("tracked", f"git tracks {finding.what}", finding.span, finding.hint) for finding in findings]


def _judge_history(repository: Repository, found: Read) -> list[Problem]:
    versions = repository.versions()
    first: dict[str, str] = {}
    """Of each path, the first commit."""
    for version in versions:
        first.setdefault(version.path, version.commit)
    rules = _rules(found, _staged_site(repository))
    findings = [(first[finding.path], finding) for finding in find_misplaced(first)]
    misplaced = {finding.path for _, finding in findings}
    sources = [version for version in versions if version.path not in misplaced and is_source(version.path)]
    entries: list[Entry[Common]] = []
    for version, data in _read_versions(repository, sources):
        read, hidden = _judge_one(version.path, data, rules)
        entries += read
        findings += [(version.commit, finding) for finding in hidden]
    paths = frozenset(first)
    unused = find_unused(paths, entries, _portrait(found.portfolio, paths), rules)
    findings += [(first[finding.path], finding) for finding in unused]
    told: dict[str, Problem] = {}
    for commit, finding in findings:
        message = f"commit {commit[:_ABBREVIATED]} has {finding.what}"
        span = Span(printable(label(finding.path)))
        told.setdefault(finding.path, warning("history", message, span, _REWRITE))
    return [*told.values(), *_shallow(repository)]


def _read_versions(repository: Repository, versions: list[Version]) -> Iterator[tuple[Version, bytes | None]]:
    """Yield *versions*, each with its content, None for one that cannot be had."""
    for start in range(0, len(versions), _AT_ONCE):
        part = versions[start : start + _AT_ONCE]
        contents = dict(repository.contents(version.blob for version in part))
        yield from ((version, contents[version.blob]) for version in part)


def _shallow(repository: Repository) -> list[Problem]:
    if not repository.is_shallow():
        return []
    message = "this clone has the newest commits only; the older ones were not looked at"
    return [warning("history", message, Span(CONTENT), "run `git fetch --unshallow`, and check again")]


def _rules(found: Read, site: bytes | None) -> Rules:
    """Return the rules of the site.yaml that is staged, *site*; of the one on disk where git tracks none."""
    audiences, default = found.audiences, found.portfolio.config.default_visibility
    if site is not None:
        config, source, _ = read_config(SourceTree({SITE_FILE: SourceFile(SITE_FILE, len(site), site)}))
        audiences, _ = read_audiences(config, source)
        default = config.default_visibility
    return Rules(audiences, (default,), View(PUBLIC, found.day.as_of, found.day.timezone))


def _staged_site(repository: Repository) -> bytes | None:
    blobs = [file.blob for file in repository.staged() if file.path == SITE_FILE]
    return next((data for _, data in repository.contents(blobs)), None)


def _is_on_disk(file: Staged, tree: SourceTree) -> bool:
    """Tell whether what is staged is what was read from disk."""
    here = tree.files.get(file.path)
    return here is not None and here.data is not None and is_content(here.data, file.blob)


def _judge_one(path: str, data: bytes | None, rules: Rules) -> tuple[tuple[Entry[Common], ...], list[Finding]]:
    """Return the entry in *data*, a version of the source at *path*, and what of it is not for everybody.

    None stands for a content that is too large, or not in this clone.
    """
    if data is None:
        return (), [broken_source(path)]
    if is_story(path):
        return (), _judge_story(SourceFile(path, len(data), data), rules)
    portfolio, problems = read_portfolio(SourceTree({path: SourceFile(path, len(data), data)}))
    hidden = list(find_hidden(portfolio, {path}, rules))
    is_broken = label(path) in broken_files(problems)
    return portfolio.entries, hidden or [broken_source(path)] * is_broken


def _judge_story(file: SourceFile, rules: Rules) -> list[Finding]:
    stories, problems = read_markdown_file(file, Story)
    hidden = [finding for story in stories for finding in find_in_story(file.path, story, rules)]
    is_broken = not stories or file.label in broken_files(problems)
    return hidden or [broken_source(file.path)] * is_broken


def _portrait(portfolio: Portfolio, paths: frozenset[str]) -> set[str]:
    """Return the photo of the person, which site.yaml shows to everybody."""
    photo = portfolio.config.person.photo
    return {find_file(paths, photo, SITE_FILE)} if photo else set()


def _as_staged(finding: Finding) -> Finding:
    """Return *finding* with the hint that the file on disk, which differs, may be right already."""
    file = shlex.quote(label(finding.path))
    hint = f"the staged version is meant: `git add {file}` takes the one on disk; else {finding.hint}"
    return structs.replace(finding, hint=hint)


def _unanswered(failure: GitError) -> Problem:
    hint = "`git status` tells more; nothing is published while it is open what everybody can read"
    return error("tracked", f"git does not say what it tracks: {failure}", Span(CONTENT), hint)
