"""The laptop's own way onto the network and out of it."""

from __future__ import annotations

from ..blueprint import BOX_PORT, GOOGLE, LOGIN_PORT, ROUTER, WEB, Blueprint, Server, chain, diverted, forward, to_box
from ..pki import Shown
from ..wire import Wire
from .healthy import NO_ICMP
from .names import DNS, NO_LAN_DNS, NO_PUBLIC_DNS, lan
from .situation import STUCK, Situation, failed, remarked

OUTSIDE = ("ping", "hub tcp", "8.8.8.8 hub", "1.1.1.1 hub", "ntp 1", "probe")
LOST = dict.fromkeys(OUTSIDE, "timeout")
BEYOND = {"dns": "warn", "ntp": "fail", "mqtt": "fail", "https": "fail"}
CUT = ("link.no-way-out", "names.public-blocked", "time.blocked")
NO_NAMES = ("names.silent", "names.unresolved", "names.public-blocked")
NO_WAY_TO_ASK = {"dns": "fail", "ntp": STUCK, "mqtt": STUCK, "https": STUCK}
TWICE = "ip address add 192.168.50.57/24 dev eth0"
LOGIN_PAGE = f"tcp dport 80 dnat ip to {ROUTER}:{LOGIN_PORT}"
LOGIN = diverted(
    LOGIN_PAGE,
    to_box("tcp dport { 443, 8883 }"),
) + forward("drop")
KNOWN_ROUTER = f"ip neigh replace {ROUTER} lladdr b8:27:eb:00:00:01 dev eth0 nud permanent"  # so nothing else fails
PHONE_FARTHER = "ip route del default via 172.20.10.1; ip route add default via 172.20.10.1 metric 500"
OUT = "{ type filter hook output priority 0; }"
IPV6_ROUTER = "echo 0 > /proc/sys/net/ipv6/conf/br0/disable_ipv6; ip -6 address add fd00::1/64 dev br0"
ONLY_IPV6 = """
    ip address flush dev eth0
    echo 0 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6
    ip -6 address add fd00::57/64 dev eth0
    ip -6 route add default via fd00::1
"""


def kill_switch(name: str, rule: str, *, root: bool = True) -> Situation:
    """The site is good, but the laptop's VPN lets nothing out beside itself: nobody can say anything about the site."""
    blocked = dict.fromkeys(("link", "dns", "ntp", "mqtt", "https"), "not-measured")
    return Situation(
        name,
        Blueprint(
            vpn=True,
            laptop=f"nft 'add table inet kill; add chain inet kill out {OUT}'; nft 'add rule inet kill out {rule}'",
        ),
        {"site hub tcp": "timeout"} if "reject" not in rule else {"site hub tcp": "refused"},
        verdict="incomplete",
        areas={"computer": "warn", **blocked, **({} if root else {"dhcp": "not-measured"})},
        codes=("computer.vpn",),
        root=root,
    )


