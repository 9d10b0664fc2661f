"""The netlink codec."""

from __future__ import annotations

import struct

from hypothesis import given
from hypothesis import strategies as st

from installer_gui.platforms.linux import genetlink
from installer_gui.platforms.linux.genetlink import attribute, attributes, messages, nested, number, request
from installer_gui.platforms.linux.nl80211 import read_bss, read_events


def test_a_request_has_the_layout_of_the_kernel() -> None:
    made = request(28, 33, attribute(3, b"\x01\0\0\0"), 7, genetlink.ACK)
    assert struct.unpack_from("=IHHII", made) == (len(made), 28, 5, 7, 0)
    assert made[16:] == b"\x21\x01\0\0" + struct.pack("=HH", 8, 3) + b"\x01\0\0\0"


def test_attributes_are_padded_and_read_back() -> None:
    assert len(attribute(2, b"nl80211\0")) == 12
    assert len(attribute(1, b"abcde")) == 12
    assert attributes(attribute(1, b"abcde") + attribute(0x8002, b"x")) == {1: b"abcde", 2: b"x"}
    assert attributes(nested(44, [b"a", b""])[4:]) == {1: b"a", 2: b""}


def test_numbers_have_any_width() -> None:
    assert [number(struct.pack(f, 200)) for f in ("=B", "=H", "=I", "=Q")] == [200] * 4
    assert number(b"") is None
    assert number(None) is None


def test_several_messages_in_one_datagram_are_all_read() -> None:
    data = request(28, 34, b"", 1, 0) + request(28, 35, b"abc\0", 2, 0)
    assert [(m.command, m.sequence) for m in messages(data)] == [(34, 1), (35, 2)]
    for cut in range(len(data)):
        assert len(list(messages(data[:cut]))) <= 2


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_reader(data: bytes) -> None:
    for message in messages(data):
        assert message.error is not None
        read_bss(message.attributes, 10, 5)
    list(read_events(data, 28, 1))
    read_bss(attributes(data), 10, 5)
