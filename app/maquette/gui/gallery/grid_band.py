"""The rubber band: a rectangle drawn over the grid that selects what it touches."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen

from maquette.gui.theme import current_tokens

if TYPE_CHECKING:
    from maquette.gui.gallery.grid import Grid

EVERY = 16  # milliseconds between two steps while the grid scrolls under the band
FASTEST = 60  # pixels of such a step


class RubberBand(QObject):
    """Begins at an empty place. Shift adds to what is selected, Ctrl turns it over."""

    def __init__(self, grid: "Grid") -> None:
        super().__init__(grid)
        self._grid = grid
        self._origin: QPoint | None = None  # in the grid's whole height, so that it scrolls along
        self._tip = QPoint()  # in the viewport
        self._before: QItemSelection | None = None
        self._turns = False
        self._scrolling = QTimer(self)
        self._scrolling.setInterval(EVERY)
        self._scrolling.timeout.connect(self._scroll)

    @property
    def is_drawn(self) -> bool:
        """Whether it has begun and not ended."""
        return self._origin is not None

    def begin(self, place: QPoint, modifiers: Qt.KeyboardModifier) -> None:
        """Begin at `place` in the viewport; without a key nothing stays selected."""
        self._origin = place + self._below
        self._tip = place
        self._turns = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        keeps = self._turns or bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
        selection = self._grid.selectionModel().selection()
        self._before = QItemSelection(selection) if keeps else None
        if not keeps:
            self._grid.clearSelection()

    def move(self, place: QPoint) -> None:
        """Draw it to `place`; outside of the viewport the grid scrolls."""
        self._tip = place
        self._select()
        is_outside = not 0 <= place.y() < self._grid.viewport().height()
        if is_outside and not self._scrolling.isActive():
            self._scrolling.start()
        elif not is_outside:
            self._scrolling.stop()

    def end(self) -> None:
        """Take it away; what is selected stays."""
        self._origin = None
        self._before = None
        self._scrolling.stop()
        self._grid.viewport().update()

    def scrolled(self) -> None:
        """The grid lies elsewhere now: the band covers other cells."""
        if self._origin is not None:
            self._grid.viewport().update()

    def paint(self, painter: QPainter) -> None:
        """Draw it, if there is one."""
        if self._origin is None:
            return
        accent = QColor(current_tokens().accent)
        painter.setPen(QPen(accent, 1))
        accent.setAlpha(40)
        painter.setBrush(accent)
        painter.drawRect(self._area.translated(-self._below))

    @property
    def _below(self) -> QPoint:
        return QPoint(0, self._grid.verticalOffset())

    @property
    def _area(self) -> QRect:
        origin = self._origin or QPoint()
        tip = self._tip + self._below
        corner = QPoint(min(origin.x(), tip.x()), min(origin.y(), tip.y()))
        far = QPoint(max(origin.x(), tip.x()), max(origin.y(), tip.y()))
        return QRect(corner, far)

    def _select(self) -> None:
        ranges = self._grid.cells_in(self._area)
        self._grid.select_ranges(ranges, self._before, turn=self._turns)
        self._grid.viewport().update()

    def _scroll(self) -> None:
        height = self._grid.viewport().height()
        beyond = self._tip.y() if self._tip.y() < 0 else self._tip.y() - height
        bar = self._grid.verticalScrollBar()
        bar.setValue(bar.value() + max(-FASTEST, min(FASTEST, beyond)))
        self._select()
