"""Runs a plan on one interface: builds what the checks need, then lets the runner go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..checks.context import Context
from ..checks.dhcp_conversation import DhcpConversation
from ..checks.names import NameMatrix
from ..domain.job import Connection
from ..domain.network import Interface, InterfaceKind
from ..domain.outcome import SKIPPED, Fact, NotMeasured
from ..domain.profile import Profile
from ..domain.record import Record
from ..errors import BadInput
from ..ports.platform import Platform
from ..ports.unavailable import Reason, Unavailable
from .events import Emit, Finished
from .plan import Plan
from .runner import Runner


@dataclass(frozen=True, slots=True)
class SiteUnderTest:
    """Where a run takes place. `behind_modules`: how many of the stations are on PLC where not all are, else 0."""

    platform: Platform
    profile: Profile
    roots: Callable[[str], str]
    interface: Interface
    connection: Connection
    stations: int
    ssid: str = ""
    behind_modules: int = 0


async def run(site: SiteUnderTest, plan: Plan, emit: Emit) -> tuple[Record, ...]:
    """Run the plan's checks; their records, in the plan's order, then those of the skipped ones."""
    try:
        context = await _context(site)
    except Unavailable as unavailable:
        measured = _unmeasured(site, [c.info.id for c in plan.checks], unavailable.reason.value, unavailable.detail)
        for record in measured:
            emit(Finished(record))
    else:
        measured = await Runner(plan.checks, context, emit, plan.givers).run()
    return (*measured, *_unmeasured(site, plan.skipped, SKIPPED))


async def _context(site: SiteUnderTest) -> Context:
    if not site.interface.up:
        raise Unavailable(Reason.NO_LINK)
    network = site.platform.network(site.interface)
    await network.connect.prepare({site.roots(e.roots) for e in site.profile.endpoints if e.roots})
    lease = site.platform.system.lease(site.interface)
    return Context(
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
        ssid=site.ssid,
        behind_modules=site.behind_modules,
    )


def choose_interface(platform: Platform, name: str = "") -> Interface:
    """The named interface, or the one that a station's traffic would most likely take.

    Without a network connection it is an interface that is not up, on which nothing can be measured.
    Raises BadInput when there is none of that name.
    """
    interfaces = platform.system.interfaces()
    if name:
        for interface in interfaces:
            if interface.name == name:
                return interface
        raise BadInput("input.no-such-interface", name=name)
    usable = [i for i in interfaces if i.up]
    return max(usable, key=_likelihood, default=Interface("", up=False))


def _likelihood(interface: Interface) -> tuple[bool, bool, bool]:
    """No station stands behind the computer's VPN, even where the computer's own traffic takes it."""
    return bool(interface.gateway), bool(interface.addresses), interface.kind is not InterfaceKind.VPN


def _unmeasured(site: SiteUnderTest, ids: Sequence[str], reason: str, detail: str = "") -> tuple[Record, ...]:
    now, outcome = datetime.now().astimezone(), NotMeasured(reason, detail)
    return tuple(
        Record(check, now, 0.0, outcome, platform=site.platform.name, interface=site.interface.name) for check in ids
    )


def _no_fact(kind: type[Fact]) -> Fact:
    raise KeyError(kind)
