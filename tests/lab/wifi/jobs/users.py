"""Who may sweep, and what is said when nobody may."""

from __future__ import annotations

import grp
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, "/lab")
import lab
from product import ENVIRONMENT, end, expect, install_probe, levels_of, measure, say, scan, wifi

NETDEV = grp.getgrnam("netdev").gr_gid
NOTHING = {"outcome": "not-measured", "networks": [], "exit": 3}


def refused(what: str, document: dict, reason: str) -> None:
    seen = {key: document.get(key) for key in (*NOTHING, "reason")}
    expect(what, seen, {**NOTHING, "reason": reason})


def channels(document: dict) -> list[int]:
    return sorted({n["channel"] for n in document["networks"] if n["fresh"]})


def shell(*words: str) -> None:
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL)


lab.levels(wlan1=-60, wlan2=-70, wlan5=-65)
medium = lab.medium()

say("an ordinary user, and nobody to ask")
refused("scan", lab.as_user(scan), "needs-privilege")
scan()
refused("scan while the kernel's list is full", lab.as_user(scan), "needs-privilege")
made = lab.as_user(lambda: measure("Garage-2G"))
expect(
    "measure",
    [made["outcome"], made["reason"], made["samples"], made["exit"]],
    ["not-measured", "needs-privilege", [], 3],
)

say("somebody else sweeps all the time")
other = subprocess.Popen(
    ["sh", "-c", "while :; do iw dev wlan0 scan trigger freq 2412 2437 2472 >/dev/null 2>&1; done"]
)
made = measure("Garage-2G")
expect("measure", [made["outcome"], made.get("p20_dbm")], ["measured", -60])
other.terminate()
other.wait()

say("an ordinary user with the privileged program")
install_probe()
lab.as_user(scan)  # on a slow emulator its first start may take longer than a program is given
found = lab.as_user(lambda: scan("--band", "all"))
expect("scan", [found["outcome"], found["reason"], {6, 13} <= set(channels(found))], ["measured", None, True])
say(f"  {found['seconds']} s")
made = lab.as_user(lambda: measure("Garage-2G"))
expect("measure", levels_of(made), [-60] * 5)
say(f"  {made['seconds']} s")
made = lab.as_user(lambda: measure("Dold"))
expect("hidden", [made["outcome"], made["p20_dbm"]], ["measured", -65])
ENVIRONMENT.pop("DRIFTKLAR_PROBE")

say("the radio is off")
shell("rfkill", "block", "wifi")
refused("rfkill", scan(), "radio-off")
refused("rfkill, ordinary user", lab.as_user(scan), "radio-off")
shell("rfkill", "unblock", "wifi")
shell("ip", "link", "set", "wlan0", "down")
refused("interface down", scan(), "radio-off")
shell("ip", "link", "set", "wlan0", "up")
refused("no such adapter", wifi("scan", "--interface", "wlan77"), "no-adapter")
refused("no radio in it", wifi("scan", "--interface", "lo"), "no-adapter")
time.sleep(1.5)

say("wpa_supplicant alone")
Path("/tmp/w.conf").write_text("ctrl_interface=DIR=/run/wpa_supplicant GROUP=netdev\nupdate_config=0\n")
shell("wpa_supplicant", "-B", "-Dnl80211", "-iwlan0", "-c/tmp/w.conf", "-P/run/w.pid")
time.sleep(2)
refused("not in its group", lab.as_user(scan), "needs-privilege")
found = lab.as_user(scan, groups=[NETDEV])
expect("in its group", [found["outcome"], found["reason"], channels(found)[:1]], ["measured", None, [6]])
made = lab.as_user(lambda: measure("Garage-2G"), groups=[NETDEV])
expect("measure in its group", [made["reason"], levels_of(made)], [None, [-60] * 5])
say(f"  {made['seconds']} s")
expect("nothing is left behind", list(Path("/tmp").glob("pywifi_*")), [])
os.kill(int(Path("/run/w.pid").read_text()), signal.SIGTERM)
time.sleep(1)
shell("ip", "link", "set", "wlan0", "up")

say("NetworkManager")
started = lab.start_network_manager()
found = lab.as_user(lambda: scan("--band", "all"))
expect("scan", [found["outcome"], {6, 13} <= set(channels(found))], ["measured", True])
say(f"  {found['seconds']} s")
lab.levels(wlan1=-71, wlan5=-65)
made = lab.as_user(lambda: measure("Garage-2G"))
expect("measure at the next place", levels_of(made), [-71] * 5)
say(f"  {made['seconds']} s")
made = lab.as_user(lambda: measure("Dold"))
expect("hidden", [made["outcome"], made["p20_dbm"]], ["measured", -65])
say(f"  {made['seconds']} s, {made['missing']} of {len(made['samples'])} missed")
shell("nmcli", "radio", "wifi", "off")
time.sleep(1)
refused("switched off", lab.as_user(scan), "radio-off")
shell("nmcli", "radio", "wifi", "on")
time.sleep(3)
shell("nmcli", "device", "set", "wlan0", "managed", "no")
shell("ip", "link", "set", "wlan0", "up")
refused("not managed", lab.as_user(scan), "needs-privilege")
for process in reversed(started):
    process.terminate()
    process.wait()

say("no adapter at all")
medium.terminate()
medium.wait()
shell("sh", "-c", "kill $(cat /run/hostapd.pid); sleep 1; modprobe -r mac80211_hwsim")
refused("gone", wifi("scan"), "no-adapter")
refused("gone, by name", scan(), "no-adapter")
end()
