"""Modems on macOS: the system's libpcap, which opens /dev/bpf.

That is root's. Wireshark's ChmodBPF opens it to a group (README.macos of libpcap); whoever is in it needs no more.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

from ...domain.network import Interface
from ...ports.powerline import PowerlineLink
from ...ports.unavailable import Reason, Unavailable
from ..pcap import Capture
from ..powerline import OwnPowerlineLink

LIBRARY = "/usr/lib/libpcap.A.dylib"  # in the system's shared cache; there need be no file of that name


def load() -> Any:
    """Raises Unavailable(UNSUPPORTED) where it is missing."""
    try:
        return ctypes.CDLL(LIBRARY)
    except OSError as error:
        raise Unavailable(Reason.UNSUPPORTED, str(error)) from None


class MacPowerline:
    """Implements `ports.powerline.Powerline` on one interface."""

    def __init__(self, interface: Interface, library: Callable[[], Any] = load) -> None:
        self._interface = interface
        self._library = library

    async def open(self) -> PowerlineLink:
        if not self._interface.mac:
            raise Unavailable(Reason.UNSUPPORTED, "no Ethernet")
        own_mac = self._interface.mac
        return OwnPowerlineLink(own_mac, Capture(self._library(), self._interface.name, own_mac))
