"""A whole job of a mixed site, with the keys alone, in a window and process of its own; started by test_big_walk.

It can be killed at any time and started again: it goes on with the job where something is left to do. After each step,
once it is on disk, a line of JSON tells what the job holds.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QRadioButton, QWidget

from installer_gui import i18n
from installer_gui.checks.confirmation import PLC_WIRING
from installer_gui.domain.finding import SITE, station
from installer_gui.gui.answers import answered
from installer_gui.gui.dialogs.paste import PasteDialog
from installer_gui.gui.shell import Shell
from installer_gui.gui.start import open_window, present
from installer_gui.session.flow import Page

PATIENCE_S, MOST_TABS = 60.0, 150
KEY = Qt.Key
WIFI = [f"A{n};garage {n};ZPR{n:06d};F{n % 4 + 1};;WiFi" for n in range(1, 13)]
PLC = [f"B{n};plan -1;ZPR1{n:05d};F9;60:15:92:40:00:0{n};PLC" for n in range(1, 9)]
LIST = ("Namn;Plats;Serienummer;Krets;MAC;Anslutning", *WIFI, *PLC)
NUMBERS = {"m": "40", "stations": "8"}
DUE = date(2027, 1, 15)
ONE_BY_ONE = 3  # stations that are answered for one by one before the rest at once


def tell(what: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


class Hands:
    """Ten fingers on the keys, and eyes that know which words have the focus."""

    def __init__(self, application: QApplication, shell: Shell, spoken: str) -> None:
        self._application, self.shell, self.wizard = application, shell, shell.wizard
        self.words = i18n.load(spoken)

    def wait(self, until: Callable[[], object], what: str = "") -> None:
        """Let the window live until something holds."""
        end = time.monotonic() + PATIENCE_S
        while not until():
            if time.monotonic() > end:
                raise TimeoutError(f"{what} at {self.wizard.page.code}, focus at {self.focused()!r}")
            self._application.processEvents()
            time.sleep(0.002)

    def focus(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeWindow() or self.shell

    def focused(self) -> str:
        return self.focus().accessibleName() or str(self.focus().property("text") or "")

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus(), key, modifier)
        self._application.processEvents()

    def write(self, text: str) -> None:
        QTest.keyClicks(self.focus(), text)
        self._application.processEvents()

    def tab_to(self, there: Callable[[QWidget], object], what: str, *, back: bool = False) -> None:
        for _ in range(MOST_TABS):
            if there(self.focus()):
                return
            self.key(KEY.Key_Backtab if back else KEY.Key_Tab)
        raise LookupError(f"Tab does not lead to {what} at {self.wizard.page.code}")

    def press(self, text: str, *, back: bool = False) -> None:
        """Go to the button with these words, and press it."""
        named = lambda w: text in (w.accessibleName(), w.property("text")) and w.isEnabled()  # noqa: E731
        self.tab_to(named, text, back=back)
        self.key(KEY.Key_Space)

    def fill(self, label: str, text: str) -> None:
        self.tab_to(lambda w: isinstance(w, QLineEdit) and w.accessibleName() == label, label)
        self.key(KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
        self.write(text)

    def mark(self, what: str) -> None:
        """Say what the job holds, once it is on disk."""
        files = self.wizard.files
        self.wait(lambda: not files._dirty and files._saving is None, "saving")
        tell({"mark": what, **self.held()})

    def held(self) -> dict[str, object]:
        job = self.wizard.job
        known = sorted({f"{r.check} {r.subject.name}" for r in job.records if r.holds})
        notes = [note.action for note in job.notes]
        return {"id": job.id, "site": job.site.name, "stations": len(job.stations), "known": known, "notes": notes}


def start(hands: Hands) -> None:
    """The language with the arrows, then the job that is there, or a new one."""
    wizard = hands.wizard
    hands.tab_to(lambda w: isinstance(w, QRadioButton), "the languages", back=True)
    for arrow in (KEY.Key_Left, KEY.Key_Left, KEY.Key_Right, KEY.Key_Right):
        if wizard.words.language != hands.words.language:
            hands.key(arrow)
    assert wizard.words.language == hands.words.language
    hands.wait(lambda: hands.shell.current()._found or not wizard.files.folder.is_dir(), "jobs")  # type: ignore[attr-defined]
    if hands.shell.current()._found:  # type: ignore[attr-defined]
        go_on = hands.words.text("gui.jobs.continue")
        hands.tab_to(lambda w: w.accessibleName().startswith(f"{go_on}: Brf Solen"), go_on)
        hands.key(KEY.Key_Space)
        tell({"mark": "resumed", **hands.held()})
    else:
        hands.press(hands.words.text("gui.start.new"))


def site(hands: Hands) -> None:
    if hands.wizard.job.site.name:
        return
    for label, text in (
        ("site.name", "Brf Solen"),
        ("site.street", "Storgatan 4"),
        ("site.network_owner.name", "Ada Lind"),
        ("installer.company", "Elfirman AB"),
        ("installer.person", "Bo Ek"),
    ):
        hands.fill(hands.words.of("gui", "site", label), text)


def stations(hands: Hands) -> None:
    if hands.wizard.job.stations:
        return
    hands.press(hands.words.text("gui.stations.paste"))
    hands.wait(lambda: isinstance(QApplication.activeModalWidget(), PasteDialog), "the list")
    for line in LIST:
        hands.write(line)
        hands.key(KEY.Key_Return)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PasteDialog)
    hands.wait(lambda: len(dialog._pasted.stations) == len(LIST) - 1, "the rows")
    hands.press(hands.words.text("gui.paste.act"))
    hands.wait(lambda: len(hands.wizard.job.stations) == len(LIST) - 1, "stations")
    hands.shell.activateWindow()  # no window manager is there that would give it back
    hands.wait(hands.shell.isActiveWindow, "the window")


def computer(hands: Hands) -> None:
    hands.wait(lambda: hands.wizard.measuring.tool is not None, "the computer")
    hands.wait(lambda: not hands.wizard.measuring.site_runs, "the run")


def wifi(hands: Hands) -> None:
    """The network with the arrows, then Space at each station."""
    wizard = hands.wizard
    hands.wait(lambda: any(n.ssid == "Laddning" for n in wizard.survey.live.networks), "the network")
    if not wizard.job.ssid:
        hands.tab_to(lambda w: isinstance(w, QComboBox), "the networks")
        box = hands.focus()
        assert isinstance(box, QComboBox)
        for _ in range(box.count()):
            if wizard.job.ssid != "Laddning":
                hands.key(KEY.Key_Down)
    hands.wait(lambda: wizard.job.ssid == "Laddning" and not wizard.measuring.site_runs, "the look")
    measure = hands.words.text("gui.wifi.measure")
    for name in (line.split(";")[0] for line in WIFI):
        if ("wifi-signal", station(name)) in wizard.view().newest:
            continue
        hands.tab_to(lambda w, name=name: f"{w.accessibleName()} ".startswith(f"{measure}: {name} "), name)
        hands.key(KEY.Key_Space)
        hands.wait(lambda name=name: ("wifi-signal", station(name)) in wizard.view().newest, name)
        hands.wait(lambda: wizard.survey._measuring is None, "the next")
        hands.mark(f"wifi {name}")


def powerline(hands: Hands) -> None:
    """The sheet question by question, then all stations at once."""
    words = hands.words
    known = answered(PLC_WIRING, hands.wizard.view().newest.get((PLC_WIRING.id, SITE)))
    for question in (q for q in PLC_WIRING.questions if q.id not in known):
        text = words.of("question", PLC_WIRING.id, question.id)
        wanted = text if question.unit else f"{text} – {words.text('gui.yes')}"
        hands.tab_to(lambda w, wanted=wanted: w.accessibleName().endswith(wanted), wanted)
        if question.unit:
            hands.write(NUMBERS[question.unit])
            hands.key(KEY.Key_Tab)
        else:
            hands.key(KEY.Key_Space)
    hands.press(words.of("gui", "all", "plc-station"))


def station_check(hands: Hands) -> None:
    """The first stations one by one, the rest at once."""
    words, newest = hands.words, lambda: hands.wizard.view().newest
    text = words.of("question", "station-online", "online")
    for name in (s.id for s in hands.wizard.job.stations[:ONE_BY_ONE]):
        if ("station-online", station(name)) not in newest():
            hands.tab_to(lambda w, name=name: _asks(w, name, f": {text} – {words.text('gui.yes')}"), name)
            hands.key(KEY.Key_Space)
            hands.mark(f"online {name}")
    hands.press(words.of("gui", "all", "station-online"))


def _asks(widget: QWidget, station_id: str, answer: str) -> bool:
    told = widget.accessibleName()
    return told.startswith((f"{station_id} ", f"{station_id}:")) and told.endswith(answer)


def network(hands: Hands) -> None:
    hands.wait(lambda: not hands.wizard.measuring.site_runs, "the run")


def deviations(hands: Hands) -> None:
    """What becomes of the first deviation, and by when."""
    if hands.wizard.job.notes or not hands.wizard.view().deviations:
        return
    words = hands.words
    hands.fill(words.text("gui.deviations.due"), words.show(DUE))
    hands.fill(words.text("gui.deviations.action"), "Bo looks after it")


def review(hands: Hands) -> None:
    hands.tab_to(lambda w: w.accessibleName() == hands.words.text("gui.review.confirm"), "the confirmation")
    hands.key(KEY.Key_Space)
    hands.press(hands.words.text("gui.review.sign"))
    hands.wait(lambda: hands.wizard.page is Page.CERTIFICATE, "the certificate")


STEPS: dict[Page, Callable[[Hands], None]] = {
    Page.START: start,
    Page.SITE: site,
    Page.STATIONS: stations,
    Page.COMPUTER: computer,
    Page.WIFI: wifi,
    Page.POWERLINE: powerline,
    Page.BASICS: network,
    Page.INTERNET: network,
    Page.STATION_CHECK: station_check,
    Page.DEVIATIONS: deviations,
    Page.REVIEW: review,
}


def walk(hands: Hands) -> None:
    """Page by page, from wherever the job stands."""
    while (page := hands.wizard.page) is not Page.CERTIFICATE:
        if step := STEPS.get(page):
            step(hands)
        if page not in (Page.START, Page.REVIEW):
            hands.mark(page.value)
            hands.key(KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
        hands.wait(lambda page=page: hands.wizard.page is not page, "the next page")


def main() -> int:
    logging.basicConfig()
    spoken, picture = sys.argv[1], sys.argv[2]
    application = QApplication(sys.argv[:1])
    shell = open_window(application, "healthy", "en" if spoken != "en" else "sv", "light", "zaptec-pro", None)
    present(shell)
    shell.activateWindow()
    if not QTest.qWaitForWindowActive(shell, 10_000):
        raise TimeoutError("the window did not come to the front")
    hands = Hands(application, shell, spoken)
    walk(hands)
    shell.grab().save(picture)
    paper = shell.wizard.signing.paper
    told = {"path": paper.path if paper else "", "language": shell.wizard.words.language, **hands.held()}
    tell({"mark": "signed", "job": str(shell.wizard.files.path), **told})
    shell.close()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
