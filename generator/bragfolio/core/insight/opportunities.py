"""Opportunities: who waits for an answer, what came of the others, and which of them fit the plan."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Cell, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, listed
from bragfolio.core.insight.vocabulary import says

if TYPE_CHECKING:
    from datetime import date

    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.market import Advert
    from bragfolio.model.dossier import Kept
    from bragfolio.model.ledgers import Opportunity
    from bragfolio.model.plan import CareerPlan

FINDINGS: Final = {
    "reply-overdue": "Somebody asked for you more than seven days ago and has no answer.",
    "opportunity-avoid": "An open opportunity names something that the plan avoids.",
    "opportunity-poor-fit": "An open opportunity does not say what the plan demands.",
    "opportunity-fits": "An open opportunity says all that the plan demands and something that it wants.",
}
REPLY_DAYS: Final = 7
"""Within which somebody who asks has an answer."""
_OWN: Final = frozenset({"own", "me", "self", "applied", "application", "cold", "outbound"})
"""Sources of contacts that you began yourself."""
_MOST_NAMED: Final = 3


class Fit(Struct, frozen=True):
    """What an opportunity says of the plan's words."""

    must: tuple[str, ...] = ()
    """Demanded and found, as the plan has them."""
    must_missing: tuple[str, ...] = ()
    want: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """`avoid`, `poor`, `good`, or `open` where there is nothing to judge by."""
        if self.avoid:
            return "avoid"
        if self.must_missing:
            return "poor"
        return "good" if self.must or self.want else "open"


class Contact(Struct, frozen=True):
    """An opportunity, looked at on a day."""

    line: int
    opportunity: Opportunity
    label: str
    """What it is, in few words."""
    posting: str
    """The saved posting that it names, by id; empty when there is none."""
    waiting_days: int | None
    """How long somebody has waited for an answer; None when nobody does."""
    is_open: bool
    """Whether nothing came of it yet."""
    fit: Fit

    @property
    def entries(self) -> tuple[str, ...]:
        """The posting, when there is one."""
        return (f"posting/{self.posting}",) if self.posting else ()


class Opportunities(Insight, frozen=True, kw_only=True):
    """Who asked, and what came of it."""

    contacts: tuple[Contact, ...]
    """Newest first."""

    @property
    def overdue(self) -> tuple[Contact, ...]:
        """Those who have waited longer than seven days, the longest first."""
        return overdue(self.contacts)


def look_at_opportunities(career: Career) -> Opportunities | None:
    """Return who waits for an answer and what fits the plan; None when no opportunity was written down."""
    contacts = read_contacts(career, career.dossier.plan.authored if career.dossier.plan else None)
    if not contacts:
        return None
    late = overdue(contacts)
    waiting = sum(contact.waiting_days is not None for contact in contacts)
    return Opportunities(
        answer=_answer(contacts, late, waiting),
        findings=(*_late(late), *_fitting(contacts)),
        tables=(_table(contacts), _outcomes(contacts)),
        contacts=contacts,
    )


def read_contacts(career: Career, plan: CareerPlan | None = None) -> tuple[Contact, ...]:
    """Return the lines of opportunities.csv, newest first, each held against *plan*."""
    adverts = {advert.id: advert for advert in career.market.adverts} if career.dossier.opportunities else {}
    contacts = [_read(kept, adverts, plan, career.as_of) for kept in career.dossier.opportunities]
    return tuple(sorted(contacts, key=lambda contact: (-contact.opportunity.date.last_day.toordinal(), contact.line)))


