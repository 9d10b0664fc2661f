"""A kernel's side of nl80211 on socket pairs: real bytes, scripted answers."""

from __future__ import annotations

import errno
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from installer_gui.platforms.linux.genetlink import ACK, attribute, attributes, nested

FAMILY, SCAN_GROUP, INDEX = 0x1C, 5, 1
GET_FAMILY, GET_INTERFACE, GET_SCAN, TRIGGER, RESULTS, ABORTED = 3, 5, 32, 33, 34, 35
ALL_13 = tuple(range(2412, 2473, 5))


def u16(n: int) -> bytes:
    return struct.pack("=H", n)


def u32(n: int) -> bytes:
    return struct.pack("=I", n)


def message(kind: int, sequence: int, body: bytes, flags: int = 0) -> bytes:
    return struct.pack("=IHHII", 16 + len(body), kind, flags, sequence, 0) + body + bytes(-len(body) % 4)


def reply(command: int, sequence: int, body: bytes, flags: int = 0) -> bytes:
    return message(FAMILY, sequence, bytes([command, 1, 0, 0]) + body, flags)


def error(code: int, sequence: int) -> bytes:
    return message(2, sequence, struct.pack("=i", -code) + bytes(16))


def event(command: int, index: int = INDEX, frequencies: Iterable[int] = ALL_13) -> bytes:
    body = attribute(3, u32(index)) + nested(44, [u32(f) for f in frequencies])
    return reply(command, 0, body)


def entry(
    mhz: int = 2437, mbm: int | None = -7350, *, age_ns: int | None = 0, ms: int | None = None, ssid: bytes = b"Garage"
) -> bytes:
    """One BSS; `age_ns` counts from now, None leaves the stamp out."""
    beacon = bytes([0, len(ssid)]) + ssid
    body = attribute(1, bytes.fromhex("020000000100")) + attribute(2, u32(mhz)) + attribute(5, u16(0x411))
    body += attribute(6, beacon) + attribute(11, beacon)
    body += attribute(7, struct.pack("=i", mbm)) if mbm is not None else attribute(8, b"\x32")
    if ms is not None:
        body += attribute(10, u32(ms))
    if age_ns is not None:
        body += attribute(15, struct.pack("=Q", time.clock_gettime_ns(time.CLOCK_BOOTTIME) - age_ns))
    return attribute(3, u32(INDEX)) + attribute(47, body)


class KernelSocket(socket.socket):
    """One end of a pair that may be told to join a group."""

    joined = 0

    def setsockopt(self, level: int, option: int, value: Any, *_: Any) -> None:  # type: ignore[override]  # only one form is used
        assert (level, option) == (270, 1)
        self.joined = value


@dataclass
class Kernel:
    """`answers` are the errnos of the next triggers (0 when none is left); `sweep` tells the events after one."""

    answers: list[int] = field(default_factory=list)
    entries: Callable[[], list[bytes]] = lambda: [entry()]
    sweeps: list[list[bytes]] = field(default_factory=list)
    station: int = 2
    interrupted: int = 0
    triggered: list[dict[int, bytes]] = field(default_factory=list)
    dumps: int = 0
    _sockets: list[tuple[KernelSocket, socket.socket]] = field(default_factory=list)

    def open_socket(self) -> socket.socket:
        theirs, ours = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        end = KernelSocket(fileno=theirs.detach())
        self._sockets.append((end, ours))
        threading.Thread(target=self._serve, args=(ours,), daemon=True).start()
        return end

    def tell(self, *events: bytes) -> None:
        """Events for every socket that joined the scan group."""
        for theirs, ours in self._sockets:
            if theirs.joined == SCAN_GROUP and theirs.fileno() >= 0:
                for told in events:
                    ours.send(told)

    def close(self) -> None:
        for _, ours in self._sockets:
            ours.close()

    def _serve(self, ours: socket.socket) -> None:
        while data := self._receive(ours):
            _, kind, flags, sequence = struct.unpack_from("=IHHI", data)
            found = attributes(data[20:])
            answers = self._answer(data[16], found, sequence)
            if flags & ACK and not any(a[4:6] == u16(2) for a in answers):
                answers = [*answers, error(0, sequence)]
            for answer in answers:
                ours.send(answer)
            if data[16] == TRIGGER and kind == FAMILY and answers[-1] == error(0, sequence):
                self.tell(*(self.sweeps.pop(0) if self.sweeps else [event(TRIGGER), event(RESULTS)]))

    @staticmethod
    def _receive(ours: socket.socket) -> bytes:
        try:
            return ours.recv(1 << 17)
        except OSError:
            return b""

    def _answer(self, command: int, found: dict[int, bytes], sequence: int) -> list[bytes]:
        match command:
            case 3:  # GET_FAMILY
                group = attribute(1, attribute(2, u32(SCAN_GROUP)) + attribute(1, b"scan\0"))
                return [message(16, sequence, bytes(4) + attribute(1, u16(FAMILY)) + attribute(7, group))]
            case 5:  # GET_INTERFACE
                return [reply(7, sequence, attribute(5, u32(self.station)))]
            case 33:  # TRIGGER_SCAN
                self.triggered.append(found)
                return [error(self.answers.pop(0) if self.answers else 0, sequence)]
            case 32:  # GET_SCAN
                return self._list(sequence)
            case _:
                return [error(errno.EOPNOTSUPP, sequence)]

    def _list(self, sequence: int) -> list[bytes]:
        """All entries in one datagram, the end in another, as the kernel packs them."""
        self.dumps += 1
        flags = 0x10 if self.dumps <= self.interrupted else 0
        rows = b"".join(reply(34, sequence, body, flags) for body in self.entries())
        return [part for part in (rows, message(3, sequence, bytes(4))) if part]
