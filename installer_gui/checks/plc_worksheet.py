"""The wiring worksheet of a powerline site: what each module serves, and whether the numbers fit together.

Source: the maker's page on Power Line Communication: a module to a circuit at least, L1-N-PE alone, a fuse of 10 A,
conductors of 1.5 to 2.5 mm², 90 m, 30 stations a module, a QR code since November 2019.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ..domain.finding import Finding, Quantity, Value
from ..domain.outcome import Measured
from ..domain.profile import Profile
from . import plc_codes as codes
from .confirmation import PLC_WIRING, Answer

RIGHT = frozenset({"L1", "N", "PE"})


class Grid(StrEnum):
    """How the mains are earthed."""

    TN = "TN"
    TT = "TT"
    IT = "IT"


@dataclass(frozen=True, slots=True)
class Module:
    """A module as it is found in the board: its circuit, the stations paired with it, and how it is wired.

    `farthest_m` is the run to its farthest station, `network_cable_m` that of its network cable. `qr_code`: it carries
    one, and the stations were paired by it.
    """

    name: str
    circuit: str
    paired: int
    farthest_m: float
    network_cable_m: float
    fuse_a: float
    conductor_mm2: float
    terminals: frozenset[str]
    qr_code: bool


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The whole of it. `stations` counts the site's stations by circuit, "" for those whose circuit is not known."""

    modules: tuple[Module, ...]
    stations: Mapping[str, int]
    same_phase_order: bool
    earth_checked: bool
    grid: Grid

    @property
    def paired(self) -> int:
        return sum(module.paired for module in self.modules)

    @property
    def listed(self) -> int:
        return sum(self.stations.values())

    @property
    def without_module(self) -> tuple[str, ...]:
        """Circuits that have stations and no module."""
        served = {module.circuit for module in self.modules}
        return tuple(circuit for circuit in self.stations if circuit and circuit not in served)

    @property
    def shared(self) -> Mapping[str, tuple[str, ...]]:
        """Modules that stand on several circuits, with those."""
        circuits: dict[str, list[str]] = {}
        for module in self.modules:
            circuits.setdefault(module.name, []).append(module.circuit)
        return {name: tuple(found) for name, found in circuits.items() if len(found) > 1}

    @property
    def differences(self) -> tuple[str, ...]:
        """Where the modules do not have the stations that the list has: "circuit: paired ≠ listed", the sum last."""
        paired = Counter[str]()
        for module in self.modules:
            paired[module.circuit] += module.paired
        told = [
            f"{circuit}: {paired[circuit]} ≠ {count}"
            for circuit, count in self.stations.items()
            if circuit in paired and paired[circuit] != count and "" not in self.stations
        ]
        return (*told, f"Σ {self.paired} ≠ {self.listed}") if self.paired != self.listed else tuple(told)


def answers(sheet: Worksheet) -> Mapping[str, Answer]:
    """What the worksheet says to the questions on the wiring. At least one module is on it."""
    return {
        "terminals": all(module.terminals == RIGHT for module in sheet.modules),
        "phase-order": sheet.same_phase_order,
        "earth": sheet.earth_checked,
        "modules": not sheet.without_module and not sheet.shared,
        "encrypted": all(module.qr_code for module in sheet.modules),
        "cable": max(max(module.farthest_m, module.network_cable_m) for module in sheet.modules),
        "stations": max(module.paired for module in sheet.modules),
    }


def evaluate(sheet: Worksheet, by: str, at: datetime, profile: Profile) -> Measured:
    """The answers, a line for each module, and what does not fit. Raises BadInput where nobody stands for it."""
    told = PLC_WIRING.answered(answers(sheet), by, at).findings
    return Measured((*told, *map(_line, sheet.modules), *_sums(sheet), *_supply(sheet, profile), *_grid(sheet)))


def _line(module: Module) -> Finding:
    evidence: dict[str, Value] = {
        "module": module.name,
        "circuit": module.circuit,
        "paired": Quantity(module.paired, "stations"),
        "farthest": Quantity(module.farthest_m, "m"),
        "terminals": "-".join(sorted(module.terminals)),
    }
    return Finding(codes.SHEET_MODULE.name, evidence=evidence)


def _sums(sheet: Worksheet) -> Iterator[Finding]:
    if sheet.differences:
        yield Finding(codes.SHEET_DIFFERS.name, evidence={"differences": sheet.differences})
    if sheet.without_module:
        yield Finding(codes.SHEET_WITHOUT_MODULE.name, evidence={"circuits": sheet.without_module})
    for name, circuits in sheet.shared.items():
        yield Finding(codes.SHEET_SHARED.name, evidence={"module": name, "circuits": circuits})
    if not (sheet.differences or sheet.without_module or sheet.shared):
        evidence: dict[str, Value] = {
            "modules": Quantity(len(sheet.modules), "modules"),
            "stations": Quantity(sheet.paired, "stations"),
        }
        yield Finding(codes.SHEET_FITS.name, evidence=evidence)


def _supply(sheet: Worksheet, profile: Profile) -> Iterator[Finding]:
    limits = profile.values
    for module in sheet.modules:
        thick = limits["plc_conductor_least"] <= module.conductor_mm2 <= limits["plc_conductor_most"]
        if module.fuse_a != limits["plc_fuse"] or not thick:
            evidence: dict[str, Value] = {
                "module": module.name,
                "fuse": Quantity(module.fuse_a, "A"),
                "conductor": Quantity(module.conductor_mm2, "mm²"),
            }
            yield Finding(codes.SHEET_SUPPLY.name, evidence=evidence)


def _grid(sheet: Worksheet) -> Iterator[Finding]:
    if sheet.grid is Grid.IT:
        yield Finding(codes.SHEET_GRID.name)
