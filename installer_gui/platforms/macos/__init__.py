"""macOS: its own tools, psutil and CoreWLAN. Building the platform is cheap; libraries load with the first question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...ports.platform import Network, Platform
from .awake import MacAwake
from .system import MacSystem
from .wifi import MacWiFi

if TYPE_CHECKING:
    from ...domain.network import Interface


def platform() -> Platform:
    return Platform("macOS", MacSystem(), MacWiFi(), _network, awake=MacAwake())


def _network(interface: Interface) -> Network:
    from ..net.connect import SocketConnect
    from ..net.names import DnsNames
    from ..net.sockets import Sockets
    from ..net.timesync import NtpTimeSync
    from .binding import InterfaceBind
    from .dhcp import dhcp
    from .link import MacLink
    from .powerline import MacPowerline

    bind = InterfaceBind(interface.index)
    sockets, link = Sockets(bind), MacLink(interface, bind)
    return Network(
        link=link,
        dhcp=dhcp(interface, bind, link.resolve),
        names=DnsNames(sockets),
        connect=SocketConnect(sockets),
        timesync=NtpTimeSync(sockets),
        backend=bind.backend,
        powerline=MacPowerline(interface),
    )
