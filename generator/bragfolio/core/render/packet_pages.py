"""Packet pages: a promotion packet as the document that its readers get."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from bragfolio.core.choose.metrics import verdict_of
from bragfolio.core.insight.finding import counted
from bragfolio.core.render import contexts
from bragfolio.core.render.formats import date_text, figure_of, month_text, shorten
from bragfolio.core.render.rich import rich
from bragfolio.core.render.sheets import value_text
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bragfolio.core.insight.packet import Corroboration, Packet, PacketCriterion, PacketProof
    from bragfolio.model.achievement import Metric

_MOST_NUMBERS: Final = 3
"""Of one achievement."""
_MOST_RESULTS: Final = 4
"""On the first page."""
_RUNNING: Final = 90
"""Characters that a line at the top of a page holds."""
_LABELS: Final = {"link": "Link", "file": "File", "feedback": "Feedback"}


def make_packet_document(packet: Packet) -> contexts.PacketDocument:
    """Return *packet* as it is set: without gaps, criteria that nothing proves are left out."""
    shown = [one for one in packet.criteria if one.proofs or packet.has_gaps]
    seen: set[str] = set()
    groups = tuple(
        contexts.PacketGroup(rich(name), tuple(_requirement(one, packet, seen) for one in criteria))
        for name, criteria in groupby(shown, key=lambda one: one.competency)
    )
    title = " – ".join(part for part in (packet.person, packet.level) if part)
    return contexts.PacketDocument(
        title=title,
        running=shorten(title, _RUNNING),
        name=packet.person,
        headline=rich(packet.headline),
        level=rich(packet.level),
        ladder=rich(packet.ladder),
        summary=rich(packet.summary),
        facts=tuple(_facts(packet)),
        count=_count(packet),
        numbers=_results(packet),
        groups=groups,
    )


def newest_proof(packet: Packet) -> date:
    """Return the newest day in what *packet* shows, never after its as-of day; that day where work is in progress."""
    proofs = {proof.id: proof for one in packet.criteria for proof in one.proofs}
    days = [min(proof.date.last_day, packet.as_of) if proof.date else packet.as_of for proof in proofs.values()]
    return max(days, default=packet.as_of)


def _facts(packet: Packet) -> Iterator[str]:
    if packet.position:
        since = f" since {date_text(packet.since).text}" if packet.since else ""
        yield f"Now {packet.position}{since}"
    if packet.cycle:
        due = f", packet due {_day(packet.due)}" if packet.due else ""
        yield f"For {packet.cycle}{due}"
    yield f"As of {_day(packet.as_of)}"


def _day(day: date) -> str:
    return date_text(PartialDate(day.year, day.month, day.day)).text


def _count(packet: Packet) -> str:
    proven = sum(bool(one.proofs) for one in packet.criteria)
    proofs = counted(len({proof.id for one in packet.criteria for proof in one.proofs}), "achievement")
    if packet.has_gaps:
        sustained = sum(one.state == "sustained" for one in packet.criteria)
        total = counted(len(packet.criteria), "criterion", "criteria")
        return f"{sustained} of {total} sustained, {proven} with proof, {proofs} in all"
    return f"{proofs} for {counted(proven, 'criterion', 'criteria')}"


def _results(packet: Packet) -> tuple[contexts.SheetNumber, ...]:
    """Return the first good number of the heaviest proofs, newest first among equals."""
    proofs = {proof.id: proof for one in packet.criteria for proof in one.proofs}
    heaviest = sorted(proofs.values(), key=lambda proof: proof.id)
    heaviest.sort(key=lambda proof: proof.date.last_day if proof.date else packet.as_of, reverse=True)
    heaviest.sort(key=lambda proof: -proof.stars)
    found = [number for proof in heaviest if (number := next(iter(_numbers(proof)), None))]
    return tuple(found[:_MOST_RESULTS])


def _numbers(proof: PacketProof) -> tuple[contexts.SheetNumber, ...]:
    good = [metric for metric in proof.metrics if verdict_of(metric) != "worse"]
    good.sort(key=_rank)
    return tuple(_number(metric) for metric in good[:_MOST_NUMBERS])


def _rank(metric: Metric) -> int:
    """Put what got better first, then what has a before."""
    return 0 if verdict_of(metric) == "better" else 1 if metric.before is not None else 2


def _number(metric: Metric) -> contexts.SheetNumber:
    figure = figure_of(metric)
    return contexts.SheetNumber(value_text(figure), figure.change, rich(figure.name))


def _requirement(one: PacketCriterion, packet: Packet, seen: set[str]) -> contexts.PacketRequirement:
    wins = []
    for proof in one.proofs:
        wins.append(_win(proof, seen_above=proof.id in seen))
        seen.add(proof.id)
    state = one.state.title() if packet.has_gaps else ""
    return contexts.PacketRequirement(rich(one.text), state, rich(one.gap if packet.has_gaps else ""), tuple(wins))


def _win(proof: PacketProof, *, seen_above: bool) -> contexts.PacketWin:
    return contexts.PacketWin(
        title=rich(proof.title),
        date=month_text(proof.date) if proof.date else "ongoing",
        numbers=() if seen_above else _numbers(proof),
        impact=() if seen_above else rich(proof.impact),
        my_part=() if seen_above else rich(proof.my_part),
        sources=() if seen_above else tuple(_source(one) for one in proof.corroborations),
        seen_above=seen_above,
    )


def _source(one: Corroboration) -> contexts.PacketSource:
    return contexts.PacketSource(_LABELS[one.kind], rich(shorten(one.text, 400)), one.url, one.byline)
