"""The wizard's path as data: the pages, which of them a job needs, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from ..domain.check import Area
from ..domain.job import Connection, Job, Station


class Page(StrEnum):
    """The pages in their order; the value is their name in the catalogue ("gui.<page>.…")."""

    START = "start"
    SITE = "site"
    STATIONS = "stations"
    CONNECTION = "connection"
    COMPUTER = "computer"
    WIFI = "wifi"
    POWERLINE = "powerline"
    LTE = "lte-m"
    BASICS = "basics"
    INTERNET = "internet"
    STATION_CHECK = "station-check"
    DEVIATIONS = "deviations"
    REVIEW = "review"
    CERTIFICATE = "certificate"

    @property
    def code(self) -> str:
        """What the installer reads out on the phone. Fixed for ever, also when other pages come or go."""
        return _CODES[self]


_CODES: Mapping[Page, str] = {
    Page.START: "A0",
    Page.SITE: "B1",
    Page.STATIONS: "C2",
    Page.CONNECTION: "D3",
    Page.COMPUTER: "E4",
    Page.WIFI: "W5",
    Page.POWERLINE: "L5",
    Page.LTE: "M5",
    Page.BASICS: "N6",
    Page.INTERNET: "P7",
    Page.STATION_CHECK: "K8",
    Page.DEVIATIONS: "V9",
    Page.REVIEW: "R10",
    Page.CERTIFICATE: "F11",
}

_ONLY_FOR: Mapping[Page, Connection] = {
    Page.WIFI: Connection.WIFI,
    Page.POWERLINE: Connection.PLC,
    Page.LTE: Connection.LTE_M,
}

# With LTE-M alone the stations do not use this network, and one worksheet asks all that there is to ask.
_NOT_FOR_LTE = frozenset({Page.COMPUTER, Page.BASICS, Page.INTERNET, Page.STATION_CHECK})

_AREAS: Mapping[Page, tuple[Area, ...]] = {
    Page.COMPUTER: (Area.COMPUTER,),
    Page.WIFI: (Area.WIFI,),
    Page.POWERLINE: (Area.PLC,),
    Page.LTE: (Area.LTE, Area.STATION),
    Page.BASICS: (Area.LINK, Area.DHCP, Area.DNS),
    Page.INTERNET: (Area.MQTT, Area.HTTPS, Area.NTP),
    Page.STATION_CHECK: (Area.STATION,),
}


_CONNECTION_OF: Mapping[Area, Connection] = {
    Area.WIFI: Connection.WIFI,
    Area.PLC: Connection.PLC,
    Area.LTE: Connection.LTE_M,
}


def applies(page: Page, job: Job) -> bool:
    """Whether a job needs the page; until a connection is chosen, the pages of one connection only do not."""
    if page in _ONLY_FOR:
        return _ONLY_FOR[page] in job.connections
    return not _mobile_only(job) or page not in _NOT_FOR_LTE


def path(job: Job) -> tuple[Page, ...]:
    """The pages that the job needs, in their order, the start page first."""
    return tuple(page for page in Page if applies(page, job))


def following(page: Page, job: Job) -> Page:
    """The page that comes after; the last page stays."""
    after = list(Page)[list(Page).index(page) + 1 :]
    return next((p for p in after if applies(p, job)), page)


def preceding(page: Page, job: Job) -> Page:
    """The page that comes before; the first page stays."""
    before = list(Page)[: list(Page).index(page)]
    return next((p for p in reversed(before) if applies(p, job)), page)


def step(page: Page, job: Job) -> tuple[int, int]:
    """Which step of how many a page is; the start page is step 0."""
    pages = path(job)
    return (pages.index(page) if page in pages else 0), len(pages) - 1


def areas(page: Page, job: Job) -> tuple[Area, ...]:
    """The areas whose checks are shown on the page."""
    if not applies(page, job):
        return ()
    shared = () if _mobile_only(job) else _AREAS[Page.STATION_CHECK]
    return tuple(a for a in _AREAS.get(page, ()) if page is not Page.LTE or a not in shared)


def page_of(area: Area, job: Job) -> Page | None:
    """Where the checks of an area are shown in this job, None where no page of its path shows them."""
    return next((page for page in path(job) if area in areas(page, job)), None)


def stations_of(area: Area, job: Job) -> tuple[Station, ...]:
    """The stations that an area's checks are about: those on its connection; all until one is chosen."""
    connection = _CONNECTION_OF.get(area)
    if connection is None or not job.connections:
        return job.stations
    return job.stations_on(connection)


def _mobile_only(job: Job) -> bool:
    return job.connections == (Connection.LTE_M,)
