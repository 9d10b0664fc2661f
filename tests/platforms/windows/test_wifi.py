"""The radio on Windows, against a service that is played byte by byte."""

import asyncio
import time

import pytest

from installer_gui.domain.wifi import Band
from installer_gui.platforms.windows import dll, freshness, wifi
from installer_gui.platforms.windows.iphlpapi import IpHelper
from installer_gui.platforms.windows.wifi import WindowsWiFi
from installer_gui.platforms.windows.wlanapi import SCAN_FAIL, SCAN_LIST_REFRESH
from installer_gui.ports.unavailable import Reason, Unavailable

from .library import ADDRESS, GUID, SECOND, UPTIME, Bss, Iphlpapi, Nic, Told, Wlanapi, bss_list

ADAPTER = "Wi-Fi"
OTHER = bytes(15) + b"\x02"
NICS = [Nic(ADAPTER, guid="{11111111-2222-3333-0404-040404040401}", type=71)]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(wifi, "PATIENCE_S", (0.4, 0.3))
    monkeypatch.setattr(wifi, "SETTLE_S", 0.1)
    monkeypatch.setattr(wifi, "STARTING_S", 0.0)
    monkeypatch.setattr(wifi, "POLL_S", 0.005)


@pytest.fixture
def service():
    return Wlanapi()


@pytest.fixture
def radio(service):
    made = WindowsWiFi(lambda name: service, IpHelper(Iphlpapi(nics=NICS)).adapters, lambda: UPTIME)
    yield made
    made.close()
    assert (service.given, service.handles) == (set(), 0), "memory and handles are given back"


def scan(radio, band=Band.B2_4, ssids=()):
    return asyncio.run(radio.scan(ADAPTER, band, ssids))


def refused(radio):
    with pytest.raises(Unavailable) as unavailable:
        scan(radio)
    return unavailable.value.reason


def test_a_sweep_lists_what_was_heard_with_its_level_and_age(service, radio):
    (bss,) = scan(radio).found
    assert (bss.ssid, bss.bssid, bss.freq_mhz, bss.dbm) == (b"Garage", ADDRESS, 2437, -73)
    assert (bss.fresh, bss.capability, bss.dbm_is_estimate, bss.joined) == (True, 0x411, False, False)
    assert 0 <= bss.age_s < 5
    assert bss.ies == b"\0\6Garage"


def test_what_was_heard_before_the_question_is_not_fresh(service, radio):
    service.listed = lambda: bss_list([Bss(age_s=40), Bss(khz=2_462_000)])
    assert {bss.freq_mhz: (bss.fresh, round(bss.age_s)) for bss in scan(radio).found} == {
        2437: (False, 40),
        2462: (True, 0),
    }


def test_a_list_of_old_entries_alone_is_an_empty_air_after_a_sweep(service, radio):
    service.listed = lambda: bss_list([Bss(age_s=40)])
    assert [bss.fresh for bss in scan(radio).found] == [False]


def test_an_empty_list_is_an_answer_after_a_sweep(service, radio):
    service.listed = lambda: bss_list([])
    assert scan(radio).found == ()


def test_other_bands_are_left_out_unless_asked_for(service, radio):
    service.listed = lambda: bss_list([Bss(), Bss(khz=5_180_000), Bss(khz=5_955_000)])
    assert [b.freq_mhz for b in scan(radio).found] == [2437]
    assert [b.freq_mhz for b in scan(radio, band=None).found] == [2437, 5180, 5955]


def test_networks_are_also_asked_for_by_name(service, radio):
    scan(radio, ssids=("Döld".encode(), b"x" * 32))
    assert service.asked == [b"", "Döld".encode(), b"x" * 32]


@pytest.mark.parametrize("code", [SCAN_FAIL, SCAN_LIST_REFRESH, None])
def test_fresh_entries_count_however_the_sweep_ended(service, radio, code):
    service.tells = [Told((code,) if code else ())]
    assert [bss.fresh for bss in scan(radio).found] == [True]


@pytest.mark.parametrize(("codes", "reason"), [((SCAN_FAIL,), Reason.DRIVER_ERROR), ((), Reason.TIMEOUT)])
@pytest.mark.parametrize("found", [[], [Bss(age_s=40)]], ids=["nothing", "old entries"])
def test_a_sweep_that_did_not_come_about_is_no_empty_air(service, radio, codes, reason, found):
    service.tells, service.listed = [Told(codes)], lambda: bss_list(found)
    assert refused(radio) is reason


def test_a_driver_that_tells_no_end_gets_more_time_before_it_counts_as_silent(service, radio):
    began = time.monotonic()
    service.tells = [Told(())]
    service.listed = lambda: bss_list([Bss()] if time.monotonic() - began > 0.6 else [])
    assert len(scan(radio).found) == 1


def test_after_a_refresh_the_end_is_still_waited_for_a_moment(service, radio):
    service.tells = [Told((SCAN_LIST_REFRESH, SCAN_FAIL))]
    service.listed = lambda: bss_list([])
    assert refused(radio) is Reason.DRIVER_ERROR


def test_what_is_told_of_another_adapter_or_by_another_source_is_no_end(service, radio):
    service.listed = lambda: bss_list([])
    for told in (Told(guid=OTHER), Told(source=0x10), Told((1,))):
        service.tells = [told]
        assert refused(radio) is Reason.TIMEOUT


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (5, Reason.PERMISSION_DENIED),
        (1062, Reason.SERVICE_STOPPED),
        (50, Reason.SERVICE_STOPPED),
        (0x80342002, Reason.RADIO_OFF),
        (1168, Reason.NO_ADAPTER),
        (6, Reason.NO_ADAPTER),
        (5023, Reason.BUSY),
        (31, Reason.DRIVER_ERROR),
    ],
)
@pytest.mark.parametrize("function", ["WlanOpenHandle", "WlanEnumInterfaces", "WlanScan", "WlanGetNetworkBssList"])
def test_refusals_have_their_reasons_whichever_function_tells_them(service, radio, function, code, reason):
    service.fails = {function: [code] * 9}
    assert refused(radio) is reason