def overdue(contacts: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """Return those of *contacts* who have waited longer than seven days, the longest first."""
    late = [contact for contact in contacts if contact.waiting_days is not None and contact.waiting_days > REPLY_DAYS]
    return tuple(sorted(late, key=lambda contact: (-(contact.waiting_days or 0), contact.line)))


def _read(kept: Kept[Opportunity], adverts: dict[str, Advert], plan: CareerPlan | None, as_of: date) -> Contact:
    opportunity = kept.authored
    advert = adverts.get(opportunity.posting)
    is_open = not opportunity.outcome
    is_inbound = opportunity.source.casefold() not in _OWN
    waits = is_open and is_inbound and opportunity.responded is None
    days = max((as_of - opportunity.date.last_day).days, 0) if waits else None
    return Contact(
        line=int(kept.id),
        opportunity=opportunity,
        label=_label(opportunity, advert),
        posting=advert.id if advert else "",
        waiting_days=days,
        is_open=is_open,
        fit=_fit(opportunity, advert, plan),
    )


def _label(opportunity: Opportunity, advert: Advert | None) -> str:
    title = opportunity.title or (advert.posting.title if advert else "")
    employer = opportunity.employer or (advert.posting.employer if advert else "")
    named = ", ".join(part for part in (title, employer) if part)
    return named or f"the {opportunity.source or 'contact'} of {opportunity.date}"


def _fit(opportunity: Opportunity, advert: Advert | None, plan: CareerPlan | None) -> Fit:
    if plan is None:
        return Fit()
    said = says(_text(opportunity, advert), [*plan.must, *plan.want, *plan.avoid])
    must, want, avoid = (tuple(word for word in words if word in said) for words in (plan.must, plan.want, plan.avoid))
    return Fit(must, tuple(word for word in plan.must if word not in must), want, avoid)


def _text(opportunity: Opportunity, advert: Advert | None) -> str:
    """Return all that is known of an opportunity: the notes, and the posting with its keys."""
    parts = [opportunity.title, opportunity.employer, opportunity.notes]
    if advert:
        posting = advert.posting
        remote = {"full": "remote", "hybrid": "hybrid", "none": "on site"}.get(posting.remote or "", "")
        parts += [
            posting.title,
            posting.employer,
            posting.location,
            posting.vertical,
            posting.level,
            remote,
            advert.text,
        ]
        parts += [*posting.must, *posting.nice]
    return "\n\n".join(parts)


def _answer(contacts: tuple[Contact, ...], late: tuple[Contact, ...], waiting: int) -> str:
    if late:
        verb = "waits" if len(late) == 1 else "wait"
        return f"{counted(len(late), 'contact')} {verb} longer than {REPLY_DAYS} days for your answer, {_days(late[0])} at the most."
    if waiting:
        return f"{counted(waiting, 'contact')} {'waits' if waiting == 1 else 'wait'} for your answer, none longer than {REPLY_DAYS} days."
    return f"Of {counted(len(contacts), 'opportunity', 'opportunities')}, none waits for your answer."


def _days(contact: Contact) -> str:
    return counted(contact.waiting_days or 0, "day")


def _late(late: tuple[Contact, ...]) -> list[Finding]:
    found = []
    for contact in late:
        is_lost = contact.fit.verdict in {"avoid", "poor"}
        answer = "decline in a friendly line" if is_lost else "answer today"
        found.append(
            Finding(
                code="reply-overdue",
                sentence=f"{contact.label[:1].upper()}{contact.label[1:]} has waited {_days(contact)} for your answer.",
                action=f"{answer}, and write the day under responded in line {contact.line} of private/opportunities.csv",
                numbers=(("days", str(contact.waiting_days)),),
                entries=contact.entries,
                gain=1 if is_lost else 3,
            )
        )
    return found


def _fitting(contacts: tuple[Contact, ...]) -> list[Finding]:
    found = []
    for contact in contacts:
        if not contact.is_open:
            continue
        fit, label = contact.fit, f"{contact.label[:1].upper()}{contact.label[1:]}"
        if fit.avoid:
            sentence = f"{label} names what you avoid: {_quoted(fit.avoid)}."
            found.append(_judged("opportunity-avoid", sentence, contact, "decline it, or ask about that first", 0.5))
        elif fit.must_missing:
            sentence = f"{label} does not say what you demand: {_quoted(fit.must_missing)}."
            found.append(
                _judged("opportunity-poor-fit", sentence, contact, "ask about it before you spend an evening", 0.5)
            )
        elif fit.want:
            sentence = f"{label} says what you want: {_quoted((*fit.must, *fit.want))}."
            found.append(_judged("opportunity-fits", sentence, contact, _pursue(contact), 1))
    return found


def _pursue(contact: Contact) -> str:
    return (
        f"hold it against what you can prove: `brag match {contact.posting}`"
        if contact.posting
        else "ask for the advert, and save it: `brag new posting --from FILE`"
    )


def _judged(code: str, sentence: str, contact: Contact, action: str, gain: float) -> Finding:
    fit = contact.fit
    words = (("must", fit.must), ("missing", fit.must_missing), ("want", fit.want), ("avoid", fit.avoid))
    numbers = tuple((name, ", ".join(found)) for name, found in words if found)
    return Finding(code=code, sentence=sentence, action=action, numbers=numbers, entries=contact.entries, gain=gain)


def _quoted(words: tuple[str, ...]) -> str:
    more = len(words) - _MOST_NAMED
    return listed([*(f"“{word}”" for word in words[:_MOST_NAMED]), *([f"{more} more"] if more > 0 else [])])


def _table(contacts: tuple[Contact, ...]) -> Table:
    rows = tuple(
        (
            Cell(contact.label, "".join(contact.entries)),
            Cell(str(contact.opportunity.date)),
            Cell(contact.opportunity.source),
            Cell(f"{contact.waiting_days} d" if contact.waiting_days is not None else "", entries=contact.entries),
            Cell(str(contact.opportunity.responded or "")),
            Cell(contact.opportunity.outcome),
            Cell(contact.fit.verdict),
            Cell(_words(contact.fit)),
        )
        for contact in contacts
    )
    head = ("opportunity", "date", "source", "waits", "responded", "outcome", "fit", "words")
    return Table(caption="Who asked, and what you answered", head=head, rows=rows, numeric=frozenset({3}))


def _words(fit: Fit) -> str:
    parts = [
        *(f"+{word}" for word in (*fit.must, *fit.want)),
        *(f"?{word}" for word in fit.must_missing),
        *(f"−{word}" for word in fit.avoid),
    ]
    return ", ".join(parts)


def _outcomes(contacts: tuple[Contact, ...]) -> Table:
    counts = Counter(contact.opportunity.outcome or "open" for contact in contacts)
    rows = tuple(
        (Cell(outcome), Cell(str(number), entries=_entries(contacts, outcome)))
        for outcome, number in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )
    return Table(caption="What came of them", head=("outcome", "opportunities"), rows=rows, numeric=frozenset({1}))


def _entries(contacts: tuple[Contact, ...], outcome: str) -> tuple[str, ...]:
    found = (contact.entries for contact in contacts if (contact.opportunity.outcome or "open") == outcome)
    return tuple(dict.fromkeys(entry for entries in found for entry in entries))
