"""What a web host answers."""

from __future__ import annotations

from typing import Any

import pytest

from installer_gui.checks.facts import ServerDate, Tried
from installer_gui.checks.https import Https
from installer_gui.domain.stream import TlsCause

from .fakes import HOSTS, Site, bad, codes, found, http_reply, refusal, run, session

API = next(e for e in HOSTS if not e.private_root)
DEVICES = next(e for e in HOSTS if e.private_root)
CHECK = Https(API)


def site(*replies: Any) -> Site:
    made = Site()
    made.server(API).replies = replies
    return made


@pytest.mark.parametrize(
    "status", ["200 OK", "301 Moved", "401 Unauthorized", "403 Forbidden", "404 Not Found", "499 ?"]
)
def test_any_status_but_the_servers_own_trouble_proves_the_way(status: str) -> None:
    assert codes(CHECK, site(http_reply(status))) == {"https.answered": "ok", "tls.long-valid": "ok"}


@pytest.mark.parametrize("status", ["500 Oops", "503 Service Unavailable"])
def test_trouble_at_the_server_is_a_remark(status: str) -> None:
    assert bad(CHECK, site(http_reply(status))) == {"https.server-error": "warning"}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (b"", {"https.no-answer": "failure"}),
        (TimeoutError, {"https.no-answer": "failure"}),
        (ConnectionResetError, {"https.no-answer": "failure"}),
        (b"SSH-2.0-OpenSSH\r\n", {"https.not-http": "failure"}),
    ],
)
def test_a_handshake_alone_does_not_prove_the_way(reply: Any, expected: dict[str, str]) -> None:
    assert bad(CHECK, site(reply)) == expected


def test_the_three_hosts_have_each_their_own_check() -> None:
    assert [Https(e).info.id for e in HOSTS] == [f"https-{e.host}" for e in HOSTS]
    assert {Https(e).info.text_key for e in HOSTS} == {"https"}


def test_only_the_head_is_asked_for() -> None:
    made = site(http_reply())
    run(CHECK, made)
    assert made.server(API).heard[0].startswith(b"HEAD / HTTP/1.1\r\nHost: " + API.host.encode())
    assert all(stream.closed for stream in made.server(API).streams)


def test_the_date_is_handed_on() -> None:
    made = site(http_reply(ahead_s=3600))
    run(CHECK, made)
    (date,) = [fact for fact in made.given if isinstance(fact, ServerDate)]
    assert date.host == API.host
    assert date.offset_s == pytest.approx(3600, abs=1.5)


def test_a_host_that_did_not_prove_itself_does_not_tell_the_time() -> None:
    made = Site()
    made.server(DEVICES).hello = lambda *how: session() if not how[2] else refusal(TlsCause.UNTRUSTED, "Somebody")
    run(Https(DEVICES), made)
    assert [type(fact) for fact in made.given] == [Tried]


def test_an_answer_without_a_date_is_an_answer() -> None:
    made = site(b"HTTP/1.1 200 OK\r\n\r\n")
    assert bad(CHECK, made) == {}
    assert not any(isinstance(fact, ServerDate) for fact in made.given)


def test_the_finding_says_what_came_back() -> None:
    assert found(CHECK, site(http_reply("403 Forbidden")))["https.answered"].evidence["answer"] == "HTTP 403"
