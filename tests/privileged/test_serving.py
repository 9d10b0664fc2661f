"""How requests are carried out: in order, at their pace, with what is heard in between."""

from __future__ import annotations

import contextlib
import io
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pytest

if sys.platform != "linux":
    pytest.skip("the program is for Linux", allow_module_level=True)

from installer_gui.privileged.requests import Event, Kind, Pace, Refused, flag
from installer_gui.privileged.serving import LONGEST, Server

GAP_S = 0.05


class Played:
    """A service with one paced request, and a socket on which it hears."""

    keeps: frozenset[int] = frozenset()

    def __init__(self) -> None:
        self.done: list[float] = []
        self.ears, self.mouth = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.ears.setblocking(False)
        self.kinds = {
            "paced": Kind({}, Pace(GAP_S), self._note),
            "refused": Kind({}, Pace(0), self._refuse),
            "failed": Kind({"loud": flag}, Pace(0), self._fail),
        }

    @property
    def sockets(self) -> Sequence[socket.socket]:
        return (self.ears,)

    def open(self) -> None: ...

    def hear(self, sock: socket.socket) -> Iterator[Event]:
        yield {"heard": sock.recv(100).decode()}

    def _note(self) -> Event:
        self.done.append(time.monotonic())
        return {"count": len(self.done)}

    def _refuse(self) -> None:
        raise Refused("outside")

    def _fail(self, loud: bool) -> None:
        raise OSError(5, str(loud))


class Talk:
    """A server in a thread, and both ends of what is said to it and by it."""

    def __init__(self, service: Played, closed: int = 0) -> None:
        self.service = service
        self._asked, self._asking = os.pipe()
        told, telling = os.pipe()
        self._told, self._telling = os.fdopen(told, "rb"), io.FileIO(telling, "wb")
        server = Server([] if closed else [service], {service: closed} if closed else {}, self._telling)
        self._thread = threading.Thread(target=server.run, args=(self._asked,))
        self._thread.start()

    def ask(self, *requests: dict[str, Any]) -> None:
        self.say(b"".join(json.dumps({"id": i, **r}).encode() + b"\n" for i, r in enumerate(requests)))

    def say(self, data: bytes) -> None:
        os.write(self._asking, data)

    def hear(self) -> dict[str, Any]:
        return dict(json.loads(self._told.readline()))

    def ends(self) -> bool:
        self._thread.join(2)
        return not self._thread.is_alive()

    def close(self) -> None:
        os.close(self._asking)
        assert self.ends()
        os.close(self._asked)
        for end in (self._telling, self._told, self.service.ears, self.service.mouth):
            end.close()


@pytest.fixture
def talk() -> Iterator[Talk]:
    with contextlib.closing(Talk(Played())) as made:
        yield made


def test_a_request_is_answered_under_its_number(talk: Talk) -> None:
    talk.ask({"do": "paced"}, {"do": "refused"}, {"do": "failed", "loud": True})
    assert [talk.hear() for _ in range(3)] == [
        {"id": 0, "done": {"count": 1}},
        {"id": 1, "refused": "outside"},
        {"id": 2, "failed": 5},
    ]


def test_requests_keep_the_pace_however_fast_they_come(talk: Talk) -> None:
    start = time.monotonic()
    talk.ask(*({"do": "paced"} for _ in range(6)))
    for _ in range(6):
        talk.hear()
    times = [start, *talk.service.done]
    assert all(later - earlier >= GAP_S * 0.99 for earlier, later in pairwise(times[1:]))
    assert len(times) == 7


def test_the_first_request_waits_too() -> None:
    start = time.monotonic()
    with contextlib.closing(Talk(Played())) as talk:
        talk.ask({"do": "paced"})
        talk.hear()
        assert talk.service.done[0] - start >= GAP_S


def test_what_is_heard_is_told_while_a_request_waits(talk: Talk) -> None:
    talk.ask({"do": "paced"}, {"do": "paced"}, {"do": "paced"})
    talk.service.mouth.send(b"hello")
    told = [talk.hear() for _ in range(4)]
    assert {"heard": "hello"} in told[:2]


def test_half_a_line_is_waited_for(talk: Talk) -> None:
    talk.say(b'{"id":4,"do":"re')
    time.sleep(0.02)
    talk.say(b'fused"}\n{"id":5,"do":"refused"}\n')
    assert [talk.hear()["id"] for _ in range(2)] == [4, 5]


def test_who_has_hung_up_gets_no_more_of_what_has_to_wait() -> None:
    talk, start = Talk(Played()), time.monotonic()
    talk.ask(*({"do": "paced"} for _ in range(15)))
    talk.hear()
    talk.close()
    assert len(talk.service.done) < 5
    assert time.monotonic() - start < 5 * GAP_S + 0.2


def test_the_end_of_the_requests_is_the_end(talk: Talk) -> None:
    """The fixture asserts it."""


def test_a_line_that_never_ends_is_the_end(talk: Talk) -> None:
    talk.say(b"x" * (2 * LONGEST + 1))
    assert talk.hear() == {"id": None, "refused": "too-long"}
    assert talk.ends()


def test_a_service_that_could_not_be_opened_says_why_to_every_request() -> None:
    with contextlib.closing(Talk(Played(), closed=1)) as talk:
        talk.ask({"do": "paced"}, {"do": "failed", "loud": False}, {"do": "failed"})
        assert [talk.hear() for _ in range(3)] == [
            {"id": 0, "failed": 1},
            {"id": 1, "failed": 1},
            {"id": 2, "refused": "wrong-fields"},
        ]
        assert talk.service.done == []
