"""The computer itself: its interfaces, routes and what might stand between it and the site."""

from __future__ import annotations

from typing import Protocol

from ..domain.lease import Lease
from ..domain.network import Computer, Interface


class System(Protocol):
    """Questions that need no privilege and send nothing."""

    def interfaces(self) -> tuple[Interface, ...]:
        """Every interface but loopback, the one with the best default route first."""
        ...

    def lease(self, interface: Interface) -> Lease:
        """What DHCP gave this interface; `dns` falls back to the system's resolvers (source says which)."""
        ...

    def computer(self) -> Computer:
        """The machine and its proxies."""
        ...
