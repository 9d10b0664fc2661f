"""Gives up what the program does not need. Nothing of it can be taken back."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import struct
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW = 10, 12, 13  # linux/capability.h
ALL = frozenset({CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW})
LAST_CAPABILITY = 63
PR_SET_DUMPABLE, PR_SET_KEEPCAPS, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 4, 8, 24, 38, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
CAPABILITY_VERSION_3 = 0x20080522
NOBODY = 65534
FIRST_FREE = 3  # after the three standard streams
LIMITS = {
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_FSIZE: 1 << 20,  # its output may be a file
    resource.RLIMIT_NPROC: 0,
    resource.RLIMIT_NOFILE: 32,
    resource.RLIMIT_CPU: 60,
    resource.RLIMIT_AS: 1 << 28,
}

_libc = ctypes.CDLL(None, use_errno=True)


def enter(limit_s: int) -> None:
    """Leave everything but ALL capabilities behind, and be gone after `limit_s` seconds, whatever happens.

    Root becomes the user who asked for it by pkexec, or nobody. The groups of a user who has the capabilities from the
    program's file stay: they are no more than that user has anyway.
    """
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(limit_s)
    user = os.environ.get("PKEXEC_UID", "")
    os.environ.clear()
    os.chdir("/")
    while os.open(os.devnull, os.O_RDWR) < FIRST_FREE:
        pass  # a stream that the caller closed would become one of our sockets, and what we tell would go on the wire
    os.closerange(FIRST_FREE, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    for limit, value in LIMITS.items():
        resource.setrlimit(limit, (value, value))
    for capability in set(range(LAST_CAPABILITY + 1)) - ALL:
        with contextlib.suppress(OSError):  # not ours to drop, or not known to this kernel
            _prctl(PR_CAPBSET_DROP, capability)
    with contextlib.suppress(OSError):  # older kernels have none
        _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    if 0 in os.getresuid():
        _leave_root(int(user) if user.isdecimal() and int(user) else NOBODY)
    keep(ALL)
    _prctl(PR_SET_DUMPABLE, 0)  # no other process of the user may look into this one


def keep(capabilities: Iterable[int]) -> None:
    """Have no capabilities but these, as far as they are there at all."""
    wanted = sum(1 << capability for capability in capabilities)
    head = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
    data = ctypes.create_string_buffer(24)
    _check(_libc.capget(head, data))
    low = wanted & int(struct.unpack_from("=I", data, 4)[0])
    _check(_libc.capset(head, struct.pack("=6I", low, low, 0, 0, 0, 0)))


def _leave_root(user: int) -> None:
    _prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(user, user, user)


def _prctl(option: int, argument: int) -> None:
    _check(_libc.prctl(option, ctypes.c_ulong(argument), ctypes.c_ulong(0), ctypes.c_ulong(0), ctypes.c_ulong(0)))


def _check(result: int) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
