"""SVG: the size of a drawing, and whether it does anything but draw."""

from __future__ import annotations

import math
import re
from typing import Final
from xml.etree import ElementTree as ET

_DOCTYPE: Final = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML: Final = re.compile(r"<\?xml\s[^>]*?\?>")
_ENCODING: Final = re.compile(r"encoding\s*=\s*[\"'](?!utf-8[\"'])", re.IGNORECASE)
_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_NAMESPACES: Final = frozenset({
    "",
    _SVG,
    "http://www.inkscape.org/namespaces/inkscape",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
})  # fmt: skip
"""SVG, and what drawing programs note about a drawing; above all not XHTML."""
_XML_NAMESPACE: Final = "{http://www.w3.org/XML/1998/namespace}"
_ACTIVE: Final = frozenset(
    {"script", "foreignObject", "iframe", "embed", "object", "audio", "video", "handler", "set", "animate"}
)
_LOADING_STYLE: Final = re.compile(
    r"[\\@]|url\((?!\s*['\"]?#)|src\(|image-set|image\(|expression|-moz-binding", re.IGNORECASE
)
_LENGTH: Final = re.compile(r"\s*+([0-9.]{1,20})(px)?\s*+")
_MOST: Final = 1_000_000
"""User units of a drawing whose size can be told."""


def inspect_svg(data: bytes) -> tuple[tuple[int, int], str]:
    """Return width and height, (0, 0) when it does not say, and why it must not be published, or `""`.

    It must be UTF-8. Scripts, event handlers, embedded documents, references out of the file, elements of other
    languages, style sheets of their own and declarations of document types are refused.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return (0, 0), "it is not UTF-8"
    refusal = _text_refusal(text)
    if refusal:
        return (0, 0), refusal
    try:
        root = ET.fromstring(text)  # noqa: S314 - entities were refused above
    except (ET.ParseError, ValueError) as failure:
        return (0, 0), f"it is not XML: {failure}"
    refusal = "" if _local(root.tag) == "svg" else "its root is not <svg>"
    refusal = refusal or next(filter(None, map(_refusal, root.iter())), "")
    return ((0, 0), refusal) if refusal else (_size(root), "")


def clean_svg(data: bytes) -> bytes:
    """Return the drawing in *data*, which `inspect_svg` accepts, without comments and what programs note about it.

    Drawing programs write names of files, folders and people there. Where they wrote nothing it stays as it is.
    """
    root = ET.fromstring(data.decode("utf-8-sig"))  # noqa: S314 - entities were refused before
    noted = [(parent, child) for parent in root.iter() for child in parent if _is_note(child)]
    for parent, child in noted:
        _take_out(parent, child)
    keys = [(element, key) for element in root.iter() for key in element.attrib if _is_foreign(key)]
    for element, key in keys:
        del element.attrib[key]
    if not noted and not keys and b"<!--" not in data:
        return data
    for prefix, namespace in (("", _SVG), ("xlink", _XLINK)):
        ET.register_namespace(prefix, namespace)
    return ET.tostring(root, encoding="unicode").encode()


def _is_note(element: ET.Element) -> bool:
    return _local(element.tag) == "metadata" or _is_foreign(element.tag)


def _is_foreign(name: str) -> bool:
    return name.startswith("{") and not name.startswith((f"{{{_SVG}}}", f"{{{_XLINK}}}", _XML_NAMESPACE))


def _take_out(parent: ET.Element, child: ET.Element) -> None:
    """Remove *child*, and keep the text behind it."""
    before = list(parent).index(child)
    if child.tail and before:
        parent[before - 1].tail = (parent[before - 1].tail or "") + child.tail
    elif child.tail:
        parent.text = (parent.text or "") + child.tail
    parent.remove(child)


def _text_refusal(text: str) -> str:
    declaration = _XML.match(text)
    if "\0" in text or (declaration and _ENCODING.search(declaration[0])):
        return "it is not UTF-8"
    if _DOCTYPE.search(text):
        return "it declares a document type"
    if "<?" in text[declaration.end() if declaration else 0 :]:
        return "it holds a processing instruction"
    return ""


def _refusal(element: ET.Element) -> str:
    name = _local(element.tag)
    if name in _ACTIVE:
        return f"it holds <{name}>"
    if element.tag.rpartition("}")[0].removeprefix("{") not in _NAMESPACES:
        return f"its <{name}> is not SVG"
    if name == "style" and _LOADING_STYLE.search("".join(element.itertext())):
        return "its styles may refer to another file"
    for key, value in element.attrib.items():
        refusal = _attribute_refusal(key, value)
        if refusal:
            return refusal
    return ""


def _attribute_refusal(key: str, value: str) -> str:
    local = _local(key)
    if local.lower().startswith("on"):
        return f"it holds the event handler {local}"
    if local in {"href", "src"} and not value.startswith("#"):
        return f"it refers to {value[:40]}"
    if key == f"{_XML_NAMESPACE}base":
        return "its references start from another address"
    # Attributes such as fill are CSS too, and a backslash there can spell url( in another way.
    if re.search(r"url\((?!\s*['\"]?#)", value, re.IGNORECASE) or ("\\" in value and "(" in value):
        return f"its attribute {local} refers to another file"
    if "javascript:" in value.lower() or (local == "style" and _LOADING_STYLE.search(value)):
        return f"its attribute {local} may refer to another file"
    return ""


def _size(root: ET.Element) -> tuple[int, int]:
    lengths = [_LENGTH.fullmatch(root.get(name, "")) for name in ("width", "height")]
    box = root.get("viewBox", "").replace(",", " ").split()
    if lengths[0] and lengths[1]:
        size = _pixels(lengths[0][1]), _pixels(lengths[1][1])
    else:
        size = (_pixels(box[2]), _pixels(box[3])) if len(box) == 4 else (0, 0)
    return size if all(size) else (0, 0)


def _pixels(text: str) -> int:
    try:
        number = float(text)
    except ValueError:
        return 0
    return round(number) if math.isfinite(number) and 0 < number <= _MOST else 0


def _local(name: str) -> str:
    return name.rpartition("}")[2]
