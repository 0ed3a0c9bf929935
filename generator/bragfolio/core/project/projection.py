"""Projection: the portfolio as one audience may see it on one day, and a count of what was held back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, tzinfo
from typing import TYPE_CHECKING, Generic, Literal, TypeVar, cast

from msgspec import Struct, structs

from bragfolio.core.project.audiences import PUBLIC, SELF, Audiences
from bragfolio.core.project.redact import redact, redact_prose
from bragfolio.core.read.portfolio import entry_key
from bragfolio.model.achievement import Achievement
from bragfolio.model.campaign import Campaign
from bragfolio.model.common import Common
from bragfolio.model.held_back import HeldBack
from bragfolio.model.kinds import KINDS
from bragfolio.model.lists import Credential, Education
from bragfolio.model.page import OwnPage
from bragfolio.model.role import Role, in_time
from bragfolio.model.site import Contact, Person, SiteConfig
from bragfolio.model.skill import Skill

if TYPE_CHECKING:
    from bragfolio.core.project.redact import Redaction
    from bragfolio.core.read.markdown import Prose
    from bragfolio.model.entry import Entry, Portfolio, Version

T = TypeVar("T", bound=Common)
T_co = TypeVar("T_co", bound=Common, covariant=True)


class Item(Struct, Generic[T_co], frozen=True):
    """An entry as one audience sees it: hidden fields are not there."""

    kind: str
    id: str
    files: tuple[str, ...]
    """From site_content/: its file, and its overlay's when this audience sees it. Relative paths start there."""
    authored: T_co
    bodies: tuple[Prose, ...]

    @property
    def written_id(self) -> str:
        """The id as its owner knows it: `id` may have other words for this audience."""
        key = entry_key(self.files[-1])
        return key[1] if key else self.id


class Projection(Struct, frozen=True):
    """Everything that one audience may see. There is no way from here to the rest."""

    audience: str
    as_of: date
    timezone: tzinfo
    config: SiteConfig
    achievements: tuple[Item[Achievement], ...]
    """Newest first."""
    skills: tuple[Item[Skill], ...]
    roles: tuple[Item[Role], ...]
    pages: tuple[Item[OwnPage], ...]
    campaigns: tuple[Item[Campaign], ...]
    """Those that are over too: their pages lead home."""
    education: tuple[Education, ...]
    credentials: tuple[Credential, ...]

    @property
    def items(self) -> tuple[Item[Common], ...]:
        """All entries."""
        return cast(
            "tuple[Item[Common], ...]", (*self.achievements, *self.skills, *self.roles, *self.pages, *self.campaigns)
        )


class View(Struct, frozen=True):
    """Whose eyes, on which day."""

    audience: str
    as_of: date
    timezone: tzinfo
    drafts: bool = False


Rule = Literal["place", "visibility", "draft", "begins", "expiry"]


class Obstacle(Struct, frozen=True):
    """Why a view does not show an entry."""

    rule: Rule
    day: date | None = None
    """On which it begins to show, or stopped to."""


def project(portfolio: Portfolio, audiences: Audiences, view: View) -> tuple[Projection, HeldBack]:
    """Return what *view* shows of *portfolio*. Sorted by date, newest first, then by id."""
    held_back = HeldBack()
    items: dict[str, list[Item[Common]]] = {kind.name: [] for kind in KINDS}
    default = (portfolio.config.default_visibility,)
    redaction = audiences.redactions.get(view.audience)
    for entry in portfolio.entries:
        item = _project_entry(entry, audiences, view, default, held_back)
        if item:
            items[entry.kind].append(item)
    lists = {"education": [], "credential": []}  # type: dict[str, list[object]]
    for listed in portfolio.lists:
        visibility = listed.authored.visibility
        is_private = listed.is_private
        if _may_see(audiences, view.audience, visibility or _fallback(default, is_private=is_private), is_private):
            lists[listed.kind].append(redact(listed.authored, redaction) if redaction else listed.authored)
        else:
            held_back.hidden += 1
            held_back.unmarked += not visibility
    achievements = cast("list[Item[Achievement]]", items["achievement"])
    config = _project_config(portfolio, audiences, view.audience)
    projection = Projection(
        audience=view.audience,
        as_of=view.as_of,
        timezone=view.timezone,
        config=redact(config, redaction) if redaction else config,
        achievements=tuple(sorted(achievements, key=lambda item: (-_day(item, view.as_of).toordinal(), item.id))),
        skills=cast("tuple[Item[Skill], ...]", tuple(items["skill"])),
        roles=cast("tuple[Item[Role], ...]", tuple(items["role"])),
        pages=cast("tuple[Item[OwnPage], ...]", tuple(items["page"])),
        campaigns=cast("tuple[Item[Campaign], ...]", tuple(items["campaign"])),
        education=cast("tuple[Education, ...]", tuple(lists["education"])),
        credentials=cast("tuple[Credential, ...]", tuple(lists["credential"])),
    )
    return projection, held_back


