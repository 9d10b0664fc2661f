"""The program as a process on the laptop: how it stops, what it needs, and that nothing is guessed."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator

import pytest

from .blueprint import Blueprint, forward
from .build import build
from .product import check, driftklar, program, question
from .site import Site

pytestmark = pytest.mark.lab
STALLING = Blueprint(firewall=forward("tcp dport 8883 drop"))


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with build(STALLING) as made:
        yield made


def test_ctrl_c_stops_within_two_seconds_and_tells_what_was_measured(site: Site) -> None:
    command = ("sh", "-c", 'echo $$ > /run/site/pid; exec "$@"', "-", *program(*question(site)))
    inside = site.inside("laptop", *command)
    with subprocess.Popen(inside, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        time.sleep(2)
        site.shell("laptop", "kill -INT $(cat /run/site/pid)")
        pressed = time.monotonic()
        stdout, stderr = process.communicate(timeout=10)
        assert time.monotonic() - pressed < 2
    document = json.loads(stdout)
    assert process.returncode == 3
    assert document["verdict"] == "incomplete"
    assert "measured" in {check["outcome"] for check in document["checks"]}
    assert "Traceback" not in stderr


def test_a_time_limit_ends_the_run_as_ctrl_c_does(site: Site) -> None:
    run = check(site, "--timeout", "1")
    assert run.exit == 3
    assert run.areas["mqtt"] == "not-measured"
    assert run.areas["dns"] == "pass"
    assert run.seconds < 3


def test_a_single_check_is_judged_alone(site: Site) -> None:
    run = check(site, "--only", "mqtt-hub")
    assert (run.exit, run.codes) == (1, ("tcp.dropped",))
    assert {check["id"] for check in run.document["checks"]} == {"mqtt-hub"}


def test_what_is_skipped_is_missing(site: Site) -> None:
    run = check(site, "--skip", "mqtt-hub")
    assert run.exit == 3
    assert run.areas["mqtt"] == "not-measured"


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_every_language_tells_the_same_findings(language: str, site: Site) -> None:
    run = check(site, "--language", language, "--only", "mqtt-hub")
    finding = run.document["checks"][0]["findings"][0]
    assert finding["code"] == "tcp.dropped"
    assert all(finding[part] for part in ("title", "meaning", "remedy"))


@pytest.mark.parametrize("interface", ["nope", "lo"])
def test_an_interface_that_is_not_there_is_wrong_use(interface: str, site: Site) -> None:
    run = driftklar(site, "check", "--interface", interface, "--format", "json")
    assert (run.exit, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == 1


def test_the_charger_does_not_trust_the_laboratory(site: Site) -> None:
    run = driftklar(site, "check", "--interface", "eth0", "--only", "https-api.zaptec.com", "--format", "json")
    assert run.exit == 1
    assert run.document["profile"]["trust_anchors"] == "charger"
