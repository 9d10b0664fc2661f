from dataclasses import replace
from datetime import UTC, datetime

import pytest

from installer_gui.domain.check import Area
from installer_gui.domain.job import Connection, Job
from installer_gui.session import flow
from installer_gui.session.flow import Page

EMPTY = Job("X", datetime(2026, 11, 25, tzinfo=UTC), "zaptec-pro")


def job(connection: Connection) -> Job:
    return replace(EMPTY, connection=connection)


def test_screen_codes_are_unique_and_leave_out_letters_that_are_misheard() -> None:
    codes = [page.code for page in Page]
    assert len(set(codes)) == len(codes)
    assert not {code[0] for code in codes} & set("GIOQSZ")


def test_a_wifi_job_walks_past_the_other_connections() -> None:
    codes = [page.code for page in flow.path(job(Connection.WIFI))]
    assert codes == ["A0", "B1", "C2", "D3", "E4", "W5", "N6", "P7", "K8", "V9", "R10", "F11"]


def test_an_lte_m_job_has_one_worksheet_between_the_choice_and_the_paper() -> None:
    codes = [page.code for page in flow.path(job(Connection.LTE_M))]
    assert codes == ["A0", "B1", "C2", "D3", "M5", "V9", "R10", "F11"]


def test_a_wired_job_needs_no_page_of_its_own() -> None:
    assert not {Page.WIFI, Page.POWERLINE, Page.LTE} & set(flow.path(job(Connection.ETHERNET)))


@pytest.mark.parametrize("connection", list(Connection))
def test_next_walks_the_whole_path_and_back_returns(connection: Connection) -> None:
    made = job(connection)
    pages = [Page.START]
    while (page := flow.following(pages[-1], made)) is not pages[-1]:
        pages.append(page)
    assert tuple(pages) == flow.path(made)
    assert [flow.preceding(page, made) for page in pages] == [Page.START, *pages[:-1]]


def test_a_page_that_stopped_applying_still_leads_on() -> None:
    assert flow.following(Page.WIFI, job(Connection.PLC)) is Page.POWERLINE
    assert flow.preceding(Page.WIFI, job(Connection.PLC)) is Page.COMPUTER


def test_steps_count_from_the_first_page_after_the_start() -> None:
    assert flow.step(Page.START, job(Connection.WIFI)) == (0, 11)
    assert flow.step(Page.WIFI, job(Connection.WIFI)) == (5, 11)


def test_every_area_of_a_connection_has_one_page() -> None:
    assert flow.page_of(Area.STATION, job(Connection.WIFI)) is Page.STATION_CHECK
    assert flow.page_of(Area.STATION, job(Connection.LTE_M)) is Page.LTE
    assert flow.page_of(Area.DNS, job(Connection.LTE_M)) is None
