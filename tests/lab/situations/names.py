"""Resolvers that are silent, lie or are not who they seem to be."""

from __future__ import annotations

from ..blueprint import CLOUDFLARE, GOOGLE, HUB_HOST, PROBE_HOST, ROUTER, Blueprint, diverted, forward, incoming
from .situation import STUCK, Expected, Situation

DNS = "meta l4proto { tcp, udp } th dport 53"
NO_LAN_DNS = incoming(f"{DNS} drop")
DEAD = {f"lan dns {what}": "timeout" for what in ("hub", "api", "pool", "invented")}
REMARKED: Expected = {"verdict": "passed-with-remarks", "areas": {"dns": "warn"}}


def lying(answer: str, line: str) -> Situation:
    """The LAN's resolver has an answer of its own for the hub: a station that got one looks no further."""
    name = f"hub-resolves-to-{answer.lower().replace('.', '-')}"
    return Situation(name, Blueprint(resolver=line), {"lan dns hub": answer}, "failed", {"dns": "fail"})


def odd(behaviour: str, fact: str) -> Situation:
    facts = {f"lan dns {what}": fact for what in ("hub", "api", "pool", "invented")}
    name = f"lan-dns-{behaviour.partition(':')[0]}"
    return Situation(name, Blueprint(odd_resolver=behaviour), facts, **REMARKED)


SITUATIONS = (
    Situation("lan-dns-dead", Blueprint(firewall=NO_LAN_DNS), DEAD, **REMARKED),
    Situation(
        "lan-dns-port-closed",
        Blueprint(firewall=incoming("udp dport 53 reject", "tcp dport 53 reject with tcp reset")),
        dict.fromkeys(DEAD, "refused"),
        **REMARKED,
    ),
    odd("servfail", "SERVFAIL"),
    odd("refused", "REFUSED"),
    odd("garbage", "garbage"),
    odd("slow:1.2", "timeout"),
    Situation(
        "one-of-two-lan-resolvers-dead",
        Blueprint(lease_dns=(ROUTER, "192.168.50.9")),
        **REMARKED,
    ),
    lying("NXDOMAIN", f"address=/{HUB_HOST}/"),
    lying("0.0.0.0", f"address=/{HUB_HOST}/0.0.0.0"),
    lying("192.168.50.1", f"address=/{HUB_HOST}/192.168.50.1"),
    Situation(
        "no-dns-at-all",
        Blueprint(firewall=NO_LAN_DNS + forward(f"{DNS} drop")),
        {**DEAD, "8.8.8.8 hub": "timeout", "1.1.1.1 hub": "timeout"},
        "failed",
        {"dns": "fail", "link": "pass or not-measured", "ntp": STUCK, "mqtt": STUCK, "https": STUCK},
    ),
    Situation(
        "google-dns-blocked",
        Blueprint(firewall=forward(f"ip daddr {GOOGLE} {DNS} drop")),
        {"8.8.8.8 hub": "timeout"},
        **REMARKED,
    ),
    Situation(
        "public-dns-blocked",
        Blueprint(firewall=forward(f"ip daddr {{ {GOOGLE}, {CLOUDFLARE} }} {DNS} drop")),
        {"8.8.8.8 hub": "timeout", "1.1.1.1 hub": "timeout"},
        **REMARKED,
    ),
    Situation(
        "router-answers-for-public-dns",
        Blueprint(firewall=diverted(f"udp dport 53 dnat ip to {ROUTER}")),
        {"8.8.8.8 software": "dnsmasq-2.90"},
        **REMARKED,
    ),
    Situation(
        "invented-names-resolve",
        Blueprint(resolver=f"address=/com/203.0.113.99\nserver=/zaptec.com/{GOOGLE}\nserver=/{PROBE_HOST}/{GOOGLE}"),
        {"lan dns invented": "203.0.113.99"},
        **REMARKED,
    ),
)
