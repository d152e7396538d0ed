"""Fill and picker: the tools that look at what is there where the pen touches."""

import asyncio
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter

from maquette.core.drawing import LayerRole
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.flood import flood
from maquette.core.rect import Rect
from maquette.core.stroke_mask import Mask
from maquette.core.strokes import Sample
from maquette.gui.sketch_canvas.easel import Easel, Handler, Modifiers
from maquette.gui.sketch_canvas.looks import wrapped

BAND = 64
"""Rows that are flattened at once: Qt holds Python's lock as long as it paints."""


class _Sheet(NamedTuple):
    pixels: LayerPixels
    opacity: float


class Fill(Handler):
    """Fills what is enclosed by what is seen of lines and colours; the search is in a thread."""

    def __init__(self, easel: Easel) -> None:
        super().__init__(easel)
        self._is_searching = False

    def release(self, sample: Sample, modifiers: Modifiers) -> None:
        width, height = self.easel.size
        x, y = int(sample.x // 1), int(sample.y // 1)
        if self._is_searching or not (0 <= x < width and 0 <= y < height):
            return
        if self.easel.drawings.active.locked or not self.easel.drawings.active.visible:
            self.easel.refused.emit()
            return
        self._is_searching = True
        self.easel.tasks.start(self._fill(x, y))

    async def _fill(self, x: int, y: int) -> None:
        drawings, settings = self.easel.drawings, self.easel.settings
        drawing = drawings.drawing
        sheets = [
            _Sheet(drawings.pixels(layer.id), layer.opacity)
            for layer in drawing.layers
            if layer.visible and layer.role not in (LayerRole.LOCK, LayerRole.REFERENCE)
        ]
        try:
            mask, rect = await asyncio.to_thread(
                _search, sheets, drawing.width, drawing.height, x, y, settings.tolerance,
                settings.gap,
            )  # fmt: skip
        finally:
            self._is_searching = False
        now = drawings.drawing
        is_same = (now.id, now.active, self.easel.size) == (
            drawing.id,
            drawing.active,
            mask.shape[::-1],
        )
        if rect.is_empty or not is_same or not self.easel.begin():
            return
        self.easel.painter.mask(mask, rect)
        self.easel.commit("Fill")


def _search(
    sheets: Sequence[_Sheet], width: int, height: int, x: int, y: int, tolerance: int, gap: int
) -> tuple[Mask, Rect]:
    """What is filled from (x, y), and the rectangle around it."""
    picture = np.empty((height, width, 4), np.uint8)
    image = QImage(picture.data, width, height, 4 * width, QImage.Format.Format_RGB32)
    images = [(wrapped(sheet.pixels), sheet.opacity) for sheet in sheets]
    painter = QPainter(image)
    for top in range(0, height, BAND):
        band = QRect(0, top, width, min(BAND, height - top))
        painter.setOpacity(1.0)
        painter.fillRect(band, Qt.GlobalColor.white)
        for layer, opacity in images:
            painter.setOpacity(opacity)
            painter.drawImage(band.topLeft(), layer, band)
    painter.end()
    mask = flood(picture, x, y, tolerance, gap)
    rows, columns = np.nonzero(mask.any(axis=1))[0], np.nonzero(mask.any(axis=0))[0]
    if not rows.size:
        return mask, Rect(0, 0, 0, 0)
    left, top = int(columns[0]), int(rows[0])
    return mask, Rect(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)


class Picker(Handler):
    """Takes the colour that is seen under the pen."""

    def press(self, sample: Sample, modifiers: Modifiers) -> None:
        self.move(sample, modifiers)

    def move(self, sample: Sample, modifiers: Modifiers) -> None:
        width, height = self.easel.size
        x, y = int(sample.x // 1), int(sample.y // 1)
        if 0 <= x < width and 0 <= y < height:
            self.easel.tools.update(colour=self.easel.flattener.colour_at(x, y).name())
