"""Job posting: schema.org's JobPosting, and JSON Resume's job schema, as a posting and the text of its advert."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from bragfolio.core.importers.html_text import read_page
from bragfolio.core.importers.json_tree import Json
from bragfolio.core.read.postings import ReadPosting
from bragfolio.model.posting import Posting, Salary
from bragfolio.model.scalars import PartialDate, Quantity, ScalarError, Url

if TYPE_CHECKING:
    from collections.abc import Iterator

Object = dict[str, Json]
Scalar = TypeVar("Scalar", PartialDate, Quantity, Url)
_MAX_SKILL: Final = 40
"""Characters of what may be the name of a skill."""
_MAX_TEXT: Final = 200
"""Of a title, an employer or a place."""
_SEPARATOR: Final = re.compile(r"[,;\n•|]")
_ESCAPED: Final = re.compile(r"</?(?:p|ul|li|br|div|h[1-6]|strong)\b[^>]*>")
_PERIODS: Final = {
    "hour": "hour",
    "day": "day",
    "week": "week",
    "month": "month",
    "year": "year",
    "annum": "year",
    "annual": "year",
}
_SECTIONS: Final = (
    ("Responsibilities", ("responsibilities",)),
    ("Requirements", ("qualifications", "experienceRequirements", "educationRequirements")),
    ("Benefits", ("jobBenefits", "incentiveCompensation")),
)
"""Headings, with the keys whose texts stand below them."""


def find_posting(value: Json) -> Object | None:
    """Return the first object in *value* that is a JobPosting, at whatever depth, or a job of JSON Resume; else None."""
    if isinstance(value, dict) and "@type" not in value and "title" in value and _JOB_KEYS & value.keys():
        return value
    return next((found for found in _objects(value) if "JobPosting" in _types(found)), None)


_JOB_KEYS: Final = frozenset({"company", "qualifications", "responsibilities", "hiringOrganization", "skills"})


def posting_of(job: Object) -> ReadPosting:
    """Return the posting that *job*, as `find_posting` found it, describes. What has the wrong shape is left out."""
    posting = Posting(
        title=_line(job, "title", "name"),
        employer=_line(job, "hiringOrganization", "company"),
        url=_scalar(Url, _line(job, "url") or _line(_object(job.get("meta")), "canonical")),
        posted=_scalar(PartialDate, _line(job, "datePosted", "date")[:10]),
        closes=_scalar(PartialDate, _line(job, "validThrough")[:10]),
        location=", ".join(dict.fromkeys(_places(job.get("jobLocation") or job.get("location"))))[:_MAX_TEXT],
        remote=_remote(job),
        salary=_salary(job.get("baseSalary") or job.get("salary")),
        vertical=_line(job, "industry"),
        level=_line(job, "experience"),
        must=tuple(dict.fromkeys(_skills(job.get("skills")))),
    )
    return ReadPosting(posting, _advert(job))


def _objects(value: Json) -> Iterator[Object]:
    waiting = deque([value])
    while waiting:
        part = waiting.popleft()
        if isinstance(part, dict):
            yield part
        waiting += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()


def _types(value: Object) -> list[str]:
    types = value.get("@type")
    return [str(name).rpartition("/")[2] for name in (types if isinstance(types, list) else [types])]


def _advert(job: Object) -> str:
    """Return the text: the description, then each list below its heading."""
    parts = [_shown(_text(job.get("description")))]
    for heading, keys in _SECTIONS:
        items = [item for key in keys for item in _items(job.get(key))]
        if items:
            parts.append(f"## {heading}\n\n" + "\n".join(f"- {item}" for item in items))
    named = list(_skill_lines(job.get("skills")))
    if named:
        parts.append("## Skills\n\n" + "\n".join(f"- {line}" for line in named))
    return "\n\n".join(part for part in parts if part)


def _shown(markup: str) -> str:
    """Return what *markup* says; many pages escape it a second time."""
    text = read_page(markup).text
    return read_page(text).text if _ESCAPED.search(text) else text


def _items(value: Json) -> list[str]:
    """Return the texts of a list, or the lines of a text, without markup and bullets."""
    texts = [_text(part) for part in value] if isinstance(value, list) else _shown(_text(value)).split("\n")
    lines = (" ".join(read_page(text).text.split()).lstrip("-*•# ") for text in texts)
    return [line for line in lines if line]


def _skills(value: Json) -> Iterator[str]:
    """Yield the names of skills in a list, in an enumeration, or in JSON Resume's objects with keywords."""
    for part in value if isinstance(value, list) else [value]:
        names = _SEPARATOR.split(_text(part))
        keywords = part.get("keywords") if isinstance(part, dict) else None
        names += [_text(keyword) for keyword in keywords] if isinstance(keywords, list) else []
        yield from (name for name in (" ".join(name.split()) for name in names) if 0 < len(name) <= _MAX_SKILL)


