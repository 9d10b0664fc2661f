"""The frozen bundle of the ports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..domain.network import Interface
from .awake import AS_IT_LIKES, Awake
from .connect import Connect
from .dhcp import Dhcp
from .link import Link
from .names import Names
from .powerline import NO_POWERLINE, Powerline
from .rights import NOTHING_LACKS, Rights
from .system import System
from .timesync import TimeSync
from .wifi import WiFi


@dataclass(frozen=True, slots=True)
class Network:
    """Everything that sends, bound to one interface so that no other way out can hide a fault.

    `backend` names how sockets are held to it, for the record.
    """

    link: Link
    dhcp: Dhcp
    names: Names
    connect: Connect
    timesync: TimeSync
    backend: str = ""
    powerline: Powerline = NO_POWERLINE


@dataclass(frozen=True, slots=True)
class Platform:
    """One operating system, or a recording or simulation of one.

    `demo` names the simulated site, and `anchors` (PEM) are the roots under which its servers are, in place of the
    charger's.
    """

    name: str
    system: System
    wifi: WiFi
    network: Callable[[Interface], Network]
    demo: str = ""
    anchors: str = ""
    rights: Rights = NOTHING_LACKS
    awake: Awake = AS_IT_LIKES
