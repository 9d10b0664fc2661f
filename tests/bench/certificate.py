"""How long certificates take on one processor: drawn, signed, written and verified, and verified by the folder.

    cd tests && python -m bench.certificate [--runs 7] [--files 400]

Seconds of the processor, not of the clock, and the best of the runs: other programs can only add to them. The first
certificate is not counted: it loads typst, pyHanko and the fonts. Exit code 1 when a budget is exceeded.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import psutil
from certificate.conftest import teach
from certificate.samples import PROFILE, job

from installer_gui.certificate import issue, verify
from installer_gui.certificate.identity import Store, Unlocked

BUDGETS_S = {6: 0.3, 200: 2.0}
FILES_A_SECOND = 40


def signer(folder: Path) -> Unlocked:
    store = Store(folder / "identities", folder / "keys")
    return store.unlock(store.create(issue.holder_of(job(1)), datetime.now().astimezone(), "x"), "x")


def best(runs: int, action: Callable[[], object]) -> float:
    """Processor seconds of the fastest run, after one that is not counted."""
    action()
    return min(seconds(action) for _ in range(runs))


def seconds(action: Callable[[], object]) -> float:
    start = time.process_time()
    action()
    return time.process_time() - start


def by_the_folder(paper: bytes, files: int, folder: Path) -> tuple[float, int]:
    """Files a second of the command in one process, start and all, and the most memory in MB that it held."""
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:05d}.pdf").write_bytes(paper)
    (folder / "broken.pdf").write_bytes(paper[: len(paper) // 2])
    command = [sys.executable, "-m", "installer_gui", "verify", str(folder), "--jobs", "1", "--format", "jsonl"]
    start = time.perf_counter()
    lines, largest = 0, 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        for lines, _ in enumerate(process.stdout, 1):
            largest = max(largest, memory(process.pid)) if lines % 50 == 0 else largest
    if lines != files + 1:
        raise SystemExit(f"{lines} answers for {files + 1} files")
    return lines / (time.perf_counter() - start), largest // 2**20


def memory(pid: int) -> int:
    """Bytes that a process and those that it started hold now; 0 once they have ended."""
    try:
        started = psutil.Process(pid)
        return sum(process.memory_info().rss for process in (started, *started.children()))
    except psutil.NoSuchProcess:
        return 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--files", type=int, default=400)
    options = parser.parse_args(arguments)
    teach()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        me, paper = signer(folder), folder / "paper.pdf"
        over = 0
        for stations, budget in BUDGETS_S.items():
            took = best(options.runs, lambda n=stations: issue.issue(job(n), PROFILE, "sv", me, paper))  # type: ignore[misc]
            say(f"{stations} stations drawn, signed, written and verified: {took:.3f} s (budget {budget} s)")
            over |= took > budget
        issue.issue(job(6), PROFILE, "sv", me, paper)
        took = best(options.runs * 5, lambda: verify.examine(paper))
        say(f"one file of 6 stations verified: {took * 1000:.1f} ms, {1 / took:.0f} a second (budget {FILES_A_SECOND})")
        deep = best(options.runs, lambda: verify.examine(paper, deep=True))
        say(f"the same with the pages drawn again: {deep * 1000:.1f} ms")
        rate, memory = by_the_folder(paper.read_bytes(), options.files, folder / "many")
        say(f"a folder of {options.files + 1} files by one process, start and all: {rate:.0f} a second, {memory} MB")
        return int(over or 1 / took < FILES_A_SECOND)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
