"""Frames that no well-behaved access point sends, and more of them than one sweep hears."""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, "/lab")
import lab
from product import by_name, end, expect, say, scan

RATES = "010882848b960c121824"


def frame(number: int, elements: str, channel: int = 6, dbm: int = -60, capability: int = 0x401) -> dict:
    bssid = f"02:00:5e:00:01:{number:02x}"
    mhz = 2407 + 5 * channel
    return {"bssid": bssid, "freq_mhz": mhz, "dbm": dbm, "capability": capability, "beacon_ies_hex": elements}


def named(name: bytes, rest: str = "", channel: int = 6) -> str:
    return f"00{len(name):02x}{name.hex()}{RATES}0301{channel:02x}{rest}"


def neighbour(number: int) -> dict:
    channel = 1 + number % 13
    beacon = named(b"Granne %d" % number, "", channel)
    return {**frame(0, beacon, channel, -50 - number % 40), "bssid": f"02:00:5e:00:00:{number:02x}"}


lab.levels(play=[neighbour(n) for n in range(60)], play_ms=60)
medium = lab.medium()

say("sixty neighbours")
found = scan()
heard = {n["bssid"]: n for n in found["networks"] if n["fresh"]}
expect("nearly all are heard", len(heard) >= 57, True)
say(f"  {len(heard)} of 60 in {found['seconds']} s")
wrong = [n for n in range(60) if (row := heard.get(neighbour(n)["bssid"])) and row["rssi_dbm"] != -50 - n % 40]
expect("each with its level", wrong, [])

say("recordings")
records = json.loads(Path("/lab/bss.json").read_text())
lab.levels(play=records)
rows = {n["bssid"]: n for n in scan("--band", "all")["networks"] if n["fresh"]}
for record in records:
    row, expected = rows.get(record["bssid"], {}), record["expected"]
    keys = ("ssid", "hidden", "channel", "band", "width_mhz", "standards", "security")
    expect(expected["ssid"] or "(hidden)", [row.get(k) for k in keys], [expected[k] for k in keys])

say("broken and hostile elements")
odd = {
    1: (named(b"\x1b[31mr\xf6d"), "\x1b[31mr\ufffdd", ["open"]),
    2: (named("🚗\u202eevil".encode()), "🚗\u202eevil", ["open"]),
    3: (named(b"cut", "3014010000"), "cut", ["open"]),
    4: (named(b"short rsn", "30020100"), "short rsn", ["enterprise"]),
    5: (named(b"huge count", "30080100000fac04ffff"), "huge count", ["enterprise"]),
    6: (named(b"nul\0inside"), "nul\0inside", ["open"]),
    7: (named(b"x" * 32), "x" * 32, ["open"]),
    8: (named(b"zero ht", "2d003d00"), "zero ht", ["open"]),
}
lab.levels(play=[frame(n, elements) for n, (elements, _, _) in odd.items()])
found = scan()
expect("exit", [found["exit"], found["outcome"]], [0, "measured"])
rows = {n["bssid"]: n for n in found["networks"] if n["fresh"]}
for number, (_, name, security) in odd.items():
    row = rows.get(frame(number, "")["bssid"], {})
    expect(f"{number}", [row.get("ssid"), row.get("security"), row.get("width_mhz")], [name, security, 20])

say("a beacon heard beside its channel")
leak = {**frame(20, named(b"leak", "", 6)), "freq_mhz": 2442}
lab.levels(play=[leak])
row = by_name(scan()).get(("leak", leak["bssid"]), {})
expect("is listed on its own", [row.get("channel"), row.get("frequency_mhz")], [6, 2437])
medium.terminate()
end()
