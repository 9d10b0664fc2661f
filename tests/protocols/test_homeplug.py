"""HomePlug messages: what modems answer is read, whatever comes is read or malformed."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.errors import Malformed
from installer_gui.protocols.homeplug import decode, long_rates
from installer_gui.protocols.homeplug_bodies import Rate

RECORDED = json.loads((Path(__file__).parents[1] / "recordings" / "homeplug" / "lab_frames.json").read_text())
GOOD = [frame for frame in RECORDED if "malformed" not in frame["expected"]]
LAPTOP, MODEM = bytes.fromhex("0200000000aa"), bytes.fromhex("025a00000001")
QUALCOMM, BROADCOM = bytes.fromhex("00b052"), bytes.fromhex("001f84")
KNOWN = "QCA7000"


def plain(value: Any) -> Any:
    """As JSON has it."""
    return json.loads(json.dumps(value))


def frame(kind: int, content: bytes = b"", version: int = 0, oui: bytes = b"", ethertype: int = 0x88E1) -> bytes:
    """A modem's message, by hand."""
    head = LAPTOP + MODEM + ethertype.to_bytes(2) + bytes((version,)) + kind.to_bytes(2, "little")
    return head + (bytes(2) if version else b"") + oui + content


def version_answer(
    text: bytes, length: int | None = None, status: int = 0, kind: int = 0x22, rest: bytes = b""
) -> bytes:
    head = bytes((status, kind, len(text) if length is None else length))
    return frame(0xA001, head + text + rest, oui=QUALCOMM)


def read(data: bytes) -> Any:
    body = decode(data).body
    assert body is not None
    return body


@pytest.mark.parametrize("recorded", GOOD, ids=lambda r: r["name"])
def test_every_message_is_read(recorded: Any) -> None:
    found = plain(asdict(decode(bytes.fromhex(recorded["hex"]))))
    assert {key: found[key] for key in recorded["expected"]} == recorded["expected"]


@pytest.mark.parametrize("recorded", [r for r in RECORDED if r not in GOOD], ids=lambda r: r["name"])
def test_what_promises_more_than_it_holds_is_malformed(recorded: Any) -> None:
    with pytest.raises(Malformed):
        decode(bytes.fromhex(recorded["hex"]))


@pytest.mark.parametrize("recorded", GOOD, ids=lambda r: r["name"])
def test_padding_behind_the_content_is_no_fault(recorded: Any) -> None:
    data = bytes.fromhex(recorded["hex"])
    assert decode(data + bytes(1053)) == decode(data)


@pytest.mark.parametrize("recorded", GOOD, ids=lambda r: r["name"])
def test_every_beginning_of_a_frame_is_read_or_malformed(recorded: Any) -> None:
    data = bytes.fromhex(recorded["hex"])
    for length in range(len(data)):
        try:
            decode(data[:length])
        except Malformed:
            continue


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(13),
        frame(0x0014)[:14],
        frame(0x0014)[:16],
        frame(0x0014, version=1)[:18],
        frame(0xA000, oui=QUALCOMM)[:19],
        frame(0xA038, oui=QUALCOMM, version=1)[:21],
        frame(0x0014, version=3),
        frame(0x0014, version=255),
        frame(0x0014, ethertype=0x0800),
        frame(0x0014, ethertype=0x887B),
        version_answer(b"MAC", length=4),
        version_answer(b"", length=255),
        frame(0xA055, bytes((0, 9)) + b"LAB", oui=QUALCOMM),
        frame(0xA069, bytes(7) + b"\x48\x00" + bytes(71), oui=QUALCOMM),
        frame(0xA069, bytes(7) + b"\x47\x00" + bytes(200), oui=QUALCOMM),
        frame(0xA031, bytes((0, 0, 0xFC, 2)) + bytes(39), oui=QUALCOMM),
        frame(0xA031, bytes((0, 1, 0xFC, 2)) + bytes(48) + b"\x02" + bytes(33), oui=QUALCOMM),
        frame(0xA039, bytes((0, 0, 1, 0, 0, 1)) + bytes(32), oui=QUALCOMM, version=1),
        frame(0xA039, bytes((0, 0, 1, 0, 0, 0)), oui=QUALCOMM, version=1),
        frame(0x6021, bytes((1, 2, 2)) + bytes(11), version=1),
        frame(0x0015, bytes((1,)) + bytes(12), version=1),
        frame(0xA029, bytes((2, 1)) + bytes(24), version=2, oui=BROADCOM, ethertype=0x8912),
    ],
)
def test_what_is_no_whole_message_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode(data)


