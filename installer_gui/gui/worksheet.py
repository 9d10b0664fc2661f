"""The wiring worksheet while it is typed: text in, modules and sums out. Qt-free."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..checks.plc_worksheet import RIGHT, Module, Worksheet
from ..domain.job import Connection, Job
from ..domain.profile import Profile
from ..i18n import Catalogue, numbers
from ..session.stations import printable
from .looks import Look

COLUMNS = ("name", "circuit", "paired", "farthest", "cable", "fuse", "conductor")
OTHER = frozenset({"L1", "L2", "L3", "N", "PE"})  # when it is not L1-N-PE alone
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """What is asked of all modules together."""

    only_l1: bool = False
    same_phase_order: bool = False
    earth_checked: bool = False
    qr_code: bool = False


def begin(job: Job, profile: Profile, words: Catalogue) -> tuple[Row, ...]:
    """A row for each circuit that has stations, with what is usual; one row where circuits are not known."""
    counted = Counter(station.circuit for station in job.stations_on(Connection.PLC)) or Counter({"": 0})
    fuse, conductor = profile.values["plc_fuse"], profile.values["plc_conductor_least"]
    usual = (numbers.number(fuse, words.language), numbers.number(conductor, words.language))
    return tuple(
        (words.text("gui.worksheet.module", number=number), circuit, str(count), "", "", *usual)
        for number, (circuit, count) in enumerate(sorted(counted.items()), 1)
    )


def modules(rows: Sequence[Row], site: Site) -> tuple[Module, ...] | None:
    """The modules; None while something is missing, or is no number."""
    found = [_module(row, site) for row in rows if any(map(printable, row))]
    whole = tuple(module for module in found if module is not None)
    return whole if found and len(whole) == len(found) else None


def sums(sheet: Worksheet | None, words: Catalogue) -> tuple[Look, str]:
    """Whether modules, circuits and stations go together, in words."""
    if sheet is None:
        return Look.UNTESTED, words.text("gui.worksheet.open")
    if sheet.without_module:
        return Look.FAIL, words.text("finding.plc.sheet-without-module.title", circuits=sheet.without_module)
    for module, circuits in sheet.shared.items():
        return Look.FAIL, words.text("finding.plc.sheet-shared.title", module=module, circuits=circuits)
    if sheet.differences:
        return Look.WARN, words.text("finding.plc.sheet-differs.title", differences=sheet.differences)
    return Look.PASS, words.text("gui.worksheet.fits", modules=len(sheet.modules), stations=sheet.paired)


def _module(row: Row, site: Site) -> Module | None:
    name, circuit, *rest = map(printable, row)
    values = [_number(text) for text in rest]
    paired, farthest, cable, fuse, conductor = values
    if not name or not circuit or None in values or paired != int(paired or 0):
        return None
    terminals = RIGHT if site.only_l1 else OTHER
    return Module(
        name, circuit, int(paired or 0), farthest or 0, cable or 0, fuse or 0, conductor or 0, terminals, site.qr_code
    )


def _number(text: str) -> float | None:
    """As people write it, with either decimal sign; nothing below zero."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value < float("inf") else None
