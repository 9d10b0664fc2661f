"""The list of stations: naming them, pasting a list, and what looks wrong in it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count as counted

from ..domain.job import Job, Station
from ..domain.profile import Profile

MOST = 1000
_SERIAL = re.compile(r"[A-Z]{3}\d{6}", re.IGNORECASE)
_MAC = re.compile(r"[0-9a-f]{2}(?:[:-]?[0-9a-f]{2}){5}", re.IGNORECASE)
_NUMBERED = re.compile(r"(.*?)(\d+)")


class Problem(StrEnum):
    """What is worth a warning; none of it stops the work."""

    SAME_SERIAL = "same-serial"
    OTHER_MODEL = "other-model"


@dataclass(frozen=True, slots=True)
class Pasted:
    """A list as it was read, and the names that stood in it more than once (the first of each is kept)."""

    stations: tuple[Station, ...]
    repeated: tuple[str, ...] = ()


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


def parse(text: str, first: str = "A1") -> Pasted:
    """Read a list from a spreadsheet: a line a station, name, place, serial number and MAC between tabs, ; or ,."""
    free = names(first)
    found = [_station(fields, free) for line in text.splitlines() if (fields := _fields(line))]
    unique = {s.id: s for s in reversed(found)}
    repeated = tuple(name for name, n in Counter(s.id for s in found).items() if n > 1)
    kept = tuple(s for s in found if unique[s.id] is s)
    return Pasted(kept[:MOST], repeated)


def problems(stations: Sequence[Station], profile: Profile) -> dict[str, Problem]:
    """The first problem of each station that has one, by its name."""
    serials = Counter(s.serial.upper() for s in stations if s.serial)
    found: dict[str, Problem] = {}
    for station in stations:
        if serials[station.serial.upper()] > 1:
            found[station.id] = Problem.SAME_SERIAL
        elif station.serial and not station.serial.upper().startswith(profile.serial_prefixes):
            found[station.id] = Problem.OTHER_MODEL
    return found


def _fields(line: str) -> list[str]:
    separator = next((s for s in ("\t", ";", ",") if s in line), "\t")
    fields = [printable(field) for field in line.split(separator)]
    return fields if any(fields) else []


def _station(fields: Sequence[str], free: Iterator[str]) -> Station:
    serial = next((f for f in fields if _SERIAL.fullmatch(f)), "")
    address = next((f for f in fields if mac(f)), "")
    rest = [f for f in fields if f and f not in (serial, address)]
    name = rest[0] if rest else next(free)
    return Station(name, ", ".join(rest[1:]), serial.upper(), mac(address) or "")


def mac(text: str) -> str | None:
    """A MAC however it is written, as aa:bb:cc:dd:ee:ff; None for anything else."""
    if not _MAC.fullmatch(text.strip()):
        return None
    return bytes.fromhex(re.sub("[:-]", "", text.strip())).hex(":")


def printable(text: str) -> str:
    """Text without control and direction characters, trimmed: a name must not be able to rewrite a line."""
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")).strip()
