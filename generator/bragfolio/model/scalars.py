"""Scalars: the kinds of text that a field may hold, each parsed from what the author wrote.

Each class has `parse(text)`, which raises `ScalarError` with a sentence for the author, and a JSON Schema. YAML is
read as text and never guesses: `no`, `1.10` and `2026-07` stay what they are until the field's type decides.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import Final, Self
from urllib.parse import urlsplit

JsonSchema = dict[str, object]


class ScalarError(Exception):
    """Text that a scalar does not accept: a problem code, what is wrong, and what to write."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(code, message, hint)
        self.code = code
        self.message = message
        self.hint = hint


_DATE_HINT: Final = "write YYYY-MM-DD, YYYY-MM or YYYY, for example 2026-07-20"
_DAY_FORMS: Final = (
    re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})", re.ASCII),
    re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII),
)
"""How else a day is written without a doubt which number is the month."""
_DATE_PATTERN: Final = r"^\d{4}(-\d{2}(-\d{2})?)?$"
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2199


def date_hint(text: str, otherwise: str = _DATE_HINT) -> str:
    """Return what to write for *text*, which is no date here: the same day as it is read, where there is no doubt which."""
    for form in _DAY_FORMS:
        found = form.fullmatch(text)
        if found and 1 <= int(found["month"]) <= 12 and 1 <= int(found["day"]) <= 31:
            return f"write {found['year']}-{found['month']:0>2}-{found['day']:0>2}"
    return otherwise


class PartialDate:
    """A date as precise as it was written: a year, a month or a day. Ordered by its last day, then precision."""

    __slots__ = ("_order", "day", "last_day", "month", "year")

    def __init__(self, year: int, month: int | None = None, day: int | None = None) -> None:
        self.year = year
        self.month = month
        self.day = day
        month = month or 12
        self.last_day = date(year, month, day or calendar.monthrange(year, month)[1])
        """The last day that this may mean: what ages count from (a month is its last day, a year 31 December)."""
        self._order = self.last_day, (self.month is not None) + (self.day is not None)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026`, `2026-07` or `2026-07-20`, of the years 1900 to 2199."""
        if not re.fullmatch(_DATE_PATTERN, text, re.ASCII):
            raise ScalarError("date", f"“{text}” is not a date", date_hint(text))
        parts = [int(part) for part in text.split("-")]
        if not _FIRST_YEAR <= parts[0] <= _LAST_YEAR:
            raise ScalarError("date", f"the year {text[:4]} is out of range", "use a year from 1900 to 2199")
        try:
            date(*[*parts, 1, 1][:3])
        except ValueError:
            raise ScalarError("date", f"there is no such day as {text}", "check the month and the day") from None
        return cls(*parts)

    @classmethod
    def json_schema(cls) -> JsonSchema:
        """Return what an editor may check."""
        return {"type": ["string", "integer"], "pattern": _DATE_PATTERN, "minimum": _FIRST_YEAR, "maximum": _LAST_YEAR}

    @classmethod
    def of(cls, day: date) -> Self:
        """Return *day* as a date of full precision."""
        return cls(day.year, day.month, day.day)

    @property
    def first_day(self) -> date:
        """The first day that this may mean."""
        return date(self.year, self.month or 1, self.day or 1)

    def __str__(self) -> str:
        """Return what was written."""
        parts = (f"{self.year:04}", self.month and f"{self.month:02}", self.day and f"{self.day:02}")
        return "-".join(part for part in parts if part)

    def __repr__(self) -> str:
        return f"PartialDate({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self._order == other._order

    def __lt__(self, other: PartialDate) -> bool:
        return self._order < other._order

    def __le__(self, other: PartialDate) -> bool:
        return self._order <= other._order

    def __gt__(self, other: PartialDate) -> bool:
        return self._order > other._order

    def __ge__(self, other: PartialDate) -> bool:
        return self._order >= other._order

    def __hash__(self) -> int:
        return hash(self._order)


class Moment:
    """A day, or an instant with its offset from UTC, as written."""

    __slots__ = ("text", "value")

    def __init__(self, text: str, value: date | datetime) -> None:
        self.text = text
        self.value = value

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-07-20` or `2026-07-20T09:30+02:00`; a time of day without an offset is in the site's time zone."""
        value: date | datetime
        try:
            value = datetime.fromisoformat(text) if "T" in text or " " in text else date.fromisoformat(text)
        except ValueError:
            hint = "write YYYY-MM-DD, or YYYY-MM-DDTHH:MM+02:00 with a time of day"
            raise ScalarError("date", f"“{text}” is not a date or a time", hint) from None
        if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
            raise ScalarError("date", f"the year {value.year} is out of range", "use a year from 1900 to 2199")
        return cls(text, value)

    @classmethod
    def json_schema(cls) -> JsonSchema:
        """Return what an editor may check."""
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}([T ].+)?$"}

    def whole_day(self, timezone: tzinfo) -> date:
        """Return the first day in *timezone* that lies wholly after this: what waits until an instant waits until then."""
        day = self.day(timezone)
        if not isinstance(self.value, datetime):
            return day
        local = self.value.astimezone(timezone) if self.value.tzinfo else self.value
        return day if local.time() == time() else day + timedelta(days=1)

    def day(self, timezone: tzinfo) -> date:
        """Return the day on which this falls in *timezone*, whatever the machine's own."""
        if not isinstance(self.value, datetime):
            return self.value
        return self.value.astimezone(timezone).date() if self.value.tzinfo else self.value.date()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Moment) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Moment({self.text})"


