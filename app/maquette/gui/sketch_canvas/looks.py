"""How a layer is shown: ink as it is, kept lines in the accent colour, locked parts hatched."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPixmap

from maquette.core.drawing import Layer, LayerRole
from maquette.core.drawing_pixels import LayerPixels
from maquette.gui.theme import current_tokens

DIMMED = 0.45
"""How much of a reference layer's own opacity is seen."""
HATCH = 12
"""Pixels of the drawing from one stroke of the hatching to the next."""

Content = Callable[[QPainter, QRect], None]
"""Paints what is on a layer within a rectangle, whose corner the painter has at its origin."""


def wrapped(pixels: LayerPixels) -> QImage:
    """A QImage over the memory of a layer; painting on it paints on the layer."""
    height, width = pixels.array.shape[:2]
    return QImage(
        pixels.array.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
    )


def paint_layer(
    painter: QPainter, layer: Layer, image: QImage, rect: QRect, content: Content | None = None
) -> None:
    """Paint `rect` of the layer in its place. `content` takes the place of what `image` has."""
    tinted = layer.role in (LayerRole.KEEP, LayerRole.LOCK)
    dimmed = DIMMED if layer.role is LayerRole.REFERENCE else 1.0
    painter.setOpacity(layer.opacity * dimmed)
    if not tinted and content is None:
        painter.drawImage(rect.topLeft(), image, rect)
    else:
        shown = QImage(rect.size(), QImage.Format.Format_ARGB32_Premultiplied)
        shown.fill(Qt.GlobalColor.transparent)
        above = QPainter(shown)
        if content is None:
            above.drawImage(QPoint(), image, rect)
        else:
            content(above, rect)
        if tinted:
            above.resetTransform()
            above.setOpacity(1.0)
            above.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
            above.setBrushOrigin(-rect.topLeft())
            above.fillRect(shown.rect(), _tint(layer.role))
        above.end()
        painter.drawImage(rect.topLeft(), shown)
    painter.setOpacity(1.0)


def _tint(role: LayerRole) -> QBrush:
    accent = QColor(current_tokens().accent)
    if role is LayerRole.KEEP:
        return QBrush(accent.darker(125))  # on white paper the accent of the panels is too pale
    tile = QPixmap(HATCH, HATCH)
    accent.setAlphaF(0.25)
    tile.fill(accent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    accent.setAlphaF(0.9)
    painter.setPen(accent.darker(125))
    for start in (-HATCH, 0, HATCH):
        painter.drawLine(start, HATCH, start + HATCH, 0)
    painter.end()
    return QBrush(tile)
