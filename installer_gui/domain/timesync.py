"""One answer of a time server."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TimeFault(StrEnum):
    """Why an answer, or its absence, is of no use."""

    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    PORT_CLOSED = "port-closed"
    KISS = "kiss"
    UNSYNCHRONISED = "unsynchronised"
    SPOOFED = "spoofed"
    DISTANT = "distant"
    MALFORMED = "malformed"


@dataclass(frozen=True, slots=True)
class TimeSample:
    """A valid answer. `offset_s` is server minus computer; `distance_s` the root distance (RFC 5905)."""

    server: str
    offset_s: float
    rtt_ms: float
    stratum: int
    distance_s: float
    source_port_123: bool = False


@dataclass(frozen=True, slots=True)
class TimeFailure:
    """No usable answer from one address of the time server."""

    server: str
    fault: TimeFault
    detail: str = ""
