"""Interfaces, routes, leases and settings as Windows tells them."""

import pytest

from installer_gui.domain.lease import Lease
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.platforms import windows
from installer_gui.platforms.windows import lease, registry, system
from installer_gui.platforms.windows.iphlpapi import IpHelper
from installer_gui.platforms.windows.routes import DefaultRoute, default_routes
from installer_gui.platforms.windows.system import WindowsSystem
from installer_gui.ports.unavailable import Reason, Unavailable

from .library import Iphlpapi, Nic, route, routes

RADIO = Nic("Wi-Fi", "Intel(R) Wi-Fi 6 AX201 160MHz", index=12, type=71, mac="3c:52:82:00:00:58", metric=35)
LOOPBACK = Nic("Loopback Pseudo-Interface 1", "Software Loopback Interface 1", index=1, type=24, mac="")
NOTES = {
    "EnableDHCP": 1,
    "DhcpIPAddress": "192.168.1.57",
    "DhcpServer": "192.168.1.2",
    "DhcpDefaultGateway": ["192.168.1.1"],
    "DhcpNameServer": "192.168.1.1 10.0.0.53",
    "NameServer": "9.9.9.9",
    "Lease": 43_200,
}


def helper(*nics, **options):
    return IpHelper(Iphlpapi(nics=list(nics), **options))


def made(*nics, keys=None, environment=None, **options):
    told = keys or {}
    return WindowsSystem(lambda: helper(*nics, **options), lambda path: told.get(path, {}), environment or {})


def test_an_interface_has_everything_that_windows_tells_of_it():
    (found,) = made(Nic(), LOOPBACK).interfaces()
    assert found == Interface(
        name="Ethernet",
        index=7,
        kind=InterfaceKind.ETHERNET,
        mac="3c:52:82:00:00:57",
        addresses=("192.168.1.57/24",),
        addresses6=("fe80::1",),
        gateway="192.168.1.1",
        metric=25,
        up=True,
        mtu=1500,
        description="Intel(R) Ethernet Connection I219-LM",
    )


def test_names_are_read_to_their_end_in_any_script():
    nic = Nic("Nätverk 🔌 2", description="", addresses=(), gateways=(), dns=(), dhcp_server="")
    (found,) = made(nic, table=routes()).interfaces()
    assert (found.name, found.description, found.addresses, found.gateway) == ("Nätverk 🔌 2", "", (), "")


def test_the_metric_of_route_and_interface_together_decides_which_way_comes_first():
    table = routes(route(7, "0.0.0.0/0", "192.168.1.1", 50), route(12, "0.0.0.0/0", "192.168.2.1", 0))
    assert [i.name for i in made(Nic(), RADIO, table=table).interfaces()] == ["Wi-Fi", "Ethernet"]
    table = routes(route(7, "0.0.0.0/0", "192.168.1.1", 0), route(12, "0.0.0.0/0", "192.168.2.1", 0))
    assert [(i.name, i.metric) for i in made(Nic(), RADIO, table=table).interfaces()] == [
        ("Ethernet", 25),
        ("Wi-Fi", 35),
    ]


def test_an_address_that_somebody_else_has_or_that_is_still_tried_is_not_ours():
    nic = Nic(addresses=("192.168.1.57/24!2", "192.168.1.58/24!1", "192.168.1.59/24!3", "fe80::1/64!2"))
    (found,) = made(nic).interfaces()
    assert (found.addresses, found.addresses6) == (("192.168.1.59/24",), ())


def test_a_list_that_grows_while_it_is_asked_for_is_asked_for_again():
    dll = Iphlpapi(needed=40_000)
    assert len(IpHelper(dll).adapters()) == 1
    assert dll.calls["GetAdaptersAddresses"] == 2


def test_no_adapters_are_none_and_a_refusal_is_unavailable():
    assert helper().adapters() == ()
    with pytest.raises(Unavailable) as unavailable:
        helper(Nic(), code=8).adapters()
    assert unavailable.value.reason is Reason.DRIVER_ERROR


