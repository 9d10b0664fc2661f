"""Is the chosen network there on 2.4 GHz, for b, g or n, with security that a station can use?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Severity, Value
from ..domain.network import InterfaceKind
from ..domain.outcome import Fact, Measured
from ..domain.wifi import Band, Network, Pmf, Security
from ..ports.unavailable import Reason, Unavailable
from ..protocols import ieee80211
from .air import Air
from .context import Context, Exclusive

OWNER = Responsible.NETWORK_OWNER
FOUND = Code("wifi.network-found", 500, Severity.OK)
NOT_FOUND = Code("wifi.network-not-found", 501, Severity.FAILURE, OWNER)
ONLY_5_GHZ = Code("wifi.only-5-ghz", 502, Severity.FAILURE, OWNER)
EXCLUDES_BGN = Code("wifi.excludes-bgn", 503, Severity.FAILURE, OWNER)
WPA3_ONLY = Code("wifi.wpa3-only", 504, Severity.WARNING, OWNER)
OWE_ONLY = Code("wifi.owe-only", 505, Severity.WARNING, OWNER)
ENTERPRISE = Code("wifi.enterprise", 506, Severity.WARNING, OWNER)
PMF_REQUIRED = Code("wifi.pmf-required", 507, Severity.WARNING, OWNER)
WEAK_CIPHER = Code("wifi.weak-cipher", 508, Severity.WARNING, OWNER)
HIDDEN = Code("wifi.hidden", 509, Severity.WARNING, OWNER)
WIDE_CHANNEL = Code("wifi.wide-channel", 510, Severity.WARNING, OWNER)
SEVERAL = Code("wifi.several-access-points", 511, Severity.INFO)

_STATIONS_CAN = {Security.OPEN, Security.WEP, Security.WPA, Security.WPA2}


@dataclass(frozen=True, slots=True)
class WifiNetwork:
    """A look at 2.4 GHz, and at all bands where the network is not there.

    The network is the job's, else the one that this computer is connected to.
    """

    info = CheckInfo(
        "wifi-network",
        Area.WIFI,
        codes=(
            *(FOUND, NOT_FOUND, ONLY_5_GHZ, EXCLUDES_BGN, WPA3_ONLY, OWE_ONLY, ENTERPRISE, PMF_REQUIRED),
            *(WEAK_CIPHER, HIDDEN, WIDE_CHANNEL, SEVERAL),
        ),
    )
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = (Air,)
    timeout_s: float = 40.0
    exclusive: Exclusive | None = Exclusive.RADIO

    async def run(self, ctx: Context) -> Measured:
        air = await _listen(ctx)
        ctx.give(air)
        return evaluate(air)


def evaluate(air: Air) -> Measured:
    """What may keep a station from joining; of several access points each fault is told once."""
    if not air.own:
        elsewhere = any(n.ssid == air.ssid for n in air.networks)
        return Measured((Finding((ONLY_5_GHZ if elsewhere else NOT_FOUND).name, evidence={"ssid": air.ssid}),))
    best = air.own[0]
    evidence: dict[str, Value] = {
        "ssid": air.ssid,
        "rssi": Quantity(best.rssi_dbm, "dBm"),
        "channel": Quantity(best.channel, "channel"),
        "standards": best.standards,
        "security": tuple(s.value for s in best.security),
        "access_points": tuple(map(str, air.sightings)),
    }
    told = dict.fromkeys(code for network in air.own for code in _faults(network))
    findings = [Finding(code.name, evidence={"ssid": air.ssid}) for code in told]
    return Measured((Finding(FOUND.name, evidence=evidence), *findings, *_several(air.own)))


def _faults(network: Network) -> Iterator[Code]:
    if network.excludes_bgn:
        yield EXCLUDES_BGN
    yield from _security(network)
    if network.hidden:
        yield HIDDEN
    if network.width_mhz > 20:
        yield WIDE_CHANNEL


def _security(network: Network) -> Iterator[Code]:
    """Only the charger's maker knows its chip, so newer security is a warning."""
    offered = set(network.security)
    if offered and not offered & _STATIONS_CAN:
        if Security.WPA3 in offered:
            yield WPA3_ONLY
        elif Security.ENTERPRISE in offered:
            yield ENTERPRISE
        else:
            yield OWE_ONLY
    if network.pmf is Pmf.REQUIRED:
        yield PMF_REQUIRED
    if network.weak_cipher:
        yield WEAK_CIPHER


def _several(own: Sequence[Network]) -> Iterator[Finding]:
    """Several radios under one name: stations and this computer may use different ones."""
    if len(own) > 1:
        evidence: dict[str, Value] = {"ssid": own[0].ssid, "count": Quantity(len(own), "access points")}
        yield Finding(SEVERAL.name, evidence=evidence)


async def _listen(ctx: Context) -> Air:
    adapter = ctx.interface.name if ctx.interface.kind is InterfaceKind.WIFI else _first_adapter(ctx)
    at = datetime.now().astimezone()
    networks = await _fresh(ctx, adapter, Band.B2_4)
    if not _named(ctx, networks):  # it may be on another band, or hide its name
        networks = ieee80211.merged((*await _fresh(ctx, adapter, None), *networks))
    ssid = ctx.ssid or next((n.ssid for n in networks if n.joined), "")
    if not ssid:
        raise Unavailable(Reason.NO_LINK, "no network is chosen, and the adapter is not connected")
    return Air(ssid, networks, at)


def _named(ctx: Context, networks: Iterable[Network]) -> bool:
    return any(n.ssid == ctx.ssid if ctx.ssid else n.joined for n in networks)


async def _fresh(ctx: Context, adapter: str, band: Band | None) -> tuple[Network, ...]:
    """What is heard now; the second, wider look also asks for the chosen network by name."""
    ask = (ctx.ssid.encode(errors="replace"),) if ctx.ssid and band is None else ()
    scan = await ctx.platform.wifi.scan(adapter, band, ask)
    if scan.withheld:
        raise Unavailable(Reason.PERMISSION_DENIED, "the system withholds the networks' names")
    return tuple(n for n in ieee80211.networks(scan.found) if n.fresh)


def _first_adapter(ctx: Context) -> str:
    adapters = ctx.platform.wifi.adapters()
    if not adapters:
        raise Unavailable(Reason.NO_ADAPTER)
    return adapters[0].name
