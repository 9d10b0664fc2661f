"""The Windows Python of the lab, and what a job expects of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[3]
PACKAGES = ("pytest", "pytest-timeout", "pytest-randomly", "hypothesis", "psutil", "dnspython", "ntplib", "tzdata")
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Lab:
    folder: Path

    def build(self) -> int:
        """Make what is missing, with the pinned versions."""
        pins = ("-c", str(PROJECT / "requirements" / "dev.txt"))
        return self.call("build", *pins, *PACKAGES, "cryptography").returncode

    def call(
        self, *words: str, environment: Mapping[str, str] = NOTHING, before: Sequence[str] = (), quiet: bool = False
    ) -> subprocess.CompletedProcess[str]:
        """Run `winlab.sh`; `before` are words before it, such as those that enter a network namespace."""
        return subprocess.run(
            [*before, str(self.folder / "winlab.sh"), *words],
            cwd=PROJECT,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE if quiet else None,
            text=True,
            timeout=1800,
            check=False,
        )

    def document(self, *words: str, **options: Any) -> dict[str, Any]:
        """What a command of the product prints as JSON, with its exit code."""
        done = self.call("python", "-m", "installer_gui", *words, "--format", "json", quiet=True, **options)
        found: dict[str, Any] = json.loads(done.stdout) if done.stdout.strip() else {}
        return {**found, "exit": done.returncode}


class Expectations:
    """Notes what is not as it should be, and goes on."""

    def __init__(self) -> None:
        self.wrong = 0

    def __call__(self, what: str, seen: Any, wanted: Any) -> None:
        right = seen == wanted
        self.wrong += not right
        sys.stdout.write(f"  {'ok   ' if right else 'WRONG'} {what}: {seen}{'' if right else f', expected {wanted}'}\n")
        sys.stdout.flush()


def windows_path(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")
