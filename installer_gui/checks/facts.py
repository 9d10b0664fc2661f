"""What one check learns and another can use. Nothing here is needed: a check that is not told goes its own way."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.outcome import Fact


@dataclass(frozen=True, slots=True)
class NetworkTime(Fact):
    """What the time servers say. `offset_s` is their clock minus this computer's, `rtt_ms` the way to the nearest."""

    offset_s: float
    rtt_ms: float


@dataclass(frozen=True, slots=True)
class ServerDate(Fact):
    """What a verified web server's Date header says, to about a second; `offset_s` as in NetworkTime."""

    host: str
    offset_s: float


@dataclass(frozen=True, slots=True)
class Tried(Fact):
    """How far the way to an endpoint went.

    `connect_ms` is None where TCP did not connect, `handshake_ms` where TLS did not come about; `refused_issuer` signed
    a certificate that no root of the station's vouches for; `small_only` says that the handshake came through in small
    segments only.
    """

    host: str
    connect_ms: float | None
    verified: bool = False
    refused_issuer: str = ""
    small_only: bool = False
    handshake_ms: float | None = None

    @property
    def round_trip_ms(self) -> float | None:
        """A first packet that got lost makes the connection a second longer (RFC 6298, 2), not the handshake."""
        if self.connect_ms is None or self.handshake_ms is None:
            return self.connect_ms
        return min(self.connect_ms, self.handshake_ms / HANDSHAKE_ROUND_TRIPS)


HANDSHAKE_ROUND_TRIPS = 2  # RFC 5246, 7.3
