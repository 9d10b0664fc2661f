"""Contrast of the tokens, and what a system in high contrast gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from installer_gui.gui import theme
from installer_gui.gui.theme import DARK, LIGHT, SUN, ThemeName, Tokens

from .audit import contrast

OWN = [LIGHT, DARK, SUN]


def ratio(one: str, other: str) -> float:
    first, second = QColor(one), QColor(other)
    return contrast(
        (first.red(), first.green(), first.blue()),
        (second.red(), second.green(), second.blue()),
    )


@pytest.mark.parametrize("tokens", OWN, ids=lambda t: t.name)
def test_text_reaches_four_and_a_half_on_every_ground_it_stands_on(tokens: Tokens) -> None:
    grounds = (tokens.bg, tokens.surface, tokens.surface2)
    assert all(ratio(ink, ground) >= 4.5 for ink in (tokens.text, tokens.muted) for ground in grounds)
    assert ratio(tokens.on_accent, tokens.accent) >= 4.5
    for state in ("pass", "warn", "fail", "info", "skip"):
        ink = getattr(tokens, "pass_" if state == "pass" else state)
        tint = getattr(tokens, f"{state}_bg")
        assert ratio(ink, tokens.bg) >= 4.5
        assert ratio(ink, tint) >= 4.5
        assert ratio(tokens.text, tint) >= 4.5


@pytest.mark.parametrize("tokens", OWN, ids=lambda t: t.name)
def test_the_edges_of_controls_reach_three(tokens: Tokens) -> None:
    assert all(ratio(tokens.border, ground) >= 3 for ground in (tokens.bg, tokens.surface, tokens.surface2))
    assert ratio(tokens.accent, tokens.bg) >= 3


def test_high_contrast_keeps_the_system_s_own_two_colours() -> None:
    own = QPalette()
    own.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    own.setColor(QPalette.ColorRole.Text, QColor("#ffff00"))
    tokens = theme.from_system(own)
    assert {tokens.bg, tokens.warn_bg, tokens.fail_bg} == {"#000000"}
    assert {tokens.text, tokens.pass_, tokens.fail, tokens.border} == {"#ffff00"}


@pytest.mark.parametrize(("lit", "accent"), [("#00ffff", "#00ffff"), ("#303030", "#ffff00")])
def test_a_highlight_that_cannot_be_read_gives_way_to_the_two_colours(lit: str, accent: str) -> None:
    own = QPalette()
    for role, colour in (("Base", "#000000"), ("Text", "#ffff00"), ("Highlight", lit), ("HighlightedText", "#000000")):
        own.setColor(QPalette.ColorRole[role], QColor(colour))
    tokens = theme.from_system(own)
    assert tokens.accent == accent
    assert ratio(tokens.accent, tokens.on_accent) >= theme.READABLE


@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5])
def test_no_text_is_smaller_than_nine_and_a_half_points(qapp: QApplication, scale: float) -> None:
    theme.apply(qapp, ThemeName.LIGHT, scale)
    assert theme.font(0.5).pointSizeF() == theme.SMALLEST_PT
    assert theme.font().pointSizeF() == pytest.approx(theme.BASE_PT * scale)
    theme.apply(qapp, ThemeName.SUN)
    assert theme.font().pointSizeF() == theme.SUN_PT
    theme.apply(qapp, ThemeName.LIGHT)


def test_nothing_moves_by_itself(qapp: QApplication) -> None:
    QApplication.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, True)
    theme.apply(qapp, ThemeName.LIGHT)
    effects = (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_FadeMenu, Qt.UIEffect.UI_AnimateCombo)
    assert not any(QApplication.isEffectEnabled(effect) for effect in effects)
    sources = Path(theme.__file__).parent.rglob("*.py")
    moving = re.compile(r"QPropertyAnimation|QVariantAnimation|QTimeLine|QMovie")
    assert [path.name for path in sources if moving.search(path.read_text(encoding="utf-8"))] == []
