"""The service's bytes: golden ones of the real header, and all kinds of broken ones."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.platforms.windows import wlanapi
from installer_gui.protocols import ieee80211

from .library import RECORDINGS, Bss, bss_list

GOLDEN = (RECORDINGS / "wlan_bss_list.bin").read_bytes()
ENTRY, ELEMENTS_OFFSET, ELEMENTS_SIZE = 360, 352, 356


def test_the_golden_list_is_read_field_by_field():
    garage, nameless, oppet = wlanapi.rows(GOLDEN)
    assert (garage.ssid, garage.bssid, garage.dbm, garage.khz) == (b"Garage-2G", "02:00:00:00:01:01", -74, 2_437_000)
    assert len(garage.elements) == 52
    assert (nameless.ssid, nameless.bssid, nameless.dbm, nameless.khz) == (b"", "02:00:00:00:01:02", -81, 2_472_000)
    assert (oppet.ssid.decode(), oppet.dbm, oppet.khz) == ("Öppet Åäö", -60, 2_412_000)
    assert ieee80211.ssid(oppet.elements).decode() == "Öppet Åäö"


def with_u32(at: int, value: int) -> bytes:
    return GOLDEN[:at] + struct.pack("<I", value) + GOLDEN[at + 4 :]


@pytest.mark.parametrize("count", [4, 1000, 0xFFFFFFFF])
def test_a_count_beyond_the_bytes_gives_what_is_there(count):
    assert [row.bssid[-1] for row in wlanapi.rows(with_u32(4, count))][:3] == ["1", "2", "3"]


@pytest.mark.parametrize("field", [ELEMENTS_OFFSET, ELEMENTS_SIZE])
@pytest.mark.parametrize("value", [len(GOLDEN), 0x7FFFFFFF, 0xFFFFFFFF])
def test_elements_outside_the_bytes_are_as_if_absent(field, value):
    first = next(wlanapi.rows(with_u32(wlanapi.HEAD + field, value)))
    assert (first.elements, first.dbm) == (b"", -74)


def test_more_elements_than_a_driver_may_give_are_as_if_absent():
    made = bss_list([Bss()]) + bytes(5000)
    at = wlanapi.HEAD + ELEMENTS_SIZE
    assert next(wlanapi.rows(made[:at] + struct.pack("<I", 2325) + made[at + 4 :])).elements == b""


def test_a_name_longer_than_names_can_be_is_none():
    assert next(wlanapi.rows(with_u32(wlanapi.HEAD, 33))).ssid == b""


def test_a_list_that_is_cut_short_anywhere_is_read_as_far_as_it_goes():
    for end in range(len(GOLDEN)):
        assert len(list(wlanapi.rows(GOLDEN[:end]))) == min(3, max(0, end - wlanapi.HEAD) // ENTRY)


@given(st.binary(max_size=800), st.integers(0, len(GOLDEN) * 8 - 1))
def test_no_bytes_stop_the_reader(data, bit):
    list(wlanapi.rows(data))
    flipped = bytearray(GOLDEN)
    flipped[bit // 8] ^= 1 << bit % 8
    for row in wlanapi.rows(bytes(flipped)):
        assert len(row.elements) <= 2324


def test_names_are_octets():
    name = bytes([0, 0xFF, 0xC3, 0x28]) + b"x" * 28
    (row,) = wlanapi.rows(bss_list([Bss(ssid=name)]))
    assert row.ssid == name
    assert row.elements[2:] == name
