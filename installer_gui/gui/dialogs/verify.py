"""What a verification of a certificate found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...i18n import Catalogue
from ..looks import Look
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.text import VERDICT, Text
from .base import Dialog

if TYPE_CHECKING:
    from ...certificate.verify import Report
    from ..wizard import Wizard

_LOOKS = {"valid": Look.PASS, "untrusted": Look.WARN, "invalid": Look.FAIL, "not-ours": Look.UNTESTED}


class VerifyDialog(Dialog):
    """The outcome first, then why, then whose certificate it is, and by whose word it is trusted."""

    def __init__(self, parent: QWidget, path: Path, report: Report, wizard: Wizard) -> None:
        words = wizard.words
        super().__init__(parent, words.text("gui.verify.title"), 620)
        self._path, self._wizard = path, wizard
        look = _LOOKS[report.outcome.value]
        card = Card(look)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        tone = "muted" if look is Look.UNTESTED else look.tone
        texts.addWidget(Text(words.of("verify", "outcome", report.outcome), tone, VERDICT, bold=True))
        for reason in report.reasons:
            texts.addWidget(Text(words.of("verify", "reason", reason)))
        row = QHBoxLayout(card)
        row.setContentsMargins(16, 12, 16, 14)
        row.setSpacing(14)
        row.addWidget(Glyph(40, look))
        row.addLayout(texts, 1)
        self.column.addWidget(card)
        trusted = Path(wizard.settings.trust_list).name or words.text("gui.verify.no-list")
        self.column.addLayout(_facts(path, report, words, trusted))
        self.also(words.text("gui.verify.list"), self._choose_list)
        close = self.buttons(words.text("gui.close"))
        if close is not None:
            close.setFocus()

    def _choose_list(self) -> None:
        """Verify again by a list of whom to trust, and by the same from now on."""
        words = self._wizard.words
        kind = f"{words.text('gui.files.trust')} (*.json *.pem);;{words.text('gui.files.all')} (*)"
        chosen, _ = QFileDialog.getOpenFileName(self, words.text("gui.verify.list"), "", kind)
        if chosen:
            self._wizard.signing.trust(chosen)
            self._wizard.signing.verify(self._path)
            self.accept()


def _facts(path: Path, report: Report, words: Catalogue, trusted: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setColumnStretch(1, 1)
    known: list[tuple[str, str]] = [("file", path.name)]
    if report.content is not None:
        site = report.content.site
        known += [
            ("number", report.content.certificate_id),
            ("site", ", ".join(filter(None, (site.name, site.street, site.town)))),
            ("verdict", words.of("verdict", report.content.verdict)),
            ("issued", words.show(report.content.issued.local)),
        ]
    if report.signer is not None:
        signer = ", ".join(filter(None, (report.signer.name, report.signer.organisation)))
        known += [("signer", signer), ("level", words.of("identity", "level", report.signer.level))]
    known.append(("trusted-by", trusted))
    for at, (label, value) in enumerate(known):
        grid.addWidget(Text(words.of("gui", "verify", label), "muted", wrap=False), at, 0)
        grid.addWidget(Text(value or "–"), at, 1)
    return grid
