"""Rules: what the fields of one item must not contradict, a function for each model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bragfolio.core.read.shape import Issue
from bragfolio.model.achievement import Achievement
from bragfolio.model.campaign import Campaign
from bragfolio.model.common import Common, Listed
from bragfolio.model.lists import Education
from bragfolio.model.role import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.read.yaml_tree import Path
    from bragfolio.model.scalars import PartialDate

MAX_SHORT = 90
"""Characters of `short`, which must fit on a line of a one-pager."""
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")


def broken_rules(authored: Common | Listed) -> list[Issue]:
    """Return what is contradictory in *authored*."""
    issues: list[Issue] = []
    if isinstance(authored, Common):
        issues += _common(authored)
    if isinstance(authored, Achievement):
        issues += _achievement(authored)
    elif isinstance(authored, Campaign):
        issues += _campaign(authored)
    elif isinstance(authored, Role):
        for index, position in enumerate(authored.positions):
            issues += _order(("positions", index, "end"), position.start, position.end)
    elif isinstance(authored, Education):
        issues += _order(("end",), authored.start, authored.end)
    return issues


def _common(authored: Common) -> Iterator[Issue]:
    if authored.image and not authored.image_alt:
        yield Issue(("image",), "image-alt", "the picture has no text alternative", "add image_alt: what it shows")
    begin, end = authored.publish_date, authored.expiry_date
    if begin and end and str(end.value)[:10] <= str(begin.value)[:10]:
        yield Issue(("expiry_date",), "date-order", "it expires before it is published", "swap the two dates")


def _achievement(authored: Achievement) -> Iterator[Issue]:
    if not authored.date and not (authored.ongoing and authored.start):
        hint = "add date: YYYY-MM-DD, or start: and ongoing: true for work in progress"
        yield Issue((), "key-missing", "the key “date” is missing", hint)
    yield from _order(("date",), authored.start, authored.date)
    if len(authored.short) > MAX_SHORT:
        message = f"“short” has {len(authored.short)} characters; a line of a one-pager holds {MAX_SHORT}"
        yield Issue(("short",), "value", message, "shorten it, or move the rest to summary:")
    for index, metric in enumerate(authored.metrics):
        pair = (metric.before is not None) + (metric.after is not None)
        if (pair, metric.value is not None) not in {(2, False), (0, True)}:
            hint = "write both before: and after:, or value: alone"
            yield Issue(("metrics", index), "value-rule", "a metric has before and after, or a value", hint)
        if metric.before and metric.after and metric.before.unit != metric.after.unit:
            hint = "write both in the same unit, or the numbers alone and the unit under unit:"
            message = f"before is in “{metric.before.unit}” and after in “{metric.after.unit}”"
            yield Issue(("metrics", index, "after"), "value-rule", message, hint)
    for index, item in enumerate(authored.evidence):
        if (item.url is None) == (item.file is None):
            hint = "write url: or file:, not both"
            yield Issue(("evidence", index), "value-rule", "evidence is exactly one of an address and a file", hint)
        elif item.file and item.file.lower().endswith(PICTURES) and not (item.image_alt or item.label):
            hint = "add image_alt: what it shows"
            yield Issue(("evidence", index, "file"), "image-alt", "the picture has no text alternative", hint)


def _campaign(authored: Campaign) -> Iterator[Issue]:
    yield from _order(("end",), authored.start, authored.end)
    if authored.visibility:
        hint = "write audience: instead"
        yield Issue(("visibility",), "value-rule", "who sees a campaign is its audience", hint)
    if authored.unlisted and authored.audience != "public":
        hint = "write audience: public, or delete unlisted: what is not public is not listed for others anyway"
        yield Issue(("unlisted",), "value-rule", "only a public campaign can be unlisted", hint)
    for index, id_ in enumerate(authored.select.exclude):
        if id_ in authored.select.include:
            message = f"“{id_}” is both included and excluded"
            yield Issue(("select", "exclude", index), "value-rule", message, "delete one of the two")


def _order(path: Path, start: PartialDate | None, end: PartialDate | None) -> Iterator[Issue]:
    if start and end and end.last_day < start.first_day:
        message = f"the end, {end}, lies before the start, {start}"
        yield Issue(path, "date-order", message, "swap the two dates, or correct one")
