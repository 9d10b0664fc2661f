"""The right half of the WiFi page: the level now, the last minute, and the networks per channel."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ...charts import channels, strip
from ...charts.display_list import DisplayList
from ...charts.style import Style
from ...domain.finding import Quantity
from .. import theme, wifi_view
from ..view import View
from ..widgets.button import Button
from ..widgets.chart import Chart, Drawing
from ..widgets.hero import Hero
from ..widgets.table import dress
from ..widgets.text import Text, name
from ..wifi_view import Level
from ..wizard import Wizard

TICK_MS = 500
COLUMNS = ("name", "channel", "level", "width", "security")
MINUTE_COLUMNS = ("ago", "level")


class LiveHalf(QWidget):
    """Draws what is heard twice a second while it is shown."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__()
        self._wizard = wizard
        self._low = False
        self.hero, self._strip, self._channels = Hero(), Chart(96), Chart(150)
        self._heading, self._toggle = Text(bold=True), Button(low=True)
        self._table, self._minute = QTableWidget(0, len(COLUMNS)), QTableWidget(0, len(MINUTE_COLUMNS))
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._show_as_table)
        self._lay_out()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.draw)
        wizard.survey.heard.connect(self.draw)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def fit(self, *, low: bool, narrow: bool) -> None:
        """A low window has room for one chart, a narrow one for a smaller number; both at once for no heading."""
        self._low = low
        self._heading.setVisible(not (low and narrow))
        self._arrange()
        self.hero.fit(narrow=narrow, low=low)

    def level(self, view: View) -> Level:
        """The level of this moment."""
        return wifi_view.level_now(view, time.monotonic(), self._wizard.survey.station)

    def show_view(self, view: View) -> None:
        words = view.words
        choices = (words.text("gui.wifi.as-table"), words.text("gui.wifi.as-chart"))
        self._toggle.reserve(choices)
        self._toggle.setText(choices[self._toggle.isChecked()])
        for table, columns in ((self._table, COLUMNS), (self._minute, MINUTE_COLUMNS)):
            table.setHorizontalHeaderLabels([words.of("gui", "wifi.column", column) for column in columns])
        name(self._table, words.text("gui.wifi.networks"))
        name(self._minute, words.text("gui.wifi.strip"))
        self.draw()

    def draw(self) -> None:
        """Draw what is heard at this moment."""
        view, now = self._wizard.view(), time.monotonic()
        words, limit = view.words, wifi_view.limit_dbm(view.profile)
        level = self.level(view)
        self.hero.show_value(level.look, level.value, level.label, level.verdict, level.remedy)
        recent = wifi_view.readings(view.live, now)
        self._strip.show_drawing(
            lambda size, style: strip.chart(recent, size, limit, strip.Labels(words.text("gui.wifi.axis-now")), style),
            words.language,
        )
        name(self._strip, words.text("gui.wifi.strip"), f"{level.verdict} {level.value}".strip())
        self._channels.show_drawing(_channel_drawing(view, limit), words.language)
        name(self._channels, words.text("gui.wifi.networks"), words.text("gui.wifi.chart-hint"))
        self._heading.setText(wifi_view.heading(view, in_full=self._toggle.isChecked()))
        if self._table.isVisibleTo(self):
            _fill(self._table, wifi_view.table(view))
            _fill(self._minute, wifi_view.minute(view, now))

    def _show_as_table(self) -> None:
        self._arrange()
        self.show_view(self._wizard.view())

    def _arrange(self) -> None:
        as_table = self._toggle.isChecked()
        for chart, table, room in ((self._strip, self._minute, not self._low), (self._channels, self._table, True)):
            chart.setVisible(room and not as_table)
            table.setVisible(room and as_table)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.addWidget(self._heading, 1)
        line.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.hero)
        for strip_widget in (self._strip, self._minute):
            column.addWidget(strip_widget, 2)
        column.addLayout(line)
        for channels_widget in (self._channels, self._table):
            column.addWidget(channels_widget, 3)
        for table in (self._minute, self._table):
            table.hide()
            dress(table)
            table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
            table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)


def _fill(table: QTableWidget, rows: tuple[tuple[str, ...], ...]) -> None:
    table.setRowCount(len(rows))
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            table.setItem(at, column, QTableWidgetItem(text))


def _channel_drawing(view: View, limit: float) -> Drawing:
    words, values = view.words, view.profile.values
    first, last = int(values["wifi_first_channel"]), int(values["wifi_last_channel"])
    curves = wifi_view.curves(view.live, view.job)
    labels = channels.Labels(
        words.text("gui.wifi.axis-channel"),
        words.text("gui.wifi.limit", level=Quantity(limit, "dBm")),
        words.text("gui.wifi.unused"),
    )

    def draw(size: tuple[float, float], style: Style) -> DisplayList:
        return channels.chart(curves, size, channels.Rule(limit, first, last), labels, style)

    return draw
