"""A powerline gateway and the network behind it as frames: what they answer, and when. Nothing here does anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from . import modem_answers as answers
from .modem_answers import CHIPS, EVERYBODY, Network, Station, octets

HOMEPLUG = 0x88E1
QUALCOMM, LOCAL = bytes.fromhex("00b052"), bytes.fromhex("00b052000001")
VERSION, NETWORK, BLOCKS, BRIDGE = 0xA000, 0xA038, 0xA030, 0x6020
SHORTEST = 60
NEAR_S, FAR_S = 0.0005, 0.004
BLOCKS_A_REPLY = 20
_CONTENTS: Mapping[int, Callable[[Network], bytes]] = {
    VERSION: lambda network: answers.software_version(network.chip, network.firmware),
    0xA054: lambda network: b"\0\x40" + network.maker.encode().ljust(64, b"\0"),
    0xA068: answers.attributes,
    0xA0B8: lambda network: bytes((0, bool(network.nid))),
    0x0014: answers.heard,
    0x6038: answers.membership,
    0x6048: answers.rates,
}


@dataclass
class Modem:
    """Answers frames: `answers` gives each answer, and how many seconds after the question it comes."""

    network: Network
    asked: dict[str, int] = field(default_factory=dict)
    blocks: int = 4800

    def answers(self, frame: bytes) -> Iterator[tuple[float, bytes]]:
        if len(frame) < 17 or int.from_bytes(frame[12:14]) != HOMEPLUG:
            return
        target, asker, version, kind = frame[:6], frame[6:12], frame[14], int.from_bytes(frame[15:17], "little")
        own = octets(self.network.mac)
        if target in (LOCAL, EVERYBODY, own) and (content := self._content(kind, version, asker)):
            yield NEAR_S, message(asker, own, version, kind + 1, content)
        for station in self.network.stations:
            if kind == VERSION and target in (EVERYBODY, octets(station.mac)) and self._gets_through(station):
                content = answers.software_version(station.chip, station.firmware)
                yield FAR_S + station.slow_s, message(asker, octets(station.mac), 0, kind + 1, content)

    def _content(self, kind: int, version: int, asker: bytes) -> bytes | None:
        is_old = CHIPS[self.network.chip][1] is None
        if kind == NETWORK:
            if version:
                return None if is_old else answers.stations_1(self.network)
            return answers.stations_0(self.network)
        if kind == BRIDGE:
            return bytes((1, 1, 1)) + asker
        if kind == BLOCKS:
            return answers.counters(self.network, self.blocks)
        made = _CONTENTS.get(kind)
        return made(self.network) if made else None

    def _gets_through(self, station: Station) -> bool:
        """The first ones of every 20 get lost."""
        count = self.asked[station.mac] = self.asked.get(station.mac, 0) + 1
        self.blocks += BLOCKS_A_REPLY
        return (count - 1) % 20 >= 20 - station.answered


def message(target: bytes, source: bytes, version: int, kind: int, content: bytes) -> bytes:
    """A whole frame."""
    head = target + source + HOMEPLUG.to_bytes(2) + bytes((version,)) + kind.to_bytes(2, "little")
    fragments = bytes(2) if version else b""
    oui = QUALCOMM if kind >= VERSION else b""
    return (head + fragments + oui + content).ljust(SHORTEST, b"\0")
