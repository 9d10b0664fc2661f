"""Which datagrams answer our questions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from installer_gui.domain.lease import DhcpKind, DhcpWay
from installer_gui.platforms.dhcp import Questions
from installer_gui.protocols.udp import Datagram

RECORDED = json.loads((Path(__file__).parents[1] / "recordings" / "dhcp" / "answers.json").read_text())
CLIENT, OWN, ROUTER, ROUTER_MAC = "02:5a:50:01:54:76", "192.168.50.57", "192.168.50.1", "b8:27:eb:00:00:01"
XID = slice(4, 8)


def answer(question: Datagram, recorded: str) -> Datagram:
    """A recorded answer, as if it were to this question."""
    payload = bytearray.fromhex(recorded)
    payload[XID] = question.payload[XID]
    return Datagram(ROUTER, 67, "255.255.255.255", 68, bytes(payload))


def test_a_question_leaves_as_a_stations_would() -> None:
    sent = Questions(OWN).discover(CLIENT, "", DhcpWay.CLIENT)
    assert (sent.source, sent.source_port, sent.target, sent.target_port) == ("0.0.0.0", 68, "255.255.255.255", 67)


def test_a_relays_question_leaves_from_the_servers_port_and_names_where_to_answer() -> None:
    sent = Questions(OWN).discover(CLIENT, "", DhcpWay.RELAY)
    assert (sent.source, sent.source_port, sent.target, sent.target_port) == (OWN, 67, "255.255.255.255", 67)
    assert sent.payload[24:28] == bytes((192, 168, 50, 57))


@pytest.mark.parametrize("server", RECORDED)
def test_an_offer_is_told_with_all_that_it_holds(server: str) -> None:
    questions = Questions(OWN)
    reply = questions.answer(
        answer(questions.discover(CLIENT, "", DhcpWay.CLIENT), RECORDED[server]["offer"]), ROUTER_MAC
    )
    assert reply is not None
    assert (reply.kind, reply.client, reply.server, reply.sender) == (DhcpKind.OFFER, CLIENT, ROUTER, ROUTER_MAC)
    assert (reply.routers, reply.dns, reply.subnet_mask) == ((ROUTER,), (ROUTER,), "255.255.255.0")
    assert reply.lease_s == 43_200
    assert (51, "0000a8c0") in reply.options


def test_the_answer_to_inform_is_told() -> None:
    questions = Questions(OWN)
    reply = questions.answer(answer(questions.inform(CLIENT), RECORDED["Kea 2.2.0"]["ack"]), ROUTER_MAC)
    assert reply is not None
    assert (reply.kind, reply.address) == (DhcpKind.ACK, "0.0.0.0")


def test_what_answers_nobodys_question_is_left_alone() -> None:
    questions = Questions(OWN)
    sent = questions.discover(CLIENT, "", DhcpWay.CLIENT)
    good = answer(sent, RECORDED["Kea 2.2.0"]["offer"])
    foreign_number = replace(good, payload=good.payload[:4] + bytes(4) + good.payload[8:])
    foreign_client = replace(good, payload=good.payload[:33] + b"\xee" + good.payload[34:])
    without_address = replace(good, payload=good.payload[:16] + bytes(4) + good.payload[20:])
    without_server = replace(
        good, payload=good.payload.replace(bytes((54, 4, 192, 168, 50, 1)), bytes((250, 4, 0, 0, 0, 0)))
    )
    own_question = replace(sent, payload=sent.payload)
    for other in (
        foreign_number,
        foreign_client,
        without_address,
        without_server,
        own_question,
        replace(good, payload=b"no"),
    ):
        assert questions.answer(other, ROUTER_MAC) is None
    assert questions.answer(good, ROUTER_MAC) is not None
