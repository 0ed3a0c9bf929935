"""Held back: what a build does not show, counted."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class HeldBack:
    """How many items this audience does not get, and why. Numbers only: it is printed in public logs."""

    hidden: int = 0
    """For a narrower audience."""
    unmarked: int = 0
    """Of those, the ones that name no visibility at all."""
    achievements: int = 0
    """Of those that are hidden, the achievements."""
    drafts: int = 0
    embargoed: Counter[str] = field(default_factory=Counter)
    """By the day on which they will show."""
    expired: int = 0
