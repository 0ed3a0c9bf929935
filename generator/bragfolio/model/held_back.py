"""Held back: what a build does not show, counted."""

from collections import Counter


class HeldBack:
    """How many items this audience does not get, and why. Numbers only: it is printed in public logs."""

    __slots__ = ("achievements", "drafts", "embargoed", "expired", "hidden", "unmarked")

    def __init__(self) -> None:
        self.hidden = 0
        """For a narrower audience."""
        self.unmarked = 0
        """Of those, the ones that name no visibility at all."""
        self.achievements = 0
        """Of those that are hidden, the achievements."""
        self.drafts = 0
        self.embargoed: Counter[str] = Counter()
        """By the day on which they will show."""
        self.expired = 0
