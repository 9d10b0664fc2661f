"""Plays modems of `networks.py` on an interface: python modem.py INTERFACE NAME [PLACE]: all of them, or that one."""

from __future__ import annotations

import heapq
import os
import select
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

ETH_P_ALL, OUTGOING = 3, 4
ETHERTYPES = (0x88E1, 0x8912)


class Modem(Protocol):
    """Gives each answer to a frame, and how many seconds after it that comes."""

    def answers(self, frame: bytes) -> Iterator[tuple[float, bytes]]: ...


def play(interface: str, modems: Sequence[Modem]) -> None:
    """Until killed."""
    with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL)) as sock:
        sock.bind((interface, ETH_P_ALL))
        sys.stdout.write(f"listening {os.getpid()}\n")
        sys.stdout.flush()
        due: list[tuple[float, bytes]] = []
        while True:
            pause = max(0.0, due[0][0] - time.monotonic()) if due else None
            if select.select([sock], [], [], pause)[0]:
                frame, (_, _, kind, _, _) = sock.recvfrom(4096)
                if kind != OUTGOING and int.from_bytes(frame[12:14]) in ETHERTYPES:
                    now = time.monotonic()
                    for modem in modems:
                        for delay_s, answer in modem.answers(frame):
                            heapq.heappush(due, (now + delay_s, answer))
            while due and due[0][0] <= time.monotonic():
                sock.send(heapq.heappop(due)[1])


if __name__ == "__main__":
    from lab.powerline.networks import NETWORKS

    modems = NETWORKS[sys.argv[2]].modems()
    play(sys.argv[1], [modems[int(place)] for place in sys.argv[3:]] or modems)
