"""Story: an answer for an interview, as situation, task, action and result; and the questions that are asked."""

from typing import Annotated

from .achievement import Star
from .common import Authored, Common, about
from .scalars import PartialDate


class Use(Authored, frozen=True, kw_only=True):
    """One time that a story was told."""

    date: Annotated[PartialDate | None, about("When it was told.")] = None
    posting: Annotated[str, about("Id of a posting.")] = ""
    round: Annotated[str, about("In which talk.")] = ""


class Story(Common, frozen=True, kw_only=True):
    """An answer. The body is what you say; star: says it in parts."""

    title: Annotated[str, about("What you call it.")]
    star: Star | None = None
    competencies: Annotated[tuple[str, ...], about("What it shows.")] = ()
    questions: Annotated[tuple[str, ...], about("Ids of questions for which it is the first choice.")] = ()
    achievements: Annotated[tuple[str, ...], about("Ids of the achievements that it tells.")] = ()
    used: tuple[Use, ...] = ()


class Question(Authored, frozen=True, kw_only=True):
    """Something that interviewers ask; private/questions.yaml."""

    id: Annotated[str, about("One word, as stories name it.")]
    text: Annotated[str, about("As it is asked.")]
    competencies: Annotated[tuple[str, ...], about("What they want to see.")] = ()
