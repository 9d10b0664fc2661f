"""The arithmetic of the wiring worksheet: modules, circuits and stations have to fit together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from installer_gui import profiles
from installer_gui.checks.plc_worksheet import Grid, Module
from installer_gui.domain.finding import Grade
from installer_gui.domain.job import Connection, Job, Station
from installer_gui.domain.outcome import Measured
from installer_gui.domain.verdict import weigh
from installer_gui.errors import BadInput
from installer_gui.session import plan, powerline_worksheet, store

PROFILE = profiles.load("zaptec-pro")
NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
RIGHT = frozenset({"L1", "N", "PE"})
MODULE = Module("M1", "F1", 3, 45.0, 10.0, 10.0, 1.5, RIGHT, qr_code=True)
OTHER = replace(MODULE, name="M2", circuit="F2", paired=2)


def job(**circuits: int) -> Job:
    """With so many stations on each circuit; the circuit named "unknown" has none."""
    names = [("" if name == "unknown" else name) for name, count in circuits.items() for _ in range(count)]
    made = tuple(Station(f"A{number}", circuit=circuit) for number, circuit in enumerate(names, 1))
    return Job("JOB0-0000-0001", NOON, PROFILE.id, stations=made, connection=Connection.PLC)


def filled(of: Job, *modules: Module, **changes: Any) -> Job:
    said: dict[str, Any] = {"same_phase_order": True, "earth_checked": True, "grid": Grid.TN} | changes
    sheet = powerline_worksheet.sheet(of, modules, **said)
    return powerline_worksheet.confirm(of, sheet, "Kim Berg", NOON, PROFILE)


def judged(made: Job) -> dict[str, str]:
    (record,) = made.records
    assert isinstance(record.outcome, Measured)
    assert (record.check, record.grade) == ("plc-wiring", Grade.MANUAL)
    rules = plan.rules(PROFILE)
    return {one.code.name: one.severity.value for one in (weigh(f, rules, PROFILE) for f in record.outcome.findings)}


def bad(made: Job) -> set[str]:
    return {code for code, severity in judged(made).items() if severity in ("warning", "failure")}


SITE = job(F1=3, F2=2)


def test_a_site_whose_numbers_fit_is_good() -> None:
    found = judged(filled(SITE, MODULE, OTHER))
    assert set(found.values()) == {"ok", "info"}
    assert {"plc.sheet-fits", "plc.sheet-module", "plc.module-each-circuit", "plc.cable-short"} <= found.keys()


@pytest.mark.parametrize(
    ("site", "modules", "expected"),
    [
        (SITE, (replace(MODULE, paired=2), OTHER), {"plc.sheet-differs"}),
        (SITE, (replace(MODULE, paired=2), replace(OTHER, paired=3)), {"plc.sheet-differs"}),
        (job(unknown=5), (MODULE, OTHER), set()),
        (job(unknown=6), (MODULE, OTHER), {"plc.sheet-differs"}),
        (SITE, (replace(MODULE, paired=5),), {"plc.module-missing", "plc.sheet-without-module", "plc.sheet-differs"}),
        (SITE, (MODULE, replace(OTHER, name="M1")), {"plc.module-missing", "plc.sheet-shared"}),
        (SITE, (replace(MODULE, paired=1), replace(MODULE, name="M3", paired=2), OTHER), set()),
        (job(F1=31), (replace(MODULE, paired=31),), {"plc.module-crowded"}),
        (job(F1=30), (replace(MODULE, paired=30),), set()),
        (SITE, (replace(MODULE, farthest_m=91.0), OTHER), {"plc.cable-long"}),
        (SITE, (replace(MODULE, network_cable_m=91.0), OTHER), {"plc.cable-long"}),
        (SITE, (replace(MODULE, farthest_m=90.0), OTHER), set()),
        (SITE, (replace(MODULE, terminals=RIGHT | {"L2"}), OTHER), {"plc.terminals-wrong"}),
        (SITE, (replace(MODULE, terminals=frozenset({"L1", "N"})), OTHER), {"plc.terminals-wrong"}),
        (SITE, (replace(MODULE, qr_code=False), OTHER), {"plc.not-encrypted"}),
        (SITE, (replace(MODULE, fuse_a=16.0), OTHER), {"plc.sheet-supply"}),
        (SITE, (replace(MODULE, conductor_mm2=4.0), OTHER), {"plc.sheet-supply"}),
        (SITE, (replace(MODULE, conductor_mm2=2.5), OTHER), set()),
    ],
)
def test_what_does_not_fit_is_found(site: Job, modules: tuple[Module, ...], expected: set[str]) -> None:
    assert bad(filled(site, *modules)) == expected


@pytest.mark.parametrize(
    ("change", "code"),
    [({"same_phase_order": False}, "plc.phase-order-mixed"), ({"earth_checked": False}, "plc.earth-bad")],
)
def test_what_is_asked_of_the_whole_site_counts_too(change: dict[str, bool], code: str) -> None:
    assert bad(filled(SITE, MODULE, OTHER, **change)) == {code}


def test_an_it_grid_is_noted() -> None:
    assert judged(filled(SITE, MODULE, OTHER, grid=Grid.IT))["plc.sheet-it-grid"] == "info"


def test_stations_with_another_connection_are_not_counted() -> None:
    far = Station("B1", circuit="F1", connection=Connection.LTE_M)
    site = replace(SITE, stations=(*SITE.stations, far))
    assert bad(filled(site, MODULE, OTHER)) == set()


def test_the_worksheet_lives_in_the_job_file() -> None:
    made = filled(SITE, MODULE, OTHER)
    assert store.decode(store.encode(made), "x") == made


@pytest.mark.parametrize(("modules", "by"), [((), "Kim"), ((MODULE,), " "), ((replace(MODULE, paired=-1),), "Kim")])
def test_an_empty_worksheet_or_one_that_nobody_stands_for_is_refused(modules: tuple[Module, ...], by: str) -> None:
    sheet = powerline_worksheet.sheet(SITE, modules, same_phase_order=True, earth_checked=True, grid=Grid.TN)
    with pytest.raises(BadInput):
        powerline_worksheet.confirm(SITE, sheet, by, NOON, PROFILE)
