"""PDF text: what a PDF says: its text, its metadata, its outline, its links and the names of what is attached."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


class UnreadablePdfError(Exception):
    """A PDF that cannot be read, for example because it is encrypted."""


def pypdf_version() -> str:
    """Return the version of pypdf, on which it depends what a PDF says; `""` when it cannot be told without importing it."""
    spec = find_spec("pypdf")
    if not spec or not spec.origin:
        return ""
    return Path(spec.origin).with_name("_version.py").read_text(encoding="utf-8")


def read_pdf(data: bytes) -> Iterator[str]:
    """Yield everything that the PDF in *data* says. Raise UnreadablePdfError."""
    from pypdf import PdfReader

    with forgiving():
        reader = PdfReader(io.BytesIO(data))
        yield "\n".join(page.extract_text() for page in reader.pages)
        yield from (str(value) for value in (reader.metadata or {}).values())
        if reader.xmp_metadata:
            yield reader.xmp_metadata.rdf_root.toxml()
        yield from _titles(reader.outline)
        yield from reader.attachments
        for page in reader.pages:
            for note in page.get("/Annots") or ():
                found = note.get_object()
                yield from (str(found[key]) for key in ("/Contents", "/T", "/TU") if key in found)
                if "/A" in found and "/URI" in found["/A"]:
                    yield str(found["/A"]["/URI"])


@contextmanager
def forgiving() -> Iterator[None]:
    """Silence what pypdf says of PDFs that readers forgive; what it cannot read raises UnreadablePdfError."""
    import logging

    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        yield
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        IndexError,
        NotImplementedError,
    ) as failure:
        raise UnreadablePdfError(str(failure)) from failure


def _titles(outline: object) -> Iterator[str]:
    if isinstance(outline, list):
        for part in outline:
            yield from _titles(part)
    else:
        yield str(getattr(outline, "title", ""))
