#!/usr/bin/env python3
"""Everything from nothing: the environment, the system's packages, then the program or its checks.

    python3 dev.py run [--demo [SITE]] [arguments]   start the wizard, or a command of the command line
    python3 dev.py test [nox sessions]               run all checks
    python3 dev.py lock                              pin the dependencies again

Standard library only; Linux, macOS and Windows; Python 3.11 to 3.13.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = sys.platform == "win32"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
SUPPORTED = ((3, 11), (3, 12), (3, 13))
POLICY = Path("/usr/sbin/policy-rc.d")

# Debian's names. The wizard needs the first group, the checks need both.
WINDOW_PACKAGES = """
    libegl1 libgl1 libx11-6 libxkbcommon0 libxkbcommon-x11-0 libfontconfig1 libfreetype6 libglib2.0-0 libdbus-1-3
    libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-randr0 libxcb-render0
    libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1 libx11-xcb1 fonts-dejavu-core
""".split()
TEST_PACKAGES = """
    dnsmasq-base chrony mosquitto nginx-light nftables iproute2 openssl util-linux xvfb xauth openbox xdotool
    poppler-utils qpdf gettext libcap2-bin procps softhsm2 plc-utils plc-utils-extra libpcap0.8
""".split()


def main(arguments: list[str]) -> int:
    command, rest = (arguments[0], arguments[1:]) if arguments else ("", [])
    if command not in ("run", "test", "lock"):
        print(__doc__)
        return 0 if command in ("-h", "--help") else 2
    if sys.version_info[:2] not in SUPPORTED:
        return with_supported_python(arguments)
    if command == "run":
        packages(WINDOW_PACKAGES)
        environment("runtime")
        return call(PYTHON, "-m", "installer_gui", *rest)
    environment("dev")
    if command == "lock":
        return call(PYTHON, "-m", "nox", "-s", "lock")
    packages(WINDOW_PACKAGES + TEST_PACKAGES)
    return call(PYTHON, "-m", "nox", *(["-s", *rest] if rest else []))


def with_supported_python(arguments: list[str]) -> int:
    """Start again under a Python that the dependencies have wheels for."""
    for major, minor in reversed(SUPPORTED):
        if found := shutil.which(f"python{major}.{minor}"):
            return call(found, __file__, *arguments)
    print("dev.py: Python 3.11, 3.12 or 3.13 is needed", file=sys.stderr)
    return 2


def environment(group: str) -> None:
    """Make `.venv` hold exactly the pinned dependencies; nothing is done when it already does."""
    requirements = ROOT / "requirements" / f"{group}.txt"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    stamp = VENV / f"{group}.stamp"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        print("dev.py: making the environment", flush=True)
        check(sys.executable, "-m", "venv", str(VENV))
    print(f"dev.py: installing {requirements.relative_to(ROOT)}", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    check(*pip, "--require-hashes", "-r", str(requirements))
    check(*pip, "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp.write_text(wanted)
    if group == "dev":  # holds the runtime's pins as well
        runtime = (ROOT / "requirements" / "runtime.txt").read_bytes()
        (VENV / "runtime.stamp").write_text(hashlib.sha256(runtime + sys.version.encode()).hexdigest())


def packages(names: list[str]) -> None:
    """Install missing Debian packages where we may; else name them in one line."""
    if not shutil.which("dpkg-query"):
        return
    missing = sorted(set(names) - installed(names))
    if not missing:
        return
    prefix = privilege()
    if prefix is None:
        print(f"dev.py: missing Debian packages: {' '.join(missing)}", file=sys.stderr)
        return
    print(f"dev.py: installing {' '.join(missing)}", flush=True)
    install(prefix, missing)


def installed(names: list[str]) -> set[str]:
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    lines = subprocess.run(query, capture_output=True, text=True, check=False).stdout.splitlines()
    return {line.split()[0] for line in lines if line.endswith(" installed")}


def privilege() -> list[str] | None:
    """What to put before apt-get: nothing for root, sudo where it asks for no password, None for neither."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n", "env"]
    return None


def install(prefix: list[str], names: list[str]) -> None:
    """The tests start their own servers, so Debian's are kept from starting (policy-rc.d, only while we install)."""
    own_policy = os.geteuid() == 0 and not POLICY.exists()
    if own_policy:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
    apt = [*prefix, "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    apt = ["env", *apt] if not prefix else apt
    try:
        subprocess.run([*apt, "update"], check=False)
        done = subprocess.run([*apt, "install", "-y", "--no-install-recommends", *names], check=False)
    finally:
        if own_policy:
            POLICY.unlink()
    if done.returncode:
        print(f"dev.py: could not install: {' '.join(names)}", file=sys.stderr)


def check(*command: str | Path) -> None:
    """A step that must succeed."""
    if code := call(*command):
        raise SystemExit(code)


def call(*command: str | Path) -> int:
    """Run in the project's folder, with the environment's programs first; Ctrl-C belongs to the child."""
    path = os.pathsep.join((str(PYTHON.parent), os.environ.get("PATH", os.defpath)))
    try:
        return subprocess.run(
            [str(part) for part in command], cwd=ROOT, check=False, env={**os.environ, "PATH": path}
        ).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
