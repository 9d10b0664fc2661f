"""What a site looks like, as data: everything that is not said here is healthy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .pki import Shown
from .wire import PLAIN, Wire

LAPTOP, LAPTOP_MAC = "192.168.50.57", "3c:52:82:00:00:57"
ROUTER = "192.168.50.1"
GOOGLE, CLOUDFLARE = "8.8.8.8", "1.1.1.1"
HUB_HOST, HUB = "zapcloud.azure-devices.net", "203.0.113.10"
WEB = {
    "zapcloud-api.azurewebsites.net": "203.0.113.21",
    "devices.zaptec.com": "203.0.113.22",
    "api.zaptec.com": "203.0.113.23",
}
POOL_HOST = "no.pool.ntp.org"
POOL = ("203.0.113.101", "203.0.113.102", "203.0.113.103", "203.0.113.104")
PROBE_HOST, PROBE = "www.msftconnecttest.com", "203.0.113.80"
SINKHOLE = "203.0.113.66"
BOX_PORT, LOGIN_PORT = 9443, 9080


@dataclass(frozen=True, slots=True)
class Server:
    """A TLS server in the internet; `odd` names a behaviour of odd/stream.py in place of mosquitto or nginx."""

    shown: Shown = Shown.GOOD
    odd: str = ""


@dataclass(frozen=True, slots=True)
class Dhcp:
    """The router's DHCP server. `taken` addresses of its pool are leased to others, from the first one on."""

    first: int = 100
    last: int = 199
    taken: int = 0
    scattered: tuple[int, ...] = ()  # if any, only these are free
    lease: str = "12h"
    lines: str = "no-ping"

    @property
    def held(self) -> tuple[int, ...]:
        """The last bytes of the addresses that others hold."""
        pool = range(self.first, self.last + 1)
        return tuple(n for n in pool if n not in self.scattered) if self.scattered else tuple(pool[: self.taken])


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A site.

    firewall       nft text for the router
    resolver       lines for its dnsmasq; odd_resolver: a behaviour of odd/resolver.py in dnsmasq's place
    rogue          lines of a second DHCP server, among `others`
    hub, web       the cloud's servers, None where there is none
    pool           behaviours of odd/timeserver.py, "" for chrony
    box            a middlebox in the router, on BOX_PORT
    login          where a login page on LOGIN_PORT sends everybody
    phone, vpn     the laptop has a second and better way out; a VPN that swallows everything
    lease_dns      the resolvers in the laptop's lease; None: it has no lease, but a fixed configuration
    router, others, laptop    shell scripts, run there when the networks stand
    environment    variables for the product
    days           how far the world's certificates are ahead of the computer's clock
    """

    wire: Wire = PLAIN
    firewall: str = ""
    resolver: str = ""
    odd_resolver: str = ""
    dhcp: Dhcp | None = Dhcp()
    rogue: str = ""
    hub: Server | None = Server()
    web: Mapping[str, Server | None] = field(default_factory=dict)
    pool: tuple[str, ...] = ("", "", "", "")
    box: Server | None = None
    login: str = ""
    phone: bool = False
    vpn: bool = False
    lease_dns: tuple[str, ...] | None = (ROUTER,)
    router: str = ""
    others: str = ""
    laptop: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    days: float = 0.0


def forward(*rules: str) -> str:
    """Rules for what the laptop sends through the router."""
    return chain("forward", "filter hook forward priority 0", rules)


def incoming(*rules: str) -> str:
    """Rules for what is sent to the router itself."""
    return chain("incoming", "filter hook input priority 0", rules)


def diverted(*rules: str) -> str:
    """Rules that turn the laptop's packets to somebody else."""
    return chain("diverted", "nat hook prerouting priority -100", tuple(f'iifname "br0" {rule}' for rule in rules))


def to_box(match: str) -> str:
    """A rule for `diverted`: the middlebox takes it."""
    return f"{match} dnat ip to {ROUTER}:{BOX_PORT}"


def chain(name: str, hook: str, rules: tuple[str, ...], family: str = "inet") -> str:
    """A table with one chain, as nft reads it."""
    lines = "\n".join(f"    {rule}" for rule in rules)
    return f"table {family} {name} {{\n  chain {name} {{\n    type {hook}\n{lines}\n  }}\n}}\n"
