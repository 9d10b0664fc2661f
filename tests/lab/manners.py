"""What may be on the wire, and who has no business there. An impolite check is wrong even when its verdict is right."""

from __future__ import annotations

import socket
from collections import Counter

from .blueprint import CLOUDFLARE, GOOGLE, HUB, POOL, PROBE, ROUTER, SINKHOLE, WEB
from .watch import Traffic

NETWORK = {"b8:27:eb:00:00:01", "b8:27:eb:00:00:11", "b8:27:eb:00:00:12", "00:1d:c0:00:00:99"}
DISCOVERS_A_SECOND = 8
REPEATED = 4  # questions that a slow server answered late
NAMES = 9  # that a resolver is asked for
NTP_SAMPLES = 4
CONNECTIONS_TO_A_HOST = 6
ARP_SWEEP = 2 * 254


def strangers(traffic: Traffic) -> Counter[tuple[str, int]]:
    """Who was sent something that the manners do not allow, by address and port."""
    resolvers = (ROUTER, GOOGLE, CLOUDFLARE, "192.168.50.9")
    allowed = {(address, 53) for address in resolvers} | {(address, 123) for address in POOL}
    allowed |= {(address, 443) for address in WEB.values()} | {(HUB, 8883), (PROBE, 80), (ROUTER, 80)}
    allowed |= {(SINKHOLE, port) for _, port in allowed}
    found: Counter[tuple[str, int]] = Counter()
    for packet in traffic.sent:
        target, port = packet.target, packet.ports[1]
        ping = packet.protocol == socket.IPPROTO_ICMP and target in {a for a, _ in allowed}
        dhcp = packet.protocol == socket.IPPROTO_UDP and port == 67
        poke = target.startswith("192.168.50.") and packet.protocol == socket.IPPROTO_UDP
        if not (ping or dhcp or poke or (target, port) in allowed):
            found[target, port] += 1
    return found
