"""Windows by ctypes: IP Helper, Native WiFi. Building the platform is cheap; libraries load with the first question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ports.platform import Network, Platform
from .awake import WindowsAwake
from .system import WindowsSystem
from .wifi import WindowsWiFi

if TYPE_CHECKING:
    from ...domain.network import Interface


def platform() -> Platform:
    return Platform("Windows", WindowsSystem(), WindowsWiFi(), _network, awake=WindowsAwake())


def _network(interface: Interface) -> Network:
    from ..net.connect import SocketConnect
    from ..net.names import DnsNames
    from ..net.sockets import Sockets
    from ..net.timesync import NtpTimeSync
    from .binding import to_interface
    from .dhcp import dhcp
    from .link import WindowsLink
    from .powerline import WindowsPowerline

    bind = to_interface(interface)
    sockets, link = Sockets(bind), WindowsLink(interface)
    return Network(
        link=link,
        dhcp=dhcp(interface, bind, link.resolve),
        names=DnsNames(sockets),
        connect=SocketConnect(sockets),
        timesync=NtpTimeSync(sockets),
        backend=bind.backend,
        powerline=WindowsPowerline(interface),
    )
