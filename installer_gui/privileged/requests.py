"""What can be asked, and how strictly a line is read."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address
from socket import socket
from typing import Any, Protocol

Event = Mapping[str, Any]
Reader = Callable[[Any], Any]
LARGEST_ID = 2**31


class Refused(Exception):
    """A request that is not carried out; `reason` is one word, `id` the request's where it could be read."""

    def __init__(self, reason: str, request: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.id = request


class Pace:
    """At most one request in `gap_s` seconds. The first one waits too, so that starting anew gains nothing."""

    def __init__(self, gap_s: float) -> None:
        self._gap_s = gap_s
        self._next = time.monotonic() + gap_s

    @property
    def wait_s(self) -> float:
        return max(0.0, self._next - time.monotonic())

    def take(self) -> None:
        self._next = time.monotonic() + self._gap_s


@dataclass(frozen=True, slots=True)
class Kind:
    """A request that can be made: what reads each of its fields, how often it may come, and what carries it out.

    `act` takes the fields by name and returns what came of it. It raises Refused, or OSError.
    """

    fields: Mapping[str, Reader]
    pace: Pace
    act: Callable[..., Event | None]


class Service(Protocol):
    """One subject. `open` uses rights, and raises OSError without them; `keeps` are the capabilities needed after it.

    `hear` reads one of the `sockets` once. It raises OSError when the interface is gone.
    """

    @property
    def keeps(self) -> frozenset[int]: ...
    @property
    def kinds(self) -> Mapping[str, Kind]: ...
    @property
    def sockets(self) -> Iterable[socket]: ...
    def open(self) -> None: ...
    def hear(self, sock: socket) -> Iterator[Event]: ...


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was read."""

    id: int
    name: str
    kind: Kind
    fields: Mapping[str, Any]

    def perform(self) -> Event:
        self.kind.pace.take()
        return self.kind.act(**self.fields) or {}


def read(line: bytes, kinds: Mapping[str, Kind]) -> Request:
    """One request. Raises Refused."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise Refused("not-json") from None
    if not isinstance(data, dict) or type(number := data.pop("id", None)) is not int or not 0 <= number < LARGEST_ID:
        raise Refused("no-id")
    name = data.pop("do", None)
    kind = kinds.get(name) if isinstance(name, str) else None
    if kind is None:
        raise Refused("unknown-request", number)
    if data.keys() != kind.fields.keys():
        raise Refused("wrong-fields", number)
    return Request(number, name, kind, {field: _field(field, data[field], kind, number) for field in data})


def _field(name: str, value: Any, kind: Kind, request: int) -> Any:
    try:
        return kind.fields[name](value)
    except (ValueError, TypeError):
        raise Refused(f"bad-{name}", request) from None


def flag(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError
    return value


def host(value: Any) -> str:
    """The IPv4 address of one host."""
    address = IPv4Address(_text(value))
    if address.is_multicast or address.is_unspecified or address.is_loopback or address.is_reserved:
        raise ValueError
    return str(address)


def host_or_none(value: Any) -> str:
    return host(value) if value != "" else ""


def mac(value: Any) -> str:
    """As aa:bb:cc:dd:ee:ff, in small letters."""
    text = _text(value)
    if bytes.fromhex(text.replace(":", "")).hex(":") != text or len(text) != len("00:00:00:00:00:00"):
        raise ValueError
    return text


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError
    return value
