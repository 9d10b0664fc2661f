"""Resolvers that are silent, lie or are not who they seem to be."""

from __future__ import annotations

from ..blueprint import (
    CLOUDFLARE,
    GOOGLE,
    HUB,
    HUB_HOST,
    POOL_HOST,
    PROBE_HOST,
    ROUTER,
    SINKHOLE,
    Blueprint,
    Dhcp,
    diverted,
    forward,
    incoming,
)
from .situation import STUCK, Expected, Situation, failed, remarked

SECOND = "192.168.50.9"
DNS = "meta l4proto { tcp, udp } th dport 53"
NO_LAN_DNS = incoming(f"{DNS} drop")
NO_PUBLIC_DNS = {"8.8.8.8 hub": "timeout", "1.1.1.1 hub": "timeout"}
NOWHERE = {"link": "pass or not-measured", "ntp": STUCK, "mqtt": STUCK, "https": STUCK}
COM_RESOLVES = f"address=/com/203.0.113.99\nserver=/zaptec.com/{GOOGLE}\nserver=/{PROBE_HOST}/{GOOGLE}"


def lan(answer: str) -> dict[str, str]:
    return {f"lan dns {what}": answer for what in ("hub", "api", "pool", "invented")}


def odd(behaviour: str, fact: str, expected: Expected) -> Situation:
    return Situation(f"lan-dns-{behaviour.partition(':')[0]}", Blueprint(odd_resolver=behaviour), lan(fact), **expected)


def lying(name: str, line: str, answer: str, code: str) -> Situation:
    """The LAN's resolver has an answer of its own for the hub: a station that got one looks no further."""
    return Situation(name, Blueprint(resolver=line), {"lan dns hub": answer}, **failed("dns", code))


def several_addresses(*addresses: str, firewall: str = "") -> Blueprint:
    """The LAN's resolver names them for the hub, always in this order."""
    records = "\n".join(f"host-record={HUB_HOST},{address}" for address in addresses)
    return Blueprint(resolver=f"{records}\nno-round-robin", firewall=firewall)


def second_resolver(lines: str, firewall: str = "") -> Blueprint:
    """Another device on the LAN is the second resolver in the lease; what `lines` do not answer it asks Google."""
    options = f"--listen-address={SECOND} --bind-interfaces --no-resolv --no-hosts --user=root --pid-file"
    start = f"""
        ip address add {SECOND}/24 dev eth0
        ip route add default via {ROUTER}
        printf '%s\\n' {lines} server={GOOGLE} | dnsmasq {options} --conf-file=/dev/stdin
    """
    return Blueprint(lease_dns=(ROUTER, SECOND), others=start, firewall=firewall)


