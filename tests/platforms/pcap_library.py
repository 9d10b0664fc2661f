"""libpcap, played: its functions on real structures, and modems at the other end of the device."""

from __future__ import annotations

import ctypes
import struct
import time
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any, Protocol

HANDLE, TEXT = 0x77, b"what libpcap says"
UNIX, WINDOWS = struct.Struct("<qi4xII"), struct.Struct("<iiII")  # pcap_pkthdr


class Answering(Protocol):
    def answers(self, frame: bytes) -> Iterator[tuple[float, bytes]]: ...


class Pcap:
    """`codes` are what functions return in place of 0; `stamp` is added to the device's times."""

    def __init__(self, *modems: Answering, head: struct.Struct = UNIX, stamp: float = 0.0, **codes: int) -> None:
        self.calls: Counter[str] = Counter()
        self.device, self.filter, self.sent = b"", b"", list[bytes]()
        self._modems, self._head, self._stamp, self._codes = modems, head, stamp, codes
        self._due: deque[tuple[float, bytes]] = deque()
        self._kept: list[Any] = []
        names = ("set_snaplen", "set_promisc", "set_immediate_mode", "activate", "setnonblock", "setfilter")
        for name in (*names, "create", "datalink", "compile", "freecode", "next_ex", "sendpacket", "geterr", "close"):
            setattr(self, f"pcap_{name}", self._counted(name, getattr(self, f"_{name}", lambda *_: 0)))

    def arrive(self, frame: bytes, after_s: float = 0.0) -> None:
        self._due.append((time.time() + after_s, frame))

    def _counted(self, name: str, work: Any) -> Any:
        def function(*arguments: Any) -> Any:
            self.calls[name] += 1
            return self._codes[name] if name in self._codes else work(*arguments)

        return function

    def _create(self, device: bytes, error: Any) -> int:
        self.device = device
        return HANDLE

    def _datalink(self, handle: int) -> int:
        return 1

    def _compile(self, handle: int, program: Any, words: bytes, optimize: int, netmask: int) -> int:
        self.filter = words
        return 0

    def _sendpacket(self, handle: int, frame: bytes, length: int) -> int:
        assert (handle, length) == (HANDLE, len(frame))
        self.sent.append(frame)
        for modem in self._modems:
            for delay_s, answer in modem.answers(frame):
                self.arrive(answer, delay_s)
        return 0

    def _next_ex(self, handle: int, head: Any, data: Any) -> int:
        now = time.time()
        for _ in range(len(self._due)):
            at, frame = self._due.popleft()
            if at <= now:
                seconds, micros = divmod(round((at + self._stamp) * 1e6), 1_000_000)
                self._kept = [self._head.pack(int(seconds), int(micros), len(frame), len(frame)), frame]
                for out, part in zip((head, data), self._kept, strict=True):
                    out._obj.value = ctypes.cast(part, ctypes.c_void_p).value
                return 1
            self._due.append((at, frame))
        return 0

    def _geterr(self, handle: int) -> bytes:
        return TEXT