@pytest.mark.parametrize(
    ("data", "oui"),
    [
        (frame(0xA000, bytes(40), oui=QUALCOMM), "00:b0:52"),
        (frame(0xA001, bytes(40), oui=BROADCOM), "00:1f:84"),
        (frame(0xA001, bytes(40), oui=QUALCOMM, ethertype=0x8912), "00:b0:52"),
        (frame(0xA029, bytes(40), version=2, oui=BROADCOM), "00:1f:84"),
        (frame(0xA071, b"\x02" + bytes(40), version=2, oui=BROADCOM, ethertype=0x8912), "00:1f:84"),
        (frame(0xA029, b"\x01" + bytes(40), version=2, oui=BROADCOM, ethertype=0x8912), "00:1f:84"),
        (frame(0xA02D, b"\x01" + bytes(40), version=2, oui=BROADCOM, ethertype=0x8912), "00:1f:84"),
        (frame(0x6049, bytes(40), version=1, ethertype=0x8912), None),
        (frame(0x8001, bytes(40)), None),
        (frame(0xC001, bytes(40)), None),
        (frame(0x6011, version=1), None),
    ],
)
def test_of_requests_and_strange_messages_only_the_head_is_read(data: bytes, oui: str | None) -> None:
    message = decode(data)
    assert (message.body, message.oui, message.destination) == (None, oui, "02:00:00:00:00:aa")


def test_one_fragment_of_several_has_no_content_yet() -> None:
    data = bytearray(frame(0x6049, bytes(40), version=1))
    data[17] = 0x21
    message = decode(bytes(data))
    assert (message.fragments, message.fragment_index, message.body) == (3, 1, None)


def test_identity_names_the_chip_wherever_the_firmware_keeps_it() -> None:
    for area in (64, 128, 254):
        place = bytes(area + (1 if area < 254 else 0))
        found = read(version_answer(place, length=5, rest=(0x001B587C).to_bytes(4, "little") + bytes(4)))
        assert found.chip == "QCA7005"


@pytest.mark.parametrize(
    ("kind", "chip"),
    [(0x01, "INT6000"), (0x05, "AR6405"), (0x20, "QCA7420"), (0x22, KNOWN), (0x30, "QCA7500"), (9, None)],
)
def test_the_class_names_a_chip_whose_identity_is_unknown_or_absent(kind: int, chip: str | None) -> None:
    assert read(version_answer(b"MAC\0", kind=kind)).chip == chip
    assert read(version_answer(b"MAC\0", kind=kind, rest=b"\xcc" * 400)).chip == chip


def test_a_refusal_names_no_chip() -> None:
    assert read(version_answer(b"", status=1, rest=bytes(60))).chip is None
    assert read(frame(0xA031, bytes((0x10, 2, 0xFC, 0)), oui=QUALCOMM)).rx is None
    assert read(frame(0xA069, b"\x01\x00" + bytes(40), oui=QUALCOMM)).hardware is None


def test_texts_end_at_the_first_nul_and_may_hold_anything() -> None:
    assert read(version_answer(b"M\xe5C\x1b[31m\0\xcc\xff")).firmware == "M\u00e5C\x1b[31m"


def test_each_direction_of_the_counters_stands_alone() -> None:
    counters = b"".join(number.to_bytes(8, "little") for number in range(1, 7))
    sent = read(frame(0xA031, bytes((0, 0, 0xFC, 2)) + counters, oui=QUALCOMM))
    assert (asdict(sent.tx), sent.rx) == (
        {"mpdu_acked": 1, "mpdu_collided": 2, "mpdu_failed": 3, "pb_ok": 4, "pb_bad": 5},
        None,
    )
    received = read(frame(0xA031, bytes((0, 1, 0xFC, 2)) + counters + b"\0", oui=QUALCOMM))
    assert (received.tx, received.rx.pb_ok, received.rx.pb_bad, received.rx.slots) == (None, 3, 4, ())


def test_broadcoms_own_roles_become_the_usual_ones() -> None:
    record = bytes.fromhex("b0f2e695666b030501") + b"%c" + MODEM + bytes(3)
    roles = [
        read(frame(0xA029, bytes((2, 1)) + record % number + bytes(6), version=2, oui=BROADCOM, ethertype=0x8912))
        .networks[0]
        .role
        for number in (2, 3, 4, 9)
    ]
    assert roles == ["STA", "CCO", "STA", None]


def test_rates_of_two_octets_are_told_by_version_or_read_again() -> None:
    record = bytes.fromhex("025a00000101") + bytes.fromhex("7c424542")
    for version in (1, 2):
        data = frame(0x6049, b"\x01" + record, version=version).ljust(60, b"\0")
        assert long_rates(data).stations == (Rate("02:5a:00:00:01:01", 636, 581),)
    assert read(data) == long_rates(data)


@given(st.binary(max_size=400))
def test_random_octets_are_read_or_malformed(data: bytes) -> None:
    read_whole(data)
    read_whole(LAPTOP + MODEM + b"\x88\xe1" + data)


@given(st.sampled_from(RECORDED), st.data())
def test_a_damaged_frame_is_read_or_malformed(recorded: Any, data: st.DataObject) -> None:
    damaged = bytearray.fromhex(recorded["hex"])
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(12, len(damaged) - 1), st.integers(0, 255)), max_size=8)
    ):
        damaged[place] = value
    read_whole(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))


def read_whole(data: bytes) -> None:
    try:
        asdict(decode(data))
    except Malformed:
        return
