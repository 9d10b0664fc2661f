"""The conversation with the privileged program: many questions at a time, over one pair of sockets."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import itertools
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from ...ports.unavailable import Reason, Unavailable
from .. import process

PROTOCOL = 1
LINGER_S = 5.0
REAP_S = 0.5
NOT_ALLOWED = (126, 127)  # pkexec(1): the user closed the dialogue, or may not
Told = dict[str, Any]
_REASONS = {
    errno.EPERM: Reason.NEEDS_PRIVILEGE,
    errno.EACCES: Reason.NEEDS_PRIVILEGE,
    errno.EADDRINUSE: Reason.BUSY,
    errno.EOPNOTSUPP: Reason.UNSUPPORTED,
    errno.EADDRNOTAVAIL: Reason.NO_ADDRESS,
    errno.ENODEV: Reason.INTERFACE_GONE,
    errno.ENXIO: Reason.INTERFACE_GONE,
    errno.ENETDOWN: Reason.INTERFACE_GONE,
}


def unavailable(error: OSError) -> Unavailable:
    """A kernel's refusal as one of our reasons."""
    return Unavailable(_REASONS.get(error.errno or 0, Reason.DRIVER_ERROR), str(error))


async def start(command: tuple[str, ...], interface: str, patience_s: float, *, stay: bool) -> Probe:
    """Start the program on an interface.

    Raises Unavailable: PERMISSION_DENIED where the user refused, BUSY where it serves somebody else, INTERFACE_GONE,
    TIMEOUT, UNSUPPORTED where it is another version of it.
    """
    child, sock = process.converse(*command, interface)
    reader, writer = await asyncio.open_connection(sock=sock)
    try:
        async with asyncio.timeout(patience_s):
            _greeted(await reader.readline(), child)
    except BaseException as error:
        _end(child, writer)
        match error:
            case TimeoutError():
                raise Unavailable(Reason.TIMEOUT, f"{command[0]}: {patience_s:g} s") from None
            case ValueError():  # a line that has no end
                raise Unavailable(Reason.UNSUPPORTED, f"{command[0]}: {error}") from None
        raise
    return Probe(child, reader, writer, stay=stay)


class Probe:
    """The running program. Unless it is to `stay`, it ends when nobody has held it for a while."""

    def __init__(
        self, child: subprocess.Popen[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, stay: bool
    ) -> None:
        self._child = child
        self._writer = writer
        self._stay = stay
        self._holders = 0
        self._numbers = itertools.count()
        self._answers: dict[int, asyncio.Future[Told]] = {}
        self._ears: dict[str, set[asyncio.Queue[Told | None]]] = {}
        self._why_ended = Unavailable(Reason.NEEDS_PRIVILEGE, "the privileged program has ended")
        self._loop = asyncio.get_running_loop()
        self._listener = asyncio.create_task(self._listen(reader))
        self._loop.call_later(LINGER_S, self._leave)

    @property
    def running(self) -> bool:
        return not self._listener.done()

    @contextlib.contextmanager
    def held(self) -> Iterator[Probe]:
        """Keep it running meanwhile."""
        self._holders += 1
        try:
            yield self
        finally:
            self._holders -= 1
            self._loop.call_later(LINGER_S, self._leave)

    @contextlib.contextmanager
    def heard(self, subject: str) -> Iterator[asyncio.Queue[Told | None]]:
        """What it tells of a subject meanwhile, to be read with `next_of`."""
        queue: asyncio.Queue[Told | None] = asyncio.Queue()
        ears = self._ears.setdefault(subject, set())
        ears.add(queue)
        try:
            yield queue
        finally:
            ears.discard(queue)

    async def next_of(self, queue: asyncio.Queue[Told | None]) -> Told:
        """Raises Unavailable when the program ends."""
        event = await queue.get()
        if event is None:
            raise self._why_ended
        return event

    def say(self, do: str, **fields: Any) -> int:
        """Make a request without waiting for what comes of it; its number."""
        number = next(self._numbers)
        self._writer.write(json.dumps({"id": number, "do": do, **fields}).encode() + b"\n")
        return number

    async def ask(self, do: str, **fields: Any) -> Told:
        """Make a request; what came of it. Raises OSError with the kernel's errno; Unavailable."""
        if not self.running:
            raise self._why_ended
        number = self.say(do, **fields)
        answer: asyncio.Future[Told] = self._loop.create_future()
        self._answers[number] = answer
        try:
            return await answer
        finally:
            del self._answers[number]

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        try:
            while line := await reader.readline():
                self._take(json.loads(line))
        except (OSError, ValueError) as error:
            self._why_ended = Unavailable(Reason.NEEDS_PRIVILEGE, f"the privileged program: {error}")
        finally:
            _end(self._child, self._writer)
            for answer in self._answers.values():
                _fail(answer, self._why_ended)
            for queue in itertools.chain.from_iterable(self._ears.values()):
                queue.put_nowait(None)

    def _take(self, told: Told) -> None:
        if "gone" in told:
            self._why_ended = _unavailable(told["gone"])
        elif "id" not in told:
            ((subject, event),) = told.items()
            for queue in self._ears.get(subject, ()):
                queue.put_nowait(event)
        elif answer := self._answers.get(told["id"]):
            if "done" not in told:
                _fail(answer, _refusal(told))
            elif not answer.done():
                answer.set_result(told["done"])

    def _leave(self) -> None:
        if not self._holders and not self._stay:
            self._listener.cancel()


def _greeted(line: bytes, child: subprocess.Popen[bytes]) -> None:
    try:
        told = json.loads(line or b"{}")
    except ValueError:
        told = {}
    match told:
        case {"driftklar-probe": version} if version == PROTOCOL:
            return
        case {"gone": number}:
            raise _unavailable(number)
        case {"refused": "interface"}:
            raise Unavailable(Reason.INTERFACE_GONE)
    _wait(child)
    if child.returncode in NOT_ALLOWED:
        raise Unavailable(Reason.PERMISSION_DENIED, f"exit {child.returncode}")
    raise Unavailable(Reason.UNSUPPORTED, f"exit {child.returncode}: {line[:80]!r}")


def _refusal(told: Told) -> Exception:
    if "failed" in told:
        return OSError(told["failed"], os.strerror(told["failed"]))
    return Unavailable(Reason.NEEDS_PRIVILEGE, f"the privileged program refuses: {told.get('refused')}")


def _unavailable(number: int) -> Unavailable:
    return unavailable(OSError(number, os.strerror(number)))


def _fail(answer: asyncio.Future[Told], error: Exception) -> None:
    if not answer.done():
        answer.set_exception(error)


def _end(child: subprocess.Popen[bytes], writer: asyncio.StreamWriter) -> None:
    """It ends when its input does; what waits for a password has to be told."""
    with contextlib.suppress(OSError):
        writer.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
    writer.close()
    _wait(child)
    if child.returncode is None:
        with contextlib.suppress(PermissionError):
            child.terminate()
        _wait(child)


def _wait(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(REAP_S)
