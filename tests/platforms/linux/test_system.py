import os
import subprocess
import sys

import pytest

from installer_gui.domain.network import InterfaceKind
from installer_gui.platforms.linux.system import LinuxSystem


@pytest.fixture
def sys_net(tmp_path):
    def add(name, **files):
        defaults = {"type": "1", "flags": "0x1003", "ifindex": "2", "address": "02:00:00:00:00:01"}
        for file, text in (defaults | files).items():
            path = tmp_path / "sys/class/net" / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return LinuxSystem(tmp_path)

    return add


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({}, InterfaceKind.ETHERNET),
        ({"phy80211/name": "phy0"}, InterfaceKind.WIFI),
        ({"wireless/status": "0"}, InterfaceKind.WIFI),
        ({"type": "65534", "tun_flags": "0x1001"}, InterfaceKind.VPN),
        ({"type": "65534", "uevent": "DEVTYPE=wireguard\n"}, InterfaceKind.VPN),
        ({"type": "512"}, InterfaceKind.VPN),
        ({"tun_flags": "0x1002"}, InterfaceKind.OTHER),
        ({"bridge/bridge_id": "8000"}, InterfaceKind.OTHER),
        ({"flags": "0x82"}, InterfaceKind.OTHER),
        ({"uevent": "DEVTYPE=wwan\n"}, InterfaceKind.OTHER),
        ({"type": "776"}, InterfaceKind.OTHER),
    ],
)
def test_the_kind_of_an_interface_is_read_from_the_kernel(sys_net, files, kind):
    assert sys_net("x0", **files)._kind("x0") is kind


@pytest.mark.parametrize("name", ["tun0", "wg1", "ppp0"])
def test_a_vpn_is_known_by_its_name_too(sys_net, name):
    assert sys_net(name)._kind(name) is InterfaceKind.VPN
    assert sys_net(f"{name}-to-shop")._kind(f"{name}-to-shop") is InterfaceKind.ETHERNET


def test_an_adapter_is_described_by_its_model_else_its_driver(sys_net, tmp_path):
    system = sys_net("x0", **{"device/uevent": "DRIVER=iwlwifi\nPCI_ID=8086:24FD\n"})
    assert system._description("x0") == "iwlwifi"
    udev = tmp_path / "run/udev/data/n2"
    udev.parent.mkdir(parents=True)
    udev.write_text("I:123\nE:ID_MODEL_FROM_DATABASE=Wireless 8265\nE:ID_MODEL=x\n")
    assert system._description("x0") == "Wireless 8265"


def test_the_computers_model_and_proxies_are_told_without_passwords(tmp_path):
    dmi = tmp_path / "sys/class/dmi/id"
    dmi.mkdir(parents=True)
    (dmi / "sys_vendor").write_text("LENOVO\n")
    (dmi / "product_name").write_text("ThinkPad X1\n")
    environment = {
        "HTTPS_PROXY": "http://me:secret@proxy.example:3128",
        "http_proxy": "proxy.example:80",
        "NO_PROXY": "x",
    }
    computer = LinuxSystem(tmp_path, environment).computer()
    assert computer.model == "LENOVO ThinkPad X1"
    assert computer.proxies == ("proxy.example:80", "http://proxy.example:3128")
    assert computer.system
    assert computer.user_is_admin is (os.geteuid() == 0)


def test_this_computers_interfaces_are_listed_without_loopback():
    interfaces = LinuxSystem().interfaces()
    assert "lo" not in {i.name for i in interfaces}
    for interface in interfaces:
        assert interface.index > 0
        assert all("/" in address for address in interface.addresses)
        assert not any("%" in address for address in interface.addresses6)


def test_building_the_platform_is_cheap_and_loads_no_library():  # but asyncio, which both faces have
    script = """
import asyncio, sys, time
clock = time.perf_counter()
from installer_gui import platforms
platforms.current()
elapsed = time.perf_counter() - clock
print(elapsed, *{"psutil", "dns", "ntplib", "pywifi", "cryptography"} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    elapsed, *loaded = done.stdout.split()
    assert loaded == []
    assert float(elapsed) < 0.2  # far above the 20 ms that it takes, because the machine may be busy
