"""Reading what access points say of themselves."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.domain.wifi import Band, Bss, Network, Pmf, Security
from installer_gui.protocols.elements import split
from installer_gui.protocols.ieee80211 import channel_of, networks, read

RECORDINGS = Path(__file__).parents[1] / "recordings" / "wifi"
OPEN_B_RATES = bytes([1, 4, 0x82, 0x84, 0x0B, 0x16])
PSK, SAE, FT_SAE, OWE, DOT1X = (bytes([0, 0x0F, 0xAC, n]) for n in (2, 8, 9, 18, 1))
CCMP, TKIP = bytes([0, 0x0F, 0xAC, 4]), bytes([0, 0x0F, 0xAC, 2])


def records(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads((RECORDINGS / name).read_text())
    return loaded


def recorded(record: dict[str, Any]) -> Bss:
    return Bss(
        ssid=bytes.fromhex(record["ssid_hex"]),
        bssid=record["bssid"],
        freq_mhz=record["freq_mhz"],
        dbm=round(record["dbm"]),
        ies=bytes.fromhex(record["ies_hex"]),
        beacon_ies=bytes.fromhex(record["beacon_ies_hex"]),
        capability=record["capability"],
    )


ALL = [*records("bss.json"), *records("csa_bss.json")]


def element(kind: int, body: bytes) -> bytes:
    return bytes([kind, len(body)]) + body


def rsn(*akm: bytes, pairwise: bytes = CCMP, capabilities: int = 0) -> bytes:
    body = b"\x01\x00" + CCMP + b"\x01\x00" + pairwise + len(akm).to_bytes(2, "little") + b"".join(akm)
    return element(48, body + capabilities.to_bytes(2, "little"))


def heard(*elements: bytes, mhz: int = 2437, capability: int = 0x411, beacon: bytes = b"") -> Network:
    return read(Bss(b"", "02:00:00:00:00:01", mhz, -60, b"".join(elements), beacon, capability))


@pytest.mark.parametrize("record", ALL, ids=lambda r: r["ssid_hex"])
def test_recordings_are_read_as_they_were_configured(record: dict[str, Any]) -> None:
    found, expected = read(recorded(record)), record["expected"]
    seen = {
        "ssid": found.ssid,
        "hidden": found.hidden,
        "channel": found.channel,
        "band": found.band.value,
        "width_mhz": found.width_mhz,
        "standards": list(found.standards),
        "security": [s.value for s in found.security],
        "pmf": found.pmf.value,
        "country": found.country,
        "bss_load": found.load,
    }
    load = expected.get("bss_load")
    wanted = {**expected, "country": expected.get("country", ""), "bss_load": load and tuple(load.values())}
    csa = wanted.pop("csa", None)
    if load is None:
        del seen["bss_load"], wanted["bss_load"]
    assert seen == wanted
    assert found.announced_channel == (csa and csa["new_channel"])


@pytest.mark.parametrize("record", ALL, ids=lambda r: r["ssid_hex"])
def test_a_list_cut_anywhere_keeps_what_stood_before_the_cut(record: dict[str, Any]) -> None:
    whole = recorded(record)
    every = list(split(whole.ies))
    for cut in range(len(whole.ies)):
        part = replace(whole, ies=whole.ies[:cut], beacon_ies=b"", ssid=b"")
        assert list(split(part.ies)) == every[: len(list(split(part.ies)))]
        assert read(part).channel == read(whole).channel


@pytest.mark.parametrize("record", ALL, ids=lambda r: r["ssid_hex"])
def test_no_flipped_bit_stops_the_reader(record: dict[str, Any]) -> None:
    whole = recorded(record)
    for i in range(8 * len(whole.beacon_ies)):
        flipped = bytearray(whole.beacon_ies)
        flipped[i // 8] ^= 1 << i % 8
        found = read(replace(whole, ies=bytes(flipped), beacon_ies=bytes(flipped), ssid=b""))
        assert found.width_mhz in (20, 40, 80, 160)
        assert found.security


def test_protected_networks_never_look_open_however_their_rsn_is_cut() -> None:
    body = rsn(PSK, SAE, capabilities=0xC0)[2:]
    for cut in range(len(body) + 1):
        assert Security.OPEN not in heard(element(48, body[:cut]), capability=0).security
    assert heard(element(48, body[:9])).security == (Security.ENTERPRISE,)


@given(st.binary(max_size=400), st.binary(max_size=100), st.sampled_from((2412, 2437, 2484, 5180, 5955, 0, 99999)))
def test_any_bytes_give_a_network(ies: bytes, beacon: bytes, mhz: int) -> None:
    found = read(Bss(b"", None, mhz, -60, ies, beacon, None))
    assert isinstance(found.ssid, str)


@given(st.lists(st.tuples(st.integers(0, 255), st.binary(max_size=40)), max_size=12))
def test_any_elements_give_a_network(parts: list[tuple[int, bytes]]) -> None:
    frame = b"".join(element(*part) for part in parts)
    assert heard(frame, mhz=5180, beacon=frame).band is Band.B5


@pytest.mark.parametrize(
    ("mhz", "channel"),
    [(2412, 1), (2472, 13), (2484, 14), (5180, 36), (5825, 165), (5885, 177), (5955, 1), (7115, 233)],
)
def test_frequencies_have_their_channel(mhz: int, channel: int) -> None:
    assert channel_of(mhz) == channel


def test_a_beacon_heard_beside_its_channel_counts_where_it_says_it_is() -> None:
    leaked = heard(element(3, b"\x06"), mhz=2442)
    assert (leaked.channel, leaked.frequency_mhz) == (6, 2437)
    assert heard(element(3, b"\xc8"), mhz=2442).channel == 7


def test_an_unreadable_name_is_shown_with_replacements_and_kept_as_bytes() -> None:
    found = heard(element(0, b"Caf\xe9"))
    assert (found.ssid, found.ssid_bytes) == ("Caf\ufffd", b"Caf\xe9")
    assert heard(element(0, "Öppet Åäö".encode())).ssid == "Öppet Åäö"
    assert heard(element(0, b"x" * 33)).ssid == ""


def test_hidden_is_told_from_the_beacon_and_the_name_from_the_answer() -> None:
    for silent in (b"", bytes(4)):
        found = heard(element(0, b"Dold"), beacon=element(0, silent))
        assert (found.ssid, found.hidden) == ("Dold", True)
    assert heard(element(0, bytes(7))).ssid_bytes == b""
    assert not heard(element(0, b"Syns"), beacon=element(0, b"Syns")).hidden


@pytest.mark.parametrize(
    ("akm", "expected"),
    [
        ((PSK,), [Security.WPA2]),
        ((SAE,), [Security.WPA3]),
        ((FT_SAE, PSK), [Security.WPA2, Security.WPA3]),
        ((OWE,), [Security.OWE]),
        ((DOT1X,), [Security.ENTERPRISE]),
        ((bytes([0x50, 0x6F, 0x9A, 2]),), [Security.ENTERPRISE]),
        ((), [Security.ENTERPRISE]),
    ],
)
def test_key_management_names_the_security(akm: tuple[bytes, ...], expected: list[Security]) -> None:
    assert list(heard(rsn(*akm)).security) == expected


def test_protected_management_frames_are_off_offered_or_required() -> None:
    found = [heard(rsn(PSK, capabilities=c)).pmf for c in (0, 0x80, 0xC0)]
    assert found == [Pmf.NO, Pmf.CAPABLE, Pmf.REQUIRED]


def test_wpa_and_wpa2_together_are_both_named_and_tkip_alone_is_weak() -> None:
    wpa = element(221, bytes.fromhex("0050f201 0100 0050f202 0100 0050f202 0100 0050f202"))
    mixed = heard(wpa, rsn(PSK))
    assert (mixed.security, mixed.weak_cipher) == ((Security.WPA, Security.WPA2), False)
    assert heard(wpa).security == (Security.WPA,)
    assert heard(wpa).weak_cipher
    assert heard(rsn(PSK, pairwise=TKIP)).weak_cipher
    assert heard(wpa[:-1] + b"\x01").security == (Security.ENTERPRISE,)


def test_without_rsn_the_privacy_bit_tells_wep_from_open() -> None:
    assert heard(OPEN_B_RATES, capability=0x01).security == (Security.OPEN,)
    assert heard(OPEN_B_RATES, capability=0x11).security == (Security.WEP,)
    twin = element(221, bytes.fromhex("506f9a1c") + bytes(8))
    assert heard(OPEN_B_RATES, twin, capability=0x01).security == (Security.OPEN, Security.OWE)
    assert heard(OPEN_B_RATES, twin, rsn(OWE), capability=0x11).security == (Security.OWE,)


def test_where_the_system_tells_nothing_security_is_unknown() -> None:
    assert read(Bss(b"x", None, 2437, -60)).security == ()


@pytest.mark.parametrize(("byte", "width", "side"), [(5, 40, 1), (7, 40, -1), (1, 20, 0), (4, 20, 0), (6, 20, 0)])
def test_forty_megahertz_needs_both_the_bit_and_a_side(byte: int, width: int, side: int) -> None:
    found = heard(element(61, bytes([6, byte]) + bytes(20)))
    assert (found.width_mhz, found.secondary) == (width, side)


@pytest.mark.parametrize(
    ("operation", "width"),
    [
        ("0000000000", 40),
        ("012a000000", 80),
        ("012a320000", 160),
        ("012a9b0000", 80),
        ("0232000000", 160),
        ("012a", 40),
    ],
)
def test_vht_operation_widens_five_gigahertz(operation: str, width: int) -> None:
    ht = element(61, bytes([36, 5]) + bytes(20))
    assert heard(ht, element(192, bytes.fromhex(operation)), mhz=5180).width_mhz == width


def test_six_gigahertz_takes_its_width_from_he_operation() -> None:
    operation = bytes([36, 0, 0, 2, 0, 0, 0]) + bytes([5, 2, 7, 0, 0])
    assert heard(element(255, operation), mhz=5975).width_mhz == 80
    assert heard(element(255, operation[:-2]), mhz=5975).width_mhz == 20


def test_standards_come_from_rates_and_capabilities() -> None:
    ht, vht = element(45, bytes(26)), element(191, bytes(12))
    he, eht = element(255, bytes([35]) + bytes(21)), element(255, bytes([108]) + bytes(11))
    assert heard(OPEN_B_RATES, ht, vht, he, eht).standards == ("b", "n", "ac", "ax", "be")
    assert heard(element(50, b"\x0c\x6c"), element(45, bytes(10))).standards == ("g",)
    assert heard(element(1, b"\x8c\x12"), mhz=5180).standards == ("a",)


@pytest.mark.parametrize(
    ("selector", "shut_out"), [(0xFF, False), (0xFE, True), (0xFA, True), (0xF9, True), (0xFB, False)]
)
def test_a_network_that_requires_newer_standards_shuts_the_station_out(selector: int, shut_out: bool) -> None:
    found = heard(element(1, bytes([0x82, selector])))
    assert found.excludes_bgn is shut_out
    assert found.standards == ("b",)


def test_an_announced_move_is_read_from_the_beacon() -> None:
    assert heard(beacon=element(37, b"\x00\x0b\x05")).announced_channel == 11
    assert heard(beacon=element(60, b"\x00\x51\x0b\x05")).announced_channel == 11
    assert heard(element(37, b"\x00\x0b")).announced_channel is None


def row(mhz: int = 2462, name: bytes = b"", **more: Any) -> Bss:
    beacon = element(0, b"") if not name else b""
    return Bss(name, "02:00:00:00:05:00", mhz, more.pop("dbm", -70), element(0, name), beacon, 0x411, **more)


def test_a_directed_probe_leaves_two_rows_that_become_one_with_the_name() -> None:
    for rows in (row(), row(name=b"Dold", dbm=-68)), (row(name=b"Dold", dbm=-68), row()):
        (found,) = networks(rows)
        assert (found.ssid, found.hidden) == ("Dold", True)
    (newest,) = networks([row(name=b"Dold", age_s=9.0, dbm=-50), row(fresh=True, dbm=-70)])
    assert (newest.ssid, newest.rssi_dbm, newest.fresh) == ("Dold", -70, True)


def test_one_access_point_on_two_channels_stays_two_rows() -> None:
    found = networks([row(2437, b"Flyttar"), row(2462, b"Flyttar", fresh=True)])
    assert {n.channel for n in found} == {6, 11}


def test_rows_without_an_address_are_never_merged() -> None:
    nameless = replace(row(), bssid=None)
    assert len(networks([nameless, nameless])) == 2
