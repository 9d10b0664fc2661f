"""What the services of a played site answer."""

from __future__ import annotations

import asyncio
import struct
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from email.utils import formatdate

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from .lan import FAR_S, ROUTER

Reply = Callable[[bytes], bytes | None]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
FORWARDER = "dnsmasq-2.90"
TTL_S = 60
UNIX_EPOCH = 2208988800  # in seconds since 1900
CONNACK_NOT_AUTHORISED = b"\x20\x02\x00\x05"


class PlayedResolver:
    """Knows the zone; `version` is what it calls itself, "" when it refuses to tell."""

    def __init__(self, zone: Mapping[str, Sequence[str]], version: str = "") -> None:
        self._zone = zone
        self._version = version

    def reply(self, data: bytes) -> bytes | None:
        try:
            query = dns.message.from_wire(data)
        except dns.exception.DNSException:
            return None
        response = dns.message.make_response(query)
        response.flags |= dns.flags.RA
        question = query.question[0]
        if question.rdclass == dns.rdataclass.CH:
            self._introduce(response, question)
        elif addresses := self._zone.get(question.name.to_text(omit_final_dot=True).lower()):
            response.answer.append(dns.rrset.from_text(question.name, TTL_S, "IN", "A", *addresses))
        else:
            response.set_rcode(dns.rcode.NXDOMAIN)
        return response.to_wire()

    def _introduce(self, response: dns.message.Message, question: dns.rrset.RRset) -> None:
        if self._version:
            response.answer.append(dns.rrset.from_text(question.name, 0, "CH", "TXT", f'"{self._version}"'))
        else:
            response.set_rcode(dns.rcode.REFUSED)


def tell_time(data: bytes) -> bytes | None:
    """An NTP server of stratum 2 whose clock is this computer's."""
    if len(data) < 48:
        return None
    now = int((time.time() + FAR_S / 2 + UNIX_EPOCH) * 2**32) % 2**64  # the answer is held back for the way
    stamp = now.to_bytes(8)
    return struct.pack("!BBbbII4s", 0x24, 2, 6, -23, 600, 300, b"\xcb\x00\x71\x7b") + stamp + data[40:48] + stamp * 2


async def answer_mqtt(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A hub that turns strangers away, as it should."""
    if await reader.read(1024):
        writer.write(CONNACK_NOT_AUTHORISED)


async def answer_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A web host that has nothing at "/"."""
    await _request(reader)
    writer.write(_response("404 Not Found"))


def answer_probe(text: str) -> Talk:
    """The page by which systems find out whether they are online."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(_response("200 OK", body=text))

    return talk


async def answer_portal(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A login page in place of everything."""
    await _request(reader)
    writer.write(_response("302 Found", f"Location: http://{ROUTER}/login"))


async def _request(reader: asyncio.StreamReader) -> None:
    await reader.readuntil(b"\r\n\r\n")


def _response(status: str, *headers: str, body: str = "") -> bytes:
    dated = f"Date: {formatdate(usegmt=True)}"
    lines = (f"HTTP/1.1 {status}", dated, *headers, f"Content-Length: {len(body)}", "Connection: close", "", body)
    return "\r\n".join(lines).encode()
