"""Does a HomePlug gateway answer, is its network the site's own and encrypted, and are its stations there?

A module that does not answer is no fault of the site: not all of them do. Then nothing was measured.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.check import Area, CheckInfo
from ..domain.finding import Finding, Quantity, Subject, Value, server
from ..domain.network import Interface, InterfaceKind
from ..domain.outcome import Fact, Measured
from ..domain.powerline import Blocks, Gateway, Powerline
from ..domain.profile import Profile
from ..ports.unavailable import Reason, Unavailable
from . import plc_codes as codes
from .context import Context, Exclusive
from .mains import Mains
from .plc_probe import probe

INFO = CheckInfo("plc-gateway", Area.PLC, codes.GATEWAY_CODES, codes.GATEWAY_SCALES)


@dataclass(frozen=True, slots=True)
class PlcGateway:
    """A whole look over the cable; on the air no module is to be found, so then another adapter is used."""

    info = INFO
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = (Mains,)
    timeout_s: float = 45.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        interface = _cable(ctx)
        network = ctx.network if interface is ctx.interface else ctx.platform.network(interface)
        with contextlib.closing(await network.powerline.open()) as link:
            found = await probe(link, interface.name, int(ctx.profile.values["plc_requests"]), ctx.progress)
        if not found.readable:
            raise Unavailable(Reason.UNCLEAR if found.gateways else Reason.NO_ANSWER)
        ctx.give(Mains(found))
        return evaluate(found, ctx.behind_modules or ctx.stations, ctx.profile)


def evaluate(found: Powerline, stations: int, profile: Profile) -> Measured:
    """What was seen of the gateways; `stations` are expected in their networks together. One of them is readable."""
    findings = [finding for gateway in found.gateways for finding in _gateway(gateway, profile)]
    return Measured((*findings, *_members(found, stations), *_neighbours(found)))


def _gateway(gateway: Gateway, profile: Profile) -> Iterator[Finding]:
    subject, evidence = server(gateway.mac), _evidence(gateway)
    if not gateway.readable:
        yield Finding(codes.UNREADABLE.name, subject, evidence)
        return
    yield Finding(codes.GATEWAY_FOUND.name, subject, evidence)
    yield Finding(codes.MEMBERS.name, subject, evidence)
    if gateway.factory_key:
        yield Finding(codes.FACTORY_KEY.name, subject, evidence)
    if gateway.blocks:
        yield from _blocks(gateway.blocks, subject, gateway.mac, profile)


def _evidence(gateway: Gateway) -> dict[str, Value]:
    known = {
        "mac": gateway.mac,
        "chip": gateway.chip,
        "firmware": gateway.firmware,
        "maker": gateway.maker,
        "nid": gateway.nid,
        "role": gateway.role,
    }
    evidence: dict[str, Value] = {name: str(value) for name, value in known.items() if value}
    return {**evidence, "count": Quantity(len(gateway.members), "stations")}


def _blocks(blocks: Blocks, subject: Subject, mac: str, profile: Profile) -> Iterator[Finding]:
    """Lost blocks in per cent, where enough of them passed to tell."""
    total = blocks.good + blocks.bad
    if total >= profile.values["plc_least_blocks"]:
        lost = Quantity(round(100 * blocks.bad / total, 1), "%")
        yield Finding(codes.BLOCKS.name, subject, {"mac": mac, "lost": lost, "blocks": Quantity(total, "blocks")})


def _members(found: Powerline, stations: int) -> Iterator[Finding]:
    count = len(found.members)
    if not count:
        yield Finding(codes.NO_MEMBERS.name)
        return
    for gateway in found.gateways:
        if gateway.readable and not gateway.members:
            yield Finding(codes.GATEWAY_ALONE.name, server(gateway.mac), {"mac": gateway.mac})
    if count < stations:
        evidence: dict[str, Value] = {"count": Quantity(count, "stations"), "stations": Quantity(stations, "stations")}
        yield Finding(codes.MEMBERS_MISSING.name, evidence=evidence)


def _neighbours(found: Powerline) -> Iterator[Finding]:
    if found.neighbours:
        evidence: dict[str, Value] = {
            "networks": tuple(neighbour.nid for neighbour in found.neighbours),
            "macs": tuple(stranger.mac for neighbour in found.neighbours for stranger in neighbour.stations),
        }
        yield Finding(codes.NEIGHBOURS.name, evidence=evidence)


def _cable(ctx: Context) -> Interface:
    """The interface of the run, or the first cable that is plugged in. Raises Unavailable(NO_LINK)."""
    if ctx.interface.kind is not InterfaceKind.WIFI:
        return ctx.interface
    for interface in ctx.platform.system.interfaces():
        if interface.kind is InterfaceKind.ETHERNET and interface.up:
            return interface
    raise Unavailable(Reason.NO_LINK, "no cable")
