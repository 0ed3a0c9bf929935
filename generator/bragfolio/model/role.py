"""Role: one employer, with one or more positions."""

from typing import Annotated, Literal

from msgspec import structs

from .common import Authored, Common, about
from .scalars import PartialDate, Quantity, Url

RoleKind = Literal["job", "contract", "volunteer", "project", "own"]


class End(PartialDate):
    """A date, or `present`."""

    __slots__ = ("is_present",)
    is_present: bool

    @classmethod
    def parse(cls, text: str) -> "End":
        """Read a date, or `present`, `now` or `today` for a position that goes on."""
        if text.lower() in {"present", "now", "today"}:
            end = cls(9999, 12, 31)
            end.is_present = True
            return end
        end = super().parse(text)
        end.is_present = False
        return end

    @classmethod
    def json_schema(cls) -> dict[str, object]:
        """Return what an editor may check."""
        return {"type": "string", "pattern": r"^(\d{4}(-\d{2}(-\d{2})?)?|present)$"}


class Position(Authored, frozen=True, kw_only=True):
    """A step within a role."""

    id: Annotated[str, about("One word, as achievements name it.")] = ""
    title: Annotated[str, about("What you were there.")]
    level: Annotated[str, about("ladder/level.")] = ""
    start: Annotated[PartialDate | None, about("When it began.")] = None
    end: Annotated[End | None, about("present, or a date.")] = None
    change: Annotated[str, about("promotion, lateral, ...")] = ""


def in_time(positions: tuple[Position, ...]) -> tuple[Position, ...]:
    """Return *positions* newest first, whatever order they are written in, each with a start also with an end.

    A position without `end:` lasts until the next one starts, the newest until now.
    """
    ordered = sorted(positions, key=_started, reverse=True)
    result: list[Position] = []
    following: PartialDate | None = None
    for position in ordered:
        if position.end is None and position.start:
            end = End(following.year, following.month, following.day) if following else End(9999, 12, 31)
            end.is_present = following is None
            position = structs.replace(position, end=end)  # noqa: PLW2901 - the same position, made whole
        following = position.start or following
        result.append(position)
    return tuple(result)


def _started(position: Position) -> tuple[int, int]:
    start, end = position.start, position.end
    return (start.first_day.toordinal() if start else 0, end.last_day.toordinal() if end else 0)


class Pay(Authored, frozen=True, kw_only=True):
    """What a role pays; overlay only."""

    amount: Annotated[Quantity | None, about("How much.")] = None
    currency: Annotated[str, about("Three letters: EUR.")] = ""
    period: Annotated[str, about("For example year or month.")] = ""
    since: Annotated[PartialDate | None, about("From when on.")] = None


class Role(Common, frozen=True, kw_only=True):
    """One employer, client or project of your life, with your positions there."""

    employer: Annotated[str, about("As readers may know it.")]
    url: Annotated[Url | None, about("Its address on the web.")] = None
    location: Annotated[str, about("City, country.")] = ""
    vertical: Annotated[str, about("The line of business: health, retail.")] = ""
    kind: Annotated[RoleKind, about("What it was.")] = "job"
    positions: tuple[Position, ...] = ()
    manager: Annotated[str, about("In an overlay: id of a person.")] = ""
    skip: Annotated[str, about("In an overlay: id of your boss's boss.")] = ""
    pay: Annotated[Pay | None, about("In an overlay.")] = None
