"""NTP questions over our own sockets; ntplib packs and unpacks the packet and does nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Coroutine
from typing import Any

import ntplib

from ...domain.timesync import TimeFailure, TimeFault, TimeSample
from .sockets import Sockets, interface_alive

PORT = 123
UNIX_EPOCH = 2208988800  # 1970-01-01 in seconds since 1900, where NTP counts from
ERA = 2**32  # NTP seconds wrap in 2036 (RFC 5905, section 6)
MAX_DISTANCE_S = 1.5  # RFC 5905, MAXDIST
NONCE = slice(40, 48)  # the client's transmit timestamp ...
ORIGIN = slice(24, 32)  # ... comes back here


class NtpTimeSync:
    """Asks one address at a time; implements `ports.timesync.TimeSync`."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets

    async def ask(self, address: str, timeout_s: float, *, from_port_123: bool = False) -> TimeSample | TimeFailure:
        exchange = Exchange(address, from_port_123=from_port_123)
        return await exchange.outcome(exchange.run(self._sockets), timeout_s)


class Exchange:
    """One question. `silence` is what to say when its time is up."""

    def __init__(self, address: str, *, from_port_123: bool) -> None:
        self.silence = TimeFailure(address, TimeFault.TIMEOUT)
        self._address = address
        self._from_port_123 = from_port_123

    async def outcome(
        self, work: Coroutine[Any, Any, TimeSample | TimeFailure], timeout_s: float
    ) -> TimeSample | TimeFailure:
        """What came of asking, within the time."""
        try:
            async with asyncio.timeout(timeout_s):
                return await work
        except ConnectionRefusedError:
            return TimeFailure(self._address, TimeFault.PORT_CLOSED)
        except TimeoutError:
            return self.silence
        except OSError as error:
            return TimeFailure(self._address, TimeFault.UNREACHABLE, error.strerror or "")

    async def run(self, sockets: Sockets) -> TimeSample | TimeFailure:
        loop, request = asyncio.get_running_loop(), _request()
        source = PORT if self._from_port_123 else 0
        with interface_alive(), contextlib.closing(sockets.datagram((self._address, PORT), source)) as sock:
            sent_at, clock = time.time(), time.perf_counter()
            await loop.sock_sendall(sock, request)
            while True:
                data = await loop.sock_recv(sock, 1024)
                answer = self.heard(data, request[NONCE], sent_at, time.perf_counter() - clock)
                if answer is not None:
                    return answer

    def heard(self, data: bytes, nonce: bytes, sent_at: float, rtt_s: float) -> TimeSample | TimeFailure | None:
        """What a datagram says, None for one that is no answer to our question."""
        if (packet := _read(data)) is None:
            self.silence = TimeFailure(self._address, TimeFault.MALFORMED)
        elif data[ORIGIN] != nonce:
            self.silence = TimeFailure(self._address, TimeFault.SPOOFED)
        else:
            return self._judge(packet, sent_at, rtt_s)
        return None

    def _judge(self, packet: ntplib.NTPPacket, sent_at: float, rtt_s: float) -> TimeSample | TimeFailure:
        """Apply the rules by which a client may use a server (RFC 5905, sections 7.4 and 11.2)."""
        if packet.stratum == 0:
            return TimeFailure(self._address, TimeFault.KISS, _kiss_code(packet.ref_id))
        if packet.leap == 3 or packet.stratum > 15 or not packet.tx_timestamp:
            return TimeFailure(self._address, TimeFault.UNSYNCHRONISED, f"stratum {packet.stratum}")
        held_s = min(max(packet.tx_timestamp - packet.recv_timestamp, 0.0), rtt_s)
        rtt_s -= held_s
        distance_s = packet.root_delay / 2 + packet.root_dispersion + rtt_s / 2
        if distance_s >= MAX_DISTANCE_S:
            return TimeFailure(self._address, TimeFault.DISTANT, f"{distance_s:.3f} s")
        arrived_at = sent_at + UNIX_EPOCH + rtt_s / 2
        offset_s = _within_era(packet.recv_timestamp - arrived_at)
        return TimeSample(
            self._address, offset_s, rtt_s * 1000, packet.stratum, distance_s, source_port_123=self._from_port_123
        )


def _request() -> bytes:
    """A client packet. Its transmit timestamp is random: it tells nothing, and only our answer can repeat it."""
    data: bytes = ntplib.NTPPacket(version=4, mode=3).to_data()
    return data[: NONCE.start] + secrets.token_bytes(8) + data[NONCE.stop :]


def _read(data: bytes) -> ntplib.NTPPacket | None:
    """A server's packet of version 3 or 4, or None."""
    packet = ntplib.NTPPacket()
    try:
        packet.from_data(data)
    except ntplib.NTPException:
        return None
    return packet if packet.mode == 4 and packet.version in (3, 4) else None


def _kiss_code(ref_id: int) -> str:
    return "".join(c for c in ref_id.to_bytes(4).decode("ascii", "replace") if c.isalnum())


def _within_era(seconds: float) -> float:
    return (seconds + ERA / 2) % ERA - ERA / 2
