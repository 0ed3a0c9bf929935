"""Packet: a promotion packet as Markdown, to be handed in, or pasted into the form that asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Final

from bragfolio.core.choose.metrics import change_percent

if TYPE_CHECKING:
    from bragfolio.core.insight.packet import Corroboration, Packet, PacketCriterion, PacketProof
    from bragfolio.model.achievement import Metric
    from bragfolio.model.scalars import Quantity

_MINUS: Final = "\u2212"
_NARROW: Final = "\u202f"
_LONG: Final = 5
"""Digits that nobody counts at a glance."""


def write_packet_markdown(packet: Packet) -> str:
    """Return *packet*: competencies, their criteria, and below each what proves it; a proof is told once, then named."""
    blocks = [f"# {_inline(' – '.join(part for part in (packet.person, packet.level) if part))}", *_head(packet)]
    told: set[str] = set()
    for competency, criteria in groupby(packet.criteria, key=lambda one: one.competency):
        blocks.append(f"## {_inline(competency)}")
        for criterion in criteria:
            blocks += _criterion(criterion, told)
    if not packet.criteria:
        blocks.append("There is no proof yet." if not packet.has_gaps else "This level has no criteria.")
    return "\n\n".join(blocks) + "\n"


def _head(packet: Packet) -> Iterator[str]:
    if packet.headline:
        yield _inline(packet.headline)
    level = f"{packet.ladder}: {packet.level}."
    yield _inline(f"{level} {packet.summary}".strip())
    facts = []
    if packet.position:
        facts.append(f"Now {packet.position}" + (f", at this level since {packet.since}" if packet.since else ""))
    if packet.cycle:
        facts.append(f"For the cycle {packet.cycle}" + (f", packet due on {packet.due}" if packet.due else ""))
    facts.append(f"As of {packet.as_of}")
    yield _inline(". ".join(facts) + ".")


def _criterion(criterion: PacketCriterion, told: set[str]) -> Iterator[str]:
    yield f"### {_inline(criterion.text)}"
    state = f"**{criterion.state.capitalize()}.**" if criterion.state else ""
    if state or criterion.gap:
        yield " ".join(part for part in (state, _inline(criterion.gap)) if part)
    lines: list[str] = []
    for proof in criterion.proofs:
        lines += _again(proof) if proof.id in told else _proof(proof)
        told.add(proof.id)
    if lines:
        yield "\n".join(lines)


def _again(proof: PacketProof) -> list[str]:
    return [f"- **{_inline(proof.title)}** ({proof.date or 'ongoing'}), see above"]


def _proof(proof: PacketProof) -> list[str]:
    said = [f"**{_inline(proof.title)}** ({proof.date or 'ongoing'}).", _inline(proof.impact), _inline(proof.my_part)]
    lines = [f"- {' '.join(part for part in said if part)}"]
    lines += [f"  - {_number(metric)}" for metric in proof.metrics]
    return lines + [f"  - {_source(one)}" for one in proof.corroborations]


def _source(one: Corroboration) -> str:
    if one.kind == "feedback":
        quote = f"“{_inline(one.text)}”" if one.text else "Feedback"
        return f"{quote} – {_inline(one.byline)}" if one.byline else quote
    text = _inline(one.text)
    return f"[{text.replace('[', '(').replace(']', ')')}](<{one.url}>)" if one.url else f"File: {text}"


def _number(metric: Metric) -> str:
    """Return `p99 latency: 2.4 → 0.9 s (−63 %)`, or the single value."""
    pair = [quantity for quantity in (metric.before, metric.after) if quantity]
    values = pair or [quantity for quantity in (metric.value,) if quantity]
    about = "about " if metric.approximate else ""
    unit = "" if any(quantity.unit for quantity in values) else metric.unit
    number = f"{about}{' → '.join(_digits(quantity) for quantity in values)}{' ' if unit[:1].isalnum() else ''}{unit}"
    percent = change_percent(metric) if metric.unit != "%" else None
    sign = "+" if percent and percent > 0 else _MINUS
    change = f" ({sign}{abs(percent)}{_NARROW}%)" if percent else ""
    return _inline(f"{metric.name}: {number}") + change


def _digits(quantity: Quantity) -> str:
    """Return the number as written; a long one in groups of three."""
    text = quantity.text
    return f"{int(text):,}" if text.isascii() and text.isdigit() and len(text) >= _LONG else text


def _inline(text: str) -> str:
    """Return *text* on one line; tags are shown, not obeyed."""
    return " ".join(text.split()).replace("<", "\\<")
