"""Camera: which part of the drawing is seen, how large, turned how far, mirrored or not."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QTransform

MIN_ZOOM = 0.02
MAX_ZOOM = 32.0
MARGIN = 12


class Camera:
    """Maps pixels of the drawing to logical pixels of the widget.

    `zoom` is logical pixels per pixel of the drawing, `angle` is in degrees clockwise, `centre` is
    the point of the drawing in the middle of the widget.
    """

    def __init__(self) -> None:
        self.sheet = QSize(1, 1)  # pixels of the drawing
        self.room = QSize(1, 1)  # logical pixels of the widget
        self.ratio = 1.0  # device pixels per logical pixel
        self.zoom = 1.0
        self.angle = 0.0
        self.is_flipped = False
        self.is_fitted = True
        self.centre = QPointF()

    @property
    def to_widget(self) -> QTransform:
        transform = QTransform()
        transform.translate(self.room.width() / 2, self.room.height() / 2)
        if self.angle:
            transform.rotate(self.angle)
        transform.scale(-self.zoom if self.is_flipped else self.zoom, self.zoom)
        transform.translate(-self.centre.x(), -self.centre.y())
        if self.angle:
            return transform
        # Upright, the paper begins on a whole pixel of the screen: at 100 % nothing is blurred.
        x = round(transform.dx() * self.ratio) / self.ratio
        y = round(transform.dy() * self.ratio) / self.ratio
        return QTransform(transform.m11(), 0.0, 0.0, transform.m22(), x, y)

    @property
    def to_drawing(self) -> QTransform:
        return self.to_widget.inverted()[0]

    @property
    def scale(self) -> float:
        """Device pixels per pixel of the drawing."""
        return self.zoom * self.ratio

    def fit(self) -> None:
        """The whole sheet, as large as there is room for it, at the angle that it has."""
        self.is_fitted = True
        self.centre = QPointF(self.sheet.width() / 2, self.sheet.height() / 2)
        turned = QTransform().rotate(self.angle).mapRect(QRectF(0, 0, *self.sheet.toTuple()))
        zoom = min(
            (self.room.width() - 2 * MARGIN) / turned.width(),
            (self.room.height() - 2 * MARGIN) / turned.height(),
        )
        self.zoom = max(MIN_ZOOM, min(MAX_ZOOM, zoom))

    def zoom_to(self, zoom: float, anchor: QPointF) -> None:
        """Zoom so that the point of the drawing under `anchor` stays under it."""
        before = self.to_drawing.map(anchor)
        self.zoom = max(MIN_ZOOM, min(MAX_ZOOM, zoom))
        self._hold(before, anchor)

    def turn_to(self, angle: float, anchor: QPointF) -> None:
        """Turn about `anchor` to `angle`, kept within -180 to 180."""
        before = self.to_drawing.map(anchor)
        self.angle = math.remainder(angle, 360.0)
        self._hold(before, anchor)

    def flip(self, anchor: QPointF) -> None:
        """Mirror left and right, about `anchor`."""
        before = self.to_drawing.map(anchor)
        self.is_flipped = not self.is_flipped
        self.angle = -self.angle
        self._hold(before, anchor)

    def pan(self, by: QPointF) -> None:
        """Move the sheet by so many logical pixels."""
        middle = QPointF(self.room.width() / 2, self.room.height() / 2)
        self._look_at(self.to_drawing.map(middle - by))

    def _hold(self, point: QPointF, anchor: QPointF) -> None:
        """Move so that `point` of the drawing is at `anchor`."""
        self._look_at(self.centre + point - self.to_drawing.map(anchor))

    def _look_at(self, point: QPointF) -> None:
        """Some of the sheet always stays in sight."""
        self.is_fitted = False
        self.centre = QPointF(
            max(0.0, min(float(self.sheet.width()), point.x())),
            max(0.0, min(float(self.sheet.height()), point.y())),
        )
