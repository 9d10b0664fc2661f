"""The modems on a cable, asked over raw Ethernet. No address is needed, and nothing is asked but what only reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ..domain.powerline import Frame, Question
from .unavailable import Reason, Unavailable


class PowerlineLink(Protocol):
    """An open ear for modems on the interface under test. `own_mac` is its address; `backend` names how frames pass."""

    own_mac: str
    backend: str

    async def ask(self, question: Question) -> Frame:
        """Put it on the wire when the pace allows, at most 50 in any second; what was sent.

        Raises Unavailable: INTERFACE_GONE; NEEDS_PRIVILEGE where the rights went away meanwhile.
        """
        ...

    async def heard(self, timeout_s: float) -> Frame | None:
        """The next frame to us that may answer something, well made or not; None when none came in time.

        Raises Unavailable as `ask` does.
        """
        ...

    def close(self) -> None:
        """Stop listening; never raises."""
        ...


class Powerline(Protocol):
    """Opens the ear."""

    async def open(self) -> PowerlineLink:
        """Raises Unavailable: NEEDS_PRIVILEGE, NO_DRIVER, INTERFACE_GONE, BUSY, UNSUPPORTED, DRIVER_ERROR."""
        ...


@dataclass(frozen=True, slots=True)
class NoPowerline:
    """Where raw Ethernet cannot be had."""

    reason: Reason = Reason.UNSUPPORTED

    async def open(self) -> PowerlineLink:
        raise Unavailable(self.reason)


NO_POWERLINE = NoPowerline()
