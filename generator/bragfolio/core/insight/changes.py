"""Changes: what the coach says that it did not say on an earlier day, and what it no longer has to say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from bragfolio.core.insight.finding import Finding
    from bragfolio.core.insight.questions import Answers

Subject = tuple[str, str, tuple[str, ...]]
"""What a finding is about: its question, its code and the entries behind it. Its numbers may change from day to day."""


class Change(Struct, frozen=True):
    """A finding that came or went."""

    question: str
    finding: Finding


class Changes(Struct, frozen=True):
    """What came and went between two days, in the order of the questions."""

    new: tuple[Change, ...]
    settled: tuple[Change, ...]


def compare(now: Answers, before: Answers) -> Changes:
    """Return what *now* says and *before* did not, and the other way round.

    What a question says once on both days is the same thing, even where other entries stand behind it.
    """
    several = {code for answers in (now, before) for code, count in _codes(answers).items() if count > 1}
    said, said_before = dict(_subjects(now, several)), dict(_subjects(before, several))
    return Changes(
        tuple(change for subject, change in said.items() if subject not in said_before),
        tuple(change for subject, change in said_before.items() if subject not in said),
    )


def _codes(answers: Answers) -> Counter[str]:
    return Counter(finding.code for insight in answers.insights.values() for finding in insight.findings)


def _subjects(answers: Answers, several: Container[str]) -> Iterator[tuple[Subject, Change]]:
    """Yield what *answers* says; of the codes that are said *several* times, each with its entries."""
    for name, insight in answers.insights.items():
        for finding in insight.findings:
            entries = tuple(sorted(finding.entries)) if finding.code in several else ()
            yield (name, finding.code, entries), Change(name, finding)
