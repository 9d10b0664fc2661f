"""Ping over an ICMP socket that somebody else opened and connected."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import time

from ...errors import Malformed
from ...protocols import icmp

GAP_S = 0.05


class Ping:
    """`count` questions on one socket; each carries a word of ours, because a raw socket hears everybody's answers."""

    def __init__(self, sock: socket.socket, count: int) -> None:
        self._sock = sock
        self._count = count
        self._token = secrets.token_bytes(16)
        self._identifier = secrets.randbelow(0x10000)  # Linux puts its own in its place
        self._sent: dict[int, float] = {}
        self._round_trips: dict[int, float] = {}

    async def run(self, timeout_s: float) -> tuple[float, ...]:
        """Round trips in milliseconds of the answers that came within `timeout_s` of the last question."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._count * GAP_S + timeout_s), asyncio.TaskGroup() as group:
                group.create_task(self._send())
                group.create_task(self._listen())
        return tuple(self._round_trips.values())

    async def _send(self) -> None:
        for sequence in range(self._count):
            self._sent[sequence] = time.perf_counter()
            with contextlib.suppress(OSError):  # an ICMP error for an earlier question
                self._sock.send(icmp.echo_request(self._identifier, sequence, self._token))
            await asyncio.sleep(GAP_S)

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        while len(self._round_trips) < self._count:
            try:
                sequence, payload = icmp.echo_reply(await loop.sock_recv(self._sock, 2048))
            except Malformed:
                continue
            except OSError:  # an ICMP error in place of an answer
                await asyncio.sleep(GAP_S)
                continue
            if payload == self._token and sequence in self._sent:
                self._round_trips.setdefault(sequence, (time.perf_counter() - self._sent[sequence]) * 1000)
