"""The servers of a played site on loopback, in a thread of their own, and the way to them.

They outlive any single event loop of the caller's: the command line has one a run, the wizard one for all.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Coroutine, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from ...domain.profile import Endpoint, Profile, Protocol
from ..net.sockets import Sockets, Target
from . import servers
from .authority import Authority, self_signed
from .lan import FAR_S, NEAR_S, ROUTER
from .servers import Reply, Talk
from .sites import Door, Site

T = TypeVar("T")
LOOPBACK = "127.0.0.1"
DNS_PORT = 53
TIME_SERVERS = 4
_CLOUD = "203.0.113."  # documentation range (RFC 5737)


class Internet:
    """Plays a site's services for the endpoints of a profile. `anchors` (PEM) is the root that stations trust there."""

    def __init__(self, site: Site, profile: Profile) -> None:
        self._site = site
        self._profile = profile
        self._authority, self._firewall = Authority("Simulated charger"), Authority("Simulated firewall")
        self._ports: dict[tuple[Target, socket.SocketKind], int] = {}
        self._writers: set[asyncio.StreamWriter] = set()
        self._opened = contextlib.AsyncExitStack()
        self._silence = self._opened.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self._silence.bind((LOOPBACK, 0))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="simulated site", daemon=True)
        self._thread.start()
        self._do(self._open())

    @property
    def anchors(self) -> str:
        return self._authority.root

    @property
    def reachable(self) -> frozenset[str]:
        """Addresses beyond the router that answer ping."""
        cloud = (address for addresses in self._zone().values() for address in addresses)
        return frozenset((*cloud, *self._profile.public_resolvers))

    def answers(self, target: Target) -> bool:
        """Whether a TCP connection to the target comes about."""
        return (target, socket.SOCK_STREAM) in self._ports

    def lead(self, target: Target, kind: socket.SocketKind) -> Target:
        """Where on loopback a target is played; a port that never answers for those that are not."""
        return LOOPBACK, self._ports.get((target, kind)) or self._silence.getsockname()[1]

    def close(self) -> None:
        """End all servers and their thread."""
        self._do(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _close(self) -> None:
        await self._opened.aclose()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.sleep(0)

    async def _open(self) -> None:
        if self._site.names:
            await self._open_resolvers()
        for endpoint in self._profile.endpoints:
            for address in self._zone()[endpoint.host]:
                await self._open_endpoint(endpoint, (address, endpoint.port))
        probe = urlsplit(self._profile.portal_probe)
        page = servers.answer_probe(self._profile.portal_answer)
        for address in self._zone()[probe.hostname or ""]:
            portal = self._site.web is Door.PORTAL
            await self._listen((address, probe.port or 80), servers.answer_portal if portal else page)

    async def _open_resolvers(self) -> None:
        router = servers.PlayedResolver(self._zone(), servers.FORWARDER)
        await self._answer((ROUTER, DNS_PORT), router.reply, NEAR_S)
        public = servers.PlayedResolver(self._zone())
        for address in self._profile.public_resolvers:
            await self._answer((address, DNS_PORT), public.reply, FAR_S)

    async def _open_endpoint(self, endpoint: Endpoint, target: Target) -> None:
        match endpoint.protocol:
            case Protocol.NTP:
                if self._site.time:
                    await self._answer(target, servers.tell_time, FAR_S)
            case Protocol.MQTT:
                await self._open_door(self._site.mqtt, endpoint.host, target, servers.answer_mqtt)
            case Protocol.HTTPS:
                await self._open_door(self._site.https, endpoint.host, target, servers.answer_http)

    async def _open_door(self, door: Door, host: str, target: Target, talk: Talk) -> None:
        match door:
            case Door.OPEN:
                await self._listen(target, talk, self._authority.identity(host).context())
            case Door.INTERCEPTED:
                await self._listen(target, talk, self._firewall.identity(host).context())
            case Door.PORTAL:
                await self._listen(target, servers.answer_portal, self_signed("login.example").context())
            case Door.DROPPED:
                return

    def _zone(self) -> Mapping[str, tuple[str, ...]]:
        """An address for every name of the profile, several for the time server as its pool has."""
        numbers = iter(range(10, 250))

        def addresses(count: int) -> tuple[str, ...]:
            return tuple(f"{_CLOUD}{next(numbers)}" for _ in range(count))

        clocks = {e.host for e in self._profile.endpoints_of(Protocol.NTP)}
        names = (*self._profile.hosts, urlsplit(self._profile.portal_probe).hostname or "")
        return {name: addresses(TIME_SERVERS if name in clocks else 1) for name in names}

    async def _answer(self, target: Target, reply: Reply, round_trip_s: float) -> None:
        transport, _ = await self._loop.create_datagram_endpoint(
            lambda: _Datagrams(reply, round_trip_s), local_addr=(LOOPBACK, 0)
        )
        self._opened.callback(transport.close)
        self._ports[target, socket.SOCK_DGRAM] = transport.get_extra_info("sockname")[1]

    async def _listen(self, target: Target, talk: Talk, context: ssl.SSLContext | None = None) -> None:
        async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._writers.add(writer)
            try:
                with contextlib.suppress(OSError, EOFError, asyncio.LimitOverrunError):
                    await talk(reader, writer)
                    await writer.drain()
            finally:
                writer.close()
                self._writers.discard(writer)

        server = await asyncio.start_server(handle, LOOPBACK, 0, ssl=context)
        self._opened.callback(server.close)
        self._ports[target, socket.SOCK_STREAM] = server.sockets[0].getsockname()[1]


class PlayedSockets(Sockets):
    """Sockets that lead to loopback, as far away as the cloud would be."""

    def __init__(self, internet: Internet) -> None:
        super().__init__(_Loopback(), internet.lead)
        self._internet = internet

    async def stream(self, target: Target, mss: int | None = None) -> socket.socket:
        if not self._internet.answers(target):
            await asyncio.Event().wait()  # dropped: only the caller's patience ends it
        await asyncio.sleep(FAR_S)
        return await super().stream(target, mss)


class _Loopback:
    backend = "loopback"

    def __call__(self, sock: socket.socket, port: int = 0) -> None:  # noqa: ARG002 - any source port is as good
        sock.bind((LOOPBACK, 0))


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, reply: Reply, round_trip_s: float) -> None:
        self._reply = reply
        self._round_trip_s = round_trip_s

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: Any) -> None:
        if answer := self._reply(data):
            asyncio.get_running_loop().call_later(self._round_trip_s, self._transport.sendto, answer, addr)
