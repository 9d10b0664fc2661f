"""What can be said to modems: a closed list that only reads."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.domain.powerline import EVERYBODY, LOCAL, Question, Request
from installer_gui.protocols.homeplug import decode
from installer_gui.protocols.homeplug_requests import answer_to, encode, may_answer

LAPTOP, MODEM = "02:00:00:00:00:aa", "02:5a:00:00:00:01"
# Everything that may ever be on the wire: ethertype, OUI, type, version, and the content behind them.
LIST = {
    (0x88E1, "00:b0:52", 0xA000, 0, ""),
    (0x88E1, "00:b0:52", 0xA038, 1, ""),
    (0x88E1, "00:b0:52", 0xA038, 0, ""),
    (0x88E1, "00:b0:52", 0xA030, 0, "0002fc"),
    (0x88E1, "00:b0:52", 0xA0B8, 0, ""),
    (0x88E1, "00:b0:52", 0xA054, 0, ""),
    (0x88E1, "00:b0:52", 0xA068, 0, ""),
    (0x88E1, None, 0x0014, 1, ""),
    (0x88E1, None, 0x6020, 1, ""),
    (0x88E1, None, 0x6034, 1, ""),
    (0x88E1, None, 0x6038, 1, ""),
    (0x88E1, None, 0x6048, 1, ""),
    (0x8912, "00:1f:84", 0xA070, 1, "01a397a25553bef1fcf9796b521413e9e2"),
    (0x8912, "00:1f:84", 0xA028, 2, "02"),
    (0x8912, "00:1f:84", 0xA02C, 2, "0200b0f2e695666b03"),
}


def content(frame: bytes) -> str:
    """What stands behind the head, without the padding."""
    message = decode(frame)
    start = 17 + (2 if message.version else 0) + (3 if message.oui else 0)
    return frame[start:].rstrip(b"\0").hex()


def test_the_whole_list_is_what_can_be_said() -> None:
    said = set()
    for request in Request:
        frame = encode(Question(request, LOCAL), LAPTOP)
        message = decode(frame)
        assert (message.destination, message.source, message.body) == (LOCAL, LAPTOP, None)
        assert len(frame) == 60
        said.add((message.ethertype, message.oui, message.message_type, message.version, content(frame)))
    assert said == LIST


def test_every_request_is_one_and_its_answer_is_its_confirmation() -> None:
    for request in Request:
        message = decode(encode(Question(request, MODEM), LAPTOP))
        assert message.message_type & 3 == 0
        assert answer_to(request) == (message.ethertype, message.oui, message.message_type + 1)


def test_the_counters_are_read_and_never_cleared() -> None:
    assert encode(Question(Request.BLOCKS, LOCAL), LAPTOP)[20] == 0


def test_statistics_of_a_network_name_it() -> None:
    frame = encode(Question(Request.BROADCOM_RATES, MODEM, "01:02:03:04:05:06:07"), LAPTOP)
    assert content(frame) == "020001020304050607"


@given(st.text(max_size=20))
def test_nothing_else_has_a_name(word: str) -> None:
    if word not in set(Request):
        with pytest.raises(KeyError):
            encode(Question(cast(Any, word), LOCAL), LAPTOP)


@pytest.mark.parametrize(
    "target", ["", "02:5a:00:00:00", "01:80:c2:00:00:00", "33:33:00:00:00:01", "zz", MODEM + ":01"]
)
def test_only_one_modem_or_all_of_them_can_be_asked(target: str) -> None:
    with pytest.raises(ValueError):
        encode(Question(Request.VERSION, target), LAPTOP)


def test_nobody_asks_in_the_name_of_all() -> None:
    with pytest.raises(ValueError):
        encode(Question(Request.VERSION, LOCAL), EVERYBODY)


@pytest.mark.parametrize("nid", ["", "b0:f2:e6", "x"])
def test_a_network_has_seven_octets(nid: str) -> None:
    with pytest.raises(ValueError):
        encode(Question(Request.BROADCOM_RATES, LOCAL, nid), LAPTOP)


def answer(kind: int, source: str = MODEM, destination: str = LAPTOP, oui: str = "00b052") -> bytes:
    head = bytes.fromhex((destination + source).replace(":", "")) + b"\x88\xe1\0" + kind.to_bytes(2, "little")
    return head + bytes.fromhex(oui)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        (answer(0xA001), True),
        (answer(0xA039) + b"\1", True),  # too short for what it is, but ours
        (answer(0xA001, destination="02:00:00:00:00:bb"), False),
        (answer(0xA001, destination=EVERYBODY), False),
        (answer(0xA001, source=LAPTOP), False),
        (answer(0xA001, source="03:5a:00:00:00:01"), False),
        (answer(0xA001, source=EVERYBODY), False),
        (answer(0xA000), False),
        (answer(0xA025), False),  # a modem's whole memory, key included
        (answer(0x600D, oui=""), False),  # a network key
        (answer(0x6009, oui=""), False),
        (answer(0xA001, oui="001f84"), False),
        (answer(0xA001)[:19], False),
        (b"", False),
    ],
)
def test_only_what_may_answer_us_is_looked_at(frame: bytes, expected: bool) -> None:
    assert may_answer(frame, LAPTOP) is expected
