"""Native WiFi of Windows (wlanapi.h): its structures, and one handle to the service.

Nothing that the driver or an access point wrote is believed: counts, offsets and lengths are held to the bytes that
there are. Memory of the service's is copied and given back before it is read.
"""

from __future__ import annotations

import contextlib
import ctypes
from collections import defaultdict, deque
from collections.abc import Iterator
from ctypes import CFUNCTYPE, POINTER, Structure, byref, c_int32, c_uint8, c_uint16, c_uint32, c_uint64, c_void_p
from dataclasses import dataclass
from typing import Any

from . import dll

CLIENT_VERSION, ANY_BSS, CURRENT_CONNECTION = 2, 3, 7
ACM = 0x8  # notifications of the auto configuration; the others need the location permission since Windows 11 24H2
SCAN_COMPLETE, SCAN_FAIL, SCAN_LIST_REFRESH = 7, 8, 26
LONGEST_SSID, LARGEST_ELEMENTS, LARGEST_LIST = 32, 2324, 1 << 22
CONNECTED = 1


class Ssid(Structure):
    """DOT11_SSID."""

    _fields_ = [("length", c_uint32), ("octets", c_uint8 * LONGEST_SSID)]


class InterfaceInfo(Structure):
    """WLAN_INTERFACE_INFO."""

    _fields_ = [("guid", c_uint8 * 16), ("description", c_uint16 * 256), ("state", c_uint32)]


class BssEntry(Structure):
    """WLAN_BSS_ENTRY."""

    _fields_ = [
        ("ssid", Ssid),
        ("phy_id", c_uint32),
        ("bssid", c_uint8 * 6),
        ("bss_type", c_uint32),
        ("phy_type", c_uint32),
        ("rssi", c_int32),
        ("quality", c_uint32),
        ("in_regulatory_domain", c_uint8),
        ("beacon_period", c_uint16),
        ("timestamp", c_uint64),
        ("host_timestamp", c_uint64),
        ("capability", c_uint16),
        ("khz", c_uint32),
        ("rates_length", c_uint32),
        ("rates", c_uint16 * 126),
        ("elements_offset", c_uint32),
        ("elements_size", c_uint32),
    ]


class NotificationData(Structure):
    """WLAN_NOTIFICATION_DATA."""

    _fields_ = [
        ("source", c_uint32),
        ("code", c_uint32),
        ("guid", c_uint8 * 16),
        ("size", c_uint32),
        ("data", c_void_p),
    ]


class ConnectionAttributes(Structure):
    """WLAN_CONNECTION_ATTRIBUTES, as far as the access point's address."""

    _fields_ = [
        ("state", c_uint32),
        ("mode", c_uint32),
        ("profile", c_uint16 * 256),
        ("ssid", Ssid),
        ("bss_type", c_uint32),
        ("bssid", c_uint8 * 6),
    ]


HEAD = 8  # of every list: two u32
Listener: Any = CFUNCTYPE(None, POINTER(NotificationData), c_void_p)
_SIGNATURES: dict[str, dll.Signature] = {
    "WlanOpenHandle": (c_uint32, (c_uint32, c_void_p, POINTER(c_uint32), POINTER(c_void_p))),
    "WlanCloseHandle": (c_uint32, (c_void_p, c_void_p)),
    "WlanFreeMemory": (None, (c_void_p,)),
    "WlanEnumInterfaces": (c_uint32, (c_void_p, c_void_p, POINTER(c_void_p))),
    "WlanRegisterNotification": (
        c_uint32,
        (c_void_p, c_uint32, c_uint32, Listener, c_void_p, c_void_p, POINTER(c_uint32)),
    ),
    "WlanScan": (c_uint32, (c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)),
    "WlanGetNetworkBssList": (
        c_uint32,
        (c_void_p, c_void_p, c_void_p, c_uint32, c_uint32, c_void_p, POINTER(c_void_p)),
    ),
    "WlanQueryInterface": (
        c_uint32,
        (c_void_p, c_void_p, c_uint32, c_void_p, POINTER(c_uint32), POINTER(c_void_p), c_void_p),
    ),
}


