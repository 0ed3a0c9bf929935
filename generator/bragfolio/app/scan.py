"""Scan: searches what was built for an audience for what that audience may not see."""

from __future__ import annotations

import contextlib
import csv
import io
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from hashlib import sha256
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from msgspec import Struct, structs

from bragfolio import __version__
from bragfolio.app.folder import state_folder
from bragfolio.app.ledgers import MADE
from bragfolio.core.link.addresses import one_pager_page, slug_of
from bragfolio.core.project.audiences import PUBLIC, SELF
from bragfolio.core.read.entries import read_yaml_file
from bragfolio.core.read.portfolio import entry_key
from bragfolio.core.render.one_pager import card_path
from bragfolio.core.scan.decode import as_text, texts_of
from bragfolio.core.scan.memory import Memory, Question, pack_memory, recall, unpack_memory
from bragfolio.core.scan.prints import numbers_of
from bragfolio.core.scan.protected import NOTHING, Hidden, Protected
from bragfolio.core.scan.reader import Reader
from bragfolio.core.scan.search import Leak, find_leaks, is_enumeration, tells
from bragfolio.core.scan.texts import Visible, campaign_parts, fixed_part, hidden_parts, visible_parts
from bragfolio.core.scan.words import Words, words_of
from bragfolio.edge.bundled import bundled_texts, program_digest
from bragfolio.edge.cache import keep, read_kept
from bragfolio.edge.pdf_text import UnreadablePdfError, pypdf_version, read_pdf
from bragfolio.model.private_files import STORIES
from bragfolio.model.tree import CONTENT, PRIVATE, SourceFile, label
from bragfolio.problems import Problem, Span, error, printable

if TYPE_CHECKING:
    from bragfolio.core.link.references import Linked
    from bragfolio.core.project.audiences import Audiences
    from bragfolio.core.project.projection import Projection
    from bragfolio.core.read.yaml_tree import Tree
    from bragfolio.model.entry import Portfolio

