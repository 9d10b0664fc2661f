"""The computer's own way onto the network."""

from __future__ import annotations

from dataclasses import replace

import pytest

from installer_gui.checks.computer_path import ComputerPath
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.ports.unavailable import Reason, Unavailable

from .fakes import ETH, Site, System, bad, codes, found, run

CHECK = ComputerPath()
PHONE = Interface("usb0", 3, InterfaceKind.ETHERNET, addresses=("172.20.10.2/28",), gateway="172.20.10.1")
TUNNEL = Interface("tun0", 4, InterfaceKind.VPN, addresses=("10.8.0.2/24",))
IDLE = Interface("wlan0", 5, InterfaceKind.WIFI)
BRIDGE = Interface("docker0", 6, InterfaceKind.OTHER, addresses=("172.17.0.1/16",))


def site(*seen: Interface, proxies: tuple[str, ...] = (), interface: Interface = ETH) -> Site:
    return Site(system=System(seen, proxies), interface=interface)


def test_one_way_out_is_good_and_named() -> None:
    assert codes(CHECK, site(ETH)) == {"computer.bound": "ok"}
    assert found(CHECK, site(ETH))["computer.bound"].evidence["interface"] == "eth0"


def test_interfaces_that_lead_nowhere_do_not_matter() -> None:
    assert bad(CHECK, site(ETH, IDLE, BRIDGE, replace(PHONE, up=False), replace(TUNNEL, addresses=()))) == {}


def test_a_second_way_out_is_a_remark() -> None:
    assert bad(CHECK, site(ETH, PHONE)) == {"computer.second-way-out": "warning"}


def test_a_way_out_that_the_computer_prefers_is_told_apart() -> None:
    made = site(PHONE, ETH)
    assert bad(CHECK, made) == {"computer.other-way-preferred": "warning"}
    assert found(CHECK, made)["computer.other-way-preferred"].evidence["other"] == "usb0"


def test_a_tunnel_is_a_remark() -> None:
    assert bad(CHECK, site(ETH, TUNNEL)) == {"computer.vpn": "warning"}
    assert bad(CHECK, site(TUNNEL, ETH)) == {"computer.vpn": "warning"}


def test_to_measure_through_a_tunnel_is_a_remark() -> None:
    assert bad(CHECK, site(TUNNEL, interface=TUNNEL)) == {"computer.through-vpn": "warning"}


def test_a_proxy_is_a_remark() -> None:
    assert bad(CHECK, site(ETH, proxies=("http://192.168.50.1:3128",))) == {"computer.proxy": "warning"}


def test_an_interface_that_is_down_measures_nothing() -> None:
    with pytest.raises(Unavailable) as raised:
        run(CHECK, site(interface=replace(ETH, up=False)))
    assert raised.value.reason is Reason.NO_LINK
