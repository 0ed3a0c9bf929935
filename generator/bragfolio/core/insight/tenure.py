"""Tenure: since when level and scope are what they are, and which verticals the months of a career went to."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.project.projection import effective_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item
    from bragfolio.model.role import Position, Role

SCOPES: Final = ("self", "team", "department", "company", "industry")
"""From the narrowest."""
_PAID: Final = frozenset({"job", "contract", "own"})
"""Kinds of roles that a career is made of."""
_SCOPE_MONTHS: Final = 24
"""How far back work is looked at to see whether a scope is wider than before."""


class Held(Struct, frozen=True):
    """A position that was begun, in its role."""

    role: Item[Role]
    position: Position
    begins: date
    """The first day that its start may mean, for calendars and months."""
    ends: date | None
    """The last day; None while it goes on."""
    since: date
    """The day that its age counts from: the last that its start may mean, never after the as-of day."""

    @property
    def entry(self) -> str:
        """`role/id`."""
        return f"role/{self.role.id}"

    @property
    def label(self) -> str:
        """Title and employer."""
        return f"{self.position.title}, {self.role.authored.employer}"


class Change(Struct, frozen=True):
    """The last time that level or scope changed."""

    day: date
    what: str
    """In words: `Staff Engineer, Acme` or `the first work for the whole company`."""
    entry: str


def positions_held(career: Career) -> tuple[Held, ...]:
    """Return the positions of paid roles that have begun, newest first."""
    held = [
        _held(role, position, career.as_of)
        for role in career.linked.projection.roles
        if role.authored.kind in _PAID
        for position in role.authored.positions
        if position.start and position.start.first_day <= career.as_of
    ]
    return tuple(
        sorted(held, key=lambda one: (-one.since.toordinal(), -one.begins.toordinal(), one.role.id, one.position.title))
    )


def _held(role: Item[Role], position: Position, as_of: date) -> Held:
    begins, since = (position.start.first_day, position.start.last_day) if position.start else (as_of, as_of)
    ends = position.end.last_day if position.end and not position.end.is_present else None
    return Held(role, position, begins, ends if ends and ends < as_of else None, min(since, as_of))


def last_change(career: Career, held: tuple[Held, ...]) -> Change | None:
    """Return the last change of level or scope; None when no position goes on.

    A level changes where a position has another level than the one before it, or where either names none; another employer
    is a change, too. Scope changes with an achievement of a wider scope than any of the 24 months before it.
    """
    if not any(one.ends is None for one in held):
        return None
    changes = [Change(one.since, one.label, one.entry) for one in _steps(held)]
    changes += _wider(career)
    return max(changes, key=lambda change: (change.day, change.entry))


def _steps(held: tuple[Held, ...]) -> Iterator[Held]:
    """Yield the positions that are not a continuation, at the same level and employer, of the one before."""
    for number, one in enumerate(held):
        before = next((other for other in held[number + 1 :] if other.role.id == one.role.id), None)
        if before is None or not one.position.level or one.position.level != before.position.level:
            yield one


def _wider(career: Career) -> Iterator[Change]:
    dated = [
        (effective_day(item.authored, career.as_of), SCOPES.index(item.authored.scope), item)
        for item in career.achievements
        if item.authored.scope and item.authored.date
    ]
    dated.sort(key=lambda found: (found[0], found[1], found[2].id))
    newest: dict[int, date] = {}
    for day, rank, item in dated:
        first = months_before(day, _SCOPE_MONTHS)
        before = [other for other, then in newest.items() if first <= then < day]
        if before and rank > max(before):
            yield Change(day, f"the first work for the {SCOPES[rank]}: {item.authored.title}", f"achievement/{item.id}")
        newest[rank] = day


def months_before(day: date, months: int) -> date:
    """Return the same day of the month *months* before *day* (after it, when negative), or the last of one that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))


def whole_months(first: date, last: date) -> int:
    """Return how many whole months lie between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (months_before(first, -months) > last)


def months_by_vertical(held: Iterable[Held], as_of: date, months: int) -> dict[str, Fraction]:
    """Return how many of the last *months* calendar months, this one included, were spent in each vertical, case-folded.

    A month in two verticals counts half for each; one without any counts for none. Most first.
    """
    spent: dict[str, Fraction] = {}
    held = list(held)
    first = as_of.replace(day=1)
    for back in range(months):
        begin = months_before(first, back)
        end = months_before(first, back - 1)
        there = {
            one.role.authored.vertical.casefold()
            for one in held
            if one.role.authored.vertical and one.begins < end and (one.ends is None or one.ends >= begin)
        }
        for vertical in there:
            spent[vertical] = spent.get(vertical, Fraction(0)) + Fraction(1, len(there))
    return dict(sorted(spent.items(), key=lambda pair: (-pair[1], pair[0])))
