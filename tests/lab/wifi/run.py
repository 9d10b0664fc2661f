"""Runs the product in a lab of virtual radios: see README.md."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
LIBRARIES = ("dnspython", "ntplib", "psutil", "pywifi")  # all that `check` and `wifi` may need
CANNOT_RUN = 77
ACCESS_POINTS = {"air": "", "wide": str(HERE / "wide")}  # in place of the lab's own; "": none


def main(wanted: list[str]) -> int:
    lab = os.environ.get("DRIFTKLAR_WIFI_LAB")
    if not lab:
        sys.stderr.write("set DRIFTKLAR_WIFI_LAB to the folder of the virtual-radio lab: see README.md\n")
        return CANNOT_RUN
    jobs = [HERE / "jobs" / f"{name}.py" for name in wanted] or sorted((HERE / "jobs").glob("*.py"))
    with tempfile.TemporaryDirectory() as libraries:
        Path(libraries).chmod(0o755)  # the ordinary user in the guest reads it too
        install = (sys.executable, "-m", "pip", "install", "-q", "--target", libraries)
        target = ("--python-version", "3.11", "--only-binary=:all:", "--platform", "manylinux2014_x86_64")
        subprocess.run((*install, *target, *LIBRARIES), check=True)
        codes = {job.stem: timed(Path(lab), job, libraries) for job in jobs}
    for name, (code, seconds) in codes.items():
        sys.stdout.write(f"{name}: {'passed' if code == 0 else f'exit {code}'} in {seconds:.0f} s\n")
    return max(code for code, _ in codes.values())


def timed(lab: Path, job: Path, libraries: str) -> tuple[int, float]:
    began = time.monotonic()
    return run(lab, job, libraries), time.monotonic() - began


def run(lab: Path, job: Path, libraries: str) -> int:
    """One job in a guest of its own."""
    extra = (HERE / "product.py", *(PROJECT / "tests/recordings/wifi").glob("*.json"))
    settings = {
        "SHARE": f"product={PROJECT} deps={libraries}",
        "EXTRA": " ".join(map(str, extra)),
        "JOB_TIMEOUT": "560",
        **({"AP_DIR": ACCESS_POINTS[job.stem]} if job.stem in ACCESS_POINTS else {}),
    }
    return subprocess.run((lab / "run.sh", job), env={**os.environ, **settings}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
