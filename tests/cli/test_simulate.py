import json

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
