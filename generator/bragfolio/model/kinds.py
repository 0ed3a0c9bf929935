"""Kinds: the table of everything that a portfolio holds."""

from typing import Final

from msgspec import Struct

from .achievement import Achievement
from .campaign import Campaign
from .common import Common, Listed
from .lists import Credential, Education
from .page import OwnPage
from .role import Role
from .skill import Skill


class Kind(Struct, frozen=True):
    """A kind of entry: one Markdown file, or one folder with an index.md, for each."""

    name: str
    """Singular, as in `brag new achievement` and `[[achievement/id]]`."""
    folder: str
    """Where its files live below site_content/ and private/; also where its pages live on the site."""
    model: type[Common]
    title_key: str
    """The key that holds what readers see as its name."""


class ListKind(Struct, frozen=True):
    """A kind of item that is kept as a list in one YAML file."""

    name: str
    file: str
    model: type[Listed]


KINDS: Final = (
    Kind("achievement", "achievements", Achievement, "title"),
    Kind("skill", "skills", Skill, "name"),
    Kind("role", "roles", Role, "employer"),
    Kind("page", "pages", OwnPage, "title"),
    Kind("campaign", "campaigns", Campaign, "title"),
)
LIST_KINDS: Final = (
    ListKind("education", "education.yaml", Education),
    ListKind("credential", "credentials.yaml", Credential),
)
KIND_BY_NAME: Final = {kind.name: kind for kind in KINDS}
KIND_BY_FOLDER: Final = {kind.folder: kind for kind in KINDS}

PLANNED_FOLDERS: Final = frozenset({"stories", "postings", "ladders", "one-pagers", "packets"})
PLANNED_FILES: Final = frozenset({
    "people.yaml", "goals.yaml", "plan.yaml", "promotion.yaml", "questions.yaml",
    "announcements.csv", "sent.csv", "opportunities.csv", "one-pagers.csv",
})  # fmt: skip
"""Parts of the portfolio format that this version leaves alone without complaint."""
