"""Own pages: in which order they come, and which make a chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bragfolio.core.project.projection import Item, Projection
    from bragfolio.model.page import OwnPage


def group_pages(projection: Projection) -> dict[str, tuple[Item[OwnPage], ...]]:
    """Return the own pages by group, each in order; groups are in the order of their first pages, `""` holds those without one."""
    groups: dict[str, tuple[Item[OwnPage], ...]] = {}
    for item in sorted(projection.pages, key=_place):
        group = item.authored.group
        groups[group] = (*groups.get(group, ()), item)
    return groups


def _place(item: Item[OwnPage]) -> tuple[bool, int, str]:
    order = item.authored.order
    return order is None, order or 0, item.id
