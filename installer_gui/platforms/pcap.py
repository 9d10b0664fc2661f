"""Whole frames through libpcap or Npcap by ctypes, for systems that have no packet sockets.

Sources: pcap(3PCAP) and its error codes (pcap/pcap.h of libpcap 1.10, which is Npcap's as well).
"""

from __future__ import annotations

import asyncio
import ctypes
import time
from collections.abc import Mapping
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_int32, c_int64, c_uint32, c_void_p
from typing import Any

from ..domain.powerline import Frame
from ..ports.unavailable import Reason, Unavailable
from ..protocols.homeplug import BROADCOM, HOMEPLUG

LARGEST, ERROR_TEXT = 4096, 256
POLL_S = 0.002  # waiting inside the library may take for ever, and cannot be broken off
ETHERNET, ANY_NETMASK = 1, 0xFFFFFFFF
# PCAP_ERROR_…: NO_SUCH_DEVICE, PERM_DENIED, IFACE_NOT_UP, PROMISC_PERM_DENIED
_REASONS = {
    -5: Reason.INTERFACE_GONE,
    -8: Reason.NEEDS_PRIVILEGE,
    -9: Reason.INTERFACE_GONE,
    -11: Reason.NEEDS_PRIVILEGE,
}
_SIGNATURES: Mapping[str, tuple[Any, tuple[Any, ...]]] = {
    "pcap_create": (c_void_p, (c_char_p, c_char_p)),
    "pcap_set_snaplen": (c_int, (c_void_p, c_int)),
    "pcap_set_promisc": (c_int, (c_void_p, c_int)),
    "pcap_set_immediate_mode": (c_int, (c_void_p, c_int)),
    "pcap_activate": (c_int, (c_void_p,)),
    "pcap_datalink": (c_int, (c_void_p,)),
    "pcap_compile": (c_int, (c_void_p, c_void_p, c_char_p, c_int, c_uint32)),
    "pcap_setfilter": (c_int, (c_void_p, c_void_p)),
    "pcap_freecode": (None, (c_void_p,)),
    "pcap_setnonblock": (c_int, (c_void_p, c_int, c_char_p)),
    "pcap_next_ex": (c_int, (c_void_p, POINTER(c_void_p), POINTER(c_void_p))),
    "pcap_sendpacket": (c_int, (c_void_p, c_char_p, c_int)),
    "pcap_geterr": (c_char_p, (c_void_p,)),
    "pcap_close": (None, (c_void_p,)),
}


class UnixHead(Structure):
    """pcap_pkthdr where seconds have eight octets. On macOS microseconds have four, and padding behind them."""

    _fields_ = [("seconds", c_int64), ("micros", c_int32), ("_", c_int32), ("held", c_uint32), ("length", c_uint32)]


class WindowsHead(Structure):
    """pcap_pkthdr of Windows, whose `long` has four octets."""

    _fields_ = [("seconds", c_int32), ("micros", c_int32), ("held", c_uint32), ("length", c_uint32)]


class Program(Structure):
    """bpf_program."""

    _fields_ = [("length", c_uint32), ("steps", c_void_p)]


class Capture:
    """Implements `platforms.powerline.Wire` on one device; `library` is libpcap, loaded.

    `stamped`: its times are those of the system's clock. Else a frame's time is that at which it is read, up to
    POLL_S late. Raises Unavailable: NEEDS_PRIVILEGE, INTERFACE_GONE, UNSUPPORTED, DRIVER_ERROR.
    """

    backend = "libpcap"
    head: type[UnixHead] | type[WindowsHead] = UnixHead
    stamped = True

    def __init__(self, library: Any, device: str, own_mac: str) -> None:
        self._pcap = library
        _declare(library)
        self._epoch = time.time() - time.perf_counter()
        self._error = ctypes.create_string_buffer(ERROR_TEXT)
        self._handle: int | None = library.pcap_create(device.encode(), self._error)
        if not self._handle:
            raise Unavailable(Reason.DRIVER_ERROR, f"pcap_create: {_text(self._error.value)}")
        try:
            self._open(own_mac)
        except BaseException:
            self.close()
            raise

    def send(self, frame: bytes) -> float:
        at = self._now()
        if self._pcap.pcap_sendpacket(self._handle, frame, len(frame)) != 0:
            raise self._failed("pcap_sendpacket", Reason.INTERFACE_GONE)
        return at

    def receive(self) -> Frame | None:
        head, data = c_void_p(), c_void_p()
        code = self._pcap.pcap_next_ex(self._handle, byref(head), byref(data))
        if code < 0:
            raise self._failed("pcap_next_ex", Reason.INTERFACE_GONE)
        if code == 0 or not head.value or not data.value:
            return None
        told = self.head.from_address(head.value)
        at = told.seconds + told.micros / 1e6 if self.stamped else self._now()
        return Frame(at, ctypes.string_at(data.value, min(told.held, LARGEST)))

    async def wait(self, timeout_s: float) -> None:
        await asyncio.sleep(min(POLL_S, timeout_s))

    def close(self) -> None:
        if self._handle:
            self._pcap.pcap_close(self._handle)
        self._handle = None

    def _open(self, own_mac: str) -> None:
        self._pcap.pcap_set_snaplen(self._handle, LARGEST)
        self._pcap.pcap_set_promisc(self._handle, 0)
        self._pcap.pcap_set_immediate_mode(self._handle, 1)
        code = self._pcap.pcap_activate(self._handle)
        if code < 0:  # above it are warnings
            raise self._failed(f"pcap_activate: {code}", _REASONS.get(code, Reason.DRIVER_ERROR))
        if self._pcap.pcap_datalink(self._handle) != ETHERNET:
            raise Unavailable(Reason.UNSUPPORTED, "no Ethernet")
        self._let_in(f"(ether proto {HOMEPLUG:#06x} or ether proto {BROADCOM:#06x}) and not ether src {own_mac}")
        if self._pcap.pcap_setnonblock(self._handle, 1, self._error) != 0:
            raise Unavailable(Reason.DRIVER_ERROR, f"pcap_setnonblock: {_text(self._error.value)}")

    def _let_in(self, words: str) -> None:
        """Have the system drop everything else, our own frames among it."""
        program = Program()
        if self._pcap.pcap_compile(self._handle, byref(program), words.encode(), 1, ANY_NETMASK) != 0:
            raise self._failed("pcap_compile", Reason.DRIVER_ERROR)
        try:
            if self._pcap.pcap_setfilter(self._handle, byref(program)) != 0:
                raise self._failed("pcap_setfilter", Reason.DRIVER_ERROR)
        finally:
            self._pcap.pcap_freecode(byref(program))

    def _failed(self, what: str, reason: Reason) -> Unavailable:
        return Unavailable(reason, f"{what}: {_text(self._pcap.pcap_geterr(self._handle))}")

    def _now(self) -> float:
        """By a clock that is finer than Windows' own."""
        return self._epoch + time.perf_counter()


def _declare(library: Any) -> None:
    for name, (result, arguments) in _SIGNATURES.items():
        function = getattr(library, name, None)
        if function is None:  # older than 2013, or WinPcap's
            raise Unavailable(Reason.UNSUPPORTED, f"no {name}")
        function.restype, function.argtypes = result, arguments


def _text(told: bytes | None) -> str:
    return (told or b"").decode("utf-8", "replace")
