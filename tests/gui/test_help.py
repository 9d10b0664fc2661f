"""Help that needs no network: every page, every number, every language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from installer_gui import i18n
from installer_gui.domain.finding import Severity
from installer_gui.gui import help as topics
from installer_gui.gui.dialogs.help import HelpDialog
from installer_gui.gui.widgets.reading import Reading
from installer_gui.gui.widgets.row import StatusRow
from installer_gui.i18n import LANGUAGES
from installer_gui.session.flow import Page

from . import jobs
from .hands import MakeShell, field, texts, write

LEDGER = Path(__file__).parents[1] / "architecture" / "numbers.json"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_help(language: str) -> None:
    words = i18n.load(language)
    for page in Page:
        topic = topics.about_page(page, words)
        assert topic.title.startswith(f"{page.code} · ")
        assert len(topics.sections(language)[page.code]) > 80


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_that_can_be_read_on_the_screen_has_its_help(language: str) -> None:
    words, known = i18n.load(language), json.loads(LEDGER.read_text(encoding="utf-8"))
    numbers = topics.numbers(jobs.RULES)
    assert numbers.keys() <= set(known.values())
    for number, code in numbers.items():
        topic = topics.about_finding(number, jobs.RULES, words)
        assert topic is not None
        assert topic.title.startswith(f"{number} · ")
        assert words.text("gui.detail.meaning") in topic.text, code.name
        if code.severity in (Severity.WARNING, Severity.FAILURE):
            assert words.text("gui.detail.remedy") in topic.text, code.name


def test_the_help_of_all_languages_has_the_same_parts() -> None:
    parts = [list(topics.sections(language)) for language in LANGUAGES]
    assert parts[0] == parts[1] == parts[2]
    ours = {page.code for page in Page} | {topics.KEYS}
    assert {int(part) for part in set(parts[0]) - ours} <= topics.numbers(jobs.RULES).keys()


def test_no_help_speaks_of_one_case() -> None:
    words = i18n.load("en")
    everything = [topics.about_finding(number, jobs.RULES, words) for number in topics.numbers(jobs.RULES)]
    assert not [topic.title for topic in everything if topic and re.search(r"\{\w+\}", topic.title + topic.text)]


def test_f1_tells_about_the_page_and_a_number_is_looked_up(make_shell: MakeShell) -> None:
    shell = make_shell("en", page=Page.WIFI, job=jobs.described())
    QTest.keyClick(shell, Qt.Key.Key_F1)
    dialog = shell.findChild(HelpDialog)
    assert dialog is not None
    reading = dialog.findChild(Reading)
    assert reading is not None
    assert reading.accessibleName().startswith("W5 · ")
    number = field(dialog, "Look up a number from a row")
    write(number, "522")
    assert reading.toPlainText().startswith("522 · ")
    write(number, "999")
    assert reading.toPlainText().startswith("W5 · ")
    assert "There is no row with that number." in texts(dialog)


def test_f1_in_a_row_tells_about_its_finding(make_shell: MakeShell) -> None:
    shell = make_shell("en", page=Page.INTERNET, job=jobs.measured(Severity.FAILURE))
    row = next(row for row in shell.findChildren(StatusRow) if row.isVisible() and row.number)
    row._fold.setFocus()
    QTest.keyClick(row._fold, Qt.Key.Key_F1)
    reading = shell.findChild(Reading)
    assert reading is not None
    assert reading.accessibleName().startswith(f"{row.number} · ")
