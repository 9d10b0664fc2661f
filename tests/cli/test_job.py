"""`driftklar job`: everything that the wizard can do with a job, and whatever text stands in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from installer_gui import assets
from installer_gui.session import store

Cli = Callable[..., Any]
HOSTILE = [
    "",
    "🌞👩‍🔧",
    "\x1b[2J\x07",
    "\u202egnp.exe",
    "half \ud83d",
    "' OR 1=1 --",
    "{n} %s {0.__class__}",
    "a\nb\tc",
    "x" * 5000,
]


def validate(name: str, document: Any) -> None:
    Draft202012Validator(json.loads(assets.resource("schemas", f"{name}.json").read_text("utf-8"))).validate(document)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "solen.dkjob"


@pytest.fixture
def job(driftklar: Cli, path: Path) -> Cli:
    """A job of two stations; running an action on it."""
    made = driftklar(
        "job", "new", "-o", str(path), "--site-name", "Brf Solen", "--street", "Storgatan 4", "--town", "Växjö",
        "--customer", "Brf", "--company", "El AB", "--person", "Åsa", "--station", "A1,garage,ZPR012345",
        "--station", "A2", "--connection", "wifi", "--ssid", "LADD", "--paper-language", "nb",
    )  # fmt: skip
    assert made.code == 0, made.err

    def run(action: str, *argv: str) -> Any:
        return driftklar("job", action, str(path), *argv)

    return run


def test_a_new_job_holds_what_was_given_and_is_as_published(job: Cli, path: Path) -> None:
    made = store.load(path)
    assert (made.site.name, made.site.street, made.site.town, made.site.customer) == (
        "Brf Solen",
        "Storgatan 4",
        "Växjö",
        "Brf",
    )
    assert (made.installer.company, made.installer.person, made.paper_language) == ("El AB", "Åsa", "nb")
    assert [(s.id, s.place, s.serial) for s in made.stations] == [("A1", "garage", "ZPR012345"), ("A2", "", "")]
    assert (made.connection, made.ssid) == ("wifi", "LADD")
    validate("job", json.loads(path.read_text("utf-8")))


def test_showing_a_job_tells_how_every_required_check_stands(job: Cli) -> None:
    shown = job("show", "--format", "json").json
    validate("job-status", shown)
    assert shown["verdict"] == "incomplete"
    about = {(c["id"], c["subject"].get("name", "")) for c in shown["checks"]}
    assert {("wifi-signal", "A1"), ("wifi-signal", "A2"), ("station-online", "A1"), ("dns-lan", "")} <= about
    assert {c["reason"] for c in shown["checks"]} == {"not-run"}
    assert len(shown["deviations"]) == shown["summary"]["not-measured"] == len(about)


def test_text_and_json_agree(job: Cli) -> None:
    text = job("show").out
    shown = job("show", "--format", "json").json
    assert all(d["title"] in text for d in shown["deviations"])
    assert "Incomplete" in text


def test_a_field_is_changed_and_the_others_stay(job: Cli, path: Path) -> None:
    assert job("set", "--town", "Kalmar", "--network-owner-name", "IT", "--order-no", "7").code == 0
    changed = store.load(path)
    assert (changed.site.town, changed.site.name, changed.site.network_owner.name) == ("Kalmar", "Brf Solen", "IT")
    assert changed.order_no == "7"


def test_a_field_can_be_emptied(job: Cli, path: Path) -> None:
    job("set", "--customer", "")
    assert store.load(path).site.customer == ""


def test_stations_are_added_changed_and_counted(job: Cli, path: Path) -> None:
    job("set", "--station", "A2;tak;ZPR000001", "--station", "B1")
    assert [(s.id, s.place) for s in store.load(path).stations] == [("A1", "garage"), ("A2", "tak"), ("B1", "")]
    job("set", "--stations", "5")
    assert [s.id for s in store.load(path).stations] == ["A1", "A2", "B1", "A3", "A4"]
    job("set", "--stations", "1")
    assert [s.id for s in store.load(path).stations] == ["A1"]


def test_another_connection_outdates_what_was_measured_and_keeps_it(
    driftklar: Cli, job: Cli, path: Path, play: Cli, outcomes: SimpleNamespace
) -> None:
    play(dns_lan=outcomes.fine)
    driftklar("check", "--save", str(path))
    job("set", "--connection", "plc")
    (record,) = store.load(path).records
    assert record.outdated
    (check,) = (c for c in job("show", "--format", "json").json["checks"] if c["id"] == "dns-lan")
    assert (check["state"], check["reason"], check["outdated"]) == ("not-measured", "outdated", True)


def test_a_deviation_is_given_an_owner_an_action_and_a_day(job: Cli) -> None:
    assert job("note", "--number", "2", "--owner", "IT", "--action", "öppna 8883", "--due", "2026-12-01").code == 0
    job("note", "--number", "2", "--text", "ringt")
    second = job("show", "--format", "json").json["deviations"][1]
    assert (second["owner"], second["action"], second["due"], second["text"]) == (
        "IT",
        "öppna 8883",
        "2026-12-01",
        "ringt",
    )
    assert "IT · öppna 8883" in job("show").out


def test_remarks_are_added_and_can_be_changed_by_their_number(job: Cli, path: Path) -> None:
    job("note", "--text", "lås")
    job("note", "--text", "nyckel")
    last = job("show", "--format", "json").json["deviations"][-1]
    assert last["title"] == "nyckel"
    job("note", "--number", str(last["number"]), "--text", "nyckelskåp")
    assert [n.text for n in store.load(path).notes] == ["lås", "nyckelskåp"]


def test_a_person_answers_for_one_station_and_the_record_says_who_and_how_well_it_is_known(job: Cli) -> None:
    assert job("confirm", "--check", "station-online", "--station", "A1", "--by", "Åsa").code == 0
    checks = job("show", "--format", "json").json["checks"]
    first, second = (c for c in checks if c["id"] == "station-online")
    assert (first["state"], first["grade"], first["findings"][0]["evidence"]["by"]) == ("pass", "manual", "Åsa")
    assert second["state"] == "not-measured"


def test_a_job_with_answers_and_notes_is_as_published(job: Cli, path: Path) -> None:
    job("confirm", "--check", "station-online", "--station", "A1", "--by", "Åsa")
    job("confirm", "--check", "wifi-channel", "--by", "Åsa")
    job("note", "--number", "1", "--owner", "IT", "--due", "2026-12-01")
    validate("job", json.loads(path.read_text("utf-8")))


def test_a_no_is_a_failure(job: Cli) -> None:
    job("confirm", "online=nej", "--check", "station-online", "--station", "A1", "--station", "A2", "--by", "Åsa")
    assert job("show", "--format", "json").json["verdict"] == "failed"


def test_a_worksheet_is_answered_question_by_question(job: Cli) -> None:
    job("set", "--connection", "plc")
    yes = [f"{name}=yes" for name in ("terminals", "phase-order", "earth", "modules", "encrypted")]
    assert job("confirm", *yes, "cable=70,5", "stations=12", "--check", "plc-wiring", "--by", "Åsa").code == 0
    (wiring,) = (c for c in job("show", "--format", "json").json["checks"] if c["id"] == "plc-wiring")
    assert wiring["state"] == "pass"


def test_the_lock_of_the_channel_is_a_word_that_needs_a_name(job: Cli) -> None:
    assert job("confirm", "--check", "wifi-channel", "--by", "Åsa").code == 0
    assert job("confirm", "--check", "wifi-channel", "--by", "").code == 2


@pytest.mark.parametrize(
    ("argv", "sentence"),
    [
        (("confirm", "--check", "station-online", "--by", "Åsa"), "give --station"),
        (("confirm", "--check", "station-online", "--station", "Z9", "--by", "Åsa"), "no station named Z9"),
        (("confirm", "--check", "dns-lan", "--by", "Åsa"), "no check named dns-lan"),
        (("confirm", "--check", "station-online", "--station", "A1", "--by", " "), "name"),
        (("confirm", "--check", "plc-wiring", "--by", "Åsa"), "terminals"),
        (("confirm", "cable=long", "--check", "plc-wiring", "--by", "Åsa"), "long"),
        (("confirm", "signal=nan", "--check", "lte-signal", "--station", "A1", "--by", "Åsa"), "nan"),
        (("note", "--number", "99", "--text", "x"), "no deviation number 99"),
        (("note", "--number", "-1", "--text", "x"), "no deviation number -1"),
        (("note",), "at least one of"),
        (("note", "--text", "x", "--due", "tomorrow"), "a day such as"),
        (("set", "--stations", "1001"), "from 0 to 1000"),
        (("set", "--station", "A9", "--station", "A9"), "given twice"),
        (("set", "--connection", "pigeon"), "invalid choice"),
        (("export",), "required: -o"),
    ],
)
def test_wrong_use_is_one_line_and_leaves_the_job_as_it_was(job: Cli, path: Path, argv: Any, sentence: str) -> None:
    before = path.read_bytes()
    ran = job(*argv)
    assert (ran.code, ran.err.count("\n"), path.read_bytes()) == (2, 1, before)
    assert sentence in ran.err


def test_a_file_is_never_written_over_by_a_new_job(driftklar: Cli, job: Cli, path: Path) -> None:
    ran = driftklar("job", "new", "-o", str(path))
    assert (ran.code, "already exists" in ran.err) == (2, True)


@pytest.mark.parametrize("action", ["show", "set", "note", "import"])
def test_files_that_are_no_jobs_are_refused_in_one_line(driftklar: Cli, tmp_path: Path, action: str) -> None:
    samples = {
        "absent": None,
        "garbage": b"\x00\xff" * 50,
        "pdf": b"%PDF-1.7",
        "newer": b'{"schema": "driftklar.job/9", "job": {}}',
        "other": b'{"schema": "driftklar.run/1"}',
        "nested": b"[" * 100_000,
    }
    for name, raw in samples.items():
        path = tmp_path / name
        if raw is not None:
            path.write_bytes(raw)
        ran = driftklar("job", action, str(path), *(("--text", "x") if action == "note" else ()))
        assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1), name
        assert "Traceback" not in ran.err


def test_a_job_goes_to_the_wizard_and_comes_back_by_its_number(
    driftklar: Cli, job: Cli, path: Path, tmp_path: Path
) -> None:
    number = store.load(path).id
    assert job("import").code == 0
    assert (tmp_path / "home" / "jobs" / f"{number}.dkjob").is_file()
    assert driftklar("job", "show", number, "--format", "json").json["job"]["id"] == number
    out = tmp_path / "out" / "solen.dkjob"
    assert driftklar("job", "export", number, "-o", str(out)).code == 0
    assert store.load(out) == store.load(path)
    assert (job("import").code, driftklar("job", "export", number, "-o", str(out)).code) == (2, 2)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_in_any_field_is_kept_safely_and_shown_safely(driftklar: Cli, tmp_path: Path, text: str) -> None:
    path = str(tmp_path / "x.dkjob")
    fields = ("site-name", "street", "town", "customer", "company", "person", "ssid", "station", "network-owner-name")
    made = driftklar("job", "new", "-o", path, *(part for name in fields for part in (f"--{name}", text)))
    assert made.code == 0, made.err
    assert driftklar("job", "note", path, "--text", text).code == 0
    shown = driftklar("job", "show", path)
    assert shown.code == 0
    assert not set(shown.out) & set("\x1b\x07\u202e\t\ud83d")
    validate("job-status", driftklar("job", "show", path, "--format", "json").json)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(raw=st.binary(max_size=60))
def test_hostile_json_inside_a_job_never_ends_in_a_traceback(driftklar: Cli, tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "x.dkjob"
    path.write_bytes(b'{"schema": "driftklar.job/1", "job": {"id": "1", "profile": "' + raw + b'"}}')
    ran = driftklar("job", "show", str(path))
    assert (ran.code, ran.err.count("\n")) == (2, 1)


def test_a_job_of_a_profile_that_is_not_here_is_refused_by_its_name(driftklar: Cli, job: Cli, path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('"zaptec-pro"', '"other"'), "utf-8")
    ran = job("show")
    assert (ran.code, "no profile named other" in ran.err) == (2, True)


def test_some_stations_get_a_connection_of_their_own(job: Cli, path: Path) -> None:
    assert job("set", "--connection-of", "plc=A2").code == 0
    assert [store.load(path).connection_of(s) for s in store.load(path).stations] == ["wifi", "plc"]
    validate("job", json.loads(path.read_text("utf-8")))
    shown = job("show", "--format", "json").json
    asked = {(c["id"], c["subject"].get("id", c["subject"].get("name"))) for c in shown["checks"] if c["required"]}
    assert {("wifi-signal", "A1"), ("plc-station", "A2")} <= asked
    assert not {("wifi-signal", "A2"), ("plc-station", "A1")} & asked
    assert "WiFi 2.4 GHz LADD (A1) · PLC (Powerline) (A2)" in job("show", "--language", "en").out


@pytest.mark.parametrize(("said", "sentence"), [("plc=Z9", "no station named Z9"), ("pigeon=A1", "pigeon")])
def test_a_connection_of_nobody_or_of_no_kind_is_refused(job: Cli, said: str, sentence: str) -> None:
    ran = job("set", "--connection-of", said, "--language", "en")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert sentence in ran.err


def test_what_needs_the_internet_is_put_off_and_run_alone(
    driftklar: Cli, job: Cli, path: Path, play: Cli, outcomes: SimpleNamespace
) -> None:
    play(dns_lan=outcomes.fine)
    assert driftklar("check", "--save", str(path), "--waiting", "--language", "en").err.endswith("for the internet\n")
    assert job("set", "--later", "yes", "--format", "json").json["job"]["later"] == ["dns-lan"]
    shown = job("show", "--language", "en").out
    assert shown.count("– waiting for the internet") == 2, "in the list of checks and in that of deviations"
    driftklar("check", "--save", str(path), "--waiting")
    assert [record.check for record in store.load(path).records] == ["dns-lan"]
    assert job("set", "--later", "no", "--format", "json").json["job"]["later"] == []


def test_what_was_put_right_is_told_with_its_dates(job: Cli, path: Path) -> None:
    for answer in ("no", "yes"):
        job("confirm", f"online={answer}", "--check", "station-online", "--station", "A1", "--by", "Åsa")
    shown = job("show", "--format", "json").json
    validate("job-status", shown)
    assert [(c["code"], c["subject"]["name"]) for c in shown["closed"]] == [("station.offline", "A1")]
    assert "put right" in job("show", "--language", "en").out
