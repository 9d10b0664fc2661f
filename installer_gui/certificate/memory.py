"""Keeps what is in this process's memory there: no image of it is written when the program crashes."""

from __future__ import annotations

import contextlib
import sys

_DUMPABLE = 4  # PR_SET_DUMPABLE of prctl(2)


def forbid_dumps() -> None:
    """From now on. Called before a key is in clear; Windows writes no image unless its owner has asked for one."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(OSError, ValueError):
            _, hard = resource.getrlimit(resource.RLIMIT_CORE)
            resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    if sys.platform == "linux":  # a collector that the kernel pipes to knows no limit
        import ctypes

        ctypes.CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)
