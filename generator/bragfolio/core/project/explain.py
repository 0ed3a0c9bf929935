"""Explain: why one audience sees an entry or not, rule by rule, and which of its fields are cut."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

from msgspec import Struct, structs

from bragfolio.core.project.audiences import PUBLIC, SELF, Audiences
from bragfolio.core.project.projection import (
    Rule,
    View,
    begins_on,
    cut,
    gets_overlay,
    obstacles,
    version_for,
    visibility_of,
)
from bragfolio.core.project.redact import redact, redact_prose
from bragfolio.core.read.yaml_tree import Path, locate, parse_yaml
from bragfolio.model.campaign import Campaign
from bragfolio.model.common import Authored, Common
from bragfolio.problems import Span

if TYPE_CHECKING:
    from datetime import date

    from bragfolio.core.project.redact import Redaction
    from bragfolio.core.read.markdown import Prose
    from bragfolio.model.entry import Entry, Portfolio, Source, Version

RULE_ITSELF: Final = "visibility"
"""The key that only says who may see the rest: nobody misses it where it is cut."""
_OWNER: Final = "for you alone"
_REDACTED: Final = "other words are read here, as redact: in site.yaml says"


class Step(Struct, frozen=True):
    """What one rule says of an entry."""

    rule: str
    """`place`, `default`, `grant` ...: a name for programs."""
    text: str
    """A sentence."""
    span: Span | None = None
    """What decides it; None for what is not written anywhere."""
    hides: bool = False


class Cut(Struct, frozen=True):
    """A field of an entry that an audience does not see."""

    field: str
    """`metrics 2`, `feedback 1 from`, `goals`: the key, the place in its list from 1, the key there."""
    reason: str
    span: Span


class Explanation(Struct, frozen=True):
    """Why an audience sees an entry, or not."""

    steps: tuple[Step, ...]
    cuts: tuple[Cut, ...]
    """Empty when it may not see the entry at all."""

    @property
    def is_shown(self) -> bool:
        """Whether its site shows the entry."""
        return not any(step.hides for step in self.steps)


class _Case(Struct, frozen=True):
    portfolio: Portfolio
    audiences: Audiences
    view: View
    entry: Entry[Common]
    hidden_by: dict[Rule, date | None]
    is_overlaid: bool
    authored: Common
    """With the overlay when the audience gets it."""

    def place(self, *keys: str) -> Span | None:
        """Return where the first of *keys* that is written stands: in the overlay, if it counts, else in the entry."""
        sources = [self.entry.source]
        if self.entry.overlay and self.is_overlaid:
            sources.insert(0, self.entry.overlay.source)
        return next((_span(source, (key,)) for key in keys for source in sources if _has(source, key)), None)


def explain(portfolio: Portfolio, audiences: Audiences, view: View, entry: Entry[Common]) -> Explanation:
    """Return what each rule says of *entry* for *view*, and the fields that are cut. The rules are `obstacles`'."""
    default = (portfolio.config.default_visibility,)
    hidden_by = {found.rule: found.day for found in obstacles(entry, audiences, view, default)}
    is_overlaid = gets_overlay(entry, audiences, view.audience)
    authored = version_for(entry, is_overlaid=is_overlaid).authored
    case = _Case(portfolio, audiences, view, entry, hidden_by, is_overlaid, authored)
    may_see = not {"place", "visibility"} & set(hidden_by)
    return Explanation(tuple(_steps(case)), tuple(_cuts(case)) if may_see else ())


def whom(audience: str) -> str:
    """Return *audience* as it stands in a sentence."""
    return {PUBLIC: "the public", SELF: "you"}.get(audience, f"the audience “{audience}”")


