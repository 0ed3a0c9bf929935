"""Scan: searches what was built for an audience for what that audience may not see."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.app.ledgers import MADE
from bragfolio.core.link.addresses import one_pager_page, slug_of
from bragfolio.core.project.audiences import SELF
from bragfolio.core.read.entries import read_yaml_file
from bragfolio.core.read.portfolio import entry_key
from bragfolio.core.render.one_pager import card_path
from bragfolio.core.scan.decode import texts_of
from bragfolio.core.scan.protected import Hidden, Protected, insist, protect
from bragfolio.core.scan.search import Leak, Searcher
from bragfolio.core.scan.texts import campaign_texts, hidden_texts, visible_texts
from bragfolio.edge.bundled import bundled_texts
from bragfolio.edge.pdf_text import UnreadablePdfError, read_pdf
from bragfolio.model.tree import CONTENT, PRIVATE, SourceFile, label
from bragfolio.problems import Problem, Span, error, printable

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.audiences import Audiences
    from bragfolio.core.read.yaml_tree import Tree
    from bragfolio.model.entry import Portfolio

_ZIPPED: Final = (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub")
_MAX_UNZIPPED: Final = 200_000_000
"""Bytes of one archive, unpacked."""
_UNREADABLE: Final = "this file cannot be looked into, so nobody can say what it tells"


class Scan(Struct, frozen=True):
    """What to look for in the site of one audience."""

    hidden: Protected
    unlisted: Protected
    """What unlisted campaigns say: allowed on their own pages alone."""
    own: frozenset[str]
    """Those pages, and their PDFs and cards."""

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to look for."""
        return not (self.hidden.is_empty and self.unlisted.is_empty)


class Watch:
    """Reads files one after the other, in one process."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._hidden = Searcher(scan.hidden)
        self._unlisted = Searcher(scan.unlisted)

    def look(self, path: str, data: bytes) -> list[Leak]:
        """Return what the file at *path* tells and should not."""
        if not self._scan.is_needed:
            return []
        try:
            texts = list(_decoded(path, data))
        except (UnreadablePdfError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
            return [Leak(path, False, Hidden("", _UNREADABLE, ""), "")]
        leaks = [] if self._scan.hidden.is_empty else list(self._hidden.leaks(path, texts))
        if path not in self._scan.own and not self._scan.unlisted.is_empty:
            leaks += self._unlisted.leaks(path, texts)
        return leaks


def prepare_scan(root: Path, portfolio: Portfolio, audiences: Audiences, linked: Linked) -> Scan:
    """Return what the build of *linked* must not tell."""
    projection = linked.projection
    nothing = Protected({})
    if projection.audience == SELF:
        return Scan(nothing, nothing, frozenset())
    theme_texts = bundled_texts()  # not those of the portfolio's own theme: they are its author's words
    allow = [one.text for one in portfolio.config.scan.allow]
    texts = [*visible_texts(projection), *theme_texts, *allow, *_CHROME]
    hidden = protect(hidden_texts(portfolio, linked, _private_files(root, portfolio)), texts)
    redaction = audiences.redactions.get(projection.audience)
    if redaction:
        place = f"{portfolio.config_source.file}: redact"
        words = [Hidden(place, "a word that is to be replaced", text) for text in redaction.words]
        hidden = insist(hidden, words, [*theme_texts, *allow, *_CHROME])
    campaigns = [item for item in projection.campaigns if item.authored.unlisted]
    if not campaigns:
        return Scan(hidden, nothing, frozenset())
    unlisted = protect(campaign_texts(linked), [*_without_campaigns(linked), *theme_texts, *allow, *_CHROME])
    own: set[str] = set()
    for item in campaigns:
        for page in (linked.addresses["campaign", item.id], one_pager_page(slug_of(item))):
            own |= {page, f"{page.removesuffix('.html')}.pdf", card_path(page)}
    return Scan(hidden, unlisted, frozenset(own))


_CHROME: Final = (
    "This page prints on one sheet, A4 or Letter.", "Resume on one page", "PDF, one page", "One page to print", "Newest entry",
    "Skip to the content", "There is no such page.", "This page has moved", "achievements in this role", "what comes next",
)  # fmt: skip
"""Sentences that the program itself writes on pages."""


def problems_of(leaks: list[Leak], audience: str, *, show: bool) -> list[Problem]:
    """Return *leaks* as errors: the file that tells too much, and only with *show* what it tells."""
    problems = []
    telling = set() if show else {leak.path for leak in leaks if leak.is_in_name}
    for leak in leaks:
        path = f"…{PurePosixPath(leak.path).suffix}" if leak.path in telling else leak.path
        if not leak.words:
            problems.append(error("leak", leak.hidden.what, Span(path), "publish it in another format, or not at all"))
            continue
        what = f"{leak.hidden.what} that the audience “{audience}” may not see"
        where = "its name tells" if leak.is_in_name else "it tells"
        message = f"{where} {what}"
        hint = "`brag build --show` says what and from where; if it is harmless, allow it in site.yaml: scan: {allow: [...]}"
        if show:
            message += f": “{printable(leak.words)}”, from {leak.hidden.place}"
            hint = "take it out of what this audience sees, or allow it in site.yaml: scan: {allow: [{text: ..., why: ...}]}"
        problems.append(error("leak", message, Span(path), hint))
    return problems


def _without_campaigns(linked: Linked) -> Iterator[str]:
    from msgspec import structs

    projection = linked.projection
    listed = tuple(item for item in projection.campaigns if not item.authored.unlisted)
    yield from visible_texts(structs.replace(projection, campaigns=listed))


def _private_files(root: Path, portfolio: Portfolio) -> Iterator[tuple[str, Tree]]:
    """Yield the private files that are no entries, taken apart: people, goals, ledgers, postings ..."""
    for path in sorted(portfolio.files):
        if not path.startswith(PRIVATE) or entry_key(path) or not path.endswith((".yaml", ".md", ".csv")):
            continue
        if path == PRIVATE + MADE:
            continue  # names what pages show, and is Brag's own
        file = root / CONTENT / path
        try:
            data = file.read_bytes()
        except OSError:
            continue
        text = data.decode("utf-8", "replace")
        if path.endswith(".csv"):
            yield label(path), [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        elif path.endswith(".md"):
            front, _, body = text.removeprefix("---\n").partition("\n---\n")
            tree, _, _ = read_yaml_file(SourceFile(path, len(front), front.encode()))
            yield label(path), [tree, *body.split("\n\n")]
        else:
            tree, _, _ = read_yaml_file(SourceFile(path, len(data), data))
            yield label(path), tree


def _decoded(path: str, data: bytes) -> Iterator[str | frozenset[str]]:
    if data.startswith(b"%PDF") or path.lower().endswith(".pdf"):
        yield from read_pdf(data)
    elif path.lower().endswith(_ZIPPED):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MAX_UNZIPPED:
                raise zipfile.BadZipFile("too large")
            for info in archive.infolist():
                yield info.filename
                yield from texts_of(info.filename, archive.read(info))
    else:
        yield from texts_of(path, data)