class WlanError(Exception):
    """A function of the service's that failed, and its code."""

    def __init__(self, function: str, code: int) -> None:
        super().__init__(f"{function}: {code:#x}" if code > 0xFFFF else f"{function}: {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Radio:
    """A WiFi adapter as the service lists it."""

    guid: bytes
    description: str
    connected: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One entry of the list of access points; `heard_at` in 100 ns since 1601, `tsf` in µs, 0 where it is not known."""

    ssid: bytes
    bssid: str
    khz: int
    dbm: int
    capability: int
    elements: bytes
    heard_at: int
    tsf: int


def rows(data: bytes) -> Iterator[Row]:
    """The entries of a WLAN_BSS_LIST. Elements that lie outside the bytes are as if absent."""
    count = int.from_bytes(data[4:HEAD], "little")
    size = ctypes.sizeof(BssEntry)
    for at in range(HEAD, min(HEAD + count * size, len(data) - size + 1), size):
        entry = BssEntry.from_buffer_copy(data, at)
        begin, length = at + entry.elements_offset, entry.elements_size
        whole = length <= LARGEST_ELEMENTS and begin + length <= len(data)
        yield Row(
            ssid=bytes(entry.ssid.octets[: entry.ssid.length]) if entry.ssid.length <= LONGEST_SSID else b"",
            bssid=bytes(entry.bssid).hex(":"),
            khz=entry.khz,
            dbm=entry.rssi,
            capability=entry.capability,
            elements=data[begin : begin + length] if whole else b"",
            heard_at=entry.host_timestamp,
            tsf=entry.timestamp,
        )


class Wlan:
    """A handle to the service, open until `close`. Every call blocks, and raises WlanError."""

    def __init__(self, library: Any) -> None:
        self._dll = library
        dll.declare(library, _SIGNATURES)
        self._told: defaultdict[bytes, deque[int]] = defaultdict(deque)
        self._listener = Listener(self._hear)  # kept, because the service calls it as long as the handle is open
        self._handle = c_void_p()
        self._call("WlanOpenHandle", CLIENT_VERSION, None, byref(c_uint32()), byref(self._handle))
        try:
            self._must("WlanRegisterNotification", ACM, 1, self._listener, None, None, None)
        except WlanError:
            self.close()
            raise

    def close(self) -> None:
        """Stop listening and give the handle back; never from the listener itself."""
        self._dll.WlanRegisterNotification(self._handle, 0, 1, Listener(), None, None, None)
        self._dll.WlanCloseHandle(self._handle, None)

    def radios(self) -> tuple[Radio, ...]:
        """The adapters."""
        size = ctypes.sizeof(InterfaceInfo)
        with self._given("WlanEnumInterfaces") as at:
            count = min(c_uint32.from_address(at).value, 64)
            data = ctypes.string_at(at, HEAD + count * size)
        found = (InterfaceInfo.from_buffer_copy(data, HEAD + number * size) for number in range(count))
        return tuple(Radio(bytes(i.guid), _text(bytes(i.description)), i.state == CONNECTED) for i in found)

    def scan(self, guid: bytes, ssid: bytes | None = None) -> None:
        """Ask for a sweep, and for one network by its name; returns at once."""
        self._told[guid].clear()
        named = Ssid(len(ssid), (c_uint8 * LONGEST_SSID)(*ssid)) if ssid else None
        self._must("WlanScan", guid, byref(named) if named else None, None, None)

    def told(self, guid: bytes) -> int | None:
        """The next thing the service told of this adapter since the question, None for nothing yet."""
        waiting = self._told[guid]
        return waiting.popleft() if waiting else None

    def bss_list(self, guid: bytes) -> bytes:
        """Every access point of every name, as a WLAN_BSS_LIST."""
        with self._given("WlanGetNetworkBssList", guid, None, ANY_BSS, 0) as at:
            size = c_uint32.from_address(at).value
            return ctypes.string_at(at, min(max(size, HEAD), LARGEST_LIST))

    def joined(self, guid: bytes) -> str:
        """The address of the access point that the adapter is connected to."""
        size, data = c_uint32(), c_void_p()
        self._must("WlanQueryInterface", guid, CURRENT_CONNECTION, None, byref(size), byref(data), None)
        try:
            if size.value < ctypes.sizeof(ConnectionAttributes):
                return ""
            return bytes(ConnectionAttributes.from_address(data.value or 0).bssid).hex(":")
        finally:
            self._dll.WlanFreeMemory(data)

    @contextlib.contextmanager
    def _given(self, function: str, *arguments: Any) -> Iterator[int]:
        """The address of a list of the service's, which gets it back."""
        found = c_void_p()
        self._must(function, *arguments, None, byref(found))
        if not found.value:
            raise WlanError(function, 0)
        try:
            yield found.value
        finally:
            self._dll.WlanFreeMemory(found)

    def _must(self, function: str, *arguments: Any) -> None:
        self._call(function, self._handle, *arguments)

    def _call(self, function: str, *arguments: Any) -> None:
        code = getattr(self._dll, function)(*arguments)
        if code:
            raise WlanError(function, code)

    def _hear(self, told: Any, _: Any) -> None:
        """Runs in a thread of the service's: it notes, and does nothing else."""
        notice = told.contents
        if notice.source == ACM and notice.code in (SCAN_COMPLETE, SCAN_FAIL, SCAN_LIST_REFRESH):
            self._told[bytes(notice.guid)].append(notice.code)


def _text(utf16: bytes) -> str:
    return utf16.decode("utf-16-le", "replace").partition("\0")[0]
