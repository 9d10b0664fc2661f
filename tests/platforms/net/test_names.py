import asyncio
import socket
import time

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.domain.names import NameStatus
from installer_gui.platforms.net import names
from installer_gui.platforms.net.names import DnsNames
from installer_gui.platforms.net.sockets import Sockets
from installer_gui.ports.unavailable import Reason, Unavailable

from .loopback import SITE, Loopback

HUB = "zapcloud.azure-devices.net"
SHORT = (0.15, 0.15)


def respond(data: bytes, *records: tuple[str, str, str], rcode=dns.rcode.NOERROR, flags=0) -> bytes:
    response = dns.message.make_response(dns.message.from_wire(data))
    response.set_rcode(rcode)
    response.flags |= flags
    for name, kind, value in records:
        klass = "CH" if kind == "TXT" else "IN"
        response.answer.append(dns.rrset.from_text(name + ".", 60, klass, kind, value))
    return response.to_wire()


def ask(answer, name=HUB, kind="A", timeouts_s=SHORT, tcp=None):
    async def run():
        loopback = Loopback()
        async with loopback.udp(53, answer) as asked:
            resolver = DnsNames(loopback.sockets)
            if tcp is None:
                loopback.closed(53, socket.SOCK_STREAM)
                return await resolver.ask(SITE, name, kind, timeouts_s=timeouts_s), asked
            async with loopback.tcp(53, tcp):
                return await resolver.ask(SITE, name, kind, timeouts_s=timeouts_s), asked

    return asyncio.run(run())


def test_addresses_come_with_the_aliases_that_led_to_them():
    answer, asked = ask(lambda q: [respond(q, (HUB, "CNAME", "hub.example."), ("hub.example", "A", "203.0.113.7"))])
    assert (answer.status, answer.addresses, answer.aliases) == (
        NameStatus.ANSWERED,
        ("203.0.113.7",),
        ("hub.example",),
    )
    assert answer.usable
    assert 0 < answer.ms < 1000
    assert len(asked) == 1


@pytest.mark.parametrize(
    ("rcode", "status"),
    [
        (dns.rcode.NXDOMAIN, NameStatus.NXDOMAIN),
        (dns.rcode.SERVFAIL, NameStatus.SERVFAIL),
        (dns.rcode.REFUSED, NameStatus.REFUSED),
        (dns.rcode.NOERROR, NameStatus.EMPTY),
    ],
)
def test_an_answer_without_addresses_keeps_its_reason(rcode, status):
    assert ask(lambda q: [respond(q, rcode=rcode)])[0].status is status


def test_a_silent_server_is_asked_once_per_timeout():
    clock = time.monotonic()
    answer, asked = ask(lambda q: [])
    assert answer.status is NameStatus.TIMEOUT
    assert len(asked) == 2
    assert 0.28 < time.monotonic() - clock < 1.0


def test_a_closed_port_is_known_at_once():
    async def run():
        loopback = Loopback()
        loopback.closed(53, socket.SOCK_DGRAM)
        return await DnsNames(loopback.sockets).ask(SITE, HUB)

    answer = asyncio.run(run())
    assert answer.status is NameStatus.PORT_CLOSED
    assert answer.ms < 500


def test_a_slow_answer_to_the_first_question_counts_during_the_second():
    held = []

    def answer(question):
        held.append(question)
        return [respond(held[0], (HUB, "A", "203.0.113.7"))] if len(held) == 2 else []

    assert ask(answer)[0].usable


def test_a_router_that_drops_extended_questions_is_asked_plainly():
    def answer(question):
        return [] if dns.message.from_wire(question).edns == 0 else [respond(question, (HUB, "A", "203.0.113.7"))]

    assert ask(answer)[0].usable


def test_a_router_that_refuses_extended_questions_is_asked_plainly_at_once():
    def answer(question):
        edns = dns.message.from_wire(question).edns == 0
        return [respond(question, rcode=dns.rcode.FORMERR) if edns else respond(question, (HUB, "A", "203.0.113.7"))]

    answer, asked = ask(answer, timeouts_s=(2.0, 2.0))
    assert answer.usable
    assert len(asked) == 2
    assert answer.ms < 1000


