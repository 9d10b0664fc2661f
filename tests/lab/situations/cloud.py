"""What stands between the laptop and the hub or the web hosts, layer by layer."""

from __future__ import annotations

from collections.abc import Mapping

from ..blueprint import HUB_HOST, WEB, Blueprint, Server, diverted, forward, to_box
from ..pki import Shown
from ..wire import Wire
from .situation import Situation

MQTT = "tcp dport 8883"
DEVICES = "devices.zaptec.com"


def hub(
    name: str, site: Blueprint, facts: Mapping[str, str], verdict: str = "failed", state: str = "fail"
) -> Situation:
    return Situation(name, site, facts, verdict, {"mqtt": state})


def firewall(name: str, action: str, fact: str) -> Situation:
    return hub(name, Blueprint(firewall=forward(f"{MQTT} {action}")), {"hub tcp": fact, "hub mqtt": fact})


def shown(kind: Shown, fact: str) -> Situation:
    return hub(f"hub-certificate-{kind}", Blueprint(hub=Server(kind)), {"hub mqtt": fact})


def boxed(name: str, behaviour: str, fact: str, kind: Shown = Shown.INSPECTED) -> Situation:
    """A middlebox in the router takes the connections to the hub: the answer comes before it can."""
    site = Blueprint(firewall=diverted(to_box(MQTT)), box=Server(kind, behaviour))
    return hub(name, site, {"hub distance": "near", "hub mqtt": fact})


def host(name: str, server: Server | None, facts: Mapping[str, str], verdict: str = "failed") -> Situation:
    """Something about one of the three web hosts."""
    state = "fail" if verdict == "failed" else "warn"
    return Situation(name, Blueprint(web={DEVICES: server}), facts, verdict, {"https": state})


SITUATIONS = (
    firewall("hub-dropped", "drop", "timeout"),
    firewall("hub-reset", "reject with tcp reset", "refused"),
    firewall("hub-prohibited", "reject with icmpx admin-prohibited", "no route to host"),
    hub("hub-dead", Blueprint(hub=None), {"hub tcp": "refused", "hub distance": "refused"}),
    boxed("hub-accepted-then-reset", "reset", "reset"),
    boxed("hub-name-filtered", f"reset:{HUB_HOST}", "reset"),
    boxed("hub-accepted-then-stalled", "stall", "timeout"),
    boxed("hub-intercepted", "", "self-signed certificate in certificate chain"),
    boxed("hub-proxied-without-tls-inspection", "answer:HTTP/1.1 400 Bad Request", "400", Shown.GOOD),
    shown(Shown.EXPIRED, "certificate has expired"),
    shown(Shown.NOT_YET_VALID, "certificate is not yet valid"),
    shown(Shown.WRONG_HOST, f"Hostname mismatch, certificate is not valid for '{HUB_HOST}'."),
    shown(Shown.SELF_SIGNED, "self-signed certificate"),
    shown(Shown.NO_INTERMEDIATE, "unable to get local issuer certificate"),
    hub("hub-only-tls-1.3", Blueprint(hub=Server(odd="tls1.3")), {"hub mqtt": "tlsv1 alert protocol version"}),
    hub("hub-only-tls-1.0", Blueprint(hub=Server(odd="tls1.0")), {"hub mqtt": "sslv3 alert handshake failure"}),
    hub("hub-is-no-mqtt", Blueprint(hub=Server(odd="answer:SSH-2.0-OpenSSH")), {"hub mqtt": "5353482d"}),
    hub(
        "hub-silent-after-connect",
        Blueprint(hub=Server(odd="silent")),
        {"hub mqtt": "timeout"},
        "passed-with-remarks",
        "warn",
    ),
    hub("hub-busy", Blueprint(hub=Server(odd="connack:3")), {"hub mqtt": "20020003"}, "passed-with-remarks", "warn"),
    hub(
        "hub-certificate-expires-soon",
        Blueprint(hub=Server(Shown.EXPIRES_SOON)),
        {},
        "passed-with-remarks",
        "warn",
    ),
    Situation(
        "mtu-hole",
        Blueprint(wire=Wire(mtu=1300)),
        {"hub mqtt": "timeout", f"{DEVICES} http": "timeout"},
        "failed",
        {"link": "fail", "mqtt": "fail", "https": "fail"},
    ),
    Situation(
        "one-web-host-dropped",
        Blueprint(firewall=forward(f"ip daddr {WEB[DEVICES]} tcp dport 443 drop")),
        {f"{DEVICES} tcp": "timeout"},
        "failed",
        {"https": "fail"},
    ),
    host("one-web-host-dead", None, {f"{DEVICES} tcp": "refused"}),
    host("one-web-host-expired", Server(Shown.EXPIRED), {f"{DEVICES} http": "certificate has expired"}),
    host(
        "one-web-host-in-trouble",
        Server(odd="http:503 Service Unavailable"),
        {f"{DEVICES} http": "503"},
        "passed-with-remarks",
    ),
    Situation(
        "web-intercepted",
        Blueprint(firewall=diverted(to_box("tcp dport 443")), box=Server(Shown.INSPECTED)),
        {f"{host} http": "self-signed certificate in certificate chain" for host in WEB},
        "failed",
        {"https": "fail"},
    ),
)