@pytest.mark.parametrize("code", [6, 1168, 5023])
def test_a_restarted_service_and_a_starting_adapter_are_asked_once_more(service, radio, code):
    service.fails = {"WlanScan": [code]}
    assert len(scan(radio).found) == 1
    assert service.calls["WlanOpenHandle"] == (1 if code == 5023 else 2)


def test_adapters_without_the_service_or_its_library_are_told_by_their_reason(service, radio):
    service.fails = {"WlanOpenHandle": [1062]}
    with pytest.raises(Unavailable) as unavailable:
        radio.adapters()
    assert unavailable.value.reason is Reason.SERVICE_STOPPED
    with pytest.raises(Unavailable) as unavailable:
        WindowsWiFi(lambda name: dll.load(f"no-{name}")).adapters()
    assert unavailable.value.reason is Reason.UNSUPPORTED


def test_notifications_that_are_refused_leave_no_handle_open(service, radio):
    service.fails = {"WlanRegisterNotification": [5]}
    assert refused(radio) is Reason.PERMISSION_DENIED
    assert service.handles == 0


def test_adapters_have_windows_names_else_their_own_and_connected_ones_come_first(service, radio):
    service.radios = [(OTHER, "Killer(R) Wi-Fi 7", 4), (GUID, "Intel(R) Wi-Fi 6 AX201", 1)]
    assert [(a.name, a.description, a.backend) for a in radio.adapters()] == [
        (ADAPTER, "Intel(R) Wi-Fi 6 AX201", "wlanapi"),
        ("Killer(R) Wi-Fi 7", "Killer(R) Wi-Fi 7", "wlanapi"),
    ]


def test_no_adapter_is_an_empty_list_and_no_place_to_scan(service, radio):
    service.radios = []
    assert radio.adapters() == ()
    assert refused(radio) is Reason.NO_ADAPTER
    assert service.calls["WlanScan"] == 0


def test_the_joined_access_point_is_known(service, radio):
    service.joined = ADDRESS
    assert [bss.joined for bss in scan(radio).found] == [True]


def test_one_handle_serves_all_scans(service, radio):
    scan(radio)
    scan(radio)
    assert service.calls["WlanOpenHandle"] == 1


def test_two_scans_of_one_adapter_wait_for_each_other(service, radio):
    under_way = [0, 0]

    async def both():
        return await asyncio.gather(radio.scan(ADAPTER), radio.scan(ADAPTER))

    def listed():
        under_way[0] += 1
        return bss_list([Bss(tsf=under_way[0])])

    service.listed = listed
    assert len(asyncio.run(both())) == 2
    assert service.asked == [b"", b""]
    assert under_way[0] == 4


def test_stopping_ends_at_once(service, radio, monkeypatch):
    monkeypatch.setattr(wifi, "PATIENCE_S", (60.0,))
    service.tells = [Told(())]

    async def stopped():
        await asyncio.wait_for(radio.scan(ADAPTER), 0.3)

    with pytest.raises(TimeoutError):
        asyncio.run(stopped())


def listing(*sweeps):
    """A list for each reading, the last one for ever; the first is read before the sweep."""
    waiting = list(sweeps)
    return lambda: bss_list(waiting.pop(0) if len(waiting) > 1 else waiting[0])


@pytest.mark.parametrize(
    "stamp",
    [0, 3 * SECOND, 1 << 62],
    ids=["none", "since the start of the computer", "in the future"],
)
def test_where_the_driver_writes_no_sensible_time_the_access_points_own_clock_tells(service, radio, stamp):
    moving, standing = Bss(heard_at=stamp, tsf=1000), Bss(heard_at=stamp, tsf=77, khz=2_462_000)
    moved = Bss(heard_at=stamp, tsf=2000)
    service.listed = listing([moving, standing], [moved, standing])
    assert {bss.freq_mhz: bss.fresh for bss in scan(radio).found} == {2437: True, 2462: False}


@pytest.mark.parametrize("before", [[], [Bss(heard_at=0)]], ids=["new entry", "known entry"])
def test_a_driver_that_gives_no_time_at_all_measures_nothing(service, radio, before):
    service.listed = listing(before, [Bss(heard_at=0)])
    assert refused(radio) is Reason.DRIVER_ERROR


def test_a_clock_that_is_set_back_meanwhile_makes_nothing_fresh(service, radio, monkeypatch):
    began = freshness.now()
    times = [began, began]
    monkeypatch.setattr(freshness, "now", lambda: times.pop(0) if times else began - 3600 * SECOND)
    service.listed = lambda: bss_list([Bss(heard_at=began - 1800 * SECOND)])
    assert refused(radio) is Reason.DRIVER_ERROR  # heard before the sweep, and now in the future


def test_a_clock_that_was_set_back_before_makes_no_old_entry_fresh(service, radio):
    ahead = freshness.now() + 1800 * SECOND
    service.listed = lambda: bss_list([Bss(heard_at=ahead, tsf=5), Bss(khz=2_462_000)])
    assert {bss.freq_mhz: bss.fresh for bss in scan(radio).found} == {2437: False, 2462: True}
