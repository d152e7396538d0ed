"""The difference of two pictures: where they differ, made brighter by a slider."""

import asyncio
import sys

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSlider, QVBoxLayout, QWidget

from maquette.core.errors import ImageError
from maquette.core.gallery import GalleryPicture
from maquette.core.pixels import Pixels
from maquette.gui.canvas import Canvas
from maquette.gui.gallery.compare_pixels import WHOLE
from maquette.gui.images import pixels_image
from maquette.gui.levels import SMALLEST, Levels, halvings_within
from maquette.gui.live import Live
from maquette.gui.parts import label, name
from maquette.state.differences import GAINS, Difference, amplified, difference, halved
from maquette.state.messages import translate_sentence
from maquette.state.tasks import Tasks

FIRST_GAIN = GAINS.index(4)

Pair = tuple[GalleryPicture, GalleryPicture]


class CompareDifference(Live, QWidget):
    """Black is where both are the same. Computed in threads; the latest wish wins."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pair: Pair | None = None
        self._found: tuple[Pair, Difference] | None = None
        self._shown: tuple[Pair, int, bool] | None = None  # with how much, and whether all of it
        self._is_close = False
        self._problem = ""
        self._is_working = False
        self.canvas = Canvas()
        self.canvas.zoomed.connect(self._zoomed)
        self.words = label("muted", wrap=True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, len(GAINS) - 1)
        self.slider.setPageStep(1)
        self.slider.setValue(FIRST_GAIN)
        self.slider.setFixedWidth(160)
        self.slider.valueChanged.connect(self._wish)
        self.gain = label()
        self.gain.setFixedWidth(40)
        self._gain_title = label("muted")
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 8)
        foot.setSpacing(8)
        foot.addWidget(self.words, 1)
        foot.addWidget(self._gain_title)
        foot.addWidget(self.slider)
        foot.addWidget(self.gain)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas, 1)
        column.addLayout(foot)
        self.retranslate()

    def show_pair(self, first: GalleryPicture, second: GalleryPicture) -> None:
        """Show how `first` differs from `second`."""
        files = [(each.path, each.file_sha256) for each in (first, second)]
        if self._pair is None or files != [(it.path, it.file_sha256) for it in self._pair]:
            self._pair = (first, second)
            self.canvas.clear()
        self._wish()

    def put_away(self) -> None:
        """Forget what was computed, which is large."""
        self._pair = self._found = self._shown = None
        self._is_close = False
        self.canvas.clear()

    @property
    def found(self) -> Difference | None:
        """What was computed for the pair that is shown."""
        is_current = self._found is not None and self._found[0] is self._pair
        return self._found[1] if is_current and self._found is not None else None

    def _wish(self) -> None:
        self._render_words()
        if self._pair is not None and not self._is_working:
            self._is_working = True
            self._tasks.start(self._work())

    async def _work(self) -> None:
        """Compute until what is shown is what is wished for."""
        try:
            while (pair := self._pair) is not None:
                wish = (pair, GAINS[self.slider.value()], self._is_close)
                shown = self._shown
                if shown is not None and shown[0] is pair and shown[1:] == wish[1:]:
                    return
                await self._show(*wish)
        finally:
            self._is_working = False

    async def _show(self, pair: Pair, gain: int, is_close: bool) -> None:
        self._problem = ""
        levels, size = (), QSize()
        try:
            if self._found is None or self._found[0] is not pair:
                computed = await asyncio.to_thread(difference, pair[0].path, pair[1].path)
                if self._pair is not pair:
                    return
                self._found = (pair, computed)
            most = sys.maxsize if is_close else WHOLE
            pixels = self._found[1].pixels
            size = QSize(pixels.shape[1], pixels.shape[0])
            levels = await asyncio.to_thread(_levels, pixels, gain, halvings_within(size, most))
        except ImageError as error:
            self._problem = error.message
        if self._pair is pair:
            self._shown = (pair, gain, is_close)
            if levels:
                self.canvas.show_levels(levels, size)
            self._render_words()

    def _zoomed(self) -> None:
        """All pixels are kept only while they are seen: they take a lot of memory."""
        found = self.found
        if found is None:
            return
        height, width = found.pixels.shape[:2]
        halvings = halvings_within(QSize(width, height), WHOLE)
        is_close = halvings > 0 and self.canvas.shown_width > width / 2**halvings
        if is_close != self._is_close:
            self._is_close = is_close
            self._wish()

    def _render_words(self) -> None:
        self.gain.setText(f"× {GAINS[self.slider.value()]}")
        found = self.found
        if self._problem:
            words = translate_sentence(self._problem)
        elif found is None:
            words = self.tr("Comparing…")
        elif not found.largest:
            words = self.tr("No pixel differs.")
        else:
            share = 100 * found.share
            said = f"{share:.1f}" if share >= 0.1 else "< 0.1"
            words = self.tr(
                "{share} % of the pixels differ, by {largest} of 255 at most. Black: no difference."
            ).format(share=said, largest=found.largest)
        self.words.setText(words)

    def retranslate(self) -> None:
        name(self.canvas, self.tr("Difference"))
        self.canvas.setToolTip("")
        self._gain_title.setText(self.tr("Brighter"))
        name(self.slider, self.tr("Make differences brighter"))
        self._render_words()


def _levels(pixels: Pixels, gain: int, halvings: int) -> Levels:
    """The picture of a difference, halved so often, and its halves. Blocks; for threads."""
    for _ in range(halvings):
        pixels = halved(pixels)
    bright = amplified(pixels, gain)
    levels = [pixels_image(bright)]
    while max(bright.shape[:2]) >= 2 * SMALLEST:
        bright = halved(bright)
        levels.append(pixels_image(bright))
    return tuple(levels)
