"""Drift: whether the market moves past you in level, pay and skills, and whether you stand in one vertical alone."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.demand import Counted, count_employers
from bragfolio.core.insight.figures import Bar, Bars, Calendar, Cell, Moment, Part, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, rounded
from bragfolio.core.insight.freshness import age_days, stars_of
from bragfolio.core.insight.opportunities import REPLY_DAYS, overdue, read_contacts
from bragfolio.core.insight.tenure import (
    Change,
    Held,
    last_change,
    months_before,
    months_by_vertical,
    positions_held,
    whole_months,
)

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.market import Advert
    from bragfolio.model.posting import Salary
    from bragfolio.model.role import Pay

FINDINGS: Final = {
    "stayed-long": "Neither level nor scope has changed for more than 24 months.",
    "underpaid": "The median pay of matching postings is more than 15 % above your own.",
    "captive-work": "More than 40 % of the stars of the last 60 months went to skills that at most one employer wants.",
    "one-vertical": "More than 80 % of the last 60 months went to one vertical.",
    "vertical-without-market": "Recent work stands in a vertical in which few of the employers hire.",
    "drift-unanswered": "Contacts wait for an answer for more than seven days.",
}
LONG_MONTHS: Final = 24
PAY_ABOVE: Final = Decimal("1.15")
MATCHING: Final = 0.5
"""Coverage from which a posting is one that you could have."""
CAPTIVE_SHARE: Final = Decimal("0.40")
WINDOW_MONTHS: Final = 60
VERTICAL_SHARE: Final = Fraction(80, 100)
_RECENT_DAYS: Final = 365


class MarketPay(Struct, frozen=True):
    """What matching postings pay, in the currency and for the period of your own pay."""

    own: Decimal
    currency: str
    period: str
    offers: tuple[tuple[Advert, Decimal], ...]
    """The newest posting of each employer with the middle of its range, the best paid first."""
    median: Decimal | None
    """None when there are fewer employers than demand.min_employers."""


class Drift(Insight, frozen=True, kw_only=True):
    """Where you stand against the market."""

    months_unchanged: int | None
    """Whole months since level or scope changed; None when no position goes on."""
    pay: MarketPay | None
    captive_share: Decimal | None
    """Of the stars of 60 months, in per cent; None while the market cannot be told, or without stars."""
    verticals: tuple[tuple[str, Decimal], ...]
    """Months of the last 60 by vertical, most first."""


def look_at_drift(career: Career) -> Drift | None:
    """Return where the career stands against the market; None when no role has a position with a start."""
    held = positions_held(career)
    if not held:
        return None
    change = last_change(career, held)
    pay = _market_pay(career, held)
    captive = _captive_work(career, count_employers(career))
    verticals = months_by_vertical(held, career.as_of, WINDOW_MONTHS)
    findings = (
        *_stayed(career, change),
        *_underpaid(pay),
        *_captive(captive),
        *_one_vertical(held, verticals),
        *_alone(career),
        *_unanswered(career),
    )
    return Drift(
        answer=_answer(career, change, findings),
        findings=findings,
        charts=(_calendar(career, held, change), *_pay_chart(pay)),
        tables=(_vertical_table(career, held, verticals),),
        months_unchanged=whole_months(change.day, career.as_of) if change else None,
        pay=pay,
        captive_share=captive.share if captive else None,
        verticals=tuple((name, _number(months)) for name, months in verticals.items()),
    )


def _answer(career: Career, change: Change | None, findings: tuple[Finding, ...]) -> str:
    if change is None:
        tenure = "No position goes on at present."
    else:
        months = whole_months(change.day, career.as_of)
        tenure = f"Your level or scope last changed {counted(months, 'month')} ago, with {change.what}."
    number = len(findings)
    return f"{tenure} {counted(number, 'sign') if number else 'No sign'} of drift."


def _stayed(career: Career, change: Change | None) -> list[Finding]:
    if change is None or change.day >= months_before(career.as_of, LONG_MONTHS):
        return []
    months = whole_months(change.day, career.as_of)
    return [
        Finding(
            code="stayed-long",
            sentence=f"Neither level nor scope has changed for {counted(months, 'month')}, since {change.what}.",
            action="ask your boss what the next level takes: `brag coach`, or save adverts of it: `brag new posting --from FILE`",
            numbers=(("months", str(months)), ("since", change.day.isoformat())),
            entries=(change.entry,),
            gain=2,
        )
    ]


def _market_pay(career: Career, held: tuple[Held, ...]) -> MarketPay | None:
    """Return what matching postings of the window pay; None without a pay of one's own."""
    current = next((one for one in held if one.ends is None and _amount_of(one.role.authored.pay)), None)
    pay = current.role.authored.pay if current else None
    own = _amount_of(pay)
    if current is None or pay is None or own is None:
        return None
    offers: dict[str, tuple[Advert, Decimal]] = {}
    for advert in career.market.adverts:  # the newest of an employer first
        amount = _offered(advert.posting.salary, pay)
        if (
            amount is not None
            and advert.employer
            and advert.is_within(career.config.demand.window_days)
            and _is_match(advert, current)
        ):
            offers.setdefault(advert.employer, (advert, amount))
    ordered = sorted(offers.values(), key=lambda offer: (-offer[1], offer[0].id))
    middle = (
        rounded(median(amount for _, amount in ordered)) if len(ordered) >= career.config.demand.min_employers else None
    )
    return MarketPay(own, pay.currency.upper(), pay.period, tuple(ordered), middle)


