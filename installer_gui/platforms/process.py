"""The only place that runs other programs."""

from __future__ import annotations

import asyncio
import os
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
        except FileNotFoundError:
            raise Unavailable(Reason.UNSUPPORTED, f"no {command[0]}") from None
        except PermissionError:
            raise Unavailable(Reason.NEEDS_PRIVILEGE, command[0]) from None
        except subprocess.TimeoutExpired:
            raise Unavailable(Reason.TIMEOUT, f"{command[0]}: {timeout_s:g} s") from None
        return Finished(code, _text(out), _text(err))


async def run_async(*command: str, timeout_s: float = 5.0) -> Finished:
    """The same beside other work: in a thread, which every event loop can do on every system."""
    return await asyncio.to_thread(run, *command, timeout_s=timeout_s)


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
