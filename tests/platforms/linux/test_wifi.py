"""The radio on Linux, against a kernel that is played byte by byte."""

from __future__ import annotations

import asyncio
import errno
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from installer_gui.domain.wifi import Band
from installer_gui.platforms.linux import genetlink, sweep
from installer_gui.platforms.linux.genetlink import attributes
from installer_gui.platforms.linux.helper import Helper
from installer_gui.platforms.linux.wifi import LinuxWiFi
from installer_gui.platforms.process import Finished
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.ports.wifi import Scan

from .kernel import ABORTED, ALL_13, RESULTS, TRIGGER, Kernel, entry, event

NO_HELPER = Helper({"DRIFTKLAR_PROBE": "/nowhere"})
ADAPTER = "lo"  # an interface that exists everywhere, so that it has a number


@pytest.fixture
def kernel(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kernel]:
    played = Kernel()
    monkeypatch.setattr(genetlink, "open_socket", played.open_socket)
    monkeypatch.setattr(sweep, "START_S", 0.5)
    monkeypatch.setattr(sweep, "BUSY_S", 1.0)
    yield played
    played.close()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    adapter = tmp_path / "sys/class/net" / ADAPTER
    (adapter / "phy80211/rfkill0").mkdir(parents=True)
    (adapter / "flags").write_text("0x1003\n")
    (adapter / "operstate").write_text("up\n")
    for switch in ("soft", "hard"):
        (adapter / "phy80211/rfkill0" / switch).write_text("0\n")
    return tmp_path


class NetworkManager:
    """nmcli, answering what it is told to; each accepted question makes the kernel sweep."""

    def __init__(self, kernel: Kernel, *answers: Finished, events: list[bytes] | None = None) -> None:
        self.kernel, self.answers, self.asked = kernel, list(answers), list[tuple[str, ...]]()
        self.events = [event(TRIGGER), event(RESULTS)] if events is None else events

    async def __call__(self, *command: str, timeout_s: float = 5.0) -> Finished:
        self.asked.append(command)
        answer = self.answers.pop(0) if self.answers else Finished(0, "", "")
        if answer.code == 0 and "rescan" in command:
            self.kernel.tell(*self.events)
        return answer


async def none(*command: str, timeout_s: float = 5.0) -> Finished:
    raise Unavailable(Reason.UNSUPPORTED, "no nmcli")


def scan(root: Path, run: object = none, band: Band | None = Band.B2_4, ssids: tuple[bytes, ...] = ()) -> Scan:
    return asyncio.run(LinuxWiFi(NO_HELPER, run, root).scan(ADAPTER, band, ssids))  # type: ignore[arg-type]  # all are callable


def refused(root: Path, run: object = none) -> Reason:
    with pytest.raises(Unavailable) as caught:
        scan(root, run)
    return caught.value.reason


def test_a_sweep_lists_what_was_heard_with_its_level_and_age(kernel: Kernel, root: Path) -> None:
    made = scan(root)
    (bss,) = made.found
    assert (bss.ssid, bss.bssid, bss.freq_mhz, bss.dbm) == (b"Garage", "02:00:00:00:01:00", 2437, -74)
    assert (bss.capability, bss.dbm_is_estimate, made.backend) == (0x411, False, "nl80211")
    assert bss.age_s < 5


def test_only_channels_1_to_13_are_swept_and_all_names_are_asked_for(kernel: Kernel, root: Path) -> None:
    scan(root, ssids=(b"Dold",))
    (asked,) = kernel.triggered
    swept = [struct.unpack("=I", f)[0] for f in attributes(asked[44]).values()]
    assert swept == list(ALL_13)
    assert list(attributes(asked[45]).values()) == [b"", b"Dold"]


def test_what_was_heard_before_the_question_is_not_fresh(kernel: Kernel, root: Path) -> None:
    old, new = entry(2412, age_ns=20_000_000_000), entry(2462, age_ns=-1_000_000_000)
    kernel.entries = lambda: [old, new]
    assert {bss.freq_mhz: bss.fresh for bss in scan(root).found} == {2412: False, 2462: True}