def test_a_list_that_never_gets_large_enough_is_given_up():
    with pytest.raises(Unavailable):
        helper(Nic(), needed=1 << 30).adapters()


@pytest.mark.parametrize(
    ("type_", "description", "kind"),
    [
        (6, "Intel(R) Ethernet Connection I219-LM", InterfaceKind.ETHERNET),
        (6, "Realtek USB GbE Family Controller", InterfaceKind.ETHERNET),
        (6, "Microsoft Hyper-V Network Adapter", InterfaceKind.ETHERNET),
        (71, "Intel(R) Wi-Fi 6 AX201 160MHz", InterfaceKind.WIFI),
        (71, "Microsoft Wi-Fi Direct Virtual Adapter #2", InterfaceKind.OTHER),
        (6, "Hyper-V Virtual Ethernet Adapter", InterfaceKind.OTHER),
        (6, "VMware Virtual Ethernet Adapter for VMnet8", InterfaceKind.OTHER),
        (6, "VirtualBox Host-Only Ethernet Adapter", InterfaceKind.OTHER),
        (6, "Bluetooth Device (Personal Area Network)", InterfaceKind.OTHER),
        (243, "Quectel EM060K-GL", InterfaceKind.OTHER),
        (6, "TAP-Windows Adapter V9", InterfaceKind.VPN),
        (6, "Cisco AnyConnect Virtual Miniport Adapter for Windows x64", InterfaceKind.VPN),
        (6, "Fortinet Virtual Ethernet Adapter (NDIS 6.30)", InterfaceKind.VPN),
        (6, "PANGP Virtual Ethernet Adapter Secure", InterfaceKind.VPN),
        (6, "Check Point Virtual Network Adapter For Endpoint VPN Client", InterfaceKind.VPN),
        (53, "WireGuard Tunnel", InterfaceKind.VPN),
        (53, "Tailscale Tunnel", InterfaceKind.VPN),
        (23, "WAN Miniport (IKEv2)", InterfaceKind.VPN),
        (131, "Teredo Tunneling Pseudo-Interface", InterfaceKind.VPN),
    ],
)
def test_the_kind_of_an_adapter_is_known_by_its_type_and_its_drivers_name(type_, description, kind):
    (adapter,) = helper(Nic(type=type_, description=description)).adapters()
    assert system.kind(adapter) is kind


def test_a_vpn_that_halves_the_world_beats_every_default_route():
    table = routes(
        route(7, "0.0.0.0/0", "192.168.1.1", 0),
        route(30, "0.0.0.0/1", "10.8.0.1", 0),
        route(30, "128.0.0.0/1", "10.8.0.1", 0),
        route(7, "192.168.1.0/24", "0.0.0.0", 0),
    )
    assert default_routes(table, {30: 5}) == (DefaultRoute(30, "10.8.0.1", 5), DefaultRoute(7, "192.168.1.1", 0))


def test_a_tunnel_has_no_gateway_and_loopback_is_no_way():
    table = routes(route(1, "0.0.0.0/0", "0.0.0.0", 0, loopback=True), route(31, "0.0.0.0/0", "0.0.0.0", 5))
    assert default_routes(table, {}) == (DefaultRoute(31, "", 5),)


@pytest.mark.parametrize("end", [0, 4, 8, 50, 111])
def test_a_table_that_is_cut_short_has_no_routes(end):
    assert default_routes(routes(route(7, "0.0.0.0/0", "192.168.1.1", 0))[:end], {}) == ()


def leased(nic=Nic(), **notes):  # noqa: B008 - frozen in all but name
    (adapter,) = helper(nic).adapters()
    asked = []
    told = lease.read(adapter, lambda path: asked.append(path) or notes)
    assert not asked or asked == [rf"{lease.NOTES}\{nic.guid}"]
    return told


