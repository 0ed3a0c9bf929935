"""Private files: the table of everything that is no entry and that no audience but `self` ever sees, nearly all in private/."""

from typing import Final

from msgspec import Struct

from .common import Authored
from .goals import Goal
from .ladder import Ladder
from .ledgers import Announcement, Making, Opportunity, Sending
from .people import OtherPerson
from .plan import CareerPlan
from .posting import Posting
from .promotion import Promotion
from .story import Question, Story
from .tree import PRIVATE


class PrivateFile(Struct, frozen=True):
    """One file of private/, or one folder with a file for each item."""

    path: str
    """From site_content/; a folder ends in a slash."""
    model: type[Authored]
    holds: str
    """`one` item, a `list` of them, `lines` of a table, or, for a folder, `markdown` or `yaml` files."""


STORIES: Final = "stories/"
"""Where stories lie that are not private by their place; no page shows them either."""
PRIVATE_FILES: Final = (
    PrivateFile(f"{PRIVATE}people.yaml", OtherPerson, "list"),
    PrivateFile(f"{PRIVATE}goals.yaml", Goal, "list"),
    PrivateFile(f"{PRIVATE}plan.yaml", CareerPlan, "one"),
    PrivateFile(f"{PRIVATE}promotion.yaml", Promotion, "one"),
    PrivateFile(f"{PRIVATE}questions.yaml", Question, "list"),
    PrivateFile(STORIES, Story, "markdown"),
    PrivateFile(f"{PRIVATE}stories/", Story, "markdown"),
    PrivateFile(f"{PRIVATE}postings/", Posting, "markdown"),
    PrivateFile(f"{PRIVATE}ladders/", Ladder, "yaml"),
    PrivateFile(f"{PRIVATE}announcements.csv", Announcement, "lines"),
    PrivateFile(f"{PRIVATE}sent.csv", Sending, "lines"),
    PrivateFile(f"{PRIVATE}one-pagers.csv", Making, "lines"),
    PrivateFile(f"{PRIVATE}opportunities.csv", Opportunity, "lines"),
)
LEDGERS: Final = frozenset(file.path for file in PRIVATE_FILES if file.holds == "lines")
