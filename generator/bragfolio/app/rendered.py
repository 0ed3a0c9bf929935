"""Rendered: what a folder's pages were rendered from, kept beside the portfolio from one build to the next."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.msgpack import encode

from bragfolio import __version__
from bragfolio.app.folder import state_folder
from bragfolio.core.render.recall import Rendered, pack_rendered, unpack_rendered
from bragfolio.edge.bundled import program_digest
from bragfolio.edge.cache import keep, make_place, read_kept
from bragfolio.edge.marks import libraries

if TYPE_CHECKING:
    from bragfolio.core.render.theme import Theme

_MOST: Final = 40
"""Outputs that are remembered."""
_LARGEST: Final = 32_000_000
"""Bytes; 1,000 pages take 0.1 MB."""


def recall_rendered(root: Path, output: Path, theme: Theme) -> Rendered:
    """Return what is remembered of the pages in *output*, as far as they were rendered with *theme* and this program."""
    folder = _folder(root)
    about = _about(theme, make_place(folder))
    return unpack_rendered(read_kept(folder, _name(output)) or b"", about)


def keep_rendered(root: Path, output: Path, rendered: Rendered) -> None:
    """Remember *rendered* of *output*; that it cannot be kept is no mistake."""
    with contextlib.suppress(UnicodeEncodeError):
        packed = pack_rendered(rendered)
        if len(packed) <= _LARGEST:
            keep(_folder(root), _name(output), packed, _MOST)


def _folder(root: Path) -> Path:
    return state_folder(root) / "cache" / "rendered"


def _name(output: Path) -> str:
    return hashlib.sha256(os.path.realpath(output).encode("utf-8", "surrogateescape")).hexdigest()[:32]


def _about(theme: Theme, place: str) -> bytes:
    about = hashlib.sha256(f"{__version__} {libraries()} {place}".encode("utf-8", "surrogateescape"))
    about.update(encode([dict(theme.templates), dict(theme.origins)]))
    about.update(program_digest("core/read/markdown.py", "core/render", "core/render/charts", "core/render/pages"))
    return about.digest()
