"""Lists: education and credentials, kept as short lists in one file each."""

from typing import Annotated, Literal

from msgspec import field

from .common import Listed, about
from .role import End
from .scalars import PartialDate, Url

CredentialKind = Literal["certificate", "award", "publication", "patent", "membership"]


class Education(Listed, frozen=True, kw_only=True):
    """A degree, or a part of one."""

    institution: str
    area: str = ""
    degree: str = ""
    start: PartialDate | None = None
    end: End | None = None
    score: str = ""
    url: Url | None = None
    courses: tuple[str, ...] = ()


class Credential(Listed, frozen=True, kw_only=True):
    """A certificate, an award, a publication, a patent or a membership."""

    kind: CredentialKind
    title: str
    issuer: str = ""
    date: PartialDate | None = None
    expires: PartialDate | None = None
    url: Url | None = None
    number: Annotated[str, about("The credential's own id.")] = field(name="id", default="")
