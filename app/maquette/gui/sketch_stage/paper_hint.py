"""What empty paper says: three ways to begin, and examples to begin with."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

import maquette_resources
from maquette.core.pixels import Pixels
from maquette.gui.images import image_pixels
from maquette.gui.live import Live
from maquette.gui.own_keys import OwnKeys
from maquette.gui.parts import label, name

SIDE = 52  # pixels of an example
INK = "#5a5d65"  # on paper, which is white in every theme
LOW = 215  # pixels; below, the words leave the place to the examples


class _Example(OwnKeys, QToolButton):
    """Space presses it."""


class PaperHint(Live, QWidget):
    """Lies over the paper until the first stroke, and lets the pen through to it.

    Signals:
        example_chosen(path): the SVG file of a sketch.
    """

    example_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("paperHint")
        self._heading = label("paper-heading")
        self._rows = [(label("paper-key"), label("paper")) for _ in range(3)]
        self._caption = label("paper")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.words = QWidget(self)
        grid = QGridLayout(self.words)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.addWidget(self._heading, 0, 0, 1, 2, Qt.AlignmentFlag.AlignHCenter)
        for row, (key, words) in enumerate(self._rows, start=1):
            key.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(key, row, 0)
            grid.addWidget(words, row, 1)
        for part in (self, self.words, *self.words.findChildren(QWidget)):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        # A child of the canvas of its own: what is transparent for the mouse is so with its parts.
        self.examples = QWidget(parent)
        self.examples.setObjectName("paperExamples")
        self.buttons: list[QToolButton] = []
        row = QHBoxLayout()
        row.setSpacing(4)
        for path in maquette_resources.example_sketches():
            made = _Example()
            made.setProperty("kind", "example")
            made.setIconSize(QSize(SIDE - 8, SIDE - 8))
            made.setFixedSize(SIDE, SIDE)
            made.setIcon(_drawn(path))
            made.clicked.connect(lambda _checked=False, held=path: self.example_chosen.emit(held))
            self.buttons.append(made)
            row.addWidget(made)
        below = QVBoxLayout(self.examples)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(4)
        below.addWidget(self._caption)
        below.addLayout(row)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        self.retranslate()

    def show_over(self, paper: QRectF, wanted: bool) -> None:
        """Lie over `paper`, where the drawing is in the canvas, if that is `wanted`."""
        place = paper.toAlignedRect()
        shown = max(1, min(len(self.buttons), (place.width() - 16) // (SIDE + 4)))
        for number, made in enumerate(self.buttons):
            made.setVisible(number < shown)
        self._caption.setVisible(self._caption.sizeHint().width() <= place.width())
        self.examples.adjustSize()
        below = self.examples.height() + 12
        self.setGeometry(place.adjusted(0, 0, 0, -below))
        room = place.width() - 24
        fits = place.height() >= LOW and room >= self.words.sizeHint().width()
        self.words.setVisible(fits)
        centre = place.center().x() - self.examples.width() // 2
        self.examples.move(centre, place.bottom() - below)
        self.setVisible(wanted)
        self.examples.setVisible(wanted and place.height() >= below and place.width() >= SIDE + 16)
        self.raise_()
        self.examples.raise_()

    def retranslate(self) -> None:
        self._heading.setText(self.tr("Draw here"))
        texts = (
            (self.tr("Pen"), self.tr("or mouse: draw an outline")),
            (self.tr("Drop"), self.tr("a photo of a sketch on paper")),
            (self.tr("Ctrl V"), self.tr("pastes a sketch")),
        )
        for (key, words), (key_text, text) in zip(self._rows, texts, strict=True):
            key.setText(key_text)
            words.setText(text)
        self._caption.setText(self.tr("or begin with an example"))
        names = (
            self.tr("Mug"),
            self.tr("Teapot"),
            self.tr("Chair"),
            self.tr("Table lamp"),
            self.tr("Vase"),
            self.tr("Toy car"),
        )
        for made, text in zip(self.buttons, names, strict=True):
            name(made, self.tr("Example sketch: {name}").format(name=text))


def example_pixels(path: Path, width: int, height: int) -> Pixels:
    """The lines of the SVG file at `path`, RGBA, as large as fits in that many pixels.

    Takes some milliseconds for large sizes: call it in a thread.
    """
    image = QImage(width, height, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    side = min(width, height)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QRectF((width - side) / 2, (height - side) / 2, side, side)
    QSvgRenderer(str(path)).render(painter, place)
    painter.end()
    return image_pixels(image)


def _drawn(path: Path) -> QPixmap:
    pixmap = QPixmap(2 * SIDE, 2 * SIDE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(path)).render(painter, QRectF(0, 0, 2 * SIDE, 2 * SIDE))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(INK))
    painter.end()
    return pixmap
