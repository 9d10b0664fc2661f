"""Colours, sizes and type. Every colour is a token with its background; widgets read the tokens when they paint."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

BASE_PT, SUN_PT, SMALLEST_PT = 10.5, 12.0, 9.5
GAP, EDGE, RADIUS, FOCUS = 8, 16, 7, 3
TARGET, BUTTON, STATION_ROW = 44, 48, 64
RAIL_BELOW, ONE_CHART_BELOW = 1150, 560
READABLE = 4.5  # contrast of text, WCAG 2.2, 1.4.3


class ThemeName(StrEnum):
    """What can be chosen; "system" follows the computer's own choice of light or dark."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    SUN = "sun"


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme. `line` is decoration only; `border` bounds controls. Contrast is tested in tests/gui."""

    name: str
    bg: str
    surface: str
    surface2: str
    line: str
    border: str
    text: str
    muted: str
    accent: str
    on_accent: str
    pass_: str
    pass_bg: str
    warn: str
    warn_bg: str
    fail: str
    fail_bg: str
    info: str
    info_bg: str
    skip: str
    skip_bg: str


LIGHT = Tokens(
    name="light",
    bg="#FFFFFF",
    surface="#F4F6F8",
    surface2="#E9EDF1",
    line="#CBD2D9",
    border="#767F89",
    text="#12181F",
    muted="#47525E",
    accent="#0B5CAD",
    on_accent="#FFFFFF",
    pass_="#1B6B35",
    pass_bg="#E3F4E8",
    warn="#7A4B00",
    warn_bg="#FFF2D6",
    fail="#A81E1E",
    fail_bg="#FDE8E8",
    info="#0B5CAD",
    info_bg="#E5F0FB",
    skip="#47525E",
    skip_bg="#E9EDF1",
)
DARK = Tokens(
    name="dark",
    bg="#14181D",
    surface="#1D232A",
    surface2="#29313A",
    line="#3B4550",
    border="#7D8894",
    text="#F2F5F8",
    muted="#B4BEC9",
    accent="#6CB4FF",
    on_accent="#08131F",
    pass_="#6FD98F",
    pass_bg="#143020",
    warn="#FFC659",
    warn_bg="#382A0B",
    fail="#FF9A94",
    fail_bg="#421A1A",
    info="#6CB4FF",
    info_bg="#122B45",
    skip="#B4BEC9",
    skip_bg="#29313A",
)
SUN = Tokens(
    name="sun",
    bg="#FFFFFF",
    surface="#FFFFFF",
    surface2="#F0F0F0",
    line="#6B6B6B",
    border="#000000",
    text="#000000",
    muted="#1F2933",
    accent="#003E8A",
    on_accent="#FFFFFF",
    pass_="#00521F",
    pass_bg="#D6F5DF",
    warn="#5C3200",
    warn_bg="#FFE08A",
    fail="#8A0000",
    fail_bg="#FFD9D9",
    info="#003E8A",
    info_bg="#DCEBFF",
    skip="#1F2933",
    skip_bg="#F0F0F0",
)
_OWN = {ThemeName.LIGHT: LIGHT, ThemeName.DARK: DARK, ThemeName.SUN: SUN}


class _Current:
    tokens = LIGHT


def tokens() -> Tokens:
    """The theme in use. There is one application, so there is one."""
    return _Current.tokens


def colour(tone: str) -> str:
    """The colour of a tone: "text", "muted", "accent", "on_accent" or a state's ("pass", "warn", …)."""
    value: str = getattr(_Current.tokens, "pass_" if tone == "pass" else tone)
    return value


def tint(tone: str) -> str:
    """The background that belongs to a state's colour."""
    value: str = getattr(_Current.tokens, f"{tone}_bg")
    return value


def apply(app: QApplication, name: ThemeName, scale: float = 1.0) -> None:
    """Put a theme and a text size (1.0, 1.25 or 1.5) on the whole application."""
    _Current.tokens = chosen(app, name)
    app.setPalette(palette(_Current.tokens))
    still()
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF((SUN_PT if name is ThemeName.SUN else BASE_PT) * scale)
    app.setFont(font)
    for widget in QApplication.allWidgets():  # Qt tells only those that have no font of their own
        QApplication.sendEvent(widget, QEvent(QEvent.Type.FontChange))


def still() -> None:
    """Nothing moves by itself: no menu glides, no list unrolls. Nobody has to ask for it."""
    effects = Qt.UIEffect
    for effect in (effects.UI_AnimateMenu, effects.UI_FadeMenu, effects.UI_AnimateCombo, effects.UI_FadeTooltip):
        QApplication.setEffectEnabled(effect, False)


def chosen(app: QApplication, name: ThemeName) -> Tokens:
    """The tokens of a choice; a system in high contrast keeps its own colours unless others were asked for."""
    if name is ThemeName.SYSTEM and in_high_contrast(app):
        app.setPalette(QPalette())  # without ours the system's own is what is left
        return from_system(app.palette())
    dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return _OWN.get(name, DARK if dark else LIGHT)


def in_high_contrast(app: QApplication) -> bool:
    """Whether the system is set to high contrast."""
    hints = app.styleHints()  # held: what it hands out lives no longer than it does
    return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast


def from_system(own: QPalette) -> Tokens:
    """High contrast: the system's two colours, no tints; shapes and words carry the states.

    The system's highlight is the accent where it can be read itself, else the two colours change places.
    """
    bg, text, lit, on_lit = (b.color() for b in (own.base(), own.text(), own.highlight(), own.highlightedText()))
    usable = min(_contrast(lit, on_lit), _contrast(lit, bg)) >= READABLE
    accent, on_accent = (lit, on_lit) if usable else (text, bg)
    ink, ground = text.name(), bg.name()
    return Tokens(
        "system", ground, ground, ground, ink, ink, ink, ink, accent.name(), on_accent.name(), *(ink, ground) * 5
    )


def _contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, relative luminance."""
    dark, light = sorted(_luminance(colour) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def palette(theme: Tokens) -> QPalette:
    """The tokens as Qt's roles, for everything that Fusion paints."""
    made = QPalette()
    roles = QPalette.ColorRole
    for role, colour in {
        roles.Window: theme.surface,
        roles.WindowText: theme.text,
        roles.Base: theme.bg,
        roles.AlternateBase: theme.surface2,
        roles.Text: theme.text,
        roles.PlaceholderText: theme.muted,
        roles.Button: theme.surface2,
        roles.ButtonText: theme.text,
        roles.BrightText: theme.fail,
        roles.Highlight: theme.accent,
        roles.HighlightedText: theme.on_accent,
        roles.Accent: theme.accent,
        roles.Link: theme.accent,
        roles.LinkVisited: theme.accent,
        roles.ToolTipBase: theme.surface2,
        roles.ToolTipText: theme.text,
        roles.Light: theme.bg,
        roles.Midlight: theme.surface2,
        roles.Mid: theme.line,
        roles.Dark: theme.border,
        roles.Shadow: theme.border,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return made


def scaled(px: float) -> float:
    """A length that grows with the text size, for what text has to fit into."""
    return px * QApplication.font().pointSizeF() / BASE_PT


def font(scale: float = 1.0, *, bold: bool = False, fixed: bool = False) -> QFont:
    """A font relative to the application's, never under the smallest readable size."""
    base = QApplication.font()
    made = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont) if fixed else base)
    made.setPointSizeF(max(SMALLEST_PT, base.pointSizeF() * scale))
    made.setBold(bold)
    return made
