"""A laptop's cable with modems at its other end, and what the laptop put on it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from ..blueprint import LAPTOP_MAC
from ..site import Site
from ..watch import Frame, Traffic, peak
from .networks import NETWORKS

SCRIPT = str(Path(__file__).with_name("modem.py"))
ETHERTYPES = (0x88E1, 0x8912)
MOST_A_SECOND = 50
# ethertype, OUI, type and content of everything that may be asked
ALLOWED = {
    ("88e1", "00b052", 0xA000): "",
    ("88e1", "00b052", 0xA038): "",
    ("88e1", "00b052", 0xA030): "0002fc",
    ("88e1", "00b052", 0xA0B8): "",
    ("88e1", "00b052", 0xA054): "",
    ("88e1", "00b052", 0xA068): "",
    ("88e1", "", 0x0014): "",
    ("88e1", "", 0x6020): "",
    ("88e1", "", 0x6034): "",
    ("88e1", "", 0x6038): "",
    ("88e1", "", 0x6048): "",
    ("8912", "001f84", 0xA070): "01a397a25553bef1fcf9796b521413e9e2",
    ("8912", "001f84", 0xA028): "02",
    ("8912", "001f84", 0xA02C): None,  # it names a network
}


def plug(site: Site, name: str) -> None:
    """Put the modems of a network on the cable; each of several behind a port of the switch of its own."""
    for place in range(len(NETWORKS[name].networks)):
        namespace, interface = ("others", "eth0") if place == 0 else ("router", _port(site, place))
        start(site, namespace, interface, name, place)
    site.ready()


def start(site: Site, namespace: str, interface: str, name: str, place: int, log: str = "") -> None:
    log = log or f"modem{place}"
    command = (sys.executable, SCRIPT, interface, name, str(place))
    site.start(log, namespace, *command, ready=lambda: "listening" in site.read(f"{log}.log"))


def kill(site: Site, place: int = 0) -> None:
    """Switch a modem off."""
    pid = site.read(f"modem{place}.log").split()[1]
    site.run("router", "kill", pid)


def asked(traffic: Traffic) -> list[Frame]:
    """The laptop's frames to modems."""
    return [frame for frame in traffic.frames if frame.source == LAPTOP_MAC and frame.protocol in ETHERTYPES]


def faults(traffic: Traffic) -> Iterator[str]:
    """What the laptop may not have sent, or not so fast."""
    frames = asked(traffic)
    if (most := peak(frame.at for frame in frames)) > MOST_A_SECOND:
        yield f"{most} frames in a second"
    for frame in frames:
        data, version = frame.data, frame.data[14]
        kind, start = int.from_bytes(data[15:17], "little"), 17 + (2 if version else 0)
        oui = data[start : start + 3].hex() if kind >= 0xA000 else ""
        content = data[start + len(oui) // 2 :].rstrip(b"\0").hex()
        allowed = ALLOWED.get((f"{frame.protocol:04x}", oui, kind), "nothing")
        if allowed not in (None, content) or len(data) != 60:
            yield data.hex()


def _port(site: Site, place: int) -> str:
    name = f"modem{place}"
    ends = (
        f"ip link add {name} type veth peer name sw{place}; ip link set sw{place} master br0 up; ip link set {name} up"
    )
    site.shell("router", ends)
    return name
