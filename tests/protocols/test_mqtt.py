"""MQTT's first question and its answer."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from installer_gui.errors import Malformed
from installer_gui.protocols.mqtt import ReturnCode, connack, connect


def test_a_connect_is_laid_out_as_the_standard_says() -> None:
    assert connect("id", "me", 60) == bytes.fromhex(
        "10 12 0004 4d515454 04 82 003c 0002 6964 0002 6d65".replace(" ", "")
    )


def test_a_connect_carries_no_password_and_leaves_no_session() -> None:
    flags = connect("id", "me")[9]
    assert not flags & 0x40
    assert flags & 0x02


def test_a_long_connect_spreads_its_length_over_two_bytes() -> None:
    packet = connect("a" * 200, "b" * 200)
    assert packet[1] & 0x80
    assert (packet[1] & 0x7F) + (packet[2] << 7) == len(packet) - 3


def test_a_text_that_cannot_be_counted_in_two_bytes_is_refused() -> None:
    with pytest.raises(ValueError):
        connect("a" * 65536, "b")


@pytest.mark.parametrize("code", ReturnCode)
def test_every_return_code_is_read(code: ReturnCode) -> None:
    assert connack(bytes((0x20, 2, 0, code))) is code


def test_what_follows_the_answer_is_left_alone() -> None:
    assert connack(b"\x20\x02\x01\x00\xd0\x00") is ReturnCode.ACCEPTED


@pytest.mark.parametrize("part", [b"", b"\x20", b"\x20\x02", b"\x20\x02\x00"])
def test_a_part_of_an_answer_is_waited_for(part: bytes) -> None:
    assert connack(part) is None


@pytest.mark.parametrize(
    "data", [b"H", b"HTTP/1.1 400", b"\x20\x03", b"\x30\x02\x00\x00", b"\x20\x02\x02\x00", b"\x20\x02\x00\x06"]
)
def test_anything_else_is_malformed_from_the_first_wrong_byte(data: bytes) -> None:
    with pytest.raises(Malformed):
        connack(data)


@given(st.one_of(st.binary(max_size=64), st.binary(max_size=8).map(lambda tail: b"\x20\x02" + tail)))
@example(b"\x20\x02\x00\xff")
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    try:
        answer = connack(data)
    except Malformed:
        return
    assert answer is None or data[3] == answer
