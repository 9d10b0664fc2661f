"""The ways to modems on systems without packet sockets, on a played libpcap; and the pace on every system."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from installer_gui.checks.plc_probe import probe
from installer_gui.domain.network import Interface
from installer_gui.domain.powerline import LOCAL, Frame, Question, Request
from installer_gui.platforms import powerline
from installer_gui.platforms.macos.powerline import MacPowerline
from installer_gui.platforms.pcap import Capture
from installer_gui.platforms.powerline import OwnPowerlineLink
from installer_gui.platforms.simulated.modem import Modem
from installer_gui.platforms.simulated.modem_answers import Network, Station
from installer_gui.platforms.windows import dll
from installer_gui.platforms.windows.iphlpapi import IpHelper
from installer_gui.platforms.windows.powerline import PARAMETERS, WindowsPowerline
from installer_gui.ports.powerline import Powerline, PowerlineLink
from installer_gui.ports.unavailable import Reason, Unavailable

from .pcap_library import UNIX, WINDOWS, Pcap
from .windows.library import Iphlpapi, Nic

LAPTOP, MODEM = "02:00:00:00:00:aa", "02:5a:00:00:00:01"
NETWORK = Network(MODEM, stations=(Station("60:15:92:43:00:01", 2), Station("60:15:92:43:00:02", 3)))
NIC = Nic()
ANSWER = bytes.fromhex("0200000000aa025a0000000188e10001a000b052") + bytes(40)
MOST_A_SECOND = 50
Open = Callable[..., Powerline]


class Timer:
    """Windows' multimedia timer."""

    def __init__(self) -> None:
        self.raised = 0

    def timeBeginPeriod(self, ms: int) -> None:  # noqa: N802 - Windows' name
        self.raised += ms

    def timeEndPeriod(self, ms: int) -> None:  # noqa: N802
        self.raised -= ms


@pytest.fixture
def timer(monkeypatch: pytest.MonkeyPatch) -> Timer:
    made, load = Timer(), dll.load
    monkeypatch.setattr(dll, "load", lambda name: made if name == "winmm" else load(name))
    return made


def on_macos(pcap: Pcap, **_: Any) -> Powerline:
    return MacPowerline(Interface("en5", 5, mac=LAPTOP), lambda: pcap)


def on_windows(pcap: Pcap, *, admin_only: int = 0, index: int = NIC.index) -> Powerline:
    notes = {PARAMETERS: {"AdminOnly": admin_only}}
    helper = IpHelper(Iphlpapi(nics=[NIC]))
    return WindowsPowerline(Interface("Ethernet", index, mac=LAPTOP), lambda: pcap, lambda: helper, notes.__getitem__)


SYSTEMS = [(on_macos, UNIX), (on_windows, WINDOWS)]
on_both = pytest.mark.parametrize(("system", "head"), SYSTEMS, ids=["macOS", "Windows"])
pytestmark = pytest.mark.usefixtures("timer")


def opened(system: Open, pcap: Pcap) -> PowerlineLink:
    return asyncio.run(system(pcap).open())


def reason(system: Open, pcap: Pcap, **more: Any) -> Reason:
    with pytest.raises(Unavailable) as unavailable:
        asyncio.run(system(pcap, **more).open())
    return unavailable.value.reason


@on_both
def test_a_network_is_read_through_libpcap(system: Open, head: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(powerline, "GAP_S", 0.002)
    pcap = Pcap(Modem(NETWORK), head=head, stamp=0.0 if head is UNIX else 7.5)
    link = opened(system, pcap)
    found = asyncio.run(probe(link, "eth0", 5, lambda done, total: None))
    link.close()
    assert [gateway.mac for gateway in found.gateways] == [MODEM]
    assert [(m.mac, m.tx_mbps, m.replies.got) for m in found.members] == [(s.mac, 9, 5) for s in NETWORK.stations]
    assert all(m.replies.median_ms is not None and m.replies.median_ms < 100 for m in found.members)
    assert pcap.calls["close"] == 1


@on_both
def test_only_homeplug_is_let_in_and_nothing_of_our_own(system: Open, head: Any) -> None:
    pcap = Pcap(head=head)
    opened(system, pcap).close()
    assert pcap.filter == b"(ether proto 0x88e1 or ether proto 0x8912) and not ether src 02:00:00:00:00:aa"
    assert pcap.device == (b"en5" if head is UNIX else rf"\Device\NPF_{NIC.guid}".encode())
    assert pcap.calls["setnonblock"] == pcap.calls["set_immediate_mode"] == pcap.calls["freecode"] == 1


@on_both
def test_a_frame_of_our_own_that_comes_in_all_the_same_is_not_heard(system: Open, head: Any) -> None:
    pcap = Pcap(head=head)
    link = opened(system, pcap)
    pcap.arrive(ANSWER[:6] + ANSWER[:6] + ANSWER[12:])
    pcap.arrive(ANSWER[6:12] + ANSWER[6:])
    pcap.arrive(ANSWER)

    async def two() -> tuple[Frame | None, Frame | None]:
        return await link.heard(0.2), await link.heard(0.05)

    first, second = asyncio.run(two())
    assert (first and first.data, second) == (ANSWER, None)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (-8, Reason.NEEDS_PRIVILEGE),
        (-11, Reason.NEEDS_PRIVILEGE),
        (-5, Reason.INTERFACE_GONE),
        (-9, Reason.INTERFACE_GONE),
        (-1, Reason.DRIVER_ERROR),
    ],
)
@on_both
def test_why_a_device_cannot_be_opened_is_told_and_it_is_closed(
    system: Open, head: Any, code: int, expected: Reason
) -> None:
    pcap = Pcap(head=head, activate=code)
    assert reason(system, pcap) is expected
    assert pcap.calls["close"] == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"create": 0}, Reason.DRIVER_ERROR),
        ({"datalink": 113}, Reason.UNSUPPORTED),
        ({"compile": -1}, Reason.DRIVER_ERROR),
        ({"setfilter": -1}, Reason.DRIVER_ERROR),
        ({"setnonblock": -1}, Reason.DRIVER_ERROR),
    ],
)
@on_both
def test_a_library_that_cannot_is_told(system: Open, head: Any, fault: dict[str, int], expected: Reason) -> None:
    assert reason(system, Pcap(head=head, **fault)) is expected


