"""Proofs: which achievements prove the criteria of a ladder, and whether each is sustained, partial, stale or missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.insight.finding import counted, listed
from bragfolio.core.insight.freshness import stars_of
from bragfolio.core.project.projection import effective_day
from bragfolio.model.achievement import Evidence, Feedback
from bragfolio.model.ladder import Level

if TYPE_CHECKING:
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.dossier import Kept
    from bragfolio.model.ladder import Competency, Criterion, Ladder, LadderRules

STATES: Final = ("missing", "partial", "stale", "sustained")
"""Of a criterion. Stale: it would be sustained if the newest proof were not too old; partial: some proofs, not enough."""
_PARTS: Final = 3
"""Of a reference: ladder/level/criterion."""

Claims = Mapping[tuple[str, str, str], tuple[str, ...]]
"""By ladder, level, and criterion or competency: the ids of the achievements that name it."""


class Judged(Struct, frozen=True, kw_only=True):
    """A criterion of a level, with what proves it."""

    level: Level
    competency: Competency
    criterion: Criterion
    proofs: tuple[Item[Achievement], ...]
    """Newest first. What names the competency at this level proves each of its criteria there, and at no other level."""
    state: str
    """One of `STATES`."""
    quarters: int
    """Different quarters of the calendar in which the proofs lie, each on the last day that its date may mean."""
    newest_days: int
    """Age of the newest proof; 0 without one."""
    corroborated: int
    """Proofs for which something from outside speaks."""
    lacks: tuple[str, ...]
    """What is missing until it is sustained: of `proofs`, `quarters`, `corroboration`, `freshness`."""


def claims_of(achievements: Iterable[Item[Achievement]]) -> Claims:
    """Return what *achievements* say that they prove, as `self` sees them; ids keep their order, each stands once."""
    claims: dict[tuple[str, str, str], dict[str, None]] = {}
    for item in achievements:
        for reference in item.authored.ladder:
            parts = read_reference(reference)
            if parts:
                claims.setdefault(parts, {})[item.id] = None
    return {parts: tuple(ids) for parts, ids in claims.items()}


def read_reference(reference: str) -> tuple[str, str, str] | None:
    """Return ladder, level, and criterion or competency of *reference*; None when it has not three parts."""
    parts = [part.strip() for part in reference.split("/")]
    return (parts[0], parts[1], parts[2]) if len(parts) == _PARTS and all(parts) else None


def levels_of(ladder: Ladder) -> list[Level]:
    """Return the levels of *ladder* from the bottom up: by `order`, else as they stand in the file.

    A level that the ladder does not list, and has criteria for, comes after those.
    """
    places = {id(level): number for number, level in enumerate(ladder.levels)}
    named = sorted(ladder.levels, key=lambda level: places[id(level)] if level.order is None else level.order)
    ids = {level.id for level in named}
    others = dict.fromkeys(id_ for one in ladder.competencies for id_ in one.criteria if id_ not in ids)
    return [*named, *(Level(id=id_) for id_ in others)]


def judge_ladder(
    kept: Kept[Ladder], claims: Claims, shown: Mapping[str, Item[Achievement]], as_of: date, site_url: str
) -> tuple[Judged, ...]:
    """Return every criterion of a ladder, competency by competency, each from the lowest level up.

    *shown* are the achievements that count, by id, as those see them who are to believe it. What is dated after *as_of*
    proves nothing yet; work in progress is a proof of the day.
    """
    done = {id_: item for id_, item in shown.items() if is_done(item.authored, as_of)}
    levels = levels_of(kept.authored)
    judged = []
    for competency in kept.authored.competencies:
        for level in levels:
            for criterion in competency.criteria.get(level.id, ()):
                names = dict.fromkeys((criterion.id, competency.id))
                ids = {id_ for name in names for id_ in claims.get((kept.id, level.id, name), ()) if id_ in done}
                proofs = sorted(
                    (done[id_] for id_ in ids), key=lambda item: (-effective_day(item.authored, as_of).toordinal(), item.id)
                )  # fmt: skip
                judged.append(_judge(kept.authored.rules, (level, competency, criterion), proofs, as_of, site_url))
    return tuple(judged)


def _judge(
    rules: LadderRules,
    place: tuple[Level, Competency, Criterion],
    proofs: list[Item[Achievement]],
    as_of: date,
    site_url: str,
) -> Judged:
    days = [effective_day(item.authored, as_of) for item in proofs]
    quarters = len({(day.year, (day.month - 1) // 3) for day in days})
    newest = (as_of - days[0]).days if days else 0
    corroborated = sum(is_corroborated(item.authored, site_url) for item in proofs)
    holds = {
        "proofs": len(proofs) >= rules.min_evidence,
        "quarters": quarters >= rules.min_quarters,
        "corroboration": corroborated >= rules.corroborated,
        "freshness": newest <= rules.max_age_days,
    }
    lacks = tuple(name for name, is_met in holds.items() if not is_met)
    state = "missing" if not proofs else "sustained" if not lacks else "stale" if lacks == ("freshness",) else "partial"
    level, competency, criterion = place
    return Judged(
        level=level, competency=competency, criterion=criterion, proofs=tuple(proofs), state=state, quarters=quarters,
        newest_days=newest, corroborated=corroborated, lacks=lacks,
    )  # fmt: skip


def heaviest_proofs(criteria: Iterable[Judged]) -> list[Item[Achievement]]:
    """Return what proves *criteria*, each once: the heaviest first, then the newest."""
    items = {item.id: item for judged in criteria for item in judged.proofs}
    return sorted(items.values(), key=_weight)


def _weight(item: Item[Achievement]) -> tuple[int, int, str]:
    day = item.authored.date.last_day if item.authored.date else date.max
    return -stars_of(item.authored), -day.toordinal(), item.id


def is_done(achievement: Achievement, as_of: date) -> bool:
    """Tell whether *achievement* was delivered, or begun, by *as_of*."""
    return achievement.date is None or achievement.date.first_day <= as_of


def is_corroborated(achievement: Achievement, site_url: str) -> bool:
    """Tell whether something from outside speaks for *achievement*: a link, a file, or what somebody said of it."""
    return bool(outside_evidence(achievement, site_url) or other_voices(achievement))


def outside_evidence(achievement: Achievement, site_url: str) -> list[Evidence]:
    """Return the evidence that is more than the author's word: pages of other sites, and files."""
    own = site_url.rstrip("/").casefold()

    def counts(evidence: Evidence) -> bool:
        url = (evidence.url or "").casefold()
        is_own = bool(own) and (url == own or url.startswith((own + "/", own + "#", own + "?")))
        return bool(evidence.file) or (url.startswith(("http://", "https://")) and not is_own)

    return [evidence for evidence in achievement.evidence if counts(evidence)]


def other_voices(achievement: Achievement) -> list[Feedback]:
    """Return the feedback that says something, or at least who gave it."""
    return [feedback for feedback in achievement.feedback if feedback.quote or feedback.person or feedback.byline]


def gap_of(judged: Judged, rules: LadderRules) -> str:
    """Return what *judged* lacks until it is sustained, as a sentence; `""` for nothing."""
    if not judged.lacks:
        return ""
    if not judged.proofs:
        return "There is no proof yet."
    missing = rules.min_evidence - len(judged.proofs)
    wants = {
        "proofs": f"{counted(missing, 'more proof')}",
        "quarters": f"proofs from {counted(rules.min_quarters, 'quarter')} instead of {judged.quarters}",
        "corroboration": "a link, a file or somebody's feedback beside "
        + counted(rules.corroborated - judged.corroborated, "proof"),
        "freshness": f"a proof of the last {rules.max_age_days} days",
    }
    return f"It lacks {listed(wants[name] for name in judged.lacks)}."
