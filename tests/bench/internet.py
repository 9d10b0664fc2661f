"""How long the internet checks take on a healthy site, against what physics asks.

    cd tests && python -m bench.internet [--runs 5] [--rtt 30 100 200]

DNS 1 + TCP 1 + TLS 1.2 2 + MQTT or HTTP 1 = five round trips from the first question on the wire to the last answer.
Every run has a fresh site, so that no resolver remembers the run before. Exit code 1 when the budget is exceeded.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from dataclasses import astuple, dataclass
from statistics import median

from lab.blueprint import CLOUDFLARE, GOOGLE, HUB, HUB_HOST, POOL, POOL_HOST, ROUTER, WEB, Blueprint
from lab.build import build
from lab.product import ENVIRONMENT, Run, check, program, question
from lab.site import Site
from lab.watch import Watch
from lab.wire import Wire

CHAIN = 5
STATIONS = 20
SERVICES = (
    *((address, 53) for address in (ROUTER, GOOGLE, CLOUDFLARE)),
    *((address, 123) for address in POOL),
    *((address, 443) for address in WEB.values()),
    (HUB, 8883),
)
SCRIPT = """
for server in {resolvers}; do for name in {names}; do {dig} @$server $name; done; done
{ntp}
openssl s_client -connect {hub}:8883 -servername {hub} -tls1_2 -CAfile {roots} -brief < /dev/null
for host in {hosts}; do curl -sS -o /dev/null --cacert {roots} https://$host/; done
"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Milliseconds: on the wire, until the first result, the whole run, and a technician's script."""

    wire: float
    first: float
    whole: float
    script: float


def measure(rtt_ms: float) -> Figures:
    """One run of each on a site of its own."""
    plan = Blueprint(wire=Wire(delay_ms=rtt_ms / 2))
    with build(plan) as site:
        watch = Watch(site)
        run = check(site, stations=STATIONS)
        wire = watch.traffic().span(*SERVICES)
    _must_be_healthy(run)
    with build(plan) as site:
        first = first_result(site)
    with build(plan) as site:
        script = technician(site)
    return Figures(wire * 1000, first * 1000, run.seconds * 1000, script * 1000)


def first_result(site: Site) -> float:
    """Seconds from the start of the program to the first check that has ended."""
    command = site.inside("laptop", *program(*question(site, form="jsonl", stations=STATIONS)))
    start = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as process:
        assert process.stdout is not None
        next(line for line in process.stdout if '"finished"' in line)
        return time.monotonic() - start


def technician(site: Site) -> float:
    """Seconds that the usual tools take one after the other."""
    names = (HUB_HOST, *WEB, POOL_HOST)
    roots = str(site.inner / "roots.pem")
    script = SCRIPT.format(
        resolvers=f"{ROUTER} {GOOGLE} {CLOUDFLARE}",
        names=" ".join(names),
        dig=tool("dig", "dig +short +tries=1 +time=2"),
        ntp=tool("ntpdate", f"ntpdate -q {POOL_HOST}"),
        hub=HUB_HOST,
        roots=roots,
        hosts=" ".join(WEB),
    )
    start = time.monotonic()
    site.shell("laptop", script)
    return time.monotonic() - start


def tool(name: str, command: str) -> str:
    """The command, or nothing where it is not installed: that makes the script faster, never slower."""
    return command if shutil.which(name) else ":"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rtt", type=int, nargs="+", default=[30, 100, 200], metavar="MS")
    options = parser.parse_args(arguments)
    missing = [name for name in ("dig", "ntpdate") if not shutil.which(name)]
    say(f"Medians of {options.runs} runs, {STATIONS} stations.", *(f"The script lacks {name}." for name in missing))
    say()
    say("| round trip | chain | on the wire | ratio | budget | first result | whole run | script | script / chain |")
    say("| --- " * 9 + "|")
    return max(row(rtt, [measure(rtt) for _ in range(options.runs)]) for rtt in options.rtt)


def row(rtt_ms: float, runs: list[Figures]) -> int:
    """Print the medians; 1 when they are over the budget."""
    chain = CHAIN * rtt_ms
    wire, first, whole, script = (median(times) for times in zip(*map(astuple, runs), strict=True))
    budget = 1.3 * chain + 50
    say(
        f"| {rtt_ms} ms | {chain} ms | {wire:.0f} ms | {wire / chain:.2f} | {budget:.0f} ms |",
        f"{first:.0f} ms | {whole / 1000:.1f} s | {script / 1000:.1f} s | {script / chain:.1f} |",
    )
    return int(wire > budget)


def say(*parts: str) -> None:
    sys.stdout.write(" ".join(parts) + "\n")
    sys.stdout.flush()


def _must_be_healthy(run: Run) -> None:
    """A run that failed early is fast and proves nothing."""
    if run.exit != 0:
        raise SystemExit(f"the healthy site was not passed:\n{run.told if run.document else run.stderr}")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
