"""What a person must say about the radio: that the channel is locked, or a level read on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtWidgets import QWidget

from ...domain.finding import Finding, Grade, Quantity, Value, station
from ...domain.outcome import Measured
from ...domain.record import Record
from ...i18n import Catalogue
from ...session import channel
from ...session.stations import printable
from ..widgets.fields import Choice, Field
from ..widgets.text import Text
from ..wizard import Wizard
from .base import Dialog

LOWEST_DBM, HIGHEST_DBM = -110, -10
LONGEST_SSID = 32
SIGNAL = "wifi-signal"


class NameDialog(Dialog):
    """The name of a network that does not show it, exactly as it is written in the access point."""

    def __init__(self, parent: QWidget, words: Catalogue, answer: Callable[[str], object]) -> None:
        super().__init__(parent, words.text("gui.ssid.title"))
        self._ssid, self._answer = "", answer
        self.column.addWidget(Text(words.text("gui.ssid.lead"), "muted"))
        field = Field()
        field.show_field(words.text("gui.ssid.name"), "")
        field.edited.connect(self._name)
        self.column.addWidget(field)
        self._button = self.buttons(words.text("gui.cancel"), words.text("gui.ssid.act"), self._finish)
        self._name("")
        field.edit.setFocus()

    def _name(self, text: str) -> None:
        """Blanks at the ends are part of a name; it has at most 32 bytes (IEEE 802.11)."""
        self._ssid = text
        if self._button is not None:
            self._button.setEnabled(bool(text.strip()) and len(text.encode(errors="replace")) <= LONGEST_SSID)

    def _finish(self) -> None:
        self._answer(self._ssid)


class LockDialog(Dialog):
    """Whoever has seen it in the access point puts their name to it."""

    def __init__(self, parent: QWidget, wizard: Wizard) -> None:
        words = wizard.words
        super().__init__(parent, words.text("gui.lock.title"))
        self._wizard = wizard
        self._by = wizard.job.installer.person
        self.column.addWidget(Text(words.text("gui.lock.lead")))
        field = Field()
        field.show_field(words.text("gui.lock.by"), self._by)
        field.edited.connect(self._name)
        self.column.addWidget(field)
        self._button = self.buttons(words.text("gui.cancel"), words.text("gui.lock.act"), self._confirm)
        self._name(self._by)
        field.edit.setFocus()

    def _name(self, text: str) -> None:
        self._by = printable(text)
        if self._button is not None:
            self._button.setEnabled(bool(self._by))

    def _confirm(self) -> None:
        wizard = self._wizard
        wizard.edit(channel.confirm(wizard.job, self._by, datetime.now().astimezone(), wizard.profile))


class ManualDialog(Dialog):
    """A level that was read on a phone, for a computer that cannot measure. The paper says that it is manual."""

    def __init__(self, parent: QWidget, wizard: Wizard, first: str) -> None:
        words = wizard.words
        super().__init__(parent, words.text("gui.manual.title"))
        self._wizard, self._station, self._dbm = wizard, first, 0
        self.column.addWidget(Text(words.text("gui.manual.lead"), "muted"))
        choice, self._field = Choice(), Field()
        options = [(s.id, " · ".join(filter(None, (s.id, s.place)))) for s in wizard.job.stations]
        choice.show_choice(words.text("gui.manual.station"), options, first)
        choice.chosen.connect(self._pick)
        self._field.show_field(words.text("gui.manual.level"), "", hint="−67")
        self._field.edited.connect(self._read)
        self.column.addWidget(choice)
        self.column.addWidget(self._field)
        self._button = self.buttons(words.text("gui.cancel"), words.text("gui.manual.act"), self._keep)
        self._read("")
        self._field.edit.setFocus()

    def _pick(self, station_id: str) -> None:
        self._station = station_id

    def _read(self, text: str) -> None:
        """People write the sign as they find it, or leave it out: levels are negative."""
        digits = text.strip().lstrip("-−–").removesuffix("dBm").strip()
        self._dbm = -int(digits) if digits.isdecimal() and len(digits) < 4 else 0
        if self._button is not None:
            self._button.setEnabled(LOWEST_DBM <= self._dbm <= HIGHEST_DBM)

    def _keep(self) -> None:
        level, now = Quantity(self._dbm, "dBm"), datetime.now().astimezone()
        by = self._wizard.job.installer.person
        evidence: dict[str, Value] = {"p20": level, "median": level, "ssid": self._wizard.job.ssid, "by": by}
        finding = Finding("wifi.signal", station(self._station), evidence)
        record = Record(SIGNAL, now, 0.0, Measured((finding,)), station(self._station), grade=Grade.MANUAL)
        self._wizard.add(record)
