"""Plain facts about a site, seen from the laptop without the product: what an engineer would type to prove a fault.

`look(site, name)` answers in one short text; `HEALTHY` is what a healthy site says to each.
"""

from __future__ import annotations

import contextlib
import os
import socket
import ssl
import struct
import time
from collections.abc import Callable
from functools import partial

import dns.exception
import dns.message
import dns.rcode
from dns.flags import TC
from dns.rdatatype import TXT, A

from . import pki
from .blueprint import (
    CLOUDFLARE,
    GOOGLE,
    HUB,
    HUB_HOST,
    LAPTOP,
    LAPTOP_MAC,
    POOL,
    POOL_HOST,
    PROBE,
    PROBE_HOST,
    ROUTER,
    WEB,
)
from .dhcp_facts import free, offers
from .site import Site

LIMIT_S = 1.0
API_HOST, API = next(iter(WEB.items()))
CONNECT = bytes.fromhex("100d00044d51545404020014000178")


def look(site: Site, name: str) -> str:
    """One fact of `HEALTHY`, as it is at this site."""
    question, _ = _FACTS[name]
    try:
        return site.at("laptop", question)
    except ssl.SSLCertVerificationError as error:
        return str(error.verify_message)
    except OSError as error:
        return _failure(error)


def tcp(address: str, port: int, interface: str = "") -> str:
    """open, or how the connection failed."""
    with socket.socket() as client:
        client.settimeout(LIMIT_S)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
        client.connect((address, port))
    return "open"


def tcp_time(address: str, port: int) -> str:
    """near or far: whether the answer came faster than the line can be."""
    start = time.monotonic()
    tcp(address, port)
    return "near" if time.monotonic() - start < 0.02 else "far"


def tls(address: str, port: int, host: str, request: bytes) -> str:
    """The first bytes of the answer to a request, or how the handshake failed, by the site's roots."""
    context = ssl.create_default_context(cadata=pki.root_pem())
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    with (
        socket.create_connection((address, port), LIMIT_S) as plain,
        context.wrap_socket(plain, server_hostname=host, suppress_ragged_eofs=False) as session,
    ):
        session.sendall(request)
        return _first_words(session.recv(4096))


