"""Stations seen as neighbours on the local network: evidence without rights and without a module that answers.

What is behind the mains shows there with the address of its PLC side; over WiFi it would show with another. So it hints
that a station has joined, and no more: the grade is NETWORK, and an absence says nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Interface

from ..checks import plc_codes as codes
from ..checks import plc_station
from ..domain.finding import Finding, Grade, station
from ..domain.job import Job
from ..domain.network import Interface
from ..domain.outcome import Measured
from ..domain.powerline import known_as
from ..domain.profile import Profile
from ..domain.record import Record, latest
from ..ports.link import Link
from ..ports.platform import Platform
from ..ports.unavailable import Reason, Unavailable
from . import stations

WIDEST = 22  # prefix length of the largest network that is asked through: 1022 addresses
AT_A_TIME = 24
PATIENCE_S = 0.6
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Seen:
    """A station's address on the mains, and its IPv4 address."""

    mac: str
    address: str


async def look(platform: Platform, interface: Interface, profile: Profile, progress: Progress) -> tuple[Seen, ...]:
    """Ask every address of the subnet who has it; ask the user first. () is no proof of absence.

    Raises Unavailable: NO_ADDRESS, UNCLEAR where the subnet is too large.
    """
    if not interface.addresses:
        raise Unavailable(Reason.NO_ADDRESS)
    own = IPv4Interface(interface.addresses[0])
    if own.network.prefixlen < WIDEST:
        raise Unavailable(Reason.UNCLEAR, f"{own.network} is larger than /{WIDEST}")
    targets = [str(address) for address in own.network.hosts() if address != own.ip]
    found = await _Sweep(platform.network(interface).link, targets, progress).run()
    return tuple(Seen(mac, address) for address, mac in found.items() if mac.startswith(profile.mac_prefixes))


def filed(job: Job, seen: Sequence[Seen], at: datetime, interface: str) -> Job:
    """The job in which stations that were seen have that as their evidence, where nothing better is known of them."""
    by_mac = {one.mac: one for one in seen}
    for made in job.stations:
        macs = {stations.mac(made.mac), *_other_address(job, made.id, made.mac)}
        if one := next((by_mac[mac] for mac in macs if mac in by_mac), None):
            finding = Finding(codes.SEEN.name, station(made.id), {"mac": one.mac, "address": one.address})
            outcome = Measured((finding,))
            subject, grade = station(made.id), Grade.NETWORK
            record = Record(plc_station.INFO.id, at, 0.0, outcome, subject, interface=interface, grade=grade)
            job = job.with_records(record)
    return job


def _other_address(job: Job, station_id: str, mac: str) -> tuple[str, ...]:
    """What a module said is behind it."""
    record = latest(job.records).get((plc_station.INFO.id, station(station_id)))
    if record is None or not isinstance(record.outcome, Measured):
        return ()
    member = known_as(plc_station.members_of(record.outcome.findings), stations.mac(mac) or "")
    return (member.bda,) if member and member.bda else ()


class _Sweep:
    def __init__(self, link: Link, targets: Sequence[str], progress: Progress) -> None:
        self._link = link
        self._targets = iter(targets)
        self._total = len(targets)
        self._progress = progress
        self._done = 0
        self._found: dict[str, str] = {}

    async def run(self) -> dict[str, str]:
        """Address -> MAC of those who answered."""
        workers = [asyncio.create_task(self._work()) for _ in range(AT_A_TIME)]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
        return self._found

    async def _work(self) -> None:
        for address in self._targets:
            if mac := await self._link.resolve(address, PATIENCE_S):
                self._found[address] = mac
            self._done += 1
            self._progress(self._done, self._total)
