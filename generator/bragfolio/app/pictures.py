"""Pictures: which versions a site shows, those that must not be published, and the bytes that are."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from bragfolio.app.folder import state_folder
from bragfolio.core.read.pictures.clean import (
    ENDINGS,
    RECODED,
    START,
    clean,
    container_of,
    is_resizable,
    why_unpublishable,
)
from bragfolio.core.read.pictures.cut import BrokenPicture
from bragfolio.core.read.svg import clean_svg, inspect_svg
from bragfolio.core.render.pictures import Shown, shown_as
from bragfolio.edge.cache import cached
from bragfolio.edge.files import read_start
from bragfolio.edge.images import MAX_BYTES, MAX_PIXELS, RECIPE, NotAnImage, measure, pillow_version, redraw
from bragfolio.edge.pdf_metadata import PDF_RECIPE, without_metadata
from bragfolio.model.tree import CONTENT, label
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from bragfolio.core.render.pictures import Copy

_PDF: Final = b"%PDF-"
_PDF_STARTS: Final = 1024
"""Bytes within which readers look for it (Adobe, PDF Reference 1.7, implementation note 13)."""
_AGAIN: Final = "save it again from an image program"
_SMALLER: Final = "save it smaller: 2000 pixels across are plenty"


class _File(Struct, frozen=True):
    path: Path
    ending: str
    """`.png`, in small letters."""
    span: Span


def measure_pictures(
    root: Path, copies: Iterable[tuple[str, str]], resizable: Container[str]
) -> tuple[dict[str, Shown], list[Problem]]:
    """Return the versions by published path, for the pictures among *copies* (pairs of published path and source).

    Only the sources in *resizable* get other widths than they have.
    """
    versions: dict[str, Shown] = {}
    problems: list[Problem] = []
    for published, source in dict.fromkeys(copies):
        file = _file(root, source)
        try:
            found = _look_at_pdf(file) if file.ending == ".pdf" else _look(file, may_resize=source in resizable)
        except PermissionError:
            found = error("permission", "this file cannot be read", file.span, "give yourself the right to")
        except FileNotFoundError:
            found = error("file-missing", "this file vanished while it was read", file.span, "try again")
        if isinstance(found, Problem):
            problems.append(found)
        elif found:
            versions[published] = found
    return versions, problems


def read_copy(root: Path, copy: Copy) -> bytes | Problem:
    """Return what is published of a file: of a picture no more than its pixels, colours and orientation, of a PDF its pages."""
    file = _file(root, copy.source)
    data = file.path.read_bytes()
    cache = state_folder(root) / "cache"
    if file.ending == ".svg":
        return clean_svg(data)
    if file.ending == ".pdf":
        return cached(cache / "documents", f"without metadata {PDF_RECIPE}", data, partial(without_metadata, data))
    container = container_of(data[:START], file.ending)
    if container:
        return _picture(cache / "pictures", file, container, data, copy.size)
    return _not_a_picture(file) if file.ending in ENDINGS else data


def _picture(cache: Path, file: _File, container: str, data: bytes, size: tuple[int, int] | None) -> bytes | Problem:
    if refusal := why_unpublishable(container, file.ending):
        return _unpublishable(file, refusal)
    try:
        data = clean(container, data)
        if not size and container not in RECODED:
            return data
        recipe = f"{RECIPE} {pillow_version()} {container} {size}"
        return cached(cache, recipe, data, partial(redraw, data, container, size))
    except (BrokenPicture, NotAnImage) as failure:
        return _broken(file, container, failure)


def _file(root: Path, source: str) -> _File:
    name = PurePosixPath(source).name
    return _File(root / CONTENT / source, "." + name.rpartition(".")[2].lower(), Span(label(source)))


def _look_at_pdf(file: _File) -> Problem | None:
    """Return why a PDF is not published; what it says is searched later."""
    if _PDF in read_start(file.path, _PDF_STARTS):
        return None
    return error("file-type", "this is not a PDF", file.span, "export it as PDF again")


def _look(file: _File, *, may_resize: bool) -> Shown | Problem | None:
    """Return how a picture is shown, or why it is not published; None for other files."""
    is_svg = file.ending == ".svg"
    container = "" if is_svg else container_of(read_start(file.path, START), file.ending)
    if not (is_svg or container or file.ending in ENDINGS):
        return None
    size_bytes = file.path.stat().st_size
    if size_bytes > MAX_BYTES:
        message = f"the picture has {size_bytes / 1e6:.0f} MB; {MAX_BYTES // 1_000_000} MB are the limit"
        return error("image-size", message, file.span, _SMALLER)
    if is_svg:
        size, refusal = inspect_svg(file.path.read_bytes())
        hint = "save it as plain SVG, without scripts and links"
        message = f"this SVG is not published: {refusal}"
        return error("image-type", message, file.span, hint) if refusal else Shown((size,))
    if not container:
        return _not_a_picture(file)
    if refusal := why_unpublishable(container, file.ending):
        return _unpublishable(file, refusal)
    return _look_at_raster(file, container, may_resize=may_resize)


def _look_at_raster(file: _File, container: str, *, may_resize: bool) -> Shown | Problem:
    try:
        data = clean(container, file.path.read_bytes())
        width, height = measure(data)
    except (BrokenPicture, NotAnImage) as failure:
        return _broken(file, container, failure)
    if width * height > MAX_PIXELS:
        message = f"the picture has {width} x {height} pixels; {MAX_PIXELS // 1_000_000} megapixels are the limit"
        return error("image-size", message, file.span, _SMALLER)
    return shown_as(width, height, is_resizable=may_resize and is_resizable(container, data))


def _not_a_picture(file: _File) -> Problem:
    return error("image-type", f"this is not a {file.ending[1:].upper()} picture", file.span, _AGAIN)


def _unpublishable(file: _File, refusal: str) -> Problem:
    return error("image-type", f"this picture is not published: {refusal}", file.span, "save it as JPEG, PNG or WebP")


def _broken(file: _File, container: str, failure: Exception) -> Problem:
    reason = str(failure) if isinstance(failure, BrokenPicture) else "it cannot be decoded"
    return error("image-type", f"this {container.upper()} picture is broken: {reason}", file.span, _AGAIN)
