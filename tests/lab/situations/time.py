"""Time servers that are silent or wrong, and a laptop that is."""

from __future__ import annotations

from ..blueprint import POOL, WEB, Blueprint, Server, forward
from ..pki import Shown
from .situation import Situation, failed, remarked

HOUR_S, YEAR_S = 3600, 365 * 86_400
DAY_AHEAD = "ahead:86400"
SILENT = {f"ntp {n}": "timeout" for n in range(1, 5)}


def all_odd(behaviour: str, fact: str, *codes: str) -> Situation:
    name = f"time-servers-{behaviour.replace(':', '-').lower()}"
    facts = {f"ntp {n}": fact for n in range(1, 5)}
    return Situation(name, Blueprint(pool=(behaviour,) * 4), facts, **failed("ntp", *codes))


def behind(seconds: int, hub: Shown = Shown.GOOD) -> Blueprint:
    """A laptop whose clock is behind. The world is ahead instead: a process cannot be lied to about time."""
    ahead = f"ahead:{seconds}"
    return Blueprint(
        pool=(ahead,) * 4,
        web={host: Server(odd=ahead) for host in WEB},
        hub=Server(hub),
        days=seconds / 86_400,
    )


def ahead(seconds: int) -> dict[str, str]:
    return {f"ntp {n}": f"stratum 2, {seconds} s" for n in range(1, 5)}


SITUATIONS = (
    Situation(
        "ntp-dropped", Blueprint(firewall=forward("udp dport 123 drop")), SILENT, **failed("ntp", "time.blocked")
    ),
    all_odd("kiss:RATE", "stratum 0, 0 s", "time.none-valid", "time.server-says-wait"),
    all_odd("kiss:DENY", "stratum 0, 0 s", "time.none-valid", "time.server-turns-away"),
    all_odd("unsynchronised", "stratum 16, 0 s", "time.none-valid", "time.server-unsynchronised"),
    all_odd("spoofed", "foreign", "time.none-valid", "time.server-invalid"),
    all_odd("garbage", "foreign", "time.none-valid", "time.server-invalid"),
    all_odd(f"ahead:{HOUR_S}", f"stratum 2, {HOUR_S} s", "time.wrong"),
    Situation(
        "one-time-server-bad",
        Blueprint(pool=("", "", "unsynchronised", "")),
        {"ntp 3": "stratum 16, 0 s"},
        **remarked("ntp", "time.server-unsynchronised"),
    ),
    Situation(
        "one-time-server-ahead",
        Blueprint(pool=("", "ahead:60", "", "")),
        {"ntp 2": "stratum 2, 60 s"},
        **remarked("ntp", "time.server-off"),
    ),
    Situation(
        "time-servers-a-little-apart",
        Blueprint(pool=("ahead:2", "", "", "")),
        {"ntp 1": "stratum 2, 2 s"},
        **remarked("ntp", "time.servers-apart"),
    ),
    Situation(
        "half-of-the-time-servers-a-day-ahead",
        Blueprint(pool=("", DAY_AHEAD, "", DAY_AHEAD)),
        {f"ntp {n}": "stratum 2, 86400 s" for n in (2, 4)},
        **failed("ntp", "time.wrong", "time.server-off"),
    ),
    Situation(
        "time-servers-distant",
        Blueprint(pool=("distant",) * 4),
        **failed("ntp", "time.none-valid", "time.server-distant"),
    ),
    Situation(
        "two-time-servers-dead",
        Blueprint(firewall=forward(f"ip daddr {{ {POOL[0]}, {POOL[1]} }} udp dport 123 drop")),
        {"ntp 1": "timeout", "ntp 2": "timeout"},
        **remarked("ntp", "time.server-silent"),
    ),
    Situation(
        "only-source-port-123",
        Blueprint(firewall=forward("udp dport 123 udp sport != 123 drop")),
        SILENT,
        **remarked("ntp", "time.only-source-port-123"),
    ),
    Situation(
        "laptop-an-hour-behind",
        behind(HOUR_S),
        ahead(HOUR_S) | {f"{host} http": "200" for host in WEB},
        **remarked("computer", "computer.clock-wrong"),
    ),
    Situation(
        "laptop-a-year-behind",
        behind(YEAR_S),
        ahead(YEAR_S) | {"hub mqtt": "certificate is not yet valid"},
        **remarked("computer", "computer.clock-wrong"),
    ),
    Situation(
        "laptop-a-year-behind-and-hub-expired",
        behind(YEAR_S, Shown.EXPIRED),
        ahead(YEAR_S) | {"hub mqtt": "certificate is not yet valid"},
        **failed("mqtt", "computer.clock-wrong", "tls.expired", computer="warn"),
    ),
)
