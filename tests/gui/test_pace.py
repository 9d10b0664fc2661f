"""Nothing holds the window up: what is long is done in slices, ahead, or not at all where nothing has changed."""

from __future__ import annotations

import gc
import linecache
import sys
import time

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from installer_gui import i18n
from installer_gui.gui import pages
from installer_gui.gui.garbage import Collector
from installer_gui.gui.shell import Shell
from installer_gui.gui.widgets.keyed_list import SLICE_S, KeyedList
from installer_gui.session.flow import Page

from .hands import MakeShell

ITEMS = [(key, key) for key in range(8)]


class Slow:
    """Makes widgets, each of which takes a third of a slice."""

    def __init__(self) -> None:
        self.made = 0

    def list(self, qtbot: QtBot) -> KeyedList[int, int, QWidget]:
        made: KeyedList[int, int, QWidget] = KeyedList(self._make, lambda *_: None)
        qtbot.addWidget(made)
        return made

    def _make(self, _: int) -> QWidget:
        self.made += 1
        time.sleep(SLICE_S / 3)
        return QWidget()


def test_lists_that_are_filled_together_share_one_slice(qtbot: QtBot) -> None:
    slow = Slow()
    lists = [slow.list(qtbot) for _ in range(4)]
    QApplication.processEvents()
    for each in lists:
        each.show_items(ITEMS, i18n.load("en"))
    assert len(lists) <= slow.made <= 3 + len(lists) - 1
    qtbot.waitUntil(lambda: not any(each.busy for each in lists), timeout=10_000)
    assert slow.made == len(lists) * len(ITEMS)
    assert all(each.widget(key).isVisibleTo(each) for each in lists for key, _ in ITEMS)


def test_the_page_that_comes_next_is_loaded_before_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("site", "review"):
        pages.load(Page(name))
        monkeypatch.delitem(sys.modules, f"{pages.__name__}.{name}")
    assert pages.load_ahead(Page.REVIEW)
    assert f"{pages.__name__}.review" in sys.modules
    assert f"{pages.__name__}.site" not in sys.modules


def test_a_computer_that_is_as_it_was_is_not_drawn_again(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell: Shell = make_shell()
    measuring, drawn = shell.wizard.measuring, list[int]()
    with qtbot.waitSignal(measuring.looked, timeout=10_000):
        measuring.look_at_tool()
    QApplication.processEvents()
    shell.wizard.changed.connect(lambda: drawn.append(1))
    with qtbot.waitSignal(measuring.looked, timeout=10_000):
        measuring.look_at_tool()
    assert not drawn


def test_what_the_program_consists_of_is_not_gone_through_again_and_again(qapp: QApplication) -> None:
    assert gc.get_freeze_count() > 10_000
    linecache.getlines(__file__)
    collector = Collector()
    assert not linecache.cache
    collector.stop()
    assert not gc.get_freeze_count()
    gc.disable()
    gc.freeze()  # as it was before
