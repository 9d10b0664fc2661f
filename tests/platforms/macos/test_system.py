"""Interfaces, routes, leases and settings as macOS' tools tell them: outputs that were written from documentation."""

import socket
from types import SimpleNamespace

import pytest

from installer_gui.domain.lease import Lease
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.platforms import macos
from installer_gui.platforms.macos import lease, system
from installer_gui.platforms.macos.routes import DefaultRoute, default_routes
from installer_gui.platforms.macos.system import MacSystem

from .tools import Tools, recorded

EN0 = Interface("en0", index=14, addresses=("192.168.1.57/24",))
WIRED, WIFI, AWDL = 2, 3, 4


def address(family, value, netmask=None):
    return SimpleNamespace(family=family, address=value, netmask=netmask)


class Psutil:
    """psutil on a Mac with WiFi, a cable and what else lies about there."""

    AF_LINK = 18

    def net_if_addrs(self):
        return {
            "en0": [
                address(socket.AF_INET, "192.168.1.57", "255.255.255.0"),
                address(socket.AF_INET6, "fe80::1c:2%en0", "ffff::"),
                address(self.AF_LINK, "3C:52:82:00:00:57"),
            ],
            "en7": [address(socket.AF_INET, "192.168.50.57", "255.255.255.0")],
            "utun4": [address(socket.AF_INET, "10.8.0.2", None)],
        }

    def net_if_stats(self):
        names = ("lo0", "utun4", "awdl0", "bridge100", "en7", "en0")
        return {name: SimpleNamespace(isup=name != "awdl0", mtu=1500) for name in names}


@pytest.fixture
def mac(monkeypatch):
    def make(tools=None, environment=None):
        kinds = {"en0": WIFI, "en7": WIRED, "awdl0": AWDL, "bridge100": WIRED}
        return MacSystem(
            tools or Tools(netstat=recorded("netstat")), lambda name: kinds.get(name, 0), environment or {}
        )

    monkeypatch.setattr(system, "_psutil", Psutil)
    monkeypatch.setattr(socket, "if_nametoindex", lambda name: len(name) + ord(name[-1]))
    return make


def test_the_way_that_macos_takes_comes_first(mac):
    interfaces = mac().interfaces()
    assert [i.name for i in interfaces[:2]] == ["en0", "en7"]
    assert {i.name for i in interfaces} == {"en0", "en7", "utun4", "awdl0", "bridge100"}
    assert interfaces[0] == Interface(
        name="en0",
        index=interfaces[0].index,
        kind=InterfaceKind.WIFI,
        mac="3c:52:82:00:00:57",
        addresses=("192.168.1.57/24",),
        addresses6=("fe80::1c:2",),
        gateway="192.168.1.1",
        metric=0,
        up=True,
        mtu=1500,
    )


def test_the_kind_is_what_the_system_says_and_no_name_in_the_users_language(mac):
    kinds = {i.name: i.kind for i in mac().interfaces()}
    assert kinds == {
        "en0": InterfaceKind.WIFI,
        "en7": InterfaceKind.ETHERNET,
        "utun4": InterfaceKind.VPN,
        "awdl0": InterfaceKind.OTHER,
        "bridge100": InterfaceKind.OTHER,
    }


def test_where_the_system_does_not_say_the_kind_it_is_not_known():
    assert system._functional_type("no-such-if") == 0


def test_routes_that_are_scoped_to_an_interface_come_after_the_common_one():
    assert default_routes(recorded("netstat")) == (
        DefaultRoute("en0", "192.168.1.1", 0),
        DefaultRoute("en7", "192.168.50.1", 1),
        DefaultRoute("bridge100", "", 2),
    )


def test_older_tables_have_more_columns():
    assert default_routes(recorded("netstat-old")) == (DefaultRoute("en0", "192.168.1.1", 0),)


def test_a_vpn_that_halves_the_world_beats_every_default_route():
    routes = default_routes(recorded("netstat-vpn"))
    assert routes == (DefaultRoute("utun4", "10.8.0.1", 0), DefaultRoute("en0", "192.168.1.1", 1))


def test_a_route_that_refuses_is_no_way():
    table = recorded("netstat").replace("UGScg ", "UGScRg", 1)
    assert default_routes(table)[0].interface == "en7"


@pytest.mark.parametrize("text", ["", "what\never\n", "Destination Gateway\ndefault x\n"])
def test_an_unreadable_table_has_no_routes(text):
    assert default_routes(text) == ()


def test_without_netstat_no_interface_has_a_gateway(mac):
    assert {i.gateway for i in mac(Tools()).interfaces()} == {""}


def test_the_packet_that_the_client_accepted_is_the_lease():
    tools = Tools(ipconfig=recorded("getpacket"))
    assert lease.read(EN0, tools) == Lease(
        dhcp=True,
        server="192.168.1.2",
        routers=("192.168.1.1",),
        dns=("192.168.1.1", "10.0.0.53"),
        lease_s=43_200,
        source="ipconfig",
    )
    assert tools.asked == [("ipconfig", "getpacket", "en0")]


def test_a_packet_of_an_earlier_network_is_history():
    moved = Interface("en0", addresses=("10.1.1.1/24",))
    told = lease.read(moved, Tools(ipconfig=recorded("getpacket"), scutil=recorded("scutil-dns")))
    assert told == Lease(dhcp=False, dns=("192.168.1.1", "192.168.1.3"), source="scutil")


def test_a_fixed_configuration_has_the_resolvers_of_its_interface_and_no_vpns():
    tools = Tools(ipconfig="", scutil=recorded("scutil-dns"))
    assert lease.read(EN0, tools).dns == ("192.168.1.1", "192.168.1.3")
    assert lease.read(Interface("en7"), tools).dns == ("192.168.50.1",)
    assert lease.read(Interface("utun4"), tools).dns == ()


def test_a_lease_without_resolvers_is_not_filled_with_the_systems():
    packet = recorded("getpacket").replace("domain_name_server", "domain_name_servant")
    assert lease.read(EN0, Tools(ipconfig=packet, scutil=recorded("scutil-dns"))).dns == ()


@pytest.mark.parametrize("text", ["", "\x00\xff", "yiaddr = 192.168.1.57\nlease_time (uint32): soon\nrouter (ip): x\n"])
def test_garbage_is_no_lease(text):
    told = lease.read(EN0, Tools(ipconfig=text))
    assert (told.server, told.routers, told.dns, told.lease_s) == ("", (), (), None)


def test_proxies_that_are_on_are_told_without_passwords(mac):
    tools = Tools(scutil=recorded("scutil-proxy"), sysctl="MacBookPro18,3\n")
    computer = mac(tools, {"https_proxy": "http://me:secret@proxy.example:8080"}).computer()
    assert computer.proxies == ("http://proxy.example:8080", "proxy.example:3128", "http://wpad.example/proxy.pac")
    assert computer.model == "MacBookPro18,3"
    assert computer.system.startswith("macOS")


def test_without_tools_the_computer_is_still_described(mac):
    computer = mac(Tools()).computer()
    assert (computer.proxies, computer.model) == ((), "")


def test_building_the_platform_touches_no_library():
    assert macos.platform().name == "macOS"
