"""Whether a server is there, without sending anything. To be asked in the server's network (`Site.at`)."""

from __future__ import annotations

import fcntl
import socket
import struct
import sys
from collections.abc import Callable
from pathlib import Path

SIOCGIFFLAGS, IFF_RUNNING = 0x8913, 0x40


def listens(kind: str, address: str, port: int) -> Callable[[], bool]:
    """Whether somebody holds that "tcp" or "udp" socket."""
    wanted = {_hex(address, port), _hex("0.0.0.0", port)}

    def look() -> bool:
        lines = Path(f"/proc/thread-self/net/{kind}").read_text().splitlines()[1:]
        return any(line.split()[1] in wanted for line in lines)

    return look


def connected(interface: str) -> Callable[[], bool]:
    """Whether there is something at the other end of the interface."""

    def look() -> bool:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            answer = fcntl.ioctl(any_socket, SIOCGIFFLAGS, struct.pack("16sH14x", interface.encode(), 0))
        return bool(struct.unpack_from("16xH", answer)[0] & IFF_RUNNING)

    return look


def _hex(address: str, port: int) -> str:
    """As the kernel lists it: the address in the machine's order of bytes."""
    return f"{int.from_bytes(socket.inet_aton(address), sys.byteorder):08X}:{port:04X}"
