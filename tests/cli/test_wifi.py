"""`wifi scan` and `wifi measure`, on recordings."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from installer_gui.domain.outcome import Measured
from installer_gui.platforms.replay import ReplayWiFi
from installer_gui.session import store

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "resources/schemas/wifi.json").read_text())
RECORDED: list[dict[str, Any]] = json.loads((ROOT / "tests/recordings/wifi/bss.json").read_text())
ANSI = b"\x1b[31mgr\xc3\xa4nd\xe2\x80\xae".hex()


class NoRadio:
    def adapters(self) -> tuple[()]:
        return ()


def ap(dbm: int, channel: int = 6, ssid: bytes = b"Garage", **more: Any) -> dict[str, Any]:
    beacon = (bytes([0, len(ssid)]) + ssid + bytes([3, 1, channel])).hex()
    row = {"bssid": "02:00:00:00:01:00", "freq_mhz": 2407 + 5 * channel, "dbm": dbm, "capability": 1}
    return {**row, "ssid_hex": ssid.hex(), "ies_hex": beacon, "beacon_ies_hex": beacon, **more}


@pytest.fixture
def hear(computer: Any, tmp_path: Path) -> Callable[..., None]:
    """What the radio hears, sweep by sweep; a word is the reason why a sweep could not be made."""

    def made(*sweeps: Sequence[Any] | str) -> None:
        folder = tmp_path / "air"
        folder.mkdir()
        for i, sweep in enumerate(sweeps):
            played = {"unavailable": sweep} if isinstance(sweep, str) else sweep
            (folder / f"{i:03}.json").write_text(json.dumps(played))
        computer.wifi = ReplayWiFi(folder)

    return made


def checked(document: Any) -> Any:
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
    return document


def test_a_scan_lists_every_access_point_as_the_schema_says(driftklar: Any, hear: Any) -> None:
    hear(RECORDED)
    ran = driftklar("wifi", "scan", "--format", "json", "--band", "all")
    document = checked(ran.json)
    assert (ran.code, document["outcome"], document["reason"], document["interface"]) == (0, "measured", None, "replay")
    by_bssid = {n["bssid"]: n for n in document["networks"]}
    for record in RECORDED:
        expected, found = record["expected"], by_bssid[record["bssid"]]
        for key in ("ssid", "hidden", "channel", "band", "width_mhz", "standards", "security"):
            assert found[key] == expected[key]
        assert (found["frequency_mhz"], found["fresh"]) == (record["freq_mhz"], True)


def test_two_gigahertz_alone_is_the_default(driftklar: Any, hear: Any) -> None:
    hear(RECORDED)
    assert {n["band"] for n in driftklar("wifi", "scan", "--format", "json").json["networks"]} == {"2.4"}


def test_a_heard_nothing_is_measured_and_said(driftklar: Any, hear: Any) -> None:
    hear([])
    assert checked(driftklar("wifi", "scan", "--format", "json").json)["networks"] == []
    ran = driftklar("wifi", "scan")
    assert ran.code == 0
    assert "heard no networks" in ran.out


@pytest.mark.parametrize("reason", ["needs-privilege", "radio-off", "busy", "timeout", "driver-error", "no-adapter"])
@pytest.mark.parametrize("words", [("scan",), ("measure", "--ssid", "Garage")])
def test_what_could_not_be_looked_at_is_not_measured(driftklar: Any, hear: Any, reason: str, words: Any) -> None:
    hear(reason)
    ran = driftklar("wifi", *words, "--format", "json")
    document = checked(ran.json)
    assert (ran.code, document["outcome"], document["reason"]) == (3, "not-measured", reason)
    assert not document.get("networks") and not document.get("samples")  # noqa: PT018
    assert driftklar("wifi", *words).out.startswith("Not measured: ")


def test_without_an_adapter_nothing_is_measured(driftklar: Any, computer: Any) -> None:
    computer.wifi = NoRadio()
    ran = driftklar("wifi", "scan", "--format", "json")
    assert (ran.code, checked(ran.json)["reason"], ran.json["interface"]) == (3, "no-adapter", None)
    ran = driftklar("wifi", "measure", "--ssid", "Garage", "--format", "json")
    assert (ran.code, checked(ran.json)["reason"]) == (3, "no-adapter")


def test_an_adapter_that_is_not_there_is_no_adapter(driftklar: Any, hear: Any) -> None:
    hear([])
    ran = driftklar("wifi", "scan", "--interface", "wlan9", "--format", "json")
    assert (ran.code, ran.json["reason"], ran.json["interface"]) == (3, "no-adapter", "wlan9")


@pytest.mark.parametrize(
    ("level", "severity", "code"), [(-70, "ok", 0), (-71, "warning", 0), (-75, "warning", 0), (-76, "failure", 1)]
)
def test_a_measurement_is_weighed_by_the_profile(
    driftklar: Any, hear: Any, level: int, severity: str, code: int
) -> None:
    hear([ap(level)])
    ran = driftklar("wifi", "measure", "--ssid", "Garage", "--format", "json")
    document = checked(ran.json)
    assert (ran.code, document["severity"], document["p20_dbm"]) == (code, severity, level)
    assert [s["rssi_dbm"] for s in document["samples"]] == [level] * 5
    assert (document["missing"], document["bssid"], document["channel"]) == (0, "02:00:00:00:01:00", 6)


def test_a_lost_access_point_is_a_measured_failure(driftklar: Any, hear: Any) -> None:
    hear([ap(-50, ssid=b"Granne")])
    ran = driftklar("wifi", "measure", "--ssid", "Garage", "--format", "json")
    document = checked(ran.json)
    assert (ran.code, document["outcome"], document["severity"], document["missing"]) == (1, "measured", "failure", 5)
    assert [document[k] for k in ("p20_dbm", "median_dbm", "min_dbm", "max_dbm", "bssid", "channel")] == [None] * 6


def test_a_switch_during_the_measurement_is_told(driftklar: Any, hear: Any) -> None:
    hear([ap(-60)], [ap(-60), ap(-61, 11)], [ap(-61, 11)])
    document = checked(driftklar("wifi", "measure", "--ssid", "Garage", "--format", "json").json)
    assert (document["channels_seen"], document["channel"], document["missing"]) == ([6, 11], 11, 0)


def test_a_sweep_that_fails_in_the_middle_leaves_no_result(driftklar: Any, hear: Any) -> None:
    hear([ap(-60)], [ap(-60)], "busy")
    ran = driftklar("wifi", "measure", "--ssid", "Garage", "--format", "json")
    document = checked(ran.json)
    assert (ran.code, document["outcome"], document["severity"], len(document["samples"])) == (
        3,
        "not-measured",
        None,
        2,
    )


def test_each_sample_is_streamed(driftklar: Any, hear: Any) -> None:
    hear([ap(-60)])
    *samples, last = driftklar("wifi", "measure", "--ssid", "Garage", "--format", "jsonl").lines
    assert [s["rssi_dbm"] for s in samples] == [-60] * 5
    assert checked({k: v for k, v in last.items() if k != "event"})["severity"] == "ok"


def test_the_text_says_level_limits_and_instrument(driftklar: Any, hear: Any) -> None:
    hear([ap(-80)])
    ran = driftklar("wifi", "measure", "--ssid", "Garage", "--language", "sv")
    assert ran.code == 1
    for part in ("−80\u00a0dBm", "−75\u00a0dBm", "replay", "nätverksansvarig", "median"):
        assert part in ran.out


def test_hostile_names_cannot_write_on_the_terminal(driftklar: Any, hear: Any) -> None:
    row = ap(-60)
    hear([{**row, "ssid_hex": ANSI, "ies_hex": "00" + f"{len(ANSI) // 2:02x}" + ANSI, "beacon_ies_hex": ""}])
    out = driftklar("wifi", "scan").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "gränd" in out


def test_a_measurement_is_saved_at_its_station(driftklar: Any, hear: Any, tmp_path: Path) -> None:
    hear([ap(-60)])
    path = tmp_path / "site.dkjob"
    for station in ("A1", "A2", "A1"):
        ran = driftklar("wifi", "measure", "--ssid", "Garage", "--station", station, "--save", str(path))
        assert ran.code == 0
    job = store.load(path)
    assert [s.id for s in job.stations] == ["A1", "A2"]
    assert (job.ssid, job.connection) == ("Garage", "wifi")
    saved = [r for r in job.records if r.check == "wifi-signal"]
    assert [r.subject.name for r in saved] == ["A1", "A2", "A1"]
    assert isinstance(saved[0].outcome, Measured)


def test_a_channel_that_moves_between_stations_fails_in_the_job(driftklar: Any, hear: Any, tmp_path: Path) -> None:
    hear(*([[ap(-60)]] * 5), [ap(-60, 11)])
    path = tmp_path / "site.dkjob"
    for station in ("A1", "A2"):
        driftklar("wifi", "measure", "--ssid", "Garage", "--station", station, "--save", str(path))
    (moved,) = (r for r in store.load(path).records if r.check == "wifi-channel")
    assert isinstance(moved.outcome, Measured)
    assert moved.outcome.findings[0].code == "wifi.channel-moved"


@pytest.mark.parametrize(
    "words",
    [
        ("measure",),
        ("measure", "--ssid", ""),
        ("measure", "--ssid", "x" * 33),
        ("measure", "--ssid", "x", "--samples", "0"),
        ("measure", "--ssid", "x", "--samples", "many"),
        ("measure", "--ssid", "x", "--save", "job.dkjob"),
        ("scan", "--band", "3"),
        ("look",),
        (),
    ],
)
def test_wrong_use_is_one_line(driftklar: Any, hear: Any, words: Any) -> None:
    hear([ap(-60)])
    ran = driftklar("wifi", *words)
    assert (ran.code, ran.out) == (2, "")
    assert len(ran.err.strip().splitlines()) == 1
