"""Cards: the pictures that other sites show of a page, 1200 x 630 pixels (ogp.me)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from bragfolio.core.choose.metrics import lead_metric
from bragfolio.core.choose.selections import choose_home
from bragfolio.core.link.addresses import HOME
from bragfolio.core.render.contexts import Rich
from bragfolio.core.render.formats import figure_of
from bragfolio.core.render.rich import rich
from bragfolio.core.render.sheets import value_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.render.desk import Desk
    from bragfolio.core.render.one_pager import OnePager
    from bragfolio.model.achievement import Achievement


class CardFigure(Struct, frozen=True):
    """The number of a card."""

    value: str
    change: str
    label: str


class Card(Struct, frozen=True):
    """What a card says."""

    kicker: str
    """A word or two above the title; `""` for none."""
    title: Rich
    name: str
    headline: str
    figure: CardFigure | None
    site: str
    """The host of the site."""


def cards_of(desk: Desk, papers: Iterable[OnePager]) -> dict[str, Card]:
    """Return by its path each page that has a card of its own: home, campaigns, and what is featured without a picture."""
    if not desk.base_url:
        return {}
    person, linked = desk.site.person, desk.linked
    site = urlsplit(desk.base_url).netloc
    cards = {
        HOME: Card("", rich(person.claim or person.headline or person.name), person.name, person.headline, None, site)
    }
    for paper in papers:
        if paper.campaign:
            title = rich(paper.campaign.authored.title)
            card = Card("", title, person.name, person.headline, None, site)
            cards[linked.address(paper.campaign)] = cards[paper.path] = card
    for item in choose_home(linked.projection, linked.skills).featured:
        if not item.authored.image:
            path = linked.addresses["achievement", item.id]
            title = rich(item.authored.title)
            cards[path] = Card("", title, person.name, person.headline, _figure(item.authored), site)
    return cards


def _figure(achievement: Achievement) -> CardFigure | None:
    metric = lead_metric(achievement)
    if metric is None:
        return None
    figure = figure_of(metric)
    return CardFigure(value_text(figure), figure.change, figure.name)
