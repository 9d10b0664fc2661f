"""What a run costs at a site with few and with very many stations: time, memory, and what the DHCP server is asked.

    cd tests && python -m bench.stations [--stations 6 50 250]

Exit code 1 when the program takes more memory than it may, asks faster than it may, or more than it needs.
"""

from __future__ import annotations

import argparse
import sys

from lab.blueprint import LAPTOP, ROUTER, Blueprint, Dhcp
from lab.build import build
from lab.product import ENVIRONMENT, program, question
from lab.watch import Watch, peak

MOST_MB, MOST_A_SECOND, SPARE, LIMIT_S = 90, 8, 2, 100
WIDER = "ip address del {0}/24 dev {1}; ip address add {0}/23 broadcast + dev {1}; "
SITE = Blueprint(
    router=WIDER.format(ROUTER, "br0"),
    laptop=WIDER.format(LAPTOP, "eth0") + f"ip route add default via {ROUTER} dev eth0 metric 100",
    dhcp=Dhcp(lines="no-ping\ndhcp-range=192.168.50.200,192.168.51.254,12h"),
)
MEASURED = """
import resource, subprocess, sys, time
begun = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
print(done.returncode, time.monotonic() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""


def row(stations: int) -> int:
    """One run on a site of its own; 1 when it is beyond a limit."""
    with build(SITE) as site:
        watch = Watch(site)
        command = program(*question(site, stations=stations))
        done = site.run("laptop", sys.executable, "-c", MEASURED, *command, env=ENVIRONMENT, timeout=LIMIT_S)
        traffic = watch.traffic()
    code, seconds, megabytes = map(float, done.stdout.split())
    if code != 0:
        raise SystemExit(f"the healthy site was not passed: {done.stderr}")
    fastest, offered = peak(traffic.dhcp_times("DISCOVER")), len(traffic.offered)
    asked = traffic.dhcp["DISCOVER"]
    sys.stdout.write(f"| {stations} | {seconds:.1f} s | {megabytes:.0f} MB | {asked} | {fastest} | {offered} |\n")
    return int(megabytes > MOST_MB or fastest > MOST_A_SECOND or offered > stations + SPARE)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stations", type=int, nargs="+", default=[6, 50, 250])
    options = parser.parse_args(arguments)
    sys.stdout.write("| stations | whole run | memory | DISCOVERs | at most a second | addresses offered |\n")
    sys.stdout.write("| --- " * 6 + "|\n")
    return max(map(row, options.stations))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
