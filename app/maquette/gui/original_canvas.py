"""A canvas for the original of a picture, on which the part that the picture shows is framed."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from maquette.gui.canvas import Canvas
from maquette.gui.theme import current_tokens
from maquette.state.comparing import WHOLE, Part

VEIL = 0.55  # how much of what is missing is covered


class OriginalCanvas(Canvas):
    """What is missing from the picture lies under a veil, outside of a dashed frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = WHOLE

    def set_part(self, part: Part) -> None:
        """Frame `part`; WHOLE frames nothing."""
        self._part = part
        self.update()

    def paint_above(self, painter: QPainter, target: QRectF) -> None:
        """Paint the veil and the frame."""
        if self._part == WHOLE:
            return
        tokens = current_tokens()
        left, top, right, bottom = self._part
        size = target.size()
        part = QRectF(
            target.topLeft() + QPointF(left * size.width(), top * size.height()),
            target.topLeft() + QPointF(right * size.width(), bottom * size.height()),
        )
        missing = QPainterPath()
        missing.addRect(target)
        missing.addRect(part)  # the odd-even rule leaves it out
        veil = QColor(tokens.window)
        veil.setAlphaF(VEIL)
        painter.save()
        painter.fillPath(missing, veil)
        # Light on dark dashes are seen on any picture.
        inner = part.adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 2))
        painter.drawRect(inner)
        pen = QPen(QColor("white"), 2)
        pen.setDashPattern((4, 3))
        painter.setPen(pen)
        painter.drawRect(inner)
        painter.restore()
