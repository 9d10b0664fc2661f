"""Time servers that are silent or wrong, and a laptop that is."""

from __future__ import annotations

from ..blueprint import WEB, Blueprint, Server, forward
from .situation import Expected, Situation

YEAR_S = 365 * 86_400
FAILED: Expected = {"verdict": "failed", "areas": {"ntp": "fail"}}
REMARKED: Expected = {"verdict": "passed-with-remarks", "areas": {"ntp": "warn"}}


def all_odd(behaviour: str, fact: str) -> Situation:
    name = f"time-servers-{behaviour.replace(':', '-').lower()}"
    return Situation(name, Blueprint(pool=(behaviour,) * 4), {f"ntp {n}": fact for n in range(1, 5)}, **FAILED)


def laptop_behind(seconds: int, name: str) -> Situation:
    """The world is ahead instead, because a process cannot be given a clock of its own without lying to its timers."""
    return Situation(
        name,
        Blueprint(
            pool=(f"ahead:{seconds}",) * 4,
            web={host: Server(odd=f"ahead:{seconds}") for host in WEB},
            days=seconds / 86_400,
        ),
        {f"ntp {n}": f"stratum 2, {seconds} s" for n in range(1, 5)} | {f"{host} http": "200" for host in WEB}
        if seconds < 86_400
        else {"hub mqtt": "certificate is not yet valid"},
        verdict="passed-with-remarks",
        areas={"computer": "warn"},
    )


SITUATIONS = (
    Situation(
        "ntp-dropped",
        Blueprint(firewall=forward("udp dport 123 drop")),
        {f"ntp {n}": "timeout" for n in range(1, 5)},
        **FAILED,
    ),
    all_odd("kiss:RATE", "stratum 0, 0 s"),
    all_odd("kiss:DENY", "stratum 0, 0 s"),
    all_odd("unsynchronised", "stratum 16, 0 s"),
    all_odd("spoofed", "foreign"),
    all_odd("garbage", "foreign"),
    all_odd("ahead:3600", "stratum 2, 3600 s"),
    Situation(
        "one-time-server-bad", Blueprint(pool=("", "", "unsynchronised", "")), {"ntp 3": "stratum 16, 0 s"}, **REMARKED
    ),
    Situation(
        "one-time-server-ahead", Blueprint(pool=("", "ahead:60", "", "")), {"ntp 2": "stratum 2, 60 s"}, **REMARKED
    ),
    Situation(
        "only-source-port-123",
        Blueprint(firewall=forward("udp dport 123 udp sport != 123 drop")),
        {f"ntp {n}": "timeout" for n in range(1, 5)},
        **REMARKED,
    ),
    laptop_behind(3600, "laptop-an-hour-behind"),
    laptop_behind(YEAR_S, "laptop-a-year-behind"),
)
