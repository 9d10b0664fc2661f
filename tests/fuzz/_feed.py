"""What the scripts beside it share: how samples are damaged, and how a reader is fed with them."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the project, for scripts that are run by their path
LONGEST = 600


def damaged(samples: Sequence[bytes], chance: random.Random, head: int = 0) -> bytes:
    """A sample with some bytes changed, cut out, doubled or cut off; one in ten is random altogether.

    The first `head` bytes are mostly left alone: where they are wrong nobody reads on.
    """
    if chance.random() < 0.1:
        return chance.randbytes(chance.randrange(LONGEST))
    data = bytearray(chance.choice(samples))
    for _ in range(chance.randrange(1, 9)):
        place = chance.randrange(head if chance.random() < 0.9 and len(data) > head else 0, len(data))
        match chance.randrange(8):
            case 0:
                del data[place : place + chance.randrange(1, 9)]
            case 1:
                data[place:place] = chance.randbytes(chance.randrange(1, 9))
            case 2:
                data[place:place] = data[chance.randrange(len(data)) :][: chance.randrange(1, 40)]
            case _:
                data[place] = chance.randrange(256)
        data = data or bytearray(1)
    return bytes(data[: chance.randrange(len(data)) + 1] if chance.random() < 0.1 else data)


def feed(what: str, samples: Sequence[bytes], read: Callable[[bytes], bool], head: int = 0) -> NoReturn:
    """Feed `read`, which tells whether it understood, as often as the command line says (COUNT, SEED); then exit.

    Exit code 1, with the input that broke it and the seed to come back to it, when anything is raised.
    """
    numbers = [int(word) for word in sys.argv[1:3]]
    count, seed = (*numbers, *(1_000_000, time.time_ns() % 2**32)[len(numbers) :])
    chance, begun, good = random.Random(seed), time.monotonic(), 0
    for number in range(count):
        data = damaged(samples, chance, head)
        try:
            good += read(data)
        except Exception as error:  # noqa: BLE001 - it is what is looked for
            sys.stdout.write(f"{what}: seed {seed}, input {number}: {error!r}\n{data.hex()}\n")
            sys.exit(1)
    seconds = time.monotonic() - begun
    sys.stdout.write(f"{what}: {count} inputs in {seconds:.0f} s, {good} of them readable, seed {seed}\n")
    sys.exit(0)
