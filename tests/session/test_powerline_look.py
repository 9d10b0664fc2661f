"""Why a look at a powerline network was broken off."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from installer_gui import profiles
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.ports.powerline import NoPowerline
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.session import powerline, powerline_watch

CABLE = Interface("eth0", 2, InterfaceKind.ETHERNET, "02:00:00:00:00:aa")
PROFILE = profiles.load("zaptec-pro")


@dataclass
class Computer:
    """A platform whose link cannot be had for a reason, and that has so many interfaces by then."""

    reason: Reason
    there: tuple[Interface, ...]

    def network(self, interface: Interface) -> Any:
        return self

    def interfaces(self) -> tuple[Interface, ...]:
        return self.there

    @property
    def system(self) -> Computer:
        return self

    @property
    def powerline(self) -> NoPowerline:
        return NoPowerline(self.reason)


@pytest.mark.parametrize(
    ("reason", "there", "told"),
    [
        (Reason.NEEDS_PRIVILEGE, (CABLE,), Reason.NEEDS_PRIVILEGE),
        (Reason.NEEDS_PRIVILEGE, (), Reason.INTERFACE_GONE),
        (Reason.NO_ANSWER, (), Reason.INTERFACE_GONE),
        (Reason.NO_ANSWER, (CABLE,), Reason.NO_ANSWER),
        (Reason.BUSY, (), Reason.BUSY),
    ],
)
def test_what_an_interface_that_is_gone_brings_about_is_told_by_its_name(
    reason: Reason, there: tuple[Interface, ...], told: Reason
) -> None:
    platform: Any = Computer(reason, there)
    looks = (
        powerline.look(platform, CABLE, PROFILE, lambda done, total: None),
        powerline_watch.watch(platform, CABLE, lambda event: None),
    )
    for look in looks:
        with pytest.raises(Unavailable) as unavailable:
            asyncio.run(look)
        assert unavailable.value.reason is told
