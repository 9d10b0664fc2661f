"""How crowded is the channel? Advice only: what was heard from here, at this moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Severity, Value
from ..domain.outcome import Fact, Measured, NotApplicable
from ..domain.wifi import Band, Network
from .air import Air
from .context import Context, Exclusive

QUIET = Code("wifi.channel-quiet", 540, Severity.INFO)
QUIETER = Code("wifi.quieter-channel", 541, Severity.INFO)

SEPARATE = (1, 6, 11)
OVERLAP = (1.0, 0.77, 0.55, 0.32, 0.09)  # share of power that falls into a 20 MHz channel so many channels away
SHARED_DBM = -82  # from here on a radio waits for the other one (IEEE 802.11-2020, 17.3.10.6)
SAME_RADIO_DB = 2
WORTH_IT = 2.0  # a channel must be this many times quieter before it is advised
_SILENCE_DBM = -120


@dataclass(frozen=True, slots=True)
class WifiCongestion:
    """Counts the radios of others; nothing is sent."""

    info = CheckInfo("wifi-congestion", Area.WIFI, (QUIET, QUIETER))
    needs: tuple[type[Fact], ...] = (Air,)
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 1.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        air = ctx.need(Air)
        return evaluate(air) if air.own else NotApplicable("wifi-network")


def evaluate(air: Air) -> Measured:
    """Weigh channels 1, 6 and 11 against the one that the strongest own access point is on."""
    own = air.own[0]
    others = foreign_radios(air)
    crowding = {channel: crowding_of(channel, others) for channel in dict.fromkeys((own.channel, *SEPARATE))}
    best = min(SEPARATE, key=lambda channel: (crowding[channel], channel != own.channel))
    distances = [abs(n.channel - own.channel) for n in others if n.rssi_dbm >= SHARED_DBM]
    evidence: dict[str, Value] = {
        "channel": Quantity(own.channel, "channel"),
        "on_channel": Quantity(distances.count(0), "access points"),
        "beside": Quantity(sum(1 <= d < len(OVERLAP) for d in distances), "access points"),
        "best": Quantity(best, "channel"),
        "free": tuple(str(c) for c in SEPARATE if crowding[c] < 10 ** (SHARED_DBM / 10)),
        "crowding": tuple(f"{c}: {_dbm(power)} dBm" for c, power in crowding.items()),
    }
    if own.load:
        evidence |= {"busy": Quantity(own.load[1], "%"), "joined": Quantity(own.load[0], "stations")}
    better = best != own.channel and crowding[own.channel] > WORTH_IT * crowding[best] + 10 ** (SHARED_DBM / 10)
    return Measured((Finding((QUIETER if better else QUIET).name, evidence=evidence),))


def foreign_radios(air: Air) -> list[Network]:
    """One row for each radio that is not the network's own: many send several names under nearly equal addresses."""
    radios: list[Network] = []
    for network in (*air.own, *(n for n in air.networks if n.band is Band.B2_4)):
        if not any(_same_radio(network, radio) for radio in radios):
            radios.append(network)
    return [radio for radio in radios if radio.ssid != air.ssid]


def crowding_of(channel: int, radios: Iterable[Network]) -> float:
    """Power of others that falls into a channel, in mW; a 40 MHz channel counts as two."""
    return sum(
        10 ** (radio.rssi_dbm / 10) * _overlap(abs(half - channel)) for radio in radios for half in _halves(radio)
    )


def _halves(radio: Network) -> Sequence[int]:
    return (radio.channel, radio.channel + 4 * radio.secondary) if radio.secondary else (radio.channel,)


def _overlap(distance: int) -> float:
    return OVERLAP[distance] if distance < len(OVERLAP) else 0.0


def _same_radio(a: Network, b: Network) -> bool:
    if a.bssid is None or b.bssid is None:
        return a is b
    close = abs(a.rssi_dbm - b.rssi_dbm) <= SAME_RADIO_DB
    return a.channel == b.channel and a.bssid[:14] == b.bssid[:14] and close


def _dbm(milliwatts: float) -> int:
    return round(10 * log10(milliwatts)) if milliwatts > 0 else _SILENCE_DBM
