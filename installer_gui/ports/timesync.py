"""NTP questions over the interface under test."""

from __future__ import annotations

from typing import Protocol

from ..domain.timesync import TimeFailure, TimeSample


class TimeSync(Protocol):
    """Asks time servers."""

    async def ask(self, address: str, timeout_s: float, *, from_port_123: bool = False) -> TimeSample | TimeFailure:
        """One client packet with a random nonce, its answer validated (RFC 5905).

        Raises Unavailable(NEEDS_PRIVILEGE) for port 123 without rights.
        """
        ...
