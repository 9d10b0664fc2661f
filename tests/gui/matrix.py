"""What the audits go through: every language and a pseudo-language, every size, every theme, every state of a job.

The ordinary tests take so few of all combinations that each two values still meet once. With DRIFTKLAR_AUDIT set to a
folder (`nox -s audit`) all are taken, and a picture of each page is kept there.
"""

from __future__ import annotations

import itertools
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from installer_gui import i18n
from installer_gui.domain.finding import Severity
from installer_gui.domain.job import Connection, Job
from installer_gui.domain.wifi import Band, Network
from installer_gui.gui.shell import Shell
from installer_gui.gui.theme import ThemeName
from installer_gui.gui.view import Live
from installer_gui.gui.widgets.keyed_list import KeyedList
from installer_gui.i18n import LANGUAGES, Catalogue
from installer_gui.session import flow, later

from . import jobs

FOLDER = os.environ.get("DRIFTKLAR_AUDIT", "")
PSEUDO = "xx"
_ACCENTS = str.maketrans("aeinouyAEINOU", "áéíñóúýÁÉÍÑÓÚ")
_WORDS = re.compile(r"(\{\w+\})")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Room:
    """A window in logical pixels, and the size of text in it."""

    width: int
    height: int
    scale: float = 1.0

    def __str__(self) -> str:
        return f"{self.width}x{self.height}" + (f"-{self.scale:.0%}" if self.scale != 1.0 else "")


TIGHT = Room(910, 512, 1.5)
# 910 × 512 is what 1366 × 768 leaves where the system draws everything at 150 %
ROOMS = (Room(1366, 768), Room(1024, 600), Room(910, 512), Room(1366, 768, 1.5), TIGHT)
THEMES = (ThemeName.LIGHT, ThemeName.DARK, ThemeName.SUN)
STATES = {
    "empty": lambda: jobs.described(Connection.WIFI),
    "wifi-fail": lambda: jobs.measured(Severity.FAILURE, Connection.WIFI),
    "wifi-pass": lambda: jobs.measured(Severity.OK, Connection.WIFI),
    "plc-warn": lambda: jobs.measured(Severity.WARNING, Connection.PLC),
    "lte-m-skipped": lambda: jobs.unmeasured("skipped", Connection.LTE_M, "no-access"),
    "nothing": jobs.empty,
    "outdated": lambda: jobs.outdated(Connection.PLC),
    "not-permitted": lambda: jobs.unmeasured("permission-denied"),
    "waiting": lambda: later.put_off(jobs.measured(Severity.OK), jobs.PROFILE),
    "broken": lambda: jobs.unmeasured("broken"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """One combination."""

    language: str
    room: Room
    worn: ThemeName
    state: str

    def __str__(self) -> str:
        return f"{self.language}-{self.room}-{self.worn}-{self.state}"


def cases() -> list[Case]:
    """All combinations, or so few that every two values meet."""
    everything = [row for row in itertools.product((*LANGUAGES, PSEUDO), ROOMS, THEMES, STATES) if possible(*row[:2])]
    return [Case(*row) for row in (everything if FOLDER else pairwise(everything))]


def possible(language: str, room: Room) -> bool:
    """Words a third longer than those of any of our languages need not fit the smallest window in the largest type."""
    return language != PSEUDO or room != TIGHT


def pairwise(rows: list[tuple[T, ...]]) -> list[tuple[T, ...]]:
    """Rows, one after the other the one with the most pairs that no earlier one has."""
    chosen: list[tuple[T, ...]] = []
    missing = {pair for row in rows for pair in _pairs(row)}
    while missing:
        best = max(rows, key=lambda row: len(missing.intersection(_pairs(row))))
        chosen.append(best)
        missing -= set(_pairs(best))
    return chosen


def _pairs(row: tuple[T, ...]) -> Iterator[tuple[tuple[int, T], tuple[int, T]]]:
    yield from itertools.combinations(enumerate(row), 2)


def pseudo() -> Catalogue:
    """English with accents, a third longer and in brackets: what is cut off or was never looked up shows."""
    english = i18n.load("en")
    return Catalogue(PSEUDO, {code: tuple(map(_stretched, forms)) for code, forms in english._texts.items()})


def _stretched(text: str) -> str:
    parts = _WORDS.split(text)
    accented = "".join(part if _WORDS.fullmatch(part) else part.translate(_ACCENTS) for part in parts)
    words = [word for word in text.split() if "{" not in word] or ["x"]
    more = (word for word in itertools.cycle(words))
    extra = ""
    while len(extra) < len(text) * 0.35 - 1:
        extra += f" {next(more)}"
    return f"[{accented}{extra[: max(1, round(len(text) * 0.35))].rstrip()}]"


def each_page(shell: Shell, job: Job) -> list[flow.Page]:
    shell.wizard.take(job)
    shell.wizard.refresh_now()
    return list(flow.path(job))


def show(shell: Shell, page: flow.Page) -> None:
    """A page with a network in the air, once everything on it has been built."""
    own = Network("LADD-GARAGE", b"LADD-GARAGE", "00:00:5e:00:53:01", 2437, 6, Band.B2_4, -77)
    shell.wizard.survey.live = Live((own,), ((time.monotonic(), -77),))  # the widest number with the longest remedy
    shell.wizard.go(page)
    lists = shell.current().findChildren(KeyedList)
    QApplication.processEvents()
    while any(each.busy for each in lists):
        QApplication.processEvents()
    for _ in range(4):
        QApplication.processEvents()
    for _ in range(4):  # what came in last is laid out, and nothing more is let in
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def photograph(shell: Shell, case: Case, page: flow.Page) -> None:
    """Keep a picture to be looked at."""
    if FOLDER and case.state in ("wifi-fail", "plc-warn", "lte-m-skipped"):
        shell.grab().save(str(Path(FOLDER) / f"{page.code}-{case}.png"))


def note(case: Case, found: object) -> None:
    """Keep what was found beside the pictures, while the others are still looked at."""
    if FOLDER and found:
        with (Path(FOLDER) / "found.txt").open("a", encoding="utf-8") as file:
            file.write(f"{case}: {found}\n")
