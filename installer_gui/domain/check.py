"""What is known of a check without running it: its area and the findings that it can report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from .finding import SITE, Code, Scale, Subject


class Area(StrEnum):
    """A part of the site, in the order in which results are shown."""

    COMPUTER = "computer"
    LINK = "link"
    DHCP = "dhcp"
    DNS = "dns"
    NTP = "ntp"
    MQTT = "mqtt"
    HTTPS = "https"
    WIFI = "wifi"
    PLC = "plc"
    LTE = "lte"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """A check's identity. `text` is its key in the catalogue where several checks share their words."""

    id: str
    area: Area
    codes: tuple[Code, ...] = ()
    scales: tuple[Scale, ...] = ()
    version: int = 1
    text: str = ""
    host: str = ""

    @property
    def text_key(self) -> str:
        return self.text or self.id


@dataclass(frozen=True, slots=True)
class Expected:
    """A check that must have been measured before the site can pass, and about what."""

    check: str
    subject: Subject = SITE


@dataclass(frozen=True)
class Rules:
    """All checks of a profile, by id and by the codes that they can report."""

    infos: tuple[CheckInfo, ...]

    def info(self, check: str) -> CheckInfo:
        """What is known of a check. One that this version lacks is the instrument's fault, so it stands there."""
        return self.by_id.get(check) or CheckInfo(check, Area.COMPUTER)

    def place(self, check: str) -> int:
        """Where a check stands among all; one that this version lacks stands last."""
        return self._places.get(check, len(self.infos))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {info.id: place for place, info in enumerate(self.infos)}

    @cached_property
    def by_id(self) -> Mapping[str, CheckInfo]:
        return {info.id: info for info in self.infos}

    @cached_property
    def codes(self) -> Mapping[str, Code]:
        return {code.name: code for info in self.infos for code in _codes(info)}

    @cached_property
    def scales(self) -> Mapping[str, Scale]:
        return {scale.name: scale for info in self.infos for scale in info.scales}


def _codes(info: CheckInfo) -> Iterable[Code]:
    yield from info.codes
    for scale in info.scales:
        yield scale.passes
        yield scale.fails
        if scale.warns is not None:
            yield scale.warns
