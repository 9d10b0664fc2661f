"""Small servers on loopback that do exactly what a test tells them, and the way to them."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable

from installer_gui.platforms.net.sockets import Sockets, Target

Answer = Callable[[bytes], Iterable[bytes]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
SITE = "192.0.2.1"  # documentation range: nothing there answers


class Loopback:
    """Binds to nothing, and leads every target to the loopback port that plays it."""

    backend = "loopback"

    def __init__(self) -> None:
        self.ports: dict[tuple[int, socket.SocketKind], int] = {}
        self.source_ports: list[int] = []
        self.sockets = Sockets(self, self.route)

    def __call__(self, sock: socket.socket, port: int = 0) -> None:
        self.source_ports.append(port)
        sock.bind(("127.0.0.1", 0))

    def route(self, target: Target, kind: socket.SocketKind) -> Target:
        return "127.0.0.1", self.ports[target[1], kind]

    @contextlib.asynccontextmanager
    async def udp(self, port: int, answer: Answer) -> AsyncIterator[list[bytes]]:
        """Yields the list of what was asked."""
        asked: list[bytes] = []
        transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Datagrams(answer, asked), local_addr=("127.0.0.1", 0)
        )
        self.ports[port, socket.SOCK_DGRAM] = transport.get_extra_info("sockname")[1]
        try:
            yield asked
        finally:
            transport.close()

    @contextlib.asynccontextmanager
    async def tcp(self, port: int, talk: Talk, **tls) -> AsyncIterator[None]:
        open_writers: list[asyncio.StreamWriter] = []

        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            open_writers.append(writer)
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await talk(reader, writer)
            writer.close()

        server = await asyncio.start_server(handle, "127.0.0.1", 0, **tls)
        self.ports[port, socket.SOCK_STREAM] = server.sockets[0].getsockname()[1]
        try:
            yield
        finally:
            server.close()
            for writer in open_writers:
                writer.transport.abort()
            await asyncio.sleep(0.01)

    def closed(self, port: int, kind: socket.SocketKind) -> None:
        """A port where nobody listens."""
        with socket.socket(socket.AF_INET, kind) as sock:
            sock.bind(("127.0.0.1", 0))
            self.ports[port, kind] = sock.getsockname()[1]


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, answer: Answer, asked: list[bytes]) -> None:
        self.answer, self.asked = answer, asked

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data: bytes, addr):
        self.asked.append(data)
        for reply in self.answer(data):
            self.transport.sendto(reply, addr)


def reset(writer: asyncio.StreamWriter) -> None:
    """Break the connection off as a firewall does."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
