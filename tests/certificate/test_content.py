"""One object feeds the pages and the data: what it holds, and that it survives its own JSON bit for bit."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from installer_gui import i18n
from installer_gui.certificate import collect
from installer_gui.certificate.content import Content, decode, encode
from installer_gui.certificate.layout import render
from installer_gui.domain.finding import Finding, Quantity
from installer_gui.domain.outcome import Measured, NotMeasured
from installer_gui.domain.record import Record
from installer_gui.domain.verdict import State, Verdict
from installer_gui.errors import NotOurs

from .samples import NOW, PROFILE, content, hostile, job
from .test_layout import text_of


def test_what_is_written_is_what_is_read() -> None:
    made = content(job(4, blocked=True, skipped=True))
    assert decode(encode(made)) == made
    assert encode(decode(encode(made))) == encode(made)


def test_the_json_is_canonical() -> None:
    raw = encode(content(job(2)))
    document = json.loads(raw)
    assert raw == json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert document["schema"] == "driftklar.certificate/1"


def test_the_same_job_gives_the_same_bytes() -> None:
    assert encode(content(job(5))) == encode(content(job(5)))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda d: d | {"schema": "driftklar.certificate/2"},
        lambda d: d | {"certificate_id": "C7F3-9K2M-41QO"},
        lambda d: d | {"extra": 1},
        lambda d: {k: v for k, v in d.items() if k != "rows"},
        lambda d: d | {"verdict": "splendid"},
        lambda d: [d],
    ],
)
def test_other_data_are_not_ours(spoil: Any) -> None:
    document = spoil(json.loads(encode(content(job(1)))))
    with pytest.raises(NotOurs):
        decode(json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())


def test_a_blank_or_a_repeated_key_is_not_canonical() -> None:
    raw = encode(content(job(1)))
    for spoiled in (raw + b"\n", b" " + raw, raw.replace(b'"demo":""', b'"demo":"x","demo":""'), b"", b"[" * 100_000):
        with pytest.raises(NotOurs):
            decode(spoiled)


def test_raw_strings_and_raw_records_stay_in_the_data() -> None:
    odd = "a\u202eb\x00\U0001f697\ufeff"
    made = content(hostile(odd))
    assert json.loads(encode(made))["site"]["name"] == odd
    assert made.records == hostile(odd).records


def test_the_data_name_everything_that_the_trade_expects() -> None:
    made = content(job(6, blocked=True))
    assert made.installer.org_no == "556677-8899"
    assert made.site.network_owner.name == "Per Åkesson"
    assert made.order_no == "2026-0417"
    assert made.profile.sha256 == PROFILE.sha256
    assert made.issued.local == NOW
    assert made.issued.zone == "CET"
    assert made.issued.utc.isoformat() == "2026-11-25T14:09:26+00:00"
    assert made.tool.adapters == ("linux wlan0",)


def test_what_the_computer_measured_stays_apart_from_what_was_confirmed() -> None:
    made = job(2, weak=1)
    without = replace(made, records=tuple(r for r in made.records if r.check != "station-online"))
    first, second = content(without).stations
    assert (first.computer, first.confirmed) == (State.WARN, State.NOT_MEASURED)
    assert (second.computer, second.confirmed) == (State.PASS, State.NOT_MEASURED)
    assert second.state is State.NOT_MEASURED


def test_every_deviation_has_its_number_code_owner_and_due_date() -> None:
    lines = content(job(2, weak=1, blocked=True, skipped=True)).deviations
    assert [line.number for line in lines] == [1, 2, 3, 4]
    hub = next(line for line in lines if line.finding and line.finding.code == "sample.bad")
    assert hub.finding is not None
    assert (hub.finding.number, hub.owner, str(hub.due)) == (902, "Per Åkesson", "2026-12-01")
    assert [line.check for line in lines if line.reason == "timeout"] == ["ntp-servers"]
    assert lines[-1].text == "Accesspunkten sitter ovanför port 2."


def test_a_finding_says_which_limit_and_which_number_decided() -> None:
    row = next(row for row in content(job(1)).rows if row.check == "wifi-signal")
    assert (row.findings[0].limit, row.findings[0].quantity) == ("wifi-signal", "p20")


def test_the_clock_is_taken_from_the_newest_record_that_holds_it() -> None:
    offset = {"offset": Quantity(0.1, "s"), "direction": "behind", "compared": ("NTP", "api.zaptec.com")}
    record = Record("computer-clock", NOW, 0.1, Measured((Finding("clock.fine", evidence=offset),)))
    clock = content(job(1).with_records(record)).clock
    assert clock is not None
    assert (clock.offset_s, clock.direction, clock.compared) == (0.1, "behind", ("NTP", "api.zaptec.com"))
    assert content(job(1)).clock is None


@pytest.mark.parametrize(("offset", "said"), [(0.0, "Stämmer med NTP"), (0.4, "0,4 s före NTP")])
def test_a_clock_without_an_error_is_neither_ahead_nor_behind(offset: float, said: str) -> None:
    evidence = {"offset": Quantity(offset, "s"), "direction": "ahead", "compared": ("NTP",)}
    record = Record("computer-clock", NOW, 0.1, Measured((Finding("clock.fine", evidence=evidence),)))
    made = content(job(1).with_records(record))
    assert said in " ".join(text_of(render(made, encode(made))).split())


def test_counts_tell_the_whole_story() -> None:
    made: Content = content(job(6, weak=2, skipped=True))
    assert made.verdict is Verdict.INCOMPLETE
    numbers = {"stations": 6, "clean": 4, "deviations": 4, "missing": 1}
    assert numbers.items() <= collect.counts(made).items()


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        ("no-access", "Överhoppad: Grinden eller dörren är låst"),
        ("Taket läcker \U0001f697", "Överhoppad: Taket läcker □"),
        ("", "Överhoppad"),
    ],
)
def test_why_somebody_skipped_a_check_stands_on_the_paper(cause: str, said: str) -> None:
    made = job(2)
    skipped = Record("ntp-servers", NOW, 0.0, NotMeasured("skipped", cause))
    drawn = content(made.with_records(skipped))
    (row,) = (row for row in drawn.rows if row.check == "ntp-servers")
    (deviation,) = (line for line in drawn.deviations if line.check == "ntp-servers")
    assert (row.reason, row.cause, deviation.cause) == ("skipped", cause, cause)
    text = text_of(render(drawn, encode(drawn)))
    assert text.count(said) == 3  # on page one, with the deviations and in the check's row


def test_what_the_system_says_of_a_failure_is_no_cause() -> None:
    drawn = content(job(1, skipped=True).with_records(Record("ntp-servers", NOW, 0.0, NotMeasured("timeout", "5 s"))))
    assert all(row.cause == "" for row in drawn.rows)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_other_roots_than_the_stations_are_named_on_page_one(language: str) -> None:
    plain = content(job(1), language)
    own = replace(plain, profile=replace(plain.profile, trust_anchors="custom"))
    said = i18n.load(language).text("paper.method.custom-anchors").split()
    for made, expected in ((own, True), (plain, False)):
        text = text_of(render(made, encode(made)), "-l", "1").split()
        assert (" ".join(said) in " ".join(text)) is expected
