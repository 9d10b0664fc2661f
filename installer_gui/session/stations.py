"""The list of stations: naming them, and what looks wrong in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import count as counted

from ..domain.job import Job, Station
from ..domain.profile import Profile

MOST = 1000
SERIAL = re.compile(r"[A-Z]{3}\d{6}", re.IGNORECASE)
_MAC = re.compile(r"[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){5}", re.IGNORECASE)
_NUMBERED = re.compile(r"(.*?)(\d+)")


class Problem(StrEnum):
    """What is worth a warning; none of it stops the work."""

    SAME_SERIAL = "same-serial"
    SAME_MAC = "same-mac"
    KNOWN_MODEL = "known-model"
    OTHER_MODEL = "other-model"


_MODELS = {  # how the serial numbers of the maker's other models begin
    **dict.fromkeys(("ZAP", "ZGB", "ZAG"), "Zaptec Go"),
    **dict.fromkeys(("GPN", "GPG"), "Zaptec Go 2"),
    **dict.fromkeys(("APH", "APG", "APM"), "Zaptec Sense"),
}


def names(first: str) -> Iterator[str]:
    """Names that count up from a first one: A1, A2, … · 101, 102, … · P01, P02, … ."""
    match = _NUMBERED.fullmatch(first.strip())
    prefix, digits = (match[1], match[2]) if match else (first.strip() + " ", "1")
    return (f"{prefix}{number:0{len(digits)}d}" for number in counted(int(digits)))


def prefix(name: str) -> str:
    """What stands before the last number of a name: the stations of a row share it."""
    match = _NUMBERED.fullmatch(name)
    return match[1] if match else name


def resized(stations: Sequence[Station], count: int, first: str = "A1") -> tuple[Station, ...]:
    """Exactly `count` stations (at most 1000): new ones get the next free names, surplus ones go from the end."""
    kept = tuple(stations[: max(0, min(count, MOST))])
    taken = {s.id for s in kept}
    free = (name for name in names(first) if name not in taken)
    return (*kept, *(Station(next(free)) for _ in range(min(count, MOST) - len(kept))))


def renumbered(job: Job, first: str) -> tuple[Station, ...]:
    """The stations named anew, as long as nobody has written anything about them; else as they are."""
    described = any(s.place or s.serial or s.mac for s in job.stations)
    if described or any(r.subject.kind == "station" for r in job.records):
        return job.stations
    return tuple(replace(s, id=name) for s, name in zip(job.stations, names(first), strict=False))


def problems(stations: Sequence[Station], profile: Profile) -> dict[str, Problem]:
    """The first problem of each station that has one, by its name."""
    serials = Counter(s.serial.upper() for s in stations if s.serial)
    macs = Counter(s.mac for s in stations if s.mac)
    found: dict[str, Problem] = {}
    for station in stations:
        if serials[station.serial.upper()] > 1:
            found[station.id] = Problem.SAME_SERIAL
        elif macs[station.mac] > 1:
            found[station.id] = Problem.SAME_MAC
        elif station.serial and not station.serial.upper().startswith(profile.serial_prefixes):
            found[station.id] = Problem.KNOWN_MODEL if model(station.serial) else Problem.OTHER_MODEL
    return found


def model(serial: str) -> str:
    """The other model of the maker's that a serial number belongs to, "" where none is known."""
    return _MODELS.get(serial[:3].upper(), "")


def mac(text: str) -> str | None:
    """A MAC however it is written, as aa:bb:cc:dd:ee:ff; None for anything else."""
    if not _MAC.fullmatch(text.strip()):
        return None
    return bytes.fromhex(re.sub("[:-]", "", text.strip())).hex(":")


def printable(text: str) -> str:
    """Text without control and direction characters, trimmed: a name must not be able to rewrite a line."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")).strip()
