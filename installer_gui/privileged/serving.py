"""Reads requests, carries them out at their pace, and tells what is heard meanwhile."""

from __future__ import annotations

import contextlib
import json
import math
import os
import select
import sys
from collections.abc import Mapping, Sequence
from io import FileIO
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from .requests import Event, Refused, Request, Service, read

LONGEST = 1024
GONE = select.POLLRDHUP | select.POLLHUP | select.POLLERR | select.POLLNVAL


class Server:
    """`services` are open; `closed` holds the others, with the errno that tells why."""

    def __init__(self, services: Sequence[Service], closed: Mapping[Service, int], told: FileIO) -> None:
        self._services = services
        self._kinds = {name: kind for service in (*services, *closed) for name, kind in service.kinds.items()}
        self._closed = {name: number for service, number in closed.items() for name in service.kinds}
        self._told = told
        self._unread = b""
        self._next: Request | None = None

    def run(self, asked: int) -> None:
        """Until the file descriptor `asked` ends. One request waits at a time; the others wait in the pipe.

        A caller who has hung up gets no more of what has to wait.
        """
        while True:
            while self._next is None and self._take_line():
                pass
            pause = self._next.kind.pace.wait_s if self._next else None
            if self._next and not pause:
                self._perform(self._next)
                self._next = None
                pause = 0.0
            seen = self._listen(asked, pause)
            if self._next and seen & GONE:
                return
            if self._next is None and seen and not self._fill(asked):
                return

    def _listen(self, asked: int, pause: float | None) -> int:
        """Tell what comes within the pause; what is to be seen of `asked` (poll(2))."""
        ears = {sock.fileno(): (service, sock) for service in self._services for sock in service.sockets}
        poll = select.poll()
        for ear in ears:
            poll.register(ear, select.POLLIN)
        poll.register(asked, select.POLLRDHUP | (0 if self._next else select.POLLIN))
        ready = dict(poll.poll(None if pause is None else math.ceil(pause * 1000)))
        seen = ready.pop(asked, 0)
        for service, sock in (ears[ear] for ear in ready):
            with contextlib.suppress(BlockingIOError):  # the kernel thought better of it
                for event in service.hear(sock):
                    tell(self._told, event)
        return seen

    def _fill(self, asked: int) -> bool:
        """More of the requests; False at their end, and for a line that no caller of ours would write."""
        more = os.read(asked, LONGEST)
        self._unread += more
        if len(self._unread) > LONGEST and b"\n" not in self._unread:
            tell(self._told, {"id": None, "refused": "too-long"})
            return False
        return bool(more)

    def _take_line(self) -> bool:
        line, end, rest = self._unread.partition(b"\n")
        if not end:
            return False
        self._unread = rest
        try:
            request = read(line, self._kinds)
        except Refused as refused:
            tell(self._told, {"id": refused.id, "refused": refused.reason})
            return True
        if number := self._closed.get(request.name):
            tell(self._told, {"id": request.id, "failed": number})
        else:
            self._next = request
        return True

    def _perform(self, request: Request) -> None:
        try:
            tell(self._told, {"id": request.id, "done": request.perform()})
        except Refused as refused:
            tell(self._told, {"id": request.id, "refused": refused.reason})
        except OSError as error:
            tell(self._told, {"id": request.id, "failed": error.errno})


def tell(told: FileIO, event: Event) -> None:
    """Write a line."""
    told.write(json.dumps(event, separators=(",", ":")).encode() + b"\n")
