"""The surface that a picture is looked at on: fit, zoom, pan, drag out."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDrag,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from maquette.gui.theme import current_tokens

MAX_ZOOM = 32.0
MIN_ZOOM = 0.05
MARGIN = 24
CHECK = 12


class View(NamedTuple):
    """Which part of a picture is seen, in a form that fits pictures of other sizes too.

    `span` is how long the picture's longer side is on the screen in logical pixels, `x` and `y`
    are the point in the middle, in fractions of the picture's sides. What is seen is turned by
    `angle` degrees clockwise, after it was mirrored left and right where it is `flipped`.
    """

    fitted: bool
    span: float
    x: float
    y: float
    angle: float = 0.0
    flipped: bool = False


class Canvas(QWidget):
    """Shows one picture. `levels` are the picture and its halves, so that small views are smooth.

    Signals:
        zoomed(percent): device pixels of the screen per pixel of the picture, times 100.
        filled(bool): there is a picture now, or there is none any more.
        viewed(View): the user zoomed or moved the picture.
    """

    zoomed = Signal(int)
    viewed = Signal(object)
    filled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 120)
        self._levels: tuple[QImage, ...] = ()
        self._size = QSize()
        self._file = ""
        self._fitted = True
        self._zoom = 1.0  # logical pixels of the widget per pixel of the picture
        self._centre = QPointF()  # the picture's point at the middle of the widget
        self._angle, self._flipped = 0.0, False
        self._margin = MARGIN
        self._checks = False
        self._frame = ""
        self._grip: QPoint | None = None

    # --- what is shown --------------------------------------------------------------------------

    def show_levels(self, levels: Sequence[QImage], size: QSize, file: str = "") -> None:
        """Show a picture of `size` pixels. A preview has fewer pixels and is stretched to it.

        The view stays where it is when the size is the same, so that a result replaces its preview
        in place. `file` is what is dragged out.
        """
        new_size, was_empty = size != self._size, self.is_empty
        self._levels, self._size, self._file = tuple(levels), size, file
        if new_size:
            self._fitted = True
            self._centre = QPointF(size.width() / 2, size.height() / 2)
            self._fit()
        if was_empty:
            self.filled.emit(True)
        self.update()

    def clear(self) -> None:
        if not self.is_empty:
            self._levels, self._size, self._file = (), QSize(), ""
            self.filled.emit(False)
            self.update()

    @property
    def is_empty(self) -> bool:
        return not self._levels

    @property
    def image(self) -> QImage | None:
        """The picture at its finest level."""
        return self._levels[0] if self._levels else None

    def set_checks(self, checks: bool) -> None:
        self._checks = checks
        self.update()

    def set_margin(self, margin: int) -> None:
        """How much is left free around the whole picture, in pixels."""
        if margin != self._margin:
            self._margin = margin
            if self._fitted:
                self._fit()

    def set_frame(self, colour: str) -> None:
        """Draw a dashed frame in `colour` around the picture; "" for none."""
        if colour != self._frame:
            self._frame = colour
            self.update()

    # --- zoom -----------------------------------------------------------------------------------

    def fit(self) -> None:
        self._fitted = True
        self._fit()
        self.viewed.emit(self.view)

    def actual_size(self) -> None:
        self._set_zoom(1 / self.devicePixelRatioF())

    def zoom_by(self, factor: float) -> None:
        self._set_zoom(self._zoom * factor)

    def toggle_zoom(self, anchor: QPointF | None = None) -> None:
        """Go from the whole picture to 100 %, where `anchor` stays in place, or back."""
        if self._fitted:
            self._set_zoom(1 / self.devicePixelRatioF(), anchor)
        else:
            self.fit()

    def pan(self, right: float, down: float) -> None:
        """Look at what is that many logical pixels to the right and below."""
        if not self.is_empty:
            self._fitted = False
            self._move(self._along(QPointF(right, down)))
            self.viewed.emit(self.view)

    @property
    def view(self) -> View:
        """What is seen; to be shown on another canvas with `show_view`."""
        width, height = max(1, self._size.width()), max(1, self._size.height())
        span = self._zoom * max(width, height)
        x, y = self._centre.x() / width, self._centre.y() / height
        return View(self._fitted, span, x, y, self._angle, self._flipped)

    def show_view(self, view: View) -> None:
        """Show the same part as another canvas does. Tells nobody."""
        if self.is_empty or view == self.view:
            return
        self._fitted, self._angle, self._flipped = view.fitted, view.angle, view.flipped
        if view.fitted:
            self._fit()
            return
        width, height = self._size.width(), self._size.height()
        self._zoom = max(MIN_ZOOM, min(MAX_ZOOM, view.span / max(width, height)))
        self._centre = QPointF(view.x * width, view.y * height)
        self.zoomed.emit(self.zoom_percent)
        self.update()

    @property
    def shown_width(self) -> float:
        """How wide the whole picture is, in pixels of the screen."""
        return self._size.width() * self._zoom * self.devicePixelRatioF()

    @property
    def zoom_percent(self) -> int:
        return round(self._zoom * self.devicePixelRatioF() * 100)

    def _set_zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        """Zoom so that the picture's point under `anchor` stays under it."""
        if self.is_empty:
            return
        anchor = anchor or QPointF(self.rect().center())
        before = self._to_picture(anchor)
        self._zoom = max(MIN_ZOOM, min(MAX_ZOOM, zoom))
        self._fitted = False
        after = self._to_picture(anchor)
        self._move(before - after)
        self.zoomed.emit(self.zoom_percent)
        self.viewed.emit(self.view)

    def _fit(self) -> None:
        if self._size.isEmpty():
            return
        room = self.size() - QSize(2 * self._margin, 2 * self._margin)
        seen = self._turned.mapRect(QRectF(QPointF(), self._size))
        zoom = min(room.width() / seen.width(), room.height() / seen.height())
        self._zoom = max(MIN_ZOOM, min(MAX_ZOOM, zoom))
        self._centre = QPointF(self._size.width() / 2, self._size.height() / 2)
        self.zoomed.emit(self.zoom_percent)
        self.update()

    def _move(self, by: QPointF) -> None:
        """Move the view, keeping the picture in sight."""
        centre = self._centre + by
        self._centre = QPointF(
            max(0.0, min(float(self._size.width()), centre.x())),
            max(0.0, min(float(self._size.height()), centre.y())),
        )
        self.update()

    @property
    def _turned(self) -> QTransform:
        """How directions in the picture lie on the screen, about the middle of the widget."""
        return QTransform().rotate(self._angle).scale(-1.0 if self._flipped else 1.0, 1.0)

    def _along(self, way: QPointF) -> QPointF:
        """A way on the screen as one in the picture."""
        return self._turned.inverted()[0].map(way) / self._zoom

    def _to_picture(self, point: QPointF) -> QPointF:
        return self._centre + self._along(point - QPointF(self.rect().center()))

    def target(self) -> QRectF:
        """Where the picture is in the widget, of which it may reach out."""
        corner = QPointF(self.rect().center()) - self._centre * self._zoom
        return QRectF(
            round(corner.x()),
            round(corner.y()),
            self._size.width() * self._zoom,
            self._size.height() * self._zoom,
        )

    # --- events ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = current_tokens()
        if self._checks and not self.is_empty:
            painter.fillRect(self.rect(), QColor(tokens.checker_a))
            painter.fillRect(self.rect(), QBrush(_check_tile(tokens.checker_b)))
        if self.is_empty:
            return
        target = self.target()
        image = level_for(self._levels, target.width() * self.devicePixelRatioF())
        pixel = target.width() / image.width() * self.devicePixelRatioF()
        is_finest = image.width() >= self._size.width()
        # Far in, single pixels are what one wants to see; a preview is never shown as tiles.
        smooth = pixel < 4 or not is_finest
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        if self._angle or self._flipped:
            middle = QPointF(self.rect().center())
            about = QTransform.fromTranslate(middle.x(), middle.y())
            painter.setTransform(about.inverted()[0] * self._turned * about)
        painter.drawImage(target, image)
        self.paint_above(painter, target)
        if self._frame:
            pen = QPen(QColor(self._frame), 2)
            pen.setDashPattern((4, 3))
            painter.setPen(pen)
            painter.drawRect(target.adjusted(-3, -3, 3, 3))
        if self.hasFocus():
            painter.setPen(QColor(tokens.text if self._frame else tokens.accent))
            painter.drawRect(target.adjusted(-1, -1, 0, 0))

    def paint_above(self, painter: QPainter, target: QRectF) -> None:
        """Paint what lies on the picture, which is at `target`; nothing here."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / 120
        if notches:
            self._set_zoom(self._zoom * 1.2**notches, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._grip = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is None or self.is_empty:
            return
        point = event.position().toPoint()
        if self._fitted and event.buttons() & Qt.MouseButton.LeftButton:
            if (point - self._grip).manhattanLength() >= QApplication.startDragDistance():
                self._grip = None
                self._drag_out()
            return
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self._move(self._along(QPointF(self._grip - point)))
        self.viewed.emit(self.view)
        self._grip = point

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.unsetCursor()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.toggle_zoom(event.position())

    def _drag_out(self) -> None:
        if not self._file or not Path(self._file).is_file():
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(self._file)])
        drag = QDrag(self)
        drag.setMimeData(mime)
        small = self._levels[-1].scaled(QSize(96, 96), Qt.AspectRatioMode.KeepAspectRatio)
        drag.setPixmap(QPixmap.fromImage(small))
        drag.exec(Qt.DropAction.CopyAction)


def _check_tile(colour: str) -> QPixmap:
    tile = QPixmap(2 * CHECK, 2 * CHECK)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.fillRect(0, 0, CHECK, CHECK, QColor(colour))
    painter.fillRect(CHECK, CHECK, CHECK, CHECK, QColor(colour))
    painter.end()
    return tile


def level_for(levels: Sequence[QImage], width: float) -> QImage:
    """The smallest of `levels` that is at least as wide as it is shown."""
    fitting = [level for level in levels if level.width() >= width]
    return fitting[-1] if fitting else levels[0]
