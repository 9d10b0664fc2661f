"""One question on a connection, and its answer as far as a codec needs it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from ..ports.connect import Stream

T = TypeVar("T")
Decode = Callable[[bytes, bool], T | None]


async def ask(stream: Stream, question: bytes, decode: Decode[T], timeout_s: float) -> T:
    """Send the question and read until `decode(data, ended)` returns the answer.

    Raises IncompleteReadError at an orderly end before that (`partial` holds what came), ConnectionError, TimeoutError,
    and Malformed from the codec.
    """
    data = b""
    async with asyncio.timeout(timeout_s):
        await stream.send(question)
        while True:
            more = await stream.receive(timeout_s)
            data += more
            answer = decode(data, not more)
            if answer is not None:
                return answer
            if not more:
                raise asyncio.IncompleteReadError(data, None)
