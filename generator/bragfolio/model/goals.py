"""Goals: what the people above you want to reach, and which bet of yours it serves; private/goals.yaml."""

from typing import Annotated, Literal

from .common import Authored, about
from .scalars import PartialDate

GoalLevel = Literal["team", "department", "company", "own"]


class Goal(Authored, frozen=True, kw_only=True):
    """Something that somebody is measured by. An achievement names the goals that it served."""

    id: Annotated[str, about("One word, as achievements name it.")]
    title: Annotated[str, about("What is to be reached.")]
    owner: Annotated[str, about("Id of the person whose goal it is; your own when absent.")] = ""
    level: Annotated[GoalLevel | None, about("Whose goal it is.")] = None
    start: Annotated[PartialDate | None, about("From when on.")] = None
    end: Annotated[PartialDate | None, about("Until when.")] = None
    bet: Annotated[str, about("Id of a bet in plan.yaml that it serves.")] = ""
