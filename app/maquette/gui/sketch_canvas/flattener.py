"""Flattener: the layers as one picture, kept up to date where something changed and is seen.

The layers below and above the one that is drawn on are flattened once each, tile by tile; a stroke
then costs three small copies. The result is kept in halves too, so that a view from far away reads
few pixels and is smooth.
"""

import time
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from maquette.core.drawing import Drawing
from maquette.core.rect import Rect
from maquette.gui.sketch_canvas.looks import Content, paint_layer, wrapped
from maquette.gui.sketch_canvas.rects import as_rect
from maquette.state.drawings import Drawings

PAPER = "#f7f6f2"
TILE = 256  # pixels
SMALLEST = 256  # pixels; no half with a longer side below this is made

_Marks = npt.NDArray[np.bool_]
_SOURCE = QPainter.CompositionMode.CompositionMode_Source


class Flattener:
    """What is seen of the open drawing. `refresh` before `paint`."""

    def __init__(self, drawings: Drawings) -> None:
        self._drawings = drawings
        self._floating: Content | None = None
        self._backdrop: tuple[QImage, float] | None = None
        self.renew()

    # --- what changed ---------------------------------------------------------------------------

    def renew(self) -> None:
        """Begin anew: all arrays of the drawing are others."""
        drawing = self._drawings.drawing
        self._images: dict[str, QImage] = {}
        self._below = QImage(drawing.width, drawing.height, QImage.Format.Format_RGB32)
        self._above: QImage | None = None
        self._levels = [QImage(drawing.width, drawing.height, QImage.Format.Format_RGB32)]
        self._levels[0].fill(QColor(PAPER))
        while max(self._levels[-1].width(), self._levels[-1].height()) > 2 * SMALLEST:
            width, height = self._levels[-1].size().toTuple()
            half = QImage((width + 1) // 2, (height + 1) // 2, QImage.Format.Format_RGB32)
            half.fill(QColor(PAPER))
            self._levels.append(half)
        shape = (-(-drawing.height // TILE), -(-drawing.width // TILE))
        self._stack_stale: _Marks = np.ones(shape, np.bool_)
        self._flat_stale: _Marks = np.ones(shape, np.bool_)
        self._dirty: list[QRect] = []
        self._floating = None

    def restack(self) -> None:
        """The layers, their values, the active one or the colours of the theme are others."""
        there = {layer.id for layer in self._drawings.drawing.layers}
        self._images = {key: image for key, image in self._images.items() if key in there}
        self._stack_stale[:] = True
        self._flat_stale[:] = True
        self._dirty.clear()

    def set_backdrop(self, image: QImage | None, share: float) -> None:
        """Lay `image`, stretched to the sheet, on the paper, `share` of it seen; None for none."""
        known, known_share = self._backdrop or (None, share)
        if image is not known or share != known_share:
            self._backdrop = None if image is None else (image, share)
            self.restack()

    def levels(self) -> tuple[QImage, ...]:
        """The whole drawing as a picture and its halves. Takes long where little was seen yet."""
        self.refresh(self._below.rect(), 1.0)
        return tuple(level.copy() for level in self._levels)

    def touch(self, layer_id: str, rect: Rect) -> None:
        """The pixels of a layer are others there."""
        if layer_id == self._drawings.drawing.active:
            self._dirty_there(QRect(*rect))
            return
        self._stack_stale[_tiles(rect)] = True
        self._flat_stale[_tiles(rect)] = True

    def _dirty_there(self, rect: QRect) -> None:
        """Note it; with the last one as one rectangle, where that is hardly larger than both."""
        if self._dirty:
            last = self._dirty[-1]
            both = rect | last
            if _pixels(both) <= 1.5 * (_pixels(rect) + _pixels(last)):
                self._dirty[-1] = both
                return
        self._dirty.append(rect)

    def show_floating(self, content: Content | None) -> None:
        """Show `content` instead of what is on the active layer; `touch` where it differs."""
        self._floating = content

    # --- what is seen ---------------------------------------------------------------------------

    def refresh(self, seen: QRect, seconds: float) -> list[QRect]:
        """Flatten what is stale within `seen`, for about so many seconds.

        Returns what is still to be done.
        """
        end = time.perf_counter() + seconds
        dirty, self._dirty = self._dirty, []
        for rect in dirty:
            part = rect & seen
            if part != rect:
                self._flat_stale[_tiles(as_rect(rect))] = True
            if not part.isEmpty():
                self._flatten(part)
        left: list[QRect] = []
        for number, (row, column) in enumerate(self._stale_in(seen)):
            rect = self._tile_rect(row, column)
            if number == 0 or time.perf_counter() < end:
                self._flatten(rect)
                self._flat_stale[row, column] = False
            else:
                left.append(rect)
        return left

    def paint(
        self, painter: QPainter, to_widget: QTransform, scale: float, *, rough: bool = False
    ) -> None:
        """Paint the drawing, of which a pixel is `scale` device pixels long; `rough` saves time."""
        number = 0
        while number + 1 < len(self._levels) and scale * 2 ** (number + 1) <= 1.0:
            number += 1
        drawing, step = self._drawings.drawing, 2.0**number
        turned = to_widget.isRotating()
        painter.save()
        painter.setTransform(to_widget, True)
        # Far in, single pixels are what one wants to see.
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform,
            not rough and scale < 4 and (scale != 1.0 or turned),
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, turned and not rough)
        painter.drawImage(
            QRectF(0, 0, drawing.width, drawing.height),
            self._levels[number],
            QRectF(0, 0, drawing.width / step, drawing.height / step),
        )
        painter.restore()

    def colour_at(self, x: int, y: int) -> QColor:
        """What is seen at a pixel of the drawing, which must be on it."""
        self.refresh(QRect(x, y, 1, 1), 1.0)
        return self._levels[0].pixelColor(x, y)

    # --- how ------------------------------------------------------------------------------------

    def _flatten(self, rect: QRect) -> None:
        drawing = self._drawings.drawing
        self._flatten_stack(rect, drawing)
        painter = QPainter(self._levels[0])
        painter.setCompositionMode(_SOURCE)
        painter.drawImage(rect.topLeft(), self._below, rect)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setClipRect(rect)
        active = drawing.layer(drawing.active)
        if active.visible:
            paint_layer(painter, active, self._image(active.id), rect, self._floating)
        if self._above is not None:
            painter.drawImage(rect.topLeft(), self._above, rect)
        painter.end()
        for finer, coarser in zip(self._levels, self._levels[1:], strict=False):
            rect = QRect(
                QPoint(rect.left() // 2, rect.top() // 2),
                QPoint(rect.right() // 2, rect.bottom() // 2),
            )
            painter = QPainter(coarser)
            painter.setCompositionMode(_SOURCE)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setClipRect(rect)
            # At a half, bilinear sampling is the mean of four.
            painter.scale(0.5, 0.5)
            painter.drawImage(QPoint(), finer)
            painter.end()

    def _flatten_stack(self, rect: QRect, drawing: Drawing) -> None:
        """Bring the layers below and above the active one up to date there."""
        tiles = _tiles(as_rect(rect))
        if not self._stack_stale[tiles].any():
            return
        place = [layer.id for layer in drawing.layers].index(drawing.active)
        upper = [layer for layer in drawing.layers[place + 1 :] if layer.visible]
        lower = [layer for layer in drawing.layers[:place] if layer.visible]
        if upper and self._above is None:
            self._above = QImage(self._below.size(), QImage.Format.Format_ARGB32_Premultiplied)
            self._above.fill(Qt.GlobalColor.transparent)
        elif not upper:
            self._above = None
        for row, column in zip(*np.nonzero(self._stack_stale[tiles]), strict=True):
            row, column = row + tiles[0].start, column + tiles[1].start
            part = self._tile_rect(int(row), int(column))
            painter = QPainter(self._below)
            painter.setClipRect(part)
            painter.fillRect(part, QColor(PAPER))
            if self._backdrop is not None:
                image, share = self._backdrop
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.setOpacity(share)
                painter.drawImage(QRectF(self._below.rect()), image)
                painter.setOpacity(1.0)
            for layer in lower:
                paint_layer(painter, layer, self._image(layer.id), part)
            painter.end()
            if self._above is not None:
                painter = QPainter(self._above)
                painter.setClipRect(part)
                painter.setCompositionMode(_SOURCE)
                painter.fillRect(part, Qt.GlobalColor.transparent)
                painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
                for layer in upper:
                    paint_layer(painter, layer, self._image(layer.id), part)
                painter.end()
            self._stack_stale[row, column] = False

    def _image(self, layer_id: str) -> QImage:
        image = self._images.get(layer_id)
        if image is None:
            image = self._images[layer_id] = wrapped(self._drawings.pixels(layer_id))
        return image

    def _stale_in(self, seen: QRect) -> Iterator[tuple[int, int]]:
        tiles = _tiles(as_rect(seen))
        for row, column in np.argwhere(self._flat_stale[tiles]).tolist():
            yield row + tiles[0].start, column + tiles[1].start

    def _tile_rect(self, row: int, column: int) -> QRect:
        return QRect(column * TILE, row * TILE, TILE, TILE) & self._below.rect()


def _tiles(rect: Rect) -> tuple[slice, slice]:
    """The rows and columns of tiles that a rectangle, which lies on the sheet, touches."""
    if rect.is_empty:
        return slice(0, 0), slice(0, 0)
    return (
        slice(rect.y // TILE, (rect.bottom - 1) // TILE + 1),
        slice(rect.x // TILE, (rect.right - 1) // TILE + 1),
    )


def _pixels(rect: QRect) -> int:
    return rect.width() * rect.height()
