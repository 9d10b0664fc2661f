"""A job that was measured over the mains, on paper: modules, stations, how it is known, and by which limits."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from installer_gui import i18n, profiles
from installer_gui.certificate.collect import Occasion, collect
from installer_gui.certificate.layout import renderer
from installer_gui.checks.plc_worksheet import Grid, Module
from installer_gui.domain.finding import station
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.powerline import Blocks, Gateway, Member, Neighbour, Powerline, Replies
from installer_gui.session import confirm, jobs, plan, powerline, powerline_filing, powerline_seen, powerline_worksheet

from .test_layout import drawn

PROFILE = profiles.load("zaptec-pro")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
MODULE = "00:00:5e:00:53:60"
MACS = [f"60:15:92:43:53:{number:02x}" for number in range(1, 5)]
GOOD, POOR = Replies(20, 20, 4.1, 6.3), Replies(20, 14, 31.0, 80.0)
MEMBERS = (Member(MACS[0], MODULE, 2, tx_mbps=9, rx_mbps=9, replies=GOOD), Member(MACS[1], MODULE, 3, replies=POOR))
FOUND = Powerline(
    "eth0",
    "02:00:00:00:00:aa",
    "AF_PACKET",
    (Gateway(MODULE, "QCA7420", "MAC-QCA7420", "MAKER", True, "5a:01", 5, members=MEMBERS, blocks=Blocks(970, 30)),),
    (Neighbour("01:02:03:04:05:06:07", 9),),
)
LINE = Module("M1", "F1", 4, 45.0, 10.0, 10.0, 1.5, frozenset({"L1", "N", "PE"}), qr_code=True)
GRADES = ("measured", "network", "manual")
NOMINAL = ("9 av nominella 10", "9 av nominelle 10", "9 of nominal 10")
READ = ("pdftotext", "-raw", "-", "-")


def measured() -> Job:
    """A1 and A2 were measured, A3 was seen among the neighbours, A4 somebody looked at."""
    made = tuple(Station(f"A{n}", mac=mac, circuit="F1") for n, mac in enumerate(MACS, 1))
    job = Job("JOB0-0000-0001", NOON, PROFILE.id, stations=made, connection=Connection.PLC)
    near, behind = powerline.records(FOUND, 2, NOON, PROFILE, "Linux"), job.stations
    job = powerline_filing.filed(replace(job, stations=made[:2]), near)
    job = replace(job, stations=behind)
    job = powerline_seen.filed(job, (powerline_seen.Seen(MACS[2], "192.168.1.77"),), NOON, "eth0")
    job = confirm.confirm(
        job, "plc-station", station("A4"), {"paired": True}, "Kim Berg", NOON, ("0123456789abcdef" * 4,)
    )
    sheet = powerline_worksheet.sheet(job, [LINE], same_phase_order=True, earth_checked=True, grid=Grid.TN)
    return powerline_worksheet.confirm(job, sheet, "Kim Berg", NOON, PROFILE)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_grades_limits_and_numbers_stand_on_the_paper(language: str) -> None:
    words = i18n.load(language)
    job, occasion = measured(), Occasion("C7F3-9K2M-41QX", NOON, language, renderer(language))
    made = collect(job, jobs.judged(job, PROFILE), plan.rules(PROFILE), PROFILE, occasion)
    told = bare(subprocess.run(READ, input=drawn(made), capture_output=True, check=True).stdout.decode())
    for part in (
        MODULE,
        "QCA7420",
        *MACS[:3],
        "192.168.1.77",
        "Kim Berg",
        "M1",
        "F1",
        "L1-N-PE",
        "SHA-256 0123456789abcdef",
    ):
        assert bare(part) in told
    for part in ("≥ 9 Mbit/s", "≥ 95 %", "≥ 80 %", "≤ 20 ms", "≤ 100 ms", "≤ 5 %", "≤ 90 m", "≤ 30"):
        assert bare(part) in told
    assert any(bare(part) in told for part in NOMINAL)
    for grade in GRADES:
        assert bare(words.of("paper", "grade", grade)) in told
    for got in ("20", "14"):
        sentence = words.text("finding.plc.replies-good.title", got=got, sent="20", mac="x")
        assert bare(sentence.removesuffix("x")) in told


def bare(text: str) -> str:
    """Without the gaps, which lines and columns put anywhere."""
    return re.sub(r"\s+", "", text)
