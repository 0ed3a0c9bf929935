"""Standing: where somebody is on a ladder, which level comes next, and when the next promotions are decided."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.insight.proofs import levels_of
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Projection
    from bragfolio.model.dossier import Kept
    from bragfolio.model.ladder import Ladder, Level
    from bragfolio.model.promotion import Cycle
    from bragfolio.model.role import Position, Role

_MONTHS_A_YEAR = 12
_RELAXED = 0.25
"""What acting this week is worth while no packet is due, of what it is worth on the last day."""
_HALVED_DAYS = 30
"""Before the packet is due, the hurry halves with each of these."""


class Place(Struct, frozen=True):
    """A level of a ladder."""

    kept: Kept[Ladder]
    level: Level

    @property
    def path(self) -> str:
        """`ladder/level`, as positions and promotion.yaml name it."""
        return f"{self.kept.id}/{self.level.id}"

    @property
    def name(self) -> str:
        """The level as people call it."""
        return self.level.name or self.level.id


class Standing(Struct, frozen=True):
    """The position that somebody holds."""

    position: Position
    role_id: str
    since: PartialDate | None
    """When the level began: the start of the first of the positions in a row, at one employer, that have it."""


class Round(Struct, frozen=True):
    """A cycle of promotions with its days. A month opens and is due on its first day, and decides on its last."""

    id: str
    opens: date | None
    due: date | None
    decision: date | None

    @property
    def last_day(self) -> date | None:
        """When nothing can be done any more."""
        return self.decision or self.due or self.opens


def find_standing(career: Career) -> Standing | None:
    """Return the position that is held, as `self` sees it."""
    return standing_in(career.linked.projection)


def standing_in(projection: Projection) -> Standing | None:
    """Return the position that is held: one with a level before one without, then the one that began last; None for none."""
    held = [
        (bool(position.level), _start_day(position), role.id, position, role.authored)
        for role in projection.roles
        for position in role.authored.positions
        if _is_held(position, projection.as_of)
    ]
    if not held:
        return None
    _, _, role_id, position, role = min(held, key=lambda row: (not row[0], -row[1].toordinal(), row[2]))
    return Standing(position, role_id, _level_since(role, position))


def find_place(career: Career, path: str) -> Place | None:
    """Return the level that *path*, `ladder/level`, means; None when no ladder has it."""
    ladder, _, level = (part.strip() for part in path.partition("/"))
    for kept in career.dossier.ladders:
        if kept.id == ladder:
            return next((Place(kept, found) for found in levels_of(kept.authored) if found.id == level), None)
    return None


def find_target(career: Career) -> Place | None:
    """Return the level that is wanted: that of promotion.yaml, else the one above the current position's; None for none."""
    promotion = career.dossier.promotion
    wanted = find_place(career, promotion.authored.target) if promotion else None
    standing = find_standing(career)
    current = find_place(career, standing.position.level) if standing else None
    if wanted or current is None:
        return wanted
    levels = levels_of(current.kept.authored)
    above = levels[levels.index(current.level) + 1 :]
    return Place(current.kept, above[0]) if above else None


def months_between(first: date, last: date) -> int:
    """Return the whole months from *first* to *last*; the last day of a month completes one that began on a later day."""
    months = (last.year - first.year) * _MONTHS_A_YEAR + last.month - first.month
    is_last_day = last.day == calendar.monthrange(last.year, last.month)[1]
    return months - (last.day < first.day and not is_last_day)


def next_round(career: Career) -> Round | None:
    """Return the cycle that is decided next; None when promotion.yaml names none that is still to come."""
    promotion = career.dossier.promotion
    rounds = [_round(cycle) for cycle in (promotion.authored.cycles if promotion else ())]
    coming = [
        (found.last_day, found.id, found) for found in rounds if found.last_day and found.last_day >= career.as_of
    ]
    return min(coming, key=lambda row: row[:2])[2] if coming else None


def days_to_packet(career: Career) -> int | None:
    """Return the days until the next packet is due, 0 on the day itself; None when none is."""
    promotion = career.dossier.promotion
    dues = [found.due for found in map(_round, promotion.authored.cycles if promotion else ()) if found.due]
    return min(((due - career.as_of).days for due in dues if due >= career.as_of), default=None)


def hurry(days: int | None) -> float:
    """Return what acting this week is worth when a packet is due in *days*: from 0.25, while none is, to 1 on its day."""
    return _RELAXED if days is None else float(_RELAXED + (1 - _RELAXED) * 0.5 ** (days / _HALVED_DAYS))


def _round(cycle: Cycle) -> Round:
    return Round(
        cycle.id,
        cycle.opens.first_day if cycle.opens else None,
        cycle.packet_due.first_day if cycle.packet_due else None,
        cycle.decision.last_day if cycle.decision else None,
    )


def _is_held(position: Position, as_of: date) -> bool:
    has_begun = position.start is None or position.start.first_day <= as_of
    return has_begun and (position.end is None or position.end.last_day >= as_of)


def _start_day(position: Position) -> date:
    return position.start.first_day if position.start else date.min


def _level_since(role: Role, position: Position) -> PartialDate | None:
    """Return the start of the first of the positions, one after the other, that have the level of *position*."""
    since = position.start
    older = [other for other in role.positions if _start_day(other) < _start_day(position)]
    for other in older:  # newest first
        if not position.level or other.level != position.level or other.start is None:
            break
        since = other.start
    return since
