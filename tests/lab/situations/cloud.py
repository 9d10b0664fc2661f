"""What stands between the laptop and the hub or the web hosts, layer by layer."""

from __future__ import annotations

from ..blueprint import HUB_HOST, WEB, Blueprint, Server, diverted, forward, to_box
from ..pki import Shown
from ..wire import Wire
from .situation import Expected, Situation, failed, remarked

FAR = Wire(delay_ms=100)  # a near answer is told from a far one also on a busy computer
MQTT = "tcp dport 8883"
DEVICES = "devices.zaptec.com"
HOLE = ("link.mtu-hole", "tcp.mtu-hole")
WEB_STALLS = {f"{host} http": "timeout" for host in WEB}
INSPECTED = "self-signed certificate in certificate chain"


def firewall(name: str, action: str, fact: str, code: str) -> Situation:
    site = Blueprint(wire=FAR, firewall=forward(f"{MQTT} {action}"))
    return Situation(name, site, {"hub tcp": fact, "hub mqtt": fact}, **failed("mqtt", code))


def boxed(name: str, behaviour: str, fact: str, code: str, kind: Shown = Shown.INSPECTED) -> Situation:
    """A middlebox in the router takes the connections to the hub: the answer comes before it can."""
    site = Blueprint(wire=FAR, firewall=diverted(to_box(MQTT)), box=Server(kind, behaviour))
    return Situation(name, site, {"hub distance": "near", "hub mqtt": fact}, **failed("mqtt", code))


def shown(kind: Shown, fact: str) -> Situation:
    site = Blueprint(hub=Server(kind))
    return Situation(f"hub-certificate-{kind}", site, {"hub mqtt": fact}, **failed("mqtt", f"tls.{kind}"))


def hub(name: str, behaviour: str, fact: str, expected: Expected) -> Situation:
    return Situation(name, Blueprint(hub=Server(odd=behaviour)), {"hub mqtt": fact}, **expected)


def host(name: str, server: Server | None, what: str, fact: str, expected: Expected) -> Situation:
    """Something about one of the three web hosts."""
    return Situation(name, Blueprint(web={DEVICES: server}), {f"{DEVICES} {what}": fact}, **expected)


def hole(name: str, port: int, facts: dict[str, str], expected: Expected) -> Situation:
    """Large packets from one port get lost in the router."""
    rule = f'iifname "wan0" tcp sport {port} meta length > 1300 drop'
    return Situation(name, Blueprint(firewall=forward(rule)), facts, **expected)


