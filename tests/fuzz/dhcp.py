"""Feeds the DHCP codec random and damaged messages; only Malformed may come out.

    python tests/fuzz/dhcp.py [COUNT [SEED]]        default: 1000000 messages, a seed from the clock

Prints the rate, or the message that broke it and the seed to come back to it.
"""

from __future__ import annotations

import json
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RECORDED = ROOT / "tests" / "recordings" / "dhcp" / "answers.json"
sys.path.insert(0, str(ROOT))

from installer_gui.errors import Malformed  # noqa: E402
from installer_gui.protocols import udp  # noqa: E402
from installer_gui.protocols.dhcp import decode  # noqa: E402
from installer_gui.protocols.dhcp_options import Options  # noqa: E402

OPTIONS = 236
VALUES = [name for name, value in vars(Options).items() if isinstance(value, property)]


def damaged(samples: list[bytes], chance: random.Random) -> bytes:
    """A recorded message with some bytes changed, cut out, doubled or cut off; one in ten is random altogether."""
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(600))
    data = bytearray(chance.choice(samples))
    for _ in range(chance.randrange(1, 9)):
        place = chance.randrange(OPTIONS if chance.random() < 0.8 and len(data) > OPTIONS else 0, len(data))
        match chance.randrange(8):
            case 0:
                del data[place : place + chance.randrange(1, 9)]
            case 1:
                data[place:place] = chance.randbytes(chance.randrange(1, 9))
            case _:
                data[place] = chance.randrange(256)
    return bytes(data[: chance.randrange(len(data)) + 1] if chance.random() < 0.1 else data)


def read(data: bytes) -> bool:
    """Whether it is a message; every option's value is looked at."""
    packet = udp.encode(udp.Datagram("192.0.2.1", 67, "192.0.2.2", 68, data))
    try:
        options = decode(udp.decode(packet).payload).options
    except Malformed:
        return False
    for name in VALUES:
        getattr(options, name)
    return True


def main(count: int, seed: int) -> int:
    chance = random.Random(seed)
    samples = [bytes.fromhex(text) for server in json.loads(RECORDED.read_text()).values() for text in server.values()]
    begun, good = time.monotonic(), 0
    for number in range(count):
        data = damaged(samples, chance)
        try:
            good += read(data)
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            sys.stdout.write(f"seed {seed}, message {number}: {error!r}\n{data.hex()}\n")
            return 1
    seconds = time.monotonic() - begun
    sys.stdout.write(f"dhcp: {count} messages in {seconds:.0f} s, {good} of them readable, seed {seed}\n")
    return 0


if __name__ == "__main__":
    arguments = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*arguments[:1] or [1_000_000], *arguments[1:2] or [time.time_ns() % 2**32]))
