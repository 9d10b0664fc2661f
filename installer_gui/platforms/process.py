"""The only place that runs other programs."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO

from ..ports.unavailable import Reason, Unavailable

MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Finished:
    """How a program ended: its exit code and what it wrote, at most a megabyte of each."""

    code: int
    out: str
    err: str


def run(*command: str, timeout_s: float = 5.0) -> Finished:
    """Run a program without a shell, in the C locale, and wait for it.

    Raises Unavailable: UNSUPPORTED when there is no such program, NEEDS_PRIVILEGE when it may not be run, TIMEOUT.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            code = subprocess.run(  # noqa: S603 - a list of arguments, never a shell, never a user's text as program
                command,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                timeout=timeout_s,
                env=_environment(os.environ),
                check=False,
            ).returncode
        except (FileNotFoundError, PermissionError) as error:
            raise _not_run(error, command[0]) from None
        except subprocess.TimeoutExpired:
            raise Unavailable(Reason.TIMEOUT, f"{command[0]}: {timeout_s:g} s") from None
        return Finished(code, _text(out), _text(err))


def converse(*command: str) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start a program whose standard input and output are the other end of a socket. On systems of the Unix family.

    It ends with our end of the socket, and whoever holds that waits for it. Raises Unavailable as `run` does.
    """
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            child = subprocess.Popen(  # noqa: S603 - as above
                command,
                stdin=theirs.fileno(),
                stdout=theirs.fileno(),
                stderr=subprocess.DEVNULL,
                env=_environment(os.environ),
            )
        except OSError as error:
            ours.close()
            raise _not_run(error, command[0]) from None
    return child, ours


async def run_async(*command: str, timeout_s: float = 5.0) -> Finished:
    """The same beside other work: in a thread, which every event loop can do on every system."""
    return await asyncio.to_thread(run, *command, timeout_s=timeout_s)


def _not_run(error: OSError, program: str) -> Unavailable:
    if isinstance(error, PermissionError):
        return Unavailable(Reason.NEEDS_PRIVILEGE, program)
    return Unavailable(Reason.UNSUPPORTED, f"no {program}")


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """A frozen program must not lend its own libraries to others (PyInstaller, LD_LIBRARY_PATH_ORIG)."""
    theirs = {**ours, "LC_ALL": "C", "LANGUAGE": "C"}
    original = theirs.pop("LD_LIBRARY_PATH_ORIG", None)
    if original is not None:
        theirs["LD_LIBRARY_PATH"] = original
    return theirs


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(MOST_BYTES).decode("utf-8", "replace")