SITUATIONS = (
    firewall("hub-dropped", "drop", "timeout", "tcp.dropped"),
    firewall("hub-reset", "reject with tcp reset", "refused", "tcp.refused-nearby"),
    firewall("hub-prohibited", "reject with icmpx admin-prohibited", "no route to host", "tcp.prohibited"),
    Situation("hub-dead", Blueprint(hub=None), {"hub tcp": "refused"}, **failed("mqtt", "tcp.refused")),
    boxed("hub-accepted-then-reset", "reset", "reset", "tls.middlebox"),
    boxed("hub-name-filtered", f"reset:{HUB_HOST}", "reset", "tls.sni-filter"),
    boxed("hub-accepted-then-stalled", "stall", "timeout", "tls.stalled"),
    boxed("hub-intercepted", "", INSPECTED, "tls.intercepted"),
    boxed("hub-proxied-as-web", "answer:HTTP/1.1 400 Bad Request", "400", "mqtt.not-mqtt", Shown.GOOD),
    shown(Shown.EXPIRED, "certificate has expired"),
    shown(Shown.NOT_YET_VALID, "certificate is not yet valid"),
    shown(Shown.WRONG_HOST, f"Hostname mismatch, certificate is not valid for '{HUB_HOST}'."),
    shown(Shown.SELF_SIGNED, "self-signed certificate"),
    shown(Shown.NO_INTERMEDIATE, "unable to get local issuer certificate"),
    Situation(
        "hub-certificate-of-another-authority",
        Blueprint(hub=Server(Shown.INSPECTED)),
        {"hub mqtt": INSPECTED},
        **failed("mqtt", "tls.intercepted"),
    ),
    Situation(
        "hub-certificate-expires-soon",
        Blueprint(hub=Server(Shown.EXPIRES_SOON)),
        **remarked("mqtt", "tls.ending"),
    ),
    hub("hub-only-tls-1.3", "tls1.3", "tlsv1 alert protocol version", failed("mqtt", "tls.version")),
    hub("hub-only-tls-1.0", "tls1.0", "sslv3 alert handshake failure", failed("mqtt", "tls.version")),
    hub("hub-is-no-mqtt", "answer:SSH-2.0-OpenSSH", "5353482d", failed("mqtt", "mqtt.not-mqtt")),
    hub("hub-silent-after-connect", "silent", "timeout", remarked("mqtt", "mqtt.silent")),
    hub("hub-cuts-off-after-connect", "abort", "cut off", remarked("mqtt", "mqtt.cut-off")),
    hub("hub-busy", "connack:3", "20020003", remarked("mqtt", "mqtt.unavailable")),
    Situation(
        "mtu-hole",
        Blueprint(wire=Wire(mtu=1300)),
        {"hub mqtt": "timeout", f"{DEVICES} http": "timeout"},
        **failed("link", "link.mtu-hole", "tcp.mtu-hole", mqtt="fail", https="fail"),
    ),
    hole("mtu-hole-before-the-hub-alone", 8883, {"hub mqtt": "timeout"}, failed("link", *HOLE, mqtt="fail")),
    hole("mtu-hole-before-the-web-alone", 443, WEB_STALLS, failed("link", *HOLE, https="fail")),
    Situation(
        "one-web-host-name-filtered",
        Blueprint(
            wire=FAR,
            firewall=diverted(to_box(f"ip daddr {WEB[DEVICES]} tcp dport 443")),
            box=Server(Shown.INSPECTED, f"reset:{DEVICES}"),
        ),
        {f"{DEVICES} http": "reset"},
        **failed("https", "tls.sni-filter"),
    ),
    Situation(
        "one-web-host-dropped",
        Blueprint(firewall=forward(f"ip daddr {WEB[DEVICES]} tcp dport 443 drop")),
        {f"{DEVICES} tcp": "timeout"},
        **failed("https", "tcp.dropped"),
    ),
    Situation(
        "web-reset",
        Blueprint(wire=FAR, firewall=forward("tcp dport 443 reject with tcp reset")),
        {f"{host} tcp": "refused" for host in WEB},
        **failed("https", "tcp.refused-nearby"),
    ),
    host("one-web-host-dead", None, "tcp", "refused", failed("https", "tcp.refused")),
    host(
        "one-web-host-expired",
        Server(Shown.EXPIRED),
        "http",
        "certificate has expired",
        failed("https", "tls.expired"),
    ),
    host("one-web-host-says-nothing", Server(odd="close"), "http", "end", failed("https", "https.no-answer")),
    host(
        "one-web-host-in-trouble",
        Server(odd="http:503 Service Unavailable"),
        "http",
        "503",
        remarked("https", "https.server-error"),
    ),
    Situation(
        "web-intercepted",
        Blueprint(firewall=diverted(to_box("tcp dport 443")), box=Server(Shown.INSPECTED)),
        {f"{host} http": INSPECTED for host in WEB},
        **failed("https", "tls.intercepted"),
    ),
    Situation(
        "everything-intercepted-and-the-laptop-trusts-it",
        Blueprint(
            firewall=diverted(to_box("tcp dport { 443, 8883 }")),
            box=Server(Shown.INSPECTED),
            environment={"SSL_CERT_FILE": "/run/site/box.chain.pem"},
        ),
        {"hub mqtt": INSPECTED} | {f"{host} http": INSPECTED for host in WEB},
        **failed("mqtt", "tls.intercepted", https="fail"),
    ),
)
