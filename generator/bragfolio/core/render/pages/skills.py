"""Skills: the list by category, and a page for each with its evidence over time."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from bragfolio.core.choose.metrics import lead_metric, verdict_of
from bragfolio.core.insight.freshness import RESUME_HALF_LIFE_DAYS, worth
from bragfolio.core.link.addresses import SKILLS, encode_path
from bragfolio.core.render import contexts
from bragfolio.core.render.axis import Axis, make_axis, marks_on
from bragfolio.core.render.desk import Desk
from bragfolio.core.render.formats import date_text, figure_of, plural
from bragfolio.core.render.head import head
from bragfolio.core.render.pages.achievements import group_by_year
from bragfolio.core.render.pages.job import Job
from bragfolio.core.render.structured import defined_term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.link.skills import SkillRef

_MAX_COMPANIONS = 6


def skill_jobs(desk: Desk) -> Iterator[Job]:
    """Yield the list of skills and the page of each."""
    skills = desk.linked.skills.skills
    if not skills:
        return
    axis = make_axis(desk)
    yield Job(SKILLS, "skills.html", partial(_list, desk, axis), bodies=())
    children: dict[str, list[SkillRef]] = {}
    for ref in skills:
        parent = _parent_of(desk, ref)
        if parent:
            children.setdefault(parent.path, []).append(ref)
    for ref in skills:
        make = partial(_context, desk, axis, ref, children.get(ref.path, []))
        bodies = ((ref.item.kind, ref.item.id),) if ref.item else ()
        yield Job(ref.path, "skill.html", make, bodies=bodies)


def _list(desk: Desk, axis: Axis) -> contexts.SkillsContext:
    skills = desk.linked.skills.skills
    rows = [skill_row(desk, axis, ref) for ref in skills]
    categories: dict[str, list[contexts.SkillRow]] = {}
    for row in sorted(rows, key=lambda row: (-row.count, row.name.casefold())):
        categories.setdefault(row.category, []).append(row)
    groups = tuple(
        contexts.SkillGroup(name, tuple(categories[name]))
        for name in sorted(categories, key=lambda name: (not name, name.casefold()))
    )
    page = head(
        desk,
        template="skills",
        path=SKILLS,
        heading="Skills",
        description=f"{plural(len(skills), 'skill')} of {desk.site.person.name}, each with the work that proves it.",
        section="skills",
    )
    return contexts.SkillsContext(desk.site, page, groups, axis.ticks, len(skills))


def skill_row(desk: Desk, axis: Axis, ref: SkillRef) -> contexts.SkillRow:
    """Return *ref* as a row of a list."""
    row = desk.rows.get(ref.path)
    if row is None:
        row = desk.rows[ref.path] = _make_row(desk, axis, ref)
    return row


def _make_row(desk: Desk, axis: Axis, ref: SkillRef) -> contexts.SkillRow:
    dates = [date for item in ref.proofs if (date := item.authored.date or item.authored.start)]
    best = _best_number(desk, ref)
    authored = ref.item.authored if ref.item else None
    return contexts.SkillRow(
        name=ref.name,
        path=encode_path(ref.path),
        category=authored.category if authored else "",
        count=len(ref.proofs),
        first=date_text(min(dates)) if dates else None,
        last=date_text(max(dates)) if dates else None,
        marks=marks_on(desk, axis, ref.proofs),
        figure=best[0] if best else None,
        figure_of=best[1] if best else None,
        learning=authored is not None and authored.intent in {"learn", "grow"},
    )


def _best_number(desk: Desk, ref: SkillRef) -> tuple[contexts.Figure, contexts.Link] | None:
    as_of = desk.linked.projection.as_of
    best = None
    for item in ref.proofs:
        metric = lead_metric(item.authored)
        if metric and verdict_of(metric) == "better":
            value = worth(item.authored, as_of, RESUME_HALF_LIFE_DAYS)
            if best is None or value > best[0]:
                best = (value, metric, item)
    if not best:
        return None
    card = desk.card(best[2])
    return card.figure or figure_of(best[1]), contexts.Link(card.title, card.path)


def _parent_of(desk: Desk, ref: SkillRef) -> SkillRef | None:
    name = ref.item.authored.parent if ref.item else ""
    if not name:
        return None
    same = (other for other in desk.linked.skills.skills if other.name.casefold() == name.casefold())
    return next(same, None)


def _context(desk: Desk, axis: Axis, ref: SkillRef, children: list[SkillRef]) -> contexts.SkillContext:
    authored = ref.item.authored if ref.item else None
    parent = _parent_of(desk, ref)
    lead = (authored.summary if authored else "") or (desk.lead(ref.item) if ref.item else "")
    who = desk.site.person.name
    page = head(
        desk,
        template="skill",
        path=ref.path,
        heading=ref.name,
        description=lead or f"{ref.name}: {plural(len(ref.proofs), 'achievement')} of {who} that prove it.",
        section="skills",
        about=defined_term(desk, ref),
        lang=authored.lang if authored else "",
    )
    companions: Counter[str] = Counter()
    by_path = {}
    for item in ref.proofs:
        for other in desk.linked.skills.of(item.authored):
            companions[other.path] += other.path != ref.path
            by_path[other.path] = other
    nearest = [path for path, count in sorted(companions.items(), key=lambda pair: (-pair[1], pair[0])) if count]
    return contexts.SkillContext(
        site=desk.site,
        page=page,
        skill=skill_row(desk, axis, ref),
        body=desk.body(ref.item, page.root) if ref.item else Markup(),
        since=f"{authored.since.year}" if authored and authored.since else "",
        parent=contexts.Link(parent.name, encode_path(parent.path)) if parent else None,
        children=tuple(contexts.Link(child.name, encode_path(child.path)) for child in children),
        synonyms=authored.synonyms if authored else (),
        axis=axis.ticks,
        groups=group_by_year(desk, ref.proofs),
        together_with=tuple(contexts.Link(by_path[path].name, encode_path(path)) for path in nearest[:_MAX_COMPANIONS]),
    )
