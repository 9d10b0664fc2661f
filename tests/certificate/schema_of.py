"""The published shape of a dataclass as JSON Schema: what `domain.plain` writes and reads, no more and no less."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}


def schema_of(kind: type, name: str) -> dict[str, Any]:
    """`name` is the schema's, such as "driftklar.certificate/1", and stands in the documents' own field "schema"."""
    definitions: dict[str, Any] = {}
    root = _shape(kind, definitions)
    definitions[kind.__name__]["properties"]["schema"] = {"const": name}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": name.replace(".", ":", 1),
        "title": name,
        "description": _first_line(kind),
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _shape(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return {"anyOf": [_shape(member, definitions) for member in get_args(kind)]}
    if origin is tuple:
        return {"type": "array", "items": _shape(get_args(kind)[0], definitions)}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _shape(get_args(kind)[1], definitions)}
    if is_dataclass(kind):
        return _object(kind, definitions)
    if issubclass(kind, StrEnum):
        return {"enum": [member.value for member in kind]}
    if issubclass(kind, date):
        return {"type": "string", "format": "date-time" if issubclass(kind, datetime) else "date"}
    return {"type": _PLAIN[kind]}


def _object(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.__name__
    if name not in definitions:
        definitions[name] = {}
        hints = get_type_hints(kind)
        definitions[name] |= {
            "description": _first_line(kind),
            "type": "object",
            "additionalProperties": False,
            "required": [f.name for f in fields(kind)],
            "properties": {f.name: _shape(hints[f.name], definitions) for f in fields(kind)},
        }
    return {"$ref": f"#/$defs/{name}"}


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").partition("\n")[0]
