import pytest

from installer_gui.domain.lease import Lease
from installer_gui.domain.network import Interface
from installer_gui.platforms import process
from installer_gui.platforms.linux import lease
from installer_gui.ports.unavailable import Reason, Unavailable

ETH0 = Interface("eth0", index=3, addresses=("192.168.1.57/24",))
# as NetworkManager 1.42 and systemd 252 wrote it, but for the addresses
NMCLI = """\
DHCP4.OPTION[1]:broadcast_address = 192.168.1.255
DHCP4.OPTION[2]:dhcp_client_identifier = 01:3c:52:82:00:00:57
DHCP4.OPTION[3]:dhcp_lease_time = 43200
DHCP4.OPTION[4]:dhcp_server_identifier = 192.168.1.1
DHCP4.OPTION[5]:domain_name_servers = 192.168.1.1 10.0.0.53
DHCP4.OPTION[6]:expiry = 1795658017
DHCP4.OPTION[7]:host_name = vm
DHCP4.OPTION[8]:ip_address = 192.168.1.57
DHCP4.OPTION[9]:next_server = 192.168.1.1
DHCP4.OPTION[10]:requested_broadcast_address = 1
DHCP4.OPTION[12]:requested_domain_name_servers = 1
DHCP4.OPTION[20]:requested_routers = 1
DHCP4.OPTION[28]:routers = 192.168.1.1
DHCP4.OPTION[29]:subnet_mask = 255.255.255.0
"""
NETWORKD = """\
# This is private data. Do not parse.
ADDRESS=192.168.1.57
NETMASK=255.255.255.0
ROUTER=192.168.1.1
SERVER_ADDRESS=192.168.1.2
NEXT_SERVER=192.168.1.1
BROADCAST=192.168.1.255
T1=1800
T2=3150
LIFETIME=3600
DNS=192.168.1.1 192.168.1.3
HOSTNAME=vm
CLIENTID=ff1aed90f700020000ab110033bdebf95e192c
"""
DHCLIENT = """\
lease {
  interface "eth0";
  fixed-address 192.168.9.9;
  option domain-name-servers 9.9.9.9;
}
lease {
  interface "eth0";
  fixed-address 192.168.1.57;
  option subnet-mask 255.255.255.0;
  option routers 192.168.1.1;
  option dhcp-lease-time 600;
  option domain-name-servers 192.168.1.1,192.168.1.3;
  option dhcp-server-identifier 192.168.1.1;
  option domain-name "example";
  renew 3 2026/11/25 12:00:00;
}
lease {
  interface "wlan0";
  fixed-address 192.168.1.57;
  option domain-name-servers 8.8.8.8;
}
"""


class Tools:
    """Answers in place of nmcli and ip."""

    def __init__(self, **answers):
        self.answers = answers

    def __call__(self, *command, timeout_s):
        if command[0] not in self.answers:
            raise Unavailable(Reason.UNSUPPORTED, command[0])
        return process.Finished(0, self.answers[command[0]], "")


@pytest.fixture
def tools(monkeypatch):
    def install(**answers):
        monkeypatch.setattr(process, "run", Tools(**answers))

    install()
    return install


def put(root, path, text):
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_network_manager_tells_the_whole_lease(tools, tmp_path):
    tools(nmcli=NMCLI)
    put(tmp_path, "etc/resolv.conf", "nameserver 10.9.9.9\n")
    assert lease.read(ETH0, tmp_path) == Lease(
        dhcp=True,
        server="192.168.1.1",
        routers=("192.168.1.1",),
        dns=("192.168.1.1", "10.0.0.53"),
        lease_s=43200,
        source="NetworkManager",
    )


def test_networkd_keeps_its_leases_by_index(tools, tmp_path):
    put(tmp_path, "run/systemd/netif/leases/3", NETWORKD)
    found = lease.read(ETH0, tmp_path)
    assert (found.source, found.server, found.lease_s) == ("systemd-networkd", "192.168.1.2", 3600)
    assert found.dns == ("192.168.1.1", "192.168.1.3")


def test_dhclients_last_lease_for_this_interface_and_address_counts(tools, tmp_path):
    put(tmp_path, "var/lib/dhcp/dhclient.eth0.leases", DHCLIENT)
    assert lease.read(ETH0, tmp_path) == Lease(
        dhcp=True,
        server="192.168.1.1",
        routers=("192.168.1.1",),
        dns=("192.168.1.1", "192.168.1.3"),
        lease_s=600,
        source="dhclient",
    )


def test_a_lease_of_an_earlier_network_is_none(tools, tmp_path):
    put(tmp_path, "var/lib/dhcp/dhclient.eth0.leases", DHCLIENT)
    put(tmp_path, "run/systemd/netif/leases/3", NETWORKD)
    moved = Interface("eth0", index=3, addresses=("10.1.1.1/24",))
    assert lease.read(moved, tmp_path) == Lease(dhcp=False, source="resolv.conf")


def test_a_lease_without_resolvers_is_not_filled_with_the_systems(tools, tmp_path):
    tools(nmcli="DHCP4.OPTION[1]:routers = 192.168.1.1\n")
    put(tmp_path, "etc/resolv.conf", "nameserver 10.9.9.9\n")
    assert lease.read(ETH0, tmp_path).dns == ()


def test_without_a_lease_the_systems_resolvers_stand_in_and_loopback_does_not(tools, tmp_path):
    put(
        tmp_path,
        "etc/resolv.conf",
        "# hello\nsearch x\nnameserver 127.0.0.1\nnameserver fe80::1\nnameserver 10.9.9.9\n",
    )
    assert lease.read(ETH0, tmp_path) == Lease(dhcp=False, dns=("10.9.9.9",), source="resolv.conf")


def test_the_stub_of_systemd_resolved_is_followed(tools, tmp_path):
    put(tmp_path, "etc/resolv.conf", "nameserver 127.0.0.53\n")
    put(tmp_path, "run/systemd/resolve/resolv.conf", "nameserver 192.168.1.1\n")
    assert lease.read(ETH0, tmp_path).dns == ("192.168.1.1",)


def test_an_address_for_a_limited_time_came_from_dhcp_whoever_asked_for_it(tools, tmp_path):
    tools(ip="3: eth0    inet 192.168.1.57/24 brd 192.168.1.255 scope global dynamic eth0\\       valid_lft 85 sec\n")
    assert lease.read(ETH0, tmp_path).dhcp


def test_garbage_in_the_lease_files_is_no_lease(tools, tmp_path):
    (tmp_path / "var/lib/dhcp").mkdir(parents=True)
    (tmp_path / "var/lib/dhcp/dhclient.leases").write_bytes(bytes(range(256)))
    put(tmp_path, "run/systemd/netif/leases/3", "ADDRESS\n=\n\n")
    assert lease.read(ETH0, tmp_path) == Lease(dhcp=False, source="resolv.conf")
