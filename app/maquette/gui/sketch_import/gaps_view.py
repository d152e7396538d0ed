"""The sketch as it would be, with a ring around each place where a line seems to be broken."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from maquette.core.cleanup import Corner
from maquette.gui.sketch_import.sheet_view import SheetView
from maquette.gui.theme import current_tokens

_RADIUS = 10  # logical pixels


class GapsView(SheetView):
    """Rings have numbers, as they are counted in the words beside."""

    _gaps: tuple[Corner, ...] = ()

    def show_gaps(self, gaps: tuple[Corner, ...]) -> None:
        """Show a ring at each of these places, in pixels of the sketch."""
        if gaps != self._gaps:
            self._gaps = gaps
            self.update()

    def paint_above(self, painter: QPainter) -> None:
        tokens = current_tokens()
        font = painter.font()
        font.setPixelSize(11)
        font.setBold(True)
        painter.setFont(font)
        for number, gap in enumerate(self._gaps, 1):
            place = self.to_widget(QPointF(*gap))
            ring = QRectF(place.x() - _RADIUS, place.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.danger), 2))
            painter.drawEllipse(ring)
            painter.drawText(
                QRectF(ring.right() + 1, ring.top() - 8, 24, 14),
                Qt.AlignmentFlag.AlignLeft,
                str(number),
            )
