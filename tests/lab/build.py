"""Builds a site from its blueprint, with every server listening."""

from __future__ import annotations

from pathlib import Path

from . import pki, servers
from .blueprint import CLOUDFLARE, GOOGLE, HUB, LAPTOP, POOL, PROBE, ROUTER, WEB, Blueprint, chain
from .ready import connected
from .site import Site
from .wire import __file__ as wire

MASQUERADE = chain("outgoing", "nat hook postrouting priority 100", ('oifname "wan0" masquerade',))


def build(plan: Blueprint) -> Site:
    """A whole site, a fraction of a second later; the caller closes it."""
    site = Site()
    try:
        _line(site, plan)
        _laptop(site, plan)
        site.shell("router", plan.router)
        site.shell("others", plan.others)
        _servers(site, plan)
        site.ready()
    except BaseException:
        site.close()
        raise
    return site


def _line(site: Site, plan: Blueprint) -> None:
    addresses = (GOOGLE, CLOUDFLARE, HUB, PROBE, *WEB.values(), *POOL)
    site.shell("internet", "\n".join(f"ip address add {address}/32 dev lo" for address in addresses))
    done = site.run("router", "nft", "-f", "-", text=MASQUERADE + plan.firewall)
    if done.returncode:
        raise RuntimeError(done.stderr)
    command = servers.python(Path(wire), "router", "internet", *plan.wire.arguments)
    site.start("wire", "internet", *command, ready=connected("wan0"))


def _laptop(site: Site, plan: Blueprint) -> None:
    if plan.phone:
        _phone(site)
    if plan.vpn:
        _vpn(site)
    if plan.lease_dns is not None:
        folder = site.outer.parents[1] / "var/lib/dhcp"
        (folder / "dhclient.eth0.leases").write_text(_lease(plan.lease_dns))
    site.shell("laptop", plan.laptop)


def _lease(resolvers: tuple[str, ...]) -> str:
    """The laptop's lease, as dhclient keeps it."""
    options = {"routers": ROUTER, "dhcp-server-identifier": ROUTER, "domain-name-servers": ", ".join(resolvers)}
    lines = [f"  option {name} {value};" for name, value in options.items() if value]
    held = ('  interface "eth0";', f"  fixed-address {LAPTOP};", "  option dhcp-lease-time 43200;")
    return "\n".join(("lease {", *held, *lines, "}", ""))


def _phone(site: Site) -> None:
    """A way out beside the site's, and one that the laptop likes better."""
    site.shell("laptop", "ip link add usb0 type veth peer name usb0 netns /run/netns/internet; ip link set usb0 up")
    site.shell("internet", "ip link set usb0 up; ip address add 172.20.10.1/28 dev usb0")
    site.shell("laptop", "ip address add 172.20.10.2/28 dev usb0; ip route add default via 172.20.10.1 metric 50")


def _vpn(site: Site) -> None:
    """A full tunnel: two routes that together are narrower than the default route."""
    site.shell("laptop", "ip tuntap add tun0 mode tun; ip address add 10.8.0.2/24 dev tun0; ip link set tun0 up")
    site.shell("laptop", "for half in 0.0.0.0/1 128.0.0.0/1; do ip route add $half dev tun0; done")
    site.start("vpn", "laptop", *servers.python(servers.ODD / "tunnel.py", "tun0"), ready=connected("tun0"))


def _servers(site: Site, plan: Blueprint) -> None:
    site.write("roots.pem", pki.root_pem())
    servers.public_resolvers(site)
    servers.router(site, plan)
    servers.time_servers(site, plan.pool)
    servers.web(site, plan)
    if plan.hub is not None:
        servers.hub(site, plan.hub, plan.days)
    if plan.box is not None:
        servers.middlebox(site, plan.box, plan.days)
    if plan.login:
        servers.login_page(site, plan.login)
    if plan.rogue:
        servers.rogue(site, plan.rogue)
