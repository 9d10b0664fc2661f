"""Feeds the HomePlug codec random and damaged frames; only Malformed may come out.

    python tests/fuzz/homeplug.py [COUNT [SEED]]        default: 1000000 frames, a seed from the clock

Prints the rate, or the frame that broke it and the seed to come back to it.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests" / "recordings" / "homeplug" / "lab_frames.json"
sys.path.insert(0, str(ROOT))

from installer_gui.errors import Malformed  # noqa: E402
from installer_gui.protocols.homeplug import decode, long_rates  # noqa: E402

HEAD, RATES = 14, 0x6049


def damaged(samples: list[bytes], chance: random.Random) -> bytes:
    """A recorded frame with some octets changed, cut out, doubled or cut off; one in ten is random behind its head."""
    data = bytearray(chance.choice(samples))
    if chance.random() < 0.1:
        return bytes(data[: chance.randrange(HEAD + 9)]) + chance.randbytes(chance.randrange(400))
    for _ in range(chance.randrange(1, 9)):
        place = chance.randrange(HEAD if chance.random() < 0.9 and len(data) > HEAD else 0, len(data))
        match chance.randrange(8):
            case 0:
                del data[place : place + chance.randrange(1, 9)]
            case 1:
                data[place:place] = chance.randbytes(chance.randrange(1, 9))
            case _:
                data[place] = chance.randrange(256)
        data = data or bytearray(1)
    return bytes(data[: chance.randrange(len(data)) + 1] if chance.random() < 0.1 else data)


def read(data: bytes) -> bool:
    """Whether it is a message with a content that is known."""
    try:
        message = decode(data)
        if message.message_type == RATES:
            long_rates(data)
    except Malformed:
        return False
    return message.body is not None


def main(count: int, seed: int) -> int:
    chance = random.Random(seed)
    samples = [bytes.fromhex(frame["hex"]) for frame in json.loads(RECORDED.read_text())]
    begun, good = time.monotonic(), 0
    for number in range(count):
        data = damaged(samples, chance)
        try:
            good += read(data)
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            sys.stdout.write(f"seed {seed}, frame {number}: {error!r}\n{data.hex()}\n")
            return 1
    seconds = time.monotonic() - begun
    sys.stdout.write(f"homeplug: {count} frames in {seconds:.0f} s, {good} of them readable, seed {seed}\n")
    return 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*arguments[:1] or [1_000_000], *arguments[1:2] or [time.time_ns() % 2**32]))
