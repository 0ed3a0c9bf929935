"""PDF text: what a PDF says: its text, its metadata, its outline, its links and the names of what is attached."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager


class UnreadablePdfError(Exception):
    """A PDF that cannot be read, for example because it is encrypted."""


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
