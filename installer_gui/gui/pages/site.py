"""B1: where the stations stand, who owns the network there, and who installs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ...domain.job import Job
from .. import theme
from ..standing import site_gaps
from ..state import PageState
from ..view import View
from ..widgets.card import Card
from ..widgets.fields import Choice, Field
from ..widgets.text import Text
from ..wizard import Wizard
from .base import Body, heading

COUNTRIES = ("SE", "NO", "DK", "FI")
TWO_COLUMNS_FROM = 900
_GROUPS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "site": (("site.name",), ("site.street",), ("site.postcode", "site.town"), ("site.customer",), ("order_no",)),
    "installer": (
        ("installer.company",),
        ("installer.org_no", "installer.person"),
        ("installer.phone", "installer.email"),
    ),
    "owner": (("site.network_owner.name",), ("site.network_owner.phone", "site.network_owner.email")),
}
_REQUIRED = frozenset({"site.name", "installer.company", "installer.person"})


class PageBody(Body):
    """A form in two cards, side by side where there is room."""

    def __init__(self, wizard: Wizard) -> None:
        super().__init__(wizard)
        self._fields: dict[str, Field] = {}
        self._headings = {group: heading() for group in _GROUPS}
        self._remark, self._country = Text(tone="muted"), Choice()
        self._country.chosen.connect(lambda code: self._edit("site.country", code))
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(12)
        self._sides.addWidget(self._side("site"), 1)
        self._sides.addWidget(self._side("installer", "owner"), 1)
        self.column.addLayout(self._sides)
        self.column.addStretch()

    def show_state(self, state: PageState, view: View) -> None:
        words, gaps = view.words, site_gaps(view)
        for group, title in self._headings.items():
            title.setText(words.of("gui", "site.group", group))
        self._remark.setText(words.text("gui.site.owner-remark"))
        for key, field in self._fields.items():
            fault = words.text("gui.site.missing") if key in gaps else ""
            field.show_field(words.of("gui", "site", key), _get(view.job, key), fault)
        countries = [(code, words.of("country", code)) for code in COUNTRIES]
        self._country.show_choice(words.text("gui.site.country"), countries, view.job.site.country)

    def main(self) -> QWidget:
        empty = (f.edit for f in self._fields.values() if not f.edit.text())
        return next(empty, self._fields["site.name"].edit)

    def leave(self) -> None:
        self.wizard.remember(replace(self.wizard.settings, installer=self.wizard.job.installer))

    def fit(self, size: QSize) -> None:
        wide = size.width() >= theme.scaled(TWO_COLUMNS_FROM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)

    def _side(self, *groups: str) -> Card:
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        for group in groups:
            column.addWidget(self._headings[group])
            if group == "owner":
                column.addWidget(self._remark)
            for line in _GROUPS[group]:
                column.addLayout(self._line(line))
            if group == "site":
                column.addWidget(self._country)
            column.addSpacing(4)
        column.addStretch()
        return card

    def _line(self, keys: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP + 2)
        for key in keys:
            field = Field(required=key in _REQUIRED)
            field.edited.connect(lambda text, key=key: self._edit(key, text))
            self._fields[key] = field
            row.addWidget(field, 1 if key != "site.town" else 2)
        return row

    def _edit(self, key: str, text: str) -> None:
        self.wizard.edit(_put(self.wizard.job, key.split("."), text))


def _get(job: Job, key: str) -> str:
    value: object = job
    for part in key.split("."):
        value = getattr(value, part)
    return str(value)


def _put(job: Job, path: list[str], text: str) -> Job:
    """The job with one of its texts replaced, however deep it lies."""

    def put(value: object, rest: list[str]) -> object:
        if not rest:
            return text
        return replace(value, **{rest[0]: put(getattr(value, rest[0]), rest[1:])})  # type: ignore[type-var]  # frozen dataclasses all the way

    made = put(job, path)
    assert isinstance(made, Job)
    return made