def shown_achievements(portfolio: Portfolio, audiences: Audiences, view: View) -> frozenset[str]:
    """Return the ids, as they are written, of the achievements that *view* shows."""
    default = (portfolio.config.default_visibility,)
    entries = (entry for entry in portfolio.entries if entry.kind == "achievement")
    return frozenset(entry.id for entry in entries if next(obstacles(entry, audiences, view, default), None) is None)


def effective_day(achievement: Achievement, as_of: date) -> date:
    """Return the day that an achievement's age counts from: its last possible day, never after *as_of*.

    Work in progress is as fresh as the day.
    """
    return min(achievement.date.last_day, as_of) if achievement.date else as_of


def _day(item: Item[Achievement], as_of: date) -> date:
    return effective_day(item.authored, as_of)


def _fallback(default: tuple[str, ...], *, is_private: bool) -> tuple[str, ...]:
    return () if is_private else default


def _may_see(audiences: Audiences, audience: str, visibility: tuple[str, ...], is_private: bool) -> bool:  # noqa: FBT001 - where it lies
    """Tell whether *audience* may see something; what lies in private/ never is for everybody, whatever it says."""
    return not (is_private and audience == PUBLIC) and audiences.may_see(audience, visibility)


def _project_entry(
    entry: Entry[Common], audiences: Audiences, view: View, default: tuple[str, ...], held_back: HeldBack
) -> Item[Common] | None:
    obstacle = next(obstacles(entry, audiences, view, default), None)
    if obstacle is None:
        return see_entry(entry, audiences, view.audience)
    if obstacle.rule == "draft":
        held_back.drafts += 1
    elif obstacle.rule == "begins":
        held_back.embargoed[str(obstacle.day)] += 1
    elif obstacle.rule == "expiry":
        held_back.expired += 1
    else:
        held_back.hidden += 1
        held_back.unmarked += not entry.version.authored.seen_by and not entry.is_private
        held_back.achievements += entry.kind == "achievement"
    return None


def obstacles(entry: Entry[Common], audiences: Audiences, view: View, default: tuple[str, ...]) -> Iterator[Obstacle]:
    """Yield every rule by which *view* does not show *entry*, in their order; nothing when it does.

    These are all the rules there are: the projection asks for the first that hides, `brag explain` for each.
    """
    if entry.is_private and view.audience == PUBLIC:
        yield Obstacle("place")
    if not audiences.may_see(view.audience, visibility_of(entry, default)):
        yield Obstacle("visibility")
    authored = version_for(entry, is_overlaid=gets_overlay(entry, audiences, view.audience)).authored
    if authored.draft and not view.drafts:
        yield Obstacle("draft")
    begins = begins_on(authored, view.timezone)
    if begins and begins > view.as_of:
        yield Obstacle("begins", begins)
    expires = authored.expiry_date.day(view.timezone) if authored.expiry_date else None
    if expires and expires <= view.as_of:
        yield Obstacle("expiry", expires)


def visibility_of(entry: Entry[Common], default: tuple[str, ...]) -> tuple[str, ...]:
    """Return what *entry* says of who may see it; where it says nothing, *default*, but nobody for one in private/."""
    return entry.version.authored.seen_by or _fallback(default, is_private=entry.is_private)


def begins_on(authored: Common, timezone: tzinfo) -> date | None:
    """Return the first day on which *authored* shows, None when it always did."""
    days = [authored.publish_date.whole_day(timezone)] if authored.publish_date else []
    if isinstance(authored, Campaign) and authored.start:
        days.append(authored.start.first_day)
    return max(days, default=None)


