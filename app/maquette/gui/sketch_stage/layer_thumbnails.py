"""Small pictures of the layers, made in threads when the hand rests."""

import asyncio

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from maquette.core.drawing import LayerRole
from maquette.core.tiles import Sheet
from maquette.state.drawings import Drawings
from maquette.state.tasks import Tasks

SIDE = 56  # pixels of the longer side; shown at half of it
REST = 250  # milliseconds without a change
SAMPLED = 512  # a larger drawing is looked at in steps, which lines are wider than


class LayerThumbnails(QObject):
    """Pixmaps by the layer's id, as the layers were when the hand rested last.

    Signals:
        ready(layer_id): there is a new one.
    """

    ready = Signal(str)

    def __init__(self, drawings: Drawings, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._tasks = tasks
        self._pixmaps: dict[str, QPixmap] = {}
        self._versions: dict[str, tuple[int, int]] = {}  # (identity, version) of what is shown
        self._wanted = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._look)
        drawings.changed.connect(lambda _fields: self._start())
        drawings.replaced.connect(self._start)

    def set_wanted(self, wanted: bool) -> None:
        """Whether anybody looks; without, none is made."""
        self._wanted = wanted
        if not wanted:
            self._rest.stop()
        self._start()

    def get(self, layer_id: str) -> QPixmap | None:
        """The newest there is."""
        return self._pixmaps.get(layer_id)

    def _start(self) -> None:
        if self._wanted:
            self._rest.start()

    def _look(self) -> None:
        self._tasks.start(self._make())

    async def _make(self) -> None:
        drawing = self._drawings.drawing
        there = {layer.id for layer in drawing.layers}
        for layer_id in self._pixmaps.keys() - there:
            del self._pixmaps[layer_id]
            self._versions.pop(layer_id, None)
        for layer in drawing.layers:
            try:
                pixels = self._drawings.pixels(layer.id)
            except KeyError:
                continue  # it was removed while another one was made
            version = (id(pixels), pixels.version)
            if self._versions.get(layer.id) == version:
                continue
            on_paper = layer.role in (LayerRole.LINES, LayerRole.KEEP)
            small = await asyncio.to_thread(shrunk, pixels.array, on_paper)
            self._versions[layer.id] = version
            self._pixmaps[layer.id] = QPixmap.fromImage(_image(small))
            self.ready.emit(layer.id)


def shrunk(sheet: Sheet, keeps_ink: bool) -> Sheet:
    """`sheet` on white paper, its longer side SIDE pixels, as (height, width, 4) BGRA.

    Lines would fade to nothing in the mean; where `keeps_ink`, the darkest pixel stands for all.
    """
    step = max(1, -(-max(sheet.shape[:2]) // SAMPLED))
    coarse = sheet[::step, ::step].astype(np.int16)
    on_white = coarse[..., :3] + (255 - coarse[..., 3:])
    block = max(1, -(-max(on_white.shape[:2]) // SIDE))
    across, down = (min(block, side) for side in (on_white.shape[1], on_white.shape[0]))
    high, wide = on_white.shape[0] // down, on_white.shape[1] // across
    blocks = on_white[: high * down, : wide * across].reshape(high, down, wide, across, 3)
    small = np.full((high, wide, 4), 255, np.uint8)
    small[..., :3] = blocks.min(axis=(1, 3)) if keeps_ink else blocks.mean(axis=(1, 3))
    return small


def _image(pixels: Sheet) -> QImage:
    high, wide = pixels.shape[:2]
    return QImage(pixels.data, wide, high, 4 * wide, QImage.Format.Format_RGB32).copy()
