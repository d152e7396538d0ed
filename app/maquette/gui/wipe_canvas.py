"""A canvas on which the original lies over the picture, up to a line that can be moved."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from maquette.gui.canvas import Canvas, level_for
from maquette.gui.theme import current_tokens
from maquette.state.comparing import WHOLE, Part

REACH = 10  # pixels from the line within which the mouse takes hold of it
STEP, LEAP = 0.02, 0.1  # of the width, per key
KNOB = 7  # radius


class WipeCanvas(Canvas):
    """Without an original it is a plain canvas. Left, Right, Home and End move the line too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over: tuple[QImage, ...] = ()
        self._part = WHOLE
        self._words = ("", "")
        self._line = 0.5  # fraction of the picture's width
        self._holds_line = False
        self.setMouseTracking(True)

    def lay_over(self, levels: Sequence[QImage], part: Part) -> None:
        """Lay the original over the picture: of its `levels`, the `part` that the picture shows."""
        self._over, self._part, self._line = tuple(levels), part, 0.5
        self.update()

    def take_off(self) -> None:
        """Show the picture alone."""
        if self._over:
            self._over, self._holds_line = (), False
            self.unsetCursor()
            self.update()

    def set_words(self, original: str, picture: str) -> None:
        """What the two sides of the line are called."""
        self._words = (original, picture)
        self.update()

    @property
    def line(self) -> float:
        """Where the line is: 0 at the left edge of the picture, 1 at the right; -1 without one."""
        return self._line if self._wipes else -1.0

    @property
    def _wipes(self) -> bool:
        return bool(self._over) and not self.is_empty

    def move_line(self, to: float) -> None:
        """Put the line at `to`, 0 at the left edge of the picture, 1 at the right."""
        self._line = max(0.0, min(1.0, to))
        self.update()

    # --- events ---------------------------------------------------------------------------------

    def paint_above(self, painter: QPainter, target: QRectF) -> None:
        """Paint the original up to the line, the line, and what is on which side."""
        if not self._wipes:
            return
        tokens = current_tokens()
        x = target.left() + target.width() * self._line
        left, top, right, bottom = self._part
        image = level_for(self._over, target.width() / (right - left) * self.devicePixelRatioF())
        size = QSizeF(image.size())
        source = QRectF(
            QPointF(left * size.width(), top * size.height()),
            QPointF(right * size.width(), bottom * size.height()),
        )
        painter.save()
        painter.setClipRect(QRectF(target.topLeft(), QPointF(x, target.bottom())))
        painter.drawImage(target, image, source)
        painter.restore()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((tokens.window, 4), (tokens.accent, 2)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawLine(QPointF(x, target.top()), QPointF(x, target.bottom()))
        painter.setBrush(QColor(tokens.accent))
        painter.setPen(QPen(QColor(tokens.window), 2))
        painter.drawEllipse(QPointF(x, target.center().y()), KNOB, KNOB)
        self._paint_words(painter, target, x)
        painter.restore()

    def _paint_words(self, painter: QPainter, target: QRectF, x: float) -> None:
        """The names of the sides in the upper corners, each as long as its side has room."""
        tokens = current_tokens()
        metrics = painter.fontMetrics()
        for words, is_left in zip(self._words, (True, False), strict=True):
            width, height = metrics.horizontalAdvance(words) + 16, metrics.height() + 6
            room = x - target.left() if is_left else target.right() - x
            if room < width + 24:
                continue
            place = QRectF(0, target.top() + 12, width, height)
            place.moveLeft(target.left() + 12 if is_left else target.right() - 12 - width)
            ground = QColor(tokens.window)
            ground.setAlphaF(0.85)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(place, 4, 4)
            painter.setPen(QColor(tokens.text))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        places = {
            Qt.Key.Key_Left: self._line - step,
            Qt.Key.Key_Right: self._line + step,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: 1.0,
        }
        to = places.get(Qt.Key(event.key()))
        if to is None or not self._wipes:
            super().keyPressEvent(event)
        else:
            self.move_line(to)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._is_at_line(event) and event.button() is Qt.MouseButton.LeftButton:
            self._holds_line = True
        else:
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._holds_line:
            target = self.target()
            self.move_line((event.position().x() - target.left()) / target.width())
            return
        if self._wipes and not event.buttons():
            if self._is_at_line(event):
                self.setCursor(Qt.CursorShape.SplitHCursor)
            else:
                self.unsetCursor()
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._holds_line = False
        super().mouseReleaseEvent(event)

    def _is_at_line(self, event: QMouseEvent) -> bool:
        target = self.target()
        x = target.left() + target.width() * self._line
        return self._wipes and abs(event.position().x() - x) <= REACH
