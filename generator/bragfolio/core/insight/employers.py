"""Employers: what tells those apart that postings name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bragfolio.model.posting import Posting

_LEGAL: Final = frozenset({
    "ab", "ag", "aps", "as", "asa", "bhd", "bv", "co", "company", "corp", "corporation", "cv", "dac", "doo",
    "ev", "gmbh", "inc", "incorporated", "kft", "kg", "kgaa", "kk", "lc", "limited", "llc", "llp", "lp", "ltd",
    "ltda", "mbh", "nv", "oy", "oyj", "plc", "pte", "pty", "sa", "sarl", "sas", "sdn", "se", "sl", "slu",
    "spa", "spzoo", "sro", "srl", "ug", "ulc", "vof",
})  # fmt: skip
"""Legal forms, without their full stops."""
_STOPS: Final = re.compile(r"[.,()]")
_SPACED: Final = re.compile(r"\b((?:\w\.? ){1,3}\w)\.?$")
"""A form whose letters stand apart: `B. V.`, `S. A. S.`"""


def employer_of(posting: Posting) -> str:
    """Return what tells the employer of *posting* apart: its `employer_id`, or its name without its legal form, case-folded.

    `""` when it names none; whoever passed it on (`via`) is no employer.
    """
    return posting.employer_id.strip().casefold() or _plain(posting.employer)


def _plain(name: str) -> str:
    words = _STOPS.sub("", _together(name.casefold().replace("a/s", "as"))).split()
    while len(words) > 1 and (words[-1] in _LEGAL or words[-1] in {"&", "and", "+"}):
        words.pop()
    return " ".join(words)


def _together(name: str) -> str:
    """Return *name* with the letters of a legal form at its end put together, where they stand apart."""
    match = _SPACED.search(name)
    letters = re.sub(r"[. ]", "", match[1]) if match else ""
    return name[: match.start()] + letters if match and letters in _LEGAL else name
