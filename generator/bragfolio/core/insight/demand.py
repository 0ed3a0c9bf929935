"""Demand: which skills several employers ask for, and what that says of one's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from bragfolio.core.insight.figures import Bar, Bars, Cell, Part, Table
from bragfolio.core.insight.finding import Finding, Insight, counted, listed, rounded
from bragfolio.core.insight.market import Advert
from bragfolio.core.insight.skill_demand import SkillDemand, count_employers

if TYPE_CHECKING:
    from bragfolio.core.insight.career import Career
    from bragfolio.model.site import Demand

FINDINGS: Final = {
    "demand-insufficient": "Postings of fewer employers than demand.min_employers were saved: nothing can be said of the market.",
    "posting-unplaced": "Postings without an employer or a date count for nothing.",
    "lead-with": "Several employers want skills that were proven lately.",
    "refresh-skill": "Several employers want skills whose evidence is older than demand.evidence_max_days.",
    "learn-skill": "Several employers want skills without evidence.",
    "retire-skill": "Skills of the portfolio that at most one employer names.",
}
ADVICE: Final = {"lead": "lead with", "refresh": "refresh", "learn": "learn", "retire": "retire", "": ""}
"""What to do about a skill, as it is printed."""
_SAID: Final = {
    "lead": ("lead-with", "you proved that lately", "put it first in your headline and in your campaigns: `brag pdf`"),
    "refresh": (
        "refresh-skill", "your evidence is getting old", 'find work that uses it again, and write it down: `brag add "What you did"`',
    ),
    "learn": (
        "learn-skill", "you have no evidence", 'take a small piece of work with it, and write it down: `brag add "What you did"`',
    ),
}  # fmt: skip
"""By advice: the code of its finding, what to know, and what to do."""
_MOST_BARS: Final = 20
_MOST_NAMED: Final = 3
"""Skills in a sentence."""


class DemandInsight(Insight, frozen=True, kw_only=True):
    """What employers want."""

    employers: int
    """How many there are in the window."""
    is_sufficient: bool
    """Whether these are enough to speak of a market."""
    skills: tuple[SkillDemand, ...]
    """What most employers want first, then by name."""


def look_at_demand(career: Career) -> DemandInsight | None:
    """Return what employers want; None when no posting was saved."""
    if not career.dossier.postings:
        return None
    settings = career.config.demand
    asked = count_employers(career)
    skills, employers, is_sufficient = asked.skills, asked.employers, asked.is_sufficient
    unplaced = [advert for advert in career.market.adverts if not advert.employer or advert.age_days is None]
    return DemandInsight(
        answer=_answer(skills, employers, settings),
        findings=(
            *_insufficient(employers, asked.adverts, settings),
            *_unplaced(unplaced),
            *_advise(skills, employers),
        ),
        charts=(_chart(skills, career.as_of, settings),) if asked.adverts else (),
        tables=(_table(skills, employers if is_sufficient else 0),),
        employers=employers,
        is_sufficient=is_sufficient,
        skills=skills,
    )


def _answer(skills: tuple[SkillDemand, ...], employers: int, settings: Demand) -> str:
    if employers < settings.min_employers:
        return (
            f"There are postings of {counted(employers, 'employer')} from the last {settings.window_days} days: too few"
            f" to speak of a market, which takes {settings.min_employers}."
        )
    by_advice = {name: [skill for skill in skills if skill.advice == name] for name in ADVICE}
    wanted = [skill for skill in skills if skill.reach == "market"]
    if not wanted:
        return f"The {employers} employers whose postings you saved have no skill in common that several of them want."
    parts = [f"{len(by_advice[name])} to {ADVICE[name]}" for name in ("lead", "refresh", "learn") if by_advice[name]]
    return f"Of {employers} employers, several want {counted(len(wanted), 'skill')}: {listed(parts)}."


def _insufficient(employers: int, adverts: tuple[Advert, ...], settings: Demand) -> list[Finding]:
    missing = settings.min_employers - employers
    if missing <= 0:
        return []
    sentence = f"Postings of {counted(missing, 'more employer')} would show what the market wants."
    return [
        Finding(
            code="demand-insufficient",
            sentence=sentence,
            action="save adverts that you would answer: `brag new posting --from FILE`",
            numbers=(("employers", str(employers)), ("needed", str(settings.min_employers))),
            entries=tuple(advert.entry for advert in adverts),
            gain=0.5,
        )
    ]


def _unplaced(adverts: list[Advert]) -> list[Finding]:
    if not adverts:
        return []
    number = len(adverts)
    sentence = f"{counted(number, 'posting')} {'names' if number == 1 else 'name'} no employer or no date, and count{'s' * (number == 1)} for nothing."
    action = f"write employer: and captured: into private/postings/{adverts[0].id}.md"
    entries = tuple(advert.entry for advert in adverts)
    return [
        Finding(
            code="posting-unplaced",
            sentence=sentence,
            action=action,
            numbers=(("postings", str(number)),),
            entries=entries,
        )
    ]


def _advise(skills: tuple[SkillDemand, ...], employers: int) -> list[Finding]:
    by_advice = {name: [skill for skill in skills if skill.advice == name] for name in ADVICE}
    gains = {"lead": 0, "refresh": max((skill.stars for skill in by_advice["refresh"]), default=0) / 4, "learn": 1}
    found = [_wanted(name, by_advice[name], employers, gain) for name, gain in gains.items() if by_advice[name]]
    return found + _retire(sorted(by_advice["retire"], key=lambda skill: (-skill.stars, skill.name.casefold())))


def _wanted(advice: str, skills: list[SkillDemand], employers: int, gain: float) -> Finding:
    code, why, action = _SAID[advice]
    named = skills[:_MOST_NAMED]
    asking = ((len(skill.employers), skill.name) for skill in named)
    wanted = listed(f"{number} want{'s' * (number == 1)} {name}" for number, name in asking)
    more = len(skills) - len(named)
    rest = f" The same goes for {counted(more, 'more skill')}." if more else ""
    entries = [skill.entry for skill in named if skill.entry]
    entries += dict.fromkeys(posting for skill in named for posting in skill.postings)
    return Finding(
        code=code,
        sentence=f"Of {counted(employers, 'employer')}, {wanted}: {why}.{rest}",
        action=action,
        numbers=_numbers(skills),
        entries=tuple(entries),
        gain=gain,
    )


def _numbers(skills: list[SkillDemand]) -> tuple[tuple[str, str], ...]:
    return tuple((skill.name, counted(len(skill.employers), "employer")) for skill in skills)


def _retire(skills: list[SkillDemand]) -> list[Finding]:
    if not skills:
        return []
    verb = "is" if len(skills) == 1 else "are"
    sentence = f"{_names(skills)} {verb} wanted by one employer at most, among those whose postings you saved."
    numbers = _numbers(skills)
    entries = tuple(skill.entry for skill in skills)
    action = "let them go from your headline, or save postings that ask for them: `brag new posting --from FILE`"
    return [Finding(code="retire-skill", sentence=sentence, action=action, numbers=numbers, entries=entries)]


def _names(skills: list[SkillDemand]) -> str:
    names = [skill.name for skill in skills[:_MOST_NAMED]]
    more = len(skills) - len(names)
    return listed([*names, f"{more} more"] if more else names)


def _table(skills: tuple[SkillDemand, ...], employers: int) -> Table:
    """Return all skills; *employers* is what shares are of, 0 when there are too few for a share."""
    rows = tuple(
        (
            Cell(skill.name, skill.entry),
            Cell(str(len(skill.employers)), entries=skill.postings),
            Cell(f"{rounded(Decimal(100 * len(skill.employers)) / employers)} %" if employers else "–"),
            Cell(str(skill.used) if skill.used else "named" if skill.entry else "–", entries=skill.proofs),
            Cell(skill.reach),
            Cell(ADVICE[skill.advice]),
        )
        for skill in skills
    )
    head = ("skill", "employers", "share", "newest evidence", "class", "advice")
    return Table(caption="What employers want, and what you can prove", head=head, rows=rows, numeric=frozenset({1, 2}))


def _chart(skills: tuple[SkillDemand, ...], as_of: date, settings: Demand) -> Bars:
    shown = [skill for skill in skills if skill.employers][:_MOST_BARS]
    bars = tuple(
        Bar(
            skill.name,
            (Part(_evidence(skill, as_of, settings), Decimal(len(skill.employers)), skill.postings),),
            skill.entry,
        )
        for skill in shown
    )
    rows = tuple(
        (
            Cell(bar.label, bar.entry),
            Cell(str(bar.parts[0].number), entries=bar.parts[0].entries),
            Cell(bar.parts[0].name),
        )
        for bar in bars
    )
    most = (
        f"{shown[0].name} is wanted by {counted(len(shown[0].employers), 'employer')}" if shown else "Nothing is wanted"
    )
    return Bars(
        title="Employers that want a skill",
        description=f"{most}; {sum(not skill.used for skill in shown)} of {counted(len(shown), 'skill')} have no evidence.",
        table=Table(
            caption="Employers by skill", head=("skill", "employers", "evidence"), rows=rows, numeric=frozenset({1})
        ),
        bars=bars,
        unit="employers",
        mark=Decimal(settings.market_min),
        mark_label="market",
    )


def _evidence(skill: SkillDemand, as_of: date, settings: Demand) -> str:
    if skill.used is None:
        return "no evidence"
    return "recent evidence" if (as_of - skill.used).days <= settings.evidence_max_days else "older evidence"
