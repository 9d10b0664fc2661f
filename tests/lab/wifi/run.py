"""Runs the product in a lab of virtual radios: see README.md."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[2]
LIBRARIES = ("dnspython", "ntplib", "psutil", "pywifi")  # all that `check` and `wifi` may need
CANNOT_RUN = 77
WITHOUT_ACCESS_POINTS = ("air",)


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
        codes = {job.stem: run(Path(lab), job, libraries) for job in jobs}
    sys.stdout.write("".join(f"{name}: {'passed' if code == 0 else f'exit {code}'}\n" for name, code in codes.items()))
    return max(codes.values())


def run(lab: Path, job: Path, libraries: str) -> int:
    """One job in a guest of its own."""
    extra = (HERE / "product.py", *(PROJECT / "tests/recordings/wifi").glob("*.json"))
    settings = {
        "SHARE": f"product={PROJECT} deps={libraries}",
        "EXTRA": " ".join(map(str, extra)),
        "JOB_TIMEOUT": "560",
        **({"AP_DIR": ""} if job.stem in WITHOUT_ACCESS_POINTS else {}),
    }
    return subprocess.run((lab / "run.sh", job), env={**os.environ, **settings}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
