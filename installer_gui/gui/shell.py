"""The window: step list, header, page, footer, and the keys that work everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ..session import flow
from ..session.flow import Page
from . import language, pages, theme
from .demo import DemoBanner
from .dialogs.help import HelpDialog
from .dialogs.report import ReportDialog, about
from .dialogs.skip import SkipDialog
from .dialogs.verify import VerifyDialog
from .footer import Footer
from .header import Header
from .looks import Look, of_verdict
from .menu import Menu
from .overlay import Overlay
from .pages.base import Body
from .report import NO_CODE, report, spoken_code
from .state import page_state, steps
from .steps import StepList
from .theme import ThemeName
from .widgets import scroll
from .widgets.notice import Notice
from .widgets.row import StatusRow
from .wizard import Wizard

if TYPE_CHECKING:
    from ..certificate.verify import Report

KEPT = 4  # pages: going back and forth builds none anew
NARROW_BELOW, BIG_EVERY_MS, LOAD_AHEAD_MS = 1000, 500, 100


class Shell(QWidget):
    """The wizard's window. It draws from the view whenever the wizard says that something changed."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__()
        self.wizard = wizard
        self._bodies: dict[Page, Body] = {}
        self._demo, self._steps, self._header, self._notice = DemoBanner(), StepList(), Header(), Notice()
        self._stack, self._footer, self._overlay = QStackedWidget(), Footer(), Overlay(self)
        self._ahead = QTimer(self, singleShot=True, interval=LOAD_AHEAD_MS)
        self._ahead.timeout.connect(self._load_ahead)
        self._big = QTimer(self, interval=BIG_EVERY_MS)
        self._big.timeout.connect(self._redraw_big)
        self._lay_out()
        self._connect()
        self._add_keys()
        self._move()

    def current(self) -> Body:
        """The page in front."""
        return self._bodies[self.wizard.page]

    def _lay_out(self) -> None:
        body = QVBoxLayout()
        body.setContentsMargins(theme.EDGE, 10, theme.EDGE, 8)
        body.setSpacing(theme.GAP)
        body.addWidget(self._header)
        body.addWidget(self._notice)
        body.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._steps)
        middle.addLayout(body, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._demo)
        whole.addLayout(middle, 1)
        whole.addWidget(self._footer)

    def _connect(self) -> None:
        wizard = self.wizard
        wizard.changed.connect(self.show_view)
        wizard.moved.connect(self._move)
        wizard.told.connect(self._tell)
        wizard.overtaken.connect(self._notice.withdraw)
        wizard.files.saved.connect(self._show_saved)
        wizard.signing.written.connect(self._show_letter)
        wizard.signing.verified.connect(self._show_report)
        wizard.survey.measured.connect(self._chime)
        wizard.powerline.told.connect(self._chime)
        wizard.measuring.ended.connect(self._chime)
        self._steps.chosen.connect(wizard.go)
        self._footer.backed.connect(wizard.back)
        self._footer.nexted.connect(wizard.next)
        self._footer.copied.connect(self._copy_report)
        self._footer.skipped.connect(self._skip)
        self._header.menu_button.clicked.connect(self._open_menu)
        self._hints = language.application().styleHints()  # held, or what it hands out is gone at once
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)

    def _add_keys(self) -> None:
        for keys, answer in (
            ("Alt+Left", self.wizard.back),
            ("Ctrl+Return", self.wizard.next),
            ("Ctrl+Enter", self.wizard.next),
            ("F1", self._help),
            ("F5", lambda: self.current().again()),
            ("F6", self._next_pane),
            ("F7", self._show_code),
            ("F8", self._show_big),
            ("F9", self._toggle_sun),
            ("Ctrl+Shift+C", self._copy_report),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(answer)

    def show_view(self) -> None:
        """Draw everything from the view of the moment."""
        view, page = self.wizard.view(), self.wizard.page
        words, state = view.words, page_state(page, view)
        self.setWindowTitle(f"Driftklar – {state.title}")
        self._demo.show_site(words.text("demo.banner") if view.demo else "")
        self._steps.show_steps(steps(view), page, words, self.width() < theme.scaled(theme.RAIL_BELOW))
        self._header.show_page(state, flow.step(page, view.job), words, self.width() < theme.scaled(NARROW_BELOW))
        body = self.current()
        body.show_state(state, view)
        path = flow.path(view.job)
        self._footer.show_page(
            words,
            open_points=state.open_points,
            can_skip=bool(body.skippable(state)),
            last=page is path[-1],
            first=page is path[0],
            signing=self.wizard.signing.busy,
        )
        self._show_saved()

    def _move(self) -> None:
        """Bring the wizard's page to the front, with the keyboard at its main action."""
        page = self.wizard.page
        front = self._stack.currentWidget()
        if front is not None:
            cast(Body, cast(QScrollArea, front).widget()).leave()
        if page not in self._bodies:
            self._bodies[page] = pages.make(page, self.wizard)
            self._stack.addWidget(scroll.scrolling(self._bodies[page], scroll.Page()))
        body = self._bodies[page] = self._bodies.pop(page)  # the last is the one in front
        area = self._area_of(body)
        body.fit(self.size())
        self.show_view()  # before it is seen: what is added to a visible page cannot take the keyboard at once
        self._stack.setCurrentWidget(area)
        body.enter()
        if main := body.main():
            main.setFocus(Qt.FocusReason.OtherFocusReason)
        self._ahead.start()
        self._forget(KEPT)

    def _load_ahead(self) -> None:
        """Load the page that comes next, and then the others one by one."""
        if pages.load_ahead(flow.following(self.wizard.page, self.wizard.job)):
            self._ahead.start()

    def _tell(self, look: Look, text: str, action: str, answer: object) -> None:
        callback = answer if callable(answer) else None
        self._notice.tell(look, text, self.wizard.words.text("gui.close"), action, callback)

    def _show_saved(self) -> None:
        self._footer.show_saved(self.wizard.words, self.wizard.files.saved_at)

    def _open_menu(self) -> None:
        answers: dict[str, Callable[..., object]] = {
            "language": self.speak,
            "theme": self.wear,
            "scale": lambda scale: self._rescale(float(scale)),
            "big": self._show_big,
            "code": self._show_code,
            "sound": self._listen,
            "bundle": self._open_bundle,
            "help": self._help,
            "jobs": lambda: self.wizard.go(Page.START),
            "about": lambda: about(self, self.wizard.view()).open(),
        }
        menu = Menu(self, self.wizard.words, self.wizard.settings, answers)
        button = self._header.menu_button
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(button.width() - menu.sizeHint().width(), button.height() + 4)))

    def _forget(self, kept: int) -> None:
        """Let go of all pages but the last ones that were in front; what a switch has to reach are few widgets then."""
        for page in list(self._bodies)[:-kept]:
            area = self._area_of(self._bodies.pop(page))
            self._stack.removeWidget(area)
            area.hide()
            area.deleteLater()
            if kept == 1:  # before the switch reaches it
                QCoreApplication.sendPostedEvents(area, QEvent.Type.DeferredDelete.value)

    def _area_of(self, body: Body) -> QScrollArea:
        return next(a for a in self._stack.findChildren(QScrollArea) if a.widget() is body)

    def speak(self, code: str) -> None:
        """Switch the language of everything."""
        self._forget(1)
        self.wizard.speak(language.use(language.application(), code))

    def wear(self, name: str) -> None:
        """Switch the theme."""
        self.wizard.remember(replace(self.wizard.settings, theme=ThemeName(name).value))
        self._forget(1)
        theme.apply(language.application(), ThemeName(name), self.wizard.settings.scale)
        self.current().fit(self.size())
        self.wizard.refresh_now()

    def _rescale(self, scale: float) -> None:
        self.wizard.remember(replace(self.wizard.settings, scale=scale))
        self._forget(1)
        theme.apply(language.application(), ThemeName(self.wizard.settings.theme), scale)
        self.current().fit(self.size())
        self.wizard.refresh_now()

    def _toggle_sun(self) -> None:
        sun = self.wizard.settings.theme == ThemeName.SUN
        self.wear(ThemeName.SYSTEM if sun else ThemeName.SUN)

    def _next_pane(self) -> None:
        """From the page to the footer, to the step list, and back to the page."""
        here = QApplication.focusWidget()
        if here is not None and self._stack.isAncestorOf(here):
            self._footer.next.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif here is not None and self._footer.isAncestorOf(here):
            self._steps.focus_current(self.wizard.page)
        elif main := self.current().main():
            main.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_code(self) -> None:
        """How the page and the job stand, to be read out or photographed."""
        from ..certificate.qr import modules

        self._big.stop()
        state, words = page_state(self.wizard.page, self.wizard.view()), self.wizard.words
        word = f"{state.title} · {words.of('gui.look', state.digit.look)}"
        spoken, verdict = spoken_code(self.wizard.view()), self.wizard.view().judgement.verdict
        code = words.text("gui.report.code", code=spoken)
        judged = words.text("gui.report.verdict", verdict=words.of("verdict", verdict))
        lines = ((word, state.digit.look.tone), (judged, of_verdict(verdict).tone), (code, "text"))
        qr = modules(spoken) if spoken != NO_CODE else ()
        self._overlay.show_value(state.digit.look, state.code, lines, words.text("gui.overlay.close"), qr)

    def _help(self) -> None:
        """About the finding of the row that the keyboard is in, else about the page."""
        here = QApplication.focusWidget()
        while here is not None and not isinstance(here, StatusRow):
            here = here.parentWidget()
        number = here.number if isinstance(here, StatusRow) else None
        HelpDialog(self, self.wizard.view(), self.wizard.page, number).open()

    def _show_big(self) -> None:
        """The page in huge type, as it is at every moment until the overlay is closed."""
        self._draw_big()
        self._big.start()

    def _redraw_big(self) -> None:
        if self._overlay.isVisible():
            self._draw_big()
        else:
            self._big.stop()

    def _draw_big(self) -> None:
        look, value, word = self.current().big(page_state(self.wizard.page, self.wizard.view()), self.wizard.view())
        self._overlay.show_value(look, value, ((word, look.tone),), self.wizard.words.text("gui.overlay.close"))

    def _copy_report(self) -> None:
        words, text = self.wizard.words, report(self.wizard.view(), datetime.now().astimezone())
        ReportDialog(self, words.text("gui.report.title"), words.text("gui.report.lead"), text, words).open()

    def _show_letter(self, text: str) -> None:
        words = self.wizard.words
        save = words.text("gui.letter.save"), self._save_letter
        ReportDialog(self, words.text("gui.letter.title"), words.text("gui.letter.lead"), text, words, save).open()

    def _save_letter(self) -> None:
        words, suggested = self.wizard.words, f"driftklar-{self.wizard.job.id}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(self, words.text("gui.letter.title"), suggested, "PDF (*.pdf)")
        if chosen:
            self.wizard.signing.save_letter(Path(chosen))

    def _show_report(self, path: Path, report: object) -> None:
        VerifyDialog(self, path, cast("Report", report), self.wizard).open()

    def _open_bundle(self) -> None:
        from .dialogs.bundle import BundleDialog

        BundleDialog(self, self.wizard).open()

    def _listen(self, on: bool) -> None:
        """Whether a sound tells that a measurement is done."""
        self.wizard.remember(replace(self.wizard.settings, sound=on))
        self._chime()

    def _chime(self) -> None:
        if self.wizard.settings.sound:
            QApplication.beep()

    def _skip(self) -> None:
        state = page_state(self.wizard.page, self.wizard.view())
        what = self.current().skippable(state)
        SkipDialog(self, self.wizard.words, what, self.wizard.measuring.skip).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._overlay.setGeometry(self.rect())
        self.current().fit(event.size())
        self.show_view()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ThemeChange:
            self._follow_system()

    def _follow_system(self) -> None:
        """Light, dark or high contrast, as the system is set now; a theme that somebody chose stays."""
        if self.wizard.settings.theme == ThemeName.SYSTEM:
            self.wear(ThemeName.SYSTEM)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.wizard.files.close()
        self.wizard.measuring.forget()
        self.wizard.survey.forget()
        self.wizard.powerline.forget()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.tokens().surface))
        painter.end()
