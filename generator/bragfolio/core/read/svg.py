"""SVG: the size of a drawing, and whether it does anything but draw."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree as ET

_DECLARATION: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ACTIVE: Final = frozenset(
    {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "set", "animate"}
)
_LENGTH: Final = re.compile(r"\s*([0-9.]+)(px)?\s*")


def inspect_svg(data: bytes) -> tuple[tuple[int, int], str]:
    """Return width and height, (0, 0) when it does not say, and why it must not be published, or `""`.

    Scripts, event handlers, embedded documents, references out of the file and XML declarations of entities are refused.
    """
    if _DECLARATION.search(data):
        return (0, 0), "it declares a document type"
    try:
        root = ET.fromstring(data)  # noqa: S314 - entities were refused above
    except ET.ParseError as failure:
        return (0, 0), f"it is not XML: {failure}"
    if _local(root.tag) != "svg":
        return (0, 0), "its root is not <svg>"
    for element in root.iter():
        refusal = _refusal(element)
        if refusal:
            return (0, 0), refusal
    return _size(root), ""


def _refusal(element: ET.Element) -> str:
    name = _local(element.tag)
    if name in _ACTIVE:
        return f"it holds <{name}>"
    if name == "style" and re.search(r"url\(|@import", element.text or "", re.IGNORECASE):
        return "its styles refer to another file"
    for key, value in element.attrib.items():
        local = _local(key)
        if local.lower().startswith("on"):
            return f"it holds the event handler {local}"
        if local in {"href", "src"} and not value.startswith("#"):
            return f"it refers to {value[:40]}"
        if re.search(r"url\(\s*['\"]?(?!['\"]?#)", value, re.IGNORECASE) or "javascript:" in value.lower():
            return f"its attribute {local} refers to another file"
    return ""


def _size(root: ET.Element) -> tuple[int, int]:
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    box = root.get("viewBox", "").replace(",", " ").split()
    try:
        if lengths[0] and lengths[1]:
            return round(float(lengths[0][1])), round(float(lengths[1][1]))
        return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else (0, 0)
    except ValueError:
        return 0, 0


def _local(name: str) -> str:
    return name.rpartition("}")[2]
