"""Opens what needs rights, gives the rights up, and serves until the caller ends."""

from __future__ import annotations

import errno
import json
import signal
import sys
from collections.abc import Callable, Sequence
from typing import IO, TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from . import confinement
from .arp import Arp
from .dhcp import Dhcp
from .nic import Nic
from .ntp import Ntp
from .requests import Event, Service
from .scan import Scan
from .serving import Server

PROTOCOL = 1
LIMIT_S = 900
SERVICES: tuple[Callable[[Nic], Service], ...] = (Dhcp, Arp, Ntp, Scan)
ENDED, USAGE, BROKEN, BUSY = 0, 2, 70, 75


def main(arguments: Sequence[str]) -> int:
    """Serve the interface that is named. The exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's, who closes our input when it is done
    told = sys.stdout.buffer
    try:
        confinement.enter(LIMIT_S)
        (name,) = arguments
        nic = Nic(name)
    except (OSError, ValueError):
        _tell(told, {"refused": "interface"})
        return USAGE
    try:
        return _serve(nic, told)
    except BrokenPipeError:  # nobody listens any more
        return ENDED
    except OSError as error:
        _tell(told, {"gone": error.errno})
        return BUSY if error.errno == errno.EADDRINUSE else ENDED


def _serve(nic: Nic, told: IO[bytes]) -> int:
    with nic.claim():
        services = [make(nic) for make in SERVICES]
        closed = {service: error for service in services if (error := _open(service))}
        opened = [service for service in services if service not in closed]
        confinement.keep({capability for service in opened for capability in service.keeps})
        _tell(told, {"driftklar-probe": PROTOCOL, "interface": nic.name})
        Server(opened, closed, told).run(sys.stdin.fileno())
    return ENDED


def _open(service: Service) -> int:
    """0, or the errno that tells why not."""
    try:
        service.open()
    except OSError as error:
        return error.errno or errno.EIO
    return 0


def _tell(told: IO[bytes], event: Event) -> None:
    told.write(json.dumps(event).encode() + b"\n")
    told.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