_SINCE: Final = re.compile(r"([1-9][0-9]{0,3})([dmy])")


class Since:
    """A day, as a date or as a span before today: `18m`, `2y`, `90d`."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a date, or a number of days, months or years."""
        span = _SINCE.fullmatch(text)
        if not span and not re.fullmatch(r"[0-9]{4}(-.*)?", text):
            raise ScalarError("value", f"“{text[:40]}” is not a span of time", "write 18m, 2y, 90d, or a date")
        if not span:
            PartialDate.parse(text)
        return cls(text)

    @classmethod
    def json_schema(cls) -> JsonSchema:
        """Return what an editor may check."""
        return {"type": ["string", "integer"], "pattern": r"^([1-9][0-9]{0,3}[dmy]|\d{4}(-\d{2}(-\d{2})?)?)$"}

    def day(self, as_of: date) -> date:
        """Return the first day that counts; a span of months ends on the same day of the month, or on its last."""
        span = _SINCE.fullmatch(self.text)
        if not span:
            return PartialDate.parse(self.text).first_day
        number, unit = int(span[1]), span[2]
        if unit == "d":
            return max(as_of, date(_FIRST_YEAR, 1, 1) + timedelta(days=number)) - timedelta(days=number)
        months = as_of.year * 12 + as_of.month - 1 - number * (12 if unit == "y" else 1)
        year, month = divmod(max(months, _FIRST_YEAR * 12), 12)
        return date(year, month + 1, min(as_of.day, calendar.monthrange(year, month + 1)[1]))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Since) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Since({self.text})"


_GROUP: Final = "[ _,’'\u00a0\u202f]"
_QUANTITY: Final = re.compile(
    rf"([+\-−]?)\s*+((?:\d{{1,3}}(?:{_GROUP}\d{{3}})++(?!\d)|\d++)(?:\.\d++)?|\.\d++)\s*+(\D{{0,12}})"
)
_MAX_DIGITS: Final = 15
"""What a reader takes in, and JSON's numbers hold exactly."""


