"""macOS' tools and frameworks, played. Outputs are in tests/recordings/macos, which tells how well known each is."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from installer_gui.platforms.macos.frameworks import Frameworks
from installer_gui.platforms.process import Finished
from installer_gui.ports.unavailable import Reason, Unavailable

RECORDINGS = Path(__file__).resolve().parents[2] / "recordings" / "macos"
IN_USE = 4


def recorded(name: str) -> str:
    return (RECORDINGS / f"{name}.txt").read_text()


class Tools:
    """Answers in place of the system's programs, by their first word and the rest of the line."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, *command: str, timeout_s: float = 5.0) -> Finished:
        self.asked.append(command)
        if command[0] not in self.answers:
            raise Unavailable(Reason.UNSUPPORTED, command[0])
        return Finished(0, self.answers[command[0]], "")

    async def asynchronously(self, *command: str, timeout_s: float = 5.0) -> Finished:
        return self(*command, timeout_s=timeout_s)


@dataclass
class Network:
    """A CWNetwork. Without the location permission name, address and elements are None."""

    ssid: bytes | None = b"Garage"
    address: str | None = "2:0:0:0:1:A"
    dbm: int = -61
    number: int = 6
    band: int = 1
    elements: bytes | None = b"\x00\x06Garage\x01\x04\x82\x84\x8b\x96\x03\x01\x06"
    security: tuple[int, ...] = (4,)

    def ssidData(self) -> bytes | None:  # noqa: N802
        return self.ssid

    def bssid(self) -> str | None:
        return self.address

    def rssiValue(self) -> int:  # noqa: N802
        return self.dbm

    def wlanChannel(self) -> Any:  # noqa: N802
        if not self.number:
            return None
        return SimpleNamespace(channelNumber=lambda: self.number, channelBand=lambda: self.band)

    def informationElementData(self) -> bytes | None:  # noqa: N802
        return self.elements

    def supportsSecurity_(self, kind: int) -> bool:  # noqa: N802
        return kind in self.security

    def withheld(self) -> Network:
        return Network(None, None, self.dbm, self.number, self.band, None, self.security)


def error(code: int, domain: str = "com.apple.coreWLAN.error") -> Any:
    return SimpleNamespace(code=lambda: code, domain=lambda: domain)


@dataclass
class Radio:
    """A CWInterface; each sweep takes the next of `sweeps`, the last one for ever."""

    name: str = "en0"
    on: bool = True
    sweeps: list[tuple[list[Network] | None, Any]] = field(default_factory=lambda: [([Network()], None)])
    joined: str | None = None
    asked: list[bytes | None] = field(default_factory=list)
    takes_s: float = 0.0

    def interfaceName(self) -> str:  # noqa: N802
        return self.name

    def powerOn(self) -> bool:  # noqa: N802
        return self.on

    def bssid(self) -> str | None:
        return self.joined

    def scanForNetworksWithSSID_includeHidden_error_(  # noqa: N802
        self, ssid: bytes | None, hidden: bool, _: None
    ) -> tuple[list[Network] | None, Any]:
        assert hidden
        self.asked.append(ssid)
        time.sleep(self.takes_s)
        return self.sweeps.pop(0) if len(self.sweeps) > 1 else self.sweeps[0]

    def cachedScanResults(self) -> None:  # noqa: N802
        raise AssertionError("the list of earlier sweeps is of the place before")


@dataclass
class Location:
    """CLLocationManager: its class and its only instance. `answer` is what the user says when asked."""

    status: int = IN_USE
    services: bool = True
    answer: int | None = None
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.CLLocationManager = self

    def alloc(self) -> Location:
        return self

    def init(self) -> Location:
        return self

    def locationServicesEnabled(self) -> bool:  # noqa: N802
        return self.services

    def authorizationStatus(self) -> int:  # noqa: N802
        return self.status

    def setDelegate_(self, delegate: Any) -> None:  # noqa: N802
        assert delegate

    def requestWhenInUseAuthorization(self) -> None:  # noqa: N802
        self.told.append("request")
        if self.answer is not None:
            self.status = self.answer

    def startUpdatingLocation(self) -> None:  # noqa: N802
        self.told.append("start")

    def stopUpdatingLocation(self) -> None:  # noqa: N802
        self.told.append("stop")


def frameworks(*radios: Radio, location: Location | None = None, has_loop: bool = True) -> Callable[[], Frameworks]:
    client = SimpleNamespace(interfaces=lambda: list(radios) or None)
    wlan = SimpleNamespace(CWWiFiClient=SimpleNamespace(sharedWiFiClient=lambda: client))

    def on_main(work: Callable[[], None]) -> bool:
        if has_loop:
            work()
        return has_loop

    return lambda: Frameworks(wlan, location or Location(), "delegate", bytes, contextlib.nullcontext, on_main)
