"""ARP, ping and bound sockets among real network namespaces."""

import ast
import os
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from ...lab.conftest import lacking
from ...lab.product import NOBODY
from ...lab.site import ROOT, Site

pytestmark = pytest.mark.lab

ROUTER_MAC, OTHER_MAC = "b8:27:eb:00:00:01", "00:1d:c0:00:00:99"
TURNS = Path(__file__).parents[2] / "lab" / "odd" / "neighbour.py"
INTERNET = "203.0.113.5"
SCRIPT = """
import asyncio, sys
from installer_gui.domain.stream import TcpFailure
from installer_gui.domain.network import Interface
from installer_gui.platforms import linux
from installer_gui.ports.unavailable import Unavailable
platform = linux.platform()
interface = next(i for i in platform.system.interfaces() if i.name == "eth0")
network = platform.network(interface)
link, connect = network.link, network.connect

async def reached(port):
    outcome = await connect.tcp("203.0.113.5", port, 1.0)
    if isinstance(outcome, TcpFailure):
        return outcome.cause.value
    outcome.close()
    return "connected"

async def unbound(port):
    try:
        await asyncio.open_connection("203.0.113.5", port)
    except OSError as error:
        return "refused" if isinstance(error, ConnectionRefusedError) else str(error)

async def names():
    return [i.name for i in platform.system.interfaces()]

async def gone():
    return await platform.network(Interface("usb9")).connect.tcp("203.0.113.5", 80, 1.0)

async def main():
    try:
        return await {expression}
    except Unavailable as unavailable:
        return unavailable.reason.value

print(repr(asyncio.run(main())))
"""


RULES = """
nft -f - <<'END'
table inet test {
    chain forward {
        type filter hook forward priority 0
        tcp dport 1 reject with icmp admin-prohibited
        tcp dport 2 reject with icmp net-unreachable
        tcp dport 3 reject with tcp reset
        tcp dport 4 drop
    }
}
END
"""


@pytest.fixture(scope="module")
def site():
    if reason := lacking():
        pytest.skip(reason)
    with Site() as made:
        made.shell("router", RULES)
        made.shell("others", "ip address add 192.168.50.99/24 dev eth0")
        yield made


def ask(site, expression, root=True):
    user = () if root else NOBODY
    done = site.run(
        "laptop",
        *user,
        sys.executable,
        "-c",
        SCRIPT.replace("{expression}", expression),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return ast.literal_eval(done.stdout)


@pytest.mark.parametrize("root", [True, False])
def test_the_gateway_is_known_by_its_mac(site, root):
    assert ask(site, "link.resolve('192.168.50.1', 1.0)", root) == ROUTER_MAC
    assert ask(site, "link.resolve('192.168.50.77', 0.3)", root) is None


def test_an_address_of_our_own_that_nobody_else_has_is_ours(site):
    assert ask(site, "link.owners(interface.address, 0.3)") == ()


@contextmanager
def claimed(site, address):
    """Somebody else has the address as well; afterwards nobody remembers it."""
    site.shell("others", f"ip address add {address}/32 dev eth0")
    try:
        yield
    finally:
        site.shell("others", f"ip address del {address}/32 dev eth0")
        site.shell("laptop", "ip neighbour flush dev eth0")
        site.shell("router", "ip neighbour flush dev br0")


def test_another_computer_with_our_address_is_found(site):
    with claimed(site, "192.168.50.57"):
        assert ask(site, "link.owners(interface.address, 1.0)") == (OTHER_MAC,)


def test_all_who_answer_for_the_gateway_are_heard(site):
    assert ask(site, "link.owners('192.168.50.1', 0.6)") == (ROUTER_MAC,)
    with claimed(site, "192.168.50.1"):
        assert set(ask(site, "link.owners('192.168.50.1', 0.6)")) == {ROUTER_MAC, OTHER_MAC}


def test_routers_that_answer_in_turn_are_not_two_owners_of_one_address(site):
    command = (sys.executable, "-E", str(TURNS), "eth0", "192.168.50.66", "02:00:5e:00:00:01", "02:00:5e:00:00:02")
    site.start("turns", "others", *command, ready=lambda _: True)
    for _ in range(20):
        if found := ask(site, "link.owners('192.168.50.66', 0.9)"):
            break
    assert len(found) == 1


def test_a_second_adapter_of_ours_on_the_same_network_is_not_somebody_else(site):
    site.shell("laptop", "ip link add wlan0 type veth peer name lan9 netns router; ip link set wlan0 up")
    site.shell("router", "ip link set lan9 master br0 up")
    try:
        assert ask(site, "link.owners(interface.address, 0.6)") == ()
    finally:
        site.shell("laptop", "ip link del wlan0")


def test_without_rights_a_duplicate_cannot_be_looked_for(site):
    assert ask(site, "link.owners(interface.address, 1.0)", root=False) == "needs-privilege"


def test_ping_counts_what_came_back(site):
    assert len(ask(site, "link.ping('192.168.50.1', 5, 1.0)")) == 5
    assert ask(site, "link.ping('192.168.50.77', 2, 0.3)") == ()


def test_ping_needs_the_systems_permission(site):
    assert ask(site, "link.ping('192.168.50.1', 2, 0.3)", root=False) == "needs-privilege"
    site.shell("laptop", "echo '0 2147483647' > /proc/sys/net/ipv4/ping_group_range")
    assert len(ask(site, "link.ping('192.168.50.1', 2, 1.0)", root=False)) == 2


def test_a_firewall_tells_by_its_answer_what_it_is(site):
    causes = {port: ask(site, f"reached({port})") for port in (1, 2, 3, 4)}
    assert causes == {1: "prohibited", 2: "unreachable", 3: "refused", 4: "dropped"}


def test_the_computers_own_packet_filter_is_told_from_the_sites(site):
    site.shell("laptop", "nft add table inet own; nft add chain inet own out '{ type filter hook output priority 0; }'")
    site.shell("laptop", "nft add rule inet own out tcp dport 9 reject with icmp admin-prohibited")
    assert ask(site, "reached(9)") in ("prohibited", "refused")


@pytest.fixture
def phone(site):
    """A second way out with a better route: a phone behind which everything is there, if only closed."""
    site.shell(
        "laptop",
        f"""
        ip link add usb0 type veth peer name usb1 netns others
        ip address add 192.168.42.2/24 dev usb0
        ip link set usb0 up
        ip -n others address add 192.168.42.129/24 dev usb1
        ip -n others address add {INTERNET}/32 dev usb1
        ip -n others link set usb1 up
        ip route add default via 192.168.42.129 dev usb0 metric 10
        """,
    )
    yield
    site.shell("laptop", "ip link del usb0")


@pytest.mark.parametrize("root", [True, False])
def test_the_better_way_out_does_not_hide_what_the_site_says(site, phone, root):
    assert ask(site, "unbound(2)", root) == "refused"
    assert ask(site, "reached(2)", root) == "unreachable"


def test_the_interface_with_the_best_route_comes_first(site, phone):
    assert ask(site, "names()") == ["usb0", "eth0"]


def test_an_interface_that_vanishes_is_gone(site):
    assert ask(site, "gone()") == "interface-gone"
