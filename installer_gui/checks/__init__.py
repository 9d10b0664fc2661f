"""The checks, one file each. `ALL` is the list of all that a run makes, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.check import CheckInfo
from ..domain.job import Connection
from ..domain.profile import Profile, Protocol
from . import confirmation, station_serial, wifi_channel, wifi_signal
from .captive_portal import CaptivePortal
from .computer_clock import ComputerClock
from .computer_path import ComputerPath
from .context import Check
from .dhcp_capacity import DhcpCapacity
from .dhcp_server import DhcpServer
from .dns_honesty import DnsHonesty
from .dns_lan import DnsLan
from .dns_offered import DnsOffered
from .dns_public import DnsPublic
from .https import Https
from .link_address import LinkAddress
from .link_gateway import LinkGateway
from .link_path import LinkPath
from .mqtt_hub import MqttHub
from .ntp_servers import NtpServers
from .plc_gateway import PlcGateway
from .plc_station import PlcStation
from .traffic_budget import TrafficBudget
from .wifi_channel import WifiChannel
from .wifi_congestion import WifiCongestion
from .wifi_network import WifiNetwork

Maker = Callable[[Profile], tuple[Check, ...]]

ALL: tuple[Maker, ...] = (
    lambda _: (ComputerPath(), ComputerClock()),
    lambda _: (LinkGateway(), LinkAddress(), LinkPath(), CaptivePortal()),
    lambda _: (DhcpServer(),),
    lambda _: (DhcpCapacity(),),
    lambda _: (DnsLan(), DnsOffered(), DnsPublic(), DnsHonesty()),
    lambda profile: tuple(map(MqttHub, profile.endpoints_of(Protocol.MQTT))),
    lambda profile: tuple(map(Https, profile.endpoints_of(Protocol.HTTPS))),
    lambda profile: tuple(map(NtpServers, profile.endpoints_of(Protocol.NTP))),
    lambda _: (TrafficBudget(),),
)

WIFI: tuple[Maker, ...] = (lambda _: (WifiNetwork(), WifiChannel(), WifiCongestion()),)
PLC: tuple[Maker, ...] = (lambda _: (PlcGateway(), PlcStation()),)
ASKED: tuple[CheckInfo, ...] = (wifi_signal.INFO, wifi_channel.LOCK_INFO, *(c.info for c in confirmation.ALL))
LISTED: tuple[CheckInfo, ...] = (station_serial.INFO,)  # known from the list of stations, and only where it is wrong


def network(profile: Profile, *connections: Connection) -> tuple[Check, ...]:
    """The checks that a run makes by itself, for stations on these kinds of connection."""
    if set(connections) == {Connection.LTE_M}:
        return (TrafficBudget(),)  # the stations do not use this network, so there is nothing else to look at
    of = {Connection.WIFI: WIFI, Connection.PLC: PLC}
    more = [make for connection, makers in of.items() if connection in connections for make in makers]
    return tuple(check for make in (*ALL, *more) for check in make(profile))


def infos(profile: Profile) -> tuple[CheckInfo, ...]:
    """All checks of the profile once, also those that a person answers or walks for, or that the list tells."""
    run = (check.info for make in (*ALL, *WIFI, *PLC) for check in make(profile))
    return tuple(dict.fromkeys((*run, *ASKED, *LISTED)))
