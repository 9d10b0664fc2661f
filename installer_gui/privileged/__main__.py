"""Opens what needs rights, gives the rights up, and serves until the caller ends."""

from __future__ import annotations

import errno
import signal
import sys
from collections.abc import Callable, Sequence
from io import FileIO
from typing import TYPE_CHECKING

assert not TYPE_CHECKING or sys.platform == "linux"  # a type checker for another system stops here

from . import confinement
from .arp import Arp
from .dhcp import Dhcp
from .homeplug import HomePlug
from .nic import Nic
from .ntp import Ntp
from .requests import Service
from .scan import Scan
from .serving import Server, tell

PROTOCOL = 1
LIMIT_S = 900
SERVICES: tuple[Callable[[Nic], Service], ...] = (Dhcp, Arp, Ntp, HomePlug, Scan)
REQUESTS, TOLD = 0, 1
ENDED, USAGE, BROKEN, BUSY = 0, 2, 70, 75


def main(arguments: Sequence[str]) -> int:
    """Serve the interface that is named. The exit code."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the caller's, who closes our input when it is done
    confinement.enter(LIMIT_S)
    with open(TOLD, "wb", buffering=0, closefd=False) as told:
        try:
            return _serve(arguments, told)
        except BrokenPipeError:  # nobody listens any more
            return ENDED
        except OSError as error:
            tell(told, {"gone": error.errno})
            return BUSY if error.errno == errno.EADDRINUSE else ENDED
        except Exception as error:  # noqa: BLE001 - a bug is told in one word, and never shown as a traceback
            tell(told, {"broken": type(error).__name__})
            return BROKEN


def _serve(arguments: Sequence[str], told: FileIO) -> int:
    try:
        (name,) = arguments
        nic = Nic(name)
    except (OSError, ValueError):
        tell(told, {"refused": "interface"})
        return USAGE
    with nic.claim():
        services = [make(nic) for make in SERVICES]
        closed = {service: error for service in services if (error := _open(service))}
        opened = [service for service in services if service not in closed]
        confinement.keep({capability for service in opened for capability in service.keeps})
        tell(told, {"driftklar-probe": PROTOCOL, "interface": name})
        Server(opened, closed, told).run(REQUESTS)
    return ENDED


def _open(service: Service) -> int:
    """0, or the errno that tells why not."""
    try:
        service.open()
    except OSError as error:
        return error.errno or errno.EIO
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
