"""Achievement: one dated thing that somebody did."""

import datetime as dt
from typing import Annotated, Literal

from msgspec import field

from .common import Authored, Common, about
from .scalars import FilePath, PartialDate, Quantity, Url

AchievementType = Literal[
    "shipped", "fixed", "led", "improved", "launched", "saved", "designed", "documented", "mentored", "learned",
    "spoke", "published", "awarded", "cared", "taught", "sold", "other",
]  # fmt: skip
Scope = Literal["self", "team", "department", "company", "industry"]
Better = Literal["lower", "higher"]


class Metric(Authored, frozen=True, kw_only=True):
    """A number: before and after, or a single value."""

    name: Annotated[str, about("What was measured.")]
    before: Annotated[Quantity | None, about("The number at the start.")] = None
    after: Annotated[Quantity | None, about("The number now.")] = None
    value: Annotated[Quantity | None, about("When there is no before and after.")] = None
    unit: Annotated[str, about("For example s, min, %, EUR/year.")] = ""
    better: Annotated[Better | None, about("Which way is good.")] = None
    source: Annotated[str, about("Who or what counted.")] = ""
    date: Annotated[PartialDate | None, about("When it was measured.")] = None
    approximate: Annotated[bool, about("Prints “about” before it.")] = False
    visibility: Annotated[tuple[str, ...], about("Narrower than the achievement's.")] = ()


class Star(Authored, frozen=True, kw_only=True):
    """The story as interviews ask for it."""

    situation: Annotated[str, about("What it was like.")] = ""
    task: Annotated[str, about("What had to be done.")] = ""
    action: Annotated[str, about("What you did.")] = ""
    result: Annotated[str, about("What came of it.")] = ""
    reflection: Annotated[str, about("What you would do again, and what not.")] = ""


class Evidence(Authored, frozen=True, kw_only=True):
    """Something that proves it: exactly one of url and file."""

    label: Annotated[str, about("What it is, in a few words.")] = ""
    url: Annotated[Url | None, about("Where it is on the web.")] = None
    file: Annotated[FilePath | None, about("A file beside the entry.")] = None
    kind: Annotated[str, about("For example document, image, dashboard, talk.")] = ""
    date: Annotated[PartialDate | None, about("When it was made.")] = None
    image_alt: Annotated[str, about("What an image shows.")] = ""
    visibility: Annotated[tuple[str, ...], about("Narrower than the achievement's.")] = ()


class Feedback(Authored, frozen=True, kw_only=True):
    """What somebody said about it. Shown to nobody else without their consent."""

    person: Annotated[str, about("Id of the person in private/people.yaml.")] = field(name="from", default="")
    byline: Annotated[str, about("What is printed as the author; without it nobody is named.")] = ""
    quote: Annotated[str, about("The words.")] = ""
    date: Annotated[PartialDate | None, about("When they were said.")] = None
    consent: Annotated[str, about("none, or the audience that may read it.")] = "none"


class Achievement(Common, frozen=True, kw_only=True):
    """One dated thing that you did. A title and a date are enough."""

    title: Annotated[str, about("What you did, in one line, the result first.")]
    date: Annotated[PartialDate | None, about("When it was delivered.")] = None
    start: Annotated[PartialDate | None, about("When the work began.")] = None
    ongoing: Annotated[bool, about("Not delivered yet.")] = False
    type: Annotated[AchievementType | None, about("What kind of thing it was.")] = None
    role: Annotated[str, about("Id of the role in which it happened.")] = ""
    position: Annotated[str, about("Id of the position; by date when absent.")] = ""
    project: Annotated[str, about("What it belongs to; work of one project is related.")] = ""
    skills: Annotated[tuple[str, ...], about("Skills that it proves, by name.")] = ()
    scope: Annotated[Scope | None, about("How far it reached; sets the stars.")] = None
    stars: Annotated[Literal[1, 2, 3, 4, 5] | None, about("Weight; the scope decides when absent.")] = None
    short: Annotated[str, about("At most 90 characters, for one-pagers.")] = ""
    impact: Annotated[str, about("What changed for others, in a sentence.")] = ""
    my_part: Annotated[str, about("What you did of it.")] = ""
    metrics: tuple[Metric, ...] = ()
    star: Star | None = None
    competencies: Annotated[tuple[str, ...], about("What interviewers would see in it.")] = ()
    goals: Annotated[tuple[str, ...], about("Ids in private/goals.yaml.")] = ()
    ladder: Annotated[tuple[str, ...], about("Criteria that it proves: ladder/level/criterion.")] = ()
    evidence: tuple[Evidence, ...] = ()
    feedback: tuple[Feedback, ...] = ()
    featured: Annotated[bool, about("On the home page.")] = False
    pin: Annotated[bool, about("Never dropped from a one-pager that selects it.")] = False
    effort_days: Annotated[float | None, about("In an overlay: working days that it took.")] = None
    collaborators: Annotated[tuple[str, ...], about("In an overlay: ids of people.")] = ()

    def is_planned(self, as_of: dt.date) -> bool:
        """Whether it is dated wholly after *as_of*; a month or a year that has begun is not."""
        return not self.ongoing and self.date is not None and self.date.first_day > as_of

    def is_done(self, as_of: dt.date) -> bool:
        """Whether it is neither under way nor planned."""
        return not self.ongoing and not self.is_planned(as_of)
