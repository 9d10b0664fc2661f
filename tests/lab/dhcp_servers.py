"""Four DHCP servers that sites really have, each with the same pool and the same leases of others."""

from __future__ import annotations

import json
import shutil
import socket
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from .blueprint import LAPTOP, LAPTOP_MAC, ROUTER
from .ready import listens
from .site import Site

LEASE_S = 43_200


@dataclass(frozen=True, slots=True)
class Pool:
    """The last bytes of the addresses that are given out, the laptop's among them, and of those that others hold.

    `tests` lets the server ping an address before it offers it.
    """

    first: int = 50
    last: int = 199
    taken: tuple[int, ...] = ()
    tests: bool = False

    @classmethod
    def with_free(cls, *free: int, first: int = 50, last: int = 199) -> Pool:
        """A pool of which only these are left."""
        return cls(first, last, tuple(n for n in range(first, last + 1) if n not in free))

    @property
    def leases(self) -> dict[str, str]:
        """Address -> MAC of its holder; the laptop holds its own."""
        held = {f"192.168.50.{n}": f"00:1d:c0:01:00:{n:02x}" for n in self.taken}
        return held | {LAPTOP: LAPTOP_MAC}


@dataclass(frozen=True, slots=True)
class Kind:
    """A server and how it is started; its leases are in the site's file "leases"."""

    program: str
    package: str
    start: Callable[[Site, Pool], None]

    def __str__(self) -> str:
        return self.program

    @property
    def is_missing(self) -> bool:
        return shutil.which(self.program) is None


def dnsmasq(site: Site, pool: Pool, reach: str = "") -> None:
    reach = reach or f"192.168.50.{pool.first},192.168.50.{pool.last}"
    until = int(time.time()) + LEASE_S
    leases = site.write("leases", "".join(f"{until} {mac} {address} * *\n" for address, mac in pool.leases.items()))
    path = site.write(
        "dnsmasq.conf",
        f"port=0\nuser=root\nlog-facility=-\nbind-interfaces\ninterface=br0\nexcept-interface=lo\ndhcp-authoritative\n"
        f"dhcp-leasefile={leases}\ndhcp-range={reach},{LEASE_S}s\n"
        f"dhcp-option=6,{ROUTER}\n" + ("" if pool.tests else "no-ping\n"),
    )
    command = ("dnsmasq", "--keep-in-foreground", f"--conf-file={path}", "--pid-file")
    site.start("dnsmasq", "router", *command, ready=listens("udp", "0.0.0.0", 67))


def isc(site: Site, pool: Pool) -> None:
    now = time.time()
    starts, ends = (time.strftime("%w %Y/%m/%d %H:%M:%S", time.gmtime(t)) for t in (now - 60, now + LEASE_S))
    lease = "lease {} {{ starts {}; ends {}; binding state active; hardware ethernet {}; }}\n"
    text = "".join(lease.format(address, starts, ends, mac) for address, mac in pool.leases.items())
    leases = site.write("leases", "authoring-byte-order little-endian;\n" + text)
    path = site.write(
        "dhcpd.conf",
        f"authoritative; ping-check {'true' if pool.tests else 'false'}; default-lease-time {LEASE_S};\n"
        f"max-lease-time {LEASE_S}; option routers {ROUTER}; option domain-name-servers {ROUTER};\n"
        "subnet 192.168.50.0 netmask 255.255.255.0 "
        f"{{ range 192.168.50.{pool.first} 192.168.50.{pool.last}; }}\n",
    )
    command = ("dhcpd", "-4", "-f", "-cf", path, "-lf", leases, "-pf", "/run/dhcpd.pid", "--no-pid", "br0")
    site.start("isc", "router", *command, ready=listens("udp", "0.0.0.0", 67))


def kea(site: Site, pool: Pool) -> None:
    head = "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,user_context\n"
    until = int(time.time()) + LEASE_S
    rows = (f"{address},{mac},,{LEASE_S},{until},1,0,0,,0,\n" for address, mac in pool.leases.items())
    leases = site.write("leases", head + "".join(rows))
    settings = [{"name": "routers", "data": ROUTER}, {"name": "domain-name-servers", "data": ROUTER}]
    reach = f"192.168.50.{pool.first} - 192.168.50.{pool.last}"
    subnet = {"subnet": "192.168.50.0/24", "id": 1, "pools": [{"pool": reach}], "option-data": settings}
    config = {
        "interfaces-config": {"interfaces": ["br0"]},
        "lease-database": {"type": "memfile", "persist": True, "name": leases, "lfc-interval": 0},
        "valid-lifetime": LEASE_S,
        "subnet4": [subnet],
    }
    path = site.write("kea.json", json.dumps({"Dhcp4": config}))
    site.shell("router", "mkdir -p /run/kea")
    folders = ("env", "KEA_PIDFILE_DIR=/run/kea", "KEA_LOCKFILE_DIR=/run/kea")
    site.start("kea", "router", *folders, "kea-dhcp4", "-c", path, ready=listens("udp", ROUTER, 67))


def udhcpd(site: Site, pool: Pool) -> None:
    leases = site.write("leases", "")
    rows = (
        struct.pack("!I4s6s20s2x", LEASE_S, socket.inet_aton(address), bytes.fromhex(mac.replace(":", "")), b"")
        for address, mac in pool.leases.items()
    )
    (site.outer / "leases").write_bytes(struct.pack("!q", int(time.time())) + b"".join(rows))
    path = site.write(
        "udhcpd.conf",
        f"interface br0\nstart 192.168.50.{pool.first}\nend 192.168.50.{pool.last}\nlease_file {leases}\n"
        f"pidfile /run/udhcpd.pid\nopt router {ROUTER}\nopt dns {ROUTER}\nopt subnet 255.255.255.0\n"
        f"opt lease {LEASE_S}\n",
    )
    site.start("udhcpd", "router", "busybox", "udhcpd", "-f", path, ready=listens("udp", "0.0.0.0", 67))


def odd(site: Site, behaviour: str) -> None:
    """A server that misbehaves: see odd/dhcp.py."""
    script = Path(__file__).with_name("odd") / "dhcp.py"
    command = (sys.executable, "-E", str(script), "br0", ROUTER, behaviour)
    site.start("odd", "router", *command, ready=listens("udp", "0.0.0.0", 67))


KINDS = (
    Kind("dnsmasq", "dnsmasq-base", dnsmasq),
    Kind("dhcpd", "isc-dhcp-server", isc),
    Kind("kea-dhcp4", "kea-dhcp4-server", kea),
    Kind("busybox", "busybox", udhcpd),
)
