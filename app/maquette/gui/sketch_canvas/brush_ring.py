"""BrushRing: the outline of what the brush would cover, where the pointer is."""

import math

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

SMALLEST = 1.5
"""Logical pixels; a radius below this would not be seen."""


class BrushRing:
    """Knows where it is, and what must be painted again when it moves."""

    def __init__(self) -> None:
        self._at: QPointF | None = None
        self._radius = SMALLEST

    def move(self, position: QPointF | None, width: float) -> list[QRect]:
        """Be at `position`, `width` logical pixels wide; None is nowhere. What looks different."""
        before, self._at = self._rect(), position
        self._radius = max(SMALLEST, width / 2)
        return [rect for rect in (before, self._rect()) if not rect.isEmpty()]

    def paint(self, painter: QPainter) -> None:
        """Paint it in black and white, to be seen on anything."""
        if self._at is None:
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, more in ((QColor(255, 255, 255, 160), 1.0), (QColor(0, 0, 0, 160), 0.0)):
            painter.setPen(QPen(colour, 1))
            painter.drawEllipse(self._at, self._radius + more, self._radius + more)

    def _rect(self) -> QRect:
        if self._at is None:
            return QRect()
        reach = math.ceil(self._radius) + 3
        corner = QPoint(int(self._at.x()) - reach, int(self._at.y()) - reach)
        return QRect(corner, QSize(2 * reach + 1, 2 * reach + 1))
