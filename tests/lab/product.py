"""The product, run on the laptop as an installer or a script would."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .site import ROOT, Site

LIMIT_S = 60.0
NOTHING: Mapping[str, str] = {}
ENVIRONMENT = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": "/run/home"}
NOBODY = ("setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups", "--inh-caps=-all", "--no-new-privs")


@dataclass(frozen=True, slots=True)
class Run:
    """How it ended. `document` is the JSON on stdout, {} when there was none."""

    exit: int
    document: dict[str, Any]
    stdout: str
    stderr: str
    seconds: float

    @property
    def areas(self) -> dict[str, str]:
        return dict(self.document["areas"])

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all findings that are more than information, each once."""
        findings = (f for check in self.document.get("checks", ()) for f in check["findings"])
        return tuple(dict.fromkeys(f["code"] for f in findings if f["severity"] in ("warning", "failure")))

    @property
    def told(self) -> str:
        """The whole run in a few lines, for a test that failed."""
        lines = [f"{self.document['verdict']} in {self.seconds:.1f} s: {self.document['areas']}"]
        for check in self.document["checks"]:
            codes = " ".join(f"{f['code']}({f['severity']})" for f in check["findings"])
            lines.append(f"{check['id']}: {check['outcome']} {check['reason'] or ''} {codes}")
        return "\n".join(lines)


def program(*arguments: str, root: bool = True) -> tuple[str, ...]:
    """The command that runs the program on the laptop, as root or as an ordinary user."""
    return (*(() if root else NOBODY), "env", "-C", str(ROOT), sys.executable, "-m", "installer_gui", *arguments)


def question(site: Site, *arguments: str, form: str = "json", stations: int = 6) -> tuple[str, ...]:
    """The arguments of `check` as acceptance gives them: the site's own roots in place of the charger's."""
    common = ("--interface", "eth0", "--connection", "ethernet", "--stations", str(stations), "--language", "en")
    return "check", *common, "--trust-anchors", str(site.inner / "roots.pem"), "--format", form, *arguments


def driftklar(site: Site, *arguments: str, root: bool = True, environment: Mapping[str, str] = NOTHING) -> Run:
    """Run the program to its end."""
    start = time.monotonic()
    command = program(*arguments, root=root)
    done = site.run("laptop", *command, timeout=LIMIT_S, env={**ENVIRONMENT, **environment})
    seconds = time.monotonic() - start
    document = json.loads(done.stdout) if done.stdout.startswith("{") and "json" in arguments else {}
    return Run(done.returncode, document, done.stdout, done.stderr, seconds)


def check(
    site: Site, *arguments: str, stations: int = 6, root: bool = True, environment: Mapping[str, str] = NOTHING
) -> Run:
    """A run of the checks."""
    return driftklar(site, *question(site, *arguments, stations=stations), root=root, environment=environment)


def crowding() -> float:
    """How many want each processor: a budget is for a computer that has nothing else to do."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
