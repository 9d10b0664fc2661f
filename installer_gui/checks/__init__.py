"""The checks, one file each. `ALL` is the list of all that a run makes, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Callable

from ..domain.check import CheckInfo
from ..domain.job import Connection
from ..domain.profile import Profile
from .context import Check
from .dhcp_capacity import DhcpCapacity
from .dhcp_server import DhcpServer
from .traffic_budget import TrafficBudget

Maker = Callable[[Profile], tuple[Check, ...]]

ALL: tuple[Maker, ...] = (
    lambda _: (DhcpServer(),),
    lambda _: (DhcpCapacity(),),
    lambda _: (TrafficBudget(),),
)


def network(profile: Profile, connection: Connection) -> tuple[Check, ...]:
    """The checks that a run makes by itself, for stations on this kind of connection."""
    if connection is Connection.LTE_M:
        return (TrafficBudget(),)  # the stations do not use this network, so there is nothing else to look at
    return tuple(check for make in ALL for check in make(profile))


def infos(profile: Profile) -> tuple[CheckInfo, ...]:
    """All checks of the profile, also those that a person answers or walks for."""
    return tuple(check.info for make in ALL for check in make(profile))
