import json
import os
import subprocess
import sys

import pytest

from installer_gui.cli import exits
from installer_gui.cli.main import main
from installer_gui.platforms.simulated import SITES

CHEAP = ("check", "--only", "traffic-budget", "--format", "json", "--language", "en")


def test_a_run_in_a_simulation_says_so_and_trusts_the_sites_roots(capsys):
    assert main(["simulate", "--site", "weak-wifi", "--", *CHEAP]) == exits.PASSED
    document = json.loads(capsys.readouterr().out)
    assert document["demo"] == "weak-wifi"
    assert document["profile"]["trust_anchors"] == "custom"
    assert document["interface"]["name"] == "demo0"


@pytest.mark.parametrize("words", [["--", "driftklar", *CHEAP], ["driftklar", *CHEAP], [*CHEAP]])
def test_the_command_may_be_named_in_several_ways(capsys, words):
    assert main(["simulate", *words]) == exits.PASSED
    assert json.loads(capsys.readouterr().out)["demo"] == "healthy"


def test_the_exit_code_is_the_commands(capsys):
    pool = ("check", "--only", "dhcp-capacity", "--stations", "6", "--language", "en")
    assert main(["simulate", "--site", "dhcp-small-pool", "--", *pool]) == exits.FAILED
    assert main(["simulate", "--", "check", "--only", "no-such-check"]) == exits.USAGE


@pytest.mark.parametrize("language", ["sv", "nb", "en"])
def test_the_sites_are_listed_with_their_titles(capsys, language):
    assert main(["simulate", "--list", "--language", language]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(SITES)
    assert all(len(line.split()) > 2 and "site." not in line for line in lines)


def test_the_list_is_json_for_programs(capsys):
    assert main(["simulate", "--list", "--format", "json"]) == 0
    assert [site["name"] for site in json.loads(capsys.readouterr().out)["sites"]] == list(SITES)


@pytest.mark.parametrize(
    ("words", "part"),
    [(["--site", "atlantis", "--", "check"], "atlantis"), ([], "simulate -- check"), (["--"], "simulate -- check")],
)
def test_wrong_use_is_one_line(capsys, words, part):
    assert main(["--language", "en", "simulate", *words]) == exits.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert part in err


def test_a_command_that_there_is_not_ends_with_wrong_use(capsys):
    with pytest.raises(SystemExit) as end:
        main(["simulate", "--", "levitate"])
    assert end.value.code == exits.USAGE


DIRECT = ("check", "--connection", "ethernet", "--stations", "6", "--format", "json")
FAILING_AREAS = {
    "healthy": set(),
    "mqtt-blocked": {"mqtt"},
    "dns-dead": {"dns"},
    "weak-wifi": set(),
    "ntp-silent": {"ntp"},
    "tls-intercepted": {"https"},
    "captive-portal": {"link", "mqtt", "https", "ntp"},
    "dhcp-small-pool": {"dhcp"},
    "plc-garage": set(),
    "plc-noisy": set(),
    "plc-open": set(),
    "plc-one-by-one": set(),
}


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """All sites checked at once, each in a program of its own, because most of the time is patience."""
    home = str(tmp_path_factory.mktemp("home"))
    programs = {
        name: subprocess.Popen(
            [sys.executable, "-m", "installer_gui", "simulate", "--site", name, "--", *DIRECT],
            stdout=subprocess.PIPE,
            env={**os.environ, "DRIFTKLAR_HOME": home},
        )
        for name in SITES
    }
    return {
        name: (json.loads(program.communicate(timeout=60)[0]), program.returncode) for name, program in programs.items()
    }


@pytest.mark.parametrize("name", SITES)
def test_every_site_is_judged_as_its_title_says(judged, name):
    document, code = judged[name]
    failing = {area for area, state in document["areas"].items() if state == "fail"}
    assert failing == FAILING_AREAS[name]
    assert code == (exits.FAILED if failing else exits.PASSED)
    assert all(check["outcome"] in ("measured", "not-applicable") for check in document["checks"])


def test_the_healthy_site_has_nothing_to_remark(judged):
    document, _ = judged["healthy"]
    assert document["verdict"] == "passed"
    assert document["summary"]["warning"] == document["summary"]["failure"] == 0
    assert document["duration_s"] < 6