def _skill_lines(value: Json) -> Iterator[str]:
    for part in value if isinstance(value, list) else [value]:
        keywords = part.get("keywords") if isinstance(part, dict) else None
        rest = ", ".join(_text(keyword) for keyword in keywords) if isinstance(keywords, list) else ""
        line = " ".join(f"{_text(part)}: {rest}".split()) if rest else " ".join(_text(part).split())
        if line:
            yield line


def _text(value: Json) -> str:
    """Return what *value* says: a text, a number, or what an object is called."""
    if isinstance(value, dict):
        return next((text for key in ("name", "description", "value") if (text := _plain(value.get(key)))), "")
    return _plain(value)


def _plain(value: Json) -> str:
    return value if isinstance(value, str) else ""


def _line(job: Object, *keys: str) -> str:
    """Return the first of *keys* that says anything, on one line, without markup."""
    for key in keys:
        value = job.get(key)
        text = _text(value[0] if isinstance(value, list) and value else value)
        if text:
            return " ".join(read_page(text).text.split()).removeprefix("## ")[:_MAX_TEXT]
    return ""


def _object(value: Json) -> Object:
    return value if isinstance(value, dict) else {}


def _places(value: Json) -> Iterator[str]:
    for place in value if isinstance(value, list) else [value]:
        address = _object(place).get("address")
        within = address if isinstance(address, dict) else _object(place)
        names = [_line(within, *keys) for keys in (("addressLocality", "city"), ("addressCountry", "countryCode"))]
        text = ", ".join(name for name in names if name) or " ".join(
            _text(place if isinstance(place, str) else address).split()
        )
        if text:
            yield text


def _remote(job: Object) -> Literal["full", "hybrid", "none"] | None:
    word = f"{_line(job, 'remote')} {_line(job, 'jobLocationType')}".casefold()
    if "hybrid" in word:
        return "hybrid"
    if "telecommute" in word or "full" in word or "remote" in word:
        return "full"
    return "none" if "none" in word else None


def _salary(value: Json) -> Salary | None:
    whole: Object = value if isinstance(value, dict) else {"value": value}
    inner = whole.get("value")
    amounts = inner if isinstance(inner, dict) else whole
    least = _scalar(Quantity, _plain(amounts.get("minValue") or amounts.get("value")))
    most = _scalar(Quantity, _plain(amounts.get("maxValue") or amounts.get("value")))
    if least is None and most is None:
        return None
    unit = (_line(amounts, "unitText") or _line(whole, "unitText")).casefold()
    period = next((name for word, name in _PERIODS.items() if word in unit), "")
    return Salary(
        min=least,
        max=most,
        currency=(_line(whole, "currency") or _line(amounts, "currency")).upper()[:3],
        period=period,
    )


def _scalar(kind: type[Scalar], text: str) -> Scalar | None:
    try:
        return kind.parse(text.strip()) if text.strip() else None
    except ScalarError:
        return None
