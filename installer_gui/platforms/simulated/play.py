"""Starts a site and builds the platform on which it is checked."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from ... import profiles
from ...domain.network import Interface, InterfaceKind
from ...domain.profile import Profile
from ...errors import BadInput
from ...ports.platform import Network, Platform
from ..net.connect import SocketConnect
from ..net.names import DnsNames
from ..net.timesync import NtpTimeSync
from .dhcp import PlayedDhcp, PlayedServer
from .internet import Internet, PlayedSockets
from .lan import PlayedLink, PlayedSystem
from .powerline import PlayedPowerline
from .sites import SITES
from .wifi import PlayedWiFi


def play(name: str, profile: Profile | None = None, place: int = 0) -> Play:
    """Play one of SITES until it is closed; the walk along the stations begins at `place`.

    Without a profile it plays the services of the default one. Raises BadInput for an unknown name.
    """
    if name not in SITES:
        raise BadInput("input.no-such-site", name=name, known=", ".join(SITES))
    return Play(name, profile or profiles.load("zaptec-pro"), place)


class Play:
    """A site that runs. `platform` may be used from any event loop, and from several one after the other."""

    def __init__(self, name: str, profile: Profile, place: int) -> None:
        site = SITES[name]
        self._internet = Internet(site, profile)
        self._server = PlayedServer(site.free)
        self._powerline = PlayedPowerline(site.modems, one_by_one=site.switched_on_one_by_one)
        self.anchors = self._internet.anchors
        self.platform = Platform(
            name="simulated",
            system=PlayedSystem(InterfaceKind.ETHERNET if site.modems else InterfaceKind.WIFI),
            wifi=PlayedWiFi(site.levels, place),
            network=self._network,
            demo=name,
            anchors=self.anchors,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the site's servers."""
        self._internet.close()

    def _network(self, interface: Interface) -> Network:  # noqa: ARG002 - there is only one
        sockets = PlayedSockets(self._internet)
        return Network(
            link=PlayedLink(self._internet.reachable),
            dhcp=PlayedDhcp(self._server),
            names=DnsNames(sockets),
            connect=SocketConnect(sockets),
            timesync=NtpTimeSync(sockets),
            backend="loopback",
            powerline=self._powerline,
        )
