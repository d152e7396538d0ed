"""Sample pictures of a style while it is learned: a row for each prompt, a column for each step."""

from functools import partial

import numpy as np
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSlider, QVBoxLayout, QWidget

from maquette.core.errors import ImageError
from maquette.core.training_captions import SAMPLES, sample_prompts
from maquette.gui.elided import ElidedLabel
from maquette.gui.images import pixels_image
from maquette.gui.live import Live
from maquette.gui.parts import Panel, label, name
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnail_loader import ThumbnailLoader
from maquette.library.trainings.progress import read_samples
from maquette.state.pictures import fit_pixels
from maquette.state.tasks import Tasks
from maquette.state.training_view import ShownTraining

CELL = 96  # pixels of a picture in the sheet
GAP = 4
HEAD = 20  # pixels above the columns, for their steps
WORDS = 176  # pixels of the prompts' column
LARGE = 192  # pixels of the pictures beside, and at which all are kept
ROOMY = 840  # pixels of width from which on there is room for these beside
BUDGET = 48 << 20  # bytes


class SampleSheet(Live, Panel):
    """The arrow keys, a click and the slider choose a step; its pictures are shown larger beside.

    Signals:
        turned(step): the pictures made after so many steps are looked at; None for the newest.
    """

    turned = Signal(object)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: ShownTraining | None = None
        self._loader = ThumbnailLoader(tasks, BUDGET, self)
        self._loader.ready.connect(lambda _key: self._repaint())
        self.sheet = _Sheet(self)
        self.prompts = [ElidedLabel() for _ in range(SAMPLES)]
        self.large = _Large(self)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.valueChanged.connect(self._slid)
        self.empty = label("muted", wrap=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.strip = QScrollArea()
        self.strip.horizontalScrollBar().rangeChanged.connect(lambda *_: self._bring_into_view())
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QWidget()
        words.setFixedWidth(WORDS)
        column = QVBoxLayout(words)
        column.setContentsMargins(0, HEAD, 0, 0)
        column.setSpacing(GAP)
        for prompt in self.prompts:
            prompt.setFixedHeight(CELL)
            prompt.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(prompt)
        column.addStretch(1)
        self.strip.setWidget(self.sheet)
        self.strip.setFrameShape(QScrollArea.Shape.NoFrame)
        self.strip.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.strip.setFixedHeight(HEAD + SAMPLES * (CELL + GAP) + 14)
        self._whole = QWidget()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.strip, 1)
        row.addWidget(self.large, 0, Qt.AlignmentFlag.AlignTop)
        inside = QVBoxLayout(self._whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(row)
        inside.addWidget(self.slider)
        self.body.addWidget(self._whole)
        self.body.addWidget(self.empty)

    def fit(self, width: int) -> None:
        """Do without the larger pictures where `width` pixels have no room for them."""
        self.large.setVisible(width >= ROOMY)

    # --- what is shown --------------------------------------------------------------------------

    @property
    def steps(self) -> tuple[int, ...]:
        """The columns: after how many steps each was made."""
        return self._shown.samples if self._shown is not None else ()

    @property
    def current(self) -> int:
        """The column that is looked at; -1 while there is none."""
        return self.slider.value() if self.steps else -1

    def show_training(self, one: ShownTraining) -> None:
        """Show the pictures of `one`; who looks at the newest goes on doing so."""
        before, self._shown = self._shown, one
        is_same = before is not None and before.id == one.id
        if before is not None and is_same and before.samples == one.samples:
            return
        if not is_same:
            for prompt, words in zip(self.prompts, sample_prompts(one.plan), strict=True):
                prompt.set_text(words)
        was_newest = not is_same or self.slider.value() >= self.slider.maximum()
        count = len(one.samples)
        self.slider.setEnabled(count > 1)
        self._whole.setVisible(bool(count))
        self.empty.setVisible(not count)
        self.slider.setRange(0, max(0, count - 1))
        self.sheet.fit(count)
        if was_newest:
            self.slider.setValue(max(0, count - 1))
        self._turn()

    def pixmap_of(self, step: int) -> QPixmap | None:
        """The pictures made after `step` steps, below one another; None while they are read."""
        one = self._shown
        if one is None:
            return None
        return self._loader.get(f"{one.id}/{step}", partial(_strip, one, step))

    def turn_to(self, column: int) -> None:
        """Look at a column."""
        self.slider.setValue(column)

    def _slid(self, _value: int) -> None:
        self._turn()

    def _turn(self) -> None:
        if not self.steps:
            self.remark.setText("")
            self.turned.emit(None)
            return
        column = self.current
        step = self.steps[column]
        self.remark.setText(self.tr("after {step} steps").format(step=step))
        self.slider.setAccessibleDescription(self.remark.text())
        self.sheet.setAccessibleDescription(self.remark.text())
        is_newest = column == len(self.steps) - 1
        self.turned.emit(None if is_newest else step)
        self._bring_into_view()
        self._repaint()

    def _bring_into_view(self) -> None:
        """Scroll to the current column; Qt tells later that there are more than before."""
        left, bar = max(0, self.current) * (CELL + GAP), self.strip.horizontalScrollBar()
        first = left + CELL + GAP - self.strip.viewport().width()
        bar.setValue(min(left, max(bar.value(), first)))

    def _repaint(self) -> None:
        self.sheet.update()
        self.large.update()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Pictures on the way"))
        name(self.sheet, self.tr("Pictures on the way"))
        name(self.slider, self.tr("Look back at earlier pictures"), "←, →")
        self.empty.setText(
            self.tr(
                "While the style is learned, the same four pictures are made again and again, with "
                "the same seeds, so that you see what changes. The first come with the second "
                "look at the held-out pictures."
            )
        )
        self._turn()

    def restyle(self) -> None:
        self._repaint()


class _Sheet(QWidget):
    """The columns, painted from what the panel has of them."""

    def __init__(self, panel: SampleSheet) -> None:
        super().__init__()
        self._panel = panel
        self.setObjectName("scrolled")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fit(self, count: int) -> None:
        """Be as large as `count` columns."""
        self.setFixedSize(QSize(max(1, count * (CELL + GAP)), HEAD + SAMPLES * (CELL + GAP)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, painter = current_tokens(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for column, step in enumerate(self._panel.steps):
            left = column * (CELL + GAP)
            if not event.rect().intersects(QRect(left, 0, CELL + GAP, self.height())):
                continue
            is_current = column == self._panel.current
            painter.setPen(QColor(tokens.accent_text if is_current else tokens.muted))
            place = QRect(left, 0, CELL, HEAD - 4)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(step))
            strip = self._panel.pixmap_of(step)
            for row in range(SAMPLES):
                cell = QRect(left, HEAD + row * (CELL + GAP), CELL, CELL)
                _paint_cell(painter, cell, strip, row)
            if is_current:
                colour = tokens.accent if self.hasFocus() else tokens.accent_text
                painter.setPen(QPen(QColor(colour), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                height = SAMPLES * (CELL + GAP) - GAP
                painter.drawRect(QRect(left + 1, HEAD + 1, CELL - 2, height - 2))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        column = int(event.position().x()) // (CELL + GAP)
        if 0 <= column < len(self._panel.steps):
            self._panel.turn_to(column)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._panel.steps) - 1
        goals = {
            Qt.Key.Key_Left: self._panel.current - 1,
            Qt.Key.Key_Right: self._panel.current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        goal = goals.get(Qt.Key(event.key()))
        if goal is None:
            super().keyPressEvent(event)
        else:
            self._panel.turn_to(max(0, min(goal, last)))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()


class _Large(QWidget):
    """The four pictures of the current step, two by two."""

    def __init__(self, panel: SampleSheet) -> None:
        super().__init__()
        self._panel = panel
        self.setFixedSize(2 * LARGE + GAP, 2 * LARGE + GAP)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._panel.steps:
            strip = self._panel.pixmap_of(self._panel.steps[self._panel.current])
            for number in range(SAMPLES):
                corner = QPoint(number % 2 * (LARGE + GAP), number // 2 * (LARGE + GAP))
                _paint_cell(painter, QRect(corner, QSize(LARGE, LARGE)), strip, number)
        painter.end()


def _paint_cell(painter: QPainter, cell: QRect, strip: QPixmap | None, row: int) -> None:
    if strip is None or strip.isNull():
        painter.fillRect(cell, QColor(current_tokens().control))
        return
    side = strip.height() // SAMPLES
    painter.drawPixmap(cell, strip, QRect(0, row * side, strip.width(), side))


def _strip(one: ShownTraining, step: int) -> QImage:
    """The pictures below one another, squares of LARGE pixels. In a thread."""
    pictures = read_samples(one.folder, step)[:SAMPLES]
    if len(pictures) < SAMPLES:
        raise ImageError("The sample pictures cannot be read.")
    fitted = [fit_pixels(pixels, LARGE, LARGE) for pixels in pictures]
    return pixels_image(np.concatenate(fitted))
