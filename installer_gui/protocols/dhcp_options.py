"""DHCP options (RFC 2132; long ones 3396, relay information 3046, domain search 3397, classless routes 3442)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from ipaddress import IPv4Address

from ..errors import Malformed

PAD, END = 0, 255


class Option(IntEnum):
    """The options that this program reads or sends."""

    SUBNET_MASK = 1
    ROUTERS = 3
    DNS = 6
    HOST_NAME = 12
    DOMAIN = 15
    NTP = 42
    WANTED_ADDRESS = 50
    LEASE = 51
    OVERLOAD = 52
    TYPE = 53
    SERVER = 54
    PARAMETERS = 55
    MESSAGE = 56
    MAXIMUM_SIZE = 57
    RENEWAL = 58
    REBINDING = 59
    VENDOR_CLASS = 60
    CLIENT_ID = 61
    RELAY_INFORMATION = 82
    SEARCH = 119
    ROUTES = 121


@dataclass(frozen=True, slots=True)
class Route:
    """A route that the server hands out (option 121): "10.0.0.0/8" by way of a router."""

    destination: str
    router: str


@dataclass(frozen=True, slots=True)
class Options:
    """A message's options by number. One whose bytes do not have the shape of its kind counts as absent."""

    raw: Mapping[int, bytes] = field(default_factory=dict)

    @property
    def subnet_mask(self) -> str:
        return self._address(Option.SUBNET_MASK)

    @property
    def routers(self) -> tuple[str, ...]:
        return self._addresses(Option.ROUTERS)

    @property
    def dns(self) -> tuple[str, ...]:
        return self._addresses(Option.DNS)

    @property
    def ntp(self) -> tuple[str, ...]:
        return self._addresses(Option.NTP)

    @property
    def server(self) -> str:
        return self._address(Option.SERVER)

    @property
    def wanted_address(self) -> str:
        return self._address(Option.WANTED_ADDRESS)

    @property
    def lease_s(self) -> int | None:
        return self._number(Option.LEASE, 4)

    @property
    def renewal_s(self) -> int | None:
        return self._number(Option.RENEWAL, 4)

    @property
    def rebinding_s(self) -> int | None:
        return self._number(Option.REBINDING, 4)

    @property
    def type(self) -> int | None:
        return self._number(Option.TYPE, 1)

    @property
    def overload(self) -> int:
        """1: the file field holds options, 2: the server name field, 3: both."""
        return self._number(Option.OVERLOAD, 1) or 0

    @property
    def maximum_size(self) -> int | None:
        return self._number(Option.MAXIMUM_SIZE, 2)

    @property
    def parameters(self) -> tuple[int, ...]:
        return tuple(self._bytes(Option.PARAMETERS))

    @property
    def client_id(self) -> bytes:
        return self._bytes(Option.CLIENT_ID)

    @property
    def host_name(self) -> str:
        return self._text(Option.HOST_NAME)

    @property
    def domain(self) -> str:
        return self._text(Option.DOMAIN)

    @property
    def message(self) -> str:
        return self._text(Option.MESSAGE)

    @property
    def vendor_class(self) -> str:
        return self._text(Option.VENDOR_CLASS)

    @property
    def relay_information(self) -> Mapping[int, bytes]:
        """Sub-option -> its bytes."""
        try:
            return split(self._bytes(Option.RELAY_INFORMATION), markers=False)
        except Malformed:
            return {}

    @property
    def search(self) -> tuple[str, ...]:
        return _names(self._bytes(Option.SEARCH))

    @property
    def routes(self) -> tuple[Route, ...]:
        return _routes(self._bytes(Option.ROUTES))

    def _bytes(self, option: Option) -> bytes:
        return self.raw.get(option, b"")

    def _addresses(self, option: Option) -> tuple[str, ...]:
        data = self._bytes(option)
        return tuple(address(data[at : at + 4]) for at in range(0, len(data), 4)) if len(data) % 4 == 0 else ()

    def _address(self, option: Option) -> str:
        found = self._addresses(option)
        return found[0] if len(found) == 1 else ""

    def _number(self, option: Option, size: int) -> int | None:
        data = self._bytes(option)
        return int.from_bytes(data) if len(data) == size else None

    def _text(self, option: Option) -> str:
        return self._bytes(option).rstrip(b"\0").decode("utf-8", "replace")


def split(data: bytes, *, markers: bool = True) -> dict[int, bytes]:
    """Option -> bytes; the parts of a long option are joined. `markers`: 0 is padding and 255 the end.

    Raises Malformed when an option reaches beyond the data.
    """
    found: dict[int, bytes] = {}
    at = 0
    while at < len(data) and not (markers and data[at] == END):
        code = data[at]
        at += 1
        if markers and code == PAD:
            continue
        if at == len(data) or at + 1 + data[at] > len(data):
            raise Malformed(f"option {code} is cut off")
        value = data[at + 1 : at + 1 + data[at]]
        found[code] = found.get(code, b"") + value
        at += 1 + len(value)
    return found


def join(options: Mapping[Option, bytes]) -> bytes:
    """The bytes of options that are each at most 255 long, and the end."""
    return b"".join(bytes((code, len(value))) + value for code, value in options.items()) + bytes((END,))


def address(data: bytes) -> str:
    """Four bytes as 192.0.2.1."""
    return str(IPv4Address(data))


def _routes(data: bytes) -> tuple[Route, ...]:
    found = []
    while data:
        width = data[0]
        end = 1 + (width + 7) // 8
        if width > 32 or len(data) < end + 4:
            return ()
        found.append(Route(f"{address(data[1:end].ljust(4, bytes(1)))}/{width}", address(data[end : end + 4])))
        data = data[end + 4 :]
    return tuple(found)


def _names(data: bytes) -> tuple[str, ...]:
    found: list[str] = []
    at = 0
    try:
        while at < len(data):
            name, at = _name(data, at)
            found.append(name)
    except (IndexError, ValueError):
        return ()
    return tuple(found)


def _name(data: bytes, at: int) -> tuple[str, int]:
    """A name that may end in a pointer (RFC 1035, section 4.1.4), and where the next one begins."""
    labels: list[str] = []
    first, after = at, 0
    while length := data[at]:
        if length < 0x40:
            labels.append(data[at + 1 : at + 1 + length].decode("ascii"))
            at += 1 + length
        else:
            after = after or at + 2
            at = int.from_bytes(data[at : at + 2]) & 0x3FFF
            if at >= first:
                raise ValueError("a pointer must lead to what came before, or it could lead in circles")
            first = at
    return ".".join(labels), after or at + 1
