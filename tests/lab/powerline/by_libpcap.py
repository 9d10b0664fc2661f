"""A look through the real libpcap, as on systems without packet sockets: python by_libpcap.py INTERFACE MAC

Prints who was found, or the reason why not, and when.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from installer_gui.checks.plc_probe import probe
from installer_gui.platforms.pcap import Capture
from installer_gui.platforms.powerline import OwnPowerlineLink
from installer_gui.ports.unavailable import Unavailable

LIBRARY = "libpcap.so.0.8"


def look(interface: str, mac: str) -> dict[str, Any]:
    try:
        link = OwnPowerlineLink(mac, Capture(ctypes.CDLL(LIBRARY), interface, mac))
        found = asyncio.run(probe(link, interface, 20, lambda done, total: None))
    except Unavailable as unavailable:
        return {"reason": unavailable.reason.value, "detail": unavailable.detail, "at": time.time()}
    members = [[m.mac, m.tx_mbps, m.rx_mbps, m.replies.got, m.replies.median_ms] for m in found.members]
    return {"gateways": [gateway.mac for gateway in found.gateways], "members": members}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(look(*sys.argv[1:])))
