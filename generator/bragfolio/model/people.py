"""People: those whose opinion counts, and what they care about; private/people.yaml."""

from typing import Annotated, Literal

from msgspec import Meta

from .common import Authored, about
from .scalars import PartialDate

Relation = Literal["boss", "skip", "exec", "peer", "report", "client", "recruiter", "other"]
Advocate = Literal["sponsor", "supporter", "neutral", "sceptic"]


class OtherPerson(Authored, frozen=True, kw_only=True):
    """Somebody whose opinion counts: boss, skip (the boss's boss), exec, peer, client, recruiter."""

    id: Annotated[str, about("One word, as other files name this person.")]
    name: Annotated[str, about("As you call them.")]
    relation: Annotated[Relation, about("What they are to you; skip is your boss's boss.")] = "other"
    employer: Annotated[str, about("Id of the role where you meet.")] = ""
    audience: Annotated[str, about("The audience that this person belongs to.")] = ""
    cares_about: Annotated[tuple[str, ...], about("Ids of goals.")] = ()
    advocate: Annotated[Advocate | None, about("What this person does for you when you are not in the room.")] = None
    last_contact: Annotated[PartialDate | None, about("When you last talked.")] = None
    cadence_days: Annotated[int, Meta(ge=1, le=3650), about("How often you want to talk.")] | None = None
    note: Annotated[str, about("For yourself.")] = ""
