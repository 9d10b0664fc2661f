"""Questions to modems over a wire that this process may use itself. The wires are each system's own."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import Protocol

from ..domain.powerline import Frame, Question
from ..protocols import homeplug_requests

GAP_S = 0.021  # 48 in a second at most, and a little for a late timer
MOST_UNREAD = 1000


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
    """Implements `ports.powerline.PowerlineLink`. What comes in is read at once: not every wire knows when it came."""

    def __init__(self, own_mac: str, wire: Wire) -> None:
        self.own_mac = own_mac
        self.backend = wire.backend
        self._wire = wire
        self._heard: deque[Frame] = deque(maxlen=MOST_UNREAD)
        self._next = 0.0

    async def ask(self, question: Question) -> Frame:
        while (early_s := self._next - time.perf_counter()) > 0:  # a finer clock than the loop's, which wakes us early
            if not self._read():
                await self._wire.wait(early_s)
        self._next = time.perf_counter() + GAP_S
        frame = homeplug_requests.encode(question, self.own_mac)
        return Frame(self._wire.send(frame), frame, sent=True)

    async def heard(self, timeout_s: float) -> Frame | None:
        end = time.monotonic() + timeout_s
        while True:
            found = self._read()
            if self._heard:
                return self._heard.popleft()
            left_s = end - time.monotonic()
            if left_s <= 0:
                return None
            await (asyncio.sleep(0) if found else self._wire.wait(left_s))

    def close(self) -> None:
        self._wire.close()

    def _read(self) -> bool:
        """Whether a frame has come in; it is kept if it may answer us."""
        frame = self._wire.receive()
        if frame and homeplug_requests.may_answer(frame.data, self.own_mac):
            self._heard.append(frame)
        return frame is not None
