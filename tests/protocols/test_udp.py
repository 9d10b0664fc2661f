"""UDP datagrams in IPv4 packets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.errors import Malformed
from installer_gui.protocols.udp import Datagram, checksum, decode, encode

ports = st.integers(0, 0xFFFF)
addresses = st.ip_addresses(v=4).map(str)
datagrams = st.builds(Datagram, addresses, ports, addresses, ports, st.binary(max_size=300))


@given(datagrams)
def test_a_datagram_comes_back_as_it_went(datagram: Datagram) -> None:
    assert decode(encode(datagram)) == datagram


@given(datagrams)
def test_both_checksums_are_right(datagram: Datagram) -> None:
    packet = encode(datagram)
    pseudo = packet[12:20] + b"\0\x11" + packet[24:26]
    assert checksum(packet[:20]) == 0
    assert checksum(pseudo + packet[20:]) == 0
    assert packet[26:28] != b"\0\0"  # which would say that there is none


@given(datagrams, st.binary(max_size=40))
def test_ethernets_padding_is_not_taken_for_payload(datagram: Datagram, padding: bytes) -> None:
    assert decode(encode(datagram) + padding) == datagram


@pytest.mark.parametrize(
    ("place", "value"),
    [(0, 0x65), (0, 0x44), (0, 0x4F), (6, 0x20), (7, 0x01), (9, 6), (24, 0xFF), (25, 0x07)],
    ids=[
        "version",
        "short header",
        "long header",
        "more fragments",
        "a later fragment",
        "tcp",
        "too long",
        "too short",
    ],
)
def test_what_is_no_whole_datagram_is_malformed(place: int, value: int) -> None:
    packet = bytearray(encode(Datagram("192.0.2.1", 68, "192.0.2.2", 67, b"hi")))
    packet[place] = value
    with pytest.raises(Malformed):
        decode(bytes(packet))


@given(st.binary(max_size=80))
def test_random_bytes_are_read_or_malformed(data: bytes) -> None:
    try:
        decode(data)
    except Malformed:
        return
