"""The one interface, as the kernel knows it. Nothing that the caller says about it is believed."""

from __future__ import annotations

import errno
import fcntl
import socket
import struct
import sys
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

SIOCGIFADDR, SIOCGIFNETMASK, SIOCGIFHWADDR = 0x8915, 0x891B, 0x8927
ETHERNET = 1  # ARPHRD_ETHER


class Nic:
    """An interface by name. Raises OSError when there is none."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.index = socket.if_nametoindex(name)

    @property
    def is_ethernet(self) -> bool:
        """Also WiFi, which looks like it."""
        return int(struct.unpack_from("=H", self._ask(SIOCGIFHWADDR), 16)[0]) == ETHERNET

    def must_be_ethernet(self) -> None:
        """Raises OSError(EOPNOTSUPP)."""
        if not self.is_ethernet:
            raise OSError(errno.EOPNOTSUPP, "no Ethernet")

    @property
    def mac(self) -> str:
        return self._ask(SIOCGIFHWADDR)[18:24].hex(":")

    @property
    def address(self) -> str:
        """The first IPv4 address, "" for none."""
        try:
            return str(IPv4Address(self._ask(SIOCGIFADDR)[20:24]))
        except OSError:
            return ""

    @property
    def subnet(self) -> IPv4Network | None:
        """That of the first address."""
        if not (address := self.address):
            return None
        return IPv4Network((address, str(IPv4Address(self._ask(SIOCGIFNETMASK)[20:24]))), strict=False)

    @property
    def is_wireless(self) -> bool:
        return Path("/sys/class/net", self.name, "phy80211").exists()

    def claim(self) -> socket.socket:
        """Be the only one of this program on this wire: its pace is one, however often the program is started.

        Holds as long as the socket is open. Raises OSError(EADDRINUSE).
        """
        claim = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        if self.is_ethernet:
            claim.bind(f"\0driftklar-probe/{self.index}")
        return claim

    def _ask(self, question: int) -> bytes:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            return fcntl.ioctl(sock, question, struct.pack("16s24x", self.name.encode()))
