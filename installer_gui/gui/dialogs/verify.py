"""What a verification of a certificate found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...i18n import Catalogue
from ..looks import Look
from ..widgets.card import Card
from ..widgets.glyph import Glyph
from ..widgets.text import VERDICT, Text
from .base import Dialog

if TYPE_CHECKING:
    from ...certificate.verify import Report

_LOOKS = {"valid": Look.PASS, "untrusted": Look.WARN, "invalid": Look.FAIL, "not-ours": Look.UNTESTED}


class VerifyDialog(Dialog):
    """The outcome first, then why, then whose certificate it is."""

    def __init__(self, parent: QWidget, path: Path, report: Report, words: Catalogue) -> None:
        super().__init__(parent, words.text("gui.verify.title"), 620)
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
        self.column.addLayout(_facts(path, report, words))
        close = self.buttons(words.text("gui.close"))
        if close is not None:
            close.setFocus()


def _facts(path: Path, report: Report, words: Catalogue) -> QGridLayout:
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
    for at, (label, value) in enumerate(known):
        grid.addWidget(Text(words.of("gui", "verify", label), "muted", wrap=False), at, 0)
        grid.addWidget(Text(value or "–"), at, 1)
    return grid
