"""DHCP over the system's own UDP against real servers in network namespaces: the whole of two checks on it."""

import json
import os
import sys
from dataclasses import dataclass

import pytest

from ...lab.conftest import lacking
from ...lab.dhcp_servers import Pool, dnsmasq
from ...lab.site import ROOT, Site

pytestmark = pytest.mark.lab

RUN = """
import asyncio, dataclasses, socket, sys
from installer_gui.cli.main import main
from installer_gui.platforms import linux
from installer_gui.platforms.linux.binding import DeviceBind
from installer_gui.platforms.net.dhcp import SocketDhcp

def network(interface):
    made = linux.platform().network(interface)
    def open_socket(port):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
        DeviceBind(interface.name)(sock, port)
        return sock
    return dataclasses.replace(made, dhcp=SocketDhcp(interface, open_socket, made.link.resolve))

arguments = ("--interface", "eth0", "--stations", "5", "--only", "dhcp-server,dhcp-capacity", "--format", "json")
sys.exit(main(("check", *arguments), dataclasses.replace(linux.platform(), network=network)))
"""
NOTHING_COMES_IN = "table inet closed { chain in { type filter hook input priority 0; policy drop; }; }\n"
NO_BROADCAST_COMES_IN = (
    "table inet closed { chain in { type filter hook input priority 0; udp sport 67 pkttype broadcast drop; }; }\n"
)


@pytest.fixture(autouse=True, scope="module")
def laboratory():
    if reason := lacking():
        pytest.skip(reason)


@dataclass(frozen=True, slots=True)
class Told:
    codes: set[str]
    reasons: list[str | None]
    free: int | None
    sender: str


def told(pool: Pool | None, rules: str = "") -> Told:
    """What the two checks say of a pool (None: no server) on a laptop with these rules of its own."""
    with Site() as site:
        if pool is not None:
            dnsmasq(site, pool)
        if rules:
            assert not site.run("laptop", "nft", "-f", "-", text=rules).returncode
        site.ready()
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/run/home"}
        done = site.run("laptop", sys.executable, "-c", RUN, env=environment, timeout=60)
    checks = json.loads(done.stdout)["checks"]
    evidence = {name: value for check in checks for f in check["findings"] for name, value in f["evidence"].items()}
    return Told(
        {f["code"] for check in checks for f in check["findings"]},
        [check["reason"] for check in checks],
        evidence["free"]["value"] if "free" in evidence else None,
        evidence.get("mac", ""),
    )


def test_addresses_are_counted_and_the_server_is_known_by_its_mac():
    made = told(Pool())
    assert (made.free, made.sender) == (7, "b8:27:eb:00:00:01")
    assert "dhcp.enough-addresses" in made.codes


def test_a_pool_that_is_too_small_fails_once_the_server_is_known_to_be_quick():
    made = told(Pool.with_free(100, 101, 102))
    assert "dhcp.too-few-addresses" in made.codes
    assert made.free == 3


def test_an_empty_pool_is_no_missing_server():
    made = told(Pool.with_free())
    assert {"dhcp.too-few-addresses", "dhcp.answers-without-offer"} <= made.codes
    assert made.free == 0


def test_where_broadcasts_are_kept_from_us_a_relay_is_answered():
    assert told(Pool(), NO_BROADCAST_COMES_IN).free == 7


@pytest.mark.parametrize("pool", [None, Pool()], ids=["no server", "hidden"])
def test_silence_that_a_firewall_may_have_made_is_no_verdict(pool):
    made = told(pool, NOTHING_COMES_IN if pool else "")
    assert (made.codes, made.reasons) == (set(), ["unclear", "unclear"])
