"""Users without rights, and what goes away in the middle of a look: a clear word within three seconds."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from .. import probe
from ..product import ENVIRONMENT, driftklar, program
from ..site import Site
from ..watch import Watch
from . import cable
from .networks import NETWORKS

pytestmark = pytest.mark.lab
SCAN = ("plc", "scan", "--interface", "eth0", "--language", "en", "--format", "json")
SOON_S = 3.0
UNDER_WAY_S = 4.0  # of a look at thirty stations, which takes fourteen
STATION_BEHIND_THE_MAINS = "60:15:92:40:00:01"
HELPER = "pgrep -f 'driftklar-prob[e] eth0$'"


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


def test_an_ordinary_user_sees_the_same_through_the_program(site: Site) -> None:
    cable.plug(site, "two")
    environment = probe.install(site)
    watch = Watch(site)
    run = probe.run(site, environment, *SCAN)
    traffic = watch.traffic()
    found = {gateway["mac"]: len(gateway["stations"]) for gateway in run.document["gateways"]}
    assert found == {network.mac: len(network.stations) for network in NETWORKS["two"].networks}
    assert run.exit == 0
    assert list(cable.faults(traffic)) == []
    assert len(cable.asked(traffic)) > 60


def test_a_user_without_rights_is_told_so_and_nothing_is_sent(site: Site) -> None:
    cable.plug(site, "four")
    watch = Watch(site)
    run = driftklar(site, *SCAN, root=False)
    assert (run.exit, run.document["outcome"], run.document["reason"]) == (3, "not-measured", "needs-privilege")
    assert run.document["gateways"] == []
    assert cable.asked(watch.traffic()) == []
    text = driftklar(site, *SCAN[:-2], root=False).stdout
    assert "Without rights on this computer the PLC module cannot be asked." in text
    assert "driftklar plc addresses" in text


def test_no_address_is_needed(site: Site) -> None:
    cable.plug(site, "lonely")
    site.shell("laptop", "ip address flush dev eth0")
    run = driftklar(site, *SCAN)
    assert (run.exit, run.document["outcome"], len(run.document["gateways"])) == (0, "measured", 1)


def test_without_rights_stations_are_still_seen_as_neighbours(site: Site) -> None:
    site.shell(
        "others", f"ip link set eth0 address {STATION_BEHIND_THE_MAINS}; ip address add 192.168.50.101/24 dev eth0"
    )
    arguments = ("plc", "addresses", "--interface", "eth0", "--language", "en", "--format", "json")
    watch = Watch(site)
    run = driftklar(site, *arguments, root=False)
    assert (run.exit, run.stderr) == (0, "")
    assert run.document["addresses"] == [{"mac": STATION_BEHIND_THE_MAINS, "address": "192.168.50.101"}]
    traffic = watch.traffic()
    assert cable.asked(traffic) == []
    assert {port for _, port in traffic.udp} <= {9}


@dataclass
class Look:
    """A look that is under way."""

    process: subprocess.Popen[str]

    def ends(self) -> tuple[float, int, Any]:
        """How long that took from now, the exit code, and what was printed."""
        start = time.monotonic()
        out, err = self.process.communicate(timeout=30)
        assert err == ""
        return time.monotonic() - start, self.process.returncode, json.loads(out)


def begin(site: Site, environment: Mapping[str, str] | None = None, *arguments: str) -> Look:
    user = probe.USER if environment else ()
    command = site.inside("laptop", *user, *program(*(arguments or SCAN)))
    variables = {**ENVIRONMENT, **(environment or {})}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=variables)
    time.sleep(UNDER_WAY_S)
    assert process.poll() is None
    return Look(process)


def cut(site: Site) -> None:
    site.shell("router", "ip link set lan1 down")


def take_adapter_out(site: Site) -> None:
    site.shell("laptop", "ip link delete eth0")


def switch_adapter_off(site: Site) -> None:
    site.shell("laptop", "ip link set eth0 down")


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        (cable.kill, "no-answer"),
        (cut, "interface-gone"),
        (take_adapter_out, "interface-gone"),
        (switch_adapter_off, "interface-gone"),
    ],
)
@pytest.mark.parametrize("helped", [False, True])
def test_what_goes_away_on_the_way_is_told_at_once(
    trouble: Callable[[Site], None], reason: str, helped: bool, site: Site
) -> None:
    cable.plug(site, "thirty")
    look = begin(site, probe.install(site) if helped else None)
    trouble(site)
    seconds, code, document = look.ends()
    assert (code, document["outcome"], document["reason"]) == (3, "not-measured", reason)
    assert seconds < SOON_S


def test_rights_that_go_away_on_the_way_are_told_at_once(site: Site) -> None:
    cable.plug(site, "thirty")
    look = begin(site, probe.install(site))
    site.shell("laptop", f"kill $({HELPER})")
    seconds, code, document = look.ends()
    assert (code, document["reason"]) == (3, "needs-privilege")
    assert seconds < SOON_S


def test_ctrl_c_ends_a_look_with_a_document(site: Site) -> None:
    cable.plug(site, "thirty")
    look = begin(site)
    site.shell("laptop", "kill -INT $(pgrep -f 'installer_gui plc sca[n]')")
    seconds, code, document = look.ends()
    assert (code, document["reason"]) == (3, "stopped")
    assert seconds < SOON_S


def test_a_watch_tells_who_comes_and_goes_and_ends_with_ctrl_c(site: Site) -> None:
    cable.start(site, "others", "eth0", "four", 0)
    site.ready()
    arguments = ("plc", "watch", "--interface", "eth0", "--language", "en", "--format", "jsonl")
    command = site.inside("laptop", *program(*arguments))
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
    assert process.stdout is not None
    lines = (json.loads(line) for line in process.stdout)
    assert next(lines) == {"event": "answering", "gateways": ["02:5a:00:00:00:01"]}
    first = [next(lines) for _ in range(4)]
    assert {(line["event"], line["before"]) for line in first} == {("joined", True)}
    cable.kill(site)
    start = time.monotonic()
    assert next(lines) == {"event": "answering", "gateways": []}
    assert time.monotonic() - start < SOON_S
    cable.start(site, "others", "eth0", "thirty", 0, "another")
    assert next(lines)["gateways"] == ["02:5a:00:00:00:01"]
    new = [next(lines) for _ in range(28)]
    assert {(line["event"], line["before"]) for line in new} == {("joined", False)}
    assert [next(lines)["event"] for _ in range(2)] == ["left", "left"]
    site.shell("laptop", "kill -INT $(pgrep -f 'installer_gui plc watc[h]')")
    assert process.wait(SOON_S) == 0
    process.stdout.close()


def test_a_run_of_the_checks_looks_as_well(site: Site) -> None:
    cable.plug(site, "four")
    common = ("--interface", "eth0", "--connection", "plc", "--language", "en", "--format", "json")
    run = driftklar(site, "check", *common, "--stations", "5", "--only", "plc-gateway,plc-station")
    checks = {check["id"]: check for check in run.document["checks"]}
    assert {name: check["outcome"] for name, check in checks.items()} == {
        "plc-gateway": "measured",
        "plc-station": "measured",
    }
    codes = {finding["code"] for check in checks.values() for finding in check["findings"]}
    assert {"plc.gateway-found", "plc.members-missing", "plc.station-member", "plc.rate-low"} <= codes
    assert (run.document["areas"]["plc"], run.exit) == ("warn", 0)


def test_a_silent_module_is_no_fault_and_no_pass(site: Site) -> None:
    common = ("--interface", "eth0", "--connection", "plc", "--language", "en", "--format", "json")
    run = driftklar(site, "check", *common, "--only", "plc-gateway")
    (check,) = run.document["checks"]
    assert (check["outcome"], check["reason"], check["findings"]) == ("not-measured", "no-answer", [])
    assert (run.document["areas"]["plc"], run.document["verdict"], run.exit) == ("not-measured", "incomplete", 3)
