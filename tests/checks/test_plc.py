"""The look at a powerline network against played modems: whom it takes for what. No socket, no rights."""

from __future__ import annotations

import asyncio
import contextlib
import random
import struct
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import pytest

from installer_gui import profiles
from installer_gui.checks import plc_conversation, plc_gateway, plc_replies, plc_station
from installer_gui.checks.plc_probe import probe
from installer_gui.domain.powerline import FACTORY_NID, Frame, Powerline
from installer_gui.domain.verdict import weigh
from installer_gui.platforms import powerline
from installer_gui.platforms.powerline import OwnPowerlineLink
from installer_gui.platforms.simulated.modem import LOCAL, Modem, message
from installer_gui.platforms.simulated.modem_answers import EVERYBODY, Heard, Network, Station, octets
from installer_gui.ports.unavailable import Unavailable
from installer_gui.session import plan, plcstat

LAPTOP = "02:00:00:00:00:aa"
PROFILE = profiles.load("zaptec-pro")
HEARD, BRIDGE, MEMBERSHIP, RATES = 0x0014, 0x6020, 0x6038, 0x6048
KEY = bytes(range(0xA0, 0xB0))
Answers = Iterator[tuple[float, bytes]]


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(powerline, "GAP_S", 0.0005)
    monkeypatch.setattr(plc_conversation, "PATIENCE_S", 0.15)


class Answering(Protocol):
    def answers(self, frame: bytes) -> Answers: ...


class Cable:
    """Implements `platforms.powerline.Wire` with modems at its other end."""

    backend = "played"

    def __init__(self, modems: Sequence[Answering]) -> None:
        self._modems = modems
        self._arrived: deque[Frame] = deque()

    def send(self, frame: bytes) -> float:
        at = time.time()
        for modem in self._modems:
            for delay_s, answer in modem.answers(frame):
                arriving = Frame(at + delay_s, answer)
                asyncio.get_running_loop().call_later(delay_s, self._arrived.append, arriving)
        return at

    def receive(self) -> Frame | None:
        return self._arrived.popleft() if self._arrived else None

    async def wait(self, timeout_s: float) -> None:
        await asyncio.sleep(min(0.001, timeout_s))

    def close(self) -> None: ...


def look(*modems: Answering, requests: int = 4) -> Powerline:
    link = OwnPowerlineLink(LAPTOP, Cable(modems))
    return asyncio.run(probe(link, "eth0", requests, lambda done, total: None))


def stations(count: int) -> tuple[Station, ...]:
    return tuple(Station(f"60:15:92:43:00:{n:02x}", n + 1, f"60:15:92:40:00:{n:02x}") for n in range(1, count + 1))


MODULE = Network("02:5a:00:00:00:01", stations=stations(2))
NEIGHBOUR = Heard("01:02:03:04:05:06:07", 9, (("02:5a:00:00:09:01", 1),))


def kind(frame: bytes) -> int:
    return int.from_bytes(frame[15:17], "little")


class Slow(Modem):
    """Behind a switch that drops the local address, and slower than its stations."""

    def answers(self, frame: bytes) -> Answers:
        for _, answer in super().answers(frame):
            if frame[:6] != LOCAL:
                is_own = answer[6:12] == octets(self.network.mac)
                yield (0.02 if is_own else 0.0005), answer


class Far(Modem):
    """Only the stations of another module, over the mains: none of them bridges us, and all take their time."""

    def answers(self, frame: bytes) -> Answers:
        for delay_s, answer in super().answers(frame):
            if answer[6:12] != octets(self.network.mac):
                yield delay_s, answer


class Shy(Modem):
    """Tells of its network only by its rates, and by what it hears."""

    def answers(self, frame: bytes) -> Answers:
        if frame[:6] in (LOCAL, EVERYBODY) or kind(frame) in (HEARD, RATES, 0xA000):
            yield from super().answers(frame)


class Wide(Modem):
    """Knows the standard's messages alone, and tells rates in two octets each, as AV2 modems do."""

    version, tells_whom_it_hears, padding = 1, True, b""

    def answers(self, frame: bytes) -> Answers:
        asked = kind(frame)
        if asked == RATES and frame[:6] == octets(self.network.mac):
            yield 0.0005, message(frame[6:12], octets(self.network.mac), self.version, RATES + 1, self.rates())
        elif asked in (MEMBERSHIP, BRIDGE) or (asked == HEARD and (self.tells_whom_it_hears or frame[:6] == EVERYBODY)):
            yield from super().answers(frame)

    def rates(self) -> bytes:
        rows = (struct.pack("<6sHH", octets(s.mac), s.tx | 0x4000, s.rx | 0x4000) for s in self.network.stations)
        return bytes((len(self.network.stations),)) + b"".join(rows) + self.padding


