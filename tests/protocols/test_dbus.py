"""D-Bus messages, byte by byte."""

from __future__ import annotations

import struct

import pytest

from installer_gui.errors import Malformed
from installer_gui.protocols import dbus


def reply(serial: int, kind: int = dbus.METHOD_RETURN, body: bytes = b"") -> bytes:
    """An answer as the bus sends it: with a sender in front of the serial that it answers."""
    sender = b"\x07\x01s\x00" + struct.pack("<I", 4) + b":1.9\0"
    fields = sender + bytes(-len(sender) % 8) + b"\x08\x01g\x00\x01u\x00"
    fields += bytes(-len(fields) % 8) + b"\x05\x01u\x00" + struct.pack("<I", serial)
    start = struct.pack("<cBBBIII", b"l", kind, 0, 1, len(body), 77, len(fields)) + fields
    return start + bytes(-len(start) % 8) + body


def test_a_call_has_its_fields_on_their_boundaries() -> None:
    made = dbus.call(3, "a.b", "/c", "d.e.F", "who", "why")
    assert dbus.size(made) == len(made)
    assert (made[0:1], made[1], made[3]) == (b"l", dbus.METHOD_CALL, 1)
    assert struct.unpack_from("<I", made, 8) == (3,)
    assert b"\x01\x01o\x00\x02\x00\x00\x00/c\x00" in made
    assert b"\x02\x01s\x00\x03\x00\x00\x00d.e\x00" in made
    assert b"\x03\x01s\x00\x01\x00\x00\x00F\x00" in made
    assert b"\x08\x01g\x00\x02ss\x00" in made
    assert made.endswith(b"\x03\x00\x00\x00who\x00\x03\x00\x00\x00why\x00")


def test_an_answer_names_the_call_that_it_answers() -> None:
    message = dbus.read(reply(5, body=struct.pack("<I", 42)))
    assert message == dbus.Message(dbus.METHOD_RETURN, 5, struct.pack("<I", 42))
    assert dbus.read(reply(6, dbus.ERROR)).kind == dbus.ERROR


def test_login_tells_the_user_in_hex() -> None:
    assert dbus.login(1000) == b"\0AUTH EXTERNAL 31303030\r\n"


@pytest.mark.parametrize("cut", range(0, len(reply(5)), 7))
def test_what_is_cut_off_or_no_message_is_malformed(cut: int) -> None:
    with pytest.raises(Malformed):
        dbus.read(reply(5)[:cut])
    with pytest.raises(Malformed):
        dbus.read(b"B" + reply(5)[1:])
    with pytest.raises(Malformed):
        dbus.size(struct.pack("<cBBBIII", b"l", 2, 0, 1, 1 << 30, 1, 8))
