"""The ports of a healthy site, each of whose answers a test can change."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from installer_gui import assets, profiles
from installer_gui.checks.context import Check, Context
from installer_gui.checks.dhcp_conversation import Start
from installer_gui.checks.names import NameMatrix
from installer_gui.domain.check import Rules
from installer_gui.domain.finding import Finding
from installer_gui.domain.job import Connection
from installer_gui.domain.lease import DhcpKind, DhcpReply, Lease
from installer_gui.domain.names import Answer, NameStatus
from installer_gui.domain.network import Computer, Interface, InterfaceKind
from installer_gui.domain.outcome import Fact, Measured, NotApplicable
from installer_gui.domain.profile import Endpoint, Profile
from installer_gui.domain.stream import Certificate, TcpCause, TcpFailure, TlsCause, TlsFailure, TlsSession
from installer_gui.domain.timesync import TimeFailure, TimeFault, TimeSample
from installer_gui.domain.verdict import Judged, weigh
from installer_gui.i18n import LANGUAGES, po
from installer_gui.ports.platform import Network, Platform
from installer_gui.ports.unavailable import Reason, Unavailable

from . import virtual_time

PROFILE = profiles.load("zaptec-pro")
HUB, *HOSTS, POOL = PROFILE.endpoints
ROUTER, GOOGLE, CLOUDFLARE = "192.168.50.1", "8.8.8.8", "1.1.1.1"
ETH = Interface(
    "eth0", 2, InterfaceKind.ETHERNET, "3c:52:82:00:00:57", ("192.168.50.57/24",), gateway=ROUTER, metric=100, mtu=1500
)
ADDRESSES = {host: f"203.0.113.{10 + n}" for n, host in enumerate(PROFILE.hosts)}
POOL_ADDRESSES = ("203.0.113.101", "203.0.113.102", "203.0.113.103", "203.0.113.104")
PROBE_HOST, PROBE = "www.msftconnecttest.com", "203.0.113.80"


WORST_S = 13.0  # what any single fault may cost
UNREADABLE = {"issuer", "subject", "from", "until", "root"}  # of a certificate that could not be read


def certificate(days: float = 200, issuer: str = "Good CA", subject: str = "host") -> Certificate:
    now = datetime.now(UTC)
    return Certificate(subject, issuer, now - timedelta(days=100), now + timedelta(days=days, hours=1), "00")


def session(days: float = 200) -> TlsSession:
    return TlsSession("TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384", (certificate(days),), 60.0)


def refusal(cause: TlsCause, issuer: str = "") -> TlsFailure:
    return TlsFailure(cause, 90.0, cause.value, (certificate(issuer=issuer),) if issuer else ())


@dataclass
class Names:
    """Answers by (server, name), by name, or by server; what is not known does not exist."""

    answers: dict[Any, Any] = field(default_factory=dict)
    delays_s: dict[str, float] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    async def ask(
        self, server: str, name: str, kind: str = "A", *, timeouts_s: tuple[float, ...] = (2.0, 3.0)
    ) -> Answer:
        self.asked.append((server, name, kind))
        answer = self._answer(server, name, kind)
        await asyncio.sleep(sum(timeouts_s) if answer.status is NameStatus.TIMEOUT else self.delays_s.get(server, 0))
        return answer

    def _answer(self, server: str, name: str, kind: str) -> Answer:
        for key in ((server, name), name, server):
            if key in self.answers:
                return _answer(server, name, self.answers[key])
        if kind != "A":
            return Answer(server, name, NameStatus.REFUSED, ms=30)
        if name == POOL.host:
            return _answer(server, name, POOL_ADDRESSES)
        known = ADDRESSES | {PROBE_HOST: PROBE}
        return _answer(server, name, (known[name],) if name in known else NameStatus.NXDOMAIN)


def _answer(server: str, name: str, told: Any) -> Answer:
    if isinstance(told, Answer):
        return replace(told, server=server, name=name)
    if isinstance(told, NameStatus):
        return Answer(server, name, told, ms=5000 if told is NameStatus.TIMEOUT else 2)
    return Answer(server, name, NameStatus.ANSWERED, tuple(told), ms=30)


@dataclass
class Stream:
    """A connection to a server; `hello` is what the handshake comes to, `replies` what is received after it."""

    server: Server
    mss: int | None = None
    ms: float = 30.0
    sent: list[bytes] = field(default_factory=list)
    closed: bool = False
    replies: list[Any] = field(default_factory=list)

    async def tls(
        self, host: str, roots: str, timeout_s: float, *, verify: bool = True, at: datetime | None = None
    ) -> TlsSession | TlsFailure:
        self.server.handshakes.append((host, verify, at, self.mss))
        hello = self.server.hello
        outcome = hello(host, roots, verify, at, self.mss) if callable(hello) else hello
        stalls = isinstance(outcome, TlsFailure) and outcome.cause is TlsCause.STALLED
        await asyncio.sleep(timeout_s if stalls else 0)
        return outcome

    async def send(self, data: bytes) -> None:
        assert not self.closed
        self.sent.append(data)
        self.server.heard.append(data)

    async def receive(self, timeout_s: float) -> bytes:
        assert not self.closed
        reply = self.replies.pop(0) if self.replies else b""
        if reply is TimeoutError:
            await asyncio.sleep(timeout_s)
        if isinstance(reply, type) and issubclass(reply, Exception):
            raise reply
        return bytes(reply)

    def close(self) -> None:
        self.closed = True


Hello = TlsSession | TlsFailure | Callable[..., TlsSession | TlsFailure]


@dataclass
class Server:
    """What stands at an address and port."""

    tcp: TcpFailure | None = None
    hello: Hello = field(default_factory=session)
    replies: tuple[Any, ...] = ()
    ms: float = 30.0
    refusals: int = 0  # so many connections are reset before one is let in
    handshakes: list[Any] = field(default_factory=list)
    heard: list[bytes] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)


@dataclass
class Connect:
    servers: dict[tuple[str, int], Server]
    connected: list[tuple[str, int]] = field(default_factory=list)

    async def prepare(self, roots: Any) -> None:
        raise AssertionError("contexts are made before the run")

    async def tcp(self, address: str, port: int, timeout_s: float, *, mss: int | None = None) -> Any:
        self.connected.append((address, port))
        server = self.servers[address, port]
        if server.refusals:
            server.refusals -= 1
            return TcpFailure(TcpCause.REFUSED, 0.3)
        if server.tcp is not None:
            await asyncio.sleep(timeout_s if server.tcp.cause is TcpCause.DROPPED else 0)
            return server.tcp
        server.streams.append(Stream(server, mss, server.ms, replies=list(server.replies)))
        return server.streams[-1]


@dataclass
class Link:
    macs: dict[str, str] = field(default_factory=lambda: {ROUTER: "00:11:22:33:44:55"})
    others: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pings: dict[str, int] = field(default_factory=dict)
    patience_s: float = 0.0
    may_ping: bool = True

    async def resolve(self, address: str, timeout_s: float) -> str | None:
        await asyncio.sleep(0 if address in self.macs else timeout_s)
        return self.macs.get(address)

    async def owners(self, address: str, timeout_s: float) -> tuple[str, ...]:
        await asyncio.sleep(timeout_s)
        known = (self.macs[address],) if address in self.macs else ()
        return (*known, *self.others.get(address, ()))

    async def ping(self, address: str, count: int, timeout_s: float) -> tuple[float, ...]:
        self.patience_s = timeout_s
        if not self.may_ping:
            raise Unavailable(Reason.NEEDS_PRIVILEGE)
        answered = self.pings.get(address, count)
        await asyncio.sleep(count * 0.05 + (0 if answered == count else timeout_s))
        return (30.0,) * answered


@dataclass
class TimeSync:
    """Offsets in seconds, or faults, by address; `only_from_123` is a firewall that wants that source port."""

    answers: dict[str, Any] = field(default_factory=dict)
    only_from_123: bool = False
    may_123: bool = True
    asked: list[tuple[str, bool]] = field(default_factory=list)

    async def ask(self, address: str, timeout_s: float, *, from_port_123: bool = False) -> TimeSample | TimeFailure:
        self.asked.append((address, from_port_123))
        if from_port_123 and not self.may_123:
            raise Unavailable(Reason.NEEDS_PRIVILEGE)
        told = self.answers.get(address, 0.01)
        if isinstance(told, list):
            told = told.pop(0) if len(told) > 1 else told[0]
        if self.only_from_123 and not from_port_123:
            told = TimeFault.TIMEOUT
        await asyncio.sleep(timeout_s if told is TimeFault.TIMEOUT else 0)
        if isinstance(told, TimeFault):
            return TimeFailure(address, told)
        if isinstance(told, TimeFailure):
            return replace(told, server=address)
        return TimeSample(address, told, 30.0, 2, 0.02, source_port_123=from_port_123)


@dataclass
class System:
    seen: tuple[Interface, ...] = (ETH,)
    proxies: tuple[str, ...] = ()

    def interfaces(self) -> tuple[Interface, ...]:
        return self.seen

    def lease(self, interface: Interface) -> Lease:
        return Lease(True, ROUTER, (ROUTER,), (ROUTER,), 3600, "fake")

    def computer(self) -> Computer:
        return Computer("Test", proxies=self.proxies)


@dataclass
class Dhcp:
    """A conversation in which each server has offered some resolvers; it may be that none can begin."""

    resolvers: tuple[tuple[str, ...], ...] = ((ROUTER,),)
    begins: Start | Unavailable = Start.OFFERED

    async def start(self) -> Start:
        if isinstance(self.begins, Unavailable):
            raise self.begins
        return self.begins

    async def servers(self) -> tuple[DhcpReply, ...]:
        client, address = "02:5a:50:00:00:01", "192.168.50.100"
        offer = DhcpReply(DhcpKind.OFFER, client, address, ROUTER, 1.0, "255.255.255.0")
        return tuple(replace(offer, dns=dns) for dns in self.resolvers)

    def close(self) -> None: ...


CONNACK_5 = b"\x20\x02\x00\x05"


def http_reply(status: str = "200 OK", ahead_s: float = 0, **headers: str) -> bytes:
    date = (datetime.now(UTC) + timedelta(seconds=ahead_s)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    lines = [f"HTTP/1.1 {status}", f"Date: {date}", *(f"{k.replace('_', '-')}: {v}" for k, v in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n"


@dataclass
class Site:
    """A healthy site. `told` is what other checks have found out, `given` what the check under test gives."""

    names: Names = field(default_factory=Names)
    link: Link = field(default_factory=Link)
    timesync: TimeSync = field(default_factory=TimeSync)
    dhcp: Dhcp = field(default_factory=Dhcp)
    system: System = field(default_factory=System)
    interface: Interface = ETH
    profile: Profile = PROFILE
    resolvers: tuple[str, ...] = (ROUTER,)
    told: tuple[Fact, ...] = ()
    given: list[Fact] = field(default_factory=list)
    servers: dict[tuple[str, int], Server] = field(default_factory=dict)
    took_s: float = 0.0
    roots: Mapping[str, str] = field(default_factory=lambda: {"azure-iot-hub": "HUB ROOTS", "mozilla": "WEB ROOTS"})

    def __post_init__(self) -> None:
        self.connect = Connect(self.servers)
        self.servers[ADDRESSES[HUB.host], 8883] = Server(replies=(CONNACK_5,))
        for host in HOSTS:
            self.servers[ADDRESSES[host.host], 443] = Server(replies=(http_reply(),))
        self.servers[PROBE, 80] = Server(replies=(http_reply(Content_Length="22") + b"Microsoft Connect Test",))

    def server(self, endpoint: Endpoint) -> Server:
        return self.servers[ADDRESSES[endpoint.host], endpoint.port]

    def context(self) -> Context:
        unused: Any = None
        dhcp: Any = self.dhcp

        async def collect(kind: type[Fact], timeout_s: float) -> tuple[Fact, ...]:
            return tuple(f for f in self.told if isinstance(f, kind))

        network = Network(self.link, unused, self.names, self.connect, self.timesync)
        return Context(
            platform=Platform("fake", self.system, unused, lambda _: network),
            network=network,
            interface=self.interface,
            lease=self.system.lease(self.interface),
            profile=self.profile,
            stations=6,
            connection=Connection.ETHERNET,
            names=NameMatrix(self.names, self.resolvers, self.profile.public_resolvers),
            dhcp=dhcp,
            roots=lambda endpoint: self.roots[endpoint.roots],
            fact=lambda kind: unused,
            give=self.given.append,
            progress=lambda done, total: None,
            collect=collect,
        )


def run(check: Check, site: Site) -> Measured | NotApplicable:
    """Run one check to its end, within its own time and that of a run."""

    async def whole() -> Measured | NotApplicable:
        context = site.context()
        try:
            async with asyncio.timeout(min(check.timeout_s, WORST_S)):
                outcome = await check.run(context)
            site.took_s = virtual_time.now()
            return outcome
        finally:
            context.names.close()

    return virtual_time.run(whole())


def judged(check: Check, outcome: Measured | NotApplicable, profile: Profile = PROFILE) -> dict[str, Judged]:
    """The findings by their final code, weighed as in a verdict."""
    assert isinstance(outcome, Measured), outcome
    weighed = [weigh(finding, Rules((check.info,)), profile) for finding in outcome.findings]
    for j in weighed:
        _has_words(j)
    return {j.code.name: j for j in weighed}


@cache
def _words(language: str) -> Mapping[str, tuple[str, ...]]:
    return po.read(assets.translation(language))


def _has_words(finding: Judged) -> None:
    """Every finding can be told in every language, and no word about it lacks its value."""
    for language in LANGUAGES:
        words = _words(language)
        for part in ("title", "meaning", "remedy"):
            (text,) = words[f"finding.{finding.code.name}.{part}"]
            missing = set(re.findall(r"\{(\w+)\}", text)) - finding.finding.evidence.keys()
            assert missing <= UNREADABLE, (finding.code.name, part, missing)


def codes(check: Check, site: Site) -> dict[str, str]:
    """What a run of the check comes to: code -> severity."""
    return {name: j.severity.value for name, j in judged(check, run(check, site), site.profile).items()}


def bad(check: Check, site: Site) -> dict[str, str]:
    """The remarks and failures alone."""
    return {name: weight for name, weight in codes(check, site).items() if weight in ("warning", "failure")}


def found(check: Check, site: Site) -> dict[str, Finding]:
    return {name: j.finding for name, j in judged(check, run(check, site), site.profile).items()}
