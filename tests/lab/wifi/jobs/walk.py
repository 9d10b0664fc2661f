"""Levels at stations with a known truth."""

from __future__ import annotations

import json
import sys
from math import ceil
from pathlib import Path
from typing import Any

sys.path.insert(0, "/lab")
import lab
from product import by_name, end, expect, follow, levels_of, measure, say, scan

G = "Garage-2G"
JOB = "/tmp/site.dkjob"


def records(check: str) -> list[dict[str, Any]]:
    """What the job file holds of a check, in the order in which it was made."""
    return [r for r in json.loads(Path(JOB).read_text())["job"]["records"] if r["check"] == check]


say("everything on the air, as hostapd was told")
found = by_name(scan("--band", "all"))
for (name, last), (channel, width, standards, security) in {
    (G, "01"): (6, 20, ["b", "g", "n"], ["wpa2-psk"]),
    ("Garage-13", "02"): (13, 20, ["b", "g", "n"], ["wpa2-psk"]),
    (G, "03"): (36, 80, ["a", "n", "ac"], ["wpa2-psk", "wpa3-sae"]),
    ("Kontor-WPA3", "04"): (1, 20, ["b", "g", "n", "ax"], ["wpa3-sae"]),
    ("Öppet Åäö", "06"): (3, 20, ["b", "g"], ["open"]),
}.items():
    row = found.get((name, f"02:00:00:00:{last}:00"), {})
    seen = [row.get(key) for key in ("channel", "width_mhz", "standards", "security", "hidden", "fresh")]
    expect(f"{name} {last}", seen, [channel, width, standards, security, False, True])

lab.levels(wlan1=-58, wlan2=-80)
medium = lab.medium()

say("a walk")
WALK = (("A1", -55, "ok", 0), ("A2", -68, "ok", 0), ("A3", -72, "warning", 0), ("A4", -77, "failure", 1))
for station, level, severity, code in WALK:
    lab.levels(wlan1=level, wlan2=-80)
    made = measure(G, "--station", station, "--save", JOB)
    expect(f"{station} levels", [made["p20_dbm"], set(levels_of(made)) - {None}], [level, {level}])
    expect(f"{station} result", [made["severity"], made["exit"], made["channels_seen"]], [severity, code, [6]])
    say(f"  {made['seconds']} s")

say("nothing is taken over from the station before")
lab.levels(wlan2=-80)
heard = scan()
row = by_name(heard).get((G, "02:00:00:00:01:00"))
expect("a lost access point is old or gone", row is None or not row["fresh"], True)
made = measure(G, "--station", "A5", "--save", JOB)
expect(
    "lost", [levels_of(made), made["severity"], made["exit"], made["outcome"]], [[None] * 5, "failure", 1, "measured"]
)
lab.levels(wlan1=-63)
expect("back again", measure(G)["p20_dbm"], -63)
stations = [r["subject"]["name"] for r in records("wifi-signal")]
expect("stations in the job file", stations, ["A1", "A2", "A3", "A4", "A5"])

say("an access point that comes and goes")
events = follow("--ssid", G)
next(e for e in events if e["event"] == "sample")
lab.levels()
next(e for e in events if e["event"] == "sample" and e["rssi_dbm"] is None)
lab.levels(wlan1=-63)
made = list(events)[-1]
expect("misses make ten samples", [len(made["samples"]) == 10, made["missing"] > 0], [True, True])
expect("p20 by the misses", made["p20_dbm"] is None, made["missing"] >= 2)

say("hidden, and a name that is no ASCII")
lab.levels(wlan5=-66, wlan6=-70)
made = measure("Dold")
expect("hidden", [made["p20_dbm"], made["channel"], made["exit"]], [-66, 11, 0])
expect("Öppet Åäö", measure("Öppet Åäö")["p20_dbm"], -70)
lab.levels(wlan3=-50)
made = measure(G)
expect("the same name on 5 GHz alone", [made["severity"], made["missing"]], ["failure", 5])

say("a switch of channels while measuring")
lab.levels(wlan1=-60)
expect("nobody has moved before", records("wifi-channel"), [])
events = follow("--ssid", G, "--samples", "15", "--station", "A6", "--save", JOB)
next(e for e in events if e["event"] == "sample" and e["number"] == 3)
expect("hostapd switches", lab.switch_channel("wlan1", 2462), "OK")
made = list(events)[-1]
expect("channels seen", [made["channels_seen"], made["channel"]], [[6, 11], 11])
expect("no level is lost", set(levels_of(made)) <= {-60, None}, True)
moved = records("wifi-channel")[-1]["outcome"]["findings"][0]
ways = [moved["evidence"][end]["value"] for end in ("from", "to")]
expect("the fixed channel has failed", [moved["code"], ways], ["wifi.channel-moved", [6, 11]])
rows = [(n["channel"], n["fresh"]) for n in scan()["networks"] if n["bssid"].endswith("01:00")]
expect("now fresh on", [channel for channel, fresh in rows if fresh], [11])
medium.terminate()
medium.wait()

say("noise")
lab.levels(wlan1=-75)
medium = lab.medium(jitter=3, seed=7)
for count in (5, 12):
    made = measure(G, "--samples", str(count))
    ranked = sorted(-999 if v is None else v for v in levels_of(made))
    lowest = ranked[ceil(0.2 * len(ranked)) - 1]
    expect(f"p20 of {ranked}", made["p20_dbm"], None if lowest == -999 else lowest)
medium.terminate()
end()
