"""`plc scan` and its kin, on simulated sites and on a computer without a module."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from installer_gui import i18n
from installer_gui.domain.finding import Grade, Quantity
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.domain.outcome import Measured
from installer_gui.platforms import powerline
from installer_gui.platforms.simulated import powerline as played
from installer_gui.ports.powerline import NoPowerline
from installer_gui.ports.unavailable import Reason, Unavailable
from installer_gui.session import store

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "resources/schemas/plc.json").read_text())
MODULE, FIRST = "00:00:5e:00:53:60", "60:15:92:43:53:01"
JSON = ("--format", "json")


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(powerline, "GAP_S", 0.001)


@pytest.fixture
def on(driftklar: Any) -> Callable[..., Any]:
    """Runs a command of `plc` on a simulated site."""
    return lambda site, *words: driftklar("simulate", "--site", site, "--", "plc", *words)


def checked(document: Any) -> Any:
    jsonschema.validate(document, SCHEMA)
    return document


def test_a_scan_lists_the_module_and_its_stations(on: Any) -> None:
    ran = on("plc-garage", "scan", *JSON)
    document = checked(ran.json)
    assert (ran.code, document["outcome"], document["severity"]) == (0, "measured", "ok")
    (gateway,) = document["gateways"]
    assert (gateway["mac"], gateway["chip"], gateway["factory_key"]) == (MODULE, "QCA7420", False)
    assert [s["mac"][-2:] for s in gateway["stations"]] == ["01", "02", "03", "04", "05", "06"]
    assert {(s["got"], s["sent"], s["role"]) for s in gateway["stations"]} == {(20, 20, "STA")}
    assert document["demo"] == "plc-garage"


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_a_person_gets_a_table_and_what_it_means(on: Any, language: str) -> None:
    ran = on("plc-noisy", "scan", "--language", language)
    assert ran.code == 0
    for part in (MODULE, FIRST, "QCA7005", "14/20", "635"):
        assert part in ran.out
    assert ran.out.startswith(i18n.load(language).text("demo.banner"))


def test_the_form_that_support_knows_can_be_had(on: Any) -> None:
    lines = on("plc-garage", "scan", "--plcstat").out.splitlines()
    assert lines[0] == " P/L NET TEI ------ MAC ------ ------ BDA ------  TX  RX CHIPSET FIRMWARE"
    assert lines[1].startswith(" LOC CCO 001 00:00:5E:00:53:60 00:00:5E:00:53:57 n/a n/a QCA7420 MAC-")
    assert lines[2].startswith(" REM STA 002 60:15:92:43:53:01 60:15:92:40:53:01 009 009 QCA7005 MAC-")
    assert len(lines) == 8


@pytest.mark.parametrize(
    ("site", "expected", "code"),
    [
        ("plc-garage", FIRST, 0),
        ("plc-garage", "60-15-92-40-53-01", 0),
        ("plc-garage", f"{FIRST},60:15:92:43:53:99", 1),
        ("plc-noisy", FIRST, 0),
        ("plc-noisy", "60:15:92:43:53:05", 1),
        ("plc-open", "60:15:92:43:53:71", 0),
    ],
)
def test_stations_that_are_expected_are_judged(on: Any, site: str, expected: str, code: int) -> None:
    assert on(site, "scan", "--expect", expected, *JSON).code == code


def test_a_station_that_is_not_there_or_elsewhere_is_named(on: Any) -> None:
    found = on("plc-open", "scan", "--expect", "60:15:92:43:53:71,60:15:92:43:53:99", *JSON).json["findings"]
    codes = {finding["code"]: finding["evidence"].get("mac") for finding in found}
    assert codes["plc.station-elsewhere"] == "60:15:92:43:53:71"
    assert codes["plc.station-missing"] == "60:15:92:43:53:99"


def test_what_was_seen_can_be_kept(on: Any, tmp_path: Path) -> None:
    evidence, frames = tmp_path / "plc.json", tmp_path / "plc.pcap"
    assert on("plc-garage", "scan", "--evidence", str(evidence), "--pcap", str(frames)).code == 0
    record = json.loads(evidence.read_text())
    assert (record["schema"], record["grade"], len(record["chargers"])) == ("driftklar.plc-evidence/1", "measured", 6)
    assert frames.read_bytes()[:4] == bytes.fromhex("d4c3b2a1")
    assert {(charger["verdict"], *charger["reasons"]) for charger in record["chargers"]} == {("ok",)}
    on("plc-noisy", "scan", "--evidence", str(evidence))
    poor = json.loads(evidence.read_text())["chargers"][4]
    assert (poor["verdict"], poor["reasons"]) == ("failure", ["plc.rate-low", "plc.replies-few", "plc.reply-slow"])


def test_a_scan_is_filed_in_a_job(on: Any, driftklar: Any, tmp_path: Path) -> None:
    path = str(tmp_path / "x.dkjob")
    assert driftklar("simulate", "--site", "plc-noisy", "--", "job", "new", "-o", path, "--connection", "plc").code == 0
    named = ("--station", f"A1,,,{FIRST}", "--station", "A2,,,60:15:92:43:53:05", "--station", "A3,,,60:15:92:43:53:77")
    driftklar("job", "set", path, *named)
    assert on("plc-noisy", "scan", "--save", path).code == 0
    job = store.load(Path(path))
    codes = {
        r.subject.name: [f.code for f in r.outcome.findings]
        for r in job.records
        if r.check == "plc-station" and isinstance(r.outcome, Measured)
    }
    assert codes["A1"] == ["plc.station-member", "plc.rate", "plc.replies", "plc.reply-time"]
    assert codes["A3"] == ["plc.station-missing"]
    assert {r.grade for r in job.records} == {Grade.MEASURED}
    shown = driftklar("job", "show", path, *JSON).json
    severities = {c["subject"].get("name"): c["severity"] for c in shown["checks"] if c["id"] == "plc-station"}
    assert {name: severities[name] for name in ("A1", "A2", "A3")} == {"A1": "ok", "A2": "failure", "A3": "failure"}


def test_without_a_cable_nothing_is_measured(driftklar: Any, computer: Any) -> None:
    computer.plugged = [Interface("wlan0", 2, InterfaceKind.WIFI, "02:00:00:00:00:01", ("192.168.1.57/24",))]
    ran = driftklar("plc", "scan", *JSON)
    assert (ran.code, checked(ran.json)["reason"], ran.json["interface"]) == (3, "no-link", None)


@pytest.mark.parametrize("reason", [Reason.NEEDS_PRIVILEGE, Reason.NO_DRIVER, Reason.UNSUPPORTED, Reason.BUSY])
def test_what_cannot_be_asked_is_not_measured(driftklar: Any, computer: Any, reason: Reason) -> None:
    computer.powerline = NoPowerline(reason)
    ran = driftklar("plc", "scan", *JSON)
    document = checked(ran.json)
    assert (ran.code, document["outcome"], document["reason"]) == (3, "not-measured", reason)
    assert (document["gateways"], document["neighbours"], document["severity"]) == ([], [], None)
    assert driftklar("plc", "scan").out.startswith("Not measured: ")


def test_a_cable_that_cannot_be_asked_does_not_hide_another_one(driftklar: Any, computer: Any) -> None:
    reasons = [Reason.UNSUPPORTED, Reason.INTERFACE_GONE]
    computer.plugged = [
        Interface(f"eth{n}", n, InterfaceKind.ETHERNET, f"02:00:00:00:00:0{n}") for n in range(1, len(reasons) + 1)
    ]
    opened: list[Reason] = []

    class Each:
        async def open(self) -> Any:
            opened.append(reasons[len(opened)])
            raise Unavailable(opened[-1])

    computer.powerline = Each()
    ran = driftklar("plc", "scan", *JSON)
    assert (ran.code, ran.json["reason"], opened) == (3, Reason.UNSUPPORTED, reasons)


@pytest.mark.parametrize(
    "words",
    [("scan", "--expect", "x"), ("scan", "--expect", ""), ("scan", "--interface", "no-such"), ("look",), ()],
)
def test_wrong_use_is_one_line(driftklar: Any, words: Any) -> None:
    ran = driftklar("plc", *words)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("system", "reason", "word"),
    [
        ("macOS", Reason.NEEDS_PRIVILEGE, "ChmodBPF"),
        ("Windows", Reason.NO_DRIVER, "npcap.com"),
        ("Windows", Reason.NEEDS_PRIVILEGE, "administrator"),
    ],
)
def test_what_another_system_lacks_is_said(
    driftklar: Any, computer: Any, monkeypatch: pytest.MonkeyPatch, system: str, reason: Reason, word: str
) -> None:
    computer.powerline = NoPowerline(reason)
    computer.name = system
    assert word in driftklar("plc", "scan", "--language", "en").out


WIRED = ("--terminals", "L1,N,PE", "--phase-order", "same", "--earth", "yes", "--qr-code", "yes", "--grid", "TN")


@pytest.mark.parametrize(
    ("module", "state"),
    [("M1,F1,2,40,5,10,1.5", "pass"), ("M1,F1,1,40,5,10,1.5", "fail"), ("M1,F1,2,95,5,10,1.5", "fail")],
)
def test_the_worksheet_is_filled_in_and_does_the_sums(driftklar: Any, tmp_path: Path, module: str, state: str) -> None:
    path = str(tmp_path / "x.dkjob")
    driftklar("job", "new", "-o", path, "--connection", "plc", "--stations", "2")
    ran = driftklar("job", "worksheet", path, "--module", module, *WIRED, "--by", "Kim Berg", *JSON)
    states = {check["id"]: check["state"] for check in ran.json["checks"]}
    assert (ran.code, states["plc-wiring"]) == (0, state)


@pytest.mark.parametrize("module", ["M1", "M1,F1,x,40,5,10,1.5", ",F1,2,40,5,10,1.5", "M1,F1,2,40,5,10,1.5,9"])
def test_a_module_that_is_not_told_whole_is_wrong_use(driftklar: Any, tmp_path: Path, module: str) -> None:
    path = str(tmp_path / "x.dkjob")
    driftklar("job", "new", "-o", path, "--connection", "plc")
    assert driftklar("job", "worksheet", path, "--module", module, *WIRED, "--by", "Kim").code == 2


def test_the_bundle_takes_along_what_the_modules_said(on: Any, driftklar: Any, tmp_path: Path) -> None:
    path, out = str(tmp_path / "x.dkjob"), tmp_path / "x.zip"
    on("plc-garage", "scan", "--save", path)
    assert driftklar("bundle", path, "-o", str(out)).code == 0
    with zipfile.ZipFile(out) as archive:
        assert {"powerline.json", "powerline.pcap"} <= set(archive.namelist())
        assert len(json.loads(archive.read("powerline.json"))[0]["frames"]) > 120
    assert driftklar("bundle", path, "--preview").code == 0


def test_a_picture_stands_for_what_somebody_saw_and_is_not_kept(driftklar: Any, tmp_path: Path) -> None:
    path, picture, secret = tmp_path / "x.dkjob", tmp_path / "label.jpg", b"QR code with a key"
    picture.write_bytes(b"\xff\xd8\xff" + secret)
    driftklar("job", "new", "-o", str(path), "--connection", "plc", "--stations", "1")
    said = ("job", "confirm", str(path), "paired=yes", "--check", "plc-station", "--station", "A1", "--by", "Kim")
    assert driftklar(*said, "--photo", str(picture)).code == 0
    (record,) = store.load(path).records
    assert isinstance(record.outcome, Measured)
    (finding,) = record.outcome.findings
    assert finding.evidence["photos"] == (hashlib.sha256(picture.read_bytes()).hexdigest(),)
    assert secret not in path.read_bytes()
    picture.write_bytes(b"no picture")
    assert driftklar(*said, "--photo", str(picture)).code == 2


def test_who_is_on_no_list_is_told_and_how_many_are_other_equipment(
    on: Any, driftklar: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(tmp_path / "x.dkjob")
    adapter = replace(played.MODULE.stations[5], mac="b8:be:f4:00:00:01", bda="")
    networks = [replace(played.MODULE, stations=(*played.MODULE.stations[:2], adapter))]
    make = played.PlayedPowerline.__init__
    monkeypatch.setattr(played.PlayedPowerline, "__init__", lambda self, *_, **__: make(self, networks))
    driftklar("simulate", "--site", "plc-garage", "--", "job", "new", "-o", path, "--connection", "plc")
    driftklar("job", "set", path, "--station", f"A1,,,{FIRST}")
    assert on("plc-garage", "scan", "--save", path).code == 0
    (finding,) = (
        finding
        for record in store.load(Path(path)).records
        if isinstance(record.outcome, Measured)
        for finding in record.outcome.findings
        if finding.code == "plc.unlisted"
    )
    assert finding.evidence["macs"] == ("60:15:92:43:53:02", "b8:be:f4:00:00:01")
    assert finding.evidence["others"] == Quantity(1, "devices")
