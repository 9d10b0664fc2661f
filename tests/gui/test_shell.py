"""The window: the path, the keys, saving, taking back, and going on with a job."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from installer_gui.domain.finding import Severity
from installer_gui.domain.job import Connection
from installer_gui.gui import theme
from installer_gui.gui.dialogs.report import ReportDialog
from installer_gui.gui.dialogs.skip import SkipDialog
from installer_gui.gui.shell import Shell
from installer_gui.gui.steps import StepButton
from installer_gui.gui.theme import ThemeName
from installer_gui.gui.widgets.button import Button
from installer_gui.gui.widgets.text import Text
from installer_gui.i18n import LANGUAGES
from installer_gui.session import changes, flow, store
from installer_gui.session.flow import Page

from . import audit, jobs

MakeShell = Callable[..., Shell]


def labels(shell: Shell) -> list[str]:
    return [text.text() for text in shell.findChildren(Text) if text.isVisible()]


@pytest.mark.parametrize("connection", list(Connection))
def test_next_and_back_walk_the_whole_path_and_are_never_disabled(
    make_shell: MakeShell, connection: Connection
) -> None:
    shell = make_shell(job=jobs.described(connection))
    pages = [shell.wizard.page]
    while pages[-1] is not Page.CERTIFICATE:
        assert shell._footer.next.isEnabled()
        shell._footer.next.click()
        pages.append(shell.wizard.page)
    assert tuple(pages) == flow.path(shell.wizard.job)
    while shell.wizard.page is not Page.START:
        assert shell._footer.back.isEnabled()
        shell._footer.back.click()
    assert shell.wizard.job == replace(jobs.described(connection), interface=shell.wizard.job.interface)


def test_next_says_that_it_leaves_points_open_and_goes_on_all_the_same(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.empty(), page=Page.SITE)
    assert shell._footer.next.text() == "Next, with open points"
    shell._footer.next.click()
    assert shell.wizard.page is Page.STATIONS


def test_the_footer_keeps_its_places(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.described(), page=Page.SITE)
    places = {}
    for page in (Page.SITE, Page.WIFI, Page.DEVIATIONS, Page.CERTIFICATE):
        shell.wizard.go(page)
        QApplication.processEvents()
        buttons = (shell._footer.back, shell._footer.copy, shell._footer.skip, shell._footer.next)
        places[page] = [button.geometry() for button in buttons]
    assert len({tuple(map(str, place)) for place in places.values()}) == 1


def test_every_step_can_be_chosen_and_shows_its_state_in_words(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.measured(Severity.FAILURE))
    steps = {b.text(): b for b in shell.findChildren(StepButton) if b.isVisible()}
    assert steps["Internet and ports"].accessibleDescription() == "fail"
    QTest.mouseClick(steps["Internet and ports"], Qt.MouseButton.LeftButton)
    assert shell.wizard.page is Page.INTERNET
    assert "P7-4" in labels(shell)


@pytest.mark.parametrize("page", [Page.SITE, Page.STATIONS, Page.CONNECTION, Page.BASICS, Page.STATION_CHECK])
def test_the_keyboard_starts_at_the_page_s_main_action(make_shell: MakeShell, page: Page) -> None:
    shell = make_shell(job=jobs.described(), page=page)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused is shell.current().main()
    assert not isinstance(focused, StepButton)


def test_keys_move_between_pages_and_panes(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell(job=jobs.described(), page=Page.STATIONS)
    qtbot.keyClick(shell, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shell.wizard.page is Page.CONNECTION
    qtbot.keyClick(shell, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shell.wizard.page is Page.STATIONS
    visited = []
    for _ in range(3):
        qtbot.keyClick(shell, Qt.Key.Key_F6)
        visited.append(QApplication.focusWidget())
    assert visited[0] is shell._footer.next
    assert isinstance(visited[1], StepButton)
    assert visited[2] is shell.current().main()


def test_f7_and_f8_show_one_thing_in_huge_type_until_a_key(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell(job=jobs.measured(Severity.OK), page=Page.WIFI)
    for key, told in ((Qt.Key.Key_F7, "W5-2"), (Qt.Key.Key_F8, "No fresh signal")):
        qtbot.keyClick(shell, key)
        assert shell._overlay.isVisible()
        assert told in shell._overlay.accessibleName()
        qtbot.keyClick(shell._overlay, Qt.Key.Key_Escape)
        assert not shell._overlay.isVisible()


def test_f9_puts_on_the_colours_for_sunlight_and_takes_them_off(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell()
    qtbot.keyClick(shell, Qt.Key.Key_F9)
    assert shell.wizard.settings.theme == "sun"
    qtbot.keyClick(shell, Qt.Key.Key_F9)
    assert shell.wizard.settings.theme == "system"


def test_colours_and_text_size_change_everything_that_is_open(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.measured(Severity.FAILURE), page=Page.INTERNET)
    shown = [t for t in shell.findChildren(Text) if t.isVisible() and t.text()]
    sizes = {text: text.font().pointSizeF() for text in shown}
    colours = {text: text.palette().color(QPalette.ColorRole.WindowText) for text in shown}
    heights = {b: b.height() for b in shell.findChildren(Button) if b.isVisible()}
    shell.wear("dark")
    QApplication.processEvents()
    shell._rescale(1.5)  # colours alone may not be what brings the size along
    QApplication.processEvents()
    for text in shown:
        assert text.font().pointSizeF() == pytest.approx(sizes[text] * 1.5, rel=0.02), text.text()
        assert text.palette().color(QPalette.ColorRole.WindowText) != colours[text], text.text()
    assert all(button.height() >= height for button, height in heights.items())
    assert all(button.width() >= button.sizeHint().width() for button in heights)


@pytest.mark.parametrize(("chosen", "followed"), [(ThemeName.SYSTEM, True), (ThemeName.DARK, False)])
def test_a_system_that_turns_to_high_contrast_is_followed_at_once(
    make_shell: MakeShell, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, chosen: ThemeName, followed: bool
) -> None:
    shell = make_shell(page=Page.SITE)
    shell.wear(chosen)
    monkeypatch.setattr(theme, "in_high_contrast", lambda app: True)
    hints = qapp.styleHints()
    hints.accessibility().contrastPreferenceChanged.emit(Qt.ContrastPreference.HighContrast)
    tokens = theme.tokens()
    assert (tokens.name == "system") is followed
    if followed:
        assert tokens.bg == qapp.palette().color(QPalette.ColorRole.Base).name()
        assert tokens.fail == tokens.text
        assert audit.low_contrast(shell) == []


@pytest.mark.parametrize("worn", [ThemeName.LIGHT, ThemeName.SUN])
@pytest.mark.parametrize("spoken", LANGUAGES)
def test_the_footer_fits_a_small_window_with_the_largest_text(
    make_shell: MakeShell, spoken: str, worn: ThemeName
) -> None:
    shell = make_shell(spoken, worn, (910, 512), jobs.described(), Page.STATION_CHECK)
    shell.wear(worn)
    wide = shell.wizard.words.text("gui.next-open")
    assert shell._footer.next.text() == wide
    shell._rescale(1.5)
    QApplication.processEvents()
    assert (shell.width(), shell.height()) == (910, 512)
    assert audit.overflow(shell._footer) == []
    assert shell._footer.next.accessibleName() == wide  # the short words are for the eye alone
    shell._rescale(1.0)
    assert shell._footer.next.text() == wide


def test_the_report_is_read_before_it_is_copied(make_shell: MakeShell, qtbot: QtBot) -> None:
    shell = make_shell(job=jobs.measured(Severity.FAILURE))
    QGuiApplication.clipboard().clear()
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(shell, Qt.Key.Key_C, modifiers)
    dialog = shell.findChild(ReportDialog)
    assert dialog is not None
    assert QGuiApplication.clipboard().text() == ""
    dialog.accept()
    assert "P7-4" in QGuiApplication.clipboard().text()


def test_every_change_is_saved_and_the_footer_says_when(make_shell: MakeShell, qtbot: QtBot, home: Path) -> None:
    shell = make_shell(job=jobs.empty())
    assert not any(text.startswith("Saved") for text in labels(shell))
    with qtbot.waitSignal(shell.wizard.files.saved, timeout=5000):
        shell.wizard.edit(jobs.described())
    assert store.load(home / "jobs" / "TEST-TEST-TEST.dkjob") == jobs.described()
    assert any(text.startswith("Saved") for text in labels(shell))


def test_closing_the_window_loses_nothing(make_shell: MakeShell, home: Path) -> None:
    shell = make_shell(job=jobs.empty())
    shell.wizard.edit(jobs.described())
    shell.close()
    assert store.load(home / "jobs" / "TEST-TEST-TEST.dkjob") == jobs.described()


def test_a_job_is_listed_and_goes_on_where_something_is_left_to_do(
    make_shell: MakeShell, home: Path, qtbot: QtBot
) -> None:
    store.save(jobs.described(), home / "jobs" / "TEST-TEST-TEST.dkjob")
    shell = make_shell(job=replace(jobs.empty(), id="NEW"))
    qtbot.waitUntil(lambda: any("Brf Solen, Storgatan 4" in text for text in labels(shell)), timeout=5000)
    assert any("Brf Solen, Storgatan 4" in text for text in labels(shell))
    main = shell.current().main()
    assert main is not None
    QTest.keyClick(main, Qt.Key.Key_Space)
    assert shell.wizard.job == jobs.described()
    assert shell.wizard.page is Page.COMPUTER


def test_a_damaged_job_opens_the_copy_from_before_and_says_so(make_shell: MakeShell, home: Path) -> None:
    path = home / "jobs" / "TEST-TEST-TEST.dkjob"
    store.save(jobs.described(), path)
    store.save(jobs.measured(Severity.OK), path)
    path.write_text("{ half a file")
    shell = make_shell(job=jobs.empty())
    shell.wizard.files.open(path)
    assert shell.wizard.job == jobs.described()
    assert any("TEST-TEST-TEST.dkjob is damaged" in text for text in labels(shell))
    assert path.read_text() == "{ half a file"


def test_a_file_that_is_no_job_is_refused_in_one_sentence(make_shell: MakeShell, tmp_path: Path) -> None:
    other = tmp_path / "x.dkjob"
    other.write_text(json.dumps({"schema": "something/1"}))
    shell = make_shell(job=jobs.described())
    shell.wizard.files.open(other)
    assert "x.dkjob is not a job file of Driftklar" in labels(shell)
    assert shell.wizard.job == jobs.described()


def test_another_connection_outdates_what_was_measured_and_can_be_taken_back(make_shell: MakeShell) -> None:
    before = jobs.measured(Severity.OK)
    shell = make_shell(job=before, page=Page.CONNECTION)
    shell.current()._tiles._tiles["plc"].click()  # type: ignore[attr-defined]  # the page's own
    assert all(record.outdated for record in shell.wizard.job.records)
    assert any("results are outdated" in text for text in labels(shell))
    shell._notice._action.click()
    assert shell.wizard.job == before


def test_a_change_in_between_withdraws_the_offer_to_take_back(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.measured(Severity.OK), page=Page.CONNECTION)
    job = shell.wizard.job
    shell.wizard.edit(changes.with_connection(job, Connection.PLC), "changed")
    assert shell._notice.isVisible()
    shell.wizard.edit(replace(shell.wizard.job, order_no="17"))
    assert not shell._notice.isVisible()


def test_skipping_needs_a_reason_and_is_kept_as_a_record(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.described(), page=Page.WIFI)
    assert shell._footer.skip.isVisible()
    shell._footer.skip.click()
    dialog = shell.findChild(SkipDialog)
    assert dialog is not None
    dialog._pick("0")
    dialog._choose("no-power")
    dialog.accept()
    row = next(r for r in shell.current()._rows if r.subject.name == "A1")  # type: ignore[attr-defined]
    assert row.word == "Skipped: The charging station has no power"


def test_nothing_can_be_skipped_where_nothing_is_measured(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.described(), page=Page.SITE)
    assert not shell._footer.skip.isVisible()


def test_a_played_site_says_so_on_every_page(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.described(), demo="healthy")
    for page in flow.path(shell.wizard.job):
        shell.wizard.go(page)
        assert "DEMO – a simulated site, no real measurements" in labels(shell)


def test_a_narrow_window_has_a_rail_and_a_wide_one_words(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.described())
    assert shell._steps.width() == 236
    shell.resize(1024, 600)
    QApplication.processEvents()
    assert shell._steps.width() == 64
    button = next(b for b in shell.findChildren(StepButton) if b.isVisible())
    assert button.toolTip().startswith(button.text())


def test_the_window_fits_the_smallest_screen(make_shell: MakeShell) -> None:
    shell = make_shell("nb", job=jobs.measured(Severity.FAILURE), size=(910, 512), demo="healthy")
    for page in flow.path(shell.wizard.job):
        shell.wizard.go(page)
        QApplication.processEvents()
        assert shell.minimumSizeHint().width() <= 910, page
        assert shell.minimumSizeHint().height() <= 512, page
        assert (shell.width(), shell.height()) == (910, 512)


def test_a_signed_job_that_is_changed_becomes_the_next_revision(make_shell: MakeShell) -> None:
    from installer_gui.gui.paper import Paper

    shell = make_shell(job=jobs.described())
    shell.wizard.signing.paper = Paper("x.pdf", "A", "b", "c", 1, draft=False)
    shell.wizard.edit(replace(shell.wizard.job, order_no="17"))
    assert shell.wizard.job.revision == 2
    assert shell.wizard.signing.paper is None
    shell.wizard.edit(replace(shell.wizard.job, order_no="18"))
    assert shell.wizard.job.revision == 2


def test_while_signing_nobody_can_leave_the_page(make_shell: MakeShell) -> None:
    shell = make_shell(job=jobs.described(), page=Page.REVIEW)
    shell.wizard.signing._task = object()  # type: ignore[assignment]  # as if one ran
    shell.wizard.refresh_now()
    assert not shell._footer.back.isEnabled()
    shell.wizard.back()
    assert shell.wizard.page is Page.REVIEW
    shell.wizard.signing._task = None
