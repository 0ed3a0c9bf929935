"""Search index: what the search page looks through, made of what the site shows: a part for each year, and one for the rest.

A part is a script, not JSON: a page that was opened from the disk may load scripts, and nothing else. An edit changes one
of them; the others are neither made nor searched for leaks again. Of long texts there are the words, each once: with
them a search finds the same, in half of the room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct, json

from bragfolio.core.choose.metrics import lead_metric
from bragfolio.core.link.addresses import EXPERIENCE, HOME, encode_path
from bragfolio.core.read.markdown import distinct_words
from bragfolio.core.render.formats import figure_of, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bragfolio.core.link.references import LinkedBody
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.desk import Desk
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.common import Common

MAX_SUMMARY: Final = 240
_HEAD: Final = "(globalThis.searchIndex ??= []).push(\n"
_BETWEEN: Final = ",\n"
_TAIL: Final = "\n);\n"


class Row(Struct, frozen=True, array_like=True):
    """Something that can be found, as the script reads it."""

    path: str
    """Of its page, from the site's root, percent-encoded."""
    title: str
    when: str
    """Its date, or what it is, where it has none."""
    about: str = ""
    """A line below the title."""
    names: str = ""
    """What its page names: skills, positions, other names of the same."""
    summary: str = ""
    words: str = ""
    """What else its page says, word by word."""


class Part(Struct, frozen=True):
    """A file of the index. No template makes it, since nobody but the script reads it, and a theme has no say in it."""

    text: str


def read_part(text: str) -> list[Row]:
    """Return the rows of a part; of any other script none."""
    if not text.startswith(_HEAD):
        return []
    return json.decode(f"[{text.removeprefix(_HEAD).removesuffix(_TAIL)}]", type=list[Row])


def part_of_achievements(desk: Desk, items: Iterable[Item[Achievement]]) -> Part:
    """Return what can be found of *items*."""
    return _part(_of_achievement(desk, item) for item in items)


def part_of_the_rest(desk: Desk) -> Part:
    """Return what can be found beside achievements: the person, skills, roles, degrees, credentials, pages, campaigns."""
    rest = (_of_person, _of_papers, _of_skills, _of_roles, _of_lists, _of_pages)
    return _part(row for rows in rest for row in rows(desk))


def _part(rows: Iterable[Row]) -> Part:
    encoder = json.Encoder()
    return Part(_HEAD + _BETWEEN.join(encoder.encode(_on_one_line(row)).decode() for row in rows) + _TAIL)


def _on_one_line(row: Row) -> list[str]:
    """Return the values of *row* without line feeds: JSON spells them with an n, which the scan would read as a letter."""
    values = (row.path, row.title, row.when, row.about, row.names, row.summary, row.words)
    return [value if value.isprintable() else " ".join(value.split()) for value in values]


def _of_achievement(desk: Desk, item: Item[Achievement]) -> Row:
    authored, card = item.authored, desk.card(item)
    lead = lead_metric(authored)
    figures = [card.figure if metric is lead and card.figure else figure_of(metric) for metric in authored.metrics]
    star = authored.star
    told = (star.situation, star.task, star.action, star.result, star.reflection) if star else ()
    said = (text for feedback in authored.feedback if feedback.quote for text in (feedback.quote, feedback.byline))
    texts = (
        *(authored.impact, authored.my_part, *told, *said),
        *(text for figure in figures for text in (figure.spoken, figure.source)),
        *(evidence.label for evidence in authored.evidence),
    )
    return Row(
        card.path,
        card.title,
        f"since {card.date.short}" if card.ongoing else card.date.short,
        _line(" · ", card.type_label, card.employer),
        _line(", ", *(skill.text for skill in card.skills), authored.project, *authored.tags),
        card.summary,
        _words(desk, item, *texts),
    )


def _of_person(desk: Desk) -> Iterator[Row]:
    person = desk.site.person
    yield Row(HOME, person.name, "Page", person.headline, person.location, person.claim)


def _of_papers(desk: Desk) -> Iterator[Row]:
    """Yield the resume and the campaigns that the site leads to, these as their audience reads them."""
    for paper in desk.papers:
        item = paper.campaign
        if item is None:
            yield Row(encode_path(paper.path), paper.title, "Page", "On one page")
        elif paper.is_listed:
            own = desk.seen_by(paper.linked)
            claims = (claim.text for claim in item.authored.claims)
            yield _of_text(own, item, encode_path(desk.linked.address(item)), item.authored.title, "Page", *claims)


def _of_skills(desk: Desk) -> Iterator[Row]:
    for ref in desk.linked.skills.skills:
        path = encode_path(ref.path)
        if ref.item is None:
            yield Row(path, ref.name, "Skill")
        else:
            skill = ref.item.authored
            names = _line(", ", *skill.synonyms)
            yield _of_text(desk, ref.item, path, ref.name, "Skill", about=skill.category, names=names)


def _of_roles(desk: Desk) -> Iterator[Row]:
    linked = desk.linked
    for item in linked.projection.roles:
        role = item.authored
        path = encode_path(linked.addresses["role", item.id])
        positions = _line(", ", *(position.title for position in role.positions))
        yield _of_text(desk, item, path, role.employer, "Role", about=role.location, names=positions)


def _of_lists(desk: Desk) -> Iterator[Row]:
    projection = desk.linked.projection
    for degree in projection.education:
        about, courses = _line(", ", degree.degree, degree.area), _line(", ", *degree.courses)
        yield Row(EXPERIENCE, degree.institution, "Education", about, courses, degree.summary)
    for one in projection.credentials:
        yield Row(EXPERIENCE, one.title, one.kind.capitalize(), one.issuer, "", one.summary)


def _of_pages(desk: Desk) -> Iterator[Row]:
    for item in desk.linked.projection.pages:
        path = encode_path(desk.linked.addresses["page", item.id])
        yield _of_text(desk, item, path, item.authored.title, "Page", about=item.authored.group)


def _of_text(
    desk: Desk, item: Item[Common], path: str, title: str, when: str, *texts: str, about: str = "", names: str = ""
) -> Row:
    summary = shorten(item.authored.summary or desk.lead(item), MAX_SUMMARY)
    return Row(path, title, when, about, names, summary, _words(desk, item, *texts))


def _words(desk: Desk, item: Item[Common], *texts: str) -> str:
    """Return the words of *texts* and of the bodies of *item*."""
    bodies = desk.linked.bodies.get((item.kind, item.id), ())
    other = " ".join((*texts, *(text for body in bodies for text in _filled_in(body))))
    return _line(" ", distinct_words(other), *(body.prose.words for body in bodies))


def _filled_in(body: LinkedBody) -> Iterator[str]:
    """Yield what stands in the gaps of *body*."""
    for number, target in enumerate(body.targets):
        yield target.alt or body.shown(number)


def _line(between: str, *parts: str) -> str:
    return between.join(filter(None, parts))
