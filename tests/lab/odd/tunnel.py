"""A VPN whose other end takes everything and answers nothing: holds the tun device NAME.

tunnel.py NAME
"""

from __future__ import annotations

import fcntl
import struct
import sys
from pathlib import Path

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000

if __name__ == "__main__":
    with Path("/dev/net/tun").open("r+b", buffering=0) as device:
        fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", sys.argv[1].encode(), IFF_TUN | IFF_NO_PI))
        while device.read(65536):
            pass
