"""Schema: the JSON Schema of each kind of file, from the model itself, for editors."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from bragfolio.model.kinds import KINDS, LIST_KINDS
from bragfolio.model.private_files import PRIVATE_FILES, PrivateFile
from bragfolio.model.site import SiteConfig


def _private_name(file: PrivateFile) -> str:
    """Return what `brag schema` calls *file*: its stem; of a folder, one item of it."""
    return file.model.__name__.lower() if file.path.endswith("/") else file.path.rpartition("/")[2].partition(".")[0]


MODELS: Final = {
    **{kind.name: kind.model for kind in KINDS},
    **{kind.name: list[kind.model] for kind in LIST_KINDS},  # type: ignore[name-defined] # a type made at run time
    **{
        _private_name(file): list[file.model] if file.holds == "list" else file.model  # type: ignore[name-defined] # as above
        for file in PRIVATE_FILES
        if file.holds != "lines"
    },
    "site": SiteConfig,
}
"""What `brag schema` can describe, by name."""


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the front matter, or of the file, of *name*."""
    schema = _as_written(msgspec.json.schema(MODELS[name], schema_hook=_scalar))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _as_written(schema: Any) -> Any:
    """Return *schema* with the freedoms that files have: one value for a list of one, and text like 1984 unquoted.

    Editors read YAML with numbers and booleans in it, where Brag reads text.
    """
    if isinstance(schema, list):
        return [_as_written(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: _as_written(part) for key, part in schema.items()}
    if schema.get("type") == "string" and not {"enum", "pattern", "format"} & set(schema):
        schema["type"] = ["string", "number", "boolean"]
    if schema.get("type") == "array" and "$ref" not in schema["items"]:
        items = schema.pop("items")
        schema["anyOf"] = [{"type": schema.pop("type"), "items": items}, items]
    return schema


def _scalar(kind: type) -> dict[str, Any]:
    return {"description": "Anything."} if kind is object else kind.json_schema()  # type: ignore[attr-defined] # all scalars have it
