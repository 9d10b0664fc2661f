"""DNS questions over the interface under test."""

from __future__ import annotations

from typing import Protocol

from ..domain.names import Answer


class Names(Protocol):
    """Asks resolvers."""

    async def ask(
        self, server: str, name: str, kind: str = "A", *, timeouts_s: tuple[float, ...] = (2.0, 3.0)
    ) -> Answer:
        """Ask one server one question: UDP, once per timeout, then TCP when the answer was truncated.

        `kind` is "A" or "TXT-CH" (class CHAOS, for version.bind). Silence and refusal are statuses, not errors.
        Raises Unavailable when the interface itself is gone.
        """
        ...
