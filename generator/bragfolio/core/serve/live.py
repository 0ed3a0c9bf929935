"""Live: what a page gets while it is served, and what it hears when the portfolio changes."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct, structs

from bragfolio.core.link.addresses import SEARCH_PARTS

if TYPE_CHECKING:
    from bragfolio.problems import Problem

RESERVED: Final = "/.brag/"
"""Below it are the script, its style and the events. No site has it: what starts with a dot is not published."""
EVENTS: Final = RESERVED + "events/"
VIEWS: Final = RESERVED + "as/"
"""Followed by the name of an audience: the site as that audience sees it."""
_SHEET_NAME: Final = re.compile(rb"assets/style-[0-9a-f]+\.css")
_END: Final = re.compile(rb"(?i)</body\s*>(?!.*</body)", re.DOTALL)
_MEDIA: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".ico", ".js", ".woff2", ".woff", ".ttf")
_MAX_SHOWN: Final = 20
"""Mistakes in the overlay; the terminal has all."""
_MAX_LINE: Final = 200
_MAX_CHANGED: Final = 100
"""Pages that are told one by one; where more have changed, each looks itself."""


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
    before: str = ""
    """The version that this one follows; empty where pages have to look themselves whether they are new."""
    changed: tuple[str, ...] = ()
    """The files that pages are, of those that are not as in the version before."""
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


def follow(state: State, before: Mapping[str, str], now: Mapping[str, str]) -> State:
    """Return *state*, of files with the digests *now*, as what follows a site with those *before*."""
    pages = sorted(
        path for path in before.keys() | now.keys() if path.endswith(".html") and before.get(path) != now.get(path)
    )
    if not before or len(pages) > _MAX_CHANGED or look_of(before) != look_of(now):
        return state
    return structs.replace(state, before=version_of(before), changed=tuple(pages))


def version_of(digests: Mapping[str, str]) -> str:
    """Return a name for a site with exactly these files, the same in each run."""
    return hashlib.sha256("\n".join(f"{path}\n{digests[path]}" for path in sorted(digests)).encode()).hexdigest()[:16]


def _fingerprint(digests: Mapping[str, str], endings: tuple[str, ...]) -> str:
    paths = (path for path in sorted(digests) if path.lower().endswith(endings) and not path.startswith(SEARCH_PARTS))
    chosen = [f"{path}\n{digests[path]}" for path in paths]
    return hashlib.sha256("\n".join(chosen).encode()).hexdigest()[:16]


def query_of(files: Mapping[str, bytes]) -> str:
    """Return the query by which pages ask for the script and its style: another one when their bytes are others."""
    return "v=" + hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()[:10]


def enliven(page: bytes, file: str, state: State, look: Look, script: str) -> bytes:
    """Return *page*, the HTML of *file*, with the *script* that keeps it fresh as the last thing in its body.

    The script's tag says what was served: `data-page` stays the same as long as a new style is all that is new.
    """
    text = hashlib.sha256(_SHEET_NAME.sub(b"", page) + look.media.encode()).hexdigest()[:16]
    values = {"audience": state.audience, "version": state.version, "file": file, "page": text, "style": look.style}
    marks = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in values.items())
    tag = f'<script src="{script}" defer {marks}></script>\n'.encode()
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
