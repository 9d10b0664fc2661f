"""Feeds the reader of HTTP responses random and damaged ones, in one piece and in two; only Malformed may come.

    python tests/fuzz/http_responses.py [COUNT [SEED]]        default: 1000000 responses, a seed from the clock

Prints the rate, or the response that broke it and the seed to come back to it.
"""

from __future__ import annotations

import contextlib

from _feed import feed

from installer_gui.errors import Malformed
from installer_gui.protocols.http import response

HEADS = (
    b"HTTP/1.1 200 OK\r\nDate: Wed, 25 Nov 2026 12:00:00 GMT\r\nAge: 7\r\nContent-Length: 22\r\nServer: nginx",
    b"HTTP/1.0 302 Found\r\nLocation: http://login.hotel.example/start?a=1\r\nDate: Wed, 25-Nov-26 12:00:00 GMT",
    b"HTTP/1.1 511 Network Authentication Required\r\ncontent-length: 0\r\nDate: Wed Nov 25 12:00:00 2026",
    b"HTTP/1.1 503 \xc3\xa5\r\nDate: 25 Nov 9999 23:59:59 -2359\r\nAge: 9999999999\r\nContent-Length: 9999999999999999",
    b"HTTP/2 200\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000 (Z)\r\nTransfer-Encoding: chunked",
)
SAMPLES = tuple(head + b"\r\n\r\nMicrosoft Connect Test" for head in HEADS)
PROTOCOL = 5


def read(data: bytes) -> bool:
    with contextlib.suppress(Malformed):
        response(data[: len(data) // 2])
    try:
        found = response(data)
    except Malformed:
        return False
    if found is None:
        return False
    assert 0 <= found.status <= 999
    assert found.whole in (True, False)
    assert found.date is None or found.date.tzinfo is not None
    return True


if __name__ == "__main__":
    feed("http responses", SAMPLES, read, PROTOCOL)
