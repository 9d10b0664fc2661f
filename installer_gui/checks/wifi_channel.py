"""Is the channel one that stations use, and is it fixed? Nothing on the air says that it is: a move can only be seen.

So a pass needs looks that lie apart in time, none of them on another channel, and a person who has seen in the access
point that the channel is locked. A run by itself can fail, but never pass.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from ..domain.check import Area, CheckInfo
from ..domain.finding import Code, Finding, Quantity, Responsible, Severity, Value
from ..domain.outcome import Fact, Measured
from ..domain.profile import Profile
from ..domain.survey import Sighting
from ..ports.unavailable import Reason, Unavailable
from .air import Air
from .context import Context, Exclusive

OWNER = Responsible.NETWORK_OWNER
FIXED = Code("wifi.channel-fixed", 512, Severity.OK)
NOT_USED = Code("wifi.channel-not-used", 513, Severity.FAILURE, OWNER)
MOVED = Code("wifi.channel-moved", 514, Severity.FAILURE, OWNER)
LOCKED = Code("wifi.channel-locked", 515, Severity.INFO)

INFO = CheckInfo("wifi-channel", Area.WIFI, (FIXED, NOT_USED, MOVED))
LOCK_INFO = CheckInfo("wifi-channel-lock", Area.WIFI, (LOCKED,))


@dataclass(frozen=True, slots=True)
class Lock:
    """Somebody's word that the channel is locked in the access point."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WifiChannel:
    """The one look of a run: enough to see a channel that stations do not use, or a move that is announced."""

    info = INFO
    needs: tuple[type[Fact], ...] = (Air,)
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 1.0
    exclusive: Exclusive | None = None

    async def run(self, ctx: Context) -> Measured:
        outcome = evaluate(ctx.need(Air).sightings, None, ctx.profile)
        if outcome is None:
            raise Unavailable(Reason.UNCONFIRMED)
        return outcome


def evaluate(sightings: Sequence[Sighting], lock: Lock | None, profile: Profile) -> Measured | None:
    """Weigh all sightings of the network's access points, oldest first; None while nothing is proved either way.

    Moves are explained by a lock that was put in after them: then only the looks since that count.
    """
    moves = list(_moves(sightings))
    if moves and lock is not None:
        sightings = [s for s in sightings if s.at >= lock.at]
        moves = list(_moves(sightings))
    if faults := [*_not_used(sightings, profile), *moves]:
        return Measured(tuple(faults))
    if lock is None or not sightings:
        return None
    watched = sightings[-1].at - sightings[0].at
    if watched < timedelta(minutes=profile.values["wifi_channel_minutes"]):
        return None
    return Measured((_fixed(sightings, lock, watched),))


def _moves(sightings: Sequence[Sighting]) -> Iterator[Finding]:
    """Each access point's first change of channel."""
    for bssid in dict.fromkeys(s.bssid for s in sightings):
        of_it = [s for s in sightings if s.bssid == bssid]
        change = next(((a, b) for a, b in pairwise(of_it) if a.channel != b.channel), None)
        if change:
            before, after = change
            evidence: dict[str, Value] = {
                "bssid": bssid,
                "from": Quantity(before.channel, "channel"),
                "to": Quantity(after.channel, "channel"),
                "from_at": before.at.isoformat(timespec="seconds"),
                "to_at": after.at.isoformat(timespec="seconds"),
            }
            yield Finding(MOVED.name, evidence=evidence)


def _not_used(sightings: Sequence[Sighting], profile: Profile) -> Iterator[Finding]:
    """Access points that are now on a channel that stations do not use."""
    first, last = int(profile.values["wifi_first_channel"]), int(profile.values["wifi_last_channel"])
    for bssid, channel in {s.bssid: s.channel for s in sightings}.items():
        if not first <= channel <= last:
            evidence: dict[str, Value] = {
                "bssid": bssid,
                "channel": Quantity(channel, "channel"),
                "first": Quantity(first, "channel"),
                "last": Quantity(last, "channel"),
            }
            yield Finding(NOT_USED.name, evidence=evidence)


def _fixed(sightings: Sequence[Sighting], lock: Lock, watched: timedelta) -> Finding:
    channels = dict.fromkeys(str(s.channel) for s in sightings)
    minutes = Quantity(round(watched.total_seconds() / 60), "min")
    return Finding(FIXED.name, evidence={"channels": tuple(channels), "by": lock.by, "minutes": minutes})
