"""A group of routers that share the load: every question for ADDRESS is answered with the next one's MAC.

neighbour.py INTERFACE ADDRESS MAC...
"""

from __future__ import annotations

import itertools
import socket
import struct
import sys

ARP, REPLY = 0x0806, 2


def answer(question: bytes, mac: bytes) -> bytes:
    client, client_address, address = question[22:28], question[28:32], question[38:42]
    head = client + mac + struct.pack("!HHHBBH", ARP, 1, 0x0800, 6, 4, REPLY)
    return head + mac + address + client + client_address


if __name__ == "__main__":
    interface, address, *macs = sys.argv[1:]
    turns = itertools.cycle(bytes.fromhex(mac.replace(":", "")) for mac in macs)
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ARP)) as wire:
        wire.bind((interface, ARP))
        while True:
            frame = wire.recv(2048)
            if frame[20:22] == b"\0\1" and frame[38:42] == socket.inet_aton(address):
                wire.send(answer(frame, next(turns)))
