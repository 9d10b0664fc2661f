"""The head of an HTTP response."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from installer_gui.errors import Malformed
from installer_gui.protocols.http import request, response

DATE = "Date: Wed, 25 Nov 2026 12:00:00 GMT"


def reply(*lines: str, body: bytes = b"") -> bytes:
    return "\r\n".join(("HTTP/1.1 200 OK", *lines)).encode("latin-1") + b"\r\n\r\n" + body


def test_a_request_names_the_host_and_ends_the_connection() -> None:
    lines = request("HEAD", "api.example").decode().split("\r\n")
    assert lines[0] == "HEAD / HTTP/1.1"
    assert "Host: api.example" in lines
    assert "Connection: close" in lines
    assert lines[-2:] == ["", ""]


def test_a_response_is_read_by_name_whatever_the_case() -> None:
    read = response(reply("LOCATION: http://login.example/", body=b"x"))
    assert read is not None
    assert (read.status, read.headers["location"], read.body) == (200, "http://login.example/", b"x")


def test_lines_may_end_without_a_carriage_return() -> None:
    read = response(b"HTTP/1.0 404 Not Found\nServer: x\nContent-Length: 2\n\nab")
    assert read is not None
    assert (read.status, read.headers["server"], read.body, read.whole) == (404, "x", b"ab", True)


@pytest.mark.parametrize("part", [b"", b"HT", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nDate: x\r\n"])
def test_a_head_that_has_not_ended_is_waited_for(part: bytes) -> None:
    assert response(part) is None


@pytest.mark.parametrize(
    "data", [b"SSH-2.0-OpenSSH", b"\x20\x02\x00\x05", b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 -20 x\r\n\r\n"]
)
def test_what_is_not_http_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        response(data)


def test_a_head_without_an_end_is_not_read_for_ever() -> None:
    with pytest.raises(Malformed):
        response(b"HTTP/1.1 200 OK\r\n" + b"a" * 70000)


@pytest.mark.parametrize(
    ("lines", "body", "whole"),
    [(("Content-Length: 4",), b"abc", False), (("Content-Length: 4",), b"abcd", True), ((), b"abcd", False)],
)
def test_a_body_is_whole_when_the_announced_length_has_come(lines: tuple[str, ...], body: bytes, whole: bool) -> None:
    read = response(reply(*lines, body=body))
    assert read is not None
    assert read.whole is whole


def test_a_cached_answer_is_as_old_as_it_says() -> None:
    read = response(reply(DATE, "Age: 30"))
    assert read is not None
    assert read.date == datetime(2026, 11, 25, 12, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("line", ["X: y", "Date: yesterday", "Date: Wed, 99 Nov 2026 99:00:00 GMT", "Date: "])
def test_a_date_that_is_none_is_no_date(line: str) -> None:
    read = response(reply(line))
    assert read is not None
    assert read.date is None


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=60).map(lambda t: reply(f"Date: {t}".encode().decode("latin-1"), DATE)),
    )
)
def test_no_bytes_bring_the_reader_down(data: bytes) -> None:
    try:
        read = response(data)
    except Malformed:
        return
    if read is not None:
        assert read.date is None or read.date.tzinfo is not None
        assert read.whole in (True, False)


@given(st.text(alphabet="0123456789-+: JanFebGMTWed,", max_size=40), st.text(alphabet="0123456789", max_size=20))
def test_no_date_brings_the_reader_down(date: str, age: str) -> None:
    read = response(reply(f"Date: {date}", f"Age: {age}"))
    assert read is not None
    assert read.date is None or read.date.tzinfo is not None
