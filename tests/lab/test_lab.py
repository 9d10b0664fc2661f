"""The laboratory itself: what it says of sites must be true before it may judge anybody."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from . import facts
from .blueprint import GOOGLE, HUB, Blueprint
from .build import build
from .site import Site
from .watch import Watch, peak
from .wire import Wire

pytestmark = pytest.mark.lab


@pytest.fixture(scope="module")
def healthy() -> Iterator[Site]:
    with build(Blueprint()) as site:
        yield site


@pytest.mark.parametrize("name", facts.HEALTHY)
def test_a_healthy_site_answers_as_the_internet_does(name: str, healthy: Site) -> None:
    assert facts.look(healthy, name) == facts.HEALTHY[name]


def test_a_site_is_up_within_two_seconds() -> None:
    start = time.monotonic()
    with build(Blueprint()):
        assert time.monotonic() - start < 2


def test_two_sites_stand_side_by_side_and_do_not_meet() -> None:
    with build(Blueprint(hub=None)) as without, build(Blueprint()) as with_hub:
        assert facts.look(without, "hub tcp") == "refused"
        assert facts.look(with_hub, "hub tcp") == "open"


def test_killing_the_first_process_ends_every_server() -> None:
    with build(Blueprint()) as site:
        inside = processes_of(site)
        assert len(inside) > 5
        os.kill(site.pid, signal.SIGKILL)
        limit = time.monotonic() + 3
        while still := [pid for pid in inside if Path(f"/proc/{pid}").exists() and not is_zombie(pid)]:
            assert time.monotonic() < limit, still
            time.sleep(0.02)


def test_a_site_has_no_way_to_the_machines_own_network(healthy: Site) -> None:
    for namespace in ("laptop", "router", "internet", "others"):
        names = healthy.run(namespace, "ls", "/sys/class/net").stdout.split()
        assert set(names) <= {"lo", "eth0", "lan1", "lan2", "br0", "wan0"}


def test_the_line_delays_loses_and_limits_as_it_says() -> None:
    with build(Blueprint(wire=Wire(delay_ms=50, loss=0.2, mtu=1000))) as site:
        small = site.at("laptop", partial(echoes, [100] * 50))
        big = site.at("laptop", partial(echoes, [1001] * 50))
    assert 100 <= min(small) < 110
    assert 20 <= len(small) <= 44
    assert not big


def test_a_thin_line_makes_packets_wait_for_each_other() -> None:
    with build(Blueprint(wire=Wire(delay_ms=0, rate_kbit=800))) as site:
        times = site.at("laptop", partial(echoes, [1000] * 10))
    assert 110 <= max(times) < 150  # 10 ms each on the way there, and the last one 10 ms back


def test_the_watch_counts_what_the_laptop_sends(healthy: Site) -> None:
    watch = Watch(healthy)
    facts.look(healthy, "8.8.8.8 hub")
    facts.look(healthy, "hub tcp")
    facts.look(healthy, "dhcp offers")
    traffic = watch.traffic()
    assert traffic.udp[GOOGLE, 53] == 1
    assert traffic.connections == {(HUB, 8883): 1}
    assert traffic.dhcp == {"DISCOVER": 1}


def test_a_peak_is_the_most_in_any_span() -> None:
    assert peak([0.0, 0.1, 0.9, 1.0, 1.05, 5.0]) == 4


def echoes(sizes: list[int]) -> list[float]:
    """Milliseconds of the pings that came back, all sent at once; a size is that of the whole packet."""
    sent = time.monotonic()
    times: list[float] = []
    with socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as raw:
        raw.settimeout(0.5)
        raw.connect((GOOGLE, 0))
        for size in sizes:
            raw.send(facts.echo_request(size))
        try:
            while len(times) < len(sizes):
                if raw.recv(2048)[20] == 0:
                    times.append((time.monotonic() - sent) * 1000)
        except TimeoutError:
            pass
    return times


def processes_of(site: Site) -> list[int]:
    """All processes in the site's process namespace."""
    wanted = Path(f"/proc/{site.pid}/ns/pid").readlink()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "ns/pid").readlink() == wanted:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def is_zombie(pid: int) -> bool:
    try:
        return ") Z " in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True
