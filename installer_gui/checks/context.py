"""What a check is, and what it is given."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeVar

from ..domain.check import CheckInfo
from ..domain.job import Connection
from ..domain.lease import Lease
from ..domain.network import Interface
from ..domain.outcome import Fact, Measured, NotApplicable, NotMeasured
from ..domain.profile import Endpoint, Profile
from ..ports.platform import Network, Platform
from .dhcp_conversation import DhcpConversation
from .names import NameMatrix

F = TypeVar("F", bound=Fact)


async def _nothing(_kind: type[Fact], _timeout_s: float) -> tuple[Fact, ...]:
    return ()


class Exclusive(StrEnum):
    """What cannot be shared: a scan makes the radio deaf to others, and a busy link falsifies times."""

    RADIO = "radio"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Context:
    """The site under test. `ssid` is the stations' wireless network, "" where none was chosen.

    `stations` share the site's network, `behind_modules` of them over PLC where not all are (else 0).

    `roots` gives the PEM text by which a station trusts an endpoint; `fact` returns what a needed check has given,
    `give` hands a fact on at once, `collect` waits for facts that may never come (see `given`), `progress` tells how
    much of a long check is done (done, total), `one_by_one` is held while somebody is asked who lets few in at once.
    """

    platform: Platform
    network: Network
    interface: Interface
    lease: Lease
    profile: Profile
    stations: int
    connection: Connection
    names: NameMatrix
    dhcp: DhcpConversation
    roots: Callable[[Endpoint], str]
    fact: Callable[[type[Fact]], Fact]
    give: Callable[[Fact], None]
    progress: Callable[[int, int], None]
    collect: Callable[[type[Fact], float], Awaitable[tuple[Fact, ...]]] = _nothing
    ssid: str = ""
    one_by_one: asyncio.Lock = field(default_factory=asyncio.Lock)
    behind_modules: int = 0

    def need(self, kind: type[F]) -> F:
        """A fact that the check has declared in `needs`."""
        fact = self.fact(kind)
        assert isinstance(fact, kind)
        return fact

    async def given(self, kind: type[F], timeout_s: float) -> tuple[F, ...]:
        """All facts of a kind that help but are not needed, once each check that may give one has given or ended.

        After `timeout_s` those that were given by then. A check that waits here for a kind that it gives itself must
        give its own first.
        """
        return tuple(fact for fact in await self.collect(kind, timeout_s) if isinstance(fact, kind))


class Check(Protocol):
    """One question an electrician could ask. Frozen; independent checks run at the same time.

    `needs` are the facts without which there is nothing to ask; `gives` those it may hand on.
    """

    @property
    def info(self) -> CheckInfo: ...
    @property
    def needs(self) -> tuple[type[Fact], ...]: ...
    @property
    def gives(self) -> tuple[type[Fact], ...]: ...
    @property
    def timeout_s(self) -> float: ...
    @property
    def exclusive(self) -> Exclusive | None: ...

    async def run(self, ctx: Context) -> Measured | NotApplicable | NotMeasured:
        """Look, and report what was seen. Raises Unavailable when looking was not possible."""
        ...
