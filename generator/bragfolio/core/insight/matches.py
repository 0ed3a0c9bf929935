"""Matches: the open postings, by how much of what each asks for is covered."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.figures import Bar, Bars, Cell, Part, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, listed, rounded
from bragfolio.core.insight.match import GRADES, Match, lead_with
from bragfolio.core.insight.vocabulary import entry_of

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.core.insight.market import Advert

FINDINGS: Final = {
    "posting-closes": "A posting that is mostly covered closes within two weeks, and nobody applied.",
    "posting-fits": "A posting is nearly all covered, and nobody applied.",
    "posting-claimed": "Open postings ask for skills that are named in the portfolio without evidence.",
}
FITS: Final = Decimal("0.70")
"""Coverage from which a posting is worth a letter."""
MOSTLY: Final = Decimal("0.50")
_SOON_DAYS: Final = 14
_MOST_SHOWN: Final = 20
_MOST_WITH_LEADS: Final = 5
_MOST_NAMED: Final = 3


class Answered(Struct, frozen=True):
    """An open posting, answered."""

    advert: Advert
    coverage: Decimal
    """From 0 to 1."""


class PostingMatch(Struct, frozen=True):
    """How much of an open posting is covered."""

    posting: str
    """Its id."""
    label: str
    coverage: Decimal
    """From 0 to 1."""
    grades: tuple[tuple[str, tuple[str, ...]], ...]
    """What it asks for, by how that is answered: proven, dated, claimed, missing."""


class MatchInsight(Insight, frozen=True, kw_only=True):
    """How open postings are covered."""

    postings: tuple[PostingMatch, ...]
    """The best covered first, then the newest."""


def look_at_matches(career: Career) -> MatchInsight | None:
    """Return how the open postings are covered; None when no posting was saved."""
    if not career.dossier.postings:
        return None
    answered = [Answered(advert, rounded(advert.match.coverage)) for advert in career.market.adverts if advert.is_open]
    answered.sort(key=lambda found: -found.coverage)  # stable: the newest first among equals
    shown = [found for found in answered if found.advert.match.requirements][:_MOST_SHOWN]
    return MatchInsight(
        answer=_answer(answered),
        findings=(*_closing(career, answered), *_fitting(career, answered), *_claimed(answered)),
        charts=(_chart(shown),) if shown else (),
        tables=(_table(career, answered),),
        postings=tuple(map(_told, answered)),
    )


def _told(one: Answered) -> PostingMatch:
    grades = tuple((grade, _asked(one.advert.match, grade)) for grade in GRADES)
    return PostingMatch(one.advert.id, one.advert.label, one.coverage, grades)


def _asked(match: Match, grade: str) -> tuple[str, ...]:
    return tuple(asked.name for asked in match.requirements if asked.grade == grade)


def _answer(answered: list[Answered]) -> str:
    if not answered:
        return "No saved posting is open."
    best = answered[0]
    if not best.coverage:
        return (
            f"You cover nothing of what {counted(len(answered), 'open posting')} ask{'s' * (len(answered) == 1)} for."
        )
    good = sum(found.coverage >= FITS for found in answered)
    return (
        f"Of {counted(len(answered), 'open posting')}, you cover {good} to at least {_percent(FITS)};"
        f" the best is {best.advert.label}, with {_percent(best.coverage)}."
    )


def _is_waiting(found: Answered) -> bool:
    return found.advert.posting.status in {None, "saved"}


def _days_left(career: Career, found: Answered) -> int | None:
    closes = found.advert.posting.closes
    return (closes.last_day - career.as_of).days if closes else None


def _closing(career: Career, answered: list[Answered]) -> list[Finding]:
    found = []
    for one in answered:
        days = _days_left(career, one)
        if one.coverage >= MOSTLY and _is_waiting(one) and days is not None and days <= _SOON_DAYS:
            when = f"in {counted(days, 'day')}" if days else "today"
            sentence = f"{one.advert.label} closes {when}, and you cover {_percent(one.coverage)} of it."
            numbers = (("coverage", _percent(one.coverage)), ("days", str(days)))
            found.append(_apply("posting-closes", sentence, numbers, [one], 4 * one.coverage))
    return found


def _fitting(career: Career, answered: list[Answered]) -> list[Finding]:
    """Return the best of those that are nearly all covered, and how many there are."""
    fits = [
        one
        for one in answered
        if one.coverage >= FITS
        and _is_waiting(one)
        and ((days := _days_left(career, one)) is None or days > _SOON_DAYS)
    ]
    if not fits:
        return []
    best, more = fits[0], len(fits) - 1
    also = f", and at least {_percent(FITS)} of {counted(more, 'other')}" if more else ""
    sentence = f"You cover {_percent(best.coverage)} of {best.advert.label}{also}, and have not applied."
    numbers = tuple((one.advert.label, _percent(one.coverage)) for one in fits)
    return [_apply("posting-fits", sentence, numbers, fits, 2 * best.coverage)]


def _apply(
    code: str, sentence: str, numbers: tuple[tuple[str, str], ...], found: list[Answered], gain: Decimal
) -> Finding:
    action = f"make its one-pager and apply, or give it another status: `brag pdf --posting {found[0].advert.id}`"
    entries = tuple(one.advert.entry for one in found)
    return Finding(
        code=code, sentence=sentence, action=action, numbers=numbers, entries=entries, gain=float(rounded(gain))
    )


def _claimed(answered: list[Answered]) -> list[Finding]:
    """Return the skills that are claimed without evidence, those that most postings ask for first."""
    asking: dict[str, list[str]] = {}
    entries: dict[str, None] = {}
    for one in answered:
        for asked in one.advert.match.requirements:
            if asked.grade == "claimed" and asked.skill:
                asking.setdefault(asked.skill.name, []).append(one.advert.entry)
                entries[entry_of(asked.skill)] = None
                entries[one.advert.entry] = None
    if not asking:
        return []
    names = sorted(asking, key=lambda name: (-len(asking[name]), name.casefold()))
    more = len(names) - _MOST_NAMED
    said = listed([*names[:_MOST_NAMED], *([f"{more} more"] if more > 0 else [])])
    postings = len({entry for found in asking.values() for entry in found})
    sentence = (
        f"{counted(postings, 'open posting')} ask{'s' * (postings == 1)} for {said}, which you name without evidence."
    )
    numbers = tuple((name, counted(len(asking[name]), "posting")) for name in names)
    action = f'name it under skills: of an achievement that used it, or write one down: `brag add "What you did with {names[0]}"`'
    return [
        Finding(
            code="posting-claimed",
            sentence=sentence,
            action=action,
            numbers=numbers,
            entries=tuple(entries),
            gain=1,
        )
    ]


def _share(match: Match, grade: str) -> Decimal:
    """Return how much of what is asked for has *grade*, by weight, in per cent."""
    whole = sum(asked.weight for asked in match.requirements)
    return rounded(Decimal(100 * sum(asked.weight for asked in match.requirements if asked.grade == grade)) / whole)


def _chart(shown: list[Answered]) -> Bars:
    bars = tuple(
        Bar(
            one.advert.label,
            tuple(
                Part(grade, share, _skills(one.advert.match, grade) or (one.advert.entry,))
                for grade in GRADES
                if (share := _share(one.advert.match, grade))
            ),
            one.advert.entry,
            rounded(one.coverage * 100),
        )
        for one in shown
    )
    rows = tuple(
        (
            Cell(one.advert.label, one.advert.entry),
            *(Cell(f"{_share(one.advert.match, grade)} %", entries=(one.advert.entry,)) for grade in GRADES),
        )
        for one in shown
    )
    best = shown[0]
    return Bars(
        title="What you can prove of each open posting",
        description=f"{best.advert.label} is covered best, with {_percent(best.coverage)}.",
        table=Table(caption="Shares by weight", head=("posting", *GRADES), rows=rows, numeric=frozenset({1, 2, 3, 4})),
        bars=bars,
        unit="%",
    )


def _skills(match: Match, grade: str) -> tuple[str, ...]:
    return tuple(entry_of(asked.skill) for asked in match.requirements if asked.grade == grade and asked.skill)


def _table(career: Career, answered: list[Answered]) -> Table:
    rows = []
    for number, one in enumerate(answered):
        match = one.advert.match
        leads = lead_with(match, career.linked.skills, career.as_of) if number < _MOST_WITH_LEADS else []
        rows.append(
            (
                Cell(one.advert.label, one.advert.entry),
                Cell(_percent(one.coverage), entries=(one.advert.entry,)),
                *(
                    Cell(", ".join(asked.name for asked in match.requirements if asked.grade == grade))
                    for grade in GRADES
                ),
                Cell(
                    leads[0].authored.title if leads else "", entries=tuple(f"achievement/{item.id}" for item in leads)
                ),
                Cell(str(one.advert.posting.closes or "")),
            )
        )
    head = ("posting", "covered", *GRADES, "lead with", "closes")
    return Table(caption="Open postings", head=head, rows=tuple(rows), numeric=frozenset({1}))


def _percent(share: Decimal) -> str:
    """Return *share* in whole per cent, half up, as everywhere."""
    return f"{int(share * 100 + Decimal('0.5'))} %"
