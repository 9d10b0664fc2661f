"""The live switch: our words, Qt's own, and what is left of the language before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from installer_gui.domain.finding import Severity
from installer_gui.domain.job import Connection
from installer_gui.gui import language
from installer_gui.gui.shell import Shell
from installer_gui.gui.widgets.keyed_list import KeyedList
from installer_gui.session import flow

from . import audit, jobs

MakeShell = Callable[..., Shell]
# the same in every language: names, numbers, abbreviations
SAME = {"Svenska", "Norsk bokmål", "English", "WiFi", "DNS", "TCP", "TLS", "MQTT", "HTTPS", "DEMO", "PLC (Powerline)"}


def telling(text: str) -> bool:
    """Whether a text has words that a language could change."""
    own = {value for station in jobs.described().stations for value in (station.id, station.place)}
    words = text not in SAME and not any(text.startswith(f"{name}") for name in ("A1", "A2", "A3", "A4"))
    return words and text not in own and any(c.isalpha() for c in text) and not text.isupper()


@pytest.mark.parametrize("connection", [Connection.WIFI, Connection.PLC, Connection.LTE_M])
def test_a_switch_of_language_changes_every_visible_text(make_shell: MakeShell, connection: Connection) -> None:
    shell = make_shell("sv", job=jobs.measured(Severity.WARNING, connection), demo="healthy")
    left = {}
    for page in flow.path(shell.wizard.job):
        shell.wizard.go(page)
        QApplication.processEvents()
        shell.speak("sv")
        settle(shell)
        before = {text for text in audit.texts(shell) if telling(text)}
        shell.speak("en")
        settle(shell)
        if same := before & set(audit.texts(shell)):
            left[page.value] = same
    names = {"zapcloud-api.azurewebsites.net", "LADD-GARAGE", "Bo Ek, Elfirman AB"}
    allowed = {page: {t for t in same if t not in names and not _same_by_chance(t)} for page, same in left.items()}
    assert {page: same for page, same in allowed.items() if same} == {}


def settle(shell: Shell) -> None:
    """Until long lists are filled."""
    QApplication.processEvents()
    while any(each.busy for each in shell.current().findChildren(KeyedList)):
        QApplication.processEvents()


def _same_by_chance(text: str) -> bool:
    """Words that Swedish and English share, or a sentence that is nothing but a name."""
    return text in {"Finland", "m"} or "dBm" in text or text.startswith("demo0")


@pytest.mark.parametrize(
    ("spoken", "save", "cancel"), [("sv", "Spara", "Avbryt"), ("nb", "Lagre", "Avbryt"), ("en", "Save", "Cancel")]
)
def test_standard_buttons_speak_the_language(qapp: QApplication, spoken: str, save: str, cancel: str) -> None:
    language.use(qapp, spoken)
    buttons = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(buttons.Save | buttons.Cancel)
    assert box.button(buttons.Save).text().replace("&", "") == save
    assert box.button(buttons.Cancel).text().replace("&", "") == cancel
    language.use(qapp, "en")


def test_buttons_that_are_open_switch_too(qapp: QApplication) -> None:
    language.use(qapp, "sv")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    assert box.buttons()[0].text() == "Stäng"
    language.use(qapp, "nb")
    qapp.processEvents()
    assert box.buttons()[0].text() == "Lukk"
    language.use(qapp, "en")


def test_what_the_norwegian_texts_lack_stays_english_and_is_not_blank(qapp: QApplication) -> None:
    language.use(qapp, "nb")
    assert QCoreApplication.translate("Nowhere", "A text of Qt") == "A text of Qt"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Avbryt"
    language.use(qapp, "en")


@pytest.mark.parametrize(("spoken", "locale"), [("sv", "sv_SE"), ("nb", "nb_NO"), ("en", "en_GB")])
def test_numbers_and_dates_follow(qapp: QApplication, spoken: str, locale: str) -> None:
    language.use(qapp, spoken)
    assert QLocale().name() == locale
    language.use(qapp, "en")


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [(["nn-NO", "en"], "nb"), (["no"], "nb"), (["da-DK", "sv-SE"], "sv"), (["fi-FI"], "en"), (["C"], "en")],
)
def test_the_first_language_of_ours_that_the_user_prefers(
    monkeypatch: pytest.MonkeyPatch, wanted: list[str], chosen: str
) -> None:
    class System:
        def uiLanguages(self) -> list[str]:  # noqa: N802 - Qt's name
            return wanted

    monkeypatch.setattr(language.QLocale, "system", System)
    assert language.system_language() == chosen
