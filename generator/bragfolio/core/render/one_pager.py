"""One-pager: what was fitted to a page, for the site that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from bragfolio.core.link.addresses import one_pager_page, slug_of

if TYPE_CHECKING:
    from bragfolio.core.choose.fit import Step
    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.projection import Item
    from bragfolio.core.render.contexts import Sheet
    from bragfolio.model.campaign import Campaign


class OnePager(Struct, frozen=True):
    """A one-pager as it was fitted: that of a campaign, or the resume."""

    campaign: Item[Campaign] | None
    linked: Linked
    """What its audience sees."""
    design: str
    page: str
    """`a4` or `letter`."""
    title: str
    sheet: Sheet
    shown: tuple[str, ...]
    """Ids of the achievements on it, in its order."""
    step: Step
    pdf: bytes | None
    """None when there is no engine, or when it could not be set."""

    @property
    def slug(self) -> str:
        """What its files are called; `""` for the resume."""
        return slug_of(self.campaign) if self.campaign else ""

    @property
    def path(self) -> str:
        """Of its page, from the site's root."""
        return one_pager_page(self.slug)

    @property
    def pdf_path(self) -> str:
        """Of its PDF, from the site's root; `""` without one."""
        return f"{self.path.removesuffix('.html')}.pdf" if self.pdf else ""

    @property
    def is_listed(self) -> bool:
        """Whether the site leads to it."""
        return self.campaign is None or not self.campaign.authored.unlisted


class PaperWork(Struct, frozen=True):
    """What of a site does not come from its templates."""

    one_pagers: tuple[OnePager, ...] = ()
    """The resume first, where there is one."""
    cards: Mapping[str, bytes] = {}
    """By the path of a page, the picture that other sites show of it (PNG)."""


def card_path(page: str) -> str:
    """Return where the card of *page* is published."""
    return f"cards/{page.removesuffix('.html')}.png"
