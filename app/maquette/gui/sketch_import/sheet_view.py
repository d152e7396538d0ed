"""A picture in its place, as large as fits, with something drawn over it."""

import asyncio

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from maquette.core.pixels import Pixels
from maquette.gui.images import pixels_image
from maquette.gui.theme import current_tokens
from maquette.state.tasks import Tasks

_MARGIN = 14  # logical pixels around the picture, where corners can still be taken hold of


class SheetView(QWidget):
    """Shows RGB pixels. The last picture stays until the next one is there, so nothing flickers."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pixels: Pixels | None = None
        self._image: QImage | None = None
        self._words = ""
        self._showing: asyncio.Task[None] | None = None
        self.destroyed.connect(self.stop)
        self.setMinimumSize(220, 220)

    def show_pixels(self, pixels: Pixels | None) -> None:
        """Show `pixels`; None takes the picture away."""
        if pixels is self._pixels:
            return
        self._pixels = pixels
        if pixels is None:
            self._image = None
            self.update()
        else:
            self.stop()
            self._showing = self._tasks.start(self._show(pixels))

    def stop(self) -> None:
        """Show nothing more of what is on its way."""
        if self._showing is not None:
            self._showing.cancel()

    def set_words(self, words: str) -> None:
        """What is said while there is no picture."""
        self._words = words
        self.update()

    @property
    def picture_size(self) -> QSize:
        """Of the picture, in its own pixels; empty while there is none."""
        return self._image.size() if self._image is not None else QSize()

    async def _show(self, pixels: Pixels) -> None:
        image = await asyncio.to_thread(pixels_image, pixels)
        if pixels is self._pixels:
            self._image = image
            self.update()

    # --- places ---------------------------------------------------------------------------------

    def target(self) -> QRectF:
        """Where the picture is in the widget."""
        size = self.picture_size
        if size.isEmpty():
            return QRectF()
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / size.width(), room.height() / size.height())
        width, height = size.width() * scale, size.height() * scale
        return QRectF(
            round(room.center().x() - width / 2), round(room.center().y() - height / 2),
            width, height,
        )  # fmt: skip

    def to_widget(self, point: QPointF) -> QPointF:
        """A point of the picture, in pixels, where it is in the widget."""
        target, size = self.target(), self.picture_size
        scale = target.width() / max(1, size.width())
        return target.topLeft() + (point + QPointF(0.5, 0.5)) * scale

    def to_picture(self, point: QPointF) -> QPointF:
        """A point of the widget in pixels of the picture, inside of it."""
        target, size = self.target(), self.picture_size
        scale = max(1, size.width()) / max(1e-6, target.width())
        place = (point - target.topLeft()) * scale - QPointF(0.5, 0.5)
        return QPointF(
            max(0.0, min(size.width() - 1.0, place.x())),
            max(0.0, min(size.height() - 1.0, place.y())),
        )

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = current_tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(tokens.accent if self.hasFocus() else tokens.border))
        painter.setBrush(QColor(tokens.stage))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if self._image is None:
            painter.setPen(QColor(tokens.muted))
            room = self.rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, int(flags), self._words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.target(), self._image)
        self.paint_above(painter)

    def paint_above(self, painter: QPainter) -> None:
        """Paint what lies over the picture; nothing here."""
