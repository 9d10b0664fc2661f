"""The sites that can be played. What is not said of one is as it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from types import MappingProxyType

from .modem_answers import Network
from .powerline import MODULE, NOISY, OPEN


class Door(Enum):
    """What becomes of a connection to a service in the cloud."""

    OPEN = auto()
    DROPPED = auto()
    INTERCEPTED = auto()  # a firewall shows a certificate of its own authority
    PORTAL = auto()  # a login page stands in between, and vouches for itself


# dBm at one place after the other, as somebody hears them who walks along the stations
_STRONG = (-52, -55, -58, -57, -61, -63, -60, -64, -66, -62, -59, -56)
_WEAK = (-52, -55, -58, -79, -61, -63, -60, -64, -82, -62, -59, -56)


@dataclass(frozen=True, slots=True)
class Site:
    """A site's network. `free` counts the addresses that its DHCP server can still give; `levels` are in dBm.

    `modems` are the PLC modules at the other end of its cable.
    """

    mqtt: Door = Door.OPEN
    https: Door = Door.OPEN
    web: Door = Door.OPEN
    names: bool = True
    time: bool = True
    free: int = 100
    levels: tuple[int, ...] = _STRONG
    modems: tuple[Network, ...] = ()
    switched_on_one_by_one: bool = False


SITES: Mapping[str, Site] = MappingProxyType(
    {
        "healthy": Site(),
        "mqtt-blocked": Site(mqtt=Door.DROPPED),
        "dns-dead": Site(names=False),
        "weak-wifi": Site(levels=_WEAK),
        "ntp-silent": Site(time=False),
        "tls-intercepted": Site(https=Door.INTERCEPTED),
        "captive-portal": Site(mqtt=Door.DROPPED, https=Door.PORTAL, web=Door.PORTAL, time=False),
        "dhcp-small-pool": Site(free=2),
        "plc-garage": Site(modems=(MODULE,)),
        "plc-noisy": Site(modems=(NOISY,)),
        "plc-open": Site(modems=(OPEN,)),
        "plc-one-by-one": Site(modems=(MODULE,), switched_on_one_by_one=True),
    }
)
