"""Every page, in states that fill it, at every size, in every language."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolButton

from installer_gui.domain.finding import Severity
from installer_gui.domain.job import Connection, Job
from installer_gui.domain.wifi import Band, Network
from installer_gui.gui.shell import Shell
from installer_gui.gui.theme import ThemeName
from installer_gui.gui.view import Live
from installer_gui.gui.widgets.keyed_list import KeyedList
from installer_gui.session import flow

from . import audit, jobs

MakeShell = Callable[..., Shell]
SIZES = [(1366, 768), (1024, 600), (910, 512)]
LANGUAGES = ["sv", "nb", "en"]


def states() -> dict[str, Job]:
    return {
        "wifi-empty": jobs.described(Connection.WIFI),
        "wifi-fail": jobs.measured(Severity.FAILURE, Connection.WIFI),
        "wifi-pass": jobs.measured(Severity.OK, Connection.WIFI),
        "plc-warn": jobs.measured(Severity.WARNING, Connection.PLC),
        "lte-m-skipped": jobs.unmeasured("skipped", Connection.LTE_M, "no-access"),
        "nothing": jobs.empty(),
    }


def each_page(shell: Shell, job: Job) -> list[flow.Page]:
    shell.wizard.take(job)
    return list(flow.path(job))


def show(shell: Shell, page: flow.Page) -> None:
    own = Network("LADD-GARAGE", b"LADD-GARAGE", "00:00:5e:00:53:01", 2437, 6, Band.B2_4, -77)
    shell.wizard.survey.live = Live((own,), ((time.monotonic(), -77),))  # the widest number with the longest remedy
    shell.wizard.go(page)
    lists = shell.current().findChildren(KeyedList)
    QApplication.processEvents()
    while any(each.busy for each in lists):
        QApplication.processEvents()
    for _ in range(4):
        QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_nothing_is_cut_off_or_too_small_to_hit(make_shell: MakeShell, spoken: str, size: tuple[int, int]) -> None:
    shell = make_shell(spoken, size=size, demo="healthy")
    found = {}
    for state, job in states().items():
        for page in each_page(shell, job):
            show(shell, page)
            if faults := (audit.overflow(shell), audit.small_targets(shell)):
                found[state, page.value] = faults
    assert {key: faults for key, faults in found.items() if any(faults)} == {}


@pytest.mark.parametrize("scale", [1.25, 1.5])
def test_larger_text_is_not_cut_off(make_shell: MakeShell, qapp: QApplication, scale: float) -> None:
    shell = make_shell("nb", size=(1366, 768))
    shell._rescale(scale)
    found = {}
    for state, job in states().items():
        for page in each_page(shell, job):
            show(shell, page)
            if faults := audit.overflow(shell):
                found[state, page.value] = faults
    shell._rescale(1.0)
    assert found == {}


@pytest.mark.parametrize("state", states())
def test_everything_has_a_name_and_is_reached_by_tab(make_shell: MakeShell, state: str) -> None:
    shell = make_shell("sv", size=(1366, 768))
    found = {}
    for page in each_page(shell, states()[state]):
        show(shell, page)
        found[page.value] = (audit.nameless(shell), audit.unreachable(shell))
    assert {page: faults for page, faults in found.items() if any(faults)} == {}


@pytest.mark.parametrize("worn", [ThemeName.LIGHT, ThemeName.DARK, ThemeName.SUN])
def test_text_stands_out_from_its_ground(make_shell: MakeShell, worn: ThemeName) -> None:
    shell = make_shell("nb", worn, size=(1366, 768), demo="healthy")
    found = {}
    for state in ("wifi-fail", "plc-warn", "lte-m-skipped"):
        for page in each_page(shell, states()[state]):
            show(shell, page)
            if faults := audit.low_contrast(shell):
                found[state, page.value] = faults
    assert found == {}


def test_the_audit_finds_what_it_looks_for(make_shell: MakeShell) -> None:
    shell = make_shell()
    small = QToolButton(shell)
    small.setGeometry(400, 5, 20, 20)
    faint = QLabel("faint", shell)
    faint.setStyleSheet("color: #cccccc; background: #ffffff")
    faint.setGeometry(430, 5, 120, 20)
    cut = QLabel("a sentence that is much too long for its label", shell)
    cut.setGeometry(600, 5, 40, 20)
    alone = QLabel(shell)
    alone.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    alone.setGeometry(700, 5, 44, 44)
    for widget in (small, faint, cut, alone):
        widget.show()
    QApplication.processEvents()
    assert audit.small_targets(shell)
    assert audit.nameless(shell)
    assert any(text == "faint" for text, _ in audit.low_contrast(shell))
    assert any(text.startswith("a sentence") for _, text in audit.overflow(shell))
