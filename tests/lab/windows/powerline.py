"""`plc scan` on a Windows Python through a fake wpcap.dll, with the laboratory's modems behind it."""

from __future__ import annotations

import heapq
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ..powerline.networks import NETWORKS
from ..watch import peak
from .lab import Expectations, Lab, windows_path

SOURCE = Path(__file__).with_name("wpcap.c")
COMPILER = "x86_64-w64-mingw32-gcc"
FOLDER = r"C:\windows\System32\Npcap"
PLACE = f"import os, shutil; os.makedirs({FOLDER!r}, exist_ok=True); shutil.copy({{source!r}}, {FOLDER!r})"
REMOVE = f"import shutil; shutil.rmtree({FOLDER!r}, ignore_errors=True)"
PLAYED = ("four", "thirty", "lonely", "neighbours", "int6400", "av2", "broadcom", "two", "garbage", "silence")
MOST_A_SECOND, LONGEST_S, SOON_S = 50, 30, 3.0
PULLED_OUT = b"!"
SCAN = ("plc", "scan")
GATEWAY = ("mac", "chip", "firmware", "nid", "factory_key")
STATION = ("mac", "bda", "tei", "tx_mbps", "rx_mbps", "role")


def run(lab: Lab) -> int:
    expect = Expectations()
    made = lab.document(*SCAN)
    expect("without Npcap", (made["outcome"], made["reason"], made["exit"]), ("not-measured", "no-driver", 3))
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "wpcap.dll"
        subprocess.run([COMPILER, "-shared", "-O2", "-o", str(library), str(SOURCE), "-lws2_32"], check=True)
        lab.call("python", "-c", PLACE.format(source=windows_path(library)))
        try:
            _networks(lab, expect)
            _troubles(lab, expect)
        finally:
            lab.call("python", "-c", REMOVE)
    return int(expect.wrong > 0)


def _networks(lab: Lab, expect: Expectations) -> None:
    for name in PLAYED:
        situation = NETWORKS[name]
        with _cable(name) as cable:
            made = lab.document(*SCAN, environment=cable.environment)
        found = [
            {key: gateway[key] for key in GATEWAY}
            | {"stations": [{key: station[key] for key in STATION} for station in gateway["stations"]]}
            for gateway in made["gateways"]
        ]
        expect(f"{name}: gateways and stations", found == situation.gateways, True)
        expect(f"{name}: neighbours", made["neighbours"] == situation.neighbours, True)
        outcome = ("measured", 0) if situation.readable else ("not-measured", 3)
        expect(f"{name}: outcome", (made["outcome"], made["exit"]), outcome)
        expect(f"{name}: at most {MOST_A_SECOND} frames a second", peak(cable.times) <= MOST_A_SECOND, True)
        times = [s["median_ms"] for gateway in made["gateways"] for s in gateway["stations"] if s["got"]]
        expect(f"{name}: replies within 20 ms", all(median <= 20 for median in times), True)


def _troubles(lab: Lab, expect: Expectations) -> None:
    for code, reason in (("-8", "needs-privilege"), ("-5", "interface-gone"), ("-1", "driver-error")):
        with _cable("four") as cable:
            made = lab.document(*SCAN, environment={**cable.environment, "FAKE_WPCAP_ACTIVATE": code})
        expect(f"pcap_activate says {code}", (made["reason"], made["exit"]), (reason, 3))
    with _cable("thirty", pulled_out_after=200) as cable:
        made = lab.document(*SCAN, environment=cable.environment)
        waited = time.time() - cable.pulled_at
    expect("pulled out on the way", (made["reason"], made["exit"]), ("interface-gone", 3))
    expect("told at once", waited < SOON_S, True)


class _Cable:
    """The modems of a situation behind a port of this computer."""

    def __init__(self, name: str, pulled_out_after: int) -> None:
        self._modems = NETWORKS[name].modems()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self._left = pulled_out_after
        self._ended = threading.Event()
        self.times: list[float] = []
        self.pulled_at = 0.0

    @property
    def environment(self) -> Mapping[str, str]:
        port = self._socket.getsockname()[1]
        return {"FAKE_WPCAP": str(port), "WINEDLLOVERRIDES": "wpcap=n"}  # Wine has one of its own, an old one

    def serve(self) -> None:
        due: list[tuple[float, int, bytes]] = []
        asker: Any = None
        while not self._ended.is_set():
            self._socket.settimeout(min(0.05, max(0.0001, due[0][0] - time.monotonic())) if due else 0.05)
            try:
                frame, asker = self._socket.recvfrom(4096)
            except OSError:
                frame = b""
            if frame:
                self._take(frame, asker, due)
            while due and due[0][0] <= time.monotonic():
                self._socket.sendto(heapq.heappop(due)[2], asker)

    def _take(self, frame: bytes, asker: Any, due: list[tuple[float, int, bytes]]) -> None:
        self.times.append(time.time())
        if len(self.times) == self._left:
            self._socket.sendto(PULLED_OUT, asker)
            self.pulled_at = time.time()
        for modem in self._modems:
            for delay_s, answer in modem.answers(frame):
                heapq.heappush(due, (time.monotonic() + delay_s, len(due), answer))

    def end(self) -> None:
        self._ended.set()


@contextmanager
def _cable(name: str, pulled_out_after: int = 0) -> Iterator[_Cable]:
    cable = _Cable(name, pulled_out_after)
    thread = threading.Thread(target=cable.serve)
    thread.start()
    try:
        yield cable
    finally:
        cable.end()
        thread.join()
