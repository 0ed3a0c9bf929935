"""Reach: which of the people that count know what you did lately, and who has seen nothing of it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Bar, Bars, Cell, Grid, GridRow, Part, Square, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, listed, rounded
from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.insight.hearing import delivered, known_by, may_hear, tell_action
from bragfolio.core.insight.shares import percent
from bragfolio.core.project.projection import Item
from bragfolio.model.achievement import Achievement
from bragfolio.model.dossier import Kept
from bragfolio.model.people import OtherPerson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bragfolio.core.insight.career import Career

FINDINGS: Final = {
    "no-sponsor": "Nobody at the level of your boss's boss or above is a sponsor whom you talked to lately.",
    "skip-behind-boss": "Your boss's boss knows less than half of what your boss knows.",
    "peers-only": "An achievement of four or five stars is known to peers and to nobody else.",
    "decision-maker-blind": "Somebody who decides on your promotion has seen nothing of what you did lately.",
    "contact-overdue": "You have not talked to somebody for longer than cadence_days.",
}
WINDOW_DAYS: Final = 180
ABOVE: Final = ("boss", "skip", "exec")
"""The relations that decide what becomes of you."""
_SKIP_OR_ABOVE: Final = frozenset({"skip", "exec"})
_SPONSOR_DAYS: Final = 90
"""A sponsor without a cadence of their own is active when you talked within them."""
_BIG_STARS: Final = 4
_BIG_WINS: Final = 5
_GRID_COLUMNS: Final = 8
_SPONSOR_GAIN: Final = 3.0
"""What a word from above is worth: an achievement of three stars."""
_CONTACT_GAIN: Final = {"boss": 1.5, "skip": 2.0, "exec": 2.0}


class Reached(Struct, frozen=True):
    """What one person knows of the last 180 days."""

    person: str
    relation: str
    known: tuple[str, ...]
    """Ids of achievements, newest first."""
    share: Decimal
    """Of all stars of the window, in per cent."""


class Reach(Insight, frozen=True, kw_only=True):
    """Who knows what."""

    people: tuple[Reached, ...]
    """In the order of people.yaml."""
    relations: tuple[tuple[str, Decimal], ...]
    """By relation, the share that at least one of its people knows, in per cent; in the order in which they come up."""


class _Window(Struct, frozen=True):
    """What was delivered lately, and who knows of it."""

    career: Career
    items: tuple[Item[Achievement], ...]
    """Newest first."""
    known: Mapping[str, frozenset[str]]
    """By person, ids out of `items` and others."""

    def of(self, people: Iterable[str]) -> tuple[Item[Achievement], ...]:
        """Return what at least one of *people* knows."""
        ids = frozenset().union(*(self.known[person] for person in people))
        return tuple(item for item in self.items if item.id in ids)

    def share(self, items: Iterable[Item[Achievement]]) -> Decimal:
        """Return the stars of *items* in per cent of all."""
        return percent(_stars(items), _stars(self.items))

    def related(self, *relations: str) -> list[str]:
        """Return the ids of the people of these relations."""
        return [id_ for id_, kept in self.career.people.items() if kept.authored.relation in relations]

    def biggest(self, most: int) -> list[Item[Achievement]]:
        """Return what weighs most, newest first among equals."""
        return sorted(self.items, key=lambda item: -stars_of(item.authored))[:most]


def look_at_reach(career: Career) -> Reach | None:
    """Return who knows what; None while there are no people."""
    if not career.people:
        return None
    window = _Window(career, tuple(delivered(career, WINDOW_DAYS)), known_by(career))
    people = tuple(_reached(window, id_) for id_ in career.people)
    by_relation = {name: window.of(window.related(name)) for name in dict.fromkeys(one.relation for one in people)}
    findings = [*_sponsors(career), *_behind(window), *_peers(window), *_blind(window), *_contacts(career)]
    return Reach(
        answer=_answer(window),
        findings=tuple(findings),
        charts=(_bars(people, window), *([_grid(window)] if window.items else [])),
        tables=(_relation_table(window, by_relation),),
        people=people,
        relations=tuple((name, window.share(items)) for name, items in by_relation.items()),
    )


def _reached(window: _Window, id_: str) -> Reached:
    items = window.of([id_])
    relation = window.career.people[id_].authored.relation
    return Reached(id_, relation, tuple(item.id for item in items), window.share(items))


def _answer(window: _Window) -> str:
    """Say what the person who matters most has not heard of."""
    biggest = window.biggest(_BIG_WINS)
    if not biggest:
        return f"Nothing was delivered in the last {WINDOW_DAYS} days that anybody could know of."
    person = _who_matters(window)
    missed = [item for item in biggest if item.id not in window.known[person]]
    name = window.career.people[person].authored.name
    if len(biggest) == 1:
        return f"{name} {'has not heard of your only win' if missed else 'knows your only win'} of the last {WINDOW_DAYS} days."
    if not missed:
        return f"{name} knows all of your {len(biggest)} biggest wins of the last {WINDOW_DAYS} days."
    if len(missed) == len(biggest):
        return f"{name} has heard of none of your {len(biggest)} biggest wins of the last {WINDOW_DAYS} days."
    return f"{name} has not heard of {len(missed)} of your {len(biggest)} biggest wins of the last {WINDOW_DAYS} days."


def _who_matters(window: _Window) -> str:
    people, promotion = window.career.people, window.career.dossier.promotion
    if promotion and promotion.authored.decision_maker in people:
        return promotion.authored.decision_maker
    return next((id_ for name in ("skip", "exec", "boss") for id_ in window.related(name)), next(iter(people)))


def _sponsors(career: Career) -> Iterator[Finding]:
    """Yield that nobody above speaks up, unless somebody does whom you also talk to."""
    sponsors = [
        kept
        for kept in career.people.values()
        if kept.authored.advocate == "sponsor" and kept.authored.relation in _SKIP_OR_ABOVE
    ]
    if any(_is_active(kept, career) for kept in sponsors):
        return
    entries = tuple(f"person/{kept.id}" for kept in sponsors)
    if sponsors:
        names = listed(kept.authored.name for kept in sponsors)
        sentence = f"You have a sponsor above your boss, but you have lost touch: {names}."
        action = f"talk: `brag lately --for {sponsors[0].id}`"
    else:
        sentence = "Nobody above your boss speaks for you when you are not in the room."
        action = (
            "choose one of them, show what you did, and ask for advice; then write advocate: into private/people.yaml"
        )
    yield Finding(code="no-sponsor", sentence=sentence, action=action, entries=entries, gain=_SPONSOR_GAIN)


def _is_active(kept: Kept[OtherPerson], career: Career) -> bool:
    days = days_since_contact(kept.authored, career)
    return days is not None and days <= (kept.authored.cadence_days or _SPONSOR_DAYS)


def days_since_contact(person: OtherPerson, career: Career) -> int | None:
    """Return how long ago you talked, by the last day that last_contact may mean; None when it says nothing."""
    if person.last_contact is None:
        return None
    return max((career.as_of - person.last_contact.last_day).days, 0)


def _behind(window: _Window) -> Iterator[Finding]:
    bosses, skips = window.related("boss"), window.related("skip")
    by_boss, by_skip = window.of(bosses), window.of(skips)
    if not bosses or not skips or 2 * _stars(by_skip) >= _stars(by_boss):
        return
    missed = [item for item in window.biggest(len(window.items)) if item in by_boss and item not in by_skip]
    best = _best_for(window.career, skips[0], missed)
    names = listed(window.career.people[id_].authored.name for id_ in skips)
    verb = "knows" if len(skips) == 1 else "know"
    boss, skip = window.share(by_boss), window.share(by_skip)
    yield Finding(
        code="skip-behind-boss",
        sentence=f"{names} {verb} {skip} % of your recent work, your boss {boss} %: your boss's boss decides, and should hear of it.",
        action=f"announce the biggest of it: {tell_action(window.career, best.id, skips, 'email')}",
        numbers=(("boss", f"{boss} %"), ("boss's boss", f"{skip} %")),
        entries=_keys(missed),
        gain=float(rounded(stars_of(best.authored) * Decimal("0.8"))),
    )


def _best_for(career: Career, person: str, items: list[Item[Achievement]]) -> Item[Achievement]:
    """Return the first of *items* that *person* may hear of, else the first."""
    return next((item for item in items if may_hear(career, person, item.id)), items[0])


def _peers(window: _Window) -> Iterator[Finding]:
    people = window.career.people
    for item in window.biggest(len(window.items)):
        if stars_of(item.authored) < _BIG_STARS:
            return
        knowers = [id_ for id_ in people if item.id in window.known[id_]]
        if not knowers or any(people[id_].authored.relation != "peer" for id_ in knowers):
            continue
        above = window.related("skip", "exec") + window.related("boss")
        tell = tell_action(window.career, item.id, above, "email") if above else "add them to private/people.yaml"
        yield Finding(
            code="peers-only",
            sentence=f"Only peers know of “{item.authored.title}”: {listed(people[id_].authored.name for id_ in knowers)}.",
            action=f"tell those above: {tell}",
            numbers=(("stars", str(stars_of(item.authored))),),
            entries=(*_keys([item]), *(f"person/{id_}" for id_ in knowers)),
            gain=float(rounded(stars_of(item.authored) * Decimal("0.9"))),
        )


def _blind(window: _Window) -> Iterator[Finding]:
    promotion = window.career.dossier.promotion
    if not promotion or not window.items:
        return
    for id_ in dict.fromkeys(filter(None, (promotion.authored.decision_maker, *promotion.authored.voters))):
        if id_ not in window.career.people or window.of([id_]):
            continue
        name = window.career.people[id_].authored.name
        best = _best_for(window.career, id_, window.biggest(len(window.items)))
        does = "decides on" if id_ == promotion.authored.decision_maker else "is asked about"
        yield Finding(
            code="decision-maker-blind",
            sentence=f"{name} {does} your promotion and has seen nothing of the last {WINDOW_DAYS} days.",
            action=f"begin with your biggest win: {tell_action(window.career, best.id, [id_], 'email')}",
            numbers=(("achievements", str(len(window.items))),),
            entries=(f"person/{id_}", *_keys([best])),
            gain=float(stars_of(best.authored)),
        )


def _contacts(career: Career) -> Iterator[Finding]:
    for id_, kept in career.people.items():
        person, days = kept.authored, days_since_contact(kept.authored, career)
        if person.cadence_days is None or (days is not None and days <= person.cadence_days):
            continue
        ago = f"You last talked to {person.name} {counted(days, 'day')} ago" if days is not None else ""
        sentence = f"{ago or f'You never noted a talk with {person.name}'}, and want to every {person.cadence_days}."
        yield Finding(
            code="contact-overdue",
            sentence=sentence,
            action=f"meet, with an agenda: `brag lately --for {id_}`",
            numbers=(("days", str(days if days is not None else "never")), ("cadence", str(person.cadence_days))),
            entries=(f"person/{id_}",),
            gain=_CONTACT_GAIN.get(person.relation, 1.0),
        )


def _bars(people: tuple[Reached, ...], window: _Window) -> Bars:
    names = window.career.people
    bars = tuple(
        Bar(names[one.person].authored.name, (Part("knows", one.share, _ids(one.known)),), f"person/{one.person}")
        for one in people
    )
    rows = tuple(
        (
            Cell(names[one.person].authored.name, f"person/{one.person}"),
            Cell(one.relation),
            Cell(str(len(one.known)), entries=_ids(one.known)),
            Cell(f"{one.share} %", entries=_ids(one.known)),
        )
        for one in people
    )
    caption = "Who knows how much"
    head = ("person", "relation", "achievements", "share of stars")
    table = Table(caption=caption, head=head, rows=rows, numeric=frozenset({2, 3}))
    best = max(people, key=lambda one: one.share)
    description = (
        f"{names[best.person].authored.name} knows most: {best.share} % of the stars of the last {WINDOW_DAYS} days."
    )
    return Bars(title=caption, description=description, table=table, bars=bars, unit="%")


def _relation_table(window: _Window, by_relation: Mapping[str, tuple[Item[Achievement], ...]]) -> Table:
    rows = tuple(
        (
            Cell(name),
            Cell(str(len(window.related(name))), entries=tuple(f"person/{id_}" for id_ in window.related(name))),
            Cell(str(len(items)), entries=_keys(items)),
            Cell(f"{window.share(items)} %", entries=_keys(items)),
        )
        for name, items in by_relation.items()
    )
    head = ("relation", "people", "achievements", "share of stars")
    caption = "What at least one of them knows"
    return Table(caption=caption, head=head, rows=rows, numeric=frozenset({1, 2, 3}))


def _grid(window: _Window) -> Grid:
    people, wins = window.career.people, window.biggest(_GRID_COLUMNS)
    rows = tuple(
        GridRow(kept.authored.name, tuple(_square(window, id_, item) for item in wins), f"person/{id_}")
        for id_, kept in people.items()
    )
    cells = tuple(
        (Cell(row.label, row.entry), *(Cell(square.text, entries=square.entries) for square in row.squares if square))
        for row in rows
    )
    columns = tuple(item.authored.title for item in wins)
    caption = "Who has heard of the biggest wins"
    table = Table(caption=caption, head=("person", *columns), rows=cells)
    heard = sum(item.id in window.known[id_] for id_ in people for item in wins)
    description = f"{heard} of {len(people) * len(wins)} fields are filled: {counted(len(people), 'person', 'people')}, {counted(len(wins), 'win')}."
    return Grid(title=caption, description=description, table=table, columns=columns, rows=rows)


def _square(window: _Window, person: str, item: Item[Achievement]) -> Square:
    knows = item.id in window.known[person]
    is_above = window.career.people[person].authored.relation in ABOVE
    return Square("knows" if knows else "no", 4 if knows else 0, _keys([item]), alarm=is_above and not knows)


def _stars(items: Iterable[Item[Achievement]]) -> int:
    return sum(stars_of(item.authored) for item in items)


def _keys(items: Iterable[Item[Achievement]]) -> tuple[str, ...]:
    return _ids(item.id for item in items)


def _ids(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"achievement/{id_}" for id_ in ids)
