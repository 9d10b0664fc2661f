"""A site without a network, for checks that are played."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, fields
from types import SimpleNamespace
from typing import Any

import pytest

from installer_gui.checks.context import Context
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.ports.platform import Platform


class Plugged:
    """A computer whose interfaces can be pulled out; `leases` counts what it was asked for."""

    def __init__(self, *interfaces: Interface) -> None:
        self.plugged = list(interfaces)

    def interfaces(self) -> tuple[Interface, ...]:
        return tuple(self.plugged)


ETH = Interface("eth0", 2, InterfaceKind.ETHERNET, addresses=("192.168.1.57/24",), gateway="192.168.1.1")


@pytest.fixture
def computer() -> Plugged:
    return Plugged(ETH)


@pytest.fixture
def platform(computer: Plugged) -> Platform:
    unused: Any = None
    system: Any = computer
    return Platform("test", system, unused, unused)


@pytest.fixture
def context_on(platform: Platform) -> Callable[[Interface], Context]:
    """Makes a context on an interface; ports that no played check touches are absent."""

    def make(interface: Interface) -> Context:
        nothing: dict[str, Any] = {f.name: None for f in fields(Context) if f.default is MISSING}
        closable = SimpleNamespace(close=lambda: None)
        network = SimpleNamespace(backend="played")
        known = {"platform": platform, "interface": interface, "network": network, "stations": 1}
        known |= {"names": closable, "dhcp": closable, "profile": SimpleNamespace(trust_anchors="custom")}
        return Context(**nothing | known)

    return make


@pytest.fixture
def context(context_on: Callable[[Interface], Context]) -> Context:
    return context_on(ETH)
