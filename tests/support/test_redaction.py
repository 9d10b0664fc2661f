"""What never leaves the computer, tried with planted secrets; and what must stay, so that support can see anything."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.domain.finding import SITE, Quantity, Responsible
from installer_gui.domain.job import Job, Note, Station
from installer_gui.domain.outcome import NotMeasured
from installer_gui.domain.plain import from_plain, to_plain
from installer_gui.session import jobs as jobs_of
from installer_gui.support.patterns import Kind
from installer_gui.support.redacted_job import names_in, redacted
from installer_gui.support.redaction import Keep, Known, Redactor

from .jobs import GOOD, PROFILE, at_endpoint, hostile, job, level, record, seen

BARE = Redactor(())
HOME, MAC_HOME, PC_HOME = "/" + "home", "/" + "Users", "C:" + "\\Users"  # no file of ours names a machine's path
BEGIN = "-----BEGIN"
SECRETS = {
    "psk=Sommar2026!": "Sommar2026",
    'wpa_passphrase="korrekt häst batteri"': "häst",
    "WiFi-nyckel: hemligt lösen med blanksteg": "blanksteg",
    "lösenord är Sommar2026": "Sommar2026",
    "passord Sommar2026": "Sommar2026",
    "Krypteringsnøkkelen: abc": "abc",
    '{"psk": "Sommar2026"}': "Sommar2026",
    "PIN 1234": "1234",
    "pin-kod=0815": "0815",
    "NMK 50:D3:E4:93:3F:85:5B:70:40:78:4D:F8:15:AA:8D:B7": "8D:B7",
    "member 50:D3:E4:93:3F:85:5B:70:40:78:4D:F8:15:AA:8D:B7 joined": "50:D3",
    "nmk=50d3e4933f855b7040784df815aa8db7": "50d3e4",
    "raw 50D3E4933F855B7040784DF815AA8DB7": "50D3E4",
    "read WIFI:T:WPA;S:Garage;P:Sommar 2026;; from the label": "Sommar",
    "QR: HP1.0;N:50D3;D:ABCD": "50D3",
    "device BKFM-QLTR-XWZP-NHCD": "QLTR",
    "proxy http://kalle:hemligt@proxy.local:3128": "hemligt",
    "token=eyJhbGciOi": "eyJhbG",
    "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----": "MHcCAQEE",
    f"{BEGIN} PRIVATE KEY-----\nMHcCAQEE": "MHcCAQEE",
}
PERSONAL = {
    "heard f8:1a:67:0c:2e:41 on 6": "f8:1a",
    "heard F8-1A-67-0C-2E-41": "F8-1A",
    "heard f81a.670c.2e41": "670c",
    "heard f81a670c2e41": "f81a670c2e41",
    "address 81.227.14.9, port 443": "81.227",
    "from 203.0.113.17.": "203.0",
    "via 2001:db8::42 and fe80::fa1a:67ff:fe0c:2e41%wlan0": "fa1a",
    "mail to per.akesson@example.org": "per.akesson",
    f"open {HOME}/akesson/jobs/x": "akesson",
    f"open {MAC_HOME}/akesson/x": "akesson",
    rf"open {PC_HOME}\Åsa Ek\AppData\Local": "Åsa",
    "open " + PC_HOME.replace("\\", "\\\\") + r"\\akesson\\AppData": "akesson",
    "call +46 70 123 45 67 now": "123 45",
    'ssid="Grannens WiFi" rssi -70': "Grannens",
    "SSID Grannens WiFi": "WiFi",
    "serial ZPR012345 seen": "012345",
    "cannot read '/srv/jobs/Brf Annan.dkjob'": "Annan",
    r"cannot read D:\\jobb\\Anderssons garage.PDF": "garage",
    "page http://portal.example/login?mac=x&token=y z": "mac=x",
}
HARMLESS = (
    "router 192.168.1.1 answers in 12.5 ms",
    "2026-11-25 15:09:26,120 ERROR installer_gui.session.runner check dns-lan broke [deadbeef]",
    "Linux 6.1.0-25-amd64, mask 255.255.255.0, any 0.0.0.0, 10.8.0.2/24, 100.64.3.2, 169.254.1.1",
    "zapcloud.azure-devices.net:8883 HTTP 404 CONNACK 5 TLSv1.2",
    "job JB42-7KQ9-2MXC code 1248-K86X-8NCT-PK3A-8NW9",
    "KeyError: 'x' at 12:30:45 in ipv6 :: or ::1",
    "saved /srv/jobs/JB42-7KQ9-2MXC.previous.dkjob",
    "C:\\Program Files\\Driftklar\\driftklar.exe",
    "issuer CN=FortiGate CA, O=Fortinet",
)


@pytest.mark.parametrize("text", SECRETS)
def test_no_key_is_left_in_a_text(text: str) -> None:
    left = BARE.text(text)
    assert SECRETS[text].lower() not in left.lower()
    assert "[secret-" in left


@pytest.mark.parametrize("text", PERSONAL)
def test_nothing_that_leads_to_a_person_or_a_place_is_left_in_a_text(text: str) -> None:
    left = BARE.text(text)
    assert PERSONAL[text] not in left
    assert "[" in left


@pytest.mark.parametrize("text", HARMLESS)
def test_what_support_needs_stays_as_it_is(text: str) -> None:
    assert BARE.text(text) == text


def test_the_same_value_has_the_same_word_and_another_one_another() -> None:
    fresh = Redactor(())
    text = fresh.text("f8:1a:67:0c:2e:41 F8:1A:67:0C:2E:41 f8:1a:67:0c:2e:42")
    assert text == "[mac-1] [mac-1] [mac-2]"


def test_known_names_are_found_in_any_case_but_only_as_words() -> None:
    fresh = Redactor([Known(Kind.NAME, "Brf Solen"), Known(Kind.USER, "ek"), Known(Kind.ADDRESS, "")])
    assert fresh.text("BRF SOLEN, Solen, ekorre ek") == "[name-1], Solen, ekorre ek"


@given(st.text(max_size=200))
def test_to_redact_twice_changes_nothing_more(text: str) -> None:
    fresh = Redactor([Known(Kind.NAME, "Brf Solen")])
    once = fresh.text(text)
    assert fresh.text(once) == once


PLANTED = "Sommar2026hemligt"


def planted() -> Job:
    """The same word in every field that a person can fill, and in what a network can say about itself."""
    made = hostile(PLANTED)
    said = {
        "detail": PLANTED,
        "by": PLANTED,
        "ssid": PLANTED,
        "psk": PLANTED,
        "options": (f"15={PLANTED}",),
        "list": (PLANTED,),
    }
    notes = (Note(SITE, text=PLANTED, owner=PLANTED, action=PLANTED),)
    more = (record("link-path", seen("link.near", **said)), record("dns-lan", NotMeasured("timeout", PLANTED)))
    return replace(made, notes=notes, records=(*made.records, *more))


def clean(made: Job, *keep: Keep) -> Job:
    return redacted(made, Redactor(names_in(made), keep, PROFILE.public_resolvers))


def test_nothing_that_a_person_typed_is_left_in_a_job() -> None:
    assert PLANTED not in json.dumps(to_plain(clean(planted())), ensure_ascii=False)


def test_nothing_of_the_site_or_its_people_is_left_in_a_job() -> None:
    left = json.dumps(to_plain(clean(job(3))), ensure_ascii=False)
    for gone in (
        "Sjöstjärnan",
        "Ågatan",
        "753 22",
        "Uppsala",
        "Åkesson",
        "018-12",
        "@",
        "Elektro Nord",
        "556677",
        "Björkqvist",
    ):
        assert gone not in left
    for gone in ("Laddnät", "f8:1a", "00:00:5e", "ZPR100001", "Garage", "203.0.113", "2026-0417", "736a6f73"):
        assert gone not in left
    for stays in (
        "192.168.1.1",
        "8.8.8.8",
        "zapcloud.azure-devices.net",
        "ZPR[serial-1]",
        '"A1"',
        "1=ffffff00",
        "JB42-7KQ9-2MXC",
    ):
        assert stays in left


def test_a_job_is_judged_as_before_and_can_be_opened() -> None:
    for made in (job(3), planted(), job(5, {"mqtt-hub": at_endpoint("tcp.dropped")}, [level("A2", -73)])):
        left = clean(made)
        assert from_plain(Job, to_plain(left)) == left
        before, after = jobs_of.judged(made, PROFILE), jobs_of.judged(left, PROFILE)
        assert (before.verdict, before.areas) == (after.verdict, after.areas)
        assert [(r.info.id, r.state) for r in before.results] == [(r.info.id, r.state) for r in after.results]


def test_numbers_and_times_are_never_touched() -> None:
    made, left = job(2), clean(job(2))
    for before, after in zip(made.records, left.records, strict=True):
        assert (before.check, before.started, before.duration_s, before.grade) == (
            after.check,
            after.started,
            after.duration_s,
            after.grade,
        )
    assert Quantity(-58, "dBm") in [v for r in left.records for f in r.outcome.findings for v in f.evidence.values()]  # type: ignore[union-attr]


def test_serials_and_the_networks_name_go_along_when_the_sender_says_so() -> None:
    left = json.dumps(to_plain(clean(job(2), Keep.SERIALS, Keep.NETWORK)), ensure_ascii=False)
    assert "ZPR100001" in left
    assert "Laddnät-Ö" in left
    assert "f8:1a" not in left


def test_a_stations_name_stays_unless_it_may_be_a_persons() -> None:
    made = replace(job(0), stations=tuple(map(Station, ("A1", "P-12", "101", "Å 7b", "Anderssons", "A1 Per"))))
    assert [s.id for s in clean(made).stations] == ["A1", "P-12", "101", "Å 7b", "[station-1]", "[station-2]"]


def test_a_note_says_who_must_act_but_not_what_was_written() -> None:
    made = replace(job(), notes=(Note(SITE, "tcp.dropped", "ring Per", Responsible.NETWORK_OWNER.value, "öppna"),))
    (note,) = clean(made).notes
    assert (note.code, note.owner) == ("tcp.dropped", "network-owner")
    assert note.text.startswith("[text-")
    assert note.action.startswith("[text-")


def test_an_empty_job_has_nothing_to_take_out() -> None:
    empty = Job("JB42-7KQ9-2MXC", job().created, "zaptec-pro")
    assert clean(empty) == empty
    assert GOOD  # the outcomes that the other jobs are made of
