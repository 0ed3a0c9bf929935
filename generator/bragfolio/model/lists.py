"""Lists: education and credentials, kept as short lists in one file each."""

from typing import Annotated, Literal

from msgspec import field

from .common import Listed, about
from .role import End
from .scalars import PartialDate, Url

CredentialKind = Literal["certificate", "award", "publication", "patent", "membership"]


class Education(Listed, frozen=True, kw_only=True):
    """A degree, or a part of one."""

    institution: Annotated[str, about("Where it was.")]
    area: Annotated[str, about("What you learned there.")] = ""
    degree: Annotated[str, about("What you came out with.")] = ""
    start: Annotated[PartialDate | None, about("When it began.")] = None
    end: Annotated[End | None, about("When it ended.")] = None
    score: Annotated[str, about("As it stands on the paper.")] = ""
    url: Annotated[Url | None, about("Its address on the web.")] = None
    courses: Annotated[tuple[str, ...], about("Those worth naming.")] = ()


class Credential(Listed, frozen=True, kw_only=True):
    """A certificate, an award, a publication, a patent or a membership."""

    kind: Annotated[CredentialKind, about("What it is.")]
    title: Annotated[str, about("What it is called.")]
    issuer: Annotated[str, about("Who gave it.")] = ""
    date: Annotated[PartialDate | None, about("When you got it.")] = None
    expires: Annotated[PartialDate | None, about("Until when it is good.")] = None
    url: Annotated[Url | None, about("Where it can be checked.")] = None
    number: Annotated[str, about("The credential's own id.")] = field(name="id", default="")
