"""The live language switch: our catalogue, Qt's own texts, and how numbers and dates are written."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from .. import assets, i18n
from ..i18n import Catalogue

LOCALES = {"sv": "sv_SE", "nb": "nb_NO", "en": "en_GB"}
NAMES = {"sv": "Svenska", "nb": "Norsk bokmål", "en": "English"}


class _Installed:
    translators: list[QTranslator] = []  # noqa: RUF012 - there is one application


class NorwegianQt(QTranslator):
    """Qt ships no Bokmål. Read from the .ts itself, so that no compiled file can be missing or stale."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._texts = _read("qtbase_nb.ts")

    def isEmpty(self) -> bool:
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """None becomes C++'s null string, "not known here"; an empty text would be shown as it is."""
        return self._texts.get((context, source))


def system_language() -> str:
    """The first of our languages that the computer's user prefers, else English."""
    wanted = {"sv": "sv", "nb": "nb", "no": "nb", "nn": "nb", "en": "en"}
    codes = (name.replace("_", "-").partition("-")[0] for name in QLocale.system().uiLanguages())
    return next((wanted[code] for code in codes if code in wanted), "en")


def application() -> QApplication:
    """The one that runs."""
    running = QApplication.instance()
    assert isinstance(running, QApplication)
    return running


def use(app: QApplication, language: str) -> Catalogue:
    """Switch the whole application, hidden windows too; the catalogue to take words from."""
    for translator in _Installed.translators:
        app.removeTranslator(translator)
    locale = QLocale(LOCALES[language])
    QLocale.setDefault(locale)  # before any text is built again
    _Installed.translators = [t for t in _qt_texts(app, language, locale) if app.installTranslator(t)]
    QApplication.sendEvent(app, QEvent(QEvent.Type.LanguageChange))
    return i18n.load(language)


def _qt_texts(app: QApplication, language: str, locale: QLocale) -> list[QTranslator]:
    if language == "nb":
        return [NorwegianQt(app)]
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return [translator] if translator.load(locale, "qtbase", "_", folder) else []


def _read(name: str) -> Mapping[tuple[str, str], str]:
    from xml.etree import ElementTree as ET

    root = ET.parse(assets.ROOT / "translations" / name).getroot()  # noqa: S314 - a file of our own
    return {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in root.iter("context")
        for message in context.iter("message")
    }
