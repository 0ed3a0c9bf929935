"""Posting: a job advert as it was saved: text, a web page, or JSON; read into a posting and its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from msgspec import structs

from bragfolio.core.importers.html_text import read_page
from bragfolio.core.importers.job_posting import find_posting, posting_of
from bragfolio.core.importers.json_tree import Json, JsonTree, Number, parse_json
from bragfolio.core.read.postings import ReadPosting, read_posting
from bragfolio.model.posting import Posting, Salary
from bragfolio.model.scalars import Quantity
from bragfolio.problems import Problem, Span, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES: Final = 5_000_000
"""Of a file; a saved page has a tenth of it."""
MAX_ADVERT: Final = 100_000
"""Characters of an advert that are kept; a long one has ten thousand."""
_IS_PAGE: Final = re.compile(
    r"\s*<(?:!doctype|html|head|body|div|main|section|article|script|h1|p)\b|.*<html\b", re.IGNORECASE | re.DOTALL
)
_TEXT_KEYS: Final = ("jd", "description", "text", "advert", "body", "content", "job_description")
"""Where JSON may hold an advert as text."""
_NOT_TEXT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_WANTED: Final = re.compile(
    r"\b(?:looking for|seek(?:s|ing)?|hir(?:e|es|ing)|need|wants?)\s+(?:an?|our next|the next)\s+([^.,;:\n]{3,80}?)(?=\s+(?:to|who|for|that|with|in|at)\b|[.,;:]|$)"
)
_WHERE: Final = re.compile(
    r"(?P<title>.{3,80}?)\s+(?:[—–|]|@|-|at)\s+(?P<employer>[A-Z][^(|]{1,60}?)(?:\s*\((?P<where>[^)]*)\))?(?:\s*\|.*)?"
)
_SEEKER: Final = re.compile(
    r"(?:^|(?<=[.!?\n])\s*)(?P<employer>[A-Z][\w&'.-]*(?: (?:[A-Z&][\w&'.-]*|of|and|the|de|van|von)){0,5}) "
    r"(?:is (?:now )?(?:looking for|seeking|hiring|recruiting|searching for)|seeks|hires)\b"
)
_NOBODY: Final = frozenset(
    {"we", "our client", "it", "who", "they", "the team", "our team", "our company", "the company"}
)
"""Who looks for somebody without being named."""
_HEADING: Final = re.compile(r"^## (.{3,200})$", re.MULTILINE)
_MAX_TITLE: Final = 120
_PAY: Final = re.compile(
    r"(?P<before>€|£|\$|EUR|USD|GBP|CHF)\s?(?P<min>\d[\d.,]*\s?k?)\s*(?:-|–|—|to)\s*(?:€|£|\$|EUR|USD|GBP|CHF)?\s?(?P<max>\d[\d.,]*\s?k?)",
    re.IGNORECASE,
)
_CURRENCIES: Final = {"€": "EUR", "£": "GBP", "$": "USD"}
_LEAST_YEARLY: Final = 10_000
"""Less is not the pay of a year."""
_HINT: Final = "copy the text of the advert into a text file, and bring that in"


def read_saved_posting(file: str, data: bytes) -> tuple[ReadPosting | None, list[Problem]]:
    """Return the posting and the advert in *data*, None when there is none, and what is wrong with it.

    *file* is its path as messages give it; what it is is seen from its content. A file of Brag itself is read as one.
    """
    if len(data) > MAX_BYTES:
        message = f"the file has more than {MAX_BYTES // 1_000_000} MB"
        return None, [error("file-size", message, Span(file), _HINT)]
    if data.startswith(b"---\n"):
        return read_posting(file, data)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return _from_json(file, data)
    if b"\0" in data[:1000]:
        return None, [error("encoding", "the file is UTF-16 or not text at all", Span(file), "save it as UTF-8")]
    text = _decoded(data)
    if _IS_PAGE.match(text[:2000]):
        return _from_page(file, text)
    return _whole(file, Posting(title=""), text, [])


def _from_json(file: str, data: bytes) -> tuple[ReadPosting | None, list[Problem]]:
    tree, problems = parse_json(file, data)
    if tree is None:
        return None, problems
    job = find_posting(tree.value)
    if job is not None:
        found = posting_of(job)
        return _whole(file, found.posting, found.advert, problems)
    text = next(_texts(tree.value), "")
    if text:
        return _whole(file, Posting(title=""), read_page(text).text if _IS_PAGE.match(text[:2000]) else text, problems)
    hint = "an advert in JSON is a JobPosting of schema.org, a job of JSON Resume, or has its text under “description”"
    return None, [*problems, error("json-value", "there is no advert in this file", Span(file, 1, 1), hint)]


def _texts(value: Json) -> Iterator[str]:
    for key in _TEXT_KEYS if isinstance(value, dict) else ():
        text = value.get(key) if isinstance(value, dict) else None
        if isinstance(text, str) and not isinstance(text, Number) and text.strip():
            yield text


def _from_page(file: str, text: str) -> tuple[ReadPosting | None, list[Problem]]:
    page = read_page(text)
    problems: list[Problem] = []
    for block in page.structured:
        tree, wrong = parse_json(file, block.encode("utf-8", "replace"))
        problems += [_as_warning(file, problem) for problem in wrong]
        job = find_posting(tree.value) if isinstance(tree, JsonTree) and "JobPosting" in block else None
        if job is not None:
            found = posting_of(job)
            return _whole(file, found.posting, found.advert or page.text, problems)
    heading = _HEADING.search(page.text)
    return _whole(file, Posting(title=heading[1] if heading else page.title), page.text, problems)


def _as_warning(file: str, problem: Problem) -> Problem:
    message = f"structured data of this page cannot be read: {problem.message}"
    return warning(problem.code, message, Span(file), "look whether title, employer and dates are right")


def _whole(
    file: str, posting: Posting, advert: str, problems: list[Problem]
) -> tuple[ReadPosting | None, list[Problem]]:
    """Return *posting* with what can be told from the text where it has no keys for it."""
    text = _cleaned(advert)
    if not text and not posting.must:
        return None, [*problems, error("value", "there is no text in this file", Span(file), _HINT)]
    if len(text) > MAX_ADVERT:
        message = f"of the advert, the first {MAX_ADVERT:,} characters were taken"
        problems = [*problems, warning("file-size", message, Span(file), _HINT)]
        text = text[:MAX_ADVERT]
    changes: dict[str, object] = {}
    title = _cleaned(posting.title) or _first_line(text)
    head = _WHERE.fullmatch(title) if not posting.employer else None
    changes["title"] = (head["title"] if head else title)[:_MAX_TITLE].strip() or "Advert"
    changes["employer"] = head["employer"].strip() if head else _cleaned(posting.employer) or _seeker(text)
    where = (head["where"] or "").casefold() if head else ""
    if posting.remote is None and where:
        changes["remote"] = "hybrid" if "hybrid" in where else "full" if "remote" in where else None
    if posting.salary is None:
        changes["salary"] = _pay(text)
    return ReadPosting(structs.replace(posting, **changes), f"{text}\n"), problems


def _first_line(text: str) -> str:
    """Return what is advertised: the first line, or, where that is prose, what it looks for."""
    lines = text.split("\n")
    first = lines[0].strip(" #*_")
    is_prose = len(first) > _MAX_TITLE or (len(lines) > 1 and lines[1].strip() and len(first) > 60)
    wanted = _WANTED.search(" ".join(lines[:3])) if is_prose or first.endswith(".") else None
    return wanted[1] if wanted else first


def _seeker(text: str) -> str:
    """Return who is looking for somebody, where the text says so by name."""
    match = _SEEKER.search(text[:5000].replace("’", "'"))
    return match["employer"] if match and match["employer"].casefold() not in _NOBODY else ""


def _pay(text: str) -> Salary | None:
    """Return the pay of a year, where the text gives a range of it with a currency."""
    match = _PAY.search(text)
    if not match:
        return None
    least, most = (_amount(match[name]) for name in ("min", "max"))
    if least < 1000 and match["max"].casefold().endswith("k"):  # 85-105k
        least *= 1000
    if not _LEAST_YEARLY <= least <= most < 100_000_000:
        return None
    currency = _CURRENCIES.get(match["before"], match["before"].upper())
    return Salary(min=Quantity.parse(str(least)), max=Quantity.parse(str(most)), currency=currency, period="year")


def _amount(text: str) -> int:
    digits = re.sub(r"[.,](?=\d{3}(?!\d))", "", text.casefold().rstrip("k "))
    number = int(re.split(r"[.,]", digits)[0][:12] or 0)
    return number * 1000 if text.casefold().endswith("k") else number


def _decoded(data: bytes) -> str:
    """Return the text of *data*: UTF-8, else as Windows writes it."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _cleaned(text: str) -> str:
    """Return *text* without control and invisible characters, with line feeds and without spaces around it."""
    plain = _NOT_TEXT.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n"))
    return "\n".join(line.rstrip() for line in plain.split("\n")).strip()
