"""Promotion: the rules of the game, how many days are left, and which of the rules are met."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight import voters
from bragfolio.core.insight.figures import Calendar, Cell, Moment, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, listed, rounded
from bragfolio.core.insight.hearing import known_by
from bragfolio.core.insight.ladder_views import criteria_of, judge_career
from bragfolio.core.insight.proofs import heaviest_proofs
from bragfolio.core.insight.standing import (
    Round,
    days_to_packet,
    find_standing,
    find_target,
    hurry,
    months_between,
    next_round,
)
from bragfolio.core.insight.voters import PROMOTION_STARS, Awareness

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.proofs import Judged
    from bragfolio.core.insight.standing import Place, Standing
    from bragfolio.model.promotion import Promotion

FINDINGS: Final = {
    "packet-due": "A promotion packet is due within 60 days.",
    "cycle-unknown": "promotion.yaml names no cycle that is still to come.",
    "level-too-young": "When the next cycle decides, the current level is younger than min_months_in_level.",
    **voters.FINDINGS,
}
_SOON_DAYS: Final = 60
_GETS_WRITTEN: Final = 0.8
"""How likely acting changes it: a packet is one's own work."""
_GETS_KNOWN: Final = 0.4


class Outlook(Insight, frozen=True, kw_only=True):
    """How a promotion stands."""

    target: str
    """`ladder/level`; `""` for none."""
    round: Round | None
    """The cycle that is decided next."""
    months: int | None
    """In the current level; None while no position says since when."""
    sponsors: tuple[str, ...]
    """Ids of the people who speak for it, and whose word counts."""
    sustained: tuple[int, int]
    """Criteria of the target level: sustained ones, and all."""
    coverage: Decimal | None
    """The sustained ones in per cent; None where there are no criteria."""
    aware: tuple[Awareness, ...] | None
    """None while nothing was announced or sent."""


class _Case(Struct, frozen=True):
    """What a promotion is judged by."""

    career: Career
    promotion: Promotion
    target: Place | None
    wanted: tuple[Judged, ...]
    standing: Standing | None
    coming: Round | None
    aware: tuple[Awareness, ...] | None

    @property
    def sustained(self) -> list[Judged]:
        return [judged for judged in self.wanted if judged.state == "sustained"]

    @property
    def level(self) -> str:
        return self.target.name if self.target else "the next level"

    def months(self, day: date) -> int | None:
        """Return the whole months in the level on *day*, from the last day that its start may mean; None without one."""
        since = self.standing.since if self.standing else None
        return months_between(min(since.last_day, day), day) if since else None


def look_at_promotion(career: Career) -> Outlook | None:
    """Return how the promotion of promotion.yaml stands; None while there is no such file.

    Who knows what is asked only where something was announced or sent: before that nobody could.
    """
    has_told = career.dossier.announcements or career.dossier.sendings
    return look_with_knowledge(career, known_by(career) if has_told else None)


def look_with_knowledge(career: Career, known: Mapping[str, frozenset[str]] | None) -> Outlook | None:
    """As `look_at_promotion`; *known* are, by the id of a person, the ids of the achievements that this person knows."""
    if career.dossier.promotion is None:
        return None
    promotion, target = career.dossier.promotion.authored, find_target(career)
    wanted = criteria_of(judge_career(career), target)
    proofs = heaviest_proofs(wanted)
    aware = voters.find_awareness(career, promotion, proofs, known) if known is not None else None
    case = _Case(career, promotion, target, wanted, find_standing(career), next_round(career), aware)
    done, number = len(case.sustained), len(wanted)
    findings = [
        *_packet(case), *_unknown_cycle(case), *_young(case), *voters.find_few_sponsors(career, promotion),
        *voters.find_unaware(career, aware or (), proofs, case.level),
    ]  # fmt: skip
    return Outlook(
        answer=f"{_answer_cycle(case)} {_answer_share(case)}", findings=tuple(findings),
        charts=(_calendar(career, case.coming),) if case.coming else (), tables=(_rules(case),),
        target=target.path if target else "", round=case.coming, months=case.months(career.as_of),
        sponsors=tuple(one.id for one in voters.find_sponsors(career, promotion)), sustained=(done, number),
        coverage=rounded(Decimal(100 * done) / number) if number else None, aware=aware,
    )  # fmt: skip


def _answer_cycle(case: _Case) -> str:
    coming, as_of = case.coming, case.career.as_of
    if coming is None:
        return "No cycle is to come."
    named = (("opens", coming.opens), ("wants the packet", coming.due), ("decides", coming.decision))
    return (
        f"The cycle {coming.id} {listed(f'{what} {_when(day, as_of)}' for what, day in named if day and day >= as_of)}."
    )


