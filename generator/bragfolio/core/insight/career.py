"""Career: everything that the coach may look at, on one day."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.insight.market import Market, look_at_market

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.projection import Item
    from bragfolio.model.achievement import Achievement
    from bragfolio.model.dossier import Dossier, Kept
    from bragfolio.model.people import OtherPerson
    from bragfolio.model.site import SiteConfig


class Career(Struct, frozen=True, dict=True):
    """A portfolio as `self` sees it, with the private files beside it. Nobody else ever gets what is made of this."""

    linked: Linked
    """The projection of `self`, without drafts."""
    dossier: Dossier
    look: Callable[[str], frozenset[str]]
    """Returns the ids of the achievements that an audience sees."""
    audiences: tuple[str, ...]
    """All but `self`."""
    announced_to: tuple[str, ...]
    """The audiences that achievements are announced to, in the order of site.yaml."""

    @property
    def as_of(self) -> date:
        """The day that everything is judged against."""
        return self.linked.projection.as_of

    @property
    def config(self) -> SiteConfig:
        """The settings."""
        return self.linked.projection.config

    @cached_property
    def seen(self) -> Mapping[str, frozenset[str]]:
        """By audience, the ids of the achievements that it sees; looked up when somebody asks, as few pages do."""
        return {audience: self.look(audience) for audience in self.audiences}

    @cached_property
    def achievements(self) -> tuple[Item[Achievement], ...]:
        """The achievements that are done or under way, newest first; what is planned has earned nothing yet."""
        return tuple(item for item in self.linked.projection.achievements if not item.authored.is_planned(self.as_of))

    @cached_property
    def by_id(self) -> Mapping[str, Item[Achievement]]:
        """All achievements by id, the planned ones too: they may be referred to."""
        return {item.id: item for item in self.linked.projection.achievements}

    @cached_property
    def people(self) -> Mapping[str, Kept[OtherPerson]]:
        """The people by id, in the order of people.yaml."""
        return {kept.id: kept for kept in self.dossier.people}

    @cached_property
    def market(self) -> Market:
        """The saved postings, read once for all that look at them."""
        return look_at_market(self.dossier.postings, self.linked.skills, self.as_of)
