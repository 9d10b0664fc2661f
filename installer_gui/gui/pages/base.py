"""What every page's body is: it shows a state, and says what the keyboard starts at and what can be skipped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from .. import theme
from ..looks import Look
from ..state import PageState
from ..view import Key, View
from ..widgets.text import VALUE, Text
from ..wizard import Wizard


class Body(QWidget):
    """A page between header and footer. All its words are set in `show_state`, so a switch of language is a refresh."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__()
        self.wizard = wizard
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 4)
        self.column.setSpacing(theme.GAP)

    def show_state(self, state: PageState, view: View) -> None:
        """Show the page as it stands."""
        raise NotImplementedError

    def enter(self) -> None:
        """The page has come to the front."""

    def leave(self) -> None:
        """Another page comes to the front."""

    def main(self) -> QWidget | None:
        """What the keyboard starts at: the page's main action."""
        return None

    def again(self) -> None:
        """Measure everything on the page again (F5)."""

    def skippable(self, state: PageState) -> Sequence[tuple[Key, str]]:
        """What can be left out with a reason, with its words."""
        return ()

    def big(self, state: PageState, view: View) -> tuple[Look, str, str]:
        """What is shown in huge type (F8): a look, a value and a word."""
        return state.digit.look, state.progress or state.code, view.words.of("gui.look", state.digit.look)

    def fit(self, size: QSize) -> None:
        """The room that the page has."""


def heading() -> Text:
    """The title of a group on a page."""
    return Text(scale=VALUE, bold=True)
