"""A login page, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest

from installer_gui.checks.captive_portal import CaptivePortal
from installer_gui.checks.facts import Tried
from installer_gui.domain.names import NameStatus
from installer_gui.domain.outcome import NotApplicable
from installer_gui.domain.stream import TcpCause, TcpFailure

from .fakes import (
    CLOUDFLARE,
    GOOGLE,
    HOSTS,
    HUB,
    PROBE,
    PROBE_HOST,
    ROUTER,
    Server,
    Site,
    bad,
    codes,
    found,
    http_reply,
    run,
)

CHECK = CaptivePortal()
TEXT = b"Microsoft Connect Test"


def site(*replies: Any) -> Site:
    made = Site()
    made.servers[PROBE, 80].replies = replies
    return made


def test_the_known_text_shows_that_nobody_stands_in_between() -> None:
    assert codes(CHECK, Site()) == {"portal.none": "ok"}


def test_the_text_may_end_with_the_connection() -> None:
    assert codes(CHECK, site(http_reply() + TEXT[:5], TEXT[5:], b"")) == {"portal.none": "ok"}


@pytest.mark.parametrize(
    "status", ["302 Found", "301 Moved", "307 Temporary Redirect", "511 Network Authentication Required"]
)
def test_a_redirection_fails_and_names_the_page(status: str) -> None:
    made = site(http_reply(status, Location="http://login.hotel.example/start", Content_Length="0"))
    assert bad(CHECK, made) == {"portal.found": "failure"}
    assert found(CHECK, made)["portal.found"].evidence["page"] == "http://login.hotel.example/start"


def behind_a_login(hub_verified: bool) -> Site:
    made = site(http_reply("302 Found", Location="http://login/", Content_Length="0"))
    made.told = tuple(Tried(e.host, 30.0, verified=e is not HUB or hub_verified) for e in (HUB, *HOSTS))
    return made


def test_a_login_page_fails_also_where_the_hub_is_let_through() -> None:
    assert bad(CHECK, behind_a_login(hub_verified=True)) == {"portal.found": "failure"}
    assert bad(CHECK, behind_a_login(hub_verified=False)) == {"portal.found": "failure"}


def test_a_login_page_that_names_lead_to_fails_though_this_computer_found_another_way() -> None:
    made = behind_a_login(hub_verified=True)
    made.names.answers[ROUTER, PROBE_HOST] = (ROUTER,)
    made.servers[ROUTER, 80] = made.servers[PROBE, 80]
    assert bad(CHECK, made) == {"portal.found": "failure"}


@pytest.mark.parametrize("body", [b"<html>Please log in</html>", b"Microsoft Connect Test?", b"", b"x" + TEXT])
def test_another_text_is_a_login_page(body: bytes) -> None:
    made = site(http_reply() + body, b"")
    assert bad(CHECK, made) == {"portal.found": "failure"}
    assert found(CHECK, made)["portal.found"].evidence["page"] == made.profile.portal_probe


def test_a_page_without_an_end_is_not_read_to_its_end() -> None:
    made = site(http_reply() + b"<html>" * 100, TimeoutError)
    assert bad(CHECK, made) == {"portal.found": "failure"}


@pytest.mark.parametrize("reply", [b"", TimeoutError, ConnectionResetError, b"SSH-2.0-OpenSSH"])
def test_a_probe_that_does_not_answer_proves_nothing(reply: Any) -> None:
    assert codes(CHECK, site(reply)) == {"portal.probe-unreachable": "info"}


@pytest.mark.parametrize("cause", TcpCause)
def test_a_probe_that_cannot_be_reached_proves_nothing(cause: TcpCause) -> None:
    made = Site()
    made.servers[PROBE, 80] = Server(TcpFailure(cause, 4000))
    assert codes(CHECK, made) == {"portal.probe-unreachable": "info"}


@pytest.mark.parametrize("status", ["403 Forbidden", "404 Not Found", "503 Service Unavailable"])
def test_a_filter_that_refuses_the_probe_is_no_login_page(status: str) -> None:
    assert codes(CHECK, site(http_reply(status, Content_Length="0"))) == {"portal.probe-refused": "info"}


def test_a_probe_whose_name_is_filtered_proves_nothing() -> None:
    made = Site()
    made.names.answers[PROBE_HOST] = NameStatus.NXDOMAIN
    assert codes(CHECK, made) == {"portal.probe-unreachable": "info"}
    assert made.connect.connected == []


def test_a_portal_that_gives_every_name_its_own_address_is_found_there() -> None:
    made = Site()
    made.names.answers = {ROUTER: ("192.168.50.1",), GOOGLE: NameStatus.TIMEOUT, CLOUDFLARE: NameStatus.TIMEOUT}
    made.servers["192.168.50.1", 80] = Server(replies=(http_reply("302 Found", Location="http://192.168.50.1/login"),))
    assert bad(CHECK, made) == {"portal.found": "failure"}


def test_without_names_it_cannot_be_tried() -> None:
    made = Site()
    made.names.answers = dict.fromkeys((ROUTER, GOOGLE, CLOUDFLARE), NameStatus.TIMEOUT)
    assert run(CHECK, made) == NotApplicable("dns-lan")


def test_the_connection_is_closed() -> None:
    made = Site()
    run(CHECK, made)
    assert all(stream.closed for stream in made.servers[PROBE, 80].streams)
