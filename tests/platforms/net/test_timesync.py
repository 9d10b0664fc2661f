import asyncio
import socket
import struct
import time

import pytest

from installer_gui.domain.timesync import TimeFailure, TimeFault
from installer_gui.platforms.net.sockets import Sockets
from installer_gui.platforms.net.timesync import NtpTimeSync
from installer_gui.ports.unavailable import Reason, Unavailable

from .loopback import SITE, Loopback

EPOCH = 2208988800


def stamp(seconds: float) -> bytes:
    return (int((seconds + EPOCH) * 2**32) % 2**64).to_bytes(8)


def reply(
    request: bytes, ahead=0.0, leap=0, version=4, mode=4, stratum=2, delay=0.0, dispersion=0.0, ref=b"\x01\x02\x03\x04",
    origin=None, transmit=None,
) -> bytes:  # fmt: skip
    now = stamp(time.time() + ahead)
    head = struct.pack("!BBbb", leap << 6 | version << 3 | mode, stratum, 6, -20)
    distance = struct.pack("!II", int(delay * 65536), int(dispersion * 65536))
    return head + distance + ref + now + (origin or request[40:48]) + now + (transmit or now)


def ask(answer, timeout_s=0.15):
    async def run():
        loopback = Loopback()
        async with loopback.udp(123, answer) as asked:
            return await NtpTimeSync(loopback.sockets).ask(SITE, timeout_s), asked

    return asyncio.run(run())


def test_a_good_answer_gives_offset_round_trip_and_distance():
    sample, _ = ask(lambda q: [reply(q, delay=0.02, dispersion=0.01)])
    assert abs(sample.offset_s) < 0.05
    assert 0 < sample.rtt_ms < 100
    assert sample.stratum == 2
    assert 0.02 <= sample.distance_s < 0.1


@pytest.mark.parametrize("ahead", [5.0, -86400.0, 400 * 86400.0])
def test_the_offset_is_server_minus_computer(ahead):
    sample, _ = ask(lambda q: [reply(q, ahead=ahead)])
    assert sample.offset_s == pytest.approx(ahead, abs=0.1)


def test_the_offset_survives_the_end_of_the_ntp_era(monkeypatch):
    in_2040 = 2208988800.0
    monkeypatch.setattr(time, "time", lambda: in_2040)
    sample, _ = ask(lambda q: [reply(q, ahead=3)])
    assert sample.offset_s == pytest.approx(3, abs=0.1)


def test_the_question_carries_a_fresh_nonce_in_place_of_the_time():
    first, second = (ask(lambda q: [])[1][0] for _ in range(2))
    assert len(first) == 48
    assert first[0] == 0x23  # leap 0, version 4, client
    assert first[40:48] != second[40:48]
    assert first[1:40] == bytes(39)


@pytest.mark.parametrize(
    ("wrong", "fault", "detail"),
    [
        ({"leap": 3}, TimeFault.UNSYNCHRONISED, "stratum 2"),
        ({"stratum": 16}, TimeFault.UNSYNCHRONISED, "stratum 16"),
        ({"transmit": bytes(8)}, TimeFault.UNSYNCHRONISED, "stratum 2"),
        ({"stratum": 0, "ref": b"RATE"}, TimeFault.KISS, "RATE"),
        ({"stratum": 0, "ref": b"DENY"}, TimeFault.KISS, "DENY"),
        ({"stratum": 0, "ref": b"\x1b]0;"}, TimeFault.KISS, "0"),
        ({"delay": 3.2}, TimeFault.DISTANT, None),
        ({"dispersion": 1.6}, TimeFault.DISTANT, None),
        ({"origin": b"12345678"}, TimeFault.SPOOFED, ""),
        ({"mode": 3}, TimeFault.MALFORMED, ""),
        ({"version": 2}, TimeFault.MALFORMED, ""),
    ],
)
def test_an_answer_that_a_client_may_not_use_is_a_fault(wrong, fault, detail):
    failure, _ = ask(lambda q: [reply(q, **wrong)])
    assert isinstance(failure, TimeFailure)
    assert failure.fault is fault
    assert detail is None or failure.detail == detail


def test_short_packets_are_malformed():
    assert ask(lambda q: [reply(q)[:40]])[0].fault is TimeFault.MALFORMED


def test_a_spoofed_answer_does_not_hide_the_honest_one():
    sample, _ = ask(lambda q: [b"", reply(q, origin=b"12345678", ahead=9), reply(q)])
    assert abs(sample.offset_s) < 0.1


def test_silence_and_a_closed_port_are_told_apart():
    assert ask(lambda q: [])[0].fault is TimeFault.TIMEOUT

    async def closed():
        loopback = Loopback()
        loopback.closed(123, socket.SOCK_DGRAM)
        return await NtpTimeSync(loopback.sockets).ask(SITE, 2.0)

    assert asyncio.run(closed()).fault is TimeFault.PORT_CLOSED


def test_source_port_123_is_asked_for_only_on_request():
    async def run():
        loopback = Loopback()
        async with loopback.udp(123, lambda q: [reply(q)]):
            time_sync = NtpTimeSync(loopback.sockets)
            usual = await time_sync.ask(SITE, 1.0)
            from_123 = await time_sync.ask(SITE, 1.0, from_port_123=True)
        return usual.source_port_123, from_123.source_port_123, loopback.source_ports

    assert asyncio.run(run()) == (False, True, [0, 123])


@pytest.mark.parametrize(("errno", "reason"), [(13, Reason.NEEDS_PRIVILEGE), (98, Reason.BUSY)])
def test_source_port_123_out_of_reach_is_unavailable(errno, reason):
    class Refusing:
        backend = "none"

        def __call__(self, sock, port=0):
            raise OSError(errno, "refused")

    with pytest.raises(Unavailable) as unavailable:
        asyncio.run(NtpTimeSync(Sockets(Refusing())).ask(SITE, 1.0, from_port_123=True))
    assert unavailable.value.reason is reason
