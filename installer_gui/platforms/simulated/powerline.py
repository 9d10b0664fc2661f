"""The modems at the other end of a played cable. Real frames pass between them and the product, but not over a wire."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import replace

from ...domain.powerline import Frame
from ...ports.powerline import PowerlineLink
from ..powerline import OwnPowerlineLink
from .lan import DEMO0
from .modem import Modem
from .modem_answers import Heard, Network, Station

FACTORY_NID = "b0:f2:e6:95:66:6b:03"
LOOK_S = 0.002
APART_S = 8.0  # between one station's start and the next one's, where somebody switches them on


def stations(count: int) -> tuple[Station, ...]:
    """With addresses as the maker's stations have them."""
    numbers = range(1, count + 1)
    return tuple(Station(f"60:15:92:43:53:{n:02x}", n + 1, f"60:15:92:40:53:{n:02x}") for n in numbers)


MODULE = Network("00:00:5e:00:53:60", stations=stations(6))
NOISY = replace(
    MODULE, spoilt=90, stations=(*MODULE.stations[:4], replace(MODULE.stations[4], rx=4, answered=14, slow_s=0.05))
)
OPEN = replace(
    MODULE,
    nid=FACTORY_NID,
    neighbours=(Heard("5a:09:08:07:06:05:04", 9, (("00:00:5e:00:53:70", 1), ("60:15:92:43:53:71", 2))),),
)


class PlayedPowerline:
    """Implements `ports.powerline.Powerline`. `one_by_one`: stations are switched on from the first question on."""

    def __init__(self, networks: Sequence[Network], *, one_by_one: bool = False) -> None:
        self._modems = [Modem(network) for network in networks]
        self._apart_s = APART_S if one_by_one else 0.0
        self._begun: float | None = None

    async def open(self) -> PowerlineLink:
        self._begun = self._begun or time.monotonic()
        return OwnPowerlineLink(DEMO0.mac, _Wire(self))

    def answers(self, frame: bytes) -> list[tuple[float, bytes]]:
        """Each answer, and how many seconds after the frame it comes."""
        return [answer for modem in self._modems for answer in self._now(modem).answers(frame)]

    def _now(self, modem: Modem) -> Modem:
        """With the stations that are switched on by now."""
        if not self._apart_s or self._begun is None:
            return modem
        count = int((time.monotonic() - self._begun) / self._apart_s)
        return replace(modem, network=replace(modem.network, stations=modem.network.stations[:count]))


class _Wire:
    """Implements `platforms.powerline.Wire`."""

    backend = "simulated modem"

    def __init__(self, cable: PlayedPowerline) -> None:
        self._cable = cable
        self._arrived: deque[Frame] = deque()

    def send(self, frame: bytes) -> float:
        at, loop = time.time(), asyncio.get_running_loop()
        for delay_s, answer in self._cable.answers(frame):
            loop.call_later(delay_s, self._arrived.append, Frame(at + delay_s, answer))
        return at

    def receive(self) -> Frame | None:
        return self._arrived.popleft() if self._arrived else None

    async def wait(self, timeout_s: float) -> None:
        await asyncio.sleep(min(LOOK_S, timeout_s))

    def close(self) -> None:
        self._arrived.clear()
