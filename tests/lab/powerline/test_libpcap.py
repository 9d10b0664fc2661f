"""The way to modems of macOS and Windows with the real libpcap, on Linux: the same is seen, and as clearly told."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..blueprint import LAPTOP_MAC
from ..product import ENVIRONMENT, NOBODY
from ..site import Site
from ..watch import Watch
from . import cable
from .by_libpcap import LIBRARY
from .networks import NETWORKS

pytestmark = pytest.mark.lab
SCRIPT = str(Path(__file__).with_name("by_libpcap.py"))
COMMAND = (sys.executable, SCRIPT, "eth0", LAPTOP_MAC)
SOON_S, UNDER_WAY_S = 3.0, 3.0


@pytest.fixture(autouse=True)
def _libpcap() -> None:
    try:
        ctypes.CDLL(LIBRARY)
    except OSError:
        message = "THE WAY THROUGH LIBPCAP WAS NOT RUN: missing Debian package: libpcap0.8"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def look(site: Site, *user: str) -> dict[str, Any]:
    done = site.run("laptop", *user, *COMMAND, env=ENVIRONMENT)
    assert done.stderr == ""
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", ["two", "int6400", "garbage"])
def test_the_same_is_seen_and_asked_as_through_a_packet_socket(name: str, site: Site) -> None:
    cable.plug(site, name)
    watch = Watch(site)
    found = look(site)
    traffic = watch.traffic()
    situation = NETWORKS[name]
    assert found["gateways"] == [gateway["mac"] for gateway in situation.gateways]
    stations = [station for gateway in situation.gateways for station in gateway["stations"]]
    assert [row[:4] for row in found["members"]] == [[s["mac"], s["tx_mbps"], s["rx_mbps"], 20] for s in stations]
    assert all(3.5 < row[4] < 20 for row in found["members"])
    assert list(cable.faults(traffic)) == []
    assert cable.asked(traffic)


def test_without_rights_that_is_the_reason(site: Site) -> None:
    assert look(site, *NOBODY)["reason"] == "needs-privilege"


def switch_off(site: Site) -> None:
    site.shell("laptop", "ip link set eth0 down")


def take_out(site: Site) -> None:
    site.shell("laptop", "ip link delete eth0")


@pytest.mark.parametrize(
    ("trouble", "reasons"),
    [(cable.kill, {"no-answer"}), (switch_off, {"interface-gone"}), (take_out, {"interface-gone"})],
)
def test_what_goes_away_on_the_way_is_told_at_once(
    trouble: Callable[[Site], None], reasons: set[str], site: Site
) -> None:
    cable.plug(site, "thirty")
    process = subprocess.Popen(site.inside("laptop", *COMMAND), stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
    time.sleep(UNDER_WAY_S)
    assert process.poll() is None
    began = time.time()
    trouble(site)
    out, _ = process.communicate(timeout=30)
    told = json.loads(out)
    assert told["reason"] in reasons
    assert told["at"] - began < SOON_S
