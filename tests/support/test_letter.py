"""The letter: what failed and nothing else, by name, for whoever must fix it."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from installer_gui import i18n
from installer_gui.certificate import verify
from installer_gui.certificate.reasons import Outcome as Verified
from installer_gui.domain.finding import SITE, Grade, Quantity, Responsible, endpoint
from installer_gui.domain.finding import station as station_subject
from installer_gui.domain.job import Installer, Job, Note, Site
from installer_gui.domain.outcome import NotMeasured, Outcome
from installer_gui.errors import BadInput
from installer_gui.support import letter_parts
from installer_gui.support.letter import Letter, compose
from installer_gui.support.letter_paper import as_pdf
from installer_gui.support.letter_text import WIDTH, as_text

from .jobs import API, HUB, NOW, PROFILE, at_endpoint, hostile, job, level, record, seen

POOL = "no.pool.ntp.org"
BLOCKED = at_endpoint("tcp.dropped")
INSPECTED = at_endpoint("tls.intercepted", API, 443, "https", issuer="FortiGate CA")
NO_TIME = seen("time.blocked", endpoint(POOL, 123), host=POOL, addresses=("203.0.113.4", "203.0.113.5"))
SMALL_POOL = seen(
    "dhcp.spare",
    spare=Quantity(-2, "addresses"),
    free=Quantity(4, "addresses"),
    stations=Quantity(6, "stations"),
    needed=Quantity(8, "addresses"),
    held=Quantity(120, "s"),
)
SLOW = seen("link.round-trip", ms=Quantity(1500, "ms"))
EXPIRED = at_endpoint("tls.expired", API, 443, "https", issuer="Z", until="2026-11-01")
OFFLINE = record(
    "station-online",
    seen("station.offline", station_subject("A2"), by="Åsa", at="2026-11-25 15:02"),
    station_subject("A2"),
    grade=Grade.MANUAL,
)
ALL_THAT_CAN_BE: Mapping[str, Outcome] = {
    "mqtt-hub": BLOCKED,
    f"https-{API}": INSPECTED,
    "ntp-servers": NO_TIME,
    "dhcp-capacity": SMALL_POOL,
    "link-path": SLOW,
}
EVERYTHING = job(6, ALL_THAT_CAN_BE, [level("A2", -81), level("A5", -84), OFFLINE])
HOSTILE = [
    "Garage \U0001f697⚡",
    "充电站 충전소 محطة",
    "abc\u202edef\u2066x",
    "a\x01b\x1b[31mc\x7f\r\nÄmne: x",
    "#panic(1) *x* $y$ `raw` <label> @ref // \\ #set page()",
    "\ue000\ufeff\ufffe\U000fffff",
    "ett-mycket-långt-namn-utan-blanksteg" * 12,
    "",
]


def letter(made: Job, language: str = "sv") -> Letter:
    return compose(made, PROFILE, language, NOW)


def words_of(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def plain(made: Letter) -> str:
    """The text on one line, with blanks that may break."""
    return " ".join(as_text(made).replace("\u00a0", " ").split())


def groups(made: Letter) -> dict[Responsible, tuple[list[str], list[str]]]:
    return {g.responsible: ([o.host for o in g.openings], [p.code for p in g.points]) for g in made.groups}


def test_what_failed_is_grouped_by_who_must_fix_it() -> None:
    assert groups(letter(EVERYTHING)) == {
        Responsible.NETWORK_OWNER: ([POOL, HUB, API], ["dhcp.too-few-addresses", "wifi.signal-weak"]),
        Responsible.INTERNET_PROVIDER: ([], ["link.too-far"]),
        Responsible.INSTALLER: ([], ["station.offline"]),
    }


def test_the_network_owner_comes_first_and_the_sender_last() -> None:
    made = letter(job(2, {f"https-{API}": EXPIRED, "link-path": SLOW, "mqtt-hub": BLOCKED}, [OFFLINE]))
    assert [group.responsible for group in made.groups] == [
        Responsible.NETWORK_OWNER,
        Responsible.INTERNET_PROVIDER,
        Responsible.CHARGER_MAKER,
        Responsible.INSTALLER,
    ]


@pytest.mark.parametrize("party", [Responsible.NETWORK_OWNER, Responsible.INTERNET_PROVIDER])
def test_a_letter_to_one_party_holds_what_is_theirs_alone(party: Responsible) -> None:
    everything, made = letter(EVERYTHING), compose(EVERYTHING, PROFILE, "en", NOW, party)
    assert [group.responsible for group in made.groups] == [party]
    assert groups(made)[party] == groups(compose(EVERYTHING, PROFILE, "en", NOW))[party]
    assert len(everything.groups) > 1
    owner = EVERYTHING.site.network_owner.name
    assert (owner in as_text(made)) is (party is Responsible.NETWORK_OWNER)


def test_nobody_gets_a_letter_about_what_is_not_theirs() -> None:
    with pytest.raises(BadInput, match="nothing-failed"):
        compose(EVERYTHING, PROFILE, "en", NOW, Responsible.CHARGER_MAKER)


def test_an_opening_is_a_name_a_port_a_protocol_and_a_direction() -> None:
    (opening,) = letter(job(changed={"mqtt-hub": BLOCKED})).openings
    assert (opening.host, opening.port, opening.transport) == (HUB, 8883, "TCP")
    (opening,) = letter(job(changed={"ntp-servers": NO_TIME})).openings
    assert (opening.host, opening.port, opening.transport) == (POOL, 123, "UDP")
    text = plain(letter(job(changed={"ntp-servers": NO_TIME}), "en"))
    assert "UDP 123, outgoing" in text
    assert "Preferably open UDP 123 to all addresses." in text


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_nothing_is_ever_asked_for_by_address(language: str) -> None:
    made = letter(job(changed={"mqtt-hub": BLOCKED, f"https-{API}": INSPECTED, "ntp-servers": NO_TIME}), language)
    for text in (as_text(made), words_of(as_pdf(made))):
        assert not re.search(r"\b\d{1,3}(\.\d{1,3}){3}\b", text)
        assert HUB in text


def test_what_passed_or_only_warned_is_not_in_it() -> None:
    text = as_text(letter(job(3, {"mqtt-hub": BLOCKED, "dns-lan": seen("names.silent", server="192.168.1.1")})))
    assert API not in text
    assert "192.168.1.1" not in text
    assert "A1" not in text


def test_it_says_what_was_seen_when_and_from_where_and_what_to_do() -> None:
    text = plain(letter(job(changed={"mqtt-hub": BLOCKED}), "en"))
    assert f"Outgoing TCP 8883 to {HUB} is blocked (no. 400)" in text
    assert "No answer in 7,003 ms" in text
    assert "Seen 25/11/2026 13:48 from wlan0" in text
    assert "Action: Allow outgoing TCP 8883" in text
    assert f"Test-NetConnection {HUB} -Port 8883" in text
    assert "at least five minutes" in text
    assert "Questions are answered by Åsa Björkqvist, Elektro Nord AB, 070-123 45 67" in text


def test_a_letter_about_openings_alone_is_a_firewall_request() -> None:
    assert letter_parts.title(letter(job(changed={"mqtt-hub": BLOCKED}), "en")) == "Firewall request"
    assert letter_parts.title(letter(EVERYTHING, "en")) == "Request for changes to the network"


def test_inspection_is_not_cured_by_an_open_port_and_the_letter_says_so() -> None:
    assert "Exempt the names from TLS inspection" in plain(letter(job(changed={f"https-{API}": INSPECTED}), "en"))
    assert "Exempt the names" not in as_text(letter(job(changed={"mqtt-hub": BLOCKED}), "en"))


def test_what_fails_at_many_stations_is_said_once_with_a_line_a_station() -> None:
    (point,) = letter(job(5, records=[level("A2", -81), level("A4", -90)])).groups[0].points
    assert [place.station for place in point.places] == ["A2", "A4"]
    assert "−90 dBm" in point.places[1].seen.replace("\u00a0", " ")
    assert "2 laddstationer" in point.title


def test_what_the_installer_agreed_on_stands_beside_the_remedy() -> None:
    note = Note(endpoint(HUB, 8883), "tcp.dropped", owner="Per", action="öppnar porten", due=date(2026, 12, 1))
    made = replace(job(changed={"mqtt-hub": BLOCKED}), notes=(note, Note(SITE, text="fri text")))
    assert "öppnar porten · Per · klart senast 2026-12-01" in as_text(letter(made))
    assert "fri text" not in as_text(letter(made))


@pytest.mark.parametrize(
    "made",
    [
        job(),
        replace(job(), records=()),
        job(changed={"dns-lan": seen("names.silent", server="192.168.1.1")}),
        job(changed={"mqtt-hub": NotMeasured("timeout")}),
        job(records=[OFFLINE]),
        replace(job(), records=(replace(record("mqtt-hub", BLOCKED), outdated=True),)),
    ],
    ids=["all is well", "nothing measured", "a remark", "not measured", "the installer's own", "outdated"],
)
def test_without_anything_to_ask_for_there_is_no_letter(made: Job) -> None:
    with pytest.raises(BadInput, match=r"letter\.nothing-failed"):
        letter(made)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_paper_and_text_say_the_same(language: str) -> None:
    made = letter(EVERYTHING, language)
    paper = re.sub(r"[\s\u00a0-]+", "", words_of(as_pdf(made)))
    for group in made.groups:
        for point in (*group.points, *(opening.point for opening in group.openings)):
            for said in (point.title, point.meaning, point.remedy):
                assert said.split()[0] in as_text(made)
            assert f"{point.number:03d}" in paper
    assert re.sub(r"[\s\u00a0-]+", "", letter_parts.closing(made)) in paper


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_paper_is_accessible_in_every_language(language: str, tmp_path: Path) -> None:
    path, more = tmp_path / "letter.pdf", tuple(level(f"A{i}", -90) for i in range(1, 21))
    everything = job(20, ALL_THAT_CAN_BE, [*more, OFFLINE])
    path.write_bytes(as_pdf(letter(replace(everything, demo="garage"), language)))
    command = [sys.executable, "-m", "outloud.cli", "--no-info", str(path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_file_says_that_it_is_pdf_a_3a_and_pdf_ua_1_and_is_no_certificate() -> None:
    pdf = as_pdf(letter(EVERYTHING, "nb"))
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert str(opened.Root.Lang) == "nb"
    assert verify.examine_bytes(pdf).outcome is Verified.NOT_OURS


def test_the_same_letter_has_the_same_bytes() -> None:
    assert as_pdf(letter(EVERYTHING)) == as_pdf(letter(EVERYTHING))


def test_a_simulated_site_is_marked_on_every_page_and_in_the_text() -> None:
    made = letter(replace(EVERYTHING, demo="garage"), "en")
    assert words_of(as_pdf(made)).count("DEMO") >= 3
    assert "DEMO – a simulated site" in as_text(made)
    assert "DEMO" not in as_text(letter(EVERYTHING))


@pytest.mark.parametrize("text", HOSTILE)
def test_names_that_are_meant_to_harm_neither_stop_nor_change_the_letter(text: str) -> None:
    made = letter(hostile(text))
    assert len(words_of(as_pdf(made))) > 500
    assert plain(made).isprintable()
    assert as_text(made).count("\nÄmne:") == 0
    assert as_text(made).startswith("Ämne:")


def test_lines_are_short_enough_for_an_e_mail() -> None:
    long = [line for line in as_text(letter(EVERYTHING)).splitlines() if len(line) > WIDTH]
    assert all("w32tm" in line for line in long)


def test_a_job_that_names_nobody_is_a_letter_all_the_same() -> None:
    made = letter(replace(job(changed={"mqtt-hub": BLOCKED}), site=Site(), installer=Installer(), order_no=""), "en")
    text = as_text(made)
    assert "To: The network owner" in text
    assert "From:" not in text
    assert "Questions" not in text
    assert as_pdf(made)


def test_two_hundred_stations_take_no_longer_than_a_person_waits() -> None:
    made = job(200, ALL_THAT_CAN_BE, [level(f"A{i}", -90) for i in range(1, 201)])
    started = time.perf_counter()
    pdf = as_pdf(letter(made))
    assert time.perf_counter() - started < 5
    assert "A200 Garage P200 För svag signal" in words_of(pdf).replace("\u00a0", " ")


def test_a_few_stations_stand_in_the_row_and_many_in_a_table_of_their_own() -> None:
    few = words_of(as_pdf(letter(job(9, records=[level(f"A{i}", -90) for i in range(1, 7)]))))
    many = words_of(as_pdf(letter(job(9, records=[level(f"A{i}", -90) for i in range(1, 8)]))))
    assert "A6 (Garage P6)" in few
    assert "A7 (Garage P7)" not in many
    assert "A7 Garage P7" in many
