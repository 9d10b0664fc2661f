"""The menu behind the three bars: language, theme, text size, the big views, and about."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from .. import __version__
from ..i18n import LANGUAGES, Catalogue
from .language import NAMES
from .settings import Settings
from .theme import ThemeName

SCALES = (1.0, 1.25, 1.5)
# lines that a finger can hit; the colours are the palette's
STYLE = """
QMenu { padding: 4px; }
QMenu::item { padding: 12px 28px 12px 36px; border-radius: 6px; }
QMenu::item:selected { background: palette(highlight); color: palette(highlighted-text); }
QMenu::separator { height: 1px; margin: 4px 8px; background: palette(mid); }
QMenu::indicator { width: 18px; height: 18px; left: 10px; }
"""


class Menu(QMenu):
    """Built anew each time it opens, in the language of the moment. `answers` are what its entries do."""

    def __init__(
        self, parent: QWidget, words: Catalogue, settings: Settings, answers: dict[str, Callable[..., object]]
    ) -> None:
        super().__init__(parent)
        self.setStyleSheet(STYLE)
        self._answers = answers
        languages = [(code, NAMES[code]) for code in LANGUAGES]
        self._choice(words.text("gui.menu.language"), "language", languages, words.language)
        themes = [(name.value, words.of("gui", "theme", name)) for name in ThemeName]
        self._choice(words.text("gui.menu.theme"), "theme", themes, settings.theme)
        scales = [(str(scale), f"{scale:.0%}") for scale in SCALES]
        self._choice(words.text("gui.menu.text-size"), "scale", scales, str(settings.scale))
        self._switch(words.text("gui.menu.sound"), "sound", settings.sound)
        self.addSeparator()
        self._entry(words.text("gui.menu.big"), "big", "F8")
        self._entry(words.text("gui.menu.code"), "code", "F7")
        self._entry(words.text("gui.menu.bundle"), "bundle")
        self.addSeparator()
        self._entry(words.text("gui.menu.help"), "help", "F1")
        self._entry(words.text("gui.menu.jobs"), "jobs")
        self._entry(words.text("gui.menu.about", version=__version__), "about")

    def _choice(self, title: str, answer: str, options: Sequence[tuple[str, str]], value: str) -> None:
        menu, group = self.addMenu(title), QActionGroup(self)
        for key, text in options:
            action = QAction(text, self, checkable=True, checked=key == value)
            action.triggered.connect(lambda _=False, key=key: self._answers[answer](key))
            group.addAction(action)
            menu.addAction(action)

    def _switch(self, text: str, answer: str, value: bool) -> None:
        action = QAction(text, self, checkable=True, checked=value)
        action.triggered.connect(self._answers[answer])
        self.addAction(action)

    def _entry(self, text: str, answer: str, key: str = "") -> None:
        action = QAction(f"{text}\t{key}" if key else text, self)
        action.triggered.connect(lambda _=False: self._answers[answer]())
        self.addAction(action)
