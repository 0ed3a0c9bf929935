"""Live: what a page gets while it is served, and what it hears when the portfolio changes."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from bragfolio.problems import Problem

RESERVED: Final = "/.brag/"
"""Below it are the script, its style and the events. No site has it: what starts with a dot is not published."""
SCRIPT: Final = RESERVED + "live.js"
EVENTS: Final = RESERVED + "events/"
VIEWS: Final = RESERVED + "as/"
"""Followed by the name of an audience: the site as that audience sees it."""
_SHEET_NAME: Final = re.compile(rb"assets/style-[0-9a-f]+\.css")
_END: Final = re.compile(rb"(?i)</body\s*>(?!.*</body)", re.DOTALL)
_MEDIA: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".js", ".woff2", ".woff", ".ttf")
_MAX_SHOWN: Final = 20
"""Mistakes in the overlay; the terminal has all."""
_MAX_LINE: Final = 200


class Look(Struct, frozen=True):
    """What pages look like besides their own text."""

    style: str = ""
    """Changes when a style sheet does."""
    media: str = ""
    """Changes when a picture, a font or a script does."""


class Fault(Struct, frozen=True):
    """A mistake, as the overlay shows it."""

    place: str
    severity: str
    code: str
    message: str
    hint: str
    line: str
    """The line of the file that it is in; empty where there is none to show."""


class View(Struct, frozen=True):
    """The site as one audience sees it, and where."""

    audience: str
    mount: str


class State(Struct, frozen=True):
    """What pages are told when they are opened, and after each build."""

    version: str
    """Stands for the bytes of the whole site; the same for the same site, whoever serves it."""
    audience: str
    views: tuple[View, ...] = ()
    """What the switch offers; empty where there is none."""
    is_broken: bool = False
    """Whether the site that is shown is older than the files."""
    faults: tuple[Fault, ...] = ()
    more: int = 0
    """Mistakes that are not listed."""


def look_of(digests: Mapping[str, str]) -> Look:
    """Return the look of a site whose files have these *digests*."""
    return Look(_fingerprint(digests, (".css",)), _fingerprint(digests, _MEDIA))


def _fingerprint(digests: Mapping[str, str], endings: tuple[str, ...]) -> str:
    chosen = [f"{path}\n{digests[path]}" for path in sorted(digests) if path.lower().endswith(endings)]
    return hashlib.sha256("\n".join(chosen).encode()).hexdigest()[:16]


def enliven(page: bytes, audience: str, version: str, look: Look) -> bytes:
    """Return *page*, an HTML file, with the script that keeps it fresh as the last thing in its body.

    The script's tag says what was served: `data-page` stays the same as long as a new style is all that is new.
    """
    text = hashlib.sha256(_SHEET_NAME.sub(b"", page) + look.media.encode()).hexdigest()[:16]
    values = {"audience": audience, "version": version, "page": text, "style": look.style}
    marks = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in values.items())
    tag = f'<script src="{SCRIPT}" defer {marks}></script>\n'.encode()
    end = _END.search(page)
    place = end.start() if end else len(page)
    return page[:place] + tag + page[place:]


def rebase(page: bytes, base: str, mount: str) -> bytes:
    """Return a 404 page, whose links start at the server's root, with those to *base* leading to *mount*."""
    return page.replace(f'="{html.escape(base)}'.encode(), f'="{html.escape(mount)}'.encode())


def describe_fault(problem: Problem, lines: list[str]) -> Fault:
    """Return *problem* as the overlay shows it; *lines* are those of its file."""
    number = problem.span.line
    line = lines[number - 1].rstrip()[:_MAX_LINE] if 0 < number <= len(lines) else ""
    return Fault(str(problem.span), problem.severity.value, problem.code, problem.message, problem.hint, line)


def most_urgent(problems: list[Problem]) -> tuple[list[Problem], int]:
    """Return the problems that the overlay has room for, and how many more there are: errors, else warnings that count as such."""
    errors = [problem for problem in problems if problem.is_error] or problems
    return errors[:_MAX_SHOWN], len(errors[_MAX_SHOWN:])


def event(state: State) -> bytes:
    """Return *state* as one event of a stream (HTML standard, server-sent events)."""
    return b"data: " + msgspec.json.encode(state) + b"\n\n"
