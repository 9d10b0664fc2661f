"""What a check is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from ..domain.check import CheckInfo
from ..domain.job import Connection
from ..domain.lease import Lease
from ..domain.network import Interface
from ..domain.outcome import Fact, Measured, NotApplicable
from ..domain.profile import Endpoint, Profile
from ..ports.platform import Network, Platform
from .names import NameMatrix

F = TypeVar("F", bound=Fact)


class Exclusive(StrEnum):
    """What cannot be shared: a scan makes the radio deaf to others, and a busy link falsifies times."""

    RADIO = "radio"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Context:
    """The site under test.

    `roots` gives the PEM text by which a station trusts an endpoint; `fact` returns what a needed check has given,
    `give` hands a fact on at once, `progress` tells how much of a long check is done (done, total).
    """

    platform: Platform
    network: Network
    interface: Interface
    lease: Lease
    profile: Profile
    stations: int
    connection: Connection
    names: NameMatrix
    roots: Callable[[Endpoint], str]
    fact: Callable[[type[Fact]], Fact]
    give: Callable[[Fact], None]
    progress: Callable[[int, int], None]

    def need(self, kind: type[F]) -> F:
        """A fact that the check has declared in `needs`."""
        fact = self.fact(kind)
        assert isinstance(fact, kind)
        return fact


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

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        """Look, and report what was seen. Raises Unavailable when looking was not possible."""
        ...
