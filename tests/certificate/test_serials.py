"""A station whose serial number belongs to another model is a remark on the certificate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from installer_gui import i18n, profiles
from installer_gui.certificate.collect import Occasion, collect
from installer_gui.certificate.content import Content
from installer_gui.certificate.layout import renderer
from installer_gui.domain.finding import SITE, station
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.verdict import State, Verdict
from installer_gui.session import confirm, jobs, plan

from .samples import NOW
from .test_layout import drawn, text_of

PROFILE = profiles.load("zaptec-pro")


def paper(language: str, *serials: str) -> Content:
    """Stations on the mobile network, as good as can be but for their numbers."""
    made = tuple(Station(f"A{n}", serial=serial) for n, serial in enumerate(serials, 1))
    job = Job("JB42-7KQ9-2MXC", NOW, PROFILE.id, stations=made, connection=Connection.LTE_M)
    job = confirm.confirm(job, "lte-subscription", SITE, {"active": True}, "Åsa", NOW)
    for number, one in enumerate(made):
        at = NOW + timedelta(minutes=number)
        job = confirm.confirm(job, "lte-signal", station(one.id), {"signal": -80}, "Åsa", at)
        job = confirm.confirm(job, "station-online", station(one.id), {"online": True}, "Åsa", at)
    occasion = Occasion("C7F3-9K2M-41QX", NOW, language, renderer(language))
    return collect(job, jobs.judged(job, PROFILE), plan.rules(PROFILE), PROFILE, occasion)


def test_it_changes_the_verdict_and_the_stations_result_but_not_what_was_confirmed() -> None:
    made = paper("sv", "ZPR100001", "ZAP100002")
    assert made.verdict is Verdict.PASSED_WITH_REMARKS
    assert [(s.state, s.confirmed) for s in made.stations] == [(State.PASS, State.PASS), (State.WARN, State.PASS)]
    assert paper("sv", "ZPR100001", "ZPR100002").verdict is Verdict.PASSED


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("sv", "Serienumret hör till Zaptec Go, inte ZAPTEC PRO"),
        ("nb", "Serienummeret hører til Zaptec Go, ikke ZAPTEC PRO"),
        ("en", "The serial number is a Zaptec Go's, not a ZAPTEC PRO's"),
    ],
)
def test_it_stands_on_page_one_and_with_the_deviations(language: str, said: str) -> None:
    pdf = drawn(paper(language, "ZPR100001", "ZAP100002"))
    first, second = (" ".join(text_of(pdf, "-f", n, "-l", n).split()) for n in "12")
    assert f"{said} – A2" in first
    assert "703" in second


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_what_one_person_said_of_many_stations_is_one_row_with_its_times(language: str) -> None:
    made = paper(language, *(f"ZPR10000{n}" for n in range(5)))
    words = i18n.load(language)
    first, last = (words.show(NOW + timedelta(minutes=n)) for n in (0, 4))
    text = " ".join(text_of(drawn(made)).split())
    span = words.text("paper.span", low=first, high=last)
    assert text.count(words.text("paper.said", by="Åsa", at=span)) == 2
    assert text.count("A1–A5") == 2
