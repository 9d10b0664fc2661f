"""For the jobs in the guest: runs the product, and collects what was not as expected."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": "/mnt/product:/mnt/deps",
    "PYTHONDONTWRITEBYTECODE": "1",
    "DRIFTKLAR_HOME": "/tmp/driftklar",
}
_failed: list[str] = []


def command(*words: str) -> list[str]:
    return ["python3", "-m", "installer_gui", "wifi", *words]


def start(*words: str) -> subprocess.Popen[str]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command(*words), cwd="/mnt/product", env=ENVIRONMENT, text=True, **pipes)


def finish(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The document of a command, with its exit code and seconds."""
    began = time.monotonic()
    out, err = process.communicate(timeout=280)
    if err.strip():
        say(f"stderr: {err.strip()[-600:]}")
    document = json.loads(out) if out.strip() else {}
    return {**document, "exit": process.returncode, "seconds": round(time.monotonic() - began, 1)}


def wifi(*words: str) -> dict[str, Any]:
    return finish(start(*words, "--format", "json"))


def follow(*words: str) -> Iterator[dict[str, Any]]:
    """A measurement's events as they come; the last one is its document."""
    process = start("measure", "--interface", "wlan0", *words, "--format", "jsonl")
    for line in process.stdout or ():
        yield json.loads(line)
    process.wait()


def scan(*words: str) -> dict[str, Any]:
    return wifi("scan", "--interface", "wlan0", *words)


def measure(ssid: str, *words: str) -> dict[str, Any]:
    return wifi("measure", "--interface", "wlan0", "--ssid", ssid, *words)


def levels_of(document: dict[str, Any]) -> list[int | None]:
    return [s["rssi_dbm"] for s in document["samples"]]


def by_name(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(n["ssid"], n["bssid"]): n for n in document["networks"]}


def install_probe() -> None:
    """The privileged program with its rights, from here on; an interpreter with rights runs it (see ../probe.py)."""
    folder, rights = Path("/opt/probe"), "cap_net_raw,cap_net_bind_service,cap_net_admin+ep"
    folder.mkdir()
    shutil.copy(Path(sys.executable).resolve(), folder / "python")
    (folder / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\n")
    start = "from installer_gui.privileged.__main__ import main; sys.exit(main(sys.argv[1:]))"
    lines = (f"#!{folder}/python -I", "import sys", "sys.path.insert(0, '/mnt/product')", start, "")
    (folder / "driftklar-probe").write_text("\n".join(lines))
    (folder / "driftklar-probe").chmod(0o755)
    for name in ("python", "driftklar-probe"):
        subprocess.run(("setcap", rights, folder / name), check=True)
    ENVIRONMENT["DRIFTKLAR_PROBE"] = str(folder / "driftklar-probe")


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def expect(what: str, seen: Any, wanted: Any) -> None:
    """Note whether something is as it should be, and go on."""
    if seen == wanted:
        say(f"  ok    {what}: {seen}")
    else:
        say(f"  WRONG {what}: {seen}, expected {wanted}")
        _failed.append(what)


def end() -> None:
    """The job's exit code."""
    say(f"{len(_failed)} wrong" + "".join(f"\n  {what}" for what in _failed))
    os._exit(1 if _failed else 0)
