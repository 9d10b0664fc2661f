"""What will be copied, to be read before it leaves the computer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ... import __version__
from ...i18n import Catalogue
from .. import theme
from ..view import View
from ..widgets.text import Text, name
from ..widgets.text_area import TextArea
from .base import Dialog


class ReportDialog(Dialog):
    """A text with a button that copies it, and one that saves it where `save` can."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        lead: str,
        text: str,
        words: Catalogue,
        save: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        super().__init__(parent, title, 760)
        self._text = text
        self.column.addWidget(Text(lead, "muted"))
        shown = TextArea(text)
        shown.setReadOnly(True)
        shown.setFont(theme.font(fixed=True))
        shown.setMinimumHeight(260)
        name(shown, title)
        self.column.addWidget(shown, 1)
        button = self.buttons(words.text("gui.close"), words.text("gui.copy.act"), self._copy)
        if save is not None:
            self.also(*save)
        assert button is not None
        button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)


def about(parent: QWidget, view: View) -> Dialog:
    """What this program is, and by which requirements it judges."""
    words, profile = view.words, view.profile
    dialog = Dialog(parent, f"Driftklar {__version__}")
    dialog.column.addWidget(Text(words.text("gui.about.what")))
    dialog.column.addWidget(
        Text(words.text("gui.about.profile", name=profile.name, version=profile.version, date=profile.date), "muted")
    )
    if profile.base:
        whose = profile.brand.name if profile.brand else profile.name
        support = profile.brand.support if profile.brand else ""
        signed = (
            words.text("gui.about.signed", signer=profile.signer) if profile.signer else words.text("gui.about.unknown")
        )
        dialog.column.addWidget(Text(", ".join(filter(None, (whose, support, signed))), "muted"))
    dialog.column.addWidget(Text(words.text("gui.about.licence"), "muted"))
    dialog.buttons(words.text("gui.close"))
    return dialog
