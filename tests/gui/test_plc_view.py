"""What the Powerline page shows, worked out without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from installer_gui import i18n
from installer_gui.domain.finding import station
from installer_gui.domain.job import Connection, Job
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.domain.powerline import Member, Powerline
from installer_gui.domain.record import latest
from installer_gui.gui import blocks, cable, elimination, plc_view
from installer_gui.gui.looks import Look
from installer_gui.gui.plc_view import Line
from installer_gui.gui.standing import standing
from installer_gui.gui.state import page_state
from installer_gui.gui.view import Mains, Tool, View
from installer_gui.ports.rights import Advice, RightsState
from installer_gui.ports.unavailable import Reason
from installer_gui.session import powerline_seen
from installer_gui.session.flow import Page

from . import jobs, mains

CABLE = Interface("eth0", kind=InterfaceKind.ETHERNET, up=True)
RADIO = Interface("wlan0", kind=InterfaceKind.WIFI, up=True)


@pytest.fixture(scope="module")
def garage() -> Powerline:
    return mains.found()


@pytest.fixture(scope="module")
def noisy() -> Powerline:
    return mains.found("plc-noisy")


def view(job: Job, spoken: str = "en", **more: object) -> View:
    return View(job, jobs.PROFILE, jobs.RULES, i18n.load(spoken), **more)  # type: ignore[arg-type]  # keywords of View


def lines(shown: View) -> tuple[Line, ...]:
    return plc_view.lines(page_state(Page.POWERLINE, shown).rows, shown)


def test_a_measured_station_shows_its_numbers_and_that_nine_is_full(garage: Powerline) -> None:
    first = lines(view(mains.measured(mains.listed(), garage)))[0]
    assert first.look is Look.PASS
    assert first.cells == (
        ("A1 · garage, left wall", "60:15:92:43:53:01"),
        ("TEI 2", "STA"),
        ("9 / 9 Mbit/s", "of nominal 10"),
        ("20 of 20", first.cells[3][1]),
        ("QCA7005", "MAC-QCA7005-1.2.5.3207-00-20180927-CS"),
        ("Pass", "Joined and answers well"),
    )
    assert first.cells[3][1].endswith("\u00a0ms")


def test_a_station_that_is_heard_badly_tells_everything_that_is_wrong(noisy: Powerline) -> None:
    bad = lines(view(mains.measured(mains.listed(5, 5), noisy)))[4]
    assert bad.look is Look.FAIL
    assert bad.cells[-1] == ("Fail", f"Only 14 of 20 replies, rate 4\u00a0Mbit/s, reply time {bad.cells[3][1]}")


def test_below_the_table_stands_what_to_do_about_it(noisy: Powerline) -> None:
    shown = view(mains.measured(mains.listed(6, 6), noisy))
    bad, missing = plc_view.troubled(page_state(Page.POWERLINE, shown).rows, shown)
    assert (bad.title, missing.title) == ("A5", "A6")
    assert missing.word == "Has not joined the module"
    assert bad.remedy
    assert bad.details
    watching = view(mains.measured(mains.listed(6, 6), noisy), mains=Mains(watching=True))
    assert plc_view.troubled(page_state(Page.POWERLINE, watching).rows, watching) == ()


def test_a_station_seen_on_the_network_is_not_shown_as_measured() -> None:
    seen = (powerline_seen.Seen(mains.MACS[0], "192.168.1.31"),)
    line = lines(view(powerline_seen.filed(mains.listed(), seen, jobs.NOW, "eth0")))[0]
    assert line.cells[-1] == ("Not measured, seen on the network", "Has the address 192.168.1.31")


def test_a_confirmed_station_is_never_shown_as_measured(garage: Powerline) -> None:
    line = lines(view(mains.confirmed(mains.listed(known=0), "A2")))[1]
    verdict, reason = line.cells[-1]
    assert verdict.startswith("Not measured, confirmed by Bo Ek")
    assert reason == ""
    assert line.cells[2] == ("–", "")


def test_a_word_does_not_hide_what_was_measured(noisy: Powerline) -> None:
    job = mains.confirmed(mains.measured(mains.listed(5, 5), noisy), "A5")
    shown = view(job)
    assert lines(shown)[4].look is Look.FAIL
    assert not plc_view.asked(station("A5"), shown)


def test_whoever_is_on_no_list_stands_below_the_stations(garage: Powerline) -> None:
    job = mains.measured(mains.listed(known=4), garage)
    shown = view(job, mains=Mains(found=garage))
    listed, unknown = lines(shown)[:6], plc_view.strangers(lines(shown))
    assert [line.station for line in listed] == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert [line.mac for line in unknown] == list(mains.MACS[4:])
    assert {line.look for line in unknown} == {Look.INFO}


def test_strangers_are_still_known_when_the_job_is_opened_again(garage: Powerline) -> None:
    shown = view(mains.measured(mains.listed(known=4), garage))
    assert [line.mac for line in plc_view.strangers(lines(shown))] == list(mains.MACS[4:])


def test_a_modem_of_another_maker_is_no_charging_station() -> None:
    other = Member("b8:be:f4:00:00:01", "00:00:5e:00:53:60", 9)
    shown = view(mains.listed(), mains=Mains(found=Powerline("eth0", ""), watching=True, members=(other,)))
    assert plc_view.strangers(lines(shown))[0].cells[0] == ("Other PLC device", other.mac)


def test_the_modules_are_told_from_the_job_alone(garage: Powerline) -> None:
    shown = view(mains.measured(mains.listed(), garage), "sv")
    whole, module = plc_view.module_rows(page_state(Page.POWERLINE, shown).rows, shown)
    assert whole.check == "plc-gateway"
    assert (module.look, module.title) == (Look.PASS, "PLC-modul 00:00:5e:00:53:60")
    assert module.word.startswith("6 anslutna · QCA7420 · MAC-QCA7420")


def test_the_last_station_and_the_last_stranger_belong_together(garage: Powerline) -> None:
    job = elimination.eliminated(mains.listed(known=5), garage.members, jobs.PROFILE)
    assert job.stations[5].mac == mains.MACS[5]
    two = mains.listed(known=4)
    assert elimination.eliminated(two, garage.members, jobs.PROFILE) == two


def test_the_next_station_to_switch_on_is_one_that_nobody_knows() -> None:
    job = mains.listed(known=2)
    assert elimination.next_awaited(job) == "A3"
    assert elimination.next_awaited(job, "A5") == "A5"
    assert elimination.next_awaited(job, "A1") == "A3"
    assert elimination.next_awaited(mains.listed()) == ""


def test_while_somebody_watches_only_those_who_are_there_are_shown(garage: Powerline) -> None:
    watching = Mains(watching=True, answering=("00:00:5e:00:53:60",), members=garage.members[:2], awaited="A3")
    shown = view(mains.measured(mains.listed(known=2), garage), mains=watching)
    assert [line.look for line in lines(shown)] == [
        *(Look.INFO, Look.INFO, Look.RUNNING),
        *[Look.UNTESTED] * 3,
    ]
    ask, count = plc_view.watched(shown)
    assert "A3" in ask
    assert count == "2 of 6 charging stations have joined"


@pytest.mark.parametrize(("answering", "code"), [(None, "Looking"), ((), "No PLC module answers")])
def test_the_watch_says_whether_a_module_answers(answering: tuple[str, ...] | None, code: str) -> None:
    shown = view(mains.listed(known=0), mains=Mains(watching=True, answering=answering))
    assert plc_view.watched(shown)[0].startswith(code)


@pytest.mark.parametrize(
    ("tool", "last", "reason", "digit"),
    [
        (Tool((RADIO,)), None, Reason.NO_LINK, "6"),
        (Tool((replace(CABLE, up=False),)), None, Reason.NO_LINK, "6"),
        (Tool((CABLE,), rights=RightsState.CAN_ASK), None, Reason.NEEDS_PRIVILEGE, "5"),
        (Tool((CABLE,), rights=RightsState.UNAVAILABLE), None, Reason.NEEDS_PRIVILEGE, "5"),
        (Tool((CABLE,)), Reason.NO_ANSWER, Reason.NO_ANSWER, "6"),
        (Tool((CABLE,)), None, None, "0"),
    ],
)
def test_the_page_says_why_no_module_can_be_asked(tool: Tool, last: Reason, reason: Reason, digit: str) -> None:
    shown = view(mains.listed(), tool=tool, mains=Mains(reason=last))
    assert cable.reason(shown) == reason
    assert page_state(Page.POWERLINE, shown).code == f"L5-{digit}"
    assert (plc_view.block(shown) is None) == (reason is None)


def test_where_everything_was_confirmed_nothing_is_blocked_any_more() -> None:
    job = mains.wired(mains.listed(2, 0))
    for name in ("A1", "A2"):
        job = mains.confirmed(job, name)
    shown = view(job, tool=Tool((CABLE,)), mains=Mains(reason=Reason.NO_ANSWER))
    assert standing(Page.POWERLINE, shown).digit.look is Look.PASS


def test_without_rights_the_panel_tells_how_to_get_them() -> None:
    tool = Tool((CABLE,), rights=RightsState.CAN_ASK, advice=(Advice("ask"), Advice("setcap", "sudo setcap X")))
    panel = blocks.cable_block(Reason.NEEDS_PRIVILEGE, tool, i18n.load("sv"))
    assert panel.ask
    assert "sudo setcap X" in panel.steps[0]
    assert "inte uppmätta" in panel.steps[-1]


@pytest.mark.parametrize("spoken", i18n.LANGUAGES)
@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_way_out_in_every_language(reason: Reason, spoken: str) -> None:
    panel = blocks.cable_block(reason, Tool((CABLE,), system="linux"), i18n.load(spoken))
    assert panel.title
    assert panel.steps
    assert not panel.title.startswith("gui.")


def test_what_is_copied_is_what_support_knows(garage: Powerline) -> None:
    assert plc_view.plcstat_text(view(mains.listed())) == ""
    text = plc_view.plcstat_text(view(mains.listed(), mains=Mains(found=garage)))
    assert text.startswith(" P/L NET TEI")
    assert text.count(" REM ") == 6


def test_a_station_on_another_connection_is_no_station_of_the_page(garage: Powerline) -> None:
    job = mains.listed()
    job = replace(job, stations=(replace(job.stations[0], connection=Connection.WIFI, mac=""), *job.stations[1:]))
    assert "A1" not in [line.station for line in lines(view(job))]
    assert elimination.next_awaited(job) == ""
    assert latest(mains.measured(job, garage).records).keys() >= {("plc-station", station("A2"))}
