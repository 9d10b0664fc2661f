"""Starts a site's servers: Debian's where they behave, odd/*.py where they must not."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from . import pki
from .blueprint import (
    BOX_PORT,
    CLOUDFLARE,
    GOOGLE,
    HUB,
    HUB_HOST,
    LAPTOP,
    LAPTOP_MAC,
    LOGIN_PORT,
    POOL,
    POOL_HOST,
    PROBE,
    PROBE_HOST,
    ROUTER,
    WEB,
    Blueprint,
    Dhcp,
    Server,
)
from .pki import Shown
from .ready import listens
from .site import Ready, Site

ODD = Path(__file__).with_name("odd")


def python(script: Path, *arguments: str) -> tuple[str, ...]:
    return sys.executable, "-E", str(script), *arguments


def dnsmasq(site: Site, name: str, namespace: str, lines: str, ready: Ready) -> None:
    common = "no-resolv\nno-hosts\nlog-facility=-\nuser=root\nbind-interfaces\n"
    path = site.write(f"{name}.conf", common + lines)
    site.start(name, namespace, "dnsmasq", "--keep-in-foreground", f"--conf-file={path}", "--pid-file", ready=ready)


def public_resolvers(site: Site) -> None:
    """8.8.8.8 and 1.1.1.1. The hub is an alias, as names in that cloud are; the software does not tell its name."""
    records = [f"cname={HUB_HOST},gateway.lab-azure.net", f"host-record=gateway.lab-azure.net,{HUB}"]
    records += [f"host-record={host},{address}" for host, address in {**WEB, PROBE_HOST: PROBE}.items()]
    records += [f"host-record={POOL_HOST},{address}" for address in POOL]
    lines = f"listen-address={GOOGLE},{CLOUDFLARE}\nexcept-interface=lo\nlocal=/#/\nno-ident\n" + "\n".join(records)
    dnsmasq(site, "public-dns", "internet", lines, listens("udp", CLOUDFLARE, 53))


def router(site: Site, plan: Blueprint) -> None:
    """DHCP and names for the LAN."""
    lines = f"interface=br0\nexcept-interface=lo\nserver={GOOGLE}\n{plan.resolver}\n"
    lines += dhcp(site, plan.dhcp) if plan.dhcp else ""
    names = listens("udp", ROUTER, 53)
    if plan.odd_resolver:
        command = python(ODD / "resolver.py", ROUTER, plan.odd_resolver, GOOGLE)
        site.start("odd-resolver", "router", *command, ready=names)
        lines += f"port=0\ndhcp-option=6,{ROUTER}\n"  # without names of its own it would not name itself
    dnsmasq(site, "router", "router", lines, listens("udp", "0.0.0.0", 67) if plan.dhcp else names)


def dhcp(site: Site, pool: Dhcp) -> str:
    """The DHCP lines, and the leases that other devices and the laptop hold already."""
    held = {LAPTOP: LAPTOP_MAC}
    held |= {f"192.168.50.{n}": f"00:1d:c0:01:00:{n:02x}" for n in pool.held}
    until = int(time.time()) + 40_000
    leases = site.write("leases", "".join(f"{until} {mac} {ip} * *\n" for ip, mac in held.items()))
    reach = f"192.168.50.{pool.first},192.168.50.{pool.last},{pool.lease}"
    return f"dhcp-authoritative\ndhcp-range={reach}\ndhcp-leasefile={leases}\n{pool.lines}\n"


def time_servers(site: Site, pool: tuple[str, ...]) -> None:
    conf = "allow all\nlocal stratum 2\ncmdport 0\nbindcmdaddress /\npidfile /run/chronyd.pid\nuser root\n"
    path = site.write("chrony.conf", conf)
    for address, behaviour in zip(POOL, pool, strict=True):
        if behaviour:
            site.start(
                f"time-{address}",
                "internet",
                *python(ODD / "timeserver.py", address, behaviour),
                ready=listens("udp", address, 123),
            )
    if "" in pool:
        site.start("chrony", "internet", "chronyd", "-d", "-x", "-f", path, ready=listens("udp", POOL[0], 123))


def hub(site: Site, server: Server, days: float) -> None:
    if server.odd:
        return odd(site, "hub", "internet", (HUB, 8883), server, (HUB_HOST,), days)
    chain, key = certificate(site, "hub", server.shown, (HUB_HOST,), days)
    path = site.write(
        "mosquitto.conf",
        f"listener 8883 {HUB}\ncertfile {chain}\nkeyfile {key}\ntls_version tlsv1.2\n"
        "allow_anonymous false\npersistence false\nuser root\nlog_type all\n",
    )
    return site.start("hub", "internet", "mosquitto", "-c", path, ready=listens("tcp", HUB, 8883))


def web(site: Site, plan: Blueprint) -> None:
    """The three hosts, and the one that tells whether there is a login page."""
    hosts = {host: plan.web.get(host, Server()) for host in WEB}
    pages = [f'server {{ listen {PROBE}:80; location / {{ return 200 "Microsoft Connect Test"; }} }}']
    for host, server in hosts.items():
        if server is None:
            continue
        if server.odd:
            odd(site, host, "internet", (WEB[host], 443), server, (host,), plan.days)
        else:
            pages.append(page(site, host, server.shown, plan.days))
    nginx(site, pages)


def page(site: Site, host: str, kind: Shown, days: float) -> str:
    """A host that answers 404 to everything, as nginx is told of it."""
    chain, key = certificate(site, host, kind, (host,), days)
    tls = f"ssl_certificate {chain}; ssl_certificate_key {key};"
    return f"server {{ listen {WEB[host]}:443 ssl; server_name {host}; {tls} location / {{ return 404; }} }}"


def nginx(site: Site, pages: list[str]) -> None:
    folders = "".join(f"{kind}_temp_path /run/nginx;" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    conf = f"""
        user root; daemon off; worker_processes 1; pid /run/nginx.pid; error_log stderr;
        events {{ worker_connections 256; }}
        http {{ access_log off; {folders} {" ".join(pages)} }}"""
    path = site.write("nginx.conf", conf)
    site.start("web", "internet", "nginx", "-e", "stderr", "-c", path, ready=listens("tcp", PROBE, 80))


def rogue(site: Site, lines: str) -> None:
    """A second DHCP server, behind the cable of other devices."""
    leases = site.write("rogue.leases", "")
    lines = f"port=0\ninterface=eth0\nno-ping\ndhcp-leasefile={leases}\n{lines}\n"
    dnsmasq(site, "rogue", "others", lines, listens("udp", "0.0.0.0", 67))


def login_page(site: Site, url: str) -> None:
    odd(site, "login", "router", (ROUTER, LOGIN_PORT), Server(odd=f"login:{url}"), ("login.example",), 0.0)


def middlebox(site: Site, server: Server, days: float) -> None:
    odd(site, "box", "router", (ROUTER, BOX_PORT), server, (HUB_HOST, *WEB), days)


def odd(
    site: Site, name: str, namespace: str, at: tuple[str, int], server: Server, hosts: tuple[str, ...], days: float
) -> None:
    chain, key = certificate(site, name, server.shown, hosts, days)
    address, port = at
    command = python(ODD / "stream.py", address, str(port), server.odd or "polite", chain, key)
    site.start(name, namespace, *command, ready=listens("tcp", address, port))


def certificate(site: Site, name: str, kind: Shown, hosts: tuple[str, ...], days: float) -> tuple[str, str]:
    chain, key = pki.shown(kind, *hosts, days=days)
    return site.write(f"{name}.chain.pem", chain), site.write(f"{name}.key.pem", key)