class Narrow(Wide):
    """The same with one octet each."""

    def rates(self) -> bytes:
        rows = (struct.pack("<6sBB", octets(s.mac), s.tx, s.rx) for s in self.network.stations)
        return bytes((len(self.network.stations),)) + b"".join(rows) + self.padding


class Twice(Modem):
    """Says everything twice, and to others too."""

    def answers(self, frame: bytes) -> Answers:
        for delay_s, answer in super().answers(frame):
            yield delay_s, answer
            yield delay_s, answer
            yield delay_s, octets("02:00:00:00:00:bb") + answer[6:]


class Chatty(Modem):
    """Hands out its key and its memory though nobody has asked."""

    def answers(self, frame: bytes) -> Answers:
        yield from super().answers(frame)
        for kind_and_oui in ("0d60", "25a000b052", "b1a000b052", "51a000b052"):
            head = octets(LAPTOP) + octets(self.network.mac) + bytes.fromhex("88e100" + kind_and_oui)
            yield 0.0005, head + KEY + bytes(40)


class Dying(Modem):
    """Falls silent after so many questions."""

    left = 40

    def answers(self, frame: bytes) -> Answers:
        self.left -= 1
        if self.left > 0:
            yield from super().answers(frame)


def test_the_gateway_is_the_one_that_bridges_us_however_slow_it_is() -> None:
    found = look(Slow(MODULE))
    assert [gateway.mac for gateway in found.gateways] == [MODULE.mac]
    assert [member.mac for member in found.members] == [station.mac for station in MODULE.stations]


def test_a_station_far_away_is_no_gateway() -> None:
    assert look(Far(MODULE)).gateways == ()


def test_silence_is_no_gateway_and_no_fault() -> None:
    found = look()
    assert (found.gateways, found.neighbours, found.readable) == ((), (), False)
    assert len({frame.data for frame in found.frames}) == 4  # local, everybody, Broadcom's, the standard's


def test_a_network_is_known_by_those_who_are_heard_in_it_where_its_name_is_not_told() -> None:
    (gateway,) = (found := look(Shy(replace(MODULE, neighbours=(NEIGHBOUR,))))).gateways
    assert (gateway.readable, gateway.nid, gateway.snid) == (True, MODULE.nid, MODULE.snid)
    assert [member.tei for member in gateway.members] == [2, 3]
    assert [neighbour.nid for neighbour in found.neighbours] == [NEIGHBOUR.nid]


@pytest.mark.parametrize(
    ("modem", "version", "padding"),
    [(Wide, 1, b""), (Wide, 1, b"\xcc" * 200), (Wide, 2, bytes(200)), (Narrow, 1, b"\xcc" * 200)],
)
def test_rates_are_read_in_the_length_that_makes_known_stations_of_them(
    modem: type[Wide], version: int, padding: bytes
) -> None:
    made = modem(replace(MODULE, stations=tuple(replace(s, tx=200, rx=90) for s in stations(3))))
    made.version, made.padding = version, padding
    found = look(made)
    assert [(m.mac, m.tx_mbps, m.rx_mbps) for m in found.members] == [(s.mac, 200, 90) for s in stations(3)]


def test_rates_are_read_right_where_nobody_is_heard() -> None:
    for modem in (Wide, Narrow):
        made = modem(MODULE)
        made.tells_whom_it_hears = False
        assert [(m.mac, m.tx_mbps) for m in look(made).members] == [(s.mac, 9) for s in MODULE.stations]


def test_who_says_it_twice_is_one_and_what_is_said_to_others_is_not_heard() -> None:
    found = look(Twice(MODULE))
    assert [gateway.mac for gateway in found.gateways] == [MODULE.mac]
    assert {frame.data[:6] for frame in found.frames if not frame.sent} == {octets(LAPTOP)}
    assert all(member.replies.got == member.replies.sent == 4 for member in found.members)


class Broken(Modem):
    """Some octets of most of its answers are others."""

    chance = random.Random(11)

    def answers(self, frame: bytes) -> Answers:
        for delay_s, answer in super().answers(frame):
            octets_of = bytearray(answer)
            for _ in range(self.chance.choice((0, 1, 4))):
                octets_of[self.chance.randrange(6, min(90, len(octets_of)))] = self.chance.randrange(256)
            yield min(delay_s, 0.001), bytes(octets_of[: self.chance.choice((len(octets_of), 400, 50))])


