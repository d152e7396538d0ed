"""Viewport: a widget that looks at a sheet through a camera."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from maquette.gui.canvas import View
from maquette.gui.sketch_canvas.camera import Camera

LARGE = 1_500_000  # device pixels; smoothing that many takes 5 to 10 ms
REST = 120  # milliseconds after which a view that moved is painted smoothly


class Viewport(QWidget):
    """Zooms, moves, turns and mirrors the view. Subclasses paint.

    Signals:
        view_changed(View): the user moved the view.
        zoomed(percent): device pixels of the screen per pixel of the sheet, times 100.
        filled(bool): there is something to zoom; never sent, since there is paper always.
    """

    view_changed = Signal(object)
    zoomed = Signal(int)
    filled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._camera = Camera()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._refine)
        self.setMinimumSize(120, 120)

    @property
    def is_empty(self) -> bool:
        """Never: there is paper always."""
        return False

    @property
    def zoom_percent(self) -> int:
        return round(self._camera.scale * 100)

    @property
    def angle(self) -> float:
        """How far the view is turned, in degrees clockwise."""
        return self._camera.angle

    @property
    def is_flipped(self) -> bool:
        return self._camera.is_flipped

    def fit(self) -> None:
        """The whole drawing, at the angle that it has."""
        self._camera.fit()
        self._view_moved()

    def actual_size(self) -> None:
        """One pixel of the drawing on one of the screen."""
        self._zoom(1 / self._camera.ratio)

    def zoom_by(self, factor: float) -> None:
        self._zoom(self._camera.zoom * factor)

    def pan(self, right: float, down: float) -> None:
        """Look at what is that many logical pixels to the right and below."""
        self._camera.pan(QPointF(-right, -down))
        self._view_moved()

    def rotate_view(self, degrees: float) -> None:
        """Turn the view clockwise by so much."""
        self._camera.turn_to(self._camera.angle + degrees, self._middle)
        self._view_moved()

    def flip_view(self) -> None:
        """Mirror the view left and right; the drawing stays as it is."""
        self._camera.flip(self._middle)
        self._view_moved()

    def reset_view(self) -> None:
        """Upright, not mirrored, and fitted."""
        self._camera.angle, self._camera.is_flipped = 0.0, False
        self.fit()

    @property
    def view(self) -> View:
        """What is seen, in the form that other canvases understand."""
        sheet = self._camera.sheet
        return View(
            self._camera.is_fitted,
            self._camera.zoom * max(sheet.width(), sheet.height()),
            self._camera.centre.x() / sheet.width(),
            self._camera.centre.y() / sheet.height(),
            self._camera.angle,
            self._camera.is_flipped,
        )

    def show_view(self, view: View) -> None:
        """Show the same part as another canvas does. Tells nobody."""
        if view == self.view:
            return
        self._camera.angle, self._camera.is_flipped = view.angle, view.flipped
        if view.fitted:
            self._camera.fit()
        else:
            sheet = self._camera.sheet
            self._camera.zoom_to(view.span / max(sheet.width(), sheet.height()), self._middle)
            self._camera.centre = QPointF(view.x * sheet.width(), view.y * sheet.height())
            self._camera.is_fitted = False
        self._show_view()

    @property
    def paper(self) -> QRectF:
        """Where the drawing is in the widget, of which it may reach out."""
        return self._camera.to_widget.mapRect(QRectF(QPointF(), self._camera.sheet))

    def to_drawing(self, position: QPointF) -> QPointF:
        """The point of the drawing at `position`."""
        return self._camera.to_drawing.map(position)

    @property
    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def show_sheet(self, size: QSize) -> None:
        """Show a sheet of `size` pixels, all of it."""
        self._camera.sheet = size
        self._camera.fit()
        self._show_view()

    def _zoom(self, zoom: float, anchor: QPointF | None = None) -> None:
        self._camera.zoom_to(zoom, anchor or self._middle)
        self._view_moved()

    @property
    def _is_rough(self) -> bool:
        """Whether the view moves and is so large that smoothing would take it too long."""
        return self._rest.isActive() and self._is_large

    @property
    def _is_large(self) -> bool:
        return self.width() * self.height() * self._camera.ratio**2 > LARGE

    def _refine(self) -> None:
        if self._is_large:
            self.update()

    def _view_moved(self) -> None:
        self._rest.start()
        self._show_view()
        self.view_changed.emit(self.view)

    def _show_view(self) -> None:
        self.zoomed.emit(self.zoom_percent)
        self.update()

    def _in_widget(self, rect: QRect) -> QRect:
        """Where a rectangle of the drawing is, with what smoothing draws around it."""
        around = 2 + round(1 / max(self._camera.scale, 0.01))
        mapped = self._camera.to_widget.mapRect(
            QRectF(rect.adjusted(-around, -around, around, around))
        )
        return mapped.toAlignedRect().adjusted(-1, -1, 1, 1)

    def _in_drawing(self, rect: QRect) -> QRect:
        around = 2 + round(2 / max(self._camera.scale, 0.01))
        mapped = self._camera.to_drawing.mapRect(QRectF(rect)).toAlignedRect()
        sheet = QRect(QPoint(), self._camera.sheet)
        return mapped.adjusted(-around, -around, around, around) & sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._camera.room, self._camera.ratio = self.size(), self.devicePixelRatioF()
        if self._camera.is_fitted:
            self._camera.fit()
        self._show_view()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms; two fingers on a touch pad move, and zoom with Ctrl."""
        pixels, notches = event.pixelDelta(), event.angleDelta().y() / 120
        zooms = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not pixels.isNull() and not zooms and event.phase() != Qt.ScrollPhase.NoScrollPhase:
            self.pan(-pixels.x(), -pixels.y())
        elif notches:
            self._zoom(self._camera.zoom * 1.2**notches, event.position())
        event.accept()
