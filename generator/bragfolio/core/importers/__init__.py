"""Importers: files of other programs, as plans of what to write into a portfolio."""

from collections.abc import Callable
from typing import Final

from bragfolio.core.importers.jsonresume import read_jsonresume
from bragfolio.core.importers.ladders import read_ladder
from bragfolio.core.importers.plan import Plan

IMPORTERS: Final[dict[str, Callable[[str, bytes], Plan]]] = {
    "jsonresume": read_jsonresume,
    "ladder": read_ladder,
}
"""Every format that `brag import` reads, with what reads it: `(file, its bytes) -> plan`."""
