"""Bodies: parses what is new in a portfolio, and takes the rest, keys too, from what builds before it remember."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bragfolio import __version__
from bragfolio.app.folder import state_folder
from bragfolio.core.read.portfolio import Parsing
from bragfolio.core.read.remembered import Known, Recollection, joined, less, pack_known, unpack_known
from bragfolio.edge.bundled import program_digest
from bragfolio.edge.cache import keep, make_place, place_of, read_kept
from bragfolio.edge.marks import libraries

if TYPE_CHECKING:
    from bragfolio.core.read.entries import DecodedUnit, OpenUnit, ParsedBody
    from bragfolio.core.read.portfolio import Work
    from bragfolio.edge.pool import Crew

_LEAST_UNITS: Final = 150
"""Entries from which two processes parse faster than one."""
_BUSY: Final = 0.35
"""What this process does meanwhile, as a part of the parsing: it reads the keys and loads the renderer (measured)."""
_NAME: Final = "bodies"
_LATER: Final = "bodies-later"
"""What came since: after an edit a few bytes are written, not all of them again."""
_FEW: Final = 8
"""Of so many entries one may be new, or gone, before all are written anew."""
_LARGEST: Final = 64_000_000
"""Bytes; 1,000 entries take 2 MB."""


def start_parsing(root: Path, helpers: Crew, work: Work, units: list[OpenUnit], *, is_kept: bool) -> Parsing:
    """Begin to parse the bodies of *units* that are not remembered; with *is_kept*, remember all for the next time."""
    folder = state_folder(root) / "cache" / "read"
    place = make_place(folder) if is_kept else place_of(folder)
    about = _about(place)
    known, later = (unpack_known(read_kept(folder, name) or b"", about) for name in (_NAME, _LATER))
    recollection = Recollection(joined(known, later), units)
    finish = helpers.start(work, recollection.missing, least=_LEAST_UNITS, busy=_BUSY)

    def complete(decoded: list[DecodedUnit]) -> list[list[ParsedBody]]:
        bodies, now = recollection.complete(finish(), decoded)
        if is_kept and place:
            _remember(folder, known, later, now)
        return bodies

    return Parsing(recollection.authored, complete)


def _remember(folder: Path, known: Known, later: Known, now: Known) -> None:
    """Keep *now*, where *known* and what came *later* are kept already: whole when much of it is new, or much is gone."""
    new = less(now, known)
    if max(len(new), len(less(known, now))) > len(now) // _FEW:
        new, packed = Known(now.about), pack_known(now)
        if len(packed) > _LARGEST:
            return
        keep(folder, _NAME, packed)
    if (new.bodies.keys(), new.keys.keys()) != (later.bodies.keys(), later.keys.keys()):
        keep(folder, _LATER, pack_known(new))


def parse_anew(helpers: Crew, work: Work, units: list[OpenUnit]) -> Parsing:
    """Begin to parse the bodies of *units*, which are the few that a process does not know yet."""
    finish = helpers.start(work, units, least=_LEAST_UNITS, busy=_BUSY)
    return Parsing([None] * len(units), lambda _: finish())


def _about(place: str) -> bytes:
    """Return a digest of the program that parses, and of the very folder: what another checkout brought along is not trusted."""
    about = hashlib.sha256(f"{__version__} {libraries()} {place}".encode("utf-8", "surrogateescape"))
    about.update(program_digest("core/read", "model", "problems.py"))
    return about.digest()
