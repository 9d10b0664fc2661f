"""Frozen dataclasses to and from the plain data of JSON and TOML; a mismatch names the key."""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from ..errors import DriftklarError

T = TypeVar("T")


class Mismatch(DriftklarError):
    """Plain data do not have the shape of the type. `key` is the path to the place, `expected` what belongs there."""

    def __init__(self, key: str, expected: str) -> None:
        super().__init__(f"{key}: expected {expected}")
        self.key = key
        self.expected = expected


def to_plain(value: Any) -> Any:
    """JSON-ready data: dataclasses become objects in field order, dates ISO 8601, tuples lists, mappings sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(key): to_plain(value[key]) for key in sorted(value)}
    return value


def from_plain(kind: type[T], data: Any, key: str = "") -> T:
    """Build `kind` from plain data. Unknown keys, missing keys and wrong types raise Mismatch."""
    result: T = _build(kind, data, key)
    return result


def _build(kind: Any, data: Any, key: str) -> Any:
    build, part = _builder(kind)
    return build(part, data, key)


@cache
def _builder(kind: Any) -> tuple[Callable[[Any, Any, str], Any], Any]:
    """Which function builds a kind, and the part of it that the function wants: asked for every value there is."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _build_union, get_args(kind)
    if origin is tuple:
        return _build_tuple, get_args(kind)[0]
    if origin is not None and issubclass(origin, Mapping):
        return _build_mapping, get_args(kind)[1]
    if is_dataclass(kind):
        return _build_dataclass, kind
    return _build_scalar, kind


def _build_scalar(kind: Any, data: Any, key: str) -> Any:
    try:
        if kind is str:
            data.encode()  # half a surrogate pair is no text: it could be neither saved nor shown
        elif kind is int or kind is float:
            return _number(kind, data)
        elif kind is datetime or kind is date:
            return data if type(data) is kind else _moment(kind, data)
        elif issubclass(kind, StrEnum):
            return kind(data)
    except (AttributeError, OverflowError, TypeError, ValueError):
        raise Mismatch(key, _name(kind)) from None
    if type(data) is not kind:
        raise Mismatch(key, _name(kind))
    return data


def _moment(kind: Any, text: str) -> Any:
    """A time without its zone is no time: two of them cannot be compared. Nor is one that another zone cannot tell."""
    value = kind.fromisoformat(text)
    if kind is datetime and (value.tzinfo is None or value.year in (MINYEAR, MAXYEAR)):
        raise ValueError(text)
    return value


def _number(kind: Any, data: Any) -> Any:
    """A number that JSON can hold; a whole one may stand where a broken one is asked for."""
    if type(data) is not kind and not (kind is float and type(data) is int):
        raise TypeError(data)
    if not math.isfinite(data):
        raise ValueError(data)
    return kind(data)


def _build_tuple(item: Any, data: Any, key: str) -> Any:
    if not isinstance(data, list):
        raise Mismatch(key, "a list")
    return tuple(_build(item, value, f"{key}[{i}]") for i, value in enumerate(data))


def _build_mapping(item: Any, data: Any, key: str) -> Any:
    if not isinstance(data, dict):
        raise Mismatch(key, "a table")
    return {_build_scalar(str, name, key): _build(item, value, _join(key, name)) for name, value in data.items()}


def _build_dataclass(kind: Any, data: Any, key: str) -> Any:
    if not isinstance(data, dict):
        raise Mismatch(key, "a table")
    hints, required = _shape(cast(Hashable, kind))
    for name in data:
        if name not in hints:
            raise Mismatch(_join(key, name), "no such key")
    for name in required:
        if name not in data:
            raise Mismatch(_join(key, name), "a value")
    made = {}
    for name, value in data.items():
        build, part = hints[name]
        made[name] = build(part, value, f"{key}.{name}" if key else name)
    return kind(**made)


def _build_union(members: tuple[Any, ...], data: Any, key: str) -> Any:
    """The members of our unions differ in shape, so the first that fits is the only one that fits."""
    if data is None and type(None) in members:
        return None
    for member in members:
        if member is not type(None) and _may_fit(member, data, members):
            return _build(member, data, key)
    raise Mismatch(key, " or ".join(_name(member) for member in members))


def _may_fit(kind: Any, data: Any, members: tuple[Any, ...]) -> bool:
    if is_dataclass(kind):
        hints, required = _shape(cast(Hashable, kind))
        return isinstance(data, dict) and required <= data.keys() <= hints.keys()
    if get_origin(kind) is tuple:
        return isinstance(data, list)
    if kind is float:
        return type(data) is float or (type(data) is int and int not in members)
    if kind is int or kind is bool:
        return type(data) is kind
    return isinstance(data, str | date)


@cache
def _shape(kind: Hashable) -> tuple[dict[str, tuple[Callable[[Any, Any, str], Any], Any]], frozenset[str]]:
    """How each field is built, by name, and which must be there."""
    hints = get_type_hints(kind)
    members = fields(cast(Any, kind))
    needed = (f.name for f in members if f.default is MISSING and f.default_factory is MISSING)
    return {f.name: _builder(hints[f.name]) for f in members}, frozenset(needed)


def _join(key: str, name: str) -> str:
    return f"{key}.{name}" if key else name


_NAMES = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    date: "a date",
    datetime: "a time with its zone",
    type(None): "nothing",
}


def _name(kind: Any) -> str:
    if get_origin(kind) is tuple:
        return "a list"
    if issubclass(kind, StrEnum):
        return "one of " + ", ".join(kind)
    return _NAMES.get(kind) or f"a {kind.__name__}"
