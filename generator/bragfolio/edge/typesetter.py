"""Typesetter: Typst, which measures a page and makes the PDF or the picture of it.

A document is a theme's own Typst sources and JSON: text of the portfolio is only ever data. Each compilation gets an
empty folder as its root, the fonts of the themes and those inside Typst, and no way to the network.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct

from bragfolio.edge.cache import cached, make_place
from bragfolio.edge.marks import Looker, libraries
from bragfolio.edge.signals import uninterrupted

if TYPE_CHECKING:
    import typst

T = TypeVar("T")

_STANDARDS: Final = ("ua-1", "a-2a")
"""Accessible (ISO 14289-1), and to be kept for decades (ISO 19005-2)."""
_NOWHERE: Final = "http://127.0.0.1:9"
"""The discard port: whoever asks it for a package is refused at once."""
_PROXIES: Final = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
_MAIN: Final = "main.typ"
_MOST_CACHED: Final = 4_000
"""Pages, pictures and measurements; a card for each achievement, and a dozen for each one-pager."""


class EngineMissingError(Exception):
    """There is no Typst for this platform."""


class TypesettingError(Exception):
    """A document that Typst refuses: a mistake in a theme, or a letter that no font has."""

    def __init__(self, message: str, place: str) -> None:
        super().__init__(message)
        self.message = message
        self.place = place
        """The first file and line that Typst names, `kit.typ:12:3`; `""` for none."""


class Page(Struct, frozen=True):
    """Where the text of a document ends."""

    number: int
    """The page, from 1."""
    bottom: float
    """Points from the top of that page."""


class Typesetter:
    """Typst with the fonts of a theme."""

    def __init__(self, root: Path, font_folders: Sequence[str], cache: Path) -> None:
        import typst

        self._typst = typst
        self._root = root
        self._cache = cache
        self._recipe = f"{_marks_of(font_folders)} {libraries()} {make_place(cache)}"
        self._fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=True,
            font_paths=[Path(folder) for folder in font_folders],
        )

    def page(self, files: Mapping[str, bytes]) -> Page:
        """Return where the document in *files* ends: its `main.typ` marks the place with `<end>`."""
        number, bottom = self._cached("page", files, lambda: self._find_end(files).encode()).decode().split(",")
        return Page(int(number), float(bottom))

    def _find_end(self, files: Mapping[str, bytes]) -> str:
        compiler = self._compiler(files)
        query = "query(<end>).first().location()"
        try:
            place = self._run(lambda: compiler.eval(f"({query}.page(), {query}.position().y.pt())"))
        except TypesettingError:
            self.pdf(files, 0)  # says where, if it does not work either
            raise
        return str(place).strip("[]")

    def pdf(self, files: Mapping[str, bytes], timestamp: int) -> bytes:
        """Return the document in *files* as a tagged PDF, dated *timestamp* (seconds since 1970)."""
        standards = list(_STANDARDS)

        def make() -> bytes:
            compiler = self._compiler(files)
            return self._bytes(
                lambda: compiler.compile(format="pdf", pdf_standards=standards, timestamp=timestamp)  # type: ignore[arg-type] # its list is invariant
            )

        return self._cached(f"pdf {standards} {timestamp}", files, make)

    def png(self, files: Mapping[str, bytes], pixels_per_inch: int) -> bytes:
        """Return the first page of the document in *files* as a picture."""

        def make() -> bytes:
            compiler = self._compiler(files)
            return self._bytes(lambda: compiler.compile(format="png", ppi=float(pixels_per_inch)))

        return self._cached(f"png {pixels_per_inch}", files, make)

    def _cached(self, what: str, files: Mapping[str, bytes], make: Callable[[], bytes]) -> bytes:
        """Return what *make* gives, which depends on *files* and the fonts alone, from an earlier run where it is there."""
        source = b"".join(b"%b\0%d\0%b" % (name.encode(), len(files[name]), files[name]) for name in sorted(files))
        return cached(self._cache, f"{what} {self._recipe}", source, make, _MOST_CACHED)

    def missing_letters(self, letters: str, families: Sequence[str]) -> str:
        """Return those of *letters* that no font of *families* has."""
        if not letters or self._sets(letters, families):
            return ""
        if len(letters) == 1:
            return letters
        middle = len(letters) // 2
        return self.missing_letters(letters[:middle], families) + self.missing_letters(letters[middle:], families)

    def _sets(self, letters: str, families: Sequence[str]) -> bool:
        import json

        source = (
            '#let d = json("d.json")\n#set document(title: "x")\n#set text(font: d.fonts)\n#for x in d.letters [#x ]'
        )
        data = json.dumps({"letters": list(letters), "fonts": list(families)})
        try:
            self.pdf({_MAIN: source.encode(), "d.json": data.encode()}, 0)
        except TypesettingError:
            return False
        return True

    def _compiler(self, files: Mapping[str, bytes]) -> typst.Compiler:
        compiler: typst.Compiler = self._run(
            lambda: self._typst.Compiler(
                dict(files),
                root=self._root,
                font_paths=self._fonts,
                package_path=self._root,
                package_cache_path=self._root,
            )
        )
        return compiler

    def _bytes(self, compile_: Callable[[], bytes | list[bytes] | None]) -> bytes:
        result = self._run(compile_)
        pages = result if isinstance(result, list) else [result]
        return pages[0] or b""

    def _run(self, call: Callable[[], T]) -> T:
        # Held back, or the threads that Typst starts would take a signal where the main thread must not.
        with uninterrupted(), _offline():
            try:
                return call()
            except self._typst.TypstError as failure:
                raise TypesettingError(failure.message, _place(failure.diagnostic)) from failure
            except RuntimeError as failure:  # from eval, without a place
                raise TypesettingError(str(failure).removeprefix("failed to compile document: "), "") from failure
            except Exception:
                raise
            except BaseException as failure:
                if type(failure).__name__ == "PanicException":  # Rust's, which is no Exception
                    raise TypesettingError(f"Typst stopped: {failure}", "") from failure
                raise


def open_typesetter(root: Path, font_folders: Sequence[str], cache: Path) -> Typesetter:
    """Return a typesetter whose root is the empty folder *root*, which is made; pages are kept in *cache*.

    Raise EngineMissingError.
    """
    try:
        import typst  # noqa: F401 - whether it is there
    except ImportError as failure:
        raise EngineMissingError(str(failure)) from failure
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Typesetter(root, font_folders, cache)


def _marks_of(folders: Sequence[str]) -> str:
    looker = Looker(sys.maxsize)
    for folder in folders:
        looker.folder(folder, follows=True)
    return looker.marks().digest


@contextmanager
def _offline() -> Iterator[None]:
    """Lead every download that a theme might ask for to a port where nobody answers."""
    before = {name: os.environ.get(name) for name in _PROXIES}
    os.environ.update(dict.fromkeys(_PROXIES, _NOWHERE))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _place(diagnostic: str) -> str:
    """Return the first `file:line:column` of a diagnostic."""
    import re

    found = re.search(r"([\w.-]+\.typ):(\d+):(\d+)", diagnostic)
    return found[0] if found else ""
