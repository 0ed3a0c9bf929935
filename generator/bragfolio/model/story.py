"""Story: an answer for an interview, as situation, task, action and result; and the questions that are asked."""

from typing import Annotated

from .achievement import Star
from .common import Authored, Common, about
from .scalars import PartialDate


class Use(Authored, frozen=True, kw_only=True):
    """One time that a story was told."""

    date: PartialDate | None = None
    posting: Annotated[str, about("Id of a posting.")] = ""
    round: str = ""


class Story(Common, frozen=True, kw_only=True):
    """An answer. The body is what you say; star: says it in parts."""

    title: str
    star: Star | None = None
    competencies: Annotated[tuple[str, ...], about("What it shows.")] = ()
    questions: Annotated[tuple[str, ...], about("Ids of questions for which it is the first choice.")] = ()
    achievements: Annotated[tuple[str, ...], about("Ids of the achievements that it tells.")] = ()
    used: tuple[Use, ...] = ()


class Question(Authored, frozen=True, kw_only=True):
    """Something that interviewers ask; private/questions.yaml."""

    id: str
    text: str
    competencies: Annotated[tuple[str, ...], about("What they want to see.")] = ()