class Quantity:
    """A number as written, with the unit that was written next to it, if any: `2.4`, `+12%`, `1 100 000`."""

    __slots__ = ("number", "text", "unit")

    def __init__(self, text: str, number: Decimal, unit: str) -> None:
        self.text = text
        self.number = number
        self.unit = unit

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a finite decimal number; a point marks decimals, and spaces or commas may group thousands by three."""
        match = _QUANTITY.fullmatch(text.strip())
        if not match:
            hint = "write digits with a decimal point, for example 2.4 or 1100000; the unit goes under unit:"
            raise ScalarError("value", f"“{text[:40]}” is not a number", hint)
        digits = re.sub(_GROUP, "", match[2])
        if len(digits.replace(".", "")) > _MAX_DIGITS:
            hint = "round it, or choose a larger unit"
            raise ScalarError("value", f"“{text[:40]}” has more than {_MAX_DIGITS} digits", hint)
        sign = "-" if match[1] in {"-", "−"} else ""
        return cls(text.strip(), Decimal(sign + digits), match[3].strip())

    @classmethod
    def json_schema(cls) -> JsonSchema:
        """Return what an editor may check."""
        return {"type": ["number", "string"]}

    @property
    def is_signed(self) -> bool:
        """Whether a sign was written: then the number is itself a change."""
        return self.text[0] in "+-−"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __repr__(self) -> str:
        return f"Quantity({self.text})"


SAFE_SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
_SCHEME: Final = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*(?=:)")
_URL_FORBIDDEN: Final = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}]")


def url_scheme(address: str) -> str:
    """Return the lower-case scheme of *address*, or `""` for a relative one."""
    match = _SCHEME.match(address)
    return match[0].lower() if match else ""


class Url(str):
    """An absolute address that is safe to publish: http, https, mailto or tel."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an address; anything but the four schemes is refused (javascript:, data:, file:, //host ...)."""
        if _URL_FORBIDDEN.search(text):
            hint = "write a space as %20, and other special characters percent-encoded too"
            raise ScalarError("value", 'an address cannot contain spaces or any of <>"\\^`{|}', hint)
        scheme = url_scheme(text)
        if scheme not in SAFE_SCHEMES:
            what = f"addresses that start with {scheme}: are not published" if scheme else f"“{text}” has no scheme"
            raise ScalarError("url-scheme", what, "write a full address that starts with https://, mailto: or tel:")
        if scheme in {"http", "https"} and not re.match(r"https?://[^/?#]+", text, re.IGNORECASE):
            raise ScalarError("value", f"“{text}” has no host", "write a full address such as https://example.org/page")
        try:
            urlsplit(text).port  # noqa: B018 - what the standard library cannot take apart, no browser can either
        except ValueError:
            hint = "write a full address such as https://example.org/page"
            raise ScalarError("value", f"“{text}” is not an address", hint) from None
        return cls(text)

    @classmethod
    def parse_site(cls, text: str) -> Self:
        """Read the address that a site will have: http or https, without a query or a fragment."""
        url = cls.parse(text)
        if not url.startswith(("http://", "https://")) or "?" in url or "#" in url:
            hint = "write for example https://name.github.io/repo/"
            raise ScalarError("value", "the site's address starts with https:// and has no ? or #", hint)
        return url

    @classmethod
    def json_schema(cls) -> JsonSchema:
        """Return what an editor may check."""
        return {"type": "string", "format": "uri"}


class FilePath(str):
    """A path to a file beside the entry, with forward slashes and never out of the portfolio."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a relative path."""
        bad = text.startswith(("/", "\\", "~")) or "\\" in text or url_scheme(text) or "\0" in text
        if bad or re.search(r"%2e|%2f|%5c", text, re.IGNORECASE):
            hint = "write a path beside the entry, for example chart.png; an address goes under url:"
            raise ScalarError("path-escape", f"“{text}” is not a path beside the entry", hint)
        return cls(text)

    @classmethod
    def json_schema(cls) -> JsonSchema:
        """Return what an editor may check."""
        return {"type": "string"}


class SlugText(str):
    """An address part chosen by the author: letters, digits, hyphens, at most 80."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a slug."""
        if "/" in text or "\\" in text or ".." in text or "%" in text:
            hint = "a slug is one word of letters, digits and hyphens, for example p99-cut"
            raise ScalarError("path-escape", f"the slug “{text}” leads to another folder", hint)
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text) or len(text) > MAX_SLUG:
            hint = f"use at most {MAX_SLUG} lower-case letters, digits and hyphens, for example p99-cut"
            raise ScalarError("value", f"“{text[:40]}” is not a slug", hint)
        if RESERVED_NAME.fullmatch(text):
            raise ScalarError("name-reserved", f"“{text}” is a name that Windows reserves", "choose another word")
        return cls(text)

    @classmethod
    def json_schema(cls) -> JsonSchema:
        """Return what an editor may check."""
        return {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": MAX_SLUG}


class SitePath(str):
    """A path from the site's root, as in `old/page.html`."""

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a path; a leading slash is dropped."""
        path = text.removeprefix("/")
        parts = path.split("/")
        if not re.fullmatch(r"[A-Za-z0-9._~/\-]+", path) or any(part in {"", ".", ".."} for part in parts[:-1]):
            hint = "write a path on this site, for example old/page.html"
            raise ScalarError("path-escape", f"“{text}” is not a path on this site", hint)
        if parts[-1] in {".", ".."} or parts[0].startswith("."):
            raise ScalarError("path-escape", f"“{text}” is not a path on this site", "write for example old/page.html")
        return cls(path)

    @classmethod
    def json_schema(cls) -> JsonSchema:
        """Return what an editor may check."""
        return {"type": "string"}


MAX_SLUG: Final = 80
RESERVED_NAME: Final = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])")
"""Device names of Windows, with any extension: learn.microsoft.com/windows/win32/fileio/naming-a-file"""
SCALARS: Final = (PartialDate, Moment, Since, Quantity, Url, FilePath, SlugText, SitePath)
"""All of them, for the reader and the schemas."""
