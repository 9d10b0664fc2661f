"""Linux: netlink, /proc, NetworkManager. Building the platform is cheap; libraries load when a port is first used."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

if TYPE_CHECKING:
    from ...domain.network import Interface
    from ...ports.platform import Network, Platform


def platform() -> Platform:
    from ...ports.platform import Platform
    from .system import LinuxSystem
    from .wifi import LinuxWiFi

    return Platform("Linux", LinuxSystem(), LinuxWiFi(), _network)


def _network(interface: Interface) -> Network:
    from ...ports.platform import Network
    from ..net.connect import SocketConnect
    from ..net.names import DnsNames
    from ..net.sockets import Sockets
    from ..net.timesync import NtpTimeSync
    from .binding import to_interface
    from .dhcp import LinuxDhcp
    from .link import LinuxLink

    bind = to_interface(interface)
    sockets = Sockets(bind)
    return Network(
        link=LinuxLink(interface, bind),
        dhcp=LinuxDhcp(interface),
        names=DnsNames(sockets),
        connect=SocketConnect(sockets),
        timesync=NtpTimeSync(sockets),
        backend=bind.backend,
    )
