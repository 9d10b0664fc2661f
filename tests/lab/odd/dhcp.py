"""A DHCP server that misbehaves in one way. It offers each client an address of its own, and answers INFORM.

    dhcp.py INTERFACE ADDRESS BEHAVIOUR

slow:SECONDS   thinks before each offer     garbage   sends nonsense before each offer
mute           never answers INFORM         polite    none of these
"""

from __future__ import annotations

import secrets
import socket
import struct
import sys
import time

COOKIE = b"\x63\x82\x53\x63"
DISCOVER, OFFER, ACK, INFORM = 1, 2, 5, 8
BROADCAST = ("255.255.255.255", 68)


def options(data: bytes) -> dict[int, bytes]:
    found = {}
    while data and data[0] != 255:
        if data[0]:
            found[data[0]] = data[2 : 2 + data[1]]
        data = data[2 + data[1] :] if data[0] else data[1:]
    return found


def answer(question: bytes, own: str, kind: int, yours: bytes) -> bytes:
    address = socket.inet_aton(own)
    settings = {53: bytes((kind,)), 54: address, 1: b"\xff\xff\xff\0", 3: address, 6: address}
    if kind == OFFER:
        settings[51] = struct.pack("!I", 3600)
    body = b"".join(bytes((code, len(value))) + value for code, value in settings.items())
    head = bytes((2, 1, 6, 0)) + question[4:12] + question[12:16] + yours + bytes(4) + question[24:28]
    return head + question[28:44] + bytes(192) + COOKIE + body + b"\xff"


def serve(server: socket.socket, own: str, behaviour: str) -> None:
    kind, _, value = behaviour.partition(":")
    clients: list[bytes] = []
    while True:
        question, _ = server.recvfrom(2048)
        client, asked = question[28:34], options(question[240:])[53][0]
        if asked == INFORM and kind != "mute":
            server.sendto(answer(question, own, ACK, bytes(4)), BROADCAST)
        if asked == DISCOVER:
            if client not in clients:
                clients.append(client)
            time.sleep(float(value) if kind == "slow" else 0)
            if kind == "garbage":
                for size in (0, 7, 243, 300):
                    server.sendto(secrets.token_bytes(size), BROADCAST)
                server.sendto(answer(question, own, 77, bytes(4)), BROADCAST)
                server.sendto(answer(question, own, OFFER, bytes(4))[:250], BROADCAST)
            yours = socket.inet_aton(f"192.168.50.{100 + clients.index(client)}")
            server.sendto(answer(question, own, OFFER, yours), BROADCAST)


if __name__ == "__main__":
    interface, address, behaviour = sys.argv[1:]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, interface.encode())
        made.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        made.bind(("", 67))
        serve(made, address, behaviour)
