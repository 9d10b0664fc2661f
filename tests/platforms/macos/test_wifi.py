"""The radio on macOS, on played frameworks: Apple's own have not been tried."""

import asyncio

import pytest

from installer_gui import profiles
from installer_gui.domain.wifi import Band
from installer_gui.platforms.macos import frameworks as real
from installer_gui.platforms.macos import location, wifi
from installer_gui.platforms.macos.wifi import MacWiFi
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.protocols import ieee80211
from installer_gui.session.survey import measure

from .tools import Location, Network, Radio, error, frameworks

ANONYMOUS = [Network().withheld(), Network(number=11).withheld()]


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(location, "PATIENCE_S", 0.2)
    monkeypatch.setattr(location, "LOOK_S", 0.01)


def scan(*radios, band=Band.B2_4, ssids=(), adapter="en0", **options):
    return asyncio.run(MacWiFi(frameworks(*radios, **options)).scan(adapter, band, ssids))


def refused(*radios, **options):
    with pytest.raises(Unavailable) as unavailable:
        scan(*radios, **options)
    return unavailable.value.reason


def test_a_sweep_lists_what_was_heard_and_all_of_it_is_fresh():
    (bss,) = scan(Radio()).found
    assert (bss.ssid, bss.bssid, bss.freq_mhz, bss.dbm) == (b"Garage", "02:00:00:00:01:0a", 2437, -61)
    assert (bss.fresh, bss.age_s, bss.joined, bss.dbm_is_estimate) == (True, 0.0, False, False)
    assert ieee80211.ssid(bss.ies) == b"Garage"


def test_channels_of_all_bands_have_their_frequencies():
    found = [Network(number=n, band=b) for n, b in ((1, 1), (14, 1), (36, 2), (5, 3), (13, 0), (100, 0))]
    heard = scan(Radio(sweeps=[(found, None)]), band=None).found
    assert [bss.freq_mhz for bss in heard] == [2412, 2484, 5180, 5975, 2472, 5500]
    assert [bss.freq_mhz for bss in scan(Radio(sweeps=[(found, None)])).found] == [2412, 2484, 2472]


def test_a_row_without_a_channel_is_no_row():
    assert scan(Radio(sweeps=[([Network(number=0)], None)])).found == ()


@pytest.mark.parametrize(("security", "word"), [(0, "open"), (1, "wep")])
def test_open_and_wep_are_told_apart_by_what_macos_says(security, word):
    (bss,) = scan(Radio(sweeps=[([Network(security=(security,))], None)])).found
    assert [s.value for s in ieee80211.read(bss).security] == [word]


def test_of_other_networks_the_elements_tell_and_no_bit_is_made_up():
    (bss,) = scan(Radio()).found
    assert bss.capability is None


def test_names_that_are_no_text_are_kept_as_octets():
    (bss,) = scan(Radio(sweeps=[([Network(ssid=b"\xff\x00x")], None)])).found
    assert bss.ssid == b"\xff\x00x"


def test_networks_are_also_asked_for_by_name():
    radio = Radio()
    assert len(scan(radio, ssids=("Döld".encode(),)).found) == 2
    assert radio.asked == [None, "Döld".encode()]


def test_results_count_although_an_error_comes_with_them():
    assert len(scan(Radio(sweeps=[([Network()], error(-3905))])).found) == 1


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (-3905, Reason.TIMEOUT),
        (-3930, Reason.PERMISSION_DENIED),
        (-3903, Reason.UNSUPPORTED),
        (16, Reason.BUSY),
        (82, Reason.RADIO_OFF),
        (-3902, Reason.DRIVER_ERROR),
    ],
)
@pytest.mark.parametrize("found", [None, []])
def test_an_error_without_results_has_its_reason(code, reason, found):
    assert refused(Radio(sweeps=[(found, error(code))])) is reason


@pytest.mark.parametrize("found", [None, []])
def test_an_empty_air_is_an_answer_after_a_sweep(found):
    assert scan(Radio(sweeps=[(found, None)])).found == ()