_ZIPPED: Final = (".zip", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp", ".epub")
_MAX_UNZIPPED: Final = 200_000_000
"""Bytes of one archive, unpacked."""
_MAX_MEMORY: Final = 32_000_000
"""Bytes; 1,000 entries with 200 of them hidden take 0.4 MB."""
_MOST_AUDIENCES: Final = 40
"""Whose memories are kept."""
_MOST_WORDS: Final = 6
"""Of a value that may stand in a row: longer texts begin and end with anything."""
_MOST_FILES: Final = 3
"""Named for one phrase."""
_UNREADABLE: Final = "this file cannot be looked into, so nobody can say what it tells"


class Scan(Struct, frozen=True):
    """What to look for in the site of one audience."""

    hidden: Protected = NOTHING
    redacted: Protected = NOTHING
    """Words that the audience reads others for, whoever says them."""
    unlisted: Protected = NOTHING
    """What unlisted campaigns say: allowed on their own pages alone."""
    own: frozenset[str] = frozenset()
    """Those pages, and their PDFs and cards."""
    memory: Memory = Memory(b"", (), {})
    """What is known from an earlier build: files that it found clean need not be read again."""
    values: Callable[[], frozenset[Words]] = frozenset
    """The short texts that the audience sees: in a row they are no secret. Gathered when something was found."""
    before: Memory | None = None
    """What is remembered on disk."""

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to look for."""
        return not (self.hidden.is_empty and self.redacted.is_empty and self.unlisted.is_empty)


class Watch:
    """Reads files one after the other, in one process."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._readers = {True: Reader(), False: Reader()}
        """For the pages of unlisted campaigns, and for others: what the first ones say is not known to be harmless."""

    def is_clean(self, path: str, digest: str) -> bool:
        """Tell whether the file at *path* need not be read: there is nothing to look for, or it was read before."""
        return not self._scan.is_needed or self._scan.memory.clean.get(path) == digest

    def look(self, path: str, digest: str, data: bytes) -> list[Leak]:
        """Return what the file at *path* tells and should not; *digest* is that of *data*."""
        scan = self._scan
        if self.is_clean(path, digest):
            return []
        elsewhere = () if path in scan.own else (scan.unlisted,)
        protected = [one for one in (scan.hidden, scan.redacted, *elsewhere) if not one.is_empty]
        reader = self._readers[path in scan.own]
        try:
            numbers = [numbers_of(path)]
            decoded = _decoded(path, data)
            numbers += reader.read(path, data) if decoded is None else (numbers_of(as_text(text)) for text in decoded)
            telling = [one for one in protected if tells(one, numbers)]
            if not telling:
                return []
            reader.forget_latest()
            texts = list(_decoded(path, data) or texts_of(path, data))
        except (UnreadablePdfError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
            return [Leak(path, False, Hidden("", _UNREADABLE, ""), "")]
        leaks = [leak for one in telling for leak in find_leaks(one, path, texts)]
        return [structs.replace(leak, is_excused=_is_excused(leak, scan.values)) for leak in leaks]


def prepare_scan(root: Path, portfolio: Portfolio, audiences: Audiences, linked: Linked) -> Scan:
    """Return what the build of *linked* must not tell, and which files an earlier build found clean of all of it."""
    projection = linked.projection
    if projection.audience == SELF:
        return Scan()
    campaigns = [item for item in projection.campaigns if item.authored.unlisted]
    own: set[str] = set()
    for item in campaigns:
        for page in (linked.addresses["campaign", item.id], one_pager_page(slug_of(item))):
            own |= {page, f"{page.removesuffix('.html')}.pdf", card_path(page)}
    # Not the texts of the portfolio's own theme: they are its author's words.
    always = fixed_part([*bundled_texts(), *(one.text for one in portfolio.config.scan.allow), *_CHROME])
    private = _private_files(root, portfolio)
    questions = [Question(list(hidden_parts(portfolio, linked, private)), Visible(projection, always))]
    redaction = audiences.redactions.get(projection.audience)
    place = f"{portfolio.config_source.file}: redact"
    words = redaction.words if redaction else ()
    replaced = [Hidden(place, "a word that is to be replaced", text, is_certain=True) for text in words]
    questions.append(Question([fixed_part(replaced)], [always]))
    if campaigns:
        questions.append(Question(list(campaign_parts(linked)), Visible(_without_campaigns(projection), always)))
    kept = read_kept(_memory_folder(root), projection.audience)
    before = unpack_memory(kept) if kept else None
    protected, memory = recall(_about(projection.audience, own), questions, before)
    unlisted = protected[2] if campaigns else NOTHING
    return Scan(
        protected[0], protected[1], unlisted, frozenset(own), memory, cache(partial(_short_values, linked)), before
    )


def _is_excused(leak: Leak, values: Callable[[], frozenset[Words]]) -> bool:
    sure = leak.is_in_name or leak.hidden.is_certain or not leak.words
    return not sure and is_enumeration(leak.words.split(), values())


def _short_values(linked: Linked) -> frozenset[Words]:
    texts = chain.from_iterable(part.texts() for part in visible_parts(linked.projection))
    values = {tuple(words_of(text)) for text in (*texts, *(ref.name for ref in linked.skills.skills))}
    return frozenset(value for value in values if 0 < len(value) <= _MOST_WORDS)


def keep_clean(root: Path, scan: Scan, audience: str, digests: dict[str, str]) -> None:
    """Remember that *scan* found nothing in the files of a site, whose *digests* these are by path."""
    memory = structs.replace(scan.memory, clean=digests)
    if memory.about and memory != scan.before:  # also where nothing is protected: finding that out is most of the work
        with contextlib.suppress(UnicodeEncodeError):  # a file whose name is no text: then all are read again
            packed = pack_memory(memory)
            if len(packed) <= _MAX_MEMORY:
                keep(_memory_folder(root), audience, packed, _MOST_AUDIENCES)


def _memory_folder(root: Path) -> Path:
    return state_folder(root) / "cache" / "scan"


def _about(audience: str, own: set[str]) -> bytes:
    """Return a digest of what decides, beside the texts and the files, what is found: a new version looks at all again."""
    versions = (__version__, sys.version, sys.hash_info, pypdf_version(), audience, sorted(own))
    about = sha256(repr(versions).encode())
    about.update(program_digest("core/scan", "core/read/pictures", "model", "app/scan.py", "edge/pdf_text.py"))
    return about.digest()


_CHROME: Final = (
    "This page prints on one sheet, A4 or Letter.", "Resume on one page", "PDF, one page", "One page to print", "Newest entry",
    "Skip to the content", "There is no such page.", "This page has moved", "achievements in this role", "what comes next",
)  # fmt: skip
"""Sentences that the program itself writes on pages."""


def problems_of(leaks: list[Leak], audience: str, *, show: bool) -> list[Problem]:
    """Return *leaks* as errors: the file that tells too much, and only with *show* what it tells."""
    problems = []
    leaks = _first_files(leaks)
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


def _first_files(leaks: list[Leak]) -> list[Leak]:
    """Leave out what more than a few files say: a word of the theme is on every page."""
    files: Counter[tuple[str, bool, str]] = Counter()
    first = []
    for leak in leaks:
        key = (leak.words, leak.is_in_name, leak.hidden.what)
        files[key] += 1
        if not leak.words or files[key] <= _MOST_FILES:
            first.append(leak)
    return first


def _without_campaigns(projection: Projection) -> Projection:
    listed = tuple(item for item in projection.campaigns if not item.authored.unlisted)
    return structs.replace(projection, campaigns=listed)


def _private_files(root: Path, portfolio: Portfolio) -> Iterator[tuple[str, Tree]]:
    """Yield the private files that are no entries, taken apart: people, goals, ledgers, postings ..."""
    for path in sorted(portfolio.files):
        is_private = path.startswith((PRIVATE, STORIES)) and not entry_key(path)
        if not is_private or not path.endswith((".yaml", ".md", ".csv")):
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
            if not (isinstance(tree, dict) and path.startswith(STORIES) and PUBLIC in tree.get("visibility", "")):
                yield label(path), [tree, *body.split("\n\n")]
        else:
            tree, _, _ = read_yaml_file(SourceFile(path, len(data), data))
            yield label(path), tree


def _decoded(path: str, data: bytes) -> Iterator[str | frozenset[str]] | None:
    """Return the texts of a file that others have to be taken out of, None for any other."""
    if data.startswith(b"%PDF") or path.lower().endswith(".pdf"):
        return read_pdf(data)
    return _unzipped(data) if path.lower().endswith(_ZIPPED) else None


def _unzipped(data: bytes) -> Iterator[str | frozenset[str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > _MAX_UNZIPPED:
            raise zipfile.BadZipFile("too large")
        for info in archive.infolist():
            yield info.filename
            yield from texts_of(info.filename, archive.read(info))
