"""Feeds the privileged program's reader random and damaged lines; only requests on its list may come out.

    python tests/fuzz/privileged.py [COUNT [SEED]]        default: 1000000 lines, a seed from the clock

Prints the rate, or the line that broke it and the seed to come back to it.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

OURS, OWN = "02:5a:50:", "3c:52:82:00:00:57"
GOOD = [
    {"id": 1, "do": "dhcp-discover", "client": "02:5a:50:00:00:01", "wanted": "192.0.2.7", "relay": False},
    {"id": 2, "do": "dhcp-inform", "client": OWN},
    {"id": 3, "do": "arp", "address": "192.0.2.1", "probe": True},
    {"id": 4, "do": "ntp", "address": "192.0.2.1"},
    {"id": 5, "do": "wifi-scan", "channels": 13, "names": ["4761726167"]},
    {"id": 6, "do": "homeplug", "request": "network", "target": "00:b0:52:00:00:01", "nid": "b0:f2:e6:95:66:6b:03"},
]
LINES = [json.dumps(request).encode() for request in GOOD]
PIECES = [
    b'"',
    b"{",
    b"}",
    b"[",
    b",",
    b":",
    b"null",
    b"true",
    b"1e999",
    b"NaN",
    b'"do"',
    b'"client"',
    b"\\ud800",
    b"\xff",
]


def damaged(chance: random.Random) -> bytes:
    """A good line with some bytes changed, cut out or put in; one in ten is random altogether."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(200))
    data = bytearray(chance.choice(LINES))
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                del data[place : place + chance.randrange(1, 9)]
            case 1:
                data[place:place] = chance.choice(PIECES)
            case 2:
                data[place:place] = data[chance.randrange(len(data)) :][: chance.randrange(1, 30)]
            case _:
                data[place] = chance.randrange(256)
        data = data or bytearray(b"{}")
    return bytes(data)


def main(count: int, seed: int) -> int:
    from installer_gui.privileged.__main__ import SERVICES
    from installer_gui.privileged.nic import Nic
    from installer_gui.privileged.requests import Refused, read

    Nic.mac = OWN  # type: ignore[assignment,method-assign]  # asked of the kernel each time
    kinds = {name: kind for make in SERVICES for name, kind in make(Nic("lo")).kinds.items()}
    chance, begun, good = random.Random(seed), time.monotonic(), 0
    for number in range(count):
        line = damaged(chance)
        try:
            request = read(line, kinds)
            assert request.fields.keys() == kinds[request.name].fields.keys()
            assert request.fields.get("client", OWN) == OWN or request.fields["client"].startswith(OURS)
            good += 1
        except Refused:
            continue
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            sys.stdout.write(f"seed {seed}, line {number}: {error!r}\n{line!r}\n")
            return 1
    seconds = time.monotonic() - begun
    sys.stdout.write(f"privileged: {count} lines in {seconds:.0f} s, {good} of them requests, seed {seed}\n")
    return 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    if sys.platform == "linux":  # the program is for Linux
        sys.exit(main(*arguments[:1] or [1_000_000], *arguments[1:2] or [time.time_ns() % 2**32]))
