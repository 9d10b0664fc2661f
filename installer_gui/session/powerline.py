"""Looking at the powerline network on a cable; `powerline_filing` puts what was seen into a job."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime

from ..checks import plc_codes as codes
from ..checks import plc_gateway, plc_station
from ..checks.plc_probe import probe
from ..domain.finding import Finding, server
from ..domain.network import Interface, InterfaceKind
from ..domain.powerline import Powerline, known_as
from ..domain.profile import Profile
from ..domain.record import Record
from ..domain.verdict import Judged, weigh
from ..ports.platform import Platform
from ..ports.unavailable import Reason, Unavailable
from . import plan

Progress = Callable[[int, int], None]
GATEWAY, STATION = plc_gateway.INFO, plc_station.INFO
# What helps where raw Ethernet cannot be had; on Linux `platform.rights` says more
_ADVICE = {
    ("macOS", Reason.NEEDS_PRIVILEGE): "bpf",
    ("Windows", Reason.NO_DRIVER): "npcap",
    ("Windows", Reason.NEEDS_PRIVILEGE): "npcap-admin",
}


async def look(platform: Platform, interface: Interface, profile: Profile, progress: Progress) -> Powerline:
    """Look once over this interface, whatever it is; `progress` tells how many questions are done, of how many.

    Without gateways nobody answered. Raises Unavailable: NO_LINK; INTERFACE_GONE, NO_ANSWER when that came on the way;
    NEEDS_PRIVILEGE, NO_DRIVER, UNSUPPORTED, BUSY.
    """
    if not interface.up:
        raise Unavailable(Reason.NO_LINK)
    try:
        with contextlib.closing(await platform.network(interface).powerline.open()) as link:
            found = await probe(link, interface.name, int(profile.values["plc_requests"]), progress)
    except Unavailable as unavailable:
        raise cause(unavailable, platform, interface) from None
    if not found.gateways and _is_gone(platform, interface):
        raise Unavailable(Reason.INTERFACE_GONE)
    return found


def cause(unavailable: Unavailable, platform: Platform, interface: Interface) -> Unavailable:
    """Why a look was broken off: silence, and a privileged program that ends, may come of an interface that is gone."""
    if unavailable.reason in (Reason.NO_ANSWER, Reason.NEEDS_PRIVILEGE) and _is_gone(platform, interface):
        return Unavailable(Reason.INTERFACE_GONE, unavailable.detail)
    return unavailable


def advice(platform: Platform, reason: str) -> str:
    """What this system lacks for a look, as a name in the catalogue's table "plc.raw"; "" where that is not known."""
    return _ADVICE.get((platform.name, Reason(reason)), "") if reason in set(Reason) else ""


def cables(platform: Platform) -> tuple[Interface, ...]:
    """Where a module can be: the wired interfaces that are up."""
    return tuple(i for i in platform.system.interfaces() if i.kind is InterfaceKind.ETHERNET and i.up)


def judged_of(found: Powerline, wanted: Sequence[str], profile: Profile) -> tuple[Judged, ...]:
    """What a look says by the profile's limits, first of the gateways and all members, then of each MAC in `wanted`."""
    findings = [*plc_gateway.evaluate(found, len(wanted), profile).findings]
    if found.members:
        findings += plc_station.evaluate(found.members).findings
    for mac in wanted:
        findings += _wanted(found, mac)
    rules = plan.rules(profile)
    return tuple(weigh(finding, rules, profile) for finding in findings)


def _wanted(found: Powerline, mac: str) -> tuple[Finding, ...]:
    if member := known_as(found.members, mac):
        return plc_station.evaluate_one(member, server(mac)).findings
    elsewhere = any(stranger.mac == mac for neighbour in found.neighbours for stranger in neighbour.stations)
    code = codes.ELSEWHERE if elsewhere else codes.MISSING
    return (Finding(code.name, server(mac), {"mac": mac}),)


def records(
    found: Powerline, count: int, started: datetime, profile: Profile, platform: str = ""
) -> tuple[Record, ...]:
    """A look as records of plc-gateway and, of all members together, of plc-station. At least one gateway is readable.

    `count` stations are expected.
    """
    outcomes = {GATEWAY: plc_gateway.evaluate(found, count, profile)}
    if found.members:
        outcomes[STATION] = plc_station.evaluate(found.members)
    duration_s = round((datetime.now().astimezone() - started).total_seconds(), 3)
    return tuple(
        Record(
            info.id,
            started,
            duration_s,
            outcome,
            version=info.version,
            platform=platform,
            backend=found.backend,
            interface=found.interface,
        )
        for info, outcome in outcomes.items()
    )


def _is_gone(platform: Platform, interface: Interface) -> bool:
    return not any(i.name == interface.name and i.up for i in platform.system.interfaces())