def gets_overlay(entry: Entry[Common], audiences: Audiences, audience: str) -> bool:
    """Tell whether *audience*, if it sees *entry*, sees it with its overlay."""
    return bool(entry.overlay and _may_see(audiences, audience, entry.overlay.visibility, True))


def version_for(entry: Entry[Common], *, is_overlaid: bool) -> Version[Common]:
    """Return what *entry* says, with its overlay or without."""
    return entry.overlay.version if entry.overlay and is_overlaid else entry.version


def see_entry(entry: Entry[Common], audiences: Audiences, audience: str) -> Item[Common]:
    """Return *entry*, which *audience* may see, as it sees it, on whatever day: with its overlay, without hidden fields, with other words."""
    is_overlaid = gets_overlay(entry, audiences, audience)
    version = version_for(entry, is_overlaid=is_overlaid)
    files: tuple[str, ...] = (entry.path,)
    if entry.overlay and is_overlaid:
        files = (entry.overlay.source.file.partition("/")[2], entry.path)
    authored = version.authored
    if isinstance(authored, Role):
        authored = structs.replace(authored, positions=in_time(authored.positions))
    authored = cut(authored, audiences, audience, is_overlaid=is_overlaid)
    item = Item(entry.kind, entry.id, files, authored, cast("tuple[Prose, ...]", version.bodies))
    redaction = audiences.redactions.get(audience)
    return redact_item(item, redaction) if redaction else item


def redact_item(item: Item[T], redaction: Redaction) -> Item[T]:
    """Return *item* with other words; references to its id are redacted in the same way, so they still meet."""
    bodies = tuple(redact_prose(body, redaction) for body in item.bodies)
    return Item(item.kind, redaction.id(item.id), item.files, redact(item.authored, redaction), bodies)


def cut(authored: Common, audiences: Audiences, audience: str, *, is_overlaid: bool) -> Common:
    """Return *authored* without the fields that *audience* may not see; *is_overlaid* says whether it gets the overlay."""
    if audience == SELF:
        return authored

    def shows(visibility: tuple[str, ...]) -> bool:
        return not visibility or audiences.may_see(audience, visibility)

    changes: dict[str, object] = {"visibility": (), "imported": None, "extra": {}}
    if isinstance(authored, Achievement):
        changes["metrics"] = tuple(metric for metric in authored.metrics if shows(metric.visibility))
        changes["evidence"] = tuple(evidence for evidence in authored.evidence if shows(evidence.visibility))
        changes["feedback"] = tuple(
            structs.replace(feedback, person="")
            for feedback in authored.feedback
            if feedback.consent != "none" and shows((feedback.consent,))
        )
        changes.update(goals=(), ladder=())
        if not is_overlaid:
            changes.update(effort_days=None, collaborators=())
    elif isinstance(authored, Role) and not is_overlaid:
        changes.update(manager="", skip="", pay=None)
    elif isinstance(authored, Skill) and authored.intent == "retire":
        changes["intent"] = None
    elif isinstance(authored, Campaign):
        changes.update(goal="", to=())
    return structs.replace(authored, **changes)


def _project_config(portfolio: Portfolio, audiences: Audiences, audience: str) -> SiteConfig:
    config, overlay = portfolio.config, portfolio.overlay
    person = config.person
    contacts: dict[str, Contact | None] = {}
    for name in ("email", "phone", "street"):
        own: Contact | None = getattr(person, name)
        over: Contact | None = getattr(overlay.person, name) if overlay else None
        shown = (contact for contact in (over, own) if contact and audiences.may_see(audience, contact.visibility))
        contacts[name] = next(shown, None)
    title, description = config.title, config.description
    if overlay and _may_see(audiences, audience, overlay.visibility, True):
        person = _overlay_person(person, overlay.person)
        title, description = overlay.title or title, overlay.description or description
    person = structs.replace(person, **contacts)
    return structs.replace(
        config, title=title, description=description, person=person, audiences={}, redact=(), extra={}
    )


def _overlay_person(person: Person, overlay: Person) -> Person:
    empty = Person()
    keys = (name for name in Person.__struct_fields__ if getattr(overlay, name) != getattr(empty, name))
    return structs.replace(person, **{name: getattr(overlay, name) for name in keys})