def test_the_dhcp_clients_notes_tell_what_the_server_gave_whatever_the_user_put_in_its_place():
    assert leased(Nic(dns=("9.9.9.9",)), **NOTES) == Lease(
        dhcp=True,
        server="192.168.1.2",
        routers=("192.168.1.1",),
        dns=("192.168.1.1", "10.0.0.53"),
        lease_s=43_200,
        source="DHCP client",
    )


def test_notes_of_an_earlier_network_are_not_believed():
    told = leased(**NOTES | {"DhcpIPAddress": "10.1.1.1"})
    assert told == Lease(
        dhcp=True, server="192.168.1.1", routers=("192.168.1.1",), dns=("192.168.1.1",), source="IP Helper"
    )


def test_without_notes_the_adapter_tells():
    assert leased().server == "192.168.1.1"
    assert leased(Nic(dhcp_server="255.255.255.255")).server == ""


def test_a_lease_without_resolvers_is_not_filled_with_the_users():
    assert leased(Nic(dns=("9.9.9.9",)), **{k: v for k, v in NOTES.items() if k != "DhcpNameServer"}).dns == ()


def test_a_fixed_configuration_has_its_resolvers_and_no_server():
    assert leased(Nic(dhcp=False)) == Lease(dhcp=False, dns=("192.168.1.1",), source="IP Helper")


@pytest.mark.parametrize("value", ["", "what ever", 7, None, ["x"], b"\xff"])
def test_notes_of_another_kind_are_as_if_absent(value):
    told = leased(**{"DhcpIPAddress": "192.168.1.57"} | dict.fromkeys(list(NOTES)[2:], value))
    assert (told.server, told.routers, told.dns) == ("", (), ())
    assert told.lease_s in (None, 7)


def test_the_lease_of_an_interface_that_vanished_is_none():
    assert made(Nic()).lease(Interface("Wi-Fi", index=99)) == Lease(dhcp=False, source="IP Helper")


def test_the_computer_is_named_as_windows_names_itself_today():
    keys = {
        system.VERSION: {
            "ProductName": "Windows 10 Pro",
            "DisplayVersion": "24H2",
            "CurrentBuildNumber": "26100",
        },
        system.FIRMWARE: {"SystemManufacturer": "LENOVO", "SystemProductName": "21CB\0"[:4]},
    }
    computer = made(keys=keys).computer()
    assert (computer.system, computer.model) == ("Windows 11 Pro 24H2 (26100)", "LENOVO 21CB")
    keys[system.VERSION] |= {"CurrentBuildNumber": "19045", "DisplayVersion": "22H2"}
    assert made(keys=keys).computer().system == "Windows 10 Pro 22H2 (19045)"
    assert made().computer().system == "Windows"


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        ({"ProxyEnable": 1, "ProxyServer": "proxy.example:3128"}, ("proxy.example:3128",)),
        (
            {"ProxyEnable": 1, "ProxyServer": "http=a.example:80;https=b.example:443; socks=c.example:1080"},
            ("a.example:80", "b.example:443", "c.example:1080"),
        ),
        ({"ProxyEnable": 0, "ProxyServer": "proxy.example:3128"}, ()),
        ({"AutoConfigURL": "http://me:secret@wpad.example/wpad.dat"}, ("http://wpad.example/wpad.dat",)),
        ({"ProxyEnable": 1}, ()),
    ],
)
def test_proxies_are_read_from_windows_settings_without_passwords(settings, found):
    computer = made(keys={system.INTERNET_SETTINGS: settings}).computer()
    assert computer.proxies == found


def test_proxies_of_the_environment_count_as_well():
    environment = {"HTTPS_PROXY": "http://me:secret@proxy.example:3128"}
    assert made(environment=environment).computer().proxies == ("http://proxy.example:3128",)


def test_building_the_platform_touches_no_library():
    assert windows.platform().name == "Windows"  # elsewhere than on Windows there would be none to touch


@pytest.mark.parametrize("path", [r"HKLM\SOFTWARE\No such key", r"HKCU\No such key"])
def test_a_key_that_is_not_there_has_no_values(path):
    assert registry.read(path) == {}
