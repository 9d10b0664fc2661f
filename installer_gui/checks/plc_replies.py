"""How stations answer over the mains: the same short question to each, round and round, and the gateways in between.

That the gateways go on answering tells silent stations from a cable that was pulled out.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ..domain.powerline import Frame, Question, Replies, Request
from ..ports.unavailable import Reason, Unavailable
from ..protocols.homeplug_bodies import Body, SoftwareVersion
from ..protocols.homeplug_requests import answer_to
from .plc_conversation import PATIENCE_S, Answer, Conversation

STATION_PATIENCE_S = 0.3
WATCH_EVERY_S = 0.5
MOST_AT_A_TIME = 50
MOST_MISSED = 3  # by a gateway in a row: then it is gone
BUDGET_S = 18.0
PACE_S = 0.021  # the link's own
Progress = Callable[[int, int], None]


@dataclass
class Asked:
    """What became of one question that is put again and again. `waiting_since` is None while none is open."""

    question: Question
    source: str
    patience_s: float
    sent: int = 0
    missed: int = 0
    times_ms: list[float] = field(default_factory=list)
    last: Body | None = None
    waiting_since: float | None = None
    put_at: float = 0.0
    frame: Frame | None = None

    def fits(self, answer: Answer) -> bool:
        return (
            self.frame is not None and answer.source == self.source and answer.kind == answer_to(self.question.request)
        )

    def take(self, answer: Answer) -> None:
        assert self.frame is not None
        self.times_ms.append(answer.ms_since(self.frame))
        self.last, self.missed, self.frame, self.waiting_since = answer.message.body, 0, None, None

    def give_up(self) -> None:
        self.missed += 1
        self.frame = self.waiting_since = None

    @property
    def replies(self) -> Replies:
        if not self.times_ms:
            return Replies(self.sent)
        middle, longest = statistics.median(self.times_ms), max(self.times_ms)
        return Replies(self.sent, len(self.times_ms), round(middle, 1), round(longest, 1))

    @property
    def version(self) -> SoftwareVersion | None:
        """What the station says of itself."""
        last = self.last
        return last if isinstance(last, SoftwareVersion) and not last.status else None


async def exercise(
    talk: Conversation,
    stations: Sequence[str],
    gateways: Mapping[str, Question],
    requests: int,
    progress: Progress,
) -> tuple[Mapping[str, Asked], Mapping[str, Asked]]:
    """Put `requests` questions to each of the stations, fewer where they are too many for the time; stations, gateways.

    `gateways`: to each the question that it has answered. Raises Unavailable(NO_ANSWER) when one of them falls silent.
    """
    rounds = max(1, min(requests, int(BUDGET_S / PACE_S / max(1, len(stations)))))
    return await _Exercise(talk, stations, gateways, rounds, progress).run()


class _Exercise:
    def __init__(
        self,
        talk: Conversation,
        stations: Sequence[str],
        gateways: Mapping[str, Question],
        rounds: int,
        progress: Progress,
    ) -> None:
        self._talk = talk
        self._rounds = rounds
        self._progress = progress
        self._stations = {mac: Asked(Question(Request.VERSION, mac), mac, STATION_PATIENCE_S) for mac in stations}
        self._gateways = {mac: Asked(question, mac, PATIENCE_S) for mac, question in gateways.items()}

    async def run(self) -> tuple[Mapping[str, Asked], Mapping[str, Asked]]:
        while any(self._is_open(station) for station in self._stations.values()):
            self._give_up_late_ones()
            if due := self._next():
                await self._put(due)
                await self._take(0.0)
            else:
                await self._take(self._pause_s())
        return self._stations, self._gateways

    def _is_open(self, station: Asked) -> bool:
        return station.sent < self._rounds or station.waiting_since is not None

    def _next(self) -> Asked | None:
        """A gateway whose turn it is, else the station that has been asked least of those that are not thinking."""
        now = time.monotonic()
        for gateway in self._gateways.values():
            if gateway.waiting_since is None and (gateway.missed or now - gateway.put_at >= WATCH_EVERY_S):
                return gateway
        ready = [s for s in self._stations.values() if s.waiting_since is None and s.sent < self._rounds]
        return min(ready, key=lambda station: station.sent, default=None)

    async def _put(self, due: Asked) -> None:
        due.frame = await self._talk.put(due.question)
        due.sent += 1
        due.waiting_since = due.put_at = time.monotonic()
        self._progress(sum(s.sent for s in self._stations.values()), self._rounds * len(self._stations))

    async def _take(self, timeout_s: float) -> None:
        """Everything that has come in, after a wait for the first of it."""
        for _ in range(MOST_AT_A_TIME):
            if (answer := await self._talk.next(timeout_s)) is None:
                return
            for asked in (*self._stations.values(), *self._gateways.values()):
                if asked.fits(answer):
                    asked.take(answer)
                    break
            timeout_s = 0.0

    def _give_up_late_ones(self) -> None:
        now = time.monotonic()
        for asked in (*self._stations.values(), *self._gateways.values()):
            if asked.waiting_since is not None and now - asked.waiting_since > asked.patience_s:
                asked.give_up()
        for mac, gateway in self._gateways.items():
            if gateway.missed >= MOST_MISSED:
                raise Unavailable(Reason.NO_ANSWER, f"{mac} has stopped answering")

    def _pause_s(self) -> float:
        """Until the next one is late, or the next gateway's turn."""
        now = time.monotonic()
        everybody = (*self._stations.values(), *self._gateways.values())
        waits = [a.waiting_since + a.patience_s - now for a in everybody if a.waiting_since is not None]
        waits += [g.put_at + WATCH_EVERY_S - now for g in self._gateways.values() if g.waiting_since is None]
        return max(0.001, min(waits, default=0.0))