def test_foreign_and_garbled_answers_do_not_hide_the_right_one():
    def answer(question):
        right = respond(question, (HUB, "A", "203.0.113.7"))
        foreign = bytes((right[0] ^ 1, *right[1:]))
        other = respond(dns.message.make_query("other.example", "A", id=dns.message.from_wire(question).id).to_wire())
        return [b"", b"\x00", foreign, other, right[:-3], right]

    assert ask(answer)[0].addresses == ("203.0.113.7",)


def test_nothing_but_garbage_is_no_silence():
    assert ask(lambda q: [b"what?"])[0].status is NameStatus.MALFORMED


def test_a_truncated_answer_is_fetched_whole_over_tcp():
    async def talk(reader, writer):
        question = await reader.readexactly(int.from_bytes(await reader.readexactly(2)))
        whole = respond(question, (HUB, "A", "203.0.113.7"))
        writer.write(len(whole).to_bytes(2) + whole[:5])
        await writer.drain()
        await asyncio.sleep(0.05)
        writer.write(whole[5:])

    def cut(question):
        return [respond(question, (HUB, "A", "203.0.113.7"), flags=dns.flags.TC)[:-6]]

    answer, _ = ask(cut, tcp=talk)
    assert answer.usable
    assert answer.over_tcp


async def hang(reader, writer):
    await asyncio.sleep(1)


async def hang_up(reader, writer):
    await reader.read(1)


@pytest.mark.parametrize("tcp", [None, hang, hang_up], ids=["closed", "silent", "hangs up"])
def test_truncated_and_no_tcp_is_its_own_status(tcp):
    answer, _ = ask(lambda q: [respond(q, flags=dns.flags.TC)], tcp=tcp)
    assert answer.status is NameStatus.TRUNCATED
    assert not answer.usable


def test_the_version_of_a_server_is_asked_in_class_chaos():
    answer, asked = ask(
        lambda q: [respond(q, ("version.bind", "TXT", '"dnsmasq-2.90" "\\226\\128\\174x"'))],
        name="version.bind",
        kind="TXT-CH",
    )
    assert answer.texts == ("dnsmasq-2.90x",)  # without the character that turns text around
    assert "CH TXT" in dns.message.from_wire(asked[0]).to_text()


def test_an_address_of_another_class_is_none():
    def other(question: bytes) -> list[bytes]:
        response = dns.message.make_response(dns.message.from_wire(question))
        for klass in ("CH", "HS"):
            value = "chaos.example. 0177" if klass == "CH" else r"\# 4 cb00710a"
            response.answer.append(dns.rrset.from_text(HUB + ".", 60, klass, "A", value))
        return [response.to_wire()]

    assert ask(other)[0].status is NameStatus.EMPTY


def test_no_route_is_a_status_and_a_vanished_interface_is_unavailable():
    def ask_with(error):
        class Failing:
            backend = "none"

            def __call__(self, sock, port=0):
                raise error

        return asyncio.run(DnsNames(Sockets(Failing())).ask(SITE, HUB))

    assert ask_with(OSError(101, "Network is unreachable")).status is NameStatus.UNREACHABLE
    with pytest.raises(Unavailable) as gone:
        ask_with(OSError(19, "No such device"))
    assert gone.value.reason is Reason.INTERFACE_GONE


def test_names_are_never_looked_up_by_the_system(monkeypatch):
    def forbidden(*_, **__):
        raise AssertionError("getaddrinfo")

    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    assert ask(lambda q: [respond(q, (HUB, "A", "203.0.113.7"))])[0].usable


@given(st.binary(max_size=300))
def test_any_bytes_are_an_answer_or_none(data):
    question = names._questions(HUB, "A", 1)[0]
    names.heard(question, data)
    names.heard(question, question.id.to_bytes(2) + b"\x84\x00" + data)