def _amount_of(pay: Pay | None) -> Decimal | None:
    return pay.amount.number if pay and pay.amount and pay.currency and pay.amount.number > 0 else None


def _offered(salary: Salary | None, pay: Pay) -> Decimal | None:
    """Return the middle of *salary*, when it is in the currency and for the period of *pay*."""
    if salary is None or salary.currency.casefold() != pay.currency.casefold():
        return None
    if salary.period.casefold() != pay.period.casefold():
        return None
    ends = [end.number for end in (salary.min, salary.max) if end]
    return sum(ends, Decimal(0)) / len(ends) if ends else None


def _is_match(advert: Advert, current: Held) -> bool:
    level = advert.posting.level.casefold().rpartition("/")[2]
    return advert.match.coverage >= MATCHING or bool(
        level and level == current.position.level.casefold().rpartition("/")[2]
    )


def _underpaid(pay: MarketPay | None) -> list[Finding]:
    if pay is None or pay.median is None or pay.median <= pay.own * PAY_ABOVE:
        return []
    above = _whole(100 * (pay.median / pay.own - 1))
    sentence = (
        f"The median of {len(pay.offers)} employers whose postings match you is {_money(pay.median, pay)}, {above} % above"
        f" your {_money(pay.own, pay)}."
    )
    action = (
        f"bring these numbers to your next talk on pay, or answer the best of them: `brag match {pay.offers[0][0].id}`"
    )
    numbers = (("median", _money(pay.median, pay)), ("own", _money(pay.own, pay)), ("employers", str(len(pay.offers))))
    entries = tuple(advert.entry for advert, _ in pay.offers)
    return [Finding(code="underpaid", sentence=sentence, action=action, numbers=numbers, entries=entries, gain=3)]


class _CaptiveWork(Struct, frozen=True):
    share: Decimal
    """Of the stars of 60 months that went to captive skills, in per cent."""
    entries: tuple[str, ...]
    """The achievements that name one, those with most stars first."""
    names: tuple[str, ...]


def _captive_work(career: Career, demand: Counted) -> _CaptiveWork | None:
    """Return how much recent work went to captive skills; the stars of an achievement are shared among its skills."""
    if not demand.is_sufficient:
        return None
    reach = {skill.known.skill.path: skill.reach for skill in demand.skills if skill.known.skill}
    first = months_before(career.as_of, WINDOW_MONTHS)
    recent = [
        item for item in career.achievements if age_days(item.authored, career.as_of) <= (career.as_of - first).days
    ]
    captive, whole, weights, names = Fraction(0), 0, [], {}  # type: Fraction, int, list[tuple[Fraction, str]], dict[str, None]
    for item in recent:
        refs = career.linked.skills.of(item.authored)
        stars = stars_of(item.authored)
        whole += stars
        mine = [ref for ref in refs if reach.get(ref.path) == "captive"]
        if mine:
            weight = Fraction(stars * len(mine), len(refs))
            captive += weight
            weights.append((weight, f"achievement/{item.id}"))
            names.update(dict.fromkeys(ref.name for ref in mine))
    if not whole:
        return None
    entries = tuple(entry for _, entry in sorted(weights, key=lambda pair: (-pair[0], pair[1])))
    return _CaptiveWork(_number(100 * captive / whole), entries, tuple(sorted(names, key=str.casefold)))


def _captive(work: _CaptiveWork | None) -> list[Finding]:
    if work is None or work.share <= 100 * CAPTIVE_SHARE:
        return []
    sentence = f"{_whole(work.share)} % of the stars of your last {WINDOW_MONTHS} months went to skills that at most one employer wants."
    numbers = (("share", f"{work.share} %"), ("skills", ", ".join(work.names)))
    action = "put the next piece of work into a skill that several want: `brag coach demand`"
    return [
        Finding(code="captive-work", sentence=sentence, action=action, numbers=numbers, entries=work.entries, gain=2)
    ]


