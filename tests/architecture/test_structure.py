"""The shape of the code: layers, sizes, and checks that nobody forgot."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from installer_gui import checks, profiles
from installer_gui.checks.context import Check
from installer_gui.domain.job import Connection
from installer_gui.domain.outcome import Fact

ROOT = Path(__file__).resolve().parents[2]
PROFILE = profiles.load("zaptec-pro")
LONGEST = 400


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def test_no_layer_imports_what_stands_above_it() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in sources("installer_gui", "tests", "packaging")
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert long == {}


def _is_check(thing: object, module: str) -> bool:
    return inspect.isclass(thing) and thing.__module__ == module and hasattr(thing, "run") and hasattr(thing, "info")


def _everything() -> set[Check]:
    return {check for connection in Connection for check in checks.network(PROFILE, connection)}


def test_every_check_that_is_written_is_also_run() -> None:
    registered = {type(check).__name__ for check in _everything()}
    for module in pkgutil.iter_modules(checks.__path__):
        there = importlib.import_module(f"installer_gui.checks.{module.name}")
        written = {
            name for name, thing in vars(there).items() if _is_check(thing, there.__name__) and thing is not Check
        }
        assert written <= registered, module.name


def test_check_ids_are_unique() -> None:
    ids = [info.id for info in checks.infos(PROFILE)]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("profile", profiles.available())
def test_every_check_that_a_profile_requires_exists(profile: str) -> None:
    loaded = profiles.load(profile)
    required = {check for group in loaded.required.values() for check in group}
    assert required <= {info.id for info in checks.infos(loaded)}


@pytest.mark.parametrize("profile", profiles.available())
def test_every_limit_that_a_scale_names_is_in_the_profile(profile: str) -> None:
    loaded = profiles.load(profile)
    named = {scale.limit for info in checks.infos(loaded) for scale in info.scales}
    assert named <= set(loaded.limits)
    assert set(loaded.limits) <= named, "a limit that nothing is held against"


@pytest.mark.parametrize("connection", Connection)
def test_facts_have_givers_and_never_wait_for_each_other_in_a_ring(connection: Connection) -> None:
    made = checks.network(PROFILE, connection)
    givers: dict[type[Fact], set[str]] = {}
    for check in made:
        for kind in check.gives:
            givers.setdefault(kind, set()).add(check.info.id)
    needed = {kind for check in made for kind in check.needs}
    assert needed <= set(givers)
    graph = {check.info.id: {giver for kind in check.needs for giver in givers[kind]} for check in made}
    assert set(TopologicalSorter(graph).static_order()) == {check.info.id for check in made}


@pytest.mark.parametrize("connection", Connection)
def test_every_check_has_a_time_limit_of_its_own(connection: Connection) -> None:
    assert all(0 < check.timeout_s <= 300 for check in checks.network(PROFILE, connection))