def test_drivers_that_do_not_stamp_are_judged_by_the_age_they_tell(kernel: Kernel, root: Path) -> None:
    kernel.entries = lambda: [entry(2412, age_ns=None, ms=9000), entry(2462, age_ns=None)]
    assert next((round(b.age_s), b.fresh) for b in scan(root).found) == (9, False)
    assert not scan(root).found[1].fresh


def test_a_level_without_a_unit_is_an_estimate(kernel: Kernel, root: Path) -> None:
    kernel.entries = lambda: [entry(mbm=None)]
    (bss,) = scan(root).found
    assert (bss.dbm, bss.dbm_is_estimate) == (-75, True)


def test_other_bands_are_left_out_unless_asked_for(kernel: Kernel, root: Path) -> None:
    kernel.entries = lambda: [entry(2437), entry(5180)]
    assert [b.freq_mhz for b in scan(root).found] == [2437]
    assert len(scan(root, band=None).found) == 2
    assert 44 not in kernel.triggered[-1]


def test_an_empty_air_is_an_answer_after_a_sweep(kernel: Kernel, root: Path) -> None:
    kernel.entries = list
    assert scan(root).found == ()


def test_a_list_that_changed_while_it_was_read_is_read_again(kernel: Kernel, root: Path) -> None:
    kernel.interrupted = 1
    assert len(scan(root).found) == 1
    assert kernel.dumps == 2


def test_a_busy_radio_is_asked_again_until_its_sweep_ends(kernel: Kernel, root: Path) -> None:
    kernel.answers = [errno.EBUSY, errno.EBUSY]
    assert len(scan(root).found) == 1
    assert len(kernel.triggered) == 3
    kernel.answers = [errno.EBUSY] * 99
    assert refused(root) is Reason.BUSY


def test_an_aborted_sweep_is_asked_for_once_more(kernel: Kernel, root: Path) -> None:
    aborted = [event(TRIGGER), event(ABORTED)]
    kernel.sweeps = [aborted]
    assert len(scan(root).found) == 1
    kernel.sweeps = [aborted, aborted]
    assert refused(root) is Reason.BUSY
    assert kernel.dumps == 1


def test_without_any_event_there_is_no_measurement(kernel: Kernel, root: Path) -> None:
    kernel.sweeps = [[], []]
    assert refused(root) is Reason.BUSY
    assert kernel.dumps == 0


def test_sweeps_of_other_adapters_and_of_single_channels_do_not_count(kernel: Kernel, root: Path) -> None:
    others = [event(TRIGGER, 99), event(RESULTS, 99), event(TRIGGER, frequencies=[2437]), event(RESULTS)]
    kernel.sweeps = [others, others]
    assert refused(root) is Reason.BUSY
    kernel.sweeps = [[*others, event(TRIGGER), event(RESULTS)]]
    assert len(scan(root).found) == 1


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (errno.ENETDOWN, Reason.RADIO_OFF),
        (errno.ERFKILL, Reason.RADIO_OFF),
        (errno.ENODEV, Reason.NO_ADAPTER),
        (errno.EIO, Reason.DRIVER_ERROR),
    ],
)
def test_the_kernels_refusals_have_their_reasons(kernel: Kernel, root: Path, code: int, reason: Reason) -> None:
    kernel.answers = [code]
    assert refused(root) is reason


def test_an_adapter_for_america_is_swept_on_eleven_channels(kernel: Kernel, root: Path) -> None:
    kernel.answers = [errno.EINVAL]
    scan(root)
    assert len(attributes(kernel.triggered[-1][44])) == 11


def test_a_radio_that_is_switched_off_is_not_asked(kernel: Kernel, root: Path) -> None:
    adapter = root / "sys/class/net" / ADAPTER
    (adapter / "phy80211/rfkill0/soft").write_text("1\n")
    assert refused(root) is Reason.RADIO_OFF
    (adapter / "phy80211/rfkill0/soft").write_text("0\n")
    (adapter / "flags").write_text("0x1002\n")
    assert refused(root) is Reason.RADIO_OFF
    assert not kernel.triggered