def test_whatever_comes_a_look_ends_with_what_could_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plc_conversation, "PATIENCE_S", 0.005)
    monkeypatch.setattr(plc_replies, "STATION_PATIENCE_S", 0.01)
    for _ in range(12):
        with contextlib.suppress(Unavailable):
            found = look(Broken(replace(MODULE, neighbours=(NEIGHBOUR,))), requests=2)
            assert plcstat.text(found)
            assert not found.readable or codes(found, 2)


def test_a_broken_answer_has_nobody_ask_a_group_of_modems() -> None:
    first, second = stations(2)
    broken = replace(
        MODULE, stations=(first, replace(second, mac="61:15:92:43:00:02"), Station("ff:ff:ff:ff:ff:ff", 4))
    )
    found = look(Modem(broken))
    assert [(member.mac[:2], member.replies.sent) for member in found.members] == [("60", 4), ("61", 0), ("ff", 0)]


def test_a_key_that_is_shouted_is_not_kept() -> None:
    found = look(Chatty(MODULE))
    assert found.readable
    assert not [frame for frame in found.frames if KEY in frame.data]


def test_two_modules_of_one_site_are_no_neighbours_of_each_other() -> None:
    other = Network("02:5a:00:00:00:02", "5a:01:02:03:04:05:07", 6, (Station("60:15:92:43:00:21", 2),))
    one = replace(MODULE, neighbours=(Heard(other.nid, other.snid, (("60:15:92:43:00:21", 2),)),))
    found = look(Modem(one), Modem(other))
    assert [(g.mac, len(g.members)) for g in found.gateways] == [(MODULE.mac, 2), (other.mac, 1)]
    assert found.neighbours == ()


def test_a_gateway_that_falls_silent_on_the_way_is_told() -> None:
    began = time.monotonic()
    with pytest.raises(Unavailable, match="no-answer"):
        look(Dying(replace(MODULE, stations=stations(30))), requests=20)
    assert time.monotonic() - began < 10


def codes(found: Powerline, stations_expected: int) -> dict[str, str]:
    """What is said by the profile's limits, and how heavy it is."""
    rules = plan.rules(PROFILE)
    findings = [*plc_gateway.evaluate(found, stations_expected, PROFILE).findings]
    if found.members:
        findings += plc_station.evaluate(found.members).findings
    judged = (weigh(finding, rules, PROFILE) for finding in findings)
    return {one.code.name: one.severity.value for one in judged}


@pytest.mark.parametrize(
    ("change", "code", "severity"),
    [
        ({}, "plc.rate-full", "ok"),
        ({"tx": 8}, "plc.rate-low", "warning"),
        ({"rx": 0}, "plc.rate-low", "warning"),
        ({"tx": 636, "rx": 581}, "plc.rate-full", "ok"),
        ({"answered": 19}, "plc.replies-good", "ok"),
        ({"answered": 18}, "plc.replies-lost", "warning"),
        ({"answered": 16}, "plc.replies-lost", "warning"),
        ({"answered": 15}, "plc.replies-few", "failure"),
        ({"slow_s": 0.01}, "plc.reply-quick", "ok"),
        ({"slow_s": 0.05}, "plc.reply-slow", "warning"),
        ({"slow_s": 0.13}, "plc.reply-very-slow", "failure"),
    ],
)
def test_the_limits_are_those_of_the_profile(change: dict[str, float], code: str, severity: str) -> None:
    first, second = stations(2)
    found = look(Modem(replace(MODULE, stations=(first, replace(second, **change)))), requests=20)
    assert codes(found, 2)[code] == severity


def test_a_member_that_never_answers_has_joined_all_the_same() -> None:
    first, second = stations(2)
    found = codes(look(Modem(replace(MODULE, stations=(first, replace(second, answered=0))))), 2)
    assert (found["plc.station-mute"], found["plc.replies-good"]) == ("info", "ok")
    assert "plc.members-missing" not in found


@pytest.mark.parametrize(
    ("network", "code", "severity"),
    [
        (replace(MODULE, nid=FACTORY_NID), "plc.factory-key", "warning"),
        (replace(MODULE, neighbours=(NEIGHBOUR,)), "plc.neighbours", "warning"),
        (replace(MODULE, stations=stations(30)), "plc.members-room", "ok"),
        (replace(MODULE, stations=stations(31)), "plc.members-crowded", "warning"),
        (replace(MODULE, stations=()), "plc.no-members", "failure"),
        (replace(MODULE, spoilt=60), "plc.blocks-lost", "warning"),
        (replace(MODULE, spoilt=260), "plc.blocks-many-lost", "failure"),
    ],
)
def test_the_network_as_a_whole_is_judged_too(network: Network, code: str, severity: str) -> None:
    assert codes(look(Modem(network), requests=20), 2)[code] == severity
