"""Walks through the whole wizard in its own process and window, on a played site; started by test_walk.

Presses and types what a person would, found by the words on the screen. Prints what it saw as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget

from installer_gui import i18n
from installer_gui.gui.language import NAMES
from installer_gui.gui.shell import Shell
from installer_gui.gui.start import open_window, present
from installer_gui.session.flow import Page

PATIENCE_S = 60.0
LEFT = Qt.MouseButton.LeftButton


class Walker:
    """A person at the window, who speaks one language."""

    def __init__(self, application: QApplication, shell: Shell, spoken: str) -> None:
        self._application, self._shell = application, shell
        self._words = i18n.load(spoken)
        self.codes: list[str] = []

    def wait(self, until: Callable[[], object]) -> None:
        """Let the window live until something holds."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(f"at {self._shell.wizard.page.code}")
            self._application.processEvents()
            time.sleep(0.005)

    def press(self, text: str, root: QWidget | None = None) -> None:
        """Press the button with these words, once it is there."""
        found: list[QAbstractButton] = []

        def there() -> bool:
            buttons = (root or self._shell).findChildren(QAbstractButton)
            shown = [b for b in buttons if b.isVisible() and b.isEnabled()]
            found[:] = [b for b in shown if text in (b.text(), b.accessibleName())]
            return bool(found)

        self.wait(there)
        QTest.mouseClick(found[0], LEFT)
        self._application.processEvents()

    def say(self, code: str, **values: str) -> str:
        return self._words.of(*code.split(" "), **values)

    def write(self, label: str, text: str) -> None:
        edits = self._shell.findChildren(QLineEdit)
        edit = next(e for e in edits if e.isVisible() and e.accessibleName() == label)
        QTest.mouseClick(edit, LEFT)
        edit.selectAll()
        QTest.keyClicks(edit, text)

    def next(self) -> None:
        """Go on, with the keyboard."""
        self.codes.append(self._code())
        QTest.keyClick(self._shell, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self._application.processEvents()

    def _code(self) -> str:
        from installer_gui.gui.state import page_state

        return page_state(self._shell.wizard.page, self._shell.wizard.view()).code


def walk(walker: Walker, shell: Shell, spoken: str) -> None:
    """From the choice of language to the signed certificate."""
    walker.press(NAMES[spoken])
    walker.press(walker.say("gui start.new"))
    walker.write(walker.say("gui site.site.name"), "Brf Solen")
    walker.write(walker.say("gui site.site.street"), "Storgatan 4")
    walker.write(walker.say("gui site.installer.company"), "Elfirman AB")
    walker.write(walker.say("gui site.installer.person"), "Bo Ek")
    walker.next()
    for _ in range(2):
        walker.press(walker.say("gui stations.more"))
    walker.next()
    walker.press(walker.say("connection wifi"))
    walker.next()
    wizard = shell.wizard
    walker.wait(lambda: wizard.measuring.tool is not None and wizard.job.records and not wizard.measuring.site_runs)
    walker.next()
    survey(walker, shell)
    walker.next()
    walker.wait(lambda: wizard.measuring.site_runs)
    walker.wait(lambda: not wizard.measuring.site_runs)
    walker.next()
    walker.next()
    walker.press(walker.say("gui all.station-online"))
    walker.next()
    walker.next()
    walker.press(walker.say("gui review.confirm"))
    walker.press(walker.say("gui review.sign"))
    walker.wait(lambda: wizard.page is Page.CERTIFICATE)
    walker.next()


def survey(walker: Walker, shell: Shell) -> None:
    """Choose the network that is heard, measure at both stations, and vouch for the channel."""
    wizard = shell.wizard
    walker.wait(lambda: any(n.ssid == "Laddning" for n in wizard.survey.live.networks))
    box = shell.current()._network.box  # type: ignore[attr-defined]  # the page's own
    walker.wait(lambda: box.findData("Laddning") >= 0)
    box.setCurrentIndex(box.findData("Laddning"))
    box.activated.emit(box.currentIndex())
    walker.wait(lambda: wizard.job.ssid == "Laddning" and not wizard.measuring.site_runs)
    for station in ("A1", "A2"):
        walker.press(f"{walker.say('gui wifi.measure')}: {station}")
        walker.wait(lambda name=station: wizard.survey.station == name and wizard.survey._measuring is None)


def main() -> int:
    spoken, picture = sys.argv[1], sys.argv[2]
    application = QApplication(sys.argv[:1])
    shell = open_window(application, "healthy", "en" if spoken != "en" else "sv", "light", "zaptec-pro", None)
    present(shell)
    shell.activateWindow()
    if not QTest.qWaitForWindowActive(shell, 10_000):
        raise TimeoutError("the window did not come to the front")
    walker = Walker(application, shell, spoken)
    walk(walker, shell, spoken)
    shell.grab().save(picture)
    paper = shell.wizard.signing.paper
    told = {
        "platform": application.platformName(),
        "codes": walker.codes,
        "path": paper.path if paper else "",
        "language": shell.wizard.words.language,
        "job": str(shell.wizard.files.path),
    }
    shell.close()
    application.quit()
    sys.stdout.write(json.dumps(told) + "\n")
    return 0 if Path(told["path"]).is_file() else 1


if __name__ == "__main__":
    sys.exit(main())
