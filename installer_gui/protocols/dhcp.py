"""DHCP messages (RFC 2131). A server's are read; of a client's only DISCOVER and INFORM can be made.

REQUEST, DECLINE and RELEASE change what a server holds, so there is no way to say them: `encode` takes a question,
and a question is one of two types.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Address
from typing import assert_never

from ..errors import Malformed
from .dhcp_options import Option, Options, address, join, split

SERVER_PORT, CLIENT_PORT = 67, 68
ASK, ANSWER = 1, 2
ETHERNET, MAC_LENGTH = 1, 6
BROADCAST = 0x8000
COOKIE = bytes((99, 130, 83, 99))
MINIMUM = 300  # BOOTP's length (RFC 1542, section 2.1); relays drop what is shorter
WANTED = (
    Option.SUBNET_MASK,
    Option.ROUTERS,
    Option.DNS,
    Option.DOMAIN,
    Option.NTP,
    Option.LEASE,
    Option.SERVER,
    Option.RENEWAL,
    Option.REBINDING,
    Option.ROUTES,
)
_FIXED = struct.Struct("!4B L 2H 4s 4s 4s 4s 16s 64s 128s 4s")


class MessageType(IntEnum):
    """Option 53 (RFC 2132, section 9.6)."""

    DISCOVER = 1
    OFFER = 2
    REQUEST = 3
    DECLINE = 4
    ACK = 5
    NAK = 6
    RELEASE = 7
    INFORM = 8


@dataclass(frozen=True, slots=True)
class Discover:
    """Who has an address for the MAC `client`? With `relay`, a relay's address, the answers go there by unicast."""

    xid: int
    client: str
    wanted: str = ""
    relay: str = ""


@dataclass(frozen=True, slots=True)
class Inform:
    """What are the options for a client that has the address `own` already?"""

    xid: int
    client: str
    own: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it was read. `client` is its MAC; addresses are "0.0.0.0" where the sender left them out."""

    answer: bool
    type: MessageType
    xid: int
    broadcast: bool
    client: str
    client_address: str
    your_address: str
    next_server: str
    relay: str
    options: Options


def encode(question: Discover | Inform) -> bytes:
    """The question as a UDP payload. Answers to it are broadcast, or else they would go to a MAC that nobody has."""
    match question:
        case Discover():
            options = {Option.TYPE: bytes((MessageType.DISCOVER,))}
            if question.wanted:
                options[Option.WANTED_ADDRESS] = IPv4Address(question.wanted).packed
            own, relay = "", question.relay
        case Inform():
            options = {Option.TYPE: bytes((MessageType.INFORM,))}
            own, relay = question.own, ""
        case _:
            assert_never(question)
    client = bytes.fromhex(question.client.replace(":", ""))
    options |= {Option.CLIENT_ID: bytes((ETHERNET,)) + client, Option.PARAMETERS: bytes(WANTED)}
    flags = 0 if relay else BROADCAST
    addresses = (_packed(own), bytes(4), bytes(4), _packed(relay))
    fixed = _FIXED.pack(
        ASK, ETHERNET, MAC_LENGTH, 0, question.xid, 0, flags, *addresses, client, bytes(64), bytes(128), COOKIE
    )
    return (fixed + join(options)).ljust(MINIMUM, b"\0")


def decode(data: bytes) -> Message:
    """Read a UDP payload. Raises Malformed."""
    if len(data) < _FIXED.size:
        raise Malformed(f"{len(data)} bytes are no DHCP message")
    fields = _FIXED.unpack_from(data)
    op, hardware, length, _, xid, _, flags, own, yours, server, relay, client, name, file, cookie = fields
    if op not in (ASK, ANSWER) or (hardware, length) != (ETHERNET, MAC_LENGTH) or cookie != COOKIE:
        raise Malformed("not DHCP over Ethernet")
    options = _options(data[_FIXED.size :], file, name)
    return Message(
        answer=op == ANSWER,
        type=_type(options),
        xid=xid,
        broadcast=bool(flags & BROADCAST),
        client=client[:MAC_LENGTH].hex(":"),
        client_address=address(own),
        your_address=address(yours),
        next_server=address(server),
        relay=address(relay),
        options=options,
    )


def _options(data: bytes, file: bytes, name: bytes) -> Options:
    """The options, also those that did not fit and stand in the fields for names (RFC 2131, section 4.1)."""
    raw = split(data)
    overload = Options(raw).overload
    for bit, more in ((1, file), (2, name)):
        if overload & bit:
            for code, value in split(more).items():
                raw[code] = raw.get(code, b"") + value
    return Options(raw)


def _type(options: Options) -> MessageType:
    try:
        return MessageType(options.type or 0)
    except ValueError:
        raise Malformed(f"no message of type {options.type}") from None


def _packed(text: str) -> bytes:
    return IPv4Address(text or 0).packed
