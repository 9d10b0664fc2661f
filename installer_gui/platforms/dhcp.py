"""The DHCP questions that are out, and which datagrams answer them. The sockets are each system's own."""

from __future__ import annotations

import logging
import secrets
import time
from dataclasses import dataclass

from ..domain.lease import DhcpKind, DhcpReply, DhcpWay
from ..errors import Malformed
from ..protocols import dhcp
from ..protocols.dhcp import CLIENT_PORT, SERVER_PORT, Message, MessageType
from ..protocols.udp import Datagram

NOBODY, EVERYBODY = "0.0.0.0", "255.255.255.255"  # noqa: S104 - the address of a client that has none
_KINDS = {MessageType.OFFER: DhcpKind.OFFER, MessageType.ACK: DhcpKind.ACK, MessageType.NAK: DhcpKind.NAK}
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Asked:
    client: str
    at: float


class Questions:
    """Asks as a station without an address would, and knows the answers; `own` is the computer's address, or ""."""

    def __init__(self, own: str) -> None:
        self._own = own
        self._asked: dict[int, _Asked] = {}

    def discover(self, client: str, wanted: str, way: DhcpWay) -> Datagram:
        relay = self._own if way is DhcpWay.RELAY else ""
        question = dhcp.Discover(self._note(client), client, wanted, relay)
        if relay:
            return Datagram(relay, SERVER_PORT, EVERYBODY, SERVER_PORT, dhcp.encode(question))
        return Datagram(NOBODY, CLIENT_PORT, EVERYBODY, SERVER_PORT, dhcp.encode(question))

    def inform(self, client: str) -> Datagram:
        question = dhcp.Inform(self._note(client), client, self._own)
        return Datagram(self._own, CLIENT_PORT, EVERYBODY, SERVER_PORT, dhcp.encode(question))

    def answer(self, datagram: Datagram, sender: str) -> DhcpReply | None:
        """The answer that a datagram holds for one of our questions; `sender` is the MAC that it came from."""
        try:
            message = dhcp.decode(datagram.payload)
        except Malformed as error:
            log.debug("from %s: %s", sender, error)
            return None
        asked = self._asked.get(message.xid)
        if asked is None or not message.answer or message.client != asked.client or message.type not in _KINDS:
            return None
        if message.type is MessageType.OFFER and (message.your_address == NOBODY or not message.options.server):
            return None  # a client can request neither (RFC 2131, section 4.4.1)
        return _reply(message, asked, datagram.source, sender)

    def _note(self, client: str) -> int:
        xid = secrets.randbits(32)
        self._asked[xid] = _Asked(client, time.monotonic())
        return xid


def _reply(message: Message, asked: _Asked, source: str, sender: str) -> DhcpReply:
    options = message.options
    return DhcpReply(
        kind=_KINDS[message.type],
        client=asked.client,
        address=message.your_address,
        server=options.server or source,
        ms=(time.monotonic() - asked.at) * 1000,
        subnet_mask=options.subnet_mask,
        routers=options.routers,
        dns=options.dns,
        ntp=options.ntp,
        lease_s=options.lease_s,
        options=tuple((code, value.hex()) for code, value in sorted(options.raw.items())),
        sender=sender,
    )
