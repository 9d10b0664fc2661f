"""The program's mark: a plug's bolt on the accent colour, drawn so that it is sharp at every size."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPolygonF

SIZES = (16, 24, 32, 48, 64, 128, 256)
GROUND, BOLT = "#0B5CAD", "#FFFFFF"
_OUTLINE = ((0.56, 0.14), (0.27, 0.56), (0.46, 0.56), (0.42, 0.86), (0.73, 0.42), (0.53, 0.42))


def icon() -> QIcon:
    """The icon of the window and of its entry in the task bar."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(pixmap(size))
    return made


def pixmap(size: int) -> QPixmap:
    """The mark as a square of `size` pixels."""
    image = QPixmap(size, size)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GROUND))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
    painter.setBrush(QColor(BOLT))
    painter.drawPolygon(QPolygonF([QPointF(x * size, y * size) for x, y in _OUTLINE]))
    painter.end()
    return image
