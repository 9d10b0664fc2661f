"""The local network: who answers ARP, and how far the first hop is."""

from __future__ import annotations

from typing import Protocol


class Link(Protocol):
    """Asks hosts on this link; nothing here leaves the subnet but ping."""

    async def resolve(self, address: str, timeout_s: float) -> str | None:
        """The MAC that answers for an address on this link, None for silence.

        Uses ARP where the process has the right, else a datagram and the system's neighbour table.
        """
        ...

    async def owners(self, address: str, timeout_s: float) -> tuple[str, ...]:
        """The MACs of all others who answer for an address, our own too, to one and the same question; () for silence.

        Takes all its time. Raises Unavailable where only the first answer could be heard: NEEDS_PRIVILEGE, UNSUPPORTED.
        """
        ...

    async def ping(self, address: str, count: int, timeout_s: float) -> tuple[float, ...]:
        """Round trips in milliseconds of the answers that came; () when none did.

        Raises Unavailable(NEEDS_PRIVILEGE) where this user may not ping.
        """
        ...
