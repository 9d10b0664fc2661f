import asyncio
import errno
import socket

import pytest

from installer_gui.domain.stream import TcpCause, TcpFailure
from installer_gui.platforms.net.connect import SocketConnect
from installer_gui.platforms.net.sockets import Sockets
from installer_gui.ports.unavailable import Reason, Unavailable

from .loopback import SITE, Loopback, reset

PORT = 8883


def talk_to(server, use):
    async def run():
        loopback = Loopback()
        async with loopback.tcp(PORT, server):
            stream = await SocketConnect(loopback.sockets).tcp(SITE, PORT, 2.0)
            assert not isinstance(stream, TcpFailure)
            try:
                return await use(stream)
            finally:
                stream.close()
                stream.close()

    return asyncio.run(run())


async def echo(reader, writer):
    writer.write(await reader.read(100))
    await writer.drain()


def test_a_connection_sends_receives_and_ends_in_order():
    async def use(stream):
        await stream.send(b"hello")
        return stream.ms, await stream.receive(1.0), await stream.receive(1.0)

    ms, heard, end = talk_to(echo, use)
    assert 0 < ms < 500
    assert (heard, end) == (b"hello", b"")


def test_silence_is_a_timeout_and_a_reset_is_an_error():
    async def silent(reader, writer):
        await asyncio.sleep(1)

    with pytest.raises(TimeoutError):
        talk_to(silent, lambda stream: stream.receive(0.05))

    async def rude(reader, writer):
        reset(writer)

    with pytest.raises(ConnectionError):
        talk_to(rude, lambda stream: stream.receive(1.0))


def test_a_closed_port_is_refused_at_once():
    async def run():
        loopback = Loopback()
        loopback.closed(PORT, socket.SOCK_STREAM)
        return await SocketConnect(loopback.sockets).tcp(SITE, PORT, 2.0)

    failure = asyncio.run(run())
    assert failure.cause is TcpCause.REFUSED
    assert failure.ms < 500


def test_a_full_queue_that_drops_questions_is_dropped_after_the_timeout():
    async def run():
        loopback = Loopback()
        with socket.socket() as listener, socket.socket() as first, socket.socket() as second:
            listener.bind(("127.0.0.1", 0))
            listener.listen(0)  # Linux drops what does not fit
            for sock in (first, second):
                sock.setblocking(False)
                sock.connect_ex(listener.getsockname())
            loopback.ports[PORT, socket.SOCK_STREAM] = listener.getsockname()[1]
            return await SocketConnect(loopback.sockets).tcp(SITE, PORT, 0.2)

    failure = asyncio.run(run())
    assert failure.cause is TcpCause.DROPPED
    assert 190 < failure.ms < 1000


class Failing:
    """Stands for the kernel's answer, which needs a router to provoke: after `ms` the connection fails."""

    backend = "none"

    def __init__(self, code, ms=0.0):
        self.code, self.ms = code, ms

    async def stream(self, target, mss=None):
        await asyncio.sleep(self.ms / 1000)
        raise OSError(self.code, "refused by the kernel")


@pytest.mark.parametrize(
    ("code", "ms", "cause"),
    [
        (errno.ECONNREFUSED, 0, TcpCause.REFUSED),
        (errno.ECONNRESET, 0, TcpCause.REFUSED),
        (errno.ETIMEDOUT, 0, TcpCause.DROPPED),
        (errno.EHOSTUNREACH, 0, TcpCause.PROHIBITED),
        (errno.EHOSTUNREACH, 1000, TcpCause.UNREACHABLE),
        (errno.ENETUNREACH, 0, TcpCause.UNREACHABLE),
        (errno.EACCES, 0, TcpCause.PROHIBITED),
        (errno.EPERM, 0, TcpCause.PROHIBITED),
        (errno.EADDRNOTAVAIL, 0, TcpCause.UNREACHABLE),
    ],
)
def test_each_failure_of_a_connection_has_its_cause(code, ms, cause):
    failure = asyncio.run(SocketConnect(Failing(code, ms)).tcp(SITE, PORT, 5.0))
    assert failure.cause is cause
    assert failure.detail


@pytest.mark.parametrize("code", [errno.ENODEV, errno.ENETDOWN])
def test_a_vanished_interface_is_unavailable(code):
    def bind(sock, port=0):
        raise OSError(code, "gone")

    with pytest.raises(Unavailable) as gone:
        asyncio.run(SocketConnect(Sockets(bind)).tcp(SITE, PORT, 1.0))
    assert gone.value.reason is Reason.INTERFACE_GONE


def test_small_segments_are_asked_for_before_connecting():
    async def run():
        loopback = Loopback()
        async with loopback.tcp(PORT, echo):
            sock = await loopback.sockets.stream((SITE, PORT), mss=1200)
            with sock:
                return sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG)

    assert asyncio.run(run()) <= 1200


def test_addresses_are_never_looked_up_by_the_system(monkeypatch):
    async def use(stream):
        return stream.ms

    real = socket.getaddrinfo

    def only_for_the_server(host, port, *rest, **more):
        assert port == 0, f"looked up {host}"
        return real(host, port, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", only_for_the_server)
    assert talk_to(echo, use) > 0
