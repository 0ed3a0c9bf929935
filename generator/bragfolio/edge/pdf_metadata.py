"""PDF metadata: takes out of an attached PDF who made it, with what and when; its pages and its title stay."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from bragfolio.edge.pdf_text import UnreadablePdfError, forgiving

if TYPE_CHECKING:
    from pypdf import PdfReader

PDF_RECIPE: Final = 1
"""Counts the ways in which this was done: another one makes what is remembered void."""
_TITLE: Final = "/Title"


def without_metadata(data: bytes) -> bytes:
    """Return the PDF in *data* without author, program, dates, keywords and XMP; *data* itself where there is none.

    What is signed would no longer be, and what cannot be read is left to the scan, which refuses it: both stay as they are.
    """
    try:
        with forgiving():
            return _without_metadata(data)
    except UnreadablePdfError:
        return data


def _without_metadata(data: bytes) -> bytes:
    from pypdf import PdfReader, PdfWriter

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted or _is_signed(reader):
        return data
    info = dict(reader.metadata or {})
    if set(info) <= {_TITLE} and reader.xmp_metadata is None:
        return data
    writer = PdfWriter(clone_from=reader)
    writer.metadata = {_TITLE: str(info[_TITLE])} if _TITLE in info else None
    writer.xmp_metadata = None
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    cleaned = io.BytesIO()
    writer.write(cleaned)
    return cleaned.getvalue()


def _is_signed(reader: PdfReader) -> bool:
    fields = reader.get_fields() or {}
    return any(field.get("/FT") == "/Sig" and field.get("/V") for field in fields.values())
