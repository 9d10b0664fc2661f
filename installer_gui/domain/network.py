"""The computer's way onto the network."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class InterfaceKind(StrEnum):
    """What an interface leads through."""

    ETHERNET = "ethernet"
    WIFI = "wifi"
    VPN = "vpn"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Interface:
    """A network interface. `addresses` are IPv4 with prefix length ("192.168.1.57/24"); `gateway` is "" for none."""

    name: str
    index: int = 0
    kind: InterfaceKind = InterfaceKind.OTHER
    mac: str = ""
    addresses: tuple[str, ...] = ()
    addresses6: tuple[str, ...] = ()
    gateway: str = ""
    metric: int = 0
    up: bool = True
    mtu: int = 0
    description: str = ""

    @property
    def address(self) -> str:
        """The first IPv4 address without its prefix, "" when there is none."""
        return self.addresses[0].partition("/")[0] if self.addresses else ""


@dataclass(frozen=True, slots=True)
class Computer:
    """The instrument: what the certificate says about the machine that measured."""

    system: str
    model: str = ""
    python: str = ""
    user_is_admin: bool = False
    proxies: tuple[str, ...] = ()
