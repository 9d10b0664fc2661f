"""The WiFi commands against the lab's fake service, which speaks through the real header's structures."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .lab import Expectations, Lab, windows_path

ADAPTER = "interface 4 Fake Wi-Fi 6 AX201 160MHz\n"
# SSID "Laddningå", 802.11b/g rates, channel 6, WPA2
ELEMENTS = "000a4c6164646e696e67c3a5010882848b960c12182403010630140100000fac040100000fac040100000fac020c00"
FRESH = f"bss 02:00:00:00:01:07 2437000 -73 0411 20 {ELEMENTS}\n"
OLD = FRESH.replace(" 20 ", " 40000 ")
OTHER = "bss 02:00:00:00:01:09 5180000 -81 0401 20 0003436166\n"
DONE, FAILED, SILENT = "scan 7 200\n", "scan 8 200\n", "scan 0 0\n"
CODES = {
    "5": "permission-denied",
    "1062": "service-stopped",
    "50": "service-stopped",
    "0x80342002": "radio-off",
    "5023": "busy",
    "1168": "no-adapter",
    "31": "driver-error",
}
FUNCTIONS = ("WlanOpenHandle", "WlanScan", "WlanGetNetworkBssList")
MEMORY = """
import asyncio, ctypes, json
from installer_gui.platforms.windows.wifi import WindowsWiFi
radio = WindowsWiFi()
async def scans():
    for _ in range(3):
        await radio.scan(radio.adapters()[0].name, None, (b"Dold",))
asyncio.run(scans())
dll = ctypes.CDLL("wlanapi")
held = dll.FakeWlanOpen()
radio.close()
print(json.dumps([held, dll.FakeWlanOpen(), dll.FakeWlanCalls(b"WlanOpenHandle"), dll.FakeWlanCalls(b"WlanScan")]))
"""


def run(lab: Lab) -> int:
    expect = Expectations()
    with tempfile.TemporaryDirectory() as folder:
        _scans(_Service(lab, Path(folder)), expect)
        _measurements(_Service(lab, Path(folder)), expect)
        _memory(_Service(lab, Path(folder)), expect)
    return int(expect.wrong > 0)


class _Service:
    """Commands while the service says what a file tells it to."""

    def __init__(self, lab: Lab, folder: Path) -> None:
        self._lab, self._file = lab, folder / "service.wlan"

    def environment(self, scenario: str) -> Mapping[str, str]:
        self._file.write_text(scenario, encoding="utf-8")
        return {"FAKE_WLAN": windows_path(self._file)}

    def wifi(self, scenario: str, *words: str) -> dict[str, Any]:
        return self._lab.document("wifi", *words, environment=self.environment(scenario))

    def python(self, scenario: str, script: str) -> Any:
        done = self._lab.call("python", "-c", script, environment=self.environment(scenario), quiet=True)
        return json.loads(done.stdout or "null")


def _scans(service: _Service, expect: Expectations) -> None:
    made = service.wifi(ADAPTER + DONE + FRESH + OTHER, "scan", "--band", "all")
    rows = [(n["ssid"], n["channel"], n["rssi_dbm"], n["security"], n["fresh"]) for n in made["networks"]]
    wanted = [("Laddningå", 6, -73, ["wpa2-psk"], True), ("Caf", 36, -81, ["open"], True)]
    expect("two networks", (made["interface"], made["exit"], rows), ("Fake Wi-Fi 6 AX201 160MHz", 0, wanted))
    made = service.wifi(ADAPTER + DONE + OLD, "scan")
    expect("an old row is told as old", [(n["fresh"], n["age_s"] >= 40) for n in made["networks"]], [(False, True)])
    for what, scenario, outcome in (
        ("an empty air", ADAPTER + DONE, ("measured", None, 0)),
        ("no adapter", DONE, ("not-measured", "no-adapter", 3)),
        ("a failed sweep", ADAPTER + FAILED + OLD, ("not-measured", "driver-error", 3)),
        ("a failed sweep with fresh rows", ADAPTER + FAILED + FRESH, ("measured", None, 0)),
        ("silence", ADAPTER + SILENT + OLD, ("not-measured", "timeout", 3)),
        ("silence with fresh rows", ADAPTER + SILENT + FRESH, ("measured", None, 0)),
        *(
            (f"{function} answers {code}", f"{ADAPTER}{DONE}{FRESH}rc {function} {code}\n", ("not-measured", reason, 3))
            for code, reason in CODES.items()
            for function in FUNCTIONS
        ),
    ):
        made = service.wifi(scenario, "scan")
        expect(what, (made["outcome"], made["reason"], made["exit"]), outcome)


def _measurements(service: _Service, expect: Expectations) -> None:
    keys = ("outcome", "reason", "p20_dbm", "missing", "severity", "exit")
    for what, scenario, wanted in (
        ("a level", ADAPTER + DONE + FRESH, ("measured", None, -73, 0, "warning", 0)),
        ("the level of another place", ADAPTER + DONE + OLD, ("measured", None, None, 5, "failure", 1)),
        (
            "no permission",
            f"{ADAPTER}{DONE}{FRESH}rc WlanScan 5\n",
            ("not-measured", "permission-denied", None, 0, None, 3),
        ),
    ):
        made = service.wifi(scenario, "measure", "--ssid", "Laddningå")
        expect(what, tuple(made[key] for key in keys), wanted)


def _memory(service: _Service, expect: Expectations) -> None:
    """Held during the program's life: one handle; afterwards nothing."""
    expect("memory", service.python(ADAPTER + DONE + FRESH, MEMORY), [1, 0, 1, 6])
