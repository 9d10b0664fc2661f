"""The IP Helper of Windows: adapters, routes, ARP and ping. None of it needs rights (iphlpapi.h, netioapi.h)."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from ctypes import POINTER, Structure, byref, c_uint8, c_uint16, c_uint32, c_void_p
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from itertools import takewhile
from typing import Any

from ...ports.unavailable import Reason, Unavailable
from . import dll

AF_UNSPEC, AF_INET, AF_INET6 = 0, 2, 23
SKIP_ANYCAST, SKIP_MULTICAST, GATEWAYS = 0x2, 0x4, 0x80  # GAA_FLAG_…
DHCP_ENABLED, OPERATIONAL = 0x4, 1
DEPRECATED, PREFERRED = 3, 4  # IP_DAD_STATE: an address that may be used; tentative and duplicate ones may not
BUFFER_OVERFLOW, NO_DATA, BAD_NET_NAME, GEN_FAILURE = 111, 232, 67, 31
_REASONS = {50: Reason.UNSUPPORTED, 1168: Reason.INTERFACE_GONE}  # ERROR_NOT_SUPPORTED, ERROR_NOT_FOUND
LARGEST, MOST_ROUTES, ROUTE_BYTES, TABLE_HEAD = 1 << 22, 10_000, 104, 8
_INVALID_HANDLE = c_void_p(-1).value
_LONGEST_TEXT = 512


class Node(Structure):
    """The head of every list of addresses: IP_ADAPTER_GATEWAY_ADDRESS, …_DNS_SERVER_ADDRESS, …_UNICAST_ADDRESS."""

    _fields_ = [
        ("length", c_uint32),
        ("flags", c_uint32),
        ("next", c_void_p),
        ("sockaddr", c_void_p),
        ("sockaddr_length", c_uint32),
    ]


class Unicast(Structure):
    """IP_ADAPTER_UNICAST_ADDRESS."""

    _fields_ = [
        ("node", Node),
        ("prefix_origin", c_uint32),
        ("suffix_origin", c_uint32),
        ("dad_state", c_uint32),
        ("lifetimes", c_uint32 * 3),
        ("prefix_length", c_uint8),
    ]


class AdapterAddresses(Structure):
    """IP_ADAPTER_ADDRESSES, as far as we read it."""

    _fields_ = [
        ("length", c_uint32),
        ("index", c_uint32),
        ("next", c_void_p),
        ("adapter_name", c_void_p),
        ("unicast", c_void_p),
        ("anycast", c_void_p),
        ("multicast", c_void_p),
        ("dns_servers", c_void_p),
        ("dns_suffix", c_void_p),
        ("description", c_void_p),
        ("friendly_name", c_void_p),
        ("mac", c_uint8 * 8),
        ("mac_length", c_uint32),
        ("flags", c_uint32),
        ("mtu", c_uint32),
        ("type", c_uint32),
        ("oper_status", c_uint32),
        ("index6", c_uint32),
        ("zone_indices", c_uint32 * 16),
        ("prefixes", c_void_p),
        ("link_speeds", c_uint32 * 4),
        ("wins_servers", c_void_p),
        ("gateways", c_void_p),
        ("metric", c_uint32),
        ("metric6", c_uint32),
        ("luid", c_uint32 * 2),
        ("dhcp_server", c_void_p),
        ("dhcp_server_length", c_uint32),
    ]


class EchoReply(Structure):
    """ICMP_ECHO_REPLY of 64-bit Windows."""

    _fields_ = [
        ("address", c_uint32),
        ("status", c_uint32),
        ("round_trip_ms", c_uint32),
        ("size", c_uint16),
        ("reserved", c_uint16),
        ("data", c_void_p),
        ("options", c_uint8 * 16),
    ]


@dataclass(frozen=True, slots=True)
class Adapter:
    """One adapter. Addresses are usable ones, IPv4 with their prefix length; routers and resolvers are IPv4."""

    guid: str
    index: int
    name: str
    description: str
    mac: str
    type: int
    up: bool
    mtu: int
    metric: int
    dhcp: bool
    dhcp_server: str
    addresses: tuple[str, ...]
    addresses6: tuple[str, ...]
    gateways: tuple[str, ...]
    dns: tuple[str, ...]


_SIGNATURES: dict[str, dll.Signature] = {
    "GetAdaptersAddresses": (c_uint32, (c_uint32, c_uint32, c_void_p, c_void_p, POINTER(c_uint32))),
    "GetIpForwardTable2": (c_uint32, (c_uint16, POINTER(c_void_p))),
    "FreeMibTable": (None, (c_void_p,)),
    "SendARP": (c_uint32, (c_uint32, c_uint32, c_void_p, POINTER(c_uint32))),
    "IcmpCreateFile": (c_void_p, ()),
    "IcmpCloseHandle": (c_uint32, (c_void_p,)),
    "IcmpSendEcho2Ex": (
        c_uint32,
        (
            *(c_void_p, c_void_p, c_void_p, c_void_p, c_uint32, c_uint32),
            *(c_void_p, c_uint16, c_void_p, c_void_p, c_uint32, c_uint32),
        ),
    ),
}


class IpHelper:
    """The library. All calls block; those that ask somebody else for up to seconds."""

    def __init__(self, library: Any = None) -> None:
        self._dll = dll.load("iphlpapi") if library is None else library
        dll.declare(self._dll, _SIGNATURES)

    def adapters(self) -> tuple[Adapter, ...]:
        """All adapters that speak IP. Raises Unavailable."""
        size, code = c_uint32(16_384), BUFFER_OVERFLOW
        buffer = ctypes.create_string_buffer(0)
        while code == BUFFER_OVERFLOW and size.value <= LARGEST:  # the list may grow while it is asked for
            buffer = ctypes.create_string_buffer(size.value)
            flags = SKIP_ANYCAST | SKIP_MULTICAST | GATEWAYS
            code = self._dll.GetAdaptersAddresses(AF_UNSPEC, flags, None, buffer, byref(size))
        if code == NO_DATA:
            return ()
        _must(code == 0, "GetAdaptersAddresses", code)
        return tuple(map(_adapter, _list(ctypes.addressof(buffer), AdapterAddresses)))

    def routes(self) -> bytes:
        """The bytes of the table of IPv4 routes (MIB_IPFORWARD_TABLE2). Raises Unavailable."""
        table = c_void_p()
        code = self._dll.GetIpForwardTable2(AF_INET, byref(table))
        _must(code == 0 and bool(table.value), "GetIpForwardTable2", code)
        try:
            rows = min(c_uint32.from_address(table.value or 0).value, MOST_ROUTES)
            return ctypes.string_at(table.value or 0, TABLE_HEAD + rows * ROUTE_BYTES)
        finally:
            self._dll.FreeMibTable(table)

    def arp(self, address: str, own: str) -> str | None:
        """The MAC that answers for an address on the network of our address `own`; None for silence (after some 3 s).

        Raises Unavailable: INTERFACE_GONE when `own` is not ours any more.
        """
        mac, size = (c_uint8 * 8)(), c_uint32(8)
        code = self._dll.SendARP(_packed(address), _packed(own), mac, byref(size))
        if code in (BAD_NET_NAME, GEN_FAILURE):
            return None
        _must(code == 0, "SendARP", code)
        return bytes(mac[: size.value]).hex(":") if size.value == 6 else None

    def echo(self, address: str, own: str, payload: bytes, timeout_ms: int) -> bool:
        """Ping once from our address `own`: whether exactly this answer came in time."""
        handle = self._dll.IcmpCreateFile()
        if handle in (None, _INVALID_HANDLE):
            return False
        reply = ctypes.create_string_buffer(ctypes.sizeof(EchoReply) + len(payload) + 64)
        source, target = _packed(own), _packed(address)
        ends = (reply, len(reply), timeout_ms)
        try:
            count = self._dll.IcmpSendEcho2Ex(
                handle, None, None, None, source, target, payload, len(payload), None, *ends
            )
        finally:
            self._dll.IcmpCloseHandle(handle)
        answer = EchoReply.from_buffer_copy(reply)
        return bool(count) and (answer.status, answer.address, answer.size) == (0, target, len(payload))


def _adapter(told: AdapterAddresses) -> Adapter:
    unicast = [u for u in _list(told.unicast, Unicast) if u.dad_state in (DEPRECATED, PREFERRED)]
    own = [(_address(u.node.sockaddr), u.prefix_length) for u in unicast]
    guid = ctypes.string_at(told.adapter_name).decode("ascii", "replace") if told.adapter_name else ""
    return Adapter(
        guid=guid,
        index=told.index or told.index6,
        name=_text(told.friendly_name) or guid,
        description=_text(told.description),
        mac=bytes(told.mac[:6]).hex(":") if told.mac_length == 6 else "",
        type=told.type,
        up=told.oper_status == OPERATIONAL,
        mtu=told.mtu if told.mtu < 0xFFFFFFFF else 0,
        metric=told.metric,
        dhcp=bool(told.flags & DHCP_ENABLED),
        dhcp_server=_ipv4(_address(told.dhcp_server)),
        addresses=tuple(f"{address}/{prefix}" for address, prefix in own if _ipv4(address)),
        addresses6=tuple(address for address, _ in own if address and not _ipv4(address)),
        gateways=tuple(_addresses(told.gateways)),
        dns=tuple(_addresses(told.dns_servers)),
    )


def _list(at: int | None, kind: Any) -> Iterator[Any]:
    """The structures of a chain; both kinds of links are the third word."""
    while at:
        entry = kind.from_address(at)
        yield entry
        at = entry.node.next if kind is Unicast else entry.next


def _addresses(first: int | None) -> Iterator[str]:
    return filter(None, (_ipv4(_address(node.sockaddr)) for node in _list(first, Node)))


def _address(sockaddr: int | None) -> str:
    """The address in a SOCKADDR_IN or SOCKADDR_IN6, "" in any other."""
    match c_uint16.from_address(sockaddr).value if sockaddr else 0:
        case 2:
            return str(IPv4Address(ctypes.string_at((sockaddr or 0) + 4, 4)))
        case 23:
            return str(IPv6Address(ctypes.string_at((sockaddr or 0) + 8, 16)))
        case _:
            return ""


def _ipv4(address: str) -> str:
    return "" if ":" in address else address


def _text(at: int | None) -> str:
    """UTF-16 up to its end."""
    if not at:
        return ""
    units = takewhile(bool, (c_uint16.from_address(at + 2 * i).value for i in range(_LONGEST_TEXT)))
    return b"".join(unit.to_bytes(2, "little") for unit in units).decode("utf-16-le", "replace")


def _packed(address: str) -> int:
    """IPAddr: the four bytes as they are on the wire."""
    return int.from_bytes(IPv4Address(address).packed, "little")


def _must(fine: bool, function: str, code: int) -> None:
    if not fine:
        raise Unavailable(_REASONS.get(code, Reason.DRIVER_ERROR), f"{function}: {code}")
