"""The laptop's own way onto the network and out of it."""

from __future__ import annotations

from ..blueprint import BOX_PORT, LOGIN_PORT, ROUTER, WEB, Blueprint, Server, diverted, forward, to_box
from ..pki import Shown
from ..wire import Wire
from .situation import STUCK, Situation

EVERYWHERE = {"ntp": STUCK, "mqtt": STUCK, "https": STUCK}
LOST = {
    "ping": "timeout",
    "hub tcp": "timeout",
    "8.8.8.8 hub": "timeout",
    "1.1.1.1 hub": "timeout",
    "ntp 1": "timeout",
    "probe": "timeout",
}
LOGIN = diverted(
    f"tcp dport 80 dnat ip to {ROUTER}:{LOGIN_PORT}",
    to_box("tcp dport { 443, 8883 }"),
) + forward("drop")

SITUATIONS = (
    Situation(
        "no-default-route",
        Blueprint(laptop="ip route del default"),
        dict.fromkeys(LOST, "network is unreachable"),
        "failed",
        {"link": "fail", "dns": "warn or fail", **EVERYWHERE},
    ),
    Situation(
        "gateway-does-not-exist",
        Blueprint(laptop="ip route replace default via 192.168.50.254 dev eth0 metric 100"),
        {"hub tcp": "timeout"},
        "failed",
        {"link": "fail", "dns": "warn or fail", **EVERYWHERE},
    ),
    Situation(
        "no-way-out",
        Blueprint(firewall=forward("drop")),
        LOST,
        "failed",
        {"link": "fail", "dns": "warn or fail", **EVERYWHERE},
    ),
    Situation(
        "address-taken-twice",
        Blueprint(others="ip address add 192.168.50.57/24 dev eth0"),
        {"own address": "00:1d:c0:00:00:99"},
        "failed",
        {"link": "fail"},
    ),
    Situation(
        "captive-portal",
        Blueprint(firewall=LOGIN, box=Server(Shown.SELF_SIGNED), login="http://login.hotel.example/start"),
        {"probe": "302", "hub mqtt": "self-signed certificate", "ntp 1": "timeout"},
        "failed",
        {"link": "fail", "dns": "warn or fail", "ntp": "fail", "mqtt": "fail", "https": "fail"},
    ),
    Situation(
        "slow-way-out",
        Blueprint(wire=Wire(delay_ms=250)),
        {},
        "passed-with-remarks",
        {"link": "warn", "dns": "pass or warn"},
    ),
    Situation(
        "site-dead-but-phone-works",
        Blueprint(firewall=forward("drop"), phone=True),
        {"site hub tcp": "timeout"},
        "failed",
        {"computer": "warn", "link": "fail", "dns": "warn or fail", **EVERYWHERE},
    ),
    Situation(
        "phone-beside-a-good-site",
        Blueprint(phone=True),
        {},
        "passed-with-remarks",
        {"computer": "warn"},
    ),
    Situation(
        "vpn-beside-a-good-site",
        Blueprint(vpn=True),
        {"hub tcp": "timeout"},
        "passed-with-remarks",
        {"computer": "warn"},
    ),
    Situation(
        "only-a-proxy-leads-out",
        Blueprint(
            firewall=forward("tcp dport { 80, 443, 8883 } drop"),
            environment={"https_proxy": f"http://{ROUTER}:{BOX_PORT}"},
        ),
        {"hub tcp": "timeout", **{f"{host} tcp": "timeout" for host in WEB}},
        "failed",
        {"computer": "warn", "link": "pass or fail", "mqtt": "fail", "https": "fail"},
    ),
    Situation(
        "ordinary-user",
        root=False,
        verdict="incomplete",
        areas={"dhcp": "not-measured", "link": "pass or not-measured"},
    ),
)
