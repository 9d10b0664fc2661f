"""Starts the accessibility bus, the wizard, and the walk through its tree; run inside `dbus-run-session`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

LAUNCHERS = ("/usr/libexec/at-spi-bus-launcher", "/usr/lib/at-spi2-core/at-spi-bus-launcher")
HERE = Path(__file__).parent


def main() -> int:
    python, press = sys.argv[1:]
    launcher = next(path for path in LAUNCHERS if Path(path).exists())
    with subprocess.Popen([launcher, "--launch-immediately"], stderr=subprocess.DEVNULL) as bus:
        time.sleep(0.5)
        with subprocess.Popen(
            [sys.executable, "-m", "installer_gui", "--language", "sv", "--theme", "light"]
        ) as wizard:
            try:
                return subprocess.run([python, str(HERE / "atspi_walk.py"), press], check=False, timeout=60).returncode
            finally:
                wizard.terminate()
                bus.terminate()


if __name__ == "__main__":
    sys.exit(main())
