"""The canvas of the render: the drawing can be wiped over it, or its lines be marked."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from maquette.gui.wipe_canvas import WipeCanvas

VEIL = 0.62  # of black between the render and the marked lines


class ResultCanvas(WipeCanvas):
    """Shows the render. `lines` lie over the dimmed picture while they are wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: QImage | None = None

    @property
    def shows_lines(self) -> bool:
        """Whether the lines lie over the picture."""
        return self._lines is not None

    def show_lines(self, lines: QImage | None) -> None:
        """Lay `lines` (with transparency, of the picture's shape) over it; None takes them off."""
        self._lines = lines
        self.update()

    def paint_above(self, painter: QPainter, target: QRectF) -> None:
        """Paint the wipe, or the marked lines."""
        if self._lines is None:
            super().paint_above(painter, target)
            return
        veil = QColor(0, 0, 0)
        veil.setAlphaF(VEIL)
        painter.fillRect(target, veil)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, self._lines)
