"""Runs the command line in this process, on a computer whose checks are played."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from installer_gui import checks, profiles
from installer_gui.checks.context import Context, Exclusive
from installer_gui.cli.main import main
from installer_gui.domain.check import Area, CheckInfo
from installer_gui.domain.finding import Code, Finding, Quantity, Responsible, Severity
from installer_gui.domain.lease import Lease
from installer_gui.domain.names import Answer, NameStatus
from installer_gui.domain.network import Interface, InterfaceKind
from installer_gui.domain.outcome import Fact, Measured, NotApplicable
from installer_gui.ports.platform import Platform
from installer_gui.ports.unavailable import Reason, Unavailable

EXPECTED = Code("traffic.expected", 150, Severity.INFO)
FINE = Code("names.resolved", 901, Severity.OK)
SLOW = Code("names.slow", 902, Severity.WARNING, Responsible.NETWORK_OWNER)
DEAD = Code("names.no-answer", 903, Severity.FAILURE, Responsible.NETWORK_OWNER)
ALL_CODES = (EXPECTED, FINE, SLOW, DEAD)
Play = Callable[[Context], Any]


def saw(*codes: Code, **evidence: Any) -> Play:
    async def play(ctx: Context) -> Measured:
        return Measured(tuple(Finding(code.name, evidence=evidence) for code in codes))

    return play


def cannot(reason: Reason) -> Play:
    async def play(ctx: Context) -> Measured:
        raise Unavailable(reason)

    return play


async def breaks(ctx: Context) -> Measured:
    raise KeyError("bug")


async def hangs(ctx: Context) -> Measured:
    await asyncio.sleep(60)
    return Measured(())


@dataclass(frozen=True)
class Played:
    """A check that does what the test says."""

    id: str
    play: Play
    area: Area = Area.DNS
    needs: tuple[type[Fact], ...] = ()
    gives: tuple[type[Fact], ...] = ()
    timeout_s: float = 90.0
    exclusive: Exclusive | None = None

    @property
    def info(self) -> CheckInfo:
        return CheckInfo(self.id, self.area, ALL_CODES)

    async def run(self, ctx: Context) -> Measured | NotApplicable:
        result: Measured | NotApplicable = await self.play(ctx)
        return result


async def _prepare(roots: Any) -> None:
    return None


class AnyName:
    """A resolver beyond the router, so that nothing seems to keep the computer in."""

    async def ask(self, server: str, name: str, kind: str = "A", **_: Any) -> Answer:
        return Answer(server, name, NameStatus.NXDOMAIN)


class Computer:
    """Interfaces that can be pulled out, and no network behind them."""

    def __init__(self) -> None:
        self.plugged = [
            Interface("tun0", 3, InterfaceKind.VPN, addresses=("10.8.0.2/24",), gateway="10.8.0.1"),
            Interface("eth0", 2, InterfaceKind.ETHERNET, "02:00:00:00:00:01", ("192.168.1.57/24",), (), "192.168.1.1"),
        ]
        self.name = "test"
        self.demo = ""
        self.wifi: Any = None
        self.powerline: Any = None

    def interfaces(self) -> tuple[Interface, ...]:
        return tuple(self.plugged)

    def lease(self, interface: Interface) -> Lease:
        return Lease(dhcp=True)

    @property
    def platform(self) -> Platform:
        nothing: Any = None
        system: Any = self
        network: Any = SimpleNamespace(
            connect=SimpleNamespace(prepare=_prepare),
            names=AnyName(),
            dhcp=nothing,
            link=nothing,
            timesync=nothing,
            powerline=self.powerline,
            backend="played",
        )
        return Platform(self.name, system, self.wifi, lambda interface: network, self.demo)


@pytest.fixture
def computer() -> Computer:
    return Computer()


@dataclass
class Ran:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def driftklar(
    computer: Computer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Callable[..., Ran]]:
    """Runs one command; errors that Python would print as a traceback are raised."""
    monkeypatch.setenv("DRIFTKLAR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def run(*argv: str) -> Ran:
        capsys.readouterr()
        try:
            code = main(argv, computer.platform)
        except SystemExit as left:
            code = left.code if isinstance(left.code, int) else 1
        return Ran(code, *capsys.readouterr())

    yield run
    for name in ("installer_gui", "asyncio"):
        logger = logging.getLogger(name)
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
            handler.close()
        logger.propagate = True


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Puts played checks in the place of the real ones, and a profile that requires them alone."""
    load = profiles.load

    def play(**plays: Play) -> None:
        made = tuple(Played(name.replace("_", "-"), action) for name, action in plays.items())
        required = {"always": tuple(check.id for check in made)}
        monkeypatch.setattr(checks, "infos", lambda profile: tuple(check.info for check in made))
        monkeypatch.setattr(checks, "network", lambda profile, *connections: made)
        monkeypatch.setattr(profiles, "load", lambda name: replace(load(name), required=required))

    return play


@pytest.fixture
def outcomes() -> SimpleNamespace:
    """What a played check can do."""
    return SimpleNamespace(
        fine=saw(FINE),
        note=saw(EXPECTED, day=Quantity(3, "MB"), month=Quantity(90, "MB"), stations=Quantity(1, "stations")),
        slow=saw(FINE, SLOW),
        dead=saw(DEAD),
        nothing=saw(),
        no_rights=cannot(Reason.NEEDS_PRIVILEGE),
        breaks=breaks,
        hangs=hangs,
    )
