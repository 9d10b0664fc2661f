"""What a charger model needs from a network. Data only: files are read in `profiles`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .brand import Brand
from .finding import Severity


class Protocol(StrEnum):
    """What is spoken at an endpoint."""

    MQTT = "mqtt"
    HTTPS = "https"
    NTP = "ntp"


class Better(StrEnum):
    """Which way is good on a scale."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A service in the cloud that the station must reach, and the roots by which the station trusts it.

    `private_root` says that the maker may use a root of its own there: a chain that no public root signs is then
    a question, not an interception.
    """

    protocol: Protocol
    host: str
    port: int
    roots: str = ""
    private_root: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """Where a measured number passes and where it still only warns; both ends belong to the better side."""

    better: Better
    passes: float
    unit: str
    source: str
    warns: float | None = None

    def judge(self, value: float) -> Severity:
        if self._reaches(value, self.passes):
            return Severity.OK
        if self.warns is not None and self._reaches(value, self.warns):
            return Severity.WARNING
        return Severity.FAILURE

    def _reaches(self, value: float, mark: float) -> bool:
        return value >= mark if self.better is Better.HIGH else value <= mark


@dataclass(frozen=True, slots=True)
class Source:
    """Where a requirement was read, and when."""

    id: str
    title: str
    url: str
    read: date


@dataclass(frozen=True, slots=True)
class Profile:
    """One dated statement of a model's needs; `sha256` is of the file that it was read from.

    `portal_answer` is the text of the page `portal_probe` where no login page stands in between; `mac_prefixes` begin
    the addresses that stations have on the mains and behind it; `brand` is the distributor's who gives the profile out.
    Of a distributor's profile, `base` is the one of ours that it changes ("" for ours), `loosened` the limits that it
    makes less strict, and `signer` the known distributor who has signed it, "" for none.
    """

    id: str
    name: str
    version: str
    date: date
    sources: tuple[Source, ...]
    public_resolvers: tuple[str, ...]
    portal_probe: str
    endpoints: tuple[Endpoint, ...]
    limits: Mapping[str, Limit]
    values: Mapping[str, float]
    required: Mapping[str, tuple[str, ...]]
    serial_prefixes: tuple[str, ...]
    portal_answer: str = ""
    sha256: str = ""
    trust_anchors: str = "charger"
    mac_prefixes: tuple[str, ...] = ()
    brand: Brand | None = None
    base: str = ""
    loosened: tuple[str, ...] = ()
    signer: str = ""

    def endpoints_of(self, protocol: Protocol) -> tuple[Endpoint, ...]:
        return tuple(e for e in self.endpoints if e.protocol is protocol)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every name that a station looks up, once."""
        return tuple(dict.fromkeys(e.host for e in self.endpoints))
