"""Visibility: every audience that an item or a field names, checked; a misspelt one is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bragfolio.core.project.audiences import PRIVATE, PUBLIC, SELF, Audiences
from bragfolio.core.read.entries import located
from bragfolio.core.read.shape import Issue, did_you_mean
from bragfolio.model.achievement import Achievement
from bragfolio.model.campaign import Campaign

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bragfolio.core.read.yaml_tree import Path
    from bragfolio.model.common import Common
    from bragfolio.model.entry import Portfolio
    from bragfolio.model.site import Person
    from bragfolio.problems import Problem


def check_visibility(portfolio: Portfolio, audiences: Audiences) -> list[Problem]:
    """Return every audience that does not exist, and everything in private/ that says it is public."""
    problems: list[Problem] = []
    for entry in portfolio.entries:
        authored = entry.version.authored
        named = [_audiences_of(authored), *_fields(authored)]
        problems += located(_wrong(named, audiences, is_private=entry.is_private), entry.source)
        if entry.overlay:
            named = [(("visibility",), entry.overlay.visibility)]
            named += [pair for pair in _fields(entry.overlay.version.authored) if pair not in _fields(authored)]
            problems += located(_wrong(named, audiences, is_private=True), entry.overlay.source)
    for item in portfolio.lists:
        named = [((item.index, "visibility"), item.authored.visibility)]
        problems += located(_wrong(named, audiences, is_private=item.is_private), item.source)
    named = _contacts(portfolio.config.person)
    named += [(("redact", index, "for"), rule.audiences) for index, rule in enumerate(portfolio.config.redact)]
    problems += located(_wrong(named, audiences, is_private=False), portfolio.config_source)
    if portfolio.overlay and portfolio.overlay_source:
        named = [(("visibility",), portfolio.overlay.visibility), *_contacts(portfolio.overlay.person)]
        problems += located(_wrong(named, audiences, is_private=True), portfolio.overlay_source)
    return problems


def _wrong(named: list[tuple[Path, tuple[str, ...]]], audiences: Audiences, *, is_private: bool) -> list[Issue]:
    issues = []
    for path, names in named:
        for index, name in enumerate(names):
            if name not in audiences.visibilities:
                hint = did_you_mean(name, audiences.visibilities)
                issues.append(Issue((*path, index), "audience-unknown", f"there is no audience “{name}”", hint))
        if is_private and PUBLIC in names:
            hint = "move the file out of private/ (brag publish does), or name a narrower audience"
            issues.append(Issue(path, "private-public", "a file in private/ is never public", hint))
        if len(names) > 1 and (PRIVATE in names or SELF in names):
            hint = "write private alone, or the audiences alone"
            issues.append(Issue(path, "value-rule", "private stands alone: it means nobody else", hint))
    return issues


def _audiences_of(authored: Common) -> tuple[Path, tuple[str, ...]]:
    return (("audience",) if isinstance(authored, Campaign) else ("visibility",)), authored.seen_by


def _fields(authored: Common) -> list[tuple[Path, tuple[str, ...]]]:
    return list(_achievement_fields(authored)) if isinstance(authored, Achievement) else []


def _achievement_fields(authored: Achievement) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for index, metric in enumerate(authored.metrics):
        yield ("metrics", index, "visibility"), metric.visibility
    for index, evidence in enumerate(authored.evidence):
        yield ("evidence", index, "visibility"), evidence.visibility
    for index, feedback in enumerate(authored.feedback):
        consent = () if feedback.consent == "none" else (feedback.consent,)
        yield ("feedback", index, "consent"), consent


def _contacts(person: Person) -> list[tuple[Path, tuple[str, ...]]]:
    contacts = (("email", person.email), ("phone", person.phone), ("street", person.street))
    return [(("person", name, "visibility"), contact.visibility) for name, contact in contacts if contact]
