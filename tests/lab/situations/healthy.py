"""Sites that work, also those that only look faulty."""

from __future__ import annotations

from ..blueprint import (
    GOOGLE,
    HUB,
    HUB_HOST,
    POOL,
    PROBE_HOST,
    ROUTER,
    SINKHOLE,
    WEB,
    Blueprint,
    Dhcp,
    Server,
    diverted,
    forward,
    incoming,
    to_box,
)
from ..pki import Shown
from ..wire import Wire
from .names import second_resolver, several_addresses
from .situation import Situation, remarked

NO_PING = incoming("icmp type echo-request drop")
NO_ICMP = NO_PING + forward("ip protocol icmp drop")
FEW_PINGS = forward("icmp type echo-request limit rate 1/second burst 1 packets accept", "icmp type echo-request drop")
TWICE_ON_THE_LAN = """
    ip link add link eth0 name wifi0 type macvlan mode bridge
    ip link set wifi0 up
    ip address add 192.168.50.58/24 dev wifi0
    ip route add default via 192.168.50.1 dev wifi0 metric 50
"""
MODEM = """
    until ip link show wan0 | grep -q LOWER_UP; do sleep 0.01; done    # the line is there
    ip link set wan0 netns modem
    ip link add wan0 type veth peer name lan0 netns modem
    ip address add 10.0.0.2/24 dev wan0
    ip link set wan0 up
    ip -n modem address add 10.0.0.1/24 dev lan0
    ip -n modem link set lan0 up
    ip route add default via 10.0.0.1
    ip netns exec modem sh -e <<'END'
        echo 1 > /proc/sys/net/ipv4/ip_forward
        ip link set wan0 up
        ip address add 198.51.100.2/32 peer 198.51.100.1 dev wan0
        ip route add default dev wan0
        nft 'add table ip nat; add chain ip nat out { type nat hook postrouting priority 100; }'
        nft 'add rule ip nat out oifname "wan0" masquerade'
END
"""
PROXY_ARP = "for name in proxy_arp_pvlan proxy_arp; do echo 1 > /proc/sys/net/ipv4/conf/br0/$name; done"
FEW_CONNECTIONS = forward("tcp flags & (syn|ack) == syn limit rate over 2/second burst 2 packets drop")
AT_ONCE = 'iifname "br0" tcp flags & (syn|ack) == syn ct count over {} reject with tcp reset'
CLAMPED = forward(*(f"{way} wan0 tcp flags syn tcp option maxseg size set 1452" for way in ("iifname", "oifname")))

