"""Audiences: who sees what whose, as a graph of grants."""

from __future__ import annotations

import re
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.core.project.redact import Redaction, redaction_for
from bragfolio.core.read.entries import located
from bragfolio.core.read.shape import Issue, did_you_mean

if TYPE_CHECKING:
    from bragfolio.model.entry import Source
    from bragfolio.model.site import SiteConfig
    from bragfolio.problems import Problem

SELF: Final = "self"
"""Sees everything."""
PRIVATE: Final = "private"
"""Not an audience: a visibility that nobody but `self` is granted."""
PUBLIC: Final = "public"
AUDIENCE_NAME: Final = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
"""It names a folder of builds, too."""
_DEFAULT: Final[dict[str, tuple[str, ...]]] = {
    PUBLIC: (),
    "market": (PUBLIC,),
    "company": (PUBLIC,),
    "leadership": ("company",),
}


class Audiences(Struct, frozen=True):
    """The audiences of a portfolio."""

    sees: dict[str, frozenset[str]]
    """For each audience, the visibilities that it is granted: its own and `public` among them. `self` is not listed."""
    redactions: dict[str, Redaction] = {}
    """By audience, the words that it reads others for; those that read all are not listed."""

    @property
    def names(self) -> list[str]:
        """What --audience takes."""
        return [*self.sees, SELF]

    @property
    def visibilities(self) -> list[str]:
        """What `visibility:` takes."""
        return [*self.sees, SELF, PRIVATE]

    def may_see(self, audience: str, visibility: tuple[str, ...]) -> bool:
        """Tell whether *audience* is granted any of *visibility*; nobody but `self` is granted none."""
        return audience == SELF or not self.sees[audience].isdisjoint(visibility)


def read_audiences(config: SiteConfig, source: Source) -> tuple[Audiences, list[Problem]]:
    """Return the graph of the defaults and of site.yaml; where it is wrong, the part that is right, and why."""
    grants = {**_DEFAULT, **{name: audience.includes for name, audience in config.audiences.items()}}
    issues: list[Issue] = []
    for name in config.audiences:
        if name in {SELF, PRIVATE}:
            message = f"“{name}” has a meaning of its own and cannot be defined"
            issues.append(Issue(("audiences", name), "value", message, "choose another name", at_key=True))
        elif not AUDIENCE_NAME.fullmatch(name):
            hint = "use lower-case letters, digits and hyphens, for example hiring-panel"
            issues.append(Issue(("audiences", name), "value", f"“{name[:40]}” is no name for it", hint, at_key=True))
        issues += [
            Issue(("audiences", name, "includes", index), "audience-unknown", f"there is no audience “{other}”",
                  did_you_mean(other, list(grants)))
            for index, other in enumerate(grants[name])
            if other not in grants
        ]  # fmt: skip
    if PUBLIC in config.audiences and grants[PUBLIC]:
        message = "everybody is public, so public cannot include a narrower audience"
        issues.append(Issue(("audiences", PUBLIC), "value", message, "delete includes:", at_key=True))
        grants[PUBLIC] = ()
    try:
        order = list(TopologicalSorter(grants).static_order())
    except CycleError as cycle:
        message = f"these audiences include each other in a circle: {' -> '.join(reversed(cycle.args[1]))}"
        issues.append(Issue(("audiences",), "audience-cycle", message, "delete one of the includes"))
        order, grants = list(_DEFAULT), dict(_DEFAULT)
    sees: dict[str, frozenset[str]] = {}
    for name in order:
        if name in grants and name not in {SELF, PRIVATE}:
            sees[name] = frozenset({name, PUBLIC}).union(*(sees.get(other, ()) for other in grants[name]))
    redactions = {name: redaction_for(config.redact, name, sees) for name in sees}
    audiences = Audiences(
        {name: sees[name] for name in grants if name in sees},
        {name: redaction for name, redaction in redactions.items() if redaction},
    )
    if config.default_visibility not in audiences.visibilities:
        message = f"there is no audience “{config.default_visibility}”"
        hint = did_you_mean(config.default_visibility, audiences.visibilities)
        issues.append(Issue(("default_visibility",), "audience-unknown", message, hint))
    return audiences, located(issues, source)
