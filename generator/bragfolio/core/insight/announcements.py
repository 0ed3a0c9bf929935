"""Announcements: what nobody was told yet, and how much of what you did each audience has heard of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Cell, Grid, GridRow, Square, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, listed, rounded
from bragfolio.core.insight.freshness import age_days, fresh, stars_of
from bragfolio.core.insight.hearing import delivered, told_audiences
from bragfolio.core.insight.shares import percent, percent_text
from bragfolio.core.project.projection import Item
from bragfolio.model.achievement import Achievement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.insight.career import Career

FINDINGS: Final = {
    "announce-due": "Something was finished within announce.due_days, and an audience that may see it was not told.",
    "announce-overdue": "The same, and it is older, but not lapsed: people still want to hear it.",
}
COVERAGE_DAYS: Final = 365
_WORTH: Final = {"due": Decimal(1), "overdue": Decimal("0.7")}
"""What announcing is worth, in parts of the stars: news that is older is heard by fewer."""
_LEVELS: Final = {"told": 4, "due": 2, "overdue": 1, "lapsed": 0}
_MOST_FINDINGS: Final = 8
"""The rest stands in the table."""
_MOST_ROWS: Final = 25


class Announcing(Struct, frozen=True):
    """An achievement that an audience may see and should hear of."""

    item: Item[Achievement]
    audience: str
    status: str
    """`told`, or by age `due`, `overdue`, `lapsed`."""


class Coverage(Struct, frozen=True):
    """How much of the last year's work an audience was told of."""

    audience: str
    eligible: tuple[str, ...]
    """Ids of achievements, newest first."""
    told: tuple[str, ...]
    stars: int
    """Of all that is eligible."""
    stars_told: int


class Announcements(Insight, frozen=True, kw_only=True):
    """What was announced, and what waits."""

    coverage: tuple[Coverage, ...]
    """In the order of the audiences."""


def look_at_announcements(career: Career) -> Announcements | None:
    """Return what waits to be announced; None while nothing was ever noted, or nothing is there to announce."""
    everything = announcings(career)
    if not career.dossier.announcements or not everything:
        return None
    waiting = [one for one in everything if one.status in _WORTH]
    coverage = tuple(_coverage(career, audience, everything) for audience in career.announced_to)
    year = [one for one in everything if age_days(one.item.authored, career.as_of) <= COVERAGE_DAYS]
    return Announcements(
        answer=_answer(waiting, coverage),
        findings=tuple(_findings(career, waiting)),
        charts=(_grid(career, year),) if year else (),
        tables=(_coverage_table(coverage), *([_waiting_table(career, waiting)] if waiting else [])),
        coverage=coverage,
    )


def announcings(career: Career) -> list[Announcing]:
    """Return everything that is worth announcing, newest first, once for each audience that sees it.

    What is going on is not: it is announced when it is done.
    """
    told = told_audiences(career)
    settings = career.config.announce
    found: list[Announcing] = []
    for item in delivered(career):
        if stars_of(item.authored) < settings.min_stars:
            continue
        age = age_days(item.authored, career.as_of)
        late = "due" if age <= settings.due_days else "overdue" if age <= settings.lapse_days else "lapsed"
        for audience in career.announced_to:
            if item.id in career.seen[audience]:
                is_told = audience in told.get(item.id, ())
                found.append(Announcing(item, audience, "told" if is_told else late))
    return found


def announce_command(one: Announcing) -> str:
    """Return the command that writes the text and notes that it was said."""
    return f"brag announce {one.item.id} --channel email --audience {one.audience} --log"


def _answer(waiting: list[Announcing], coverage: tuple[Coverage, ...]) -> str:
    ids = dict.fromkeys(one.item.id for one in waiting)
    first = f"{counted(len(ids), 'achievement')} should be announced this week." if ids else "Nothing waits."
    told = [
        f"{_of(one)} of what {one.audience} may see ({len(one.told)} of {len(one.eligible)})"
        for one in coverage
        if one.eligible
    ]
    return f"{first} Announced in the last {COVERAGE_DAYS} days: {listed(told)}." if told else first


def _of(coverage: Coverage) -> str:
    return percent_text(len(coverage.told), len(coverage.eligible))


