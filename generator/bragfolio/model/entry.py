"""Entry: one item of a portfolio as it was read, whole, with its overlay; only projection looks inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from bragfolio.model.common import Common, Listed

if TYPE_CHECKING:
    from bragfolio.model.site import SiteConfig, SiteOverlay

T = TypeVar("T", bound=Common)
L = TypeVar("L", bound=Listed)


class Source(Struct, frozen=True):
    """Where an entry's keys stand, to find the place of one when something is wrong with it."""

    file: str
    """As messages give it."""
    yaml: str
    first_line: int


class Version(Struct, Generic[T], frozen=True):
    """What an entry says, for one circle of readers."""

    authored: T
    bodies: tuple[object, ...]
    """`core.read.markdown.Prose`: the public body, then the overlay's."""


class Overlay(Struct, Generic[T], frozen=True):
    """The entry as `self`, and the audiences that its file in private/ names, know it."""

    visibility: tuple[str, ...]
    version: Version[T]
    source: Source


class Entry(Struct, Generic[T], frozen=True):
    """One entry with everything that was written about it."""

    kind: str
    id: str
    path: str
    """Of its file, from site_content/."""
    is_private: bool
    """Private by its place."""
    version: Version[T]
    overlay: Overlay[T] | None
    source: Source


class ListItem(Struct, Generic[L], frozen=True):
    """One item of a list file."""

    kind: str
    authored: L
    is_private: bool
    index: int
    source: Source


class Portfolio(Struct, frozen=True):
    """Everything that was read and is whole. Broken entries are not in it; their problems are reported."""

    config: SiteConfig
    """The defaults when site.yaml is broken."""
    is_config_whole: bool
    config_source: Source
    overlay: SiteOverlay | None
    overlay_source: Source | None
    entries: tuple[Entry[Common], ...]
    lists: tuple[ListItem[Listed], ...]
    files: frozenset[str]
    """All paths below site_content/."""
