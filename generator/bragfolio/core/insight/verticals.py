"""Verticals: where your months and your recent work went, and where employers hire."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Cell, Table
from bragfolio.core.insight.finding import Finding, counted, fraction, whole
from bragfolio.core.insight.freshness import age_days, stars_of

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.tenure import Held

WINDOW_MONTHS: Final = 60
VERTICAL_SHARE: Final = Fraction(80, 100)
"""Of the window; more in one vertical is a risk."""
_RECENT_DAYS: Final = 365


def one_vertical(held: tuple[Held, ...], verticals: dict[str, Fraction]) -> list[Finding]:
    """Return that one of *verticals*, months by name, took more than 80 % of the window, if one did."""
    vertical, months = next(iter(verticals.items()), ("", Fraction(0)))
    if months <= VERTICAL_SHARE * WINDOW_MONTHS:
        return []
    share = whole(fraction(100 * months / WINDOW_MONTHS))
    entries = tuple(dict.fromkeys(one.entry for one in held if one.role.authored.vertical.casefold() == vertical))
    return [
        Finding(
            code="one-vertical",
            sentence=f"{share} % of your last {WINDOW_MONTHS} months went to one vertical: {vertical}.",
            action="write one piece of your work so that it means something outside of it, or save postings of another vertical",
            numbers=((vertical, f"{fraction(months)} of {WINDOW_MONTHS} months"),),
            entries=entries,
            gain=0.5,
        )
    ]


class _Verticals(Struct, frozen=True):
    """Recent work and employers by vertical."""

    stars: dict[str, int]
    """Of the achievements of the last year, by the vertical of their role; most first."""
    work: dict[str, tuple[str, ...]]
    hiring: dict[str, tuple[str, ...]]
    """The postings by vertical, one for each employer."""
    employers: int
    """That say their vertical."""


def _verticals(career: Career) -> _Verticals:
    of_role = {role.id: role.authored.vertical.casefold() for role in career.linked.projection.roles}
    stars: dict[str, int] = {}
    work: dict[str, tuple[str, ...]] = {}
    for item in career.achievements:
        vertical = of_role.get((item.authored.role or "").partition("/")[0], "")
        if vertical and age_days(item.authored, career.as_of) <= _RECENT_DAYS:
            stars[vertical] = stars.get(vertical, 0) + stars_of(item.authored)
            work[vertical] = (*work.get(vertical, ()), f"achievement/{item.id}")
    hiring: dict[str, dict[str, str]] = {}
    for advert in career.market.adverts:
        if advert.employer and advert.posting.vertical and advert.is_within(career.config.demand.window_days):
            hiring.setdefault(advert.posting.vertical.casefold(), {}).setdefault(advert.employer, advert.entry)
    employers = len({employer for found in hiring.values() for employer in found})
    ordered = dict(sorted(stars.items(), key=lambda pair: (-pair[1], pair[0])))
    return _Verticals(ordered, work, {name: tuple(found.values()) for name, found in hiring.items()}, employers)


def stand_alone(career: Career) -> list[Finding]:
    """Return whether recent work stands where few hire: its share is more than twice the share of the employers there."""
    found = _verticals(career)
    if found.employers < career.config.demand.min_employers or not found.stars:
        return []
    vertical, stars = next(iter(found.stars.items()))
    hiring = found.hiring.get(vertical, ())
    work = Fraction(stars, sum(found.stars.values()))
    if work <= Fraction(1, 2) or work <= 2 * Fraction(len(hiring), found.employers):
        return []
    sentence = (
        f"{whole(fraction(100 * work))} % of the stars of your last year stand in {vertical}, where {len(hiring)} of"
        f" {counted(found.employers, 'employer')} hire{'s' * (found.employers == 1)}."
    )
    return [
        Finding(
            code="vertical-without-market",
            sentence=sentence,
            action="tell your best work in words that another vertical uses, and save postings of it: `brag new posting --from FILE`",
            numbers=(
                ("share of stars", f"{fraction(100 * work)} %"),
                ("employers", f"{len(hiring)} of {found.employers}"),
            ),
            entries=(*found.work[vertical], *hiring),
            gain=1,
        )
    ]


def vertical_table(career: Career, held: tuple[Held, ...], verticals: dict[str, Fraction]) -> Table:
    """Return months, recent stars and hiring employers by vertical."""
    found = _verticals(career)
    names = dict.fromkeys([*verticals, *found.stars, *sorted(found.hiring)])
    rows = tuple(
        (
            Cell(name),
            Cell(str(fraction(verticals.get(name, Fraction(0)))), entries=_roles_in(held, name)),
            Cell(str(found.stars.get(name, 0)), entries=found.work.get(name, ())),
            Cell(str(len(found.hiring.get(name, ()))), entries=found.hiring.get(name, ())),
        )
        for name in names
    )
    head = ("vertical", f"months of {WINDOW_MONTHS}", "stars of a year", "employers that hire")
    return Table(caption="Where you work, and where others hire", head=head, rows=rows, numeric=frozenset({1, 2, 3}))


def _roles_in(held: tuple[Held, ...], vertical: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.entry for one in held if one.role.authored.vertical.casefold() == vertical))
