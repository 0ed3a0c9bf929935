"""Documents: PDFs of as many pages as they need, set from a theme's own Typst and a documented context."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct, structs

from bragfolio.app.environment import environment_problem
from bragfolio.app.one_pagers import PAPERS, Press, open_press, settable, timestamp_of
from bragfolio.app.paper import missing_letters
from bragfolio.app.themes import load_theme
from bragfolio.core.read.config import SITE_FILE, read_config
from bragfolio.edge.files import write_files_atomically
from bragfolio.edge.typesetter import TypesettingError
from bragfolio.model.tree import CONTENT, SourceFile, SourceTree
from bragfolio.problems import Problem, Span, error, has_errors, printable

if TYPE_CHECKING:
    from bragfolio.core.render.contexts import CardsDocument, PacketDocument
    from bragfolio.core.render.theme import Theme
    from bragfolio.model.site import SiteConfig

_OF_MACHINE: Final = frozenset({"engine", "disk", "permission"})
"""Codes of problems."""
_FILE: Final = "document.typ"
"""What the source of a document is called while it is set."""


class Document(Struct, frozen=True):
    """What to set."""

    name: str
    """`documents/<name>.typ` of the theme sets it."""
    context: CardsDocument | PacketDocument
    config: SiteConfig
    """As its readers see it."""
    sources: tuple[str, ...]
    """The files that it is made from, from site_content/."""
    newest: dt.date | None
    """The newest day in what it shows: when the PDF says it was made."""


def set_document(root: Path, document: Document, command: str) -> tuple[bytes | None, list[Problem]]:
    """Return *document* as a PDF, or None and why there is none; *command* is where a missing engine is reported."""
    data = (root / CONTENT / SITE_FILE).read_bytes()
    _, source, _ = read_config(SourceTree({SITE_FILE: SourceFile(SITE_FILE, len(data), data)}))
    theme, problems = load_theme(root, document.config, source)
    if theme is None or has_errors(problems):
        return None, problems
    press = open_press(root, theme)
    if press is None:
        hint = "end the name of --out in .md: Markdown needs no engine"
        return None, [error("engine", "there is no Typst for this platform, so no PDFs", Span(command), hint)]
    try:
        return set_with(press, document), []
    except TypesettingError as failure:
        text = msgspec.json.encode(document.context, enc_hook=str).decode()
        hint = "write it in other letters, or end the name of --out in .md"
        missing = missing_letters(press, text, document.sources, root, hint)
        return None, missing or [_theme_problem(failure, theme, document.name)]


def set_with(press: Press, document: Document) -> bytes:
    """Return *document* as a PDF. Raises TypesettingError."""
    paper, config = press.theme.paper, document.config
    if f"{document.name}.typ" not in paper.documents:
        raise TypesettingError(f"the theme has no documents/{document.name}.typ", "")
    job = {
        "paper": PAPERS[config.one_pager.page],
        "meta": {
            "title": document.context.title,
            "author": config.person.name or config.title,
            "description": "",
            "lang": config.language,
        },
        "colors": dict(paper.colors),
        "fonts": structs.asdict(paper.fonts),
    }
    files = {
        **paper.sources,
        **paper.documents,
        _FILE: paper.documents[f"{document.name}.typ"],
        "sheet.json": settable(msgspec.json.encode(document.context, enc_hook=str)),
        "job.json": settable(msgspec.json.encode(job)),
    }
    return press.setter.pdf(files, timestamp_of(document.newest))


def write_document(out: Path, data: bytes) -> list[Problem]:
    """Write *data* to *out*, making its folder; return why it could not be."""
    try:
        write_files_atomically(out.parent, {out.name: data})
    except OSError as refused:
        return [environment_problem(refused, out)._replace(span=Span(str(out)))]
    return []


def is_of_machine(problems: Iterable[Problem]) -> bool:
    """Tell whether the machine was in the way, and no mistake of the author."""
    return any(problem.code in _OF_MACHINE for problem in problems)


def refuse_other_text(out: Path, start: str) -> list[Problem]:
    """Return why *out* cannot be written over with a text, if it cannot: it is there, and does not begin with *start*."""
    span = Span(str(out))
    if out.is_dir():
        return [error("output-folder", "this is a folder", span, "name a file in it")]
    if out.is_file():
        with out.open("rb") as file:
            if file.read(len(start.encode())) != start.encode():
                message = "there is another file of that name, which Brag did not make"
                return [error("output-folder", message, span, "choose another name")]
    return []


def _theme_problem(failure: TypesettingError, theme: Theme, name: str) -> Problem:
    file, _, place = failure.place.partition(":")
    line, _, column = place.partition(":")
    file = f"{name}.typ" if file in {"", _FILE} else file
    origins = theme.paper.origins
    label = origins.get(f"documents/{file}") or origins.get(file) or file
    span = Span(label, *((int(line), int(column)) if line and column else ()))
    message = f"the document cannot be set: {printable(failure.message)}"
    return error("theme", message, span, "see themes/README.md for what a document gets")
