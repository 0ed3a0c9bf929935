"""Campaigning: which campaigns run, whether their claims stand, when they end, and who got their one-pager."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio.core.insight import campaigns
from bragfolio.core.insight.figures import Calendar, Cell, Moment, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, listed
from bragfolio.model.scalars import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.insight.career import Career
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.campaign import Campaign
    from bragfolio.model.ledgers import Sending

FINDINGS: Final = {
    "campaign-over": "The last day of a campaign is past.",
    "campaign-ending": "A campaign ends within 14 days.",
    "campaign-unsent": "Somebody that a campaign is meant for did not get its one-pager.",
    "claim-thin": "A claim of a campaign has fewer than two proofs that its audience sees.",
    "claim-stale": "A claim of a campaign has no proof of the last 365 days.",
}
ENDING_DAYS: Final = 14
_GAINS: Final = {"campaign-over": 0.5, "claim-thin": 1.5, "claim-stale": 1.5}
_ENDING_GAIN: Final = 2.0
_UNSENT_GAIN: Final = 3.0
"""A one-pager shows about an achievement of three stars to somebody new, whatever else it shows."""


class Push(Struct, frozen=True):
    """A campaign on a day."""

    campaign: str
    """Its id."""
    is_over: bool
    days_left: int | None
    """Up to and without its last day; None when it has no end."""
    sent_to: tuple[str, ...]
    """Ids of people, in the order of sent.csv."""
    not_sent_to: tuple[str, ...]
    """Those of its `to` who did not get it."""


class Campaigning(Insight, frozen=True, kw_only=True):
    """All campaigns that have begun."""

    pushes: tuple[Push, ...]
    """In the order of their ids."""


def look_at_campaigns(career: Career) -> Campaigning | None:
    """Return how the campaigns go that have begun; None while there is none."""
    items = career.linked.projection.campaigns
    if not items:
        return None
    pushes = tuple(_push(career, item) for item in items)
    findings: list[Finding] = []
    for item, push in zip(items, pushes, strict=True):
        findings += _claims(career, item)
        findings += _window(item, push)
        findings += _unsent(career, item, push)
    return Campaigning(
        answer=_answer(items, pushes),
        findings=tuple(findings),
        charts=(_calendar(career, items, pushes),),
        pushes=pushes,
    )


def _push(career: Career, item: Item[Campaign]) -> Push:
    sent = [row for row in _sendings(career) if row.campaign == item.id]
    sent_to = tuple(dict.fromkeys(person for row in sent for person in row.to))
    end = item.authored.end
    return Push(
        campaign=item.id,
        is_over=item.authored.is_over(career.as_of),
        days_left=max((end.last_day - career.as_of).days, 0) if end else None,
        sent_to=sent_to,
        not_sent_to=tuple(person for person in dict.fromkeys(item.authored.to) if person not in sent_to),
    )


def _sendings(career: Career) -> list[Sending]:
    rows = (kept.authored for kept in career.dossier.sendings)
    return [row for row in rows if row.date.first_day <= career.as_of]


def _answer(items: Iterable[Item[Campaign]], pushes: tuple[Push, ...]) -> str:
    titles = {item.id: item.authored.title for item in items}
    running = [push for push in pushes if not push.is_over]
    if not running:
        return "No campaign runs."
    first = f"{counted(len(running), 'campaign')} {'runs' if len(running) == 1 else 'run'}."
    timed = [push for push in running if push.days_left is not None]
    if not timed:
        return first
    next_ = min(timed, key=lambda push: push.days_left or 0)
    when = f"in {counted(next_.days_left or 0, 'day')}" if next_.days_left else "today"
    return f"{first} “{titles[next_.campaign]}” ends {when}."


def _claims(career: Career, item: Item[Campaign]) -> Iterator[Finding]:
    """Yield what holds of a campaign's claims for its audience, as `brag check` says it."""
    for issue in campaigns.findings(item.authored, _as_seen(career, item.authored.audience)):
        proof = item.authored.claims[int(issue.path[1])].proof if len(issue.path) > 1 else ()
        yield Finding(
            code=issue.code,
            sentence=f"In “{item.authored.title}”, {issue.message}.",
            action=issue.hint,
            entries=(f"campaign/{item.id}", *(f"achievement/{id_}" for id_ in proof if id_ in career.by_id)),
            gain=_GAINS[issue.code],
        )


