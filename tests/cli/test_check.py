"""`driftklar check`: what it says, in which form, and with which exit code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from installer_gui import assets
from installer_gui.session import store

Cli = Callable[..., Any]


def validator(name: str) -> Draft202012Validator:
    schema = json.loads(assets.resource("schemas", f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize(
    ("play_names", "options", "verdict", "code"),
    [
        (("fine",), (), "passed", 0),
        (("fine", "note"), (), "passed", 0),
        (("fine", "slow"), (), "passed-with-remarks", 0),
        (("fine", "slow"), ("--strict",), "passed-with-remarks", 1),
        (("fine", "slow", "dead"), (), "failed", 1),
        (("fine", "no_rights"), (), "incomplete", 3),
        (("fine", "breaks"), (), "incomplete", 3),
        (("fine", "nothing"), (), "incomplete", 3),
        (("dead", "no_rights"), (), "failed", 1),
        (("fine", "hangs"), ("--timeout", "1"), "incomplete", 3),
        (("dead", "hangs"), ("--timeout", "1"), "failed", 1),
        (("fine", "slow"), ("--skip", "fine"), "incomplete", 3),
        (("fine", "dead"), ("--only", "fine"), "passed", 0),
        (("fine", "dead"), ("--only", "fine", "--skip", "fine"), "incomplete", 3),
    ],
)
def test_the_exit_code_and_the_document_say_the_same_and_the_document_is_as_published(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, play_names: Any, options: Any, verdict: str, code: int
) -> None:
    play(**{name: getattr(outcomes, name) for name in play_names})
    ran = driftklar("check", "--format", "json", *options)
    assert (ran.json["verdict"], ran.code, ran.err) == (verdict, code, "")
    validator("run").validate(ran.json)
    assert datetime.fromisoformat(ran.json["started"]).tzinfo is not None


def test_every_outcome_is_told_with_its_reason(driftklar: Cli, play: Cli, outcomes: SimpleNamespace) -> None:
    play(
        fine=outcomes.fine,
        no_rights=outcomes.no_rights,
        breaks=outcomes.breaks,
        empty=outcomes.nothing,
        left=outcomes.fine,
    )
    told = {c["id"]: c for c in driftklar("check", "--format", "json", "--skip", "left").json["checks"]}
    assert {name: (c["outcome"], c["severity"]) for name, c in told.items()} == {
        "fine": ("measured", "ok"),
        "no-rights": ("not-measured", None),
        "breaks": ("broken", None),
        "empty": ("measured", None),
        "left": ("not-measured", None),
    }
    reasons = {name: c["reason"] for name, c in told.items()}
    error_id = reasons.pop("breaks")
    assert re.fullmatch(r"[0-9a-f]{8}", error_id)
    assert reasons == {"fine": None, "no-rights": "needs-privilege", "empty": "nothing-seen", "left": "skipped"}


def test_the_number_of_an_internal_error_is_in_the_log(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, tmp_path: Path
) -> None:
    play(breaks=outcomes.breaks)
    (check,) = driftklar("check", "--format", "json").json["checks"]
    assert check["reason"] in (tmp_path / "home" / "logs" / "driftklar.log").read_text(encoding="utf-8")


def test_jsonl_tells_of_each_check_while_it_runs_and_ends_with_the_run(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace
) -> None:
    play(fine=outcomes.fine, dead=outcomes.dead)
    ran = driftklar("check", "--format", "jsonl")
    events = [line["event"] for line in ran.lines]
    assert sorted(events) == ["finished", "finished", "run", "started", "started"]
    assert events[-1] == "run"
    assert ran.lines[-1]["verdict"] == "failed"
    for line in ran.lines:
        validator("event").validate(line)


def test_without_a_network_connection_nothing_is_measured_and_the_document_still_stands(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, computer: Any
) -> None:
    computer.plugged = [replace(i, up=False) for i in computer.plugged]
    play(fine=outcomes.fine, dead=outcomes.dead)
    ran = driftklar("check", "--format", "json")
    assert (ran.code, ran.json["verdict"], ran.json["interface"]["name"]) == (3, "incomplete", "")
    assert {(c["outcome"], c["reason"]) for c in ran.json["checks"]} == {("not-measured", "no-link")}
    validator("run").validate(ran.json)


def test_a_named_interface_without_a_link_is_not_measured_either(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, computer: Any
) -> None:
    computer.plugged[1] = replace(computer.plugged[1], up=False)
    play(fine=outcomes.fine)
    ran = driftklar("check", "--format", "json", "--interface", "eth0")
    assert (ran.code, ran.json["interface"]["name"], ran.json["checks"][0]["reason"]) == (3, "eth0", "no-link")


def test_an_interface_that_vanishes_is_the_reason_not_the_site(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, computer: Any
) -> None:
    async def pull_the_plug(ctx: Any) -> Any:
        computer.plugged.clear()
        return await outcomes.dead(ctx)

    play(dead=pull_the_plug)
    ran = driftklar("check", "--format", "json")
    assert (ran.code, ran.json["checks"][0]["reason"]) == (3, "interface-gone")
    assert ran.json["checks"][0]["findings"] == []


def test_the_site_is_tested_beside_a_vpn_and_not_through_it(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace
) -> None:
    play(fine=outcomes.fine)
    assert driftklar("check", "--format", "json").json["interface"]["name"] == "eth0"
    assert driftklar("check", "--format", "json", "--interface", "tun0").json["interface"]["kind"] == "vpn"


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (("--interface", "nope0"), "no network interface named nope0"),
        (("--interface", "\x1b[31m"), "no network interface named \ufffd[31m"),
        (("--only", "no-such"), "no check named no-such"),
        (("--only", ""), "at least one check"),
        (("--only", " , "), "at least one check"),
        (("--skip", "no-such"), "no check named no-such"),
        (("--stations", "0"), "from 1 to 1000"),
        (("--stations", "many"), "from 1 to 1000"),
        (("--stations", "9" * 5000), "from 1 to 1000"),
        (("--timeout", "nan"), "from 1 to 3600"),
        (("--timeout", "soon"), "from 1 to 3600"),
        (("--connection", "pigeon"), "invalid choice: 'pigeon'"),
        (("--trust-anchors", "/no/such/file"), "/no/such/file cannot be read"),
        (("--trust-anchors", __file__), "no certificates in PEM form"),
        (("--save", "/proc/no/such/job"), "/proc/no/such/job cannot be"),
        (("--save", __file__), "damaged"),
        (("--save", "/dev/null"), "damaged"),
        (("--profile", "no-such"), "no profile named no-such"),
        (("--unheard-of\u202e",), "unrecognized arguments: --unheard-of\ufffd"),
        (("--lang", "sv"), "unrecognized arguments: --lang"),
    ],
)
@pytest.mark.parametrize("form", ["text", "json"])
def test_wrong_use_is_one_clear_line_and_exit_code_2(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, argv: Any, sentence: str, form: str
) -> None:
    play(fine=outcomes.fine)
    ran = driftklar("check", "--format", form, *argv)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert sentence in ran.err
    assert ran.err.startswith("driftklar: ")


def test_results_are_shown_before_a_job_that_cannot_be_saved_is_complained_about(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace
) -> None:
    play(fine=outcomes.fine)
    ran = driftklar("check", "--format", "json", "--save", "/proc/no/such/job")
    assert ran.json["verdict"] == "passed"
    assert ran.code == 2


def test_a_job_gets_the_results_that_were_measured_and_none_that_were_not_tried(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, tmp_path: Path
) -> None:
    path = tmp_path / "site.dkjob"
    play(fine=outcomes.fine, dead=outcomes.dead, hangs=outcomes.hangs, no_rights=outcomes.no_rights)
    options = ("--skip", "dead", "--timeout", "1", "--stations", "3", "--connection", "wifi", "--save", str(path))
    driftklar("check", *options)
    job = store.load(path)
    assert [r.check for r in job.records] == ["fine", "no-rights"]
    assert (len(job.stations), job.connection, job.interface) == (3, "wifi", "eth0")


def test_a_second_run_adds_to_the_job_and_takes_its_stations_and_connection_from_it(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, tmp_path: Path
) -> None:
    path = str(tmp_path / "site.dkjob")
    play(fine=outcomes.fine)
    driftklar("check", "--stations", "3", "--connection", "wifi", "--save", path)
    assert driftklar("check", "--save", path, "--format", "json").json["stations"] == 3
    job = store.load(Path(path))
    assert (len(job.records), len(job.stations), job.connection) == (2, 3, "wifi")


def test_a_run_without_options_makes_up_neither_stations_nor_a_connection(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, tmp_path: Path
) -> None:
    play(fine=outcomes.fine)
    driftklar("check", "--save", str(tmp_path / "x.dkjob"))
    job = store.load(tmp_path / "x.dkjob")
    assert (job.stations, job.connection) == ((), None)


def test_a_simulated_site_is_marked_in_every_form_and_kept_out_of_real_jobs(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, computer: Any, tmp_path: Path
) -> None:
    play(fine=outcomes.fine)
    driftklar("check", "--save", str(tmp_path / "real.dkjob"))
    computer.demo = "blocked"
    assert driftklar("check", "--format", "json").json["demo"] == "blocked"
    assert "DEMO" in driftklar("check").out
    refused = driftklar("check", "--save", str(tmp_path / "real.dkjob"))
    assert (refused.code, "real job" in refused.err) == (2, True)


def test_another_set_of_roots_is_marked(driftklar: Cli, play: Cli, outcomes: SimpleNamespace) -> None:
    play(fine=outcomes.fine)
    roots = str(assets.resource("roots", "mozilla.pem"))
    assert driftklar("check", "--format", "json").json["profile"]["trust_anchors"] == "charger"
    custom = driftklar("check", "--format", "json", "--trust-anchors", roots)
    assert custom.json["profile"]["trust_anchors"] == "custom"


def test_a_job_does_not_forget_that_other_roots_were_used(
    driftklar: Cli, play: Cli, outcomes: SimpleNamespace, tmp_path: Path
) -> None:
    path, roots = str(tmp_path / "x.dkjob"), str(assets.resource("roots", "mozilla.pem"))
    play(fine=outcomes.fine)

    def anchors(*options: str) -> Any:
        driftklar("check", "--save", path, *options)
        return driftklar("job", "show", path, "--format", "json").json["profile"]["trust_anchors"]

    assert [anchors(), anchors("--trust-anchors", roots), anchors()] == ["charger", "custom", "charger"]
