"""A channel of 40 MHz in 2.4 GHz, as hostapd sends it where it hears no neighbour."""

from __future__ import annotations

import sys

sys.path.insert(0, "/lab")
import lab
from product import by_name, end, expect, measure, say, scan

NAME = "Garage-40"

lab.levels(wlan1=-64)
medium = lab.medium()

say("twice as wide as the stations need")
row = by_name(scan()).get((NAME, "02:00:00:00:01:00"), {})
expect("scan", [row.get(key) for key in ("channel", "width_mhz", "security")], [5, 40, ["wpa2-psk"]])
made = measure(NAME)
expect("measure", [made["p20_dbm"], made["channel"], made["severity"]], [-64, 5, "ok"])
medium.terminate()
end()
