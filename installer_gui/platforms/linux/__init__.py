"""Linux: netlink, /proc, NetworkManager. Building the platform is cheap; libraries load when a port is first used."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

if TYPE_CHECKING:
    from ...domain.network import Interface
    from ...ports.platform import Network, Platform
    from .helper import Helper


def platform() -> Platform:
    from ...ports.platform import Platform
    from .awake import LinuxAwake
    from .helper import Helper
    from .rights import LinuxRights
    from .system import LinuxSystem
    from .wifi import LinuxWiFi

    helper = Helper()
    network, rights = partial(_network, helper), LinuxRights(helper)
    return Platform("Linux", LinuxSystem(), LinuxWiFi(helper), network, rights=rights, awake=LinuxAwake())


def _network(helper: Helper, interface: Interface) -> Network:
    from ...ports.platform import Network
    from ..net.connect import SocketConnect
    from ..net.names import DnsNames
    from ..net.sockets import Sockets
    from .binding import to_interface
    from .dhcp import LinuxDhcp
    from .link import LinuxLink
    from .powerline import LinuxPowerline
    from .timesync import LinuxTimeSync

    bind = to_interface(interface)
    sockets = Sockets(bind)
    return Network(
        link=LinuxLink(interface, bind, helper),
        dhcp=LinuxDhcp(interface, helper),
        names=DnsNames(sockets),
        connect=SocketConnect(sockets),
        timesync=LinuxTimeSync(interface, sockets, helper),
        backend=bind.backend,
        powerline=LinuxPowerline(interface, helper),
    )
