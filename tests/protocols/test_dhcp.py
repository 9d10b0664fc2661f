"""DHCP messages: what four servers answer is read, and nothing can be said that takes a lease."""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.errors import Malformed
from installer_gui.protocols.dhcp import COOKIE, Discover, Inform, Message, MessageType, decode, encode
from installer_gui.protocols.dhcp_options import Option, Options, Route, join, split

RECORDED = json.loads((Path(__file__).parents[1] / "recordings" / "dhcp" / "answers.json").read_text())
CLIENT = "02:5a:50:01:54:76"
addresses = st.ip_addresses(v=4).map(str)
macs = st.binary(min_size=6, max_size=6).map(lambda raw: raw.hex(":"))
xids = st.integers(0, 2**32 - 1)
questions = st.one_of(
    st.builds(Discover, xids, macs, st.just("") | addresses, st.just("") | addresses),
    st.builds(Inform, xids, macs, addresses),
)


def answer(options: bytes, *, op: int = 2, file: bytes = b"", name: bytes = b"") -> bytes:
    """A server's message, by hand."""
    head = struct.pack("!4BIHH", op, 1, 6, 0, 7, 0, 0x8000) + bytes((0,) * 4 + (192, 168, 50, 100)) + bytes(8)
    return (
        head
        + bytes.fromhex(CLIENT.replace(":", "")).ljust(16, b"\0")
        + name.ljust(64, b"\0")
        + file.ljust(128, b"\0")
        + COOKIE
        + options
    )


def options(**values: str) -> bytes:
    """Options by number (o51="0000a8c0") after the type of an offer."""
    return join(
        {Option.TYPE: b"\2"} | {cast(Option, int(code[1:])): bytes.fromhex(value) for code, value in values.items()}
    )


@pytest.mark.parametrize("server", RECORDED)
def test_the_offers_of_four_servers_are_read(server: str) -> None:
    message = decode(bytes.fromhex(RECORDED[server]["offer"]))
    assert (message.answer, message.type, message.client) == (True, MessageType.OFFER, CLIENT)
    assert message.your_address.startswith("192.168.50.1")
    assert message.options.server == "192.168.50.1"
    assert message.options.routers == message.options.dns == ("192.168.50.1",)
    assert (message.options.subnet_mask, message.options.lease_s) == ("255.255.255.0", 43_200)


@pytest.mark.parametrize("server", RECORDED)
def test_the_answers_to_inform_of_four_servers_are_read(server: str) -> None:
    message = decode(bytes.fromhex(RECORDED[server]["ack"]))
    assert (message.answer, message.type, message.client) == (True, MessageType.ACK, CLIENT)
    assert (message.your_address, message.options.routers) == ("0.0.0.0", ("192.168.50.1",))


@given(questions)
def test_a_question_says_what_it_was_made_of(question: Discover | Inform) -> None:
    message = decode(encode(question))
    assert (message.answer, message.xid, message.client) == (False, question.xid, question.client)
    assert message.options.client_id == b"\1" + bytes.fromhex(question.client.replace(":", ""))
    if isinstance(question, Discover):
        assert message.options.wanted_address == question.wanted
        assert message.relay == (question.relay or "0.0.0.0")
        assert message.broadcast is not bool(question.relay)
    else:
        assert message.client_address == question.own
        assert message.broadcast


@given(questions)
def test_only_discover_and_inform_can_be_said(question: Discover | Inform) -> None:
    assert decode(encode(question)).type in (MessageType.DISCOVER, MessageType.INFORM)


@pytest.mark.parametrize("kind", [MessageType.REQUEST, MessageType.DECLINE, MessageType.RELEASE])
def test_a_message_that_changes_a_lease_cannot_be_encoded(kind: MessageType) -> None:
    heard = Message(False, kind, 7, False, CLIENT, "0.0.0.0", "0.0.0.0", "0.0.0.0", "0.0.0.0", Options())
    for attempt in (heard, kind, kind.value, "request"):
        with pytest.raises(AssertionError):
            encode(cast(Any, attempt))


@given(questions)
def test_a_question_is_as_long_as_old_relays_want_it(question: Discover | Inform) -> None:
    assert len(encode(question)) >= 300