def _findings(career: Career, waiting: list[Announcing]) -> Iterable[Finding]:
    """Return one finding for each achievement, the most valuable first: whom to tell stands in it."""
    by_id: dict[str, list[Announcing]] = {}
    for one in waiting:
        by_id.setdefault(one.item.id, []).append(one)
    found = [_finding(career, group) for group in by_id.values()]
    return sorted(found, key=lambda finding: -finding.gain)[:_MOST_FINDINGS]


def _finding(career: Career, group: list[Announcing]) -> Finding:
    one = group[-1]
    authored, stars = one.item.authored, stars_of(one.item.authored)
    age = age_days(authored, career.as_of)
    audiences = [other.audience for other in group]
    verb = "has" if len(audiences) == 1 else "have"
    was = f"{counted(age, 'day')} ago" if age else "today"
    return Finding(
        code=f"announce-{one.status}",
        sentence=f"“{authored.title}” was done {was}, and {listed(audiences)} {verb} not been told.",
        action=f"say it: `{announce_command(one)}`",
        numbers=(("days", str(age)), ("stars", str(stars))),
        entries=(f"achievement/{one.item.id}",),
        gain=float(rounded(stars * _WORTH[one.status])),
    )


def _coverage(career: Career, audience: str, everything: list[Announcing]) -> Coverage:
    mine = [
        one
        for one in everything
        if one.audience == audience and age_days(one.item.authored, career.as_of) <= COVERAGE_DAYS
    ]
    told = [one for one in mine if one.status == "told"]
    return Coverage(
        audience=audience,
        eligible=tuple(one.item.id for one in mine),
        told=tuple(one.item.id for one in told),
        stars=sum(stars_of(one.item.authored) for one in mine),
        stars_told=sum(stars_of(one.item.authored) for one in told),
    )


def _coverage_table(coverage: tuple[Coverage, ...]) -> Table:
    rows = tuple(
        (
            Cell(one.audience),
            Cell(str(len(one.told)), entries=_keys(one.told)),
            Cell(str(len(one.eligible)), entries=_keys(one.eligible)),
            Cell(f"{percent(len(one.told), len(one.eligible))} %", entries=_keys(one.told)),
            Cell(f"{percent(one.stars_told, one.stars)} %", entries=_keys(one.told)),
        )
        for one in coverage
    )
    head = ("audience", "announced", "of", "share", "share by stars")
    caption = f"Announced in the last {COVERAGE_DAYS} days"
    return Table(caption=caption, head=head, rows=rows, numeric=frozenset({1, 2, 3, 4}))


def _keys(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"achievement/{id_}" for id_ in ids)


def _waiting_table(career: Career, waiting: list[Announcing]) -> Table:
    rows = tuple(
        (
            Cell(one.item.authored.title, f"achievement/{one.item.id}"),
            Cell(one.audience),
            Cell(one.status),
            Cell(str(stars_of(one.item.authored))),
            Cell(f"{age_days(one.item.authored, career.as_of)} d"),
        )
        for one in waiting
    )
    head = ("achievement", "audience", "status", "stars", "age")
    return Table(caption="Waits to be announced", head=head, rows=rows, numeric=frozenset({3, 4}))


def _grid(career: Career, year: list[Announcing]) -> Grid:
    """Return the freshest achievements of the year by audience: the new and heavy stand first."""
    by_id: dict[str, dict[str, Announcing]] = {}
    for one in year:
        by_id.setdefault(one.item.id, {})[one.audience] = one
    freshness = career.config.freshness
    ids = sorted(by_id, key=lambda id_: -fresh(career.by_id[id_].authored, career.as_of, freshness))[:_MOST_ROWS]
    columns = career.announced_to
    rows = tuple(
        GridRow(
            career.by_id[id_].authored.title,
            tuple(_square(by_id[id_].get(audience)) for audience in columns),
            f"achievement/{id_}",
        )
        for id_ in ids
    )
    cells = tuple(
        (Cell(row.label, row.entry), *(Cell(square.text if square else "", row.entry) for square in row.squares))
        for row in rows
    )
    caption = "Who was told of what"
    table = Table(caption=caption, head=("achievement", *columns), rows=cells)
    late = sum(one.status == "overdue" for one in year)
    description = f"Of the last {COVERAGE_DAYS} days, the freshest first: {counted(late, 'field')} overdue."
    return Grid(title=caption, description=description, table=table, columns=columns, rows=rows)


def _square(one: Announcing | None) -> Square | None:
    if one is None:
        return None
    entries = (f"achievement/{one.item.id}",)
    return Square(one.status, _LEVELS[one.status], entries, alarm=one.status == "overdue")