def capital(sentence: str) -> str:
    """Return *sentence* with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def _steps(case: _Case) -> Iterator[Step]:
    yield _place(case)
    yield _visibility(case)
    yield _grant(case)
    if case.entry.overlay:
        yield _overlay(case)
    yield _draft(case)
    yield _begins(case)
    yield _expiry(case)
    if isinstance(case.authored, Campaign) and case.authored.is_over(case.view.as_of):
        text = f"Its last day was {case.authored.end}, so its page leads home."
        yield Step("over", text, case.place("end"))


def _place(case: _Case) -> Step:
    span = Span(case.entry.source.file)
    if "place" in case.hidden_by:
        return Step("place", "The file lies in private/, which is never for everybody.", span, hides=True)
    where = "in private/" if case.entry.is_private else "outside private/"
    return Step("place", f"The file lies {where}.", span)


def _visibility(case: _Case) -> Step:
    entry, config = case.entry, case.portfolio.config
    key = "audience" if entry.kind == "campaign" else "visibility"
    written = entry.version.authored.seen_by
    if written:
        return Step("visibility", f"`{key}:` names {_listed(written)}.", _span(entry.source, (key,)))
    if entry.is_private:
        return Step("visibility", f"It has no `{key}:`, which in private/ means nobody but you.")
    source = case.portfolio.config_source
    span = _span(source, ("default_visibility",)) if _has(source, "default_visibility") else None
    text = f"It has no `{key}:`, so the `default_visibility:` of site.yaml counts: {config.default_visibility}."
    return Step("default", text, span)


def _grant(case: _Case) -> Step:
    audience = case.view.audience
    hides = "visibility" in case.hidden_by
    if audience == SELF:
        return Step("grant", "You see everything.", hides=hides)
    if hides:
        own = sorted(case.audiences.sees[audience], key=lambda name: (name != audience, name == PUBLIC, name))
        return Step(
            "grant", f"{capital(whom(audience))} sees what is for {_listed(own)}, and nothing else.", hides=True
        )
    visibility = visibility_of(case.entry, (case.portfolio.config.default_visibility,))
    chain = min(
        (chain for name in visibility if (chain := grants(case.audiences, audience, name))), key=len, default=()
    )
    if len(chain) < 2:
        return Step(
            "grant", "That is everybody." if audience == PUBLIC else f"That is the audience “{audience}” itself."
        )
    links = [f"“{wide}” sees what is for “{name}”" for wide, name in pairwise(chain)]
    source = case.portfolio.config_source
    at: Path = ("audiences", chain[0])
    span = _span(source, at) if chain[0] in case.portfolio.config.audiences else None
    return Step("grant", f"{', and '.join(links)}.", span)


def grants(audiences: Audiences, audience: str, visibility: str) -> tuple[str, ...]:
    """Return the shortest way of single grants from *audience* to *visibility*, both included; empty where there is none.

    `("leadership", "company", "public")`: leadership includes company, which includes public.
    """
    ways: deque[tuple[str, ...]] = deque([(audience,)])
    while ways:
        way = ways.popleft()
        if way[-1] == visibility:
            return way
        seen = audiences.sees[way[-1]] - {way[-1]}
        through = {further for name in seen for further in audiences.sees[name] - {name}}
        ways.extend((*way, name) for name in sorted(seen - through))
    return ()


def _overlay(case: _Case) -> Step:
    overlay = case.entry.overlay
    span = Span(overlay.source.file) if overlay else None
    verbs = ("get", "do not get") if case.view.audience == SELF else ("gets", "does not get")
    gets = f"{whom(case.view.audience)} {verbs[not case.is_overlaid]} it"
    named = _listed(overlay.visibility) if overlay and overlay.visibility else "nobody"
    return Step("overlay", f"Its overlay in private/ names {named} beside you; {gets}.", span)


def _draft(case: _Case) -> Step:
    if "draft" in case.hidden_by:
        text = "It is a draft, which only `brag build --audience self --drafts` shows."
        return Step("draft", text, case.place("draft"), hides=True)
    return Step("draft", "It is a draft." if case.authored.draft else "It is no draft.", case.place("draft"))


def _begins(case: _Case) -> Step:
    begins = begins_on(case.authored, case.view.timezone)
    if begins is None:
        return Step("begins", "No day is named before which it would not show.")
    is_start = isinstance(case.authored, Campaign) and case.authored.start and case.authored.start.first_day == begins
    span = case.place("start" if is_start else "publish_date")
    if "begins" in case.hidden_by:
        return Step("begins", f"It does not show before {begins}, and this is {case.view.as_of}.", span, hides=True)
    return Step("begins", f"It shows from {begins} on.", span)


def _expiry(case: _Case) -> Step:
    expiry = case.authored.expiry_date
    if expiry is None:
        return Step("expiry", "No day is named from which it would not show.")
    day = expiry.day(case.view.timezone)
    hides = "expiry" in case.hidden_by
    text = f"It expired on {day}, and this is {case.view.as_of}." if hides else f"It shows until it expires on {day}."
    return Step("expiry", text, case.place("expiry_date"), hides=hides)


def _cuts(case: _Case) -> Iterator[Cut]:
    entry, overlay = case.entry, case.entry.overlay
    if overlay and not case.is_overlaid:
        for name in changed_keys(overlay.version.authored, entry.version.authored):
            source = overlay.source if _has(overlay.source, name) else entry.source
            yield Cut(name, "what its overlay says of it, this audience does not get", _span(source, (name,)))
        if _has_body(overlay.version, 1):
            yield Cut("body", "the part in its overlay, this audience does not get", Span(overlay.source.file))
    seen = _after(case, case.authored)
    for name in changed_keys(case.authored, seen):
        items = getattr(case.authored, name)
        if isinstance(items, tuple) and isinstance(items[0], Authored):
            for index, item in enumerate(items):
                yield from _cuts_of_item(case, name, index, item)
        else:
            with_overlay = cut(case.authored, case.audiences, case.view.audience, is_overlaid=True)
            is_for_overlays = getattr(with_overlay, name) == items
            reason = "only for those who get an overlay" if is_for_overlays else _OWNER
            yield Cut(name, reason, _place_of(case, name))
    redaction = case.audiences.redactions.get(case.view.audience)
    if redaction:
        yield from _redacted(case, seen, redaction)


def _redacted(case: _Case, seen: Common, redaction: Redaction) -> Iterator[Cut]:
    """Yield what this audience reads other words in."""
    version = version_for(case.entry, is_overlaid=case.is_overlaid)
    for name in changed_keys(seen, redact(seen, redaction)):
        yield Cut(name, _REDACTED, _place_of(case, name))
    if any(redact_prose(body, redaction) != body for body in cast("tuple[Prose, ...]", version.bodies)):
        yield Cut("body", _REDACTED, Span(case.entry.source.file))
    if redaction.id(case.entry.id) != case.entry.id:
        yield Cut("id", f"{_REDACTED}: it reads {redaction.id(case.entry.id)}", Span(case.entry.source.file))


def changed_keys(one: Common, other: Common) -> list[str]:
    """Return the keys in which two versions of an entry differ, in the order of the model."""
    names = (field.name for field in structs.fields(one) if field.name != RULE_ITSELF)
    return [name for name in names if getattr(one, name) != getattr(other, name)]


def _cuts_of_item(case: _Case, name: str, index: int, item: Authored) -> Iterator[Cut]:
    """Return what is cut of one item of the list *name*: all of it, or some of its keys."""
    alone = structs.replace(case.authored, **{name: (item,)})
    left = getattr(_after(case, alone), name)
    if not left:
        yield Cut(f"{name} {index + 1}", _reason(item), _place_of(case, name, index))
        return
    for field in structs.fields(item):
        if getattr(item, field.name) != getattr(left[0], field.name):
            key = field.encode_name
            yield Cut(f"{name} {index + 1} {key}", _OWNER, _place_of(case, name, index, key))


def _reason(item: Authored) -> str:
    visibility = cast("tuple[str, ...]", getattr(item, "visibility", ()))
    consent = cast("str", getattr(item, "consent", ""))
    if visibility:
        return f"visibility: {', '.join(visibility)}"
    return "no consent to show it" if consent in {"", "none"} else f"consent: {consent}"


def _after(case: _Case, authored: Common) -> Common:
    return cut(authored, case.audiences, case.view.audience, is_overlaid=case.is_overlaid)


def _has_body(version: Version[Common], index: int) -> bool:
    bodies = cast("tuple[Prose, ...]", version.bodies)
    return len(bodies) > index and bool(bodies[index].html)


def _place_of(case: _Case, name: str, *rest: str | int) -> Span:
    overlay = case.entry.overlay
    source = overlay.source if overlay and case.is_overlaid and _has(overlay.source, name) else case.entry.source
    return _span(source, (name, *rest))


def _span(source: Source, path: Path) -> Span:
    return Span(source.file, *locate(source.yaml, source.first_line, path))


def _has(source: Source, key: str) -> bool:
    tree, _ = parse_yaml(source.yaml, source.file)
    return isinstance(tree, dict) and tree.get(key, "") != ""


def _listed(names: tuple[str, ...] | list[str]) -> str:
    """Return `company`, `company and public`, `board, company and public`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
