"""Small round patches of colour for chips and menus."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from maquette.gui.theme import current_tokens

SIDE = 14


def swatch_icon(colour: str) -> QIcon:
    """A dot of `colour` (#rrggbb) with a thin edge; no icon for ""."""
    if not colour:
        return QIcon()
    ratio = 2
    pixmap = QPixmap(SIDE * ratio, SIDE * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colour))
    painter.setPen(QPen(QColor(current_tokens().muted), 1))
    painter.drawEllipse(QRectF(QPointF(1.5, 1.5), QPointF(SIDE - 1.5, SIDE - 1.5)))
    painter.end()
    return QIcon(pixmap)
