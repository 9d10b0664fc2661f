"""Runs the product on a Windows Python in a lab beside the project: see README.md."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
TESTS = HERE.parents[1]
CANNOT_RUN = 77

package = types.ModuleType("tests")  # others may be installed under this name
package.__path__ = [str(TESTS)]
sys.modules["tests"] = package

from tests.lab.windows import powerline, service, sites, units  # noqa: E402 - only now can they be found
from tests.lab.windows.lab import Lab  # noqa: E402

JOBS: dict[str, Callable[[Lab], int]] = {
    "units": units.run,
    "service": service.run,
    "powerline": powerline.run,
    "sites": sites.run,
}


def main(wanted: list[str]) -> int:
    folder = Path(os.environ.get("DRIFTKLAR_WINDOWS_LAB", ""))
    if not (folder / "winlab.sh").is_file():
        sys.stderr.write("set DRIFTKLAR_WINDOWS_LAB to the folder of the Windows lab: see README.md\n")
        return CANNOT_RUN
    lab = Lab(folder)
    if code := lab.build():
        return code
    codes = {name: JOBS[name](lab) for name in wanted or JOBS}
    sys.stdout.write("".join(f"{name}: {'passed' if code == 0 else f'exit {code}'}\n" for name, code in codes.items()))
    return max(codes.values())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