def test_a_radio_that_is_off_or_not_there_is_not_asked():
    off = Radio(on=False)
    assert refused(off) is Reason.RADIO_OFF
    assert refused(Radio("en7")) is Reason.NO_ADAPTER
    assert refused() is Reason.NO_ADAPTER
    assert off.asked == []


def test_adapters_that_are_on_come_first():
    found = MacWiFi(frameworks(Radio("en1", on=False), Radio("en0"))).adapters()
    assert [(a.name, a.backend) for a in found] == [("en0", "CoreWLAN"), ("en1", "CoreWLAN")]
    assert MacWiFi(frameworks()).adapters() == ()


def test_without_apples_frameworks_there_is_no_radio():
    with pytest.raises(Unavailable) as unavailable:
        MacWiFi(real.load.__wrapped__).adapters()
    assert unavailable.value.reason is Reason.UNSUPPORTED


def test_the_joined_access_point_is_known_however_its_address_is_written():
    assert [bss.joined for bss in scan(Radio(joined="02:0:00:0:1:a")).found] == [True]
    assert not scan(Radio(joined=None, sweeps=[(ANONYMOUS, None)])).found[0].joined


@pytest.mark.parametrize("status", [0, 1, 2])
def test_without_the_permission_rows_are_anonymous(status):
    made = scan(Radio(sweeps=[(ANONYMOUS, None)]), location=Location(status), has_loop=False)
    assert [(bss.ssid, bss.bssid, bss.ies, bss.dbm, bss.freq_mhz) for bss in made.found] == [
        (b"", None, b"", -61, 2437),
        (b"", None, b"", -61, 2462),
    ]
    assert made.withheld
    assert [n.security for n in ieee80211.networks(made.found)] == [(), ()]


def test_anonymous_rows_are_no_verdict_on_a_station():
    radio = MacWiFi(frameworks(Radio(sweeps=[(ANONYMOUS, None)]), location=Location(2)))
    with pytest.raises(Unavailable) as unavailable:
        asyncio.run(measure(radio, "en0", b"Garage", profiles.load("zaptec-pro"), lambda sweep: None))
    assert unavailable.value.reason is Reason.PERMISSION_DENIED


def test_rows_with_names_and_an_empty_air_are_not_withheld():
    assert not scan(Radio()).withheld
    assert not scan(Radio(sweeps=[([], None)])).withheld


def test_the_user_is_asked_once_and_the_answer_waited_for():
    place, radio = Location(0, answer=4), Radio()
    mac = MacWiFi(frameworks(radio, location=place))
    for _ in range(2):
        asyncio.run(mac.scan("en0"))
    assert place.told == ["request", "start", "stop"]
    assert len(radio.asked) == 2


def test_a_user_who_does_not_answer_does_not_hold_up_the_sweep():
    place, radio = Location(0), Radio()
    scan(radio, location=place)
    assert place.told == ["request", "start", "stop"]
    assert radio.asked == [None]


@pytest.mark.parametrize(("place", "has_loop"), [(Location(0), False), (Location(2), True), (Location(0, False), True)])
def test_where_it_is_of_no_use_nobody_is_asked(place, has_loop):
    scan(Radio(), location=place, has_loop=has_loop)
    assert place.told == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Location(0), "not determined"),
        (Location(1), "restricted by the computer's administrator"),
        (Location(2), "denied"),
        (Location(3), "allowed"),
        (Location(3, services=False), "denied"),
        (Location(9), "9"),
    ],
)
def test_the_state_of_the_permission_has_words_for_support(place, words):
    assert location.Permission(frameworks(location=place)()).words == words


def test_a_sweep_that_does_not_end_is_given_up(monkeypatch):
    monkeypatch.setattr(wifi, "LIMIT_S", 0.05)
    assert refused(Radio(takes_s=0.3)) is Reason.TIMEOUT


def test_two_scans_of_one_adapter_wait_for_each_other():
    radio = Radio(takes_s=0.05)
    mac = MacWiFi(frameworks(radio))

    async def both():
        return await asyncio.gather(mac.scan("en0"), mac.scan("en0"))

    assert all(made.seconds < 0.09 for made in asyncio.run(both()))