SITUATIONS = (
    Situation("healthy"),
    Situation("gateway-ignores-ping", Blueprint(firewall=NO_PING), {"gateway ping": "timeout"}),
    Situation("icmp-blocked", Blueprint(firewall=NO_ICMP), {"gateway ping": "timeout", "ping": "timeout"}),
    Situation("few-pings-a-second-let-through", Blueprint(firewall=FEW_PINGS)),
    Situation("router-answers-arp-for-everybody", Blueprint(router=PROXY_ARP)),
    Situation("few-connections-a-second-let-through", Blueprint(firewall=FEW_CONNECTIONS)),
    Situation("two-connections-at-once-let-through", Blueprint(firewall=forward(AT_ONCE.format(2)))),
    Situation("one-connection-at-once-let-through", Blueprint(firewall=forward(AT_ONCE.format(1)))),
    Situation("hub-closes-after-connect", Blueprint(hub=Server(odd="close")), {"hub mqtt": "end"}),
    Situation("hub-says-identifier-rejected", Blueprint(hub=Server(odd="connack:2")), {"hub mqtt": "20020002"}),
    Situation("hub-asks-for-a-certificate", Blueprint(hub=Server(odd="asks"))),
    Situation("hub-shows-a-wildcard-certificate", Blueprint(hub=Server(Shown.WILDCARD))),
    Situation("hub-shows-its-root-too", Blueprint(hub=Server(Shown.WITH_ROOT))),
    Situation(
        "hub-behind-a-transparent-proxy",
        Blueprint(firewall=diverted(to_box("tcp dport 8883")), box=Server(odd=f"relay:{HUB}:8883")),
        {"hub distance": "near"},
    ),
    Situation(
        "web-hosts-refuse-the-page",
        Blueprint(web={host: Server(odd="http:403 Forbidden") for host in WEB}),
        {f"{host} http": "403" for host in WEB},
    ),
    Situation(
        "web-hosts-send-to-another-page",
        Blueprint(web={host: Server(odd="http:302 Found") for host in WEB}),
        {f"{host} http": "302" for host in WEB},
    ),
    Situation("double-nat", Blueprint(router=MODEM)),
    Situation("port-80-blocked", Blueprint(firewall=forward("tcp dport 80 drop")), {"probe": "timeout"}),
    Situation("probe-host-unknown", Blueprint(resolver=f"address=/{PROBE_HOST}/")),
    Situation("far-away", Blueprint(wire=Wire(delay_ms=100))),
    Situation("thin-line", Blueprint(wire=Wire(delay_ms=30, rate_kbit=64))),
    Situation(
        "small-packets-but-clamped",
        Blueprint(router="ip link set wan0 mtu 1492", wire=Wire(mtu=1492), firewall=CLAMPED),
    ),
    Situation("fixed-address", Blueprint(lease_dns=None)),
    Situation(
        "router-has-a-second-address-that-stations-get",
        Blueprint(
            router="ip address add 192.168.50.9/24 dev br0", dhcp=Dhcp(lines="no-ping\ndhcp-option=3,192.168.50.9")
        ),
        {"dhcp offers": f"{ROUTER} gives router 192.168.50.9, dns {ROUTER}, 43200 s"},
    ),
    Situation(
        "two-ways-onto-the-same-network",
        Blueprint(laptop=TWICE_ON_THE_LAN),
        **remarked("computer", "computer.other-way-preferred"),
    ),
    Situation("two-resolvers-in-the-lease", Blueprint(lease_dns=(ROUTER, GOOGLE))),
    Situation(
        "only-a-public-resolver-in-the-lease",
        Blueprint(dhcp=Dhcp(lines=f"no-ping\ndhcp-option=6,{GOOGLE}"), lease_dns=(GOOGLE,)),
        {"dhcp offers": f"{ROUTER} gives router {ROUTER}, dns {GOOGLE}, 43200 s"},
    ),
    Situation("resolver-does-not-know-edns", Blueprint(odd_resolver="no-edns")),
    Situation(
        "cut-off-answers-are-whole-over-tcp",
        Blueprint(odd_resolver="truncated", firewall=diverted(f"ip daddr {ROUTER} tcp dport 53 dnat ip to {GOOGLE}")),
        {f"lan dns {what}": "truncated" for what in ("hub", "api", "pool", "invented")},
    ),
    Situation(
        "second-lan-resolver-leads-to-another-door-of-the-hub",
        second_resolver(
            f"address=/{HUB_HOST}/{SINKHOLE}", diverted(f"ip daddr {SINKHOLE} tcp dport 8883 dnat ip to {HUB}")
        ),
    ),
    Situation(
        "hub-has-two-doors",
        several_addresses(HUB, SINKHOLE, firewall=diverted(f"ip daddr {SINKHOLE} tcp dport 8883 dnat ip to {HUB}")),
    ),
    Situation("laptop-has-a-resolver-of-its-own", Blueprint(lease_dns=(GOOGLE,))),
    Situation("resolver-without-tcp", Blueprint(firewall=incoming("tcp dport 53 drop"))),
    Situation("time-servers-answer-once", Blueprint(pool=("once",) * 4)),
    Situation("time-is-diverted", Blueprint(firewall=diverted(f"udp dport 123 dnat ip to {POOL[0]}"))),
    Situation("ipv6-beside-ipv4", Blueprint(laptop="echo 0 > /proc/sys/net/ipv6/conf/eth0/disable_ipv6")),
)
