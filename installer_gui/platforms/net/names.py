"""DNS questions over our own connected sockets; dnspython makes and reads the messages and does nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import time

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdataclass
import dns.rdatatype

from ...domain.names import Answer, NameStatus
from .sockets import Sockets, interface_alive

PORT = 53
UDP_PAYLOAD = 1232  # fits every link unfragmented (DNS flag day 2020)
_KINDS = {"A": (dns.rdataclass.IN, dns.rdatatype.A), "TXT-CH": (dns.rdataclass.CH, dns.rdatatype.TXT)}
_STATUS = {
    dns.rcode.NXDOMAIN: NameStatus.NXDOMAIN,
    dns.rcode.SERVFAIL: NameStatus.SERVFAIL,
}
_DISLIKES_EDNS = frozenset({dns.rcode.FORMERR, dns.rcode.NOTIMP, dns.rcode.BADVERS})


class _NoAnswer(Exception):
    """The question ended without a message."""

    def __init__(self, status: NameStatus) -> None:
        super().__init__(status)
        self.status = status


class DnsNames:
    """Asks one server at a time; implements `ports.names.Names`."""

    def __init__(self, sockets: Sockets) -> None:
        self._sockets = sockets

    async def ask(
        self, server: str, name: str, kind: str = "A", *, timeouts_s: tuple[float, ...] = (2.0, 3.0)
    ) -> Answer:
        clock, over_tcp = time.perf_counter(), False
        try:
            message = await self._over_udp(server, _questions(name, kind, len(timeouts_s)), timeouts_s)
            if message.flags & dns.flags.TC:
                over_tcp = True
                message = await self._over_tcp(server, _questions(name, kind, 1)[0], timeouts_s[-1])
        except _NoAnswer as silence:
            return Answer(server, name, silence.status, ms=_since(clock), over_tcp=over_tcp)
        except OSError as error:  # an ICMP message, or no route: somebody else's answer
            refused = isinstance(error, ConnectionRefusedError)
            status = NameStatus.PORT_CLOSED if refused else NameStatus.UNREACHABLE
            return Answer(server, name, status, ms=_since(clock))
        return told(server, name, message, _since(clock), over_tcp=over_tcp)

    async def _over_udp(
        self, server: str, questions: tuple[dns.message.QueryMessage, ...], timeouts_s: tuple[float, ...]
    ) -> dns.message.Message:
        """Both tries share one socket, so that a slow answer to the first still counts during the second."""
        silence = NameStatus.TIMEOUT
        with interface_alive(), contextlib.closing(self._sockets.datagram((server, PORT))) as sock:
            loop = asyncio.get_running_loop()
            for question, timeout_s in zip(questions, timeouts_s, strict=True):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(timeout_s):
                        await loop.sock_sendall(sock, question.to_wire())
                        while (message := heard(question, await loop.sock_recv(sock, 65535))) is None:
                            silence = NameStatus.MALFORMED  # unless an answer still comes
                        if message.rcode() not in _DISLIKES_EDNS or question is questions[-1]:
                            return message
        raise _NoAnswer(silence)

    async def _over_tcp(self, server: str, question: dns.message.QueryMessage, timeout_s: float) -> dns.message.Message:
        wire = question.to_wire()
        try:
            async with asyncio.timeout(timeout_s):
                with contextlib.closing(await self._sockets.stream((server, PORT))) as sock:
                    loop = asyncio.get_running_loop()
                    await loop.sock_sendall(sock, len(wire).to_bytes(2) + wire)
                    data = b""
                    while len(data) < 2 or len(data) < 2 + int.from_bytes(data[:2]):
                        more = await loop.sock_recv(sock, 65537)
                        if not more:
                            raise _NoAnswer(NameStatus.TRUNCATED)
                        data += more
        except (TimeoutError, OSError):
            raise _NoAnswer(NameStatus.TRUNCATED) from None
        message = heard(question, data[2:])
        if message is None:
            raise _NoAnswer(NameStatus.MALFORMED)
        return message


def _questions(name: str, kind: str, count: int) -> tuple[dns.message.QueryMessage, ...]:
    """The question with EDNS, and repeated without: some old routers drop or refuse what a station never sends."""
    klass, rdtype = _KINDS[kind]
    first = dns.message.make_query(name, rdtype, klass, use_edns=0, payload=UDP_PAYLOAD)
    plain = dns.message.make_query(name, rdtype, klass, id=first.id)
    return (first, *(plain for _ in range(count - 1)))


def told(server: str, name: str, message: dns.message.Message, ms: float, *, over_tcp: bool = False) -> Answer:
    """What a message says about a name."""
    addresses, aliases, texts = _content(message)
    status = _STATUS.get(message.rcode(), NameStatus.REFUSED)
    if message.rcode() == dns.rcode.NOERROR:
        status = NameStatus.ANSWERED if addresses or texts else NameStatus.EMPTY
    return Answer(server, name, status, addresses, aliases, texts, ms, over_tcp)


def heard(question: dns.message.QueryMessage, data: bytes) -> dns.message.Message | None:
    """The message, if it is readable and answers the question; a truncated one may end in the middle of a record."""
    try:
        message = dns.message.from_wire(data, ignore_trailing=True, continue_on_error=True)
    except (dns.exception.DNSException, ValueError):
        return None
    if message.errors and not message.flags & dns.flags.TC:
        return None
    return message if question.is_response(message) else None


def _content(message: dns.message.Message) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Addresses, aliases and texts of the answer section, in its order, each once; in another class they are none."""
    wanted = (_KINDS["A"], (dns.rdataclass.IN, dns.rdatatype.CNAME), _KINDS["TXT-CH"])
    found: dict[tuple[dns.rdataclass.RdataClass, dns.rdatatype.RdataType], dict[str, None]] = {k: {} for k in wanted}
    for rrset in message.answer:
        kind = (rrset.rdclass, rrset.rdtype)
        for record in rrset if kind in found else ():
            found[kind][_text(record)] = None
    addresses, aliases, texts = (tuple(values) for values in found.values())
    return addresses, aliases, texts


def _text(record: object) -> str:
    strings = getattr(record, "strings", None)
    if strings is None:
        return str(record).rstrip(".")
    return "".join(c for c in b"".join(strings).decode("utf-8", "replace") if c.isprintable())


def _since(clock: float) -> float:
    return (time.perf_counter() - clock) * 1000
