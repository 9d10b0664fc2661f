"""Talking to modems: one question at a time, and what came in until the patience is over."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TypeVar

from ..domain.powerline import EVERYBODY, LOCAL, Frame, Question
from ..errors import Malformed
from ..ports.powerline import PowerlineLink
from ..protocols.homeplug import Message, decode
from ..protocols.homeplug_bodies import Body
from ..protocols.homeplug_requests import Kind, answer_to

B = TypeVar("B", bound=Body)
PATIENCE_S = 0.4
MOST_FRAMES = 5000  # that are kept as evidence


@dataclass(frozen=True, slots=True)
class Answer:
    """A frame that could be read, and that has a content."""

    message: Message
    frame: Frame

    @property
    def source(self) -> str:
        return self.message.source

    @property
    def kind(self) -> Kind:
        return self.message.ethertype, self.message.oui, self.message.message_type

    def ms_since(self, asked: Frame) -> float:
        return max(0.0, (self.frame.at - asked.at) * 1000)


class Conversation:
    """`frames` are the latest that were sent or could be an answer. All methods raise Unavailable as the link does."""

    def __init__(self, link: PowerlineLink) -> None:
        self.own_mac = link.own_mac
        self.frames: deque[Frame] = deque(maxlen=MOST_FRAMES)
        self._link = link

    async def put(self, question: Question) -> Frame:
        """Put a question, and go on."""
        frame = await self._link.ask(question)
        self.frames.append(frame)
        return frame

    async def next(self, timeout_s: float) -> Answer | None:
        """The next answer, to whatever; None after the time. What is malformed is kept as evidence and else ignored."""
        end = time.monotonic() + timeout_s
        while frame := await self._link.heard(max(0.0, end - time.monotonic())):
            self.frames.append(frame)
            if answer := _read(frame):
                return answer
            if time.monotonic() > end:  # a flood of them must not hold us for ever
                break
        return None

    async def all_answers(self, question: Question) -> tuple[tuple[Answer, float], ...]:
        """The first answer of everybody who answers, and how many ms it took."""
        asked, found = await self.put(question), dict[str, tuple[Answer, float]]()
        async for answer in self._until_silence():
            if answer.kind == answer_to(question.request):
                found.setdefault(answer.source, (answer, answer.ms_since(asked)))
        return tuple(found.values())

    async def answer(self, question: Question, body: type[B], source: str = "") -> B | None:
        """What the asked modem answers; `source` is its address where it is asked by LOCAL."""
        await self.put(question)
        source = source or question.target
        assert source not in (LOCAL, EVERYBODY)
        async for answer in self._until_silence():
            fits = answer.source == source and answer.kind == answer_to(question.request)
            if fits and isinstance(answer.message.body, body):
                return answer.message.body
        return None

    async def _until_silence(self) -> AsyncIterator[Answer]:
        """What comes in while the patience lasts."""
        end = time.monotonic() + PATIENCE_S
        while (left_s := end - time.monotonic()) > 0 and (answer := await self.next(left_s)):
            yield answer


def _read(frame: Frame) -> Answer | None:
    try:
        message = decode(frame.data)
    except Malformed:
        return None
    return Answer(message, frame) if message.body is not None else None
