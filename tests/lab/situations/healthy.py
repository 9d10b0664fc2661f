"""Sites that work, also those that only look faulty."""

from __future__ import annotations

from ..blueprint import GOOGLE, ROUTER, WEB, Blueprint, Dhcp, Server, forward, incoming
from ..wire import Wire
from .situation import Situation

NO_PING = incoming("icmp type echo-request drop")
NO_ICMP = NO_PING + forward("ip protocol icmp drop")

SITUATIONS = (
    Situation("healthy"),
    Situation("gateway-ignores-ping", Blueprint(firewall=NO_PING), {"gateway ping": "timeout"}),
    Situation("icmp-blocked", Blueprint(firewall=NO_ICMP), {"gateway ping": "timeout", "ping": "timeout"}),
    Situation("hub-closes-after-connect", Blueprint(hub=Server(odd="close")), {"hub mqtt": "end"}),
    Situation("hub-says-identifier-rejected", Blueprint(hub=Server(odd="connack:2")), {"hub mqtt": "20020002"}),
    Situation("hub-asks-for-a-certificate", Blueprint(hub=Server(odd="asks"))),
    Situation(
        "web-hosts-refuse-the-page",
        Blueprint(web={host: Server(odd="http:403 Forbidden") for host in WEB}),
        {f"{host} http": "403" for host in WEB},
    ),
    Situation("far-away", Blueprint(wire=Wire(delay_ms=100))),
    Situation("fixed-address", Blueprint(lease_dns=None)),
    Situation("dhcp-server-tests-by-ping", Blueprint(dhcp=Dhcp(lines="")), seconds=25.0),
    Situation("two-resolvers-in-the-lease", Blueprint(lease_dns=(ROUTER, GOOGLE))),
)
