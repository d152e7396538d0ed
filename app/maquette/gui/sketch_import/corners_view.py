"""The image as it came, with the four corners of its paper to be moved."""

import math

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from maquette.core.cleanup import Corner
from maquette.gui.own_keys import OwnKeys
from maquette.gui.sketch_import.sheet_view import SheetView
from maquette.gui.theme import current_tokens
from maquette.state.tasks import Tasks

_REACH = 22  # logical pixels from a corner within which it is taken hold of
_RADIUS = 7
_LEAP = 10  # times as far with Shift

_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_DIGITS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)


class CornersView(OwnKeys, SheetView):
    """Corners are dragged, or chosen with 1 to 4 or Space and moved with the arrow keys.

    Signals:
        moved(corners): four places (x, y) in pixels of the picture, clockwise from the top left.
    """

    moved = Signal(object)
    own_keys = frozenset({*_MOVES, *_DIGITS, Qt.Key.Key_Space})

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(tasks, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._corners: tuple[Corner, ...] = ()
        self._chosen = 0
        self._is_held = False
        self._grip = QPointF()

    @property
    def corners(self) -> tuple[Corner, ...]:
        """Those shown; () for the whole picture."""
        return self._corners

    def show_corners(self, corners: tuple[Corner, ...]) -> None:
        """Show these, unless one is being dragged. Tells nobody."""
        if not self._is_held and corners != self._corners:
            self._corners = corners
            self.update()

    # --- moving ---------------------------------------------------------------------------------

    def _shown(self) -> tuple[Corner, ...]:
        """The corners, those of the picture where there are none."""
        if len(self._corners) == 4:
            return self._corners
        right, bottom = self.picture_size.width() - 1.0, self.picture_size.height() - 1.0
        return ((0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom))

    def _move(self, place: QPointF) -> None:
        corners = list(self._shown())
        corners[self._chosen] = (place.x(), place.y())
        self._corners = tuple(corners)
        self.update()
        self.moved.emit(self._corners)

    def _nearest(self, point: QPointF) -> int | None:
        if self.picture_size.isEmpty():
            return None
        distances = [
            math.hypot(*(self.to_widget(QPointF(*corner)) - point).toTuple())
            for corner in self._shown()
        ]
        nearest = min(range(4), key=distances.__getitem__)
        return nearest if distances[nearest] <= _REACH else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        nearest = self._nearest(event.position())
        if nearest is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._chosen, self._is_held = nearest, True
        self._grip = self.to_widget(QPointF(*self._shown()[nearest])) - event.position()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._is_held:
            self._move(self.to_picture(event.position() + self._grip))
        elif self._nearest(event.position()) is not None:
            self.setCursor(Qt.CursorShape.SizeAllCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._is_held = False
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self.picture_size.isEmpty():
            super().keyPressEvent(event)
        elif key in _MOVES:
            step = _LEAP if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
            x, y = self._shown()[self._chosen]
            right, down = _MOVES[key]
            place = QPointF(x + right * step, y + down * step)
            self._move(self.to_picture(self.to_widget(place)))
        elif key in _DIGITS:
            self._choose(_DIGITS.index(key))
        elif key == Qt.Key.Key_Space:
            self._choose((self._chosen + 1) % 4)
        else:
            super().keyPressEvent(event)

    def _choose(self, corner: int) -> None:
        self._chosen = corner
        self.update()

    # --- painting -------------------------------------------------------------------------------

    def paint_above(self, painter: QPainter) -> None:
        tokens = current_tokens()
        places = [self.to_widget(QPointF(*corner)) for corner in self._shown()]
        outline = QPolygonF([*places, places[0]])
        if len(self._corners) == 4:
            beside = QPainterPath()
            beside.addRect(self.target())
            paper = QPainterPath()
            paper.addPolygon(outline)
            shade = QColor(tokens.window)
            shade.setAlphaF(0.55)
            painter.fillPath(beside.subtracted(paper), shade)
        for colour, width in ((tokens.window, 4.0), (tokens.accent, 1.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(outline)
        for index, place in enumerate(places):
            is_chosen = index == self._chosen and (self.hasFocus() or self._is_held)
            painter.setPen(QPen(QColor(tokens.window), 2))
            painter.setBrush(QColor(tokens.text if is_chosen else tokens.accent))
            radius = _RADIUS + 2 if is_chosen else _RADIUS
            painter.drawEllipse(place, radius, radius)