def test_each_option_is_read() -> None:
    read = decode(
        answer(
            options(
                o1="ffffff00",
                o3="c0a83201c0a83202",
                o6="08080808",
                o12="7072696e746572",
                o15="6578616d706c652e636f6d00",
                o42="c0a83203",
                o50="c0a83264",
                o51="00000e10",
                o54="c0a83201",
                o55="010306",
                o56="6e6f",
                o57="05dc",
                o58="00000708",
                o59="00000c4e",
                o60="4d534654",
                o61="01025a5001547600",
                o82="0102616202027878",
                o119="0365656503636f6d00036e6574c000",
                o121="18c0a863c0a8320108 0ac0a8320200 c0a83203".replace(" ", ""),
            )
        )
    ).options
    assert (read.subnet_mask, read.routers, read.dns) == (
        "255.255.255.0",
        ("192.168.50.1", "192.168.50.2"),
        ("8.8.8.8",),
    )
    assert (read.host_name, read.domain, read.ntp) == ("printer", "example.com", ("192.168.50.3",))
    assert (read.wanted_address, read.lease_s, read.server) == ("192.168.50.100", 3600, "192.168.50.1")
    assert (read.parameters, read.message, read.maximum_size) == ((1, 3, 6), "no", 1500)
    assert (read.renewal_s, read.rebinding_s, read.vendor_class) == (1800, 3150, "MSFT")
    assert read.client_id == bytes.fromhex("01025a5001547600")
    assert read.relay_information == {1: b"ab", 2: b"xx"}
    assert read.search == ("eee.com", "net.eee.com")
    assert read.routes == (
        Route("192.168.99.0/24", "192.168.50.1"),
        Route("10.0.0.0/8", "192.168.50.2"),
        Route("0.0.0.0/0", "192.168.50.3"),
    )


def test_an_option_without_the_shape_of_its_kind_counts_as_absent() -> None:
    read = decode(answer(options(o1="ffff", o3="c0a832", o51="00", o54="", o119="c000", o121="21c0a80101", o82="0109")))
    assert (read.options.subnet_mask, read.options.routers, read.options.lease_s) == ("", (), None)
    assert (read.options.server, read.options.search, read.options.routes) == ("", (), ())
    assert read.options.relay_information == {}
    assert read.options.raw[3] == bytes.fromhex("c0a832")


def test_the_parts_of_a_long_option_are_joined() -> None:
    parts = bytes((6, 4, 8, 8, 8, 8)) + bytes((53, 1, 2)) + bytes((6, 4, 1, 1, 1, 1, 255))
    assert decode(answer(parts)).options.dns == ("8.8.8.8", "1.1.1.1")


def test_options_in_the_fields_for_names_are_read() -> None:
    message = decode(
        answer(
            bytes((53, 1, 2, 52, 1, 3, 255)),
            file=bytes((3, 4, 192, 168, 50, 1, 255)),
            name=bytes((6, 4, 8, 8, 8, 8, 255)),
        )
    )
    assert (message.options.routers, message.options.dns) == (("192.168.50.1",), ("8.8.8.8",))


def test_a_missing_end_and_padding_are_no_fault() -> None:
    assert decode(answer(bytes((0, 0, 53, 1, 2)))).type is MessageType.OFFER


@pytest.mark.parametrize(
    "data",
    [
        b"",
        bytes(239),
        answer(options())[:240],
        answer(options(), op=3),
        answer(options()).replace(COOKIE, bytes(4)),
        answer(bytes((53, 1, 2, 51, 4, 0))),
        answer(bytes((53, 1, 2, 51))),
        answer(bytes((53, 1, 99, 255))),
        answer(bytes((53, 2, 2, 2, 255))),
        answer(bytes((51, 4, 0, 0, 0, 1, 255))),
        answer(bytes((53, 1, 2, 52, 1, 1, 255)), file=bytes((3, 200))),
    ],
)
def test_what_is_no_message_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        decode(data)


@given(st.binary(max_size=600))
def test_random_bytes_are_read_or_malformed(data: bytes) -> None:
    read_all(data)


@given(st.sampled_from([kind["offer"] for kind in RECORDED.values()]), st.data())
def test_a_damaged_answer_is_read_or_malformed(recorded: str, data: st.DataObject) -> None:
    damaged = bytearray.fromhex(recorded)
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(damaged) - 1), st.integers(0, 255)), max_size=8)
    ):
        damaged[place] = value
    read_all(bytes(damaged[: data.draw(st.integers(0, len(damaged)))]))


@given(st.dictionaries(st.sampled_from(Option), st.binary(max_size=255)))
def test_options_come_back_as_they_went(values: dict[Option, bytes]) -> None:
    assert split(join(values)) == values


@given(st.dictionaries(st.sampled_from(Option), st.binary(max_size=255)))
def test_whatever_an_option_holds_it_has_a_value(values: dict[Option, bytes]) -> None:
    touch(Options(values))


def test_names_that_point_at_each_other_come_to_an_end() -> None:
    for data in ("c000", "016100c003", "c002c000", "0161c000", "03616161c004"):
        assert Options({Option.SEARCH: bytes.fromhex(data)}).search == ()


def read_all(data: bytes) -> None:
    try:
        message = decode(data)
    except Malformed:
        return
    touch(message.options)


def touch(options: Options) -> None:
    """Every value, which must not raise."""
    for name in dir(type(options)):
        if isinstance(getattr(type(options), name), property):
            getattr(options, name)
