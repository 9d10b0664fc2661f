"""One HTTP request and the head of its response (RFC 9112)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..errors import Malformed

_LONGEST_HEAD = 65536
_END = re.compile(rb"\r?\n\r?\n")  # some servers leave out the CR, and RFC 9112, section 2.2, lets one read them


@dataclass(frozen=True, slots=True)
class Response:
    """A response; names in `headers` are in lower case, `body` is what has come of it."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def whole(self) -> bool:
        """Whether the announced length has come; without one only the end of the connection tells."""
        length = self.headers.get("content-length", "")
        return _is_number(length) and len(self.body) >= int(length)

    @property
    def date(self) -> datetime | None:
        """The server's clock when it answered: Date, plus Age where a cache kept the answer. None without a date."""
        from email.utils import parsedate_to_datetime  # which loads more than all of this package

        age = self.headers.get("age", "")
        try:
            date = parsedate_to_datetime(self.headers.get("date", ""))
            date += timedelta(seconds=int(age) if _is_number(age) else 0)
        except (ValueError, TypeError, OverflowError):
            return None
        return date if date.tzinfo else date.replace(tzinfo=UTC)


def request(method: str, host: str, path: str = "/", version: str = "1.1") -> bytes:
    """A request without a body, on a connection that ends with it."""
    lines = (
        f"{method} {path} HTTP/{version}",
        f"Host: {host}",
        "User-Agent: Driftklar",
        "Accept: */*",
        "Connection: close",
    )
    return "\r\n".join((*lines, "", "")).encode("ascii")


def response(data: bytes) -> Response | None:
    """The response as far as it has come, None until its head is complete. Raises Malformed for anything else."""
    if not data.startswith(b"HTTP/"[: len(data)]):
        raise Malformed("not HTTP")
    head, *body = _END.split(data, 1)
    if len(head) > _LONGEST_HEAD:
        raise Malformed("no end of the head")
    if not body:
        return None
    status_line, *fields = (line.rstrip("\r") for line in head.decode("latin-1").split("\n"))
    return Response(_status(status_line), dict(_field(line) for line in fields), body[0])


def _status(line: str) -> int:
    code = line.split(" ")[1:2]
    if not code or len(code[0]) != 3 or not _is_number(code[0]):
        raise Malformed("no status")
    return int(code[0])


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.strip().lower(), value.strip()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 16