def test_an_interface_without_a_radio_is_no_adapter(kernel: Kernel, root: Path) -> None:
    for name in ("eth7", "../lo", ""):
        with pytest.raises(Unavailable) as caught:
            asyncio.run(LinuxWiFi(NO_HELPER, none, root).scan(name))
        assert caught.value.reason is Reason.NO_ADAPTER


def test_adapters_are_those_in_station_mode(kernel: Kernel, root: Path) -> None:
    (root / "sys/class/net/p2p-dev-wlan0/phy80211").mkdir(parents=True)
    (root / "sys/class/net/eth0").mkdir()
    assert [a.name for a in LinuxWiFi(NO_HELPER, none, root).adapters()] == [ADAPTER]
    kernel.station = 3
    assert LinuxWiFi(NO_HELPER, none, root).adapters() == ()


def test_without_rights_and_without_anybody_to_ask_rights_are_needed(kernel: Kernel, root: Path) -> None:
    kernel.answers = [errno.EPERM]
    assert refused(root) is Reason.NEEDS_PRIVILEGE
    assert kernel.dumps == 0


def test_networkmanager_sweeps_for_users_without_rights(kernel: Kernel, root: Path) -> None:
    kernel.answers = [errno.EPERM]
    manager = NetworkManager(kernel)
    made = scan(root, manager, ssids=("Ö dold".encode(),))
    assert made.backend == "NetworkManager, nl80211"
    assert manager.asked == [("nmcli", "device", "wifi", "rescan", "ifname", ADAPTER, "ssid", "Ö dold")]


def test_a_sweep_that_was_under_way_when_networkmanager_was_asked_does_not_count(kernel: Kernel, root: Path) -> None:
    kernel.answers = [errno.EPERM]
    manager = NetworkManager(kernel, events=[event(RESULTS)])
    assert refused(root, manager) is Reason.BUSY
    assert len(manager.asked) == 2
    kernel.answers = [errno.EPERM]
    assert scan(root, NetworkManager(kernel, events=[event(RESULTS), event(TRIGGER), event(RESULTS)])).found


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ([Finished(8, "", "Error: NetworkManager is not running.")], Reason.NEEDS_PRIVILEGE),
        (
            [Finished(1, "", "Error: Scanning not allowed."), Finished(0, "10 (unmanaged)\n", "")],
            Reason.NEEDS_PRIVILEGE,
        ),
        ([Finished(1, "", "Error: Scanning not allowed."), Finished(0, "20 (unavailable)\n", "")], Reason.RADIO_OFF),
        ([Finished(1, "", "Error: Not authorized to perform this operation")], Reason.NEEDS_PRIVILEGE),
        ([Finished(1, "", "Error: Could not create NMClient object"), Finished(1, "", "")], Reason.NEEDS_PRIVILEGE),
    ],
)
def test_what_networkmanager_refuses_has_its_reason(
    kernel: Kernel, root: Path, answers: list[Finished], reason: Reason
) -> None:
    kernel.answers = [errno.EPERM]
    assert refused(root, NetworkManager(kernel, *answers)) is reason


def test_two_scans_of_one_adapter_wait_for_each_other(kernel: Kernel, root: Path) -> None:
    wifi = LinuxWiFi(NO_HELPER, none, root)

    async def both() -> list[Scan]:
        return await asyncio.gather(wifi.scan(ADAPTER), wifi.scan(ADAPTER))

    assert len(asyncio.run(both())) == 2
    assert len(kernel.triggered) == 2


def test_stopping_ends_at_once(kernel: Kernel, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "START_S", 60)
    kernel.sweeps = [[event(TRIGGER)]]

    async def stopped() -> None:
        await asyncio.wait_for(LinuxWiFi(NO_HELPER, none, root).scan(ADAPTER), 0.3)

    with pytest.raises(TimeoutError):
        asyncio.run(stopped())
