"""Which lines of a sketch the render has, as an image in colours that all eyes can tell apart."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from maquette.gui.live import Live
from maquette.gui.parts import label
from maquette.state.fidelity_lines import Classes

FOLLOWED, MISSED, INVENTED = 1, 2, 3
COLOURS = {FOLLOWED: "#56b4e9", MISSED: "#ff8c3a", INVENTED: "#f0e442"}
"""Sky blue, orange and yellow: of Okabe and Ito's palette, whose orange is brightened, so that it
stands out from a dark ground. https://jfly.uni-koeln.de/color/"""
WIDER = (MISSED,)
"""Drawn thicker, so that what matters is seen without its colour."""


def lines_image(classes: Classes) -> QImage:
    """`classes` (height, width), 0 for nothing, as a picture with transparency. For threads."""
    height, width = classes.shape
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    rows = np.frombuffer(image.bits(), np.uint32).reshape(height, image.bytesPerLine() // 4)
    placed = rows[:, :width]
    placed[:] = 0
    for kind in (INVENTED, FOLLOWED, MISSED):
        marks = classes == kind
        if kind in WIDER:
            marks = _widened(marks)
        placed[marks] = QColor(COLOURS[kind]).rgba()
    return image


def _widened(marks: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """With the pixels above, below, left and right of each."""
    wide = marks.copy()
    wide[1:] |= marks[:-1]
    wide[:-1] |= marks[1:]
    wide[:, 1:] |= marks[:, :-1]
    wide[:, :-1] |= marks[:, 1:]
    return wide


class _Dash(QWidget):
    """A short line in the colour of a class, thick where the lines are."""

    def __init__(self, kind: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(18, 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = 5 if self._kind in WIDER else 2
        painter.fillRect(1, (12 - height) // 2, 16, height, QColor(COLOURS[self._kind]))


class Legend(Live, QFrame):
    """What the colours of the lines mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("legend")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._words = {kind: label("small") for kind in COLOURS}
        self._rows = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._rows.setContentsMargins(10, 4, 10, 4)
        for kind, words in self._words.items():
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addWidget(_Dash(kind))
            row.addWidget(words, 1)
            self._rows.addLayout(row)
        self.retranslate()
        self.hide()

    def fit(self, width: int) -> None:
        """Side by side where that needs no more than `width` pixels, else below one another."""
        for direction in (QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom):
            self._rows.setDirection(direction)
            self._rows.setSpacing(14 if direction is QBoxLayout.Direction.LeftToRight else 2)
            if self._rows.sizeHint().width() <= width:
                break
        self.adjustSize()

    def retranslate(self) -> None:
        texts = {
            FOLLOWED: self.tr("followed"),
            MISSED: self.tr("missed"),
            INVENTED: self.tr("invented"),
        }
        for kind, words in self._words.items():
            words.setText(texts[kind])
        self.setAccessibleName(", ".join(texts.values()))
        self.adjustSize()
