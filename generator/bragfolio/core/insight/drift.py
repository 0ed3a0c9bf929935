"""Drift: whether the market moves past you in level, pay and skills, and whether you stand in one vertical alone."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Calendar, Cell, Moment, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, fraction, whole
from bragfolio.core.insight.freshness import age_days, stars_of
from bragfolio.core.insight.opportunities import REPLY_DAYS, overdue, read_contacts
from bragfolio.core.insight.pay import MarketPay, look_at_pay, pay_charts, underpaid
from bragfolio.core.insight.skill_demand import Counted, count_employers
from bragfolio.core.insight.tenure import (
    Change,
    Held,
    last_change,
    months_before,
    months_by_vertical,
    positions_held,
    whole_months,
)
from bragfolio.core.insight.verticals import WINDOW_MONTHS, one_vertical, stand_alone, vertical_table
from bragfolio.core.insight.vocabulary import entry_of

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career

FINDINGS: Final = {
    "stayed-long": "Neither level nor scope has changed for more than 24 months.",
    "underpaid": "The median pay of matching postings is more than 15 % above your own.",
    "captive-work": "More than 40 % of the stars of the last 60 months went to skills that at most one employer wants.",
    "one-vertical": "More than 80 % of the last 60 months went to one vertical.",
    "vertical-without-market": "Recent work stands in a vertical in which few of the employers hire.",
    "drift-unanswered": "Contacts wait for an answer for more than seven days.",
}
LONG_MONTHS: Final = 24
CAPTIVE_SHARE: Final = Decimal("0.40")


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
    pay = look_at_pay(career, held)
    captive = _captive_work(career, count_employers(career))
    verticals = months_by_vertical(held, career.as_of, WINDOW_MONTHS)
    findings = (
        *_stayed(career, change),
        *underpaid(pay),
        *_captive(captive),
        *one_vertical(held, verticals),
        *stand_alone(career),
        *_unanswered(career),
    )
    return Drift(
        answer=_answer(career, change, findings),
        findings=findings,
        charts=(_calendar(career, held, change), *pay_charts(pay)),
        tables=(vertical_table(career, held, verticals),),
        months_unchanged=whole_months(change.day, career.as_of) if change else None,
        pay=pay,
        captive_share=captive.share if captive else None,
        verticals=tuple((name, fraction(months)) for name, months in verticals.items()),
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
            action="ask your boss what the next level takes, or save adverts of it: `brag new posting --from FILE`",
            numbers=(("months", str(months)), ("since", change.day.isoformat())),
            entries=(change.entry,),
            gain=2,
        )
    ]


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
    captive_skills = {skill.entry for skill in demand.skills if skill.entry and skill.reach == "captive"}
    first = months_before(career.as_of, WINDOW_MONTHS)
    recent = [
        item for item in career.achievements if age_days(item.authored, career.as_of) <= (career.as_of - first).days
    ]
    captive, total = Fraction(0), 0
    weights: list[tuple[Fraction, str]] = []
    names: dict[str, None] = {}
    for item in recent:
        refs = career.linked.skills.of(item.authored)
        stars = stars_of(item.authored)
        total += stars
        mine = [ref for ref in refs if entry_of(ref) in captive_skills]
        if mine:
            weight = Fraction(stars * len(mine), len(refs))
            captive += weight
            weights.append((weight, f"achievement/{item.id}"))
            names.update(dict.fromkeys(ref.name for ref in mine))
    if not total:
        return None
    entries = tuple(entry for _, entry in sorted(weights, key=lambda pair: (-pair[0], pair[1])))
    return _CaptiveWork(fraction(100 * captive / total), entries, tuple(sorted(names, key=str.casefold)))


def _captive(work: _CaptiveWork | None) -> list[Finding]:
    if work is None or work.share <= 100 * CAPTIVE_SHARE:
        return []
    sentence = f"{whole(work.share)} % of the stars of your last {WINDOW_MONTHS} months went to skills that at most one employer wants."
    numbers = (("share", f"{work.share} %"), ("skills", ", ".join(work.names)))
    action = "put the next piece of work into a skill that several want: `brag coach demand`"
    return [
        Finding(code="captive-work", sentence=sentence, action=action, numbers=numbers, entries=work.entries, gain=2)
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
