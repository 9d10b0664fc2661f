"""The bundle: what support needs, nothing that leads to people or keys, and the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import time
import zipfile
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from installer_gui import assets, i18n
from installer_gui.domain.finding import SITE
from installer_gui.domain.job import Job, Note
from installer_gui.session import jobs as jobs_of
from installer_gui.session import store
from installer_gui.support import bundle
from installer_gui.support.bundle import Bundle, Choice, Section
from installer_gui.support.bundle_files import JUDGEMENT, Standing
from installer_gui.support.patterns import Kind
from installer_gui.support.redaction import Keep, Known, this_computer

from ..certificate.schema_of import schema_of
from .jobs import PROFILE, at_endpoint, hostile, job, level, record, seen

COMPUTER = (Known(Kind.USER, "akesson"), Known(Kind.COMPUTER, "PER-LAPTOP"))
HOME = "/" + "home"  # no file of ours names a machine's path
LOG = (
    b"2026-11-25 15:00:00,000 ERROR installer_gui.session.runner check dns-lan broke [deadbeef]\n"
    + f'  File "{HOME}/akesson/driftklar/x.py", line 3, in PER-LAPTOP\n'.encode()
    + b"2026-11-25 15:00:01,000 DEBUG x psk=Sommar2026 hemligt\n"
    b"2026-11-25 15:00:02,000 DEBUG x heard f8:1a:67:0c:2e:41 from 81.227.14.9 for per.akesson@example.org\n"
)
BLOCKED = {"mqtt-hub": at_endpoint("tcp.dropped", detail="no answer")}


def made(job_made: Job, log: bytes = LOG, language: str = "en", choice: Choice | None = None) -> Bundle:
    return bundle.make(job_made, PROFILE, log, i18n.load(language), COMPUTER, choice or Choice())


def content(of: Bundle) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(of.zipped())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def validate(name: str, document: Any) -> None:
    schema = json.loads(assets.resource("schemas", f"{name}.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(document)


def test_it_holds_what_support_asks_for_versions_first() -> None:
    files = content(made(job(3, BLOCKED)))
    assert list(files) == [
        "versions.json",
        "judgement.txt",
        "judgement.json",
        "job.dkjob",
        "evidence.csv",
        "log.txt",
        "manifest.json",
    ]
    versions = json.loads(files["versions.json"])
    assert versions["program"]["version"]
    assert versions["profile"] == {"id": "zaptec-pro", "version": PROFILE.version, "sha256": PROFILE.sha256}
    assert versions["system"]["name"]


def test_the_manifest_lists_every_file_as_it_is() -> None:
    of = made(job(3, BLOCKED))
    files = content(of)
    manifest = json.loads(files.pop("manifest.json"))
    validate("bundle", manifest)
    assert manifest == of.manifest()
    assert {f["name"]: (f["bytes"], f["sha256"]) for f in manifest["files"]} == {
        name: (len(data), hashlib.sha256(data).hexdigest()) for name, data in files.items()
    }


def test_the_manifest_lists_every_redaction_and_where_it_was_made() -> None:
    of = made(job(3, BLOCKED))
    files = content(of)
    redactions = {r["word"]: r for r in of.manifest()["redactions"]}
    assert {r["kind"] for r in redactions.values()} >= {
        "name",
        "address",
        "email",
        "phone",
        "serial",
        "mac",
        "ip",
        "secret",
    }
    assert {r["kind"] for r in redactions.values()} >= {"user", "computer", "network", "text", "number"}
    for word, redaction in redactions.items():
        assert redaction["files"] == {
            n: c for n, d in files.items() if n != "manifest.json" and (c := d.count(word.encode()))
        }


def test_the_job_can_be_opened_and_stands_as_before() -> None:
    original = job(4, BLOCKED, [level("A2", -73)])
    opened = store.decode(content(made(original))["job.dkjob"], "job.dkjob")
    assert jobs_of.judged(opened, PROFILE).verdict is jobs_of.judged(original, PROFILE).verdict
    assert len(opened.records) == len(original.records)


def test_the_judgement_is_as_published() -> None:
    for original in (job(3, BLOCKED), replace(job(0), records=(), connection=None), hostile("\x1b[31m🚗")):
        validate("judgement", json.loads(content(made(original))["judgement.json"]))
    published = json.loads(assets.resource("schemas", "judgement.json").read_text(encoding="utf-8"))
    assert published == json.loads(json.dumps(schema_of(Standing, JUDGEMENT)))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_judgement_is_also_there_to_be_read(language: str) -> None:
    text = content(made(job(3, BLOCKED), language=language))["judgement.txt"].decode()
    assert "zapcloud.azure-devices.net" in text
    assert "400" in text
    assert i18n.load(language).of("verdict", "failed") in text


def test_everything_that_was_seen_is_a_table() -> None:
    rows = list(csv.DictReader(io.StringIO(content(made(job(3, BLOCKED)))["evidence.csv"].decode())))
    levels = [row["value"] for row in rows if row["check"] == "wifi-signal" and row["name"] == "p20"]
    assert levels == ["-58", "-58", "-58"]
    assert {"check": "mqtt-hub", "name": "detail", "value": "no answer"}.items() <= next(
        row for row in rows if row["name"] == "detail"
    ).items()


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-1-1"])
def test_what_a_network_says_is_no_formula_in_a_spreadsheet(text: str) -> None:
    original = job(1, {"mqtt-hub": at_endpoint("tls.intercepted", issuer=text)})
    rows = csv.DictReader(io.StringIO(content(made(original))["evidence.csv"].decode()))
    assert [row["value"] for row in rows if row["name"] == "issuer"] == [f"'{text}"]


PLANTED = {
    "key": "Sommar2026hemligt",
    "pin": "PIN 4711",
    "nmk": "50:D3:E4:93:3F:85:5B:70:40:78:4D:F8:15:AA:8D:B7",
    "qr": "WIFI:T:WPA;S:Garage;P:Hemligt2026;;",
    "plc label": "DAK BKFM-QLTR-XWZP-NHCD",
    "public address": "81.227.14.9",
    "mail": "per.akesson@example.org",
    "neighbour": 'ssid="Grannens WiFi 5G"',
    "mac": "f8:1a:67:0c:2e:41",
    "path": f"{HOME}/akesson/Brf Solen.dkjob",
}


@pytest.mark.parametrize("secret", PLANTED)
def test_a_planted_secret_is_found_in_no_file(secret: str) -> None:
    """In every field that a person can fill, in a record and in the log."""
    planted = PLANTED[secret]
    original = replace(
        hostile(planted),
        notes=(Note(SITE, text=planted, owner=planted, action=planted), Note(SITE, "tcp.dropped", action=planted)),
    )
    said = record("link-path", seen("link.near", by=planted, ssid=planted, psk=planted, neighbours=(planted,)))
    of = made(original.with_records(said), LOG + f"2026-11-25 DEBUG x wifi key is {planted}\n".encode())
    for name, data in content(of).items():
        for part in (planted, *(word for word in planted.split() if len(word) > 6)):
            assert part.encode() not in data, name
        assert b"Sommar2026" not in data, name


def test_the_names_of_the_site_are_found_in_no_file() -> None:
    gone = ("Sjöstjärnan", "Ågatan", "Uppsala", "Åkesson", "akesson", "Björkqvist", "Elektro Nord", "070-123", "556677")
    gone += ("Laddnät", "ZPR10000", "Garage", "f8:1a", "81.227", "203.0.113", "Sommar2026", "PER-LAPTOP", "2026-0417")
    for name, data in content(made(job(3, BLOCKED))).items():
        assert [word for word in gone if word in data.decode()] == [], name


def test_what_the_sender_ticks_goes_along_and_the_rest_stays() -> None:
    choice = Choice((Section.JUDGEMENT,), (Keep.SERIALS,))
    of = made(job(2), choice=choice)
    assert list(content(of)) == ["versions.json", "judgement.txt", "judgement.json", "manifest.json"]
    assert of.manifest()["left_out"] == ["job", "evidence", "log"]
    assert b"ZPR100001" in content(of)["judgement.json"]
    assert b"Laddn" not in content(of)["judgement.json"]


def test_the_versions_always_go_along() -> None:
    assert list(content(made(job(2), choice=Choice(())))) == ["versions.json", "manifest.json"]


def test_the_same_job_has_the_same_bytes_and_no_time_of_its_own() -> None:
    first = made(job(3)).zipped()
    assert first == made(job(3)).zipped()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.create_system for entry in archive.infolist()} == {3}


def test_only_the_end_of_a_long_log_goes_along_from_the_beginning_of_a_line() -> None:
    log = b"".join(b"line %06d of the log\n" % i for i in range(50_000))
    text = content(made(job(1), log))["log.txt"].decode()
    assert len(text) <= bundle.LONGEST_LOG
    assert text.startswith("line ")
    assert text.endswith("line 049999 of the log\n")


def test_a_log_that_is_no_text_stops_nothing() -> None:
    assert content(made(job(1), b"\xff\xfe\x00 psk=Sommar2026"))["log.txt"]


def test_without_a_log_there_is_no_file_for_it() -> None:
    assert "log.txt" not in content(made(job(1), b""))


def test_a_simulated_site_says_so() -> None:
    of = made(replace(job(2), demo="garage"))
    assert of.manifest()["demo"] is True
    assert content(of)["judgement.txt"].decode().startswith("DEMO")


def test_an_empty_job_is_a_bundle_too() -> None:
    of = made(Job("JB42-7KQ9-2MXC", job().created, "zaptec-pro"), b"")
    assert of.manifest()["redactions"] == []


def test_two_hundred_stations_take_no_longer_than_a_person_waits() -> None:
    started = time.perf_counter()
    assert made(job(200)).zipped()
    assert time.perf_counter() - started < 5


def test_this_computers_names_are_known_but_for_those_that_everybody_has() -> None:
    assert all(known.text.lower() not in ("", "root", "user", "admin", "localhost") for known in this_computer())
