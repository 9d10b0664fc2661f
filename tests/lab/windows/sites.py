"""`check` in the laboratory's sites, from a Windows Python whose sockets are in the laptop's network."""

from __future__ import annotations

import tempfile
from pathlib import Path

from ..build import build
from ..situations import BY_NAME, Situation
from .lab import Expectations, Lab, windows_path

CHOSEN = (
    *("healthy", "few-pings-a-second-let-through", "far-away", "hub-dropped", "hub-intercepted", "web-reset"),
    *("one-address-too-few", "pool-exhausted", "second-dhcp-server", "lan-dns-dead", "ntp-dropped"),
    *("public-dns-blocked", "no-dhcp-server"),
)
# Wine has no SendARP: the router is not measured, and so the site's verdict is never "passed"
NOT_TRIED = ("link",)
# nobody can tell a site without a server from a firewall of this computer that hides the answers
UNCLEAR = {"no-dhcp-server": {"dhcp": "not-measured"}}
RESOLVER = 'echo "nameserver 192.168.50.1" > "$0" && mount --bind "$0" "$(readlink -f /etc/resolv.conf)" && exec "$@"'


def run(lab: Lab) -> int:
    expect = Expectations()
    for name in CHOSEN:
        _play(lab, BY_NAME[name], expect)
    return int(expect.wrong > 0)


def _play(lab: Lab, situation: Situation, expect: Expectations) -> None:
    with build(situation.site) as site, tempfile.TemporaryDirectory() as folder:
        roots = Path(folder) / "roots.pem"
        roots.write_bytes((site.outer / "roots.pem").read_bytes())
        network = f"--net=/proc/{site.pid}/root/run/netns/laptop"
        enter = ("nsenter", network, "unshare", "--mount", "sh", "-c", RESOLVER, f"{folder}/resolv.conf")
        words = ("--interface", "eth0", "--stations", str(situation.stations), "--trust-anchors", windows_path(roots))
        made = lab.document("check", *words, before=enter)
    wanted = UNCLEAR.get(situation.name, {})
    for area, state in made["areas"].items():
        if area not in NOT_TRIED:
            right = state == wanted[area] if area in wanted else situation.allows(area, state)
            expect(f"{situation.name}, {area}", state, state if right else wanted.get(area, situation.areas.get(area)))
