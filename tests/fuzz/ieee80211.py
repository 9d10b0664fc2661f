"""Feeds the reader of information elements random and damaged frames; nothing may come out but networks.

    python tests/fuzz/ieee80211.py [COUNT [SEED]]        default: 1000000 frames, a seed from the clock

Prints the rate, or the frame that broke it and the seed to come back to it.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests" / "recordings" / "wifi"
sys.path.insert(0, str(ROOT))

from installer_gui.domain.wifi import Bss  # noqa: E402
from installer_gui.protocols.ieee80211 import LONGEST_SSID, read  # noqa: E402

FREQUENCIES = (2412, 2437, 2472, 2484, 5180, 5825, 5955)


def frames() -> list[bytes]:
    rows = [row for name in ("bss.json", "csa_bss.json") for row in json.loads((RECORDED / name).read_text())]
    return [bytes.fromhex(row[key]) for row in rows for key in ("ies_hex", "beacon_ies_hex")]


def damaged(samples: list[bytes], chance: random.Random) -> bytes:
    """A recorded frame with some bytes changed, put in or cut off; one in ten is random altogether."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(400))
    data = bytearray(chance.choice(samples))
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(data) + 1)
        match chance.randrange(3):
            case 0:
                data[place:place] = chance.randbytes(chance.randrange(1, 9))
            case 1:
                data[place : place + 1] = chance.randbytes(1)
            case _:
                del data[place : place + chance.randrange(1, 9)]
    return bytes(data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data)


def sound(data: bytes, beacon: bytes, chance: random.Random) -> bool:
    found = read(Bss(b"", None, chance.choice(FREQUENCIES), -60, data, beacon, chance.choice((None, 0, 0x11))))
    return found.width_mhz in (20, 40, 80, 160) and found.channel > 0 and len(found.ssid_bytes) <= LONGEST_SSID


def main(count: int, seed: int) -> int:
    chance, samples = random.Random(seed), frames()
    started = time.monotonic()
    for number in range(count):
        data, beacon = damaged(samples, chance), damaged(samples, chance)
        try:
            fine = sound(data, beacon, chance)
        except Exception as error:  # noqa: BLE001 - whatever it is, it must not be raised
            sys.stderr.write(f"{error!r}\n")
            fine = False
        if not fine:
            sys.stderr.write(f"frame {number} of seed {seed}: {data.hex()} {beacon.hex()}\n")
            return 1
    seconds = time.monotonic() - started
    sys.stdout.write(f"{count} frames, seed {seed}: {count / seconds:.0f} a second\n")
    return 0


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:3]]
    sys.exit(main(numbers[0] if numbers else 1_000_000, numbers[1] if len(numbers) > 1 else time.time_ns()))
