"""Runs a plan on one interface: builds what the checks need, then lets the runner go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..checks.context import Context
from ..checks.dhcp_conversation import DhcpConversation
from ..checks.names import NameMatrix
from ..domain.job import Connection
from ..domain.network import Interface
from ..domain.outcome import Fact
from ..domain.profile import Profile
from ..domain.record import Record
from ..ports.platform import Platform
from ..ports.unavailable import Reason, Unavailable
from .events import Emit
from .plan import Plan
from .runner import Runner


@dataclass(frozen=True, slots=True)
class SiteUnderTest:
    """Where a run takes place."""

    platform: Platform
    profile: Profile
    roots: Callable[[str], str]
    interface: Interface
    connection: Connection
    stations: int


async def run(site: SiteUnderTest, plan: Plan, emit: Emit) -> tuple[Record, ...]:
    """Run the plan's checks; their records, in the plan's order."""
    network = site.platform.network(site.interface)
    await network.connect.prepare({site.roots(e.roots) for e in site.profile.endpoints if e.roots})
    lease = site.platform.system.lease(site.interface)
    context = Context(
        platform=site.platform,
        network=network,
        interface=site.interface,
        lease=lease,
        profile=site.profile,
        stations=site.stations,
        connection=site.connection,
        names=NameMatrix(network.names, lease.dns, site.profile.public_resolvers),
        dhcp=DhcpConversation(network.dhcp),
        roots=lambda endpoint: site.roots(endpoint.roots),
        fact=_no_fact,
        give=lambda fact: None,
        progress=lambda done, total: None,
    )
    return await Runner(plan.checks, context, emit).run()


def choose_interface(platform: Platform, name: str = "") -> Interface:
    """The named interface, or the first that is up and has a way out.

    Raises Unavailable: NO_ADAPTER when there is none of that name, NO_LINK when none is up.
    """
    interfaces = platform.system.interfaces()
    if name:
        for interface in interfaces:
            if interface.name == name:
                return interface
        raise Unavailable(Reason.NO_ADAPTER, name)
    usable = [i for i in interfaces if i.up]
    if not usable:
        raise Unavailable(Reason.NO_LINK)
    return max(usable, key=lambda i: (bool(i.gateway), bool(i.addresses)))


def _no_fact(kind: type[Fact]) -> Fact:
    raise KeyError(kind)
