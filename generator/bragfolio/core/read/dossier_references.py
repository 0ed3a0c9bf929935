"""Dossier references: every id that a private file, or a key of an entry for its owner alone, names in another file."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from bragfolio.core.read.entries import located
from bragfolio.core.read.portfolio import POSTINGS, check_versions, entry_key
from bragfolio.core.read.shape import Issue, did_you_mean
from bragfolio.model.achievement import Achievement
from bragfolio.model.campaign import Campaign
from bragfolio.model.common import Authored
from bragfolio.model.dossier import Dossier, Kept
from bragfolio.model.goals import Goal
from bragfolio.model.ledgers import Announcement, Opportunity, Sending
from bragfolio.model.people import OtherPerson
from bragfolio.model.private_files import LEDGERS
from bragfolio.model.promotion import Promotion
from bragfolio.model.role import Role
from bragfolio.model.story import Story
from bragfolio.model.tree import PRIVATE, label, unlabel
from bragfolio.problems import Problem, Span, error, warning

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from bragfolio.core.read.yaml_tree import Path
    from bragfolio.model.entry import Portfolio


class Reference(Struct, frozen=True):
    """A key that holds the id of something kept elsewhere."""

    model: type[Authored]
    keys: tuple[str, ...]
    """The way to it, as it is written."""
    what: str
    """What it names: a key of `_HOMES`."""
    is_past: bool = False
    """Whether it may name what is gone: what happened is not edited."""


class _Home(Struct, frozen=True):
    """Where the things live that a reference may name."""

    ids: dict[str, None]
    where: str
    """To follow `there is no person “x”`."""
    code: str = "reference"
    hints: dict[str, str] = field(default_factory=dict)
    """Of the ids that were not found, so that a ledger which names one of them on every line costs one look-up."""

    def hint(self, id_: str) -> str:
        """Return what may have been meant by *id_*."""
        if id_ not in self.hints:
            guess = did_you_mean(id_, list(self.ids)) if len(self.hints) < _MAX_GUESSES else ""
            self.hints[id_] = guess or "check the id"
        return self.hints[id_]


_REFERENCES: Final = (
    Reference(Achievement, ("goals",), "goal"),
    Reference(Achievement, ("feedback", "from"), "person"),
    Reference(Achievement, ("collaborators",), "person"),
    Reference(Role, ("manager",), "person"),
    Reference(Role, ("skip",), "person"),
    Reference(Campaign, ("to",), "person"),
    Reference(OtherPerson, ("employer",), "role"),
    Reference(OtherPerson, ("audience",), "audience"),
    Reference(OtherPerson, ("cares_about",), "goal"),
    Reference(Goal, ("owner",), "person"),
    Reference(Goal, ("bet",), "bet"),
    Reference(Promotion, ("target",), "level"),
    Reference(Promotion, ("decision_maker",), "person"),
    Reference(Promotion, ("voters",), "person"),
    Reference(Story, ("questions",), "question"),
    Reference(Story, ("achievements",), "achievement"),
    Reference(Story, ("used", "posting"), "posting"),
    Reference(Announcement, ("achievement",), "achievement", is_past=True),
    Reference(Announcement, ("audience",), "audience", is_past=True),
    Reference(Announcement, ("to",), "person", is_past=True),
    Reference(Sending, ("to",), "person", is_past=True),
    Reference(Opportunity, ("posting",), "posting"),
)
_ATTRIBUTES: Final = {"from": "person"}
"""Keys that are words of Python, and what they are called here."""
_MAX_GUESSES: Final = 20
"""Ids of a kind for which the nearest known one is looked up: among a thousand, that takes a tenth of a second each."""
_LADDERS: Final = f"{PRIVATE}ladders/"


def check_dossier(
    dossier: Dossier, portfolio: Portfolio, audiences: Collection[str], broken: Collection[str] = ()
) -> list[Problem]:
    """Return every id in *dossier*, and in what entries say to their owner alone, that names nothing.

    Nothing is said of what would be kept in a file that is not there, or in one of the *broken* files, as messages
    give them; nor of audiences when there are none. What a ledger says of the past is a warning.
    """
    homes = _homes(dossier, portfolio, audiences, broken)
    problems = check_versions(
        portfolio, lambda _entry, version, _file: [issue for _, issue in _wrong(version.authored, homes)]
    )
    for kept in _all_kept(dossier):
        for reference, issue in _wrong(kept.authored, homes):
            problems.append(_placed(kept, reference, issue))
    return problems


def _wrong(authored: Authored, homes: dict[str, _Home]) -> Iterator[tuple[Reference, Issue]]:
    for reference in _references_of(type(authored)):
        home = homes.get(reference.what)
        if home is None:
            continue
        for path, id_ in _named(authored, reference.keys, ()):
            if id_ not in home.ids:
                message = f"there is no {reference.what} “{id_}”{home.where}"
                yield reference, Issue(path, home.code, message, home.hint(id_))


@cache
def _references_of(model: type[Authored]) -> list[Reference]:
    return [reference for reference in _REFERENCES if issubclass(model, reference.model)]


def _named(part: object, keys: tuple[str, ...], path: Path) -> Iterator[tuple[Path, str]]:
    """Yield what stands in *part* at the end of *keys*, with the path to it; what is empty is absent."""
    if not keys:
        if part:
            yield path, str(part)
        return
    value = getattr(part, _ATTRIBUTES.get(keys[0], keys[0]))
    if isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _named(inner, keys[1:], (*path, keys[0], index))
    else:
        yield from _named(value, keys[1:], (*path, keys[0]))


def _placed(kept: Kept[Authored], reference: Reference, issue: Issue) -> Problem:
    if unlabel(kept.source.file) in LEDGERS:
        make = warning if reference.is_past else error
        return make(issue.code, issue.message, Span(kept.source.file, int(kept.id), 1), issue.hint)
    path = (*kept.path, *issue.path)
    return located([Issue(path, issue.code, issue.message, issue.hint)], kept.source)[0]


def _all_kept(dossier: Dossier) -> Iterator[Kept[Authored]]:
    for name in dossier.__struct_fields__:
        value = getattr(dossier, name)
        yield from value if isinstance(value, tuple) else (value,) if value else ()


def _homes(
    dossier: Dossier, portfolio: Portfolio, audiences: Collection[str], broken: Collection[str]
) -> dict[str, _Home]:
    """Return the homes that are there and whole, by what lives in them."""
    homes = {**_in_files(dossier, portfolio, broken), **_in_folders(portfolio)}
    if dossier.ladders and not any(unlabel(file).startswith(_LADDERS) for file in broken):
        levels = (f"{kept.id}/{level.id}" for kept in dossier.ladders for level in kept.authored.levels)
        homes["level"] = _Home(dict.fromkeys(levels), f" in {_LADDERS}")
    if audiences:
        homes["audience"] = _Home(dict.fromkeys(audiences), "", "audience-unknown")
    return homes


def _in_files(dossier: Dossier, portfolio: Portfolio, broken: Collection[str]) -> dict[str, _Home]:
    bets = dossier.plan.authored.bets if dossier.plan else ()
    files: tuple[tuple[str, str, list[str]], ...] = (
        ("person", f"{PRIVATE}people.yaml", [kept.id for kept in dossier.people]),
        ("goal", f"{PRIVATE}goals.yaml", [kept.id for kept in dossier.goals]),
        ("question", f"{PRIVATE}questions.yaml", [kept.id for kept in dossier.questions]),
        ("bet", f"{PRIVATE}plan.yaml", [bet.id for bet in bets]),
    )
    return {
        what: _Home(dict.fromkeys(ids), f" in {file}")
        for what, file, ids in files
        if file in portfolio.files and label(file) not in broken
    }


def _in_folders(portfolio: Portfolio) -> dict[str, _Home]:
    """Return what has a file of its own; the ids are the names of the files, so that a broken one counts, too."""
    ids: dict[str, set[str]] = {"achievement": set(), "role": set(), "posting": set()}
    for path in portfolio.files:
        kind, id_ = entry_key(path) or ("", "")
        if kind in ids:
            ids[kind].add(id_)
        elif path.startswith(POSTINGS) and path.endswith(".md"):
            ids["posting"].add(path.rpartition("/")[2].removesuffix(".md"))
    where = {"posting": f" in {POSTINGS}"}
    return {what: _Home(dict.fromkeys(sorted(found)), where.get(what, "")) for what, found in ids.items() if found}
