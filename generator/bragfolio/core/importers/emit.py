"""Emit: typed values as the files that read back as the same values."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from msgspec import NODEFAULT, Struct, structs

from bragfolio.core.read.edit import set_key
from bragfolio.model.common import Common, Listed
from bragfolio.model.front_matter import front_matter
from bragfolio.model.role import End
from bragfolio.model.scalars import Moment, Quantity

if TYPE_CHECKING:
    from bragfolio.model.common import Authored

_LAST: Final = ("visibility", "imported")
_SHARED: Final = frozenset({*Common.__struct_fields__, *Listed.__struct_fields__}) - {"title"}
"""Keys that stand below an entry's own."""


def authored_keys(value: Authored) -> dict[str, object]:
    """Return the keys of *value* that are not their defaults, as YAML has them: the kind's own keys first."""
    fields = structs.fields(value)
    order = {field.name: (field.name in _LAST, field.name in _SHARED) for field in fields}
    keys = {}
    for field in sorted(fields, key=lambda field: order[field.name]):
        part = getattr(value, field.name)
        default = field.default_factory() if field.default_factory is not NODEFAULT else field.default
        if part != default:
            keys[field.encode_name] = part[0] if field.name == "visibility" and len(part) == 1 else _plain(part)
    return keys


def entry_text(value: Common, body: str) -> str:
    """Return the Markdown file of an entry."""
    return front_matter(authored_keys(value)) + body


def content_digest(text: str) -> str:
    """Return a digest of an entry's file that leaves `imported:` and `visibility:` out: publishing it is no edit."""
    content = set_key(set_key(text, "imported", None), "visibility", None)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _plain(value: object) -> object:
    if isinstance(value, Struct):
        return authored_keys(value)  # type: ignore[arg-type] # every struct of an authored value is one
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, End) and value.is_present:
        return "present"
    return value.text if isinstance(value, Moment | Quantity) else value
