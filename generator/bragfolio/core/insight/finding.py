"""Finding: something that the coach says, with the numbers behind it and what to do next; and what an insight is made of."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bragfolio.core.insight.figures import Chart, Table

_TWO_PLACES: Final = Decimal("0.01")


class Finding(Struct, frozen=True, kw_only=True):
    """One thing to know, and to do."""

    code: str
    """A key of the `FINDINGS` of its module; a code is never used for anything else."""
    sentence: str
    """Plain and whole, with its full stop: `Petra has not heard of 3 of your 5 biggest wins.`"""
    action: str = ""
    """What to do next, from its verb on; a command stands in backticks. `""` where there is only something to know."""
    numbers: tuple[tuple[str, str], ...] = ()
    """What the sentence counts, by name, as it is printed."""
    entries: tuple[str, ...] = ()
    """The entries behind it, as `kind/id`, heaviest first."""
    gain: float = 0.0
    """What acting this week is worth, in stars: what orders the actions of all insights. 0 keeps it out of them."""


class Insight(Struct, frozen=True, kw_only=True):
    """The answer to one question about a career. Numbers that others compute with are in the classes that extend this."""

    answer: str
    """In a sentence or two: what its page in the headquarters says first."""
    findings: tuple[Finding, ...] = ()
    charts: tuple[Chart, ...] = ()
    """Each with its own table."""
    tables: tuple[Table, ...] = ()
    """Further ones."""


def rounded(number: float | Decimal) -> Decimal:
    """Return *number* with two places, half up, which is how every figure of the coach is rounded."""
    return Decimal(str(number)).quantize(_TWO_PLACES, ROUND_HALF_UP)


def fraction(number: Fraction) -> Decimal:
    """Return an exact *number* with two places, half up."""
    return rounded(Decimal(number.numerator) / number.denominator)


def whole(number: Decimal) -> int:
    """Return *number*, which is not negative, without places, half up."""
    return int(number + Decimal("0.5"))


def counted(number: int, one: str, many: str = "") -> str:
    """Return `1 entry` or `3 entries`; *many* where it is not *one* with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: Iterable[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    *rest, last = list(words)
    return f"{', '.join(rest)} and {last}" if rest else last
