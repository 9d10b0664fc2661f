"""Modems that are not as most are: other languages, broken answers, switches in between."""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from installer_gui.platforms.simulated.modem import LOCAL, Modem
from installer_gui.platforms.simulated.modem_answers import EVERYBODY, Network, octets

BROADCOM, BROADCOM_OUI = 0x8912, bytes.fromhex("001f84")
HEARD, MEMBERSHIP, RATES = 0x0014, 0x6038, 0x6048
AVERAGE = 0x4000  # what AV2 modems put above a rate
Answers = Iterator[tuple[float, bytes]]


class Standard(Modem):
    """Knows the standard's messages alone."""

    def answers(self, frame: bytes) -> Answers:
        if int.from_bytes(frame[15:17], "little") < 0xA000:
            yield from super().answers(frame)


class NotLocal(Modem):
    """Behind a switch that does not pass on the address of the modem at the end of the cable."""

    def answers(self, frame: bytes) -> Answers:
        if frame[:6] != LOCAL:
            yield from super().answers(frame)


class Refusing(Modem):
    """Does not tell what it is, and all else."""

    def answers(self, frame: bytes) -> Answers:
        for delay_s, answer in super().answers(frame):
            refused = answer[15:17] == b"\x01\xa0" and answer[6:12] == octets(self.network.mac)
            yield delay_s, answer[:20] + b"\x01" + bytes(40) if refused else answer


class Half(Modem):
    """Its answers about the network promise more than they hold."""

    def answers(self, frame: bytes) -> Answers:
        for delay_s, answer in super().answers(frame):
            is_about_network = answer[15:17] in (b"\x39\xa0", b"\x15\x00", b"\x39\x60", b"\x49\x60")
            yield delay_s, answer[:24] if is_about_network else answer


class Garbage(Modem):
    """A torrent of nonsense."""

    chance = random.Random(7)

    def answers(self, frame: bytes) -> Answers:
        for delay_s, answer in super().answers(frame):
            for _ in range(20):
                broken = bytearray(answer)
                for place in range(17, len(broken)):
                    broken[place] = self.chance.randrange(256)
                yield delay_s, bytes(broken[: self.chance.randrange(14, len(broken))])


@dataclass
class Broadcom:
    """Speaks Broadcom's own messages, and tells as the standard says what it hears."""

    network: Network

    def answers(self, frame: bytes) -> Answers:
        own, target, asker = octets(self.network.mac), frame[:6], frame[6:12]
        ethertype, kind = int.from_bytes(frame[12:14]), int.from_bytes(frame[15:17], "little")
        if target not in (EVERYBODY, own):
            return
        if ethertype == BROADCOM and frame[19:22] == BROADCOM_OUI and (content := self._content(kind, frame)):
            yield 0.001, _answer(asker, own, kind + 1, content)
        elif ethertype != BROADCOM and kind == HEARD:
            yield from Standard(self.network).answers(frame)

    def _content(self, kind: int, frame: bytes) -> bytes | None:
        network = self.network
        if kind == 0xA070 and frame[23:39] == bytes.fromhex("a397a25553bef1fcf9796b521413e9e2"):
            return bytes((1, 0, 0x40)) + network.maker.encode().ljust(64, b"\0")
        if kind == 0xA028:
            own = struct.pack("<7s3B6s3B", octets(network.nid), network.snid, 1, 3, octets(network.mac), 0, 0, 0)
            return b"\x02\x01" + own + bytes(6)
        if kind == 0xA02C:
            rows = (struct.pack("<6sHH", octets(s.mac), s.tx | AVERAGE, s.rx | AVERAGE) for s in network.stations)
            return bytes((2, len(network.stations))) + b"".join(rows)
        return None


def _answer(target: bytes, source: bytes, kind: int, content: bytes) -> bytes:
    head = target + source + BROADCOM.to_bytes(2) + b"\x02" + kind.to_bytes(2, "little") + bytes(2) + BROADCOM_OUI
    return (head + content).ljust(60, b"\0")
