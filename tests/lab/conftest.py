"""The laboratory needs root, namespaces and real servers. Where they are missing it says so in one line."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from .outcome import Outcomes
from .situations import Situation

PACKAGES = {
    "unshare": "util-linux",
    "ip": "iproute2",
    "nft": "nftables",
    "dnsmasq": "dnsmasq-base",
    "chronyd": "chrony",
    "mosquitto": "mosquitto",
    "nginx": "nginx-light",
    "setcap": "libcap2-bin",
    "pgrep": "procps",
}


@cache
def lacking() -> str:
    """What keeps the laboratory from being built here, "" for nothing."""
    missing = sorted({package for program, package in PACKAGES.items() if shutil.which(program) is None})
    if missing:
        return f"missing Debian packages: {' '.join(missing)}"
    if os.geteuid() != 0:
        return "needs root"
    return "" if Path("/dev/net/tun").exists() else "needs /dev/net/tun"


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip the whole laboratory where it cannot be built; in CI that is a failure. From here it is one line for all."""
    if reason := lacking():
        message = f"THE LABORATORY WAS NOT RUN: {reason}"
        if os.environ.get("CI") == "true":
            pytest.fail(message, pytrace=False)
        pytest.skip(message)


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest) -> Iterator[Outcomes]:
    """The outcomes of all situations that this session's tests ask for, played in the tests' order."""
    asked = (item.callspec.params.get("situation") for item in request.session.items if hasattr(item, "callspec"))
    made = Outcomes({s.name: s for s in asked if isinstance(s, Situation)})
    yield made
    made.close()
