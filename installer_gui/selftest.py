"""What a packaged program must be able to do, tried in the program itself: `driftklar --selftest`.

A frozen program that starts may still lack a library, a plugin or a file that is only loaded later. Prints one JSON
document; exit code 0 when all trials passed, 70 otherwise.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import io
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

LIBRARIES = (
    "PySide6.QtWidgets", "cryptography.x509", "dns.message", "keyring", "ntplib", "psutil", "pyhanko.sign.signers",
    "segno", "tzdata", "typst",
)  # fmt: skip
PASSED, FAILED = 0, 70
SECRET = "of a key that is thrown away"


def main() -> int:
    """Run all trials, also those after one that failed."""
    results = {trial.__name__: _outcome(trial) for trial in (libraries, resources, window, network, certificate, probe)}
    passed = all(result == "ok" for result in results.values())
    sys.stdout.write(
        json.dumps({"schema": "driftklar.selftest/1", "passed": passed, "trials": results}, indent=2) + "\n"
    )
    return PASSED if passed else FAILED


def libraries() -> None:
    """Everything that is imported only when it is needed."""
    for name in LIBRARIES:
        importlib.import_module(name)


def resources() -> None:
    """Profiles with their roots, and the words and the help of all languages."""
    from . import i18n, profiles
    from .gui import help as topics

    for profile_id in profiles.available():
        for endpoint in profiles.load(profile_id).endpoints:
            if endpoint.roots:
                profiles.roots(endpoint.roots)
    for language in i18n.LANGUAGES:
        if not i18n.load(language).has("verdict", "passed") or topics.KEYS not in topics.sections(language):
            raise LookupError(language)


def window() -> None:
    """Qt finds its plugins, and the first page can be painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from .gui.start import open_window

    application = QApplication([])
    opened = open_window(application, "healthy", "sv", "light", "zaptec-pro", None)
    opened.show()
    application.processEvents()
    if opened.grab().isNull():
        raise RuntimeError("nothing was painted")
    opened.close()


def network() -> None:
    """A run of the network checks on a simulated site, over real sockets."""
    from .cli.main import main as command_line

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "run.dkjob")
        with contextlib.redirect_stdout(io.StringIO()):
            code = command_line(
                ["simulate", "--site", "healthy", "--", "check", "--save", str(out), "--format", "json"]
            )
        if code != PASSED or not out.is_file():
            raise RuntimeError(f"exit code {code}")


def certificate() -> None:
    """A certificate is drawn, signed by an identity made for it, and verified."""
    from . import profiles
    from .certificate.identity import Store
    from .certificate.issue import holder_of, issue
    from .session import jobs

    profile = profiles.load("zaptec-pro")
    job = jobs.new(profile, demo="selftest")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder, "identities"), Path(folder, "keys"))
        signer = store.unlock(store.create(holder_of(job), datetime.now().astimezone(), SECRET), SECRET)
        issue(job, profile, "sv", signer, Path(folder, "certificate.pdf"))


def probe() -> None:
    """The program that runs with rights starts, has the protocol that is spoken here, and refuses what it should."""
    if sys.platform == "linux":
        from .platforms.linux.helper import START_S, Helper
        from .platforms.linux.probe import start

        asyncio.run(_refuses(start(Helper().command(), "lo", START_S, stay=False)))


async def _refuses(starting: Awaitable[Any]) -> None:
    from .ports.unavailable import Unavailable

    talk = await starting
    try:
        await talk.ask("dhcp-request")
    except Unavailable as refused:
        if "unknown-request" in refused.detail:
            return
        raise
    raise RuntimeError("a request that is not on the list was carried out")


def _outcome(trial: Callable[[], None]) -> str:
    """Whatever a trial raises is its result; the other trials still run."""
    try:
        trial()
    except BaseException:  # noqa: BLE001 - a missing library may end in SystemExit
        return traceback.format_exc(limit=-3)
    return "ok"
