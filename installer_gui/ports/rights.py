"""What this process may do on the wire, and how the user can let it do more."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class RightsState(StrEnum):
    """Who can do what needs rights: this process, or the privileged program: at once, after a question, or not."""

    OWN = "own"
    HELPER_READY = "helper-ready"
    CAN_ASK = "can-ask"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Advice:
    """A way to allow it: `key` in the catalogue's table "rights", and what to type where that is a part of it."""

    key: str
    command: str = ""


class Rights(Protocol):
    """Measuring never asks for a password; only `request` does."""

    def state(self, interface: str) -> RightsState:
        """How things stand for an interface; asks nobody."""
        ...

    async def request(self, interface: str) -> RightsState:
        """Let the system ask the user, who may take minutes and may refuse; how things stand then."""
        ...

    def advice(self) -> tuple[Advice, ...]:
        """How to allow it on this computer, the easiest way first; () where nothing is lacking."""
        ...


@dataclass(frozen=True, slots=True)
class Settled:
    """Rights on systems, and on simulated sites, where nobody needs to be asked."""

    kind: RightsState = RightsState.OWN

    def state(self, interface: str) -> RightsState:  # noqa: ARG002 - all are alike
        return self.kind

    async def request(self, interface: str) -> RightsState:  # noqa: ARG002 - there is nobody to ask
        return self.kind

    def advice(self) -> tuple[Advice, ...]:
        return ()


NOTHING_LACKS = Settled()