SITUATIONS = (
    Situation(
        "no-default-route",
        Blueprint(laptop="ip route del default"),
        dict.fromkeys(OUTSIDE, "network is unreachable"),
        **failed("link", "link.no-default-route", *CUT, "tcp.unreachable", **BEYOND),
    ),
    Situation(
        "gateway-does-not-exist",
        Blueprint(laptop="ip route replace default via 192.168.50.254 dev eth0 metric 100"),
        LOST,
        **failed("link", "link.gateway-silent", *CUT, "tcp.unreachable", **BEYOND),
    ),
    Situation("no-way-out", Blueprint(firewall=forward("drop")), LOST, **failed("link", *CUT, "tcp.dropped", **BEYOND)),
    Situation(
        "address-taken-twice",
        Blueprint(others=TWICE),
        {"own address": "00:1d:c0:00:00:99"},
        **failed("link", "link.address-taken"),
    ),
    Situation(
        "router-address-taken-twice",
        Blueprint(others=f"ip address add {ROUTER}/24 dev eth0", laptop=KNOWN_ROUTER),
        {"router's owners": "00:1d:c0:00:00:99 b8:27:eb:00:00:01"},
        **failed("link", "link.gateway-twice"),
    ),
    Situation(
        "captive-portal",
        Blueprint(firewall=LOGIN, box=Server(Shown.SELF_SIGNED), login="http://login.hotel.example/start"),
        {"probe": "302", "hub mqtt": "self-signed certificate", "ntp 1": "timeout"},
        **failed("link", "portal.found", "names.public-blocked", "time.blocked", "tls.self-signed", **BEYOND),
    ),
    Situation(
        "login-page-before-plain-web-alone",
        Blueprint(firewall=diverted(LOGIN_PAGE), login="http://login.hotel.example/start"),
        {"probe": "302"},
        **failed("link", "portal.found"),
    ),
    Situation(
        "every-name-leads-to-the-routers-login-page",
        Blueprint(
            resolver=f"address=/#/{ROUTER}",
            firewall=chain("login", "nat hook prerouting priority -100", (f"ip daddr {ROUTER} {LOGIN_PAGE}",)),
            login="http://login.hotel.example/start",
        ),
        lan(ROUTER),
        **failed(
            "link",
            "portal.found",
            "names.misled",
            "names.own-time-server",
            "names.invented-answered",
            "time.blocked",
            dns="fail",
            ntp="fail",
        ),
    ),
    Situation(
        "icmp-blocked-and-questions-lost",
        Blueprint(firewall=NO_ICMP + forward(f"ip daddr {GOOGLE} udp dport 53 numgen inc mod 3 == 0 drop")),
        {"ping": "timeout", "gateway ping": "timeout"},
        **remarked("link", "link.questions-lost"),
    ),
    Situation(
        "only-ipv6",
        Blueprint(router=IPV6_ROUTER, laptop=ONLY_IPV6, lease_dns=None, dhcp=None),
        dict.fromkeys(OUTSIDE, "network is unreachable") | {"dhcp offers": "silence"},
        **failed(
            "link", "link.ipv6-only", "link.no-way-out", "dhcp.no-server", *NO_NAMES, dhcp="fail", **NO_WAY_TO_ASK
        ),
    ),
    Situation(
        "no-address-because-no-dhcp",
        Blueprint(
            laptop="ip address flush dev eth0; ip address add 169.254.7.8/16 dev eth0", lease_dns=None, dhcp=None
        ),
        dict.fromkeys(OUTSIDE, "network is unreachable") | {"dhcp offers": "silence"},
        **failed(
            "link", "link.no-address", "link.no-way-out", "dhcp.no-server", *NO_NAMES, dhcp="fail", **NO_WAY_TO_ASK
        ),
    ),
    Situation(
        "slow-way-out",
        Blueprint(wire=Wire(delay_ms=260)),
        verdict="passed-with-remarks",
        areas={"link": "warn", "dns": "warn"},
        codes=("link.far", "names.slow"),
    ),
    Situation(
        "site-dead-but-phone-works",
        Blueprint(firewall=forward("drop"), phone=True),
        {"site hub tcp": "timeout"},
        **failed("link", "computer.other-way-preferred", *CUT, "tcp.dropped", computer="warn", **BEYOND),
    ),
    Situation(
        "phone-beside-a-good-site",
        Blueprint(phone=True),
        **remarked("computer", "computer.other-way-preferred"),
    ),
    Situation(
        "phone-beside-a-good-site-but-farther",
        Blueprint(phone=True, laptop=PHONE_FARTHER),
        **remarked("computer", "computer.second-way-out"),
    ),
    Situation(
        "vpn-beside-a-good-site",
        Blueprint(vpn=True),
        {"hub tcp": "timeout"},
        **remarked("computer", "computer.vpn"),
    ),
    kill_switch("vpn-lets-nothing-out", 'oifname "eth0" drop'),
    kill_switch("vpn-refuses-everything-else", 'oifname "eth0" reject'),
    kill_switch("vpn-lets-nothing-out-but-to-the-lan", 'oifname "eth0" ip daddr != 192.168.50.0/24 drop'),
    kill_switch("vpn-lets-nothing-out-of-an-ordinary-user", 'oifname "eth0" drop', root=False),
    Situation(
        "proxy-beside-a-good-site",
        Blueprint(environment={"https_proxy": f"http://{ROUTER}:{BOX_PORT}"}),
        **remarked("computer", "computer.proxy"),
    ),
    Situation(
        "only-a-proxy-leads-out",
        Blueprint(
            firewall=forward("tcp dport { 80, 443, 8883 } drop"),
            environment={"https_proxy": f"http://{ROUTER}:{BOX_PORT}"},
        ),
        {"hub tcp": "timeout", **{f"{host} tcp": "timeout" for host in WEB}},
        **failed("mqtt", "computer.proxy", "tcp.dropped", computer="warn", https="fail"),
    ),
    Situation("ordinary-user", root=False, verdict="incomplete", areas={"dhcp": "not-measured"}),
    Situation(
        "ordinary-user-without-dhcp-server",
        Blueprint(dhcp=None),
        {"dhcp offers": "silence"},
        root=False,
        verdict="incomplete",
        areas={"dhcp": "not-measured"},
    ),
    Situation(
        "ordinary-user-with-a-taken-address",
        Blueprint(others=TWICE),
        {"own address": "00:1d:c0:00:00:99"},
        root=False,
        verdict="incomplete",
        areas={"dhcp": "not-measured"},
    ),
    Situation(
        "ordinary-user-with-dead-dns",
        Blueprint(firewall=NO_LAN_DNS),
        lan("timeout"),
        root=False,
        verdict="incomplete",
        areas={"dhcp": "not-measured", "dns": "warn"},
        codes=("names.silent",),
    ),
    Situation(
        "ordinary-user-without-names",
        Blueprint(firewall=NO_LAN_DNS + forward(f"{DNS} drop")),
        lan("timeout") | NO_PUBLIC_DNS,
        root=False,
        **failed("dns", *NO_NAMES, link="not-measured", dhcp="not-measured", ntp=STUCK, mqtt=STUCK, https=STUCK),
    ),
    Situation(
        "ordinary-user-and-hub-dropped",
        Blueprint(firewall=forward("tcp dport 8883 drop")),
        {"hub tcp": "timeout"},
        root=False,
        **failed("mqtt", "tcp.dropped", dhcp="not-measured"),
    ),
)