SITUATIONS = (
    Situation("lan-dns-dead", Blueprint(firewall=NO_LAN_DNS), lan("timeout"), **remarked("dns", "names.silent")),
    Situation(
        "lan-dns-port-closed",
        Blueprint(firewall=incoming("udp dport 53 reject", "tcp dport 53 reject with tcp reset")),
        lan("refused"),
        **remarked("dns", "names.port-closed"),
    ),
    odd("servfail", "SERVFAIL", remarked("dns", "names.refused")),
    odd("refused", "REFUSED", remarked("dns", "names.refused")),
    odd("garbage", "garbage", remarked("dns", "names.garbled")),
    odd("truncated", "truncated", failed("dns", "names.truncated")),
    odd("slow:1.2", "timeout", remarked("dns", "names.slow")),
    Situation(
        "one-of-two-lan-resolvers-dead",
        Blueprint(lease_dns=(ROUTER, SECOND)),
        **remarked("dns", "names.silent"),
    ),
    lying("hub-denied", f"address=/{HUB_HOST}/", "NXDOMAIN", "names.denied"),
    lying("hub-resolves-to-nothing", f"address=/{HUB_HOST}/0.0.0.0", "0.0.0.0", "names.misled"),
    lying("hub-resolves-to-the-router", f"address=/{HUB_HOST}/{ROUTER}", ROUTER, "names.misled"),
    Situation(
        "hub-resolves-to-a-sinkhole",
        Blueprint(resolver=f"address=/{HUB_HOST}/{SINKHOLE}"),
        {"lan dns hub": SINKHOLE},
        **failed("mqtt", "tcp.dropped"),
    ),
    Situation(
        "everything-resolves-to-a-sinkhole-a-little-late",
        Blueprint(odd_resolver="sinkhole:0.3"),
        lan(SINKHOLE),
        **failed(
            "mqtt", "names.invented-answered", "tcp.dropped", "time.blocked", dns="warn", ntp="fail", https="fail"
        ),
    ),
    Situation(
        "everything-resolves-to-a-sinkhole-late",
        Blueprint(odd_resolver="sinkhole:1.2"),
        lan("timeout"),
        **failed("dns", "names.astray", "names.slow", "names.invented-answered"),
    ),
    Situation(
        "second-lan-resolver-leads-to-a-sinkhole",
        second_resolver(f"address=/{HUB_HOST}/{SINKHOLE}"),
        **failed("dns", "names.astray"),
    ),
    Situation(
        "stations-get-a-resolver-that-leads-to-a-sinkhole",
        Blueprint(odd_resolver="sinkhole:0", lease_dns=(GOOGLE,)),
        lan(SINKHOLE),
        **failed("dns", "names.astray"),
    ),
    Situation(
        "stations-get-a-dead-resolver",
        Blueprint(firewall=NO_LAN_DNS, lease_dns=(GOOGLE,)),
        lan("timeout"),
        **remarked("dns", "names.silent"),
    ),
    Situation(
        "hub-has-a-second-address-that-is-dead",
        several_addresses(HUB, SINKHOLE),
        **remarked("dns", "names.partly-astray"),
    ),
    Situation(
        "hub-has-a-first-address-that-is-dead",
        several_addresses(SINKHOLE, HUB),
        **remarked("mqtt", "tcp.address-dead"),
    ),
    Situation(
        "time-server-denied",
        Blueprint(resolver=f"address=/{POOL_HOST}/"),
        {"lan dns pool": "NXDOMAIN"},
        **failed("dns", "names.denied"),
    ),
    Situation(
        "lan-dns-has-no-ipv4",
        Blueprint(resolver="filter-A"),
        {f"lan dns {what}": "NOERROR" for what in ("hub", "api", "pool")},
        **failed("dns", "names.without-address"),
    ),
    Situation(
        "no-dns-at-all",
        Blueprint(firewall=NO_LAN_DNS + forward(f"{DNS} drop")),
        lan("timeout") | NO_PUBLIC_DNS,
        **failed("dns", "names.silent", "names.unresolved", "names.public-blocked", **NOWHERE),
    ),
    Situation(
        "truncated-answers-only",
        Blueprint(odd_resolver="truncated", firewall=forward(f"{DNS} drop")),
        lan("truncated") | NO_PUBLIC_DNS,
        **failed("dns", "names.truncated", "names.unresolved", "names.public-blocked", **NOWHERE),
    ),
    Situation(
        "google-dns-blocked",
        Blueprint(firewall=forward(f"ip daddr {GOOGLE} {DNS} drop")),
        {"8.8.8.8 hub": "timeout"},
        **remarked("dns", "names.public-blocked"),
    ),
    Situation(
        "public-dns-blocked",
        Blueprint(firewall=forward(f"ip daddr {{ {GOOGLE}, {CLOUDFLARE} }} {DNS} drop")),
        NO_PUBLIC_DNS,
        **remarked("dns", "names.public-blocked"),
    ),
    Situation(
        "router-answers-for-public-dns",
        Blueprint(firewall=diverted(f"udp dport 53 dnat ip to {ROUTER}")),
        {"8.8.8.8 software": "dnsmasq-2.90"},
        **remarked("dns", "names.public-intercepted"),
    ),
    Situation(
        "router-denies-the-hub-in-everybodys-name",
        Blueprint(
            firewall=diverted(f"udp dport 53 dnat ip to {ROUTER}", f"tcp dport 53 dnat ip to {ROUTER}"),
            resolver=f"address=/{HUB_HOST}/",
        ),
        {"lan dns hub": "NXDOMAIN", "8.8.8.8 hub": "NXDOMAIN", "1.1.1.1 hub": "NXDOMAIN"},
        **failed(
            "dns",
            "names.unresolved",
            "names.denied",
            "names.public-intercepted",
            "names.public-wrong",
            mqtt=STUCK,
        ),
    ),
    Situation(
        "invented-names-resolve",
        Blueprint(resolver=COM_RESOLVES),
        {"lan dns invented": "203.0.113.99"},
        **remarked("dns", "names.invented-answered"),
    ),
    Situation(
        "no-resolver-given",
        Blueprint(dhcp=Dhcp(lines="no-ping\ndhcp-option=6"), lease_dns=()),
        {"dhcp offers": f"{ROUTER} gives router {ROUTER}, dns none, 43200 s"},
        verdict="passed-with-remarks",
        areas={"dhcp": "warn", "dns": "warn"},
        codes=("dhcp.no-dns", "names.none-given"),
    ),
)
