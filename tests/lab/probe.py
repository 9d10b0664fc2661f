"""The privileged program as a package installs it: a file with capabilities, that an ordinary user runs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from .product import ENVIRONMENT, LIMIT_S, NOBODY, Run, program, question
from .site import ROOT, Site

USER = tuple(word for word in NOBODY if word != "--no-new-privs")  # who may gain what a file gives
CAPABILITIES = "cap_net_raw,cap_net_bind_service,cap_net_admin+ep"
SCRIPT = """#!{python} -I
import sys
sys.path.insert(0, {root!r})
from installer_gui.privileged.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def install(site: Site, capabilities: str = CAPABILITIES) -> dict[str, str]:
    """Put it into the site; the environment by which the product finds it.

    An interpreter with capabilities runs it, because a script cannot have any; it has them all the same, to be found.
    """
    real, folder = Path(sys.executable).resolve(), site.outer / "probe"
    folder.mkdir()
    shutil.copy(real, folder / "python")
    site.write("probe/pyvenv.cfg", f"home = {real.parent}\n")
    script = site.write("probe/driftklar-probe", SCRIPT.format(python=site.inner / "probe/python", root=str(ROOT)))
    site.shell("laptop", f"chmod 755 {script}; setcap {capabilities} {site.inner}/probe/python {capabilities} {script}")
    return {"DRIFTKLAR_PROBE": script}


def run(site: Site, environment: Mapping[str, str], *arguments: str) -> Run:
    """Run the product to its end, as an ordinary user who may run the program."""
    start = time.monotonic()
    command = (*USER, *program(*arguments))
    done = site.run("laptop", *command, timeout=LIMIT_S, env={**ENVIRONMENT, **environment})
    document = json.loads(done.stdout) if done.stdout.startswith("{") else {}
    return Run(done.returncode, document, done.stdout, done.stderr, time.monotonic() - start)


def check(site: Site, environment: Mapping[str, str], *arguments: str, form: str = "json", stations: int = 6) -> Run:
    """A run of the checks."""
    return run(site, environment, *question(site, *arguments, form=form, stations=stations))


def start(site: Site, environment: Mapping[str, str], *, root: bool = False) -> subprocess.Popen[bytes]:
    """The program alone, to talk to; it has greeted."""
    user = () if root else USER
    command = site.inside("laptop", *user, environment["DRIFTKLAR_PROBE"], "eth0")
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    assert process.stdout is not None
    assert process.stdout.readline()
    return process
