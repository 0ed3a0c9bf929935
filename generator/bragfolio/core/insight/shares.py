"""Shares: a part of a whole, as every insight works it out and prints it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bragfolio.core.insight.finding import rounded


def percent(part: float | Decimal, whole: float | Decimal) -> Decimal:
    """Return *part* of *whole* in per cent, from 0 to 100 with two places, half up; 0 of nothing."""
    if not whole:
        return rounded(0)
    share = 100 * Fraction(str(part)) / Fraction(str(whole))
    return rounded(Decimal(share.numerator) / Decimal(share.denominator))


def percent_text(part: float | Decimal, whole: float | Decimal) -> str:
    """Return `66.67 %`, or `50 %` where nothing stands behind the point."""
    number = percent(part, whole)
    return f"{int(number) if number == int(number) else number} %"