def test_a_library_that_is_too_old_is_told() -> None:
    pcap = Pcap()
    delattr(pcap, "pcap_set_immediate_mode")
    assert reason(on_macos, pcap) is Reason.UNSUPPORTED


def test_a_warning_of_libpcap_is_no_error() -> None:
    opened(on_macos, Pcap(activate=2)).close()


@on_both
def test_a_device_that_goes_away_is_told(system: Open, head: Any) -> None:
    question = Question(Request.VERSION, LOCAL)
    for fault in ({"next_ex": -1}, {"sendpacket": -1}):
        link = opened(system, Pcap(head=head, **fault))
        with pytest.raises(Unavailable) as unavailable:
            asyncio.run(link.ask(question) if "sendpacket" in fault else link.heard(0.1))
        assert unavailable.value.reason is Reason.INTERFACE_GONE
        link.close()


def test_npcap_for_administrators_only_is_a_lack_of_rights() -> None:
    assert reason(on_windows, Pcap(activate=-1), admin_only=1) is Reason.NEEDS_PRIVILEGE
    assert reason(on_windows, Pcap(activate=-5), admin_only=1) is Reason.INTERFACE_GONE


def test_an_adapter_that_windows_no_longer_has_is_gone() -> None:
    assert reason(on_windows, Pcap(), index=99) is Reason.INTERFACE_GONE


def test_the_timer_of_windows_is_raised_only_while_modems_are_asked(timer: Timer) -> None:
    link = opened(on_windows, Pcap(head=WINDOWS))
    assert timer.raised == 1
    link.close()
    link.close()
    assert timer.raised == 0


def test_without_npcap_its_driver_is_what_lacks() -> None:
    with pytest.raises(Unavailable) as unavailable:
        asyncio.run(WindowsPowerline(Interface("Ethernet", 7, mac=LAPTOP)).open())
    assert unavailable.value.reason is Reason.NO_DRIVER


def test_without_a_mac_there_is_no_ethernet() -> None:
    for system in (MacPowerline(Interface("utun3", 9)), WindowsPowerline(Interface("Mobile", 9))):
        with pytest.raises(Unavailable) as unavailable:
            asyncio.run(system.open())
        assert unavailable.value.reason is Reason.UNSUPPORTED


def test_closing_twice_does_no_harm() -> None:
    pcap = Pcap()
    wire = Capture(pcap, "en5", LAPTOP)
    wire.close()
    wire.close()
    assert pcap.calls["close"] == 1


class Clocked:
    """A wire that notes when each frame is put on it, and on which something comes in `late_s` after that."""

    backend = "clocked"

    def __init__(self, late_s: float = 60.0) -> None:
        self.times: list[float] = []
        self._late_s = late_s
        self._told = 0

    def send(self, frame: bytes) -> float:
        self.times.append(time.perf_counter())
        return time.time()

    def receive(self) -> Frame | None:
        if self._told == len(self.times) or time.perf_counter() < self.times[self._told] + self._late_s:
            return None
        self._told += 1
        return Frame(time.time(), ANSWER)

    async def wait(self, timeout_s: float) -> None:
        await asyncio.sleep(min(timeout_s, 0.001) / 3)  # like a loop with a coarse clock

    def close(self) -> None: ...


def test_no_more_than_fifty_frames_are_sent_in_any_second() -> None:
    wire = Clocked()

    async def hurry() -> None:
        link = OwnPowerlineLink(LAPTOP, wire)
        for _ in range(70):
            await link.ask(Question(Request.VERSION, LOCAL))

    asyncio.run(hurry())
    assert all(later - first >= 1.0 for first, later in zip(wire.times, wire.times[MOST_A_SECOND:], strict=False))


def test_what_comes_in_while_the_next_question_has_to_wait_has_its_own_time() -> None:
    async def two() -> tuple[float, float]:
        link = OwnPowerlineLink(LAPTOP, Clocked(0.004))
        first = await link.ask(Question(Request.VERSION, LOCAL))
        second = await link.ask(Question(Request.VERSION, LOCAL))
        answer = await link.heard(0.0)
        assert answer is not None
        return answer.at - first.at, second.at - answer.at

    after, before = asyncio.run(two())
    assert after >= 0.004
    assert before > 0
