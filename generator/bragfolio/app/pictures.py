"""Pictures: the sizes of the images that a site shows, and those that must not be published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bragfolio.core.read.svg import inspect_svg
from bragfolio.edge.images import MAX_BYTES, MAX_PIXELS, NotAnImage, measure
from bragfolio.model.tree import CONTENT, label
from bragfolio.problems import Problem, Span, error

if TYPE_CHECKING:
    from collections.abc import Iterable

_RASTER = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff")


def measure_pictures(root: Path, copies: Iterable[tuple[str, str]]) -> tuple[dict[str, tuple[int, int]], list[Problem]]:
    """Return width and height by published path, for the pictures among *copies* (pairs of published path and source)."""
    sizes: dict[str, tuple[int, int]] = {}
    problems: list[Problem] = []
    for published, source in copies:
        if not source.lower().endswith((".svg", *_RASTER)):
            continue
        span = Span(label(source))
        size = (0, 0)
        try:
            size, problem = _measure(root / CONTENT / source, span)
        except PermissionError:
            problem = error("permission", "this file cannot be read", span, "give yourself the right to")
        except FileNotFoundError:
            problem = error("file-missing", "this file vanished while it was read", span, "try again")
        if problem:
            problems.append(problem)
        else:
            sizes[published] = size
    return sizes, problems


def _measure(path: Path, span: Span) -> tuple[tuple[int, int], Problem | None]:
    size_bytes = path.stat().st_size
    if size_bytes > MAX_BYTES:
        message = f"the picture has {size_bytes / 1e6:.0f} MB; {MAX_BYTES // 1_000_000} MB are the limit"
        return (0, 0), error("image-size", message, span, "save it smaller: 2000 pixels across are plenty")
    if path.suffix.lower() == ".svg":
        size, refusal = inspect_svg(path.read_bytes())
        hint = "save it as plain SVG, without scripts and links"
        return size, error("image-type", f"this SVG is not published: {refusal}", span, hint) if refusal else None
    try:
        width, height = measure(path)
    except NotAnImage:
        message = f"this is not a {path.suffix[1:].upper()} picture"
        return (0, 0), error("image-type", message, span, "save it again from an image program")
    if width * height > MAX_PIXELS:
        message = f"the picture has {width} x {height} pixels; {MAX_PIXELS // 1_000_000} megapixels are the limit"
        return (0, 0), error("image-size", message, span, "save it smaller: 2000 pixels across are plenty")
    return (width, height), None