def _answer_share(case: _Case) -> str:
    done, number = len(case.sustained), len(case.wanted)
    if not number:
        return f"{case.level[:1].upper()}{case.level[1:]} has no criteria in private/ladders/ yet."
    return f"{done} of {counted(number, 'criterion', 'criteria')} of {case.level} {_are(done)} sustained."


def _when(day: date, as_of: date) -> str:
    return f"{_days((day - as_of).days)} ({day})"


def _days(days: int) -> str:
    return "today" if days == 0 else f"in {counted(days, 'day')}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _packet(case: _Case) -> list[Finding]:
    days = days_to_packet(case.career)
    if days is None or days > _SOON_DAYS:
        return []
    rest = len(case.wanted) - len(case.sustained)
    criteria = counted(len(case.wanted), "criterion", "criteria")
    open_ = f", and {rest} of {criteria} {_are(rest)} not sustained" if rest else ""
    level = f" {case.target.path}" if case.target else ""
    return [
        Finding(
            code="packet-due",
            sentence=f"The packet is due {_days(days)}{open_}.",
            action=f"write it: `brag packet{level}`; what is missing you see with `brag packet{level} --gaps`",
            numbers=(("days", str(days)), ("criteria not sustained", str(rest))),
            entries=tuple(f"achievement/{item.id}" for item in heaviest_proofs(case.wanted)),
            gain=PROMOTION_STARS * _GETS_WRITTEN * hurry(days),
        )
    ]


def _unknown_cycle(case: _Case) -> list[Finding]:
    if case.coming:
        return []
    return [
        Finding(
            code="cycle-unknown",
            sentence="No cycle of promotions is to come.",
            action="ask your boss when the next one opens, and write it into site_content/private/promotion.yaml",
            gain=PROMOTION_STARS * _GETS_KNOWN * hurry(None),
        )
    ]


def _young(case: _Case) -> list[Finding]:
    day = (case.coming.decision if case.coming else None) or case.career.as_of
    months, least = case.months(day), case.promotion.min_months_in_level
    if months is None or months >= least or case.standing is None:
        return []
    return [
        Finding(
            code="level-too-young",
            sentence=f"On {day} you will have been in your level for {counted(months, 'month')}; {least} are asked for.",
            action="ask who may make an exception, or aim at the cycle after",
            numbers=(("months", str(months)), ("asked for", str(least))),
            entries=(f"role/{case.standing.role_id}",),
        )
    ]


def _rules(case: _Case) -> Table:
    career, promotion = case.career, case.promotion
    months, least = case.months(career.as_of), promotion.min_months_in_level
    sponsors, needed = voters.find_sponsors(career, promotion), promotion.sponsors_required
    done, number = len(case.sustained), len(case.wanted)
    speaking = tuple(f"person/{one.id}" for one in sponsors)
    proofs = tuple(f"achievement/{item.id}" for item in heaviest_proofs(case.sustained))
    role = f"role/{case.standing.role_id}" if case.standing else ""
    rows = [
        (Cell("months in level", role), Cell(str(least)), Cell("unknown" if months is None else str(months)),
         _met(months is not None and months >= least)),
        (Cell("sponsors"), Cell(str(needed)), Cell(str(len(sponsors)), "", speaking), _met(len(sponsors) >= needed)),
        (Cell("criteria sustained"), Cell(str(number)), Cell(str(done), "", proofs), _met(0 < number == done)),
    ]  # fmt: skip
    rows += [
        (Cell(f"{one.name} knows proofs", f"person/{one.id}"), Cell("1"), Cell(str(len(one.known)), "", one.known), _met(bool(one.known)))
        for one in case.aware or ()
    ]  # fmt: skip
    head = ("rule", "asked for", "there is", "met")
    return Table(caption="What a promotion asks for", head=head, rows=tuple(rows), numeric=frozenset({1, 2}))


def _met(is_met: bool) -> Cell:  # noqa: FBT001 - it is what is printed
    return Cell("yes" if is_met else "not yet")


def _calendar(career: Career, coming: Round) -> Calendar:
    named = (("opens", coming.opens), ("packet due", coming.due), ("decision", coming.decision))
    days = [(label, day, (day - career.as_of).days) for label, day in named if day]
    moments = tuple(
        Moment(label, day, alarm=label == "packet due" and 0 <= left <= _SOON_DAYS) for label, day, left in days
    )
    rows = tuple((Cell(label), Cell(str(day)), Cell(str(left))) for label, day, left in days)
    caption = f"The cycle {coming.id}"
    return Calendar(
        title=caption, description=f"{caption}: {listed(f'{label} on {day}' for label, day, _ in days)}.",
        table=Table(caption=caption, head=("what", "day", "days left"), rows=rows, numeric=frozenset({2})),
        first_day=min(career.as_of, *(day for _, day, _ in days)), last_day=max(career.as_of, *(day for _, day, _ in days)),
        today=career.as_of, moments=moments,
    )  # fmt: skip
