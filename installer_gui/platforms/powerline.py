"""Questions to modems over a wire that this process may use itself. The wires are each system's own."""

from __future__ import annotations

import asyncio
import time
from typing import Protocol

from ..domain.powerline import Frame, Question
from ..protocols import homeplug_requests

GAP_S = 0.021  # 48 in a second at most, and a little for a late timer


class Wire(Protocol):
    """Whole frames with HomePlug's ethertypes on one interface. All raise Unavailable(INTERFACE_GONE)."""

    backend: str

    def send(self, frame: bytes) -> float:
        """Put it on the wire at once; the time."""
        ...

    def receive(self) -> Frame | None:
        """A frame that has come in, without waiting."""
        ...

    async def wait(self, timeout_s: float) -> None:
        """Until there may be one, or longer than necessary, but not after the time."""
        ...

    def close(self) -> None: ...


class OwnPowerlineLink:
    """Implements `ports.powerline.PowerlineLink`."""

    def __init__(self, own_mac: str, wire: Wire) -> None:
        self.own_mac = own_mac
        self.backend = wire.backend
        self._wire = wire
        self._next = 0.0

    async def ask(self, question: Question) -> Frame:
        while self._next > time.perf_counter():  # noqa: ASYNC110 - finer than the loop's clock, which may wake us early
            await asyncio.sleep(self._next - time.perf_counter())
        self._next = time.perf_counter() + GAP_S
        frame = homeplug_requests.encode(question, self.own_mac)
        return Frame(self._wire.send(frame), frame, sent=True)

    async def heard(self, timeout_s: float) -> Frame | None:
        end = time.monotonic() + timeout_s
        while True:
            frame = self._wire.receive()
            if frame and homeplug_requests.may_answer(frame.data, self.own_mac):
                return frame
            left_s = end - time.monotonic()
            if left_s <= 0:
                return None
            await (asyncio.sleep(0) if frame else self._wire.wait(left_s))

    def close(self) -> None:
        self._wire.close()