def http(address: str, host: str) -> str:
    """The status of a page."""
    with socket.create_connection((address, 80), LIMIT_S) as plain:
        plain.sendall(f"GET /connecttest.txt HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        return _first_words(plain.recv(4096))


def resolve(server: str, host: str) -> str:
    """The addresses, the response code or the silence of a resolver."""
    return _dns(server, dns.message.make_query(host, "A"))


def software(server: str) -> str:
    """What a resolver says that it is."""
    return _dns(server, dns.message.make_query("version.bind", "TXT", "CH"))


def _dns(server: str, question: dns.message.Message) -> str:
    answer = _ask(server, 53, question.to_wire())
    try:
        reply = dns.message.from_wire(answer)
    except dns.exception.DNSException:
        return "garbage"
    answers = sorted(str(item).strip('"') for rrset in reply.answer for item in rrset if rrset.rdtype in (A, TXT))
    return " ".join(answers) or ("truncated" if reply.flags & TC else dns.rcode.to_text(reply.rcode()))


def _ask(address: str, port: int, question: bytes) -> bytes:
    """One datagram and its answer; connected, so that a refusal arrives."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(LIMIT_S)
        client.connect((address, port))
        client.send(question)
        return client.recv(4096)


def ntp(address: str) -> str:
    """Stratum and offset in whole seconds, or the silence of a time server."""
    sent = struct.pack("!Q", 0x1234_5678_9ABC_DEF0)
    reply = _ask(address, 123, bytes([0x23]) + bytes(39) + sent)
    seconds, fraction = struct.unpack_from("!II", reply, 40)
    if reply[24:32] != sent:
        return "foreign"
    return f"stratum {reply[1]}, {round(seconds - 2_208_988_800 + fraction / 2**32 - time.time())} s"


def ping(address: str) -> str:
    """Whether an echo comes back."""
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as raw:
        raw.settimeout(LIMIT_S)
        raw.connect((address, 0))
        raw.send(echo_request())
        while raw.recv(2048)[20] != 0:
            pass
    return "answers"


def echo_request(size: int = 28) -> bytes:
    """A ping that makes a packet of that size; its checksum has nothing to carry (RFC 1071)."""
    number = os.getpid() & 0x7FFF
    return struct.pack("!BBHHH", 8, 0, 0xFFFF - 0x0800 - number, number, 0) + bytes(size - 28)


def owner(address: str) -> str:
    """Who else answers ARP for an address."""
    with _arp(bytes(4), address) as raw:
        while (answer := raw.recv(2048))[20:22] != b"\x00\x02":
            pass
    return answer[22:28].hex(":")


def owners(address: str) -> str:
    """All who answer ARP for an address."""
    found = set()
    with _arp(socket.inet_aton(LAPTOP), address) as raw, contextlib.suppress(TimeoutError):
        while True:
            if (answer := raw.recv(2048))[20:22] == b"\x00\x02":
                found.add(answer[22:28].hex(":"))
    return " ".join(sorted(found)) or "nobody"


def _arp(asker: bytes, address: str) -> socket.socket:
    """A socket that hears ARP, after the question who has the address."""
    own = bytes.fromhex(LAPTOP_MAC.replace(":", ""))
    question = struct.pack("!HHBBH6s4s6s4s", 1, 0x0800, 6, 4, 1, own, asker, bytes(6), socket.inet_aton(address))
    raw = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0806))
    raw.bind(("eth0", 0x0806))
    raw.settimeout(LIMIT_S)
    raw.send(b"\xff" * 6 + own + b"\x08\x06" + question)
    return raw


def _failure(error: OSError) -> str:
    match error:
        case TimeoutError():
            return "timeout"
        case ConnectionRefusedError():
            return "refused"
        case ConnectionResetError():
            return "reset"
        case ssl.SSLEOFError() | ssl.SSLSyscallError():
            return "cut off"
        case ssl.SSLError():
            return (error.reason or "tls").lower().replace("_", " ")
    return (error.strerror or type(error).__name__).lower()


def _first_words(answer: bytes) -> str:
    if answer.startswith(b"HTTP"):
        return answer.split()[1].decode()
    return answer[:4].hex() or "end"


_HEAD = b"HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
_FACTS: dict[str, tuple[Callable[[], str], str]] = {
    "gateway ping": (partial(ping, ROUTER), "answers"),
    "ping": (partial(ping, GOOGLE), "answers"),
    "router's owners": (partial(owners, ROUTER), "b8:27:eb:00:00:01"),
    "own address": (partial(owner, LAPTOP), "timeout"),
    "first of the pool": (partial(owner, "192.168.50.101"), "timeout"),
    "hub tcp": (partial(tcp, HUB, 8883), "open"),
    "site hub tcp": (partial(tcp, HUB, 8883, "eth0"), "open"),
    "hub distance": (partial(tcp_time, HUB, 8883), "far"),
    "hub mqtt": (partial(tls, HUB, 8883, HUB_HOST, CONNECT), "20020005"),
    "lan dns hub": (partial(resolve, ROUTER, HUB_HOST), HUB),
    "lan dns api": (partial(resolve, ROUTER, API_HOST), API),
    "lan dns pool": (partial(resolve, ROUTER, POOL_HOST), " ".join(POOL)),
    "lan dns invented": (partial(resolve, ROUTER, "q7-invented-q7.com"), "NXDOMAIN"),
    "8.8.8.8 hub": (partial(resolve, GOOGLE, HUB_HOST), HUB),
    "1.1.1.1 hub": (partial(resolve, CLOUDFLARE, HUB_HOST), HUB),
    "8.8.8.8 software": (partial(software, GOOGLE), "NOTIMP"),
    "probe": (partial(http, PROBE, PROBE_HOST), "200"),
    "dhcp offers": (offers, f"{ROUTER} gives router {ROUTER}, dns {ROUTER}, 43200 s"),
    "dhcp free": (free, "100"),
    **{f"ntp {n}": (partial(ntp, address), "stratum 2, 0 s") for n, address in enumerate(POOL, 1)},
    **{f"{host} tcp": (partial(tcp, address, 443), "open") for host, address in WEB.items()},
    **{f"{host} http": (partial(tls, address, 443, host, _HEAD), "404") for host, address in WEB.items()},
}
HEALTHY = {name: answer for name, (_, answer) in _FACTS.items()}
