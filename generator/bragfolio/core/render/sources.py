"""Sources: what the private files say that have no pages, and where each thing that an insight counts is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio.core.insight.finding import listed
from bragfolio.core.link.addresses import SOURCES, encode_path
from bragfolio.core.link.references import item_name
from bragfolio.core.render import contexts
from bragfolio.core.render.formats import date_text, shorten
from bragfolio.model.ladder import Ladder
from bragfolio.model.scalars import PartialDate, Quantity
from bragfolio.model.slugs import slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bragfolio.core.link.references import Linked
    from bragfolio.model.common import Authored
    from bragfolio.model.dossier import Dossier, Kept

Names = Mapping[tuple[str, str], str]
"""What entries are called, by kind and id."""
_MOST_WORDS: Final = 400
"""Letters of a body or of a long value; the file has all of it."""
_PASSED_BY: Final = frozenset({
    "id", "extra", "imported", "visibility", "redirects", "slug", "lang", "image", "image_alt", "draft", "name", "title", "text",
    "levels", "criteria", "bets", "cycles",
})  # fmt: skip
"""Keys that stand elsewhere: as the name of the thing, or as things of their own."""
_REFERENCES: Final = {
    "to": "person", "owner": "person", "decision_maker": "person", "voters": "person", "cares_about": "goal", "bet": "bet",
    "achievement": "achievement", "achievements": "achievement", "campaign": "campaign", "posting": "posting",
    "questions": "question", "skills": "skill", "must": "skill", "nice": "skill", "target": "ladder",
}  # fmt: skip
"""By key, the kind of what its words name; words that name nothing of it stay words."""


class _Found(Struct, frozen=True):
    """Something in a private file."""

    keys: tuple[str, ...]
    """What insights call it, `person/petra`; its place is named after the first."""
    name: str
    authored: Authored | None
    """None for what has a name and no more."""
    body: str = ""


class _Group(Struct, frozen=True):
    """The things of one file or folder."""

    name: str
    place: str
    found: tuple[_Found, ...]


class Catalogue(Struct, frozen=True):
    """Everything that an insight may count, with its place."""

    linked: Linked
    names: Names
    """Of the entries that have pages."""
    places: dict[str, contexts.Mention]
    """By `kind/id`, of what is on the page of sources."""

    def mention(self, entry: str) -> contexts.Mention:
        """Return what *entry*, `kind/id`, is called, and where it is shown."""
        kind, _, id_ = entry.partition("/")
        if (kind, id_) in self.names:
            return contexts.Mention(self.names[kind, id_], encode_path(self.linked.addresses[kind, id_]))
        skill = self.linked.skills.find(id_) if kind == "skill" else None
        if skill:
            return contexts.Mention(skill.name, encode_path(skill.path))
        return self.places.get(entry) or contexts.Mention(id_ or entry, "")

    def mentions(self, entries: Iterable[str]) -> tuple[contexts.Mention, ...]:
        """Return the mention of each of *entries*, each once."""
        return tuple(self.mention(entry) for entry in dict.fromkeys(entries))


def make_catalogue(linked: Linked, dossier: Dossier) -> tuple[Catalogue, tuple[contexts.SourceGroup, ...]]:
    """Return where everything is shown, and the groups of the page of sources, empty ones left out."""
    names = {(item.kind, item.id): item_name(item) for item in linked.projection.items}
    groups = [group for group in _groups(dossier, names) if group.found]
    places: dict[str, contexts.Mention] = {}
    anchors: dict[str, str] = {}
    for group in groups:
        for found in group.found:
            anchors[found.keys[0]] = anchor = _free_anchor(found.keys[0], anchors.values())
            for key in found.keys:
                places.setdefault(key, contexts.Mention(found.name, f"{SOURCES}#{anchor}"))
    catalogue = Catalogue(linked, names, places)
    shown = (
        contexts.SourceGroup(
            f"files-{number}", group.name, group.place,
            tuple(_item(found, anchors[found.keys[0]], catalogue) for found in group.found),
        )
        for number, group in enumerate(groups, 1)
    )  # fmt: skip
    return catalogue, tuple(shown)


def _free_anchor(key: str, taken: Iterable[str]) -> str:
    kind, _, id_ = key.partition("/")
    anchor, others = f"{kind}-{slugify(id_)}", set(taken)
    number = 2
    while anchor in others:
        anchor = f"{kind}-{slugify(id_)}-{number}"
        number += 1
    return anchor


def _groups(dossier: Dossier, names: Names) -> Iterator[_Group]:
    """Yield the private files in the order in which the coach looks at them."""
    yield _Group("People", "private/people.yaml", _each("person", dossier.people, "name"))
    yield _Group("Goals", "private/goals.yaml", _each("goal", dossier.goals, "title"))
    yield _Group("Plan", "private/plan.yaml", tuple(_plan(dossier)))
    yield from _ledgers(dossier, names)
    yield _Group("Promotion", "private/promotion.yaml", tuple(_promotion(dossier)))
    for ladder in dossier.ladders:
        name, place = ladder.authored.name or ladder.id, f"private/ladders/{ladder.id}.yaml"
        yield _Group(f"Ladder: {name}", place, tuple(_ladder(ladder.authored)))
    yield _Group("Saved postings", "private/postings/", _each("posting", dossier.postings, "title"))
    yield _Group("Stories", "stories/, private/stories/", _each("story", dossier.stories, "title"))
    yield _Group("Questions of interviews", "private/questions.yaml", _each("question", dossier.questions, "text"))


def _each(kind: str, kept: Iterable[Kept[Authored]], name: str) -> tuple[_Found, ...]:
    return tuple(
        _Found((f"{kind}/{one.id}",), str(getattr(one.authored, name)) or one.id, one.authored, one.body)
        for one in kept
    )


def _ledgers(dossier: Dossier, names: Names) -> Iterator[_Group]:
    """Yield the tables; a line is called by what it says, and by its number in the file."""
    people = {person.id: person.authored.name for person in dossier.people}

    def told(audience: str, to: tuple[str, ...]) -> str:
        return audience or listed(people.get(id_, id_) for id_ in to) if audience or to else "nobody"

    def group(name: str, file: str, kind: str, lines: Iterable[tuple[Kept[Authored], str]]) -> _Group:
        found = (_Found((f"{kind}/{line.id}",), f"{text} (line {line.id})", line.authored) for line, text in lines)
        return _Group(name, f"private/{file}.csv", tuple(found))

    yield group("Announcements", "announcements", "announcement", (
        (line, f"{names.get(('achievement', row.achievement), row.achievement)} to {told(row.audience, row.to)}")
        for line in dossier.announcements
        for row in [line.authored]
    ))  # fmt: skip
    yield group("One-pagers sent", "sent", "sending", (
        (line, f"{names.get(('campaign', row.campaign), row.campaign) or 'Resume'} to {told('', row.to)}")
        for line in dossier.sendings
        for row in [line.authored]
    ))  # fmt: skip
    yield group("One-pagers made", "one-pagers", "making", (
        (line, names.get(("campaign", line.authored.campaign), line.authored.campaign) or "Resume") for line in dossier.makings
    ))  # fmt: skip
    yield group("Opportunities", "opportunities", "opportunity", (
        (line, ", ".join(part for part in (row.title, row.employer) if part) or row.source or "Somebody asked")
        for line in dossier.opportunities
        for row in [line.authored]
    ))  # fmt: skip


def _plan(dossier: Dossier) -> Iterator[_Found]:
    if dossier.plan:
        plan = dossier.plan.authored
        yield _Found(("plan/plan", "plan"), plan.principle or "The plan", plan)
        yield from (_Found((f"bet/{bet.id}",), bet.title, bet) for bet in plan.bets)


def _promotion(dossier: Dossier) -> Iterator[_Found]:
    if dossier.promotion:
        promotion = dossier.promotion.authored
        yield _Found(
            ("promotion/promotion", "promotion"), f"Promotion to {promotion.target or 'the next level'}", promotion
        )
        yield from (_Found((f"cycle/{cycle.id}",), cycle.id, cycle) for cycle in promotion.cycles)


def _ladder(ladder: Ladder) -> Iterator[_Found]:
    """Yield a ladder, its levels, its competencies and their criteria, by every name that achievements may use."""
    yield _Found((f"ladder/{ladder.id}",), ladder.name or ladder.id, ladder)
    for level in ladder.levels:
        keys = (f"ladder/{ladder.id}/{level.id}", f"level/{ladder.id}/{level.id}")
        yield _Found(keys, f"Level: {level.name or level.id}", level)
    for competency in ladder.competencies:
        names = [f"ladder/{ladder.id}/{competency.id}", f"competency/{ladder.id}/{competency.id}"]
        names += [f"ladder/{ladder.id}/{level}/{competency.id}" for level in competency.criteria]
        yield _Found(tuple(names), competency.name or competency.id, competency)
        for level_id, criteria in competency.criteria.items():
            for criterion in criteria:
                key = f"{ladder.id}/{level_id}/{criterion.id}"
                yield _Found((f"ladder/{key}", f"criterion/{key}"), f"{criterion.text}", criterion)


def _item(found: _Found, anchor: str, catalogue: Catalogue) -> contexts.SourceItem:
    facts = list(_facts(found, catalogue))
    if found.body.strip():
        facts.append(contexts.SourceFact("words", (contexts.Mention(shorten(found.body, _MOST_WORDS), ""),)))
    return contexts.SourceItem(anchor, found.name, tuple(facts))


def _facts(found: _Found, catalogue: Catalogue) -> Iterator[contexts.SourceFact]:
    if found.authored is None:
        return
    is_ladder = isinstance(found.authored, Ladder)
    for field in structs.fields(found.authored):
        value = getattr(found.authored, field.name)
        is_elsewhere = field.encode_name in _PASSED_BY or (is_ladder and field.encode_name == "competencies")
        if is_elsewhere or value in (None, "", (), {}) or getattr(found.authored, field.name) == found.name:
            continue
        kind = _REFERENCES.get(field.encode_name, "")
        if field.encode_name == "employer" and found.keys[0].startswith("person/"):
            kind = "role"
        values = value if isinstance(value, tuple) else (value,)
        mentions = tuple(_mention(one, kind, catalogue) for one in values)
        yield contexts.SourceFact(field.encode_name.replace("_", " "), mentions)


def _mention(value: object, kind: str, catalogue: Catalogue) -> contexts.Mention:
    text = _words(value)
    found = catalogue.mention(f"{kind}/{text}") if kind else None
    return found if found and found.path else contexts.Mention(shorten(text, _MOST_WORDS), "")


def _words(value: object) -> str:
    """Return *value*, of whatever type a key has, in words."""
    if isinstance(value, PartialDate):
        return date_text(value).short
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Quantity):
        return value.text
    if isinstance(value, Struct):
        parts = ((field.encode_name, getattr(value, field.name)) for field in structs.fields(value))
        return ", ".join(
            f"{name.replace('_', ' ')}: {_words(part)}" for name, part in parts if part not in (None, "", ())
        )
    if isinstance(value, tuple):
        return ", ".join(_words(part) for part in value)
    return str(value)
