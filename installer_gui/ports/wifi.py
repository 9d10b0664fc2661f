"""The radio."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ..domain.wifi import Band, Bss


@dataclass(frozen=True, slots=True)
class Adapter:
    """A WiFi adapter that can scan. `backend` names how, for the certificate."""

    name: str
    description: str
    backend: str


@dataclass(frozen=True, slots=True)
class Scan:
    """The outcome of one sweep; an empty list is an answer, because the sweep took place."""

    found: tuple[Bss, ...]
    backend: str
    seconds: float

    @property
    def withheld(self) -> bool:
        """Whether the system keeps all names and addresses to itself: such rows tell of no network in particular."""
        return bool(self.found) and all(bss.bssid is None for bss in self.found)


class WiFi(Protocol):
    """Lists adapters and sweeps the air; blocking calls run in threads, one sweep at a time per adapter."""

    def adapters(self) -> tuple[Adapter, ...]:
        """Adapters in station mode. Raises Unavailable when even that cannot be known."""
        ...

    async def scan(self, adapter: str, band: Band | None = Band.B2_4, ssids: Sequence[bytes] = ()) -> Scan:
        """Sweep the band (None: all) and list what was heard; `ssids` are asked for by name as well.

        Raises Unavailable with the reason when no sweep took place; old lists are never passed off as new. Where the
        system withholds names, rows come without name, address and elements.
        """
        ...