def _as_seen(career: Career, audience: str) -> Projection:
    """Return the projection of `self` with those achievements only that *audience* sees; all of them for none."""
    projection = career.linked.projection
    if audience not in career.seen:
        return projection
    shown = tuple(item for item in projection.achievements if item.id in career.seen[audience])
    return structs.replace(projection, achievements=shown)


def _window(item: Item[Campaign], push: Push) -> Iterator[Finding]:
    if push.is_over or push.days_left is None or push.days_left > ENDING_DAYS:
        return
    left = f"in {counted(push.days_left, 'day')}" if push.days_left else "today"
    yield Finding(
        code="campaign-ending",
        sentence=f"The campaign “{item.authored.title}” ends {left}.",
        action=f"print it once more, and hand it to who decides: `brag pdf {item.id}`",
        numbers=(("days", str(push.days_left)),),
        entries=(f"campaign/{item.id}",),
        gain=_ENDING_GAIN,
    )


def _unsent(career: Career, item: Item[Campaign], push: Push) -> Iterator[Finding]:
    missing = [id_ for id_ in push.not_sent_to if id_ in career.people]
    if push.is_over or not missing:
        return
    names = listed(career.people[id_].authored.name for id_ in missing)
    yield Finding(
        code="campaign-unsent",
        sentence=f"“{item.authored.title}” is meant for {names}, who did not get its one-pager.",
        action=f"make it with `brag pdf {item.id}`, send it, and note that: `brag sent FILE --log --to {missing[0]}`",
        numbers=(("people", str(len(missing))),),
        entries=(f"campaign/{item.id}", *(f"person/{id_}" for id_ in missing)),
        gain=_UNSENT_GAIN,
    )


def _calendar(career: Career, items: Iterable[Item[Campaign]], pushes: tuple[Push, ...]) -> Calendar:
    today = career.as_of
    moments, rows = [], []
    for item, push in zip(items, pushes, strict=True):
        campaign, entry = item.authored, f"campaign/{item.id}"
        first = campaign.start.first_day if campaign.start else today
        last = campaign.end.last_day if campaign.end else max(today, first)
        is_ending = push.days_left is not None and not push.is_over and push.days_left <= ENDING_DAYS
        moments.append(Moment(campaign.title, min(first, last), last, alarm=is_ending, entry=entry))
        names = [career.people[id_].authored.name for id_ in push.sent_to if id_ in career.people]
        left = "over" if push.is_over else "no end" if push.days_left is None else f"{push.days_left} d"
        rows.append(
            (
                Cell(campaign.title, entry),
                Cell(campaign.audience or "self"),
                Cell(_day(campaign.start)),
                Cell(_day(campaign.end)),
                Cell(left),
                Cell(listed(names) if names else "nobody", entries=tuple(f"person/{id_}" for id_ in push.sent_to)),
            )
        )
    caption = "Windows of campaigns"
    head = ("campaign", "audience", "from", "to", "left", "went to")
    running = sum(not push.is_over for push in pushes)
    return Calendar(
        title=caption,
        description=f"{running} of {counted(len(pushes), 'campaign')} run today.",
        table=Table(caption=caption, head=head, rows=tuple(rows), numeric=frozenset({4})),
        first_day=_month(min(today, *(moment.first_day for moment in moments))),
        last_day=max(today, *(moment.last_day or today for moment in moments)) + timedelta(days=1),
        today=today,
        moments=tuple(moments),
    )


def _day(day: PartialDate | None) -> str:
    return str(day) if day else "open"


def _month(day: date) -> date:
    return day.replace(day=1)