def _one_vertical(held: tuple[Held, ...], verticals: dict[str, Fraction]) -> list[Finding]:
    vertical, months = next(iter(verticals.items()), ("", Fraction(0)))
    if months <= VERTICAL_SHARE * WINDOW_MONTHS:
        return []
    share = _whole(_number(100 * months / WINDOW_MONTHS))
    entries = tuple(dict.fromkeys(one.entry for one in held if one.role.authored.vertical.casefold() == vertical))
    return [
        Finding(
            code="one-vertical",
            sentence=f"{share} % of your last {WINDOW_MONTHS} months went to one vertical: {vertical}.",
            action="write one piece of your work so that it means something outside of it, or save postings of another vertical",
            numbers=((vertical, f"{_number(months)} of {WINDOW_MONTHS} months"),),
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


def _alone(career: Career) -> list[Finding]:
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
        f"{_whole(_number(100 * work))} % of the stars of your last year stand in {vertical}, where {len(hiring)} of"
        f" {found.employers} employers hire."
    )
    return [
        Finding(
            code="vertical-without-market",
            sentence=sentence,
            action="tell your best work in words that another vertical uses, and save postings of it: `brag new posting --from FILE`",
            numbers=(
                ("share of stars", f"{_number(100 * work)} %"),
                ("employers", f"{len(hiring)} of {found.employers}"),
            ),
            entries=(*found.work[vertical], *hiring),
            gain=1,
        )
    ]


def _unanswered(career: Career) -> list[Finding]:
    late = overdue(read_contacts(career))
    if not late:
        return []
    verb = "waits" if len(late) == 1 else "wait"
    sentence = f"{counted(len(late), 'contact')} from the market {verb} longer than {REPLY_DAYS} days for your answer."
    entries = tuple(dict.fromkeys(entry for contact in late for entry in contact.entries))
    action = "see who it is: `brag coach opportunities`"
    return [
        Finding(
            code="drift-unanswered",
            sentence=sentence,
            action=action,
            numbers=(("contacts", str(len(late))),),
            entries=entries,
        )
    ]


def _calendar(career: Career, held: tuple[Held, ...], change: Change | None) -> Calendar:
    is_long = change is not None and change.day < months_before(career.as_of, LONG_MONTHS)
    moments = tuple(
        Moment(one.label, one.begins, one.ends or career.as_of, alarm=is_long and one.ends is None, entry=one.entry)
        for one in sorted(held, key=lambda one: (one.begins, one.role.id, one.position.title))
    )
    rows = tuple(
        (
            Cell(one.label, one.entry),
            Cell(one.position.level),
            Cell(str(one.position.start)),
            Cell(one.ends.isoformat() if one.ends else "goes on"),
            Cell(str(whole_months(one.begins, one.ends or career.as_of)), entries=(one.entry,)),
        )
        for one in held
    )
    head = ("position", "level", "start", "end", "months")
    return Calendar(
        title="Your positions",
        description=f"{counted(len(held), 'position')} since {moments[0].first_day.isoformat()}, the last begun on {held[0].begins.isoformat()}.",
        table=Table(caption="Positions", head=head, rows=rows, numeric=frozenset({4})),
        first_day=moments[0].first_day,
        last_day=career.as_of,
        today=career.as_of,
        moments=moments,
    )


def _pay_chart(pay: MarketPay | None) -> Iterable[Bars]:
    if pay is None or not pay.offers:
        return
    bars = tuple(
        Bar(advert.label, (Part("pay", rounded(amount), (advert.entry,)),), advert.entry)
        for advert, amount in pay.offers
    )
    rows = tuple(
        (Cell(bar.label, bar.entry), Cell(_money(bar.parts[0].number, pay), entries=bar.parts[0].entries))
        for bar in bars
    )
    above = sum(amount > pay.own for _, amount in pay.offers)
    yield Bars(
        title="What matching postings pay",
        description=f"{above} of {counted(len(pay.offers), 'employer')} pay more than your {_money(pay.own, pay)}.",
        table=Table(caption="Pay by employer", head=("posting", "pay"), rows=rows, numeric=frozenset({1})),
        bars=bars,
        unit=f"{pay.currency} per {pay.period}" if pay.period else pay.currency,
        mark=pay.own,
        mark_label="your pay",
    )


def _vertical_table(career: Career, held: tuple[Held, ...], verticals: dict[str, Fraction]) -> Table:
    found = _verticals(career)
    names = dict.fromkeys([*verticals, *found.stars, *sorted(found.hiring)])
    rows = tuple(
        (
            Cell(name),
            Cell(str(_number(verticals.get(name, Fraction(0)))), entries=_roles_in(held, name)),
            Cell(str(found.stars.get(name, 0)), entries=found.work.get(name, ())),
            Cell(str(len(found.hiring.get(name, ()))), entries=found.hiring.get(name, ())),
        )
        for name in names
    )
    head = ("vertical", f"months of {WINDOW_MONTHS}", "stars of a year", "employers that hire")
    return Table(caption="Where you work, and where others hire", head=head, rows=rows, numeric=frozenset({1, 2, 3}))


def _roles_in(held: tuple[Held, ...], vertical: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.entry for one in held if one.role.authored.vertical.casefold() == vertical))


def _number(fraction: Fraction) -> Decimal:
    return rounded(Decimal(fraction.numerator) / fraction.denominator)


def _whole(number: Decimal) -> int:
    """Return *number*, which is not negative, without places, half up."""
    return int(number + Decimal("0.5"))


def _money(amount: Decimal, pay: MarketPay) -> str:
    number = f"{amount:,.2f}".removesuffix(".00")
    return f"{pay.currency} {number}" + (f" a {pay.period}" if pay.period else "")
