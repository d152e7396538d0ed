"""LayerPainter: paints one stroke, shape, fill or moved piece into the active layer."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPainterPathStroker, QTransform

from maquette.core.drawing import Layer, LayerRole
from maquette.core.rect import Rect
from maquette.core.stroke_mask import Mask, paint_line
from maquette.core.strokes import Node
from maquette.core.tools import INK
from maquette.gui.sketch_canvas.looks import wrapped
from maquette.gui.sketch_canvas.rects import as_rect
from maquette.state.drawings import Drawings

TILE = 64  # pixels; what was there before is kept in squares of this size

_MODE = QPainter.CompositionMode


class LayerPainter(QObject):
    """`begin`, then paint, then `commit` or `cancel`.

    A stroke is painted into a mask, and the layer is made anew from what it was and the mask, so
    that its opacity does not pile up where it crosses itself. What it was is kept tile by tile.

    Signals:
        painted(layer_id, rect): the layer has other pixels within that Rect.
    """

    painted = Signal(str, object)

    def __init__(self, drawings: Drawings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._layer_id = ""
        self._erases = False
        self._resize()

    @property
    def is_painting(self) -> bool:
        return bool(self._layer_id)

    def begin(self, layer: Layer, colour: str, opacity: float, *, erases: bool = False) -> bool:
        """Paint on `layer` from now on; False if it cannot be painted on now.

        Layers for lines and locks know one ink, so `colour` counts on the others only.
        """
        if self._layer_id or not self._drawings.begin(layer.id):
            return False
        array = self._drawings.pixels(layer.id).array
        if array.shape != self._before.shape:
            self._resize()
        self._layer_id, self._erases = layer.id, erases
        self._image = wrapped(self._drawings.pixels(layer.id))
        self._array = array
        coloured = layer.role in (LayerRole.COLOUR, LayerRole.REFERENCE)
        self._colour = QColor(colour if coloured else INK)
        rgb = self._colour.rgb() & 0xFFFFFF
        self._stencil.setColorTable([(round(value * opacity) << 24) | rgb for value in range(256)])
        return True

    # --- painting -------------------------------------------------------------------------------

    def line(self, lines: list[list[Node]], hardness: float, *, joined: bool = True) -> None:
        """Lines through nodes, each going on where an earlier one ended; see `paint_line`."""
        for nodes in lines:
            rect = paint_line(self._mask, nodes, hardness, joined=joined)
            if not rect.is_empty:
                self._keep(rect)
                self._show(rect)

    def mask(self, mask: Mask, rect: Rect) -> None:
        """All that `mask`, as large as the drawing, covers within `rect`."""
        self._keep(rect)
        np.maximum(self._mask[rect.slices], mask[rect.slices], out=self._mask[rect.slices])
        self._show(rect)

    def path(self, path: QPainterPath, width: float, *, filled: bool) -> None:
        """The outline of `path`, `width` pixels wide, and what is within it if `filled`."""
        stroker = QPainterPathStroker()
        stroker.setWidth(width)
        stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
        stroker.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        outline = stroker.createStroke(path)
        outline.setFillRule(Qt.FillRule.WindingFill)
        rect = self._on_sheet(outline.boundingRect())
        if rect.is_empty:
            return
        self._keep(rect)
        painter = QPainter(self._alphas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if filled:
            painter.fillPath(path, Qt.GlobalColor.black)
        painter.fillPath(outline, Qt.GlobalColor.black)
        painter.end()
        self._show(rect)

    def clear(self, path: QPainterPath) -> None:
        """Take away what is within `path`."""
        rect = self._on_sheet(path.boundingRect())
        self._keep(rect)
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setCompositionMode(_MODE.CompositionMode_DestinationOut)
        painter.fillPath(path, Qt.GlobalColor.black)
        painter.end()
        self.painted.emit(self._layer_id, rect)

    def image(self, image: QImage, transform: QTransform) -> None:
        """`image`, placed by `transform`, over what is there."""
        rect = self._on_sheet(transform.mapRect(QRectF(image.rect())))
        if rect.is_empty:
            return
        self._keep(rect)
        painter = QPainter(self._image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(transform)
        painter.drawImage(QPoint(), image)
        painter.end()
        self.painted.emit(self._layer_id, rect)

    # --- the end --------------------------------------------------------------------------------

    def commit(self, label: str) -> None:
        """What was painted is a step of the history, called `label` in English."""
        layer_id, self._layer_id = self._layer_id, ""
        self._drawings.commit(layer_id, self._forget(), label)

    def cancel(self) -> None:
        """Take back what was painted since `begin`."""
        self._layer_id = ""
        self._drawings.cancel(self._forget())

    def drop(self) -> None:
        """Forget what was painted: the drawing itself is another one."""
        self._layer_id = ""
        self._forget()

    # --- how ------------------------------------------------------------------------------------

    def _resize(self) -> None:
        """Make room for a drawing of another size. Memory is taken where it is painted on."""
        drawing = self._drawings.drawing
        width, height = drawing.width, drawing.height
        self._before: npt.NDArray[np.uint8] = np.empty((height, width, 4), np.uint8)
        self._before_image = QImage(
            self._before.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied
        )
        self._mask: Mask = np.zeros((height, width), np.uint8)
        formats = QImage.Format
        self._stencil = QImage(self._mask.data, width, height, width, formats.Format_Indexed8)
        self._alphas = QImage(self._mask.data, width, height, width, formats.Format_Alpha8)
        shape = (-(-height // TILE), -(-width // TILE))
        self._kept: npt.NDArray[np.bool_] = np.zeros(shape, np.bool_)

    def _on_sheet(self, rect: QRectF) -> Rect:
        outer = rect.toAlignedRect().adjusted(-1, -1, 1, 1)
        return as_rect(outer).clipped(self._mask.shape[1], self._mask.shape[0])

    def _keep(self, rect: Rect) -> None:
        """Keep what the tiles under `rect` look like before they are painted on."""
        if rect.is_empty:
            return
        rows = slice(rect.y // TILE, (rect.bottom - 1) // TILE + 1)
        columns = slice(rect.x // TILE, (rect.right - 1) // TILE + 1)
        kept = self._kept[rows, columns]
        if kept.all():
            return
        for row, column in np.argwhere(~kept).tolist():
            part = self._tile(row + rows.start, column + columns.start).slices
            self._before[part] = self._array[part]
        kept[:] = True

    def _show(self, rect: Rect) -> None:
        """Make the layer anew within `rect` from what it was and the mask."""
        place = QRect(*rect)
        painter = QPainter(self._image)
        painter.setCompositionMode(_MODE.CompositionMode_Source)
        painter.drawImage(place.topLeft(), self._before_image, place)
        painter.setCompositionMode(
            _MODE.CompositionMode_DestinationOut
            if self._erases
            else _MODE.CompositionMode_SourceOver
        )
        painter.drawImage(place.topLeft(), self._stencil, place)
        painter.end()
        self.painted.emit(self._layer_id, rect)

    def _forget(self) -> list[Rect]:
        """Make ready for the next stroke; returns where this one was."""
        tiles = [self._tile(row, column) for row, column in np.argwhere(self._kept).tolist()]
        for tile in tiles:
            self._mask[tile.slices] = 0
        self._kept[:] = False
        return tiles

    def _tile(self, row: int, column: int) -> Rect:
        height, width = self._mask.shape
        return Rect(column * TILE, row * TILE, TILE, TILE).clipped(width, height)
