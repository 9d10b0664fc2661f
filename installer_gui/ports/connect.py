"""TCP and TLS over the interface under test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from ..domain.stream import TcpFailure, TlsFailure, TlsSession


class Stream(Protocol):
    """A connected TCP socket."""

    ms: float

    async def tls(
        self, host: str, roots: str, timeout_s: float, *, verify: bool = True, at: datetime | None = None
    ) -> TlsSession | TlsFailure:
        """Shake hands as the station would: SNI `host`, at most TLS 1.2, trust in `roots` alone.

        `roots` is PEM text. With `verify` False any certificate is taken: only to read a refused chain. `at` is the
        moment for which the certificates must be valid, where this computer's clock is not to be believed; everything
        else is verified as ever (OpenSSL: X509_V_FLAG_NO_CHECK_TIME, then the dates of the verified chain).
        """
        ...

    async def send(self, data: bytes) -> None:
        """Send all of it. Raises ConnectionError when the other side is gone."""
        ...

    async def receive(self, timeout_s: float) -> bytes:
        """Whatever comes next, at most 64 KiB; b"" at an orderly end. Raises TimeoutError, ConnectionError."""
        ...

    def close(self) -> None:
        """Drop the connection; never raises."""
        ...


class Connect(Protocol):
    """Makes connections."""

    async def prepare(self, roots: Iterable[str]) -> None:
        """Load bundles of roots (PEM text) beforehand: done during a run it would falsify times."""
        ...

    async def tcp(self, address: str, port: int, timeout_s: float, *, mss: int | None = None) -> Stream | TcpFailure:
        """Connect to a numeric IPv4 address. Raises Unavailable when the interface itself is gone."""
        ...
