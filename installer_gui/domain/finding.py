"""What was seen: codes and numbers, never prose. The catalogue turns a finding into words when it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from math import isfinite


class Severity(StrEnum):
    """How much a finding matters for the stations, from harmless to stopping."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    FAILURE = "failure"

    @cached_property
    def rank(self) -> int:
        return list(Severity).index(self)


class Responsible(StrEnum):
    """Who must act on a finding."""

    INSTALLER = "installer"
    NETWORK_OWNER = "network-owner"
    INTERNET_PROVIDER = "internet-provider"
    CHARGER_MAKER = "charger-maker"
    NOBODY = "nobody"


class Grade(StrEnum):
    """How well something is known, best first; printed beside every row."""

    MEASURED = "measured"
    NETWORK = "network"
    CLOUD = "cloud"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, such as -73 dBm. Infinity and "not a number" are no measurements: ValueError."""

    value: int | float
    unit: str

    def __post_init__(self) -> None:
        if not isfinite(self.value):
            raise ValueError(f"{self.value} {self.unit}")


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers in the order they were measured; None is a sample that was missed. ValueError as for Quantity."""

    values: tuple[int | float | None, ...]
    unit: str

    def __post_init__(self) -> None:
        if not all(value is None or isfinite(value) for value in self.values):
            raise ValueError(f"{self.values} {self.unit}")


Value = Quantity | Series | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: the site, a station (by id), an endpoint ("host:port") or a server (its address)."""

    kind: str
    name: str = ""


SITE = Subject("site")


def station(station_id: str) -> Subject:
    return Subject("station", station_id)


def endpoint(host: str, port: int) -> Subject:
    return Subject("endpoint", f"{host}:{port}")


def server(address: str) -> Subject:
    return Subject("server", address)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a check saw.

    `code` is a stable dotted name that the check declares (a `Code`, or a `Scale` whose number the profile judges);
    `evidence` holds what the words about it need, and what a reader needs to believe them.
    """

    code: str
    subject: Subject = SITE
    evidence: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Code:
    """A finding that can occur: its number for the phone (unique, never reused), its weight and who must act."""

    name: str
    number: int
    severity: Severity
    responsible: Responsible = Responsible.NOBODY


@dataclass(frozen=True, slots=True)
class Scale:
    """A measured number that the profile's limit turns into one of two or three codes.

    `evidence` names the quantity, `limit` the entry in the profile; `warns` is absent where nothing lies between
    good and bad.
    """

    name: str
    evidence: str
    limit: str
    passes: Code
    fails: Code
    warns: Code | None = None
