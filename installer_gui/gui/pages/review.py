"""R10: the paper as it will be printed, its language, and the signature."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ...domain.job import Job
from ...i18n import LANGUAGES
from .. import theme
from ..dialogs.passphrase import PassphraseDialog
from ..language import NAMES
from ..standing import missing
from ..state import PageState
from ..view import View
from ..widgets.button import Button
from ..widgets.card import Card
from ..widgets.check import Check
from ..widgets.preview import Preview
from ..widgets.text import Text
from ..widgets.tiles import Option, Tiles
from ..wizard import Wizard
from .base import Body, heading
from .review_parts import Gaps, VerdictCard

DRAW_AFTER_MS = 250
SIDE_BY_SIDE_FROM = 1000


class PageBody(Body):
    """The verdict and the signature at the left, the pages at the right."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._verdict, self._gaps = VerdictCard(), Gaps()
        self._language_title, self._languages = heading(), Tiles(3)
        self._sign_title, self._who, self._confirm = heading(), Text(), Check()
        self._sign, self._waits, self._preview = Button(primary=True), Text(tone="muted"), Preview()
        self._revision = Text(tone="muted")
        self._drawn: tuple[Job, str] | None = None
        self._later = QTimer(self, singleShot=True, interval=DRAW_AFTER_MS)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self._later.timeout.connect(wizard.signing.draw)
        self._languages.chosen.connect(lambda code: wizard.edit(replace(wizard.job, paper_language=code)))
        self._gaps.gone_to.connect(wizard.go)
        self._confirm.toggled.connect(wizard.refresh_now)
        self._sign.clicked.connect(self._sign_now)
        wizard.signing.locked.connect(self._ask_for_passphrase)
        wizard.signing.drawn.connect(self._show_pages)

    def show_state(self, state: PageState, view: View) -> None:
        words, job, gaps = view.words, view.job, missing(view)
        self._verdict.show_view(view)
        self._gaps.show_gaps(gaps, view)
        self._language_title.setText(words.text("gui.review.language"))
        self._languages.show_options([Option(code, NAMES[code]) for code in LANGUAGES], job.paper_language)
        self._sign_title.setText(words.text("gui.review.signature"))
        self._who.setText(", ".join(filter(None, (job.installer.person, job.installer.company))) or "–")
        self._revision.show_text(_revision(view))
        self._confirm.show_sentence(words.text("gui.review.confirm"))
        busy = self.wizard.signing.busy
        self._sign.reserve((words.text("gui.review.sign"), words.text("gui.review.signing")))
        self._sign.setText(words.text("gui.review.signing" if busy else "gui.review.sign"))
        self._sign.setEnabled(not gaps and self._confirm.isChecked() and not busy)
        self._waits.show_text(words.text("gui.review.waits") if not self._sign.isEnabled() and not busy else "")
        self._preview.show_words(words)
        self._draw_when_changed(view)

    def enter(self) -> None:
        self._confirm.setChecked(False)
        self._drawn = None
        self.wizard.refresh()

    def main(self) -> QWidget:
        return self._gaps.main() or self._confirm

    def fit(self, size: QSize) -> None:
        wide = size.width() >= theme.scaled(SIDE_BY_SIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)

    def _sign_now(self) -> None:
        self.wizard.signing.sign()

    def _ask_for_passphrase(self) -> None:
        PassphraseDialog(self, self.wizard.words, self.wizard.signing.sign).open()

    def _show_pages(self, pages: tuple[bytes, ...]) -> None:
        self._preview.show_pages(pages, self.wizard.words)

    def _draw_when_changed(self, view: View) -> None:
        """Draw again when something that is printed has changed, and only while the page is looked at."""
        if self.isVisible() and self._drawn != (view.job, view.job.paper_language):
            self._drawn = view.job, view.job.paper_language
            self._later.start()

    def _lay_out(self) -> None:
        signature = Card()
        inside = QVBoxLayout(signature)
        inside.setContentsMargins(16, 12, 16, 14)
        inside.setSpacing(theme.GAP + 2)
        for part in (self._sign_title, self._who, self._revision, self._confirm, self._sign, self._waits):
            inside.addWidget(part)
        left = QVBoxLayout()
        left.setSpacing(theme.GAP + 2)
        for widget in (self._verdict, self._gaps, self._language_title, self._languages, signature):
            left.addWidget(widget)
        left.addStretch(1)
        self._sides.setSpacing(14)
        self._sides.addLayout(left, 6)
        self._sides.addWidget(self._preview, 5)
        self.column.addLayout(self._sides)


def _revision(view: View) -> str:
    """Which certificate this one takes the place of, "" for none."""
    before = view.newest_paper
    if before is None:
        return ""
    return view.words.text("gui.certificate.takes-place", revision=view.revision, number=before.certificate_id)
