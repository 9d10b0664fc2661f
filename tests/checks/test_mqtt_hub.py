"""What the hub says to a stranger."""

from __future__ import annotations

from typing import Any

import pytest

from installer_gui.checks.mqtt_hub import CLIENT_ID, MqttHub

from .fakes import CONNACK_5, HUB, Site, bad, codes, found, run

CHECK = MqttHub(HUB)


def site(*replies: Any) -> Site:
    made = Site()
    made.server(HUB).replies = replies
    return made


@pytest.mark.parametrize("code", [2, 4, 5])
def test_to_be_turned_away_by_the_hub_proves_the_way(code: int) -> None:
    assert codes(CHECK, site(bytes((0x20, 2, 0, code)))) == {"mqtt.answered": "ok", "tls.long-valid": "ok"}


def test_a_hub_that_ends_in_order_after_the_question_proves_the_way() -> None:
    assert codes(CHECK, site(b"")) == {"mqtt.closed": "ok", "tls.long-valid": "ok"}


@pytest.mark.parametrize(
    ("replies", "expected"),
    [
        ((b"\x20\x02\x00\x00",), {"mqtt.accepted": "warning"}),
        ((b"\x20\x02\x00\x01",), {"mqtt.version-refused": "failure"}),
        ((b"\x20\x02\x00\x03",), {"mqtt.unavailable": "warning"}),
        ((TimeoutError,), {"mqtt.silent": "warning"}),
        ((ConnectionResetError,), {"mqtt.cut-off": "warning"}),
        ((b"SSH-2.0-OpenSSH",), {"mqtt.not-mqtt": "failure"}),
        ((b"HTTP/1.1 400 Bad Request",), {"mqtt.not-mqtt": "failure"}),
        ((b"\x20\x02\x00\x09",), {"mqtt.not-mqtt": "failure"}),
        ((b"\x20\x02", b""), {"mqtt.not-mqtt": "failure"}),
        ((b"\x00",), {"mqtt.not-mqtt": "failure"}),
    ],
)
def test_every_other_answer_is_told_apart(replies: Any, expected: dict[str, str]) -> None:
    assert bad(CHECK, site(*replies)) == expected


def test_an_answer_in_pieces_is_put_together() -> None:
    assert bad(CHECK, site(b"\x20", b"\x02\x00", b"\x05")) == {}


@pytest.mark.parametrize(
    "replies", [(CONNACK_5,), (b"\x20\x02\x00\x03",), (TimeoutError,), (ConnectionResetError,), (b"",)]
)
def test_the_question_is_put_once_and_the_connection_closed(replies: Any) -> None:
    made = site(*replies)
    run(CHECK, made)
    assert [data[:1] for data in made.server(HUB).heard] == [b"\x10"]
    assert all(stream.closed for stream in made.server(HUB).streams)


def test_a_hub_that_lets_a_stranger_in_is_left_politely() -> None:
    made = site(b"\x20\x02\x00\x00")
    run(CHECK, made)
    assert made.server(HUB).heard[1:] == [b"\xe0\x00"]


def test_the_client_cannot_be_a_device_and_gives_no_password() -> None:
    made = site(CONNACK_5)
    run(CHECK, made)
    question = made.server(HUB).heard[0]
    assert set(CLIENT_ID) - set("-:.+%_#*?!(),=@;$'") - {c for c in CLIENT_ID if c.isascii() and c.isalnum()}
    assert f"{HUB.host}/{CLIENT_ID}/?api-version=2021-04-12".encode() in question
    assert not question[9] & 0x40


def test_the_finding_says_what_came_back() -> None:
    evidence = found(CHECK, site(CONNACK_5))["mqtt.answered"].evidence
    assert evidence["answer"] == "CONNACK 5"
    assert evidence["layer"] == "application"
