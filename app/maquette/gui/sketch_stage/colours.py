"""The colour of colour layers: a swatch that opens the lately used ones and any other."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QColorDialog,
    QFrame,
    QGridLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from maquette.gui.live import Live
from maquette.gui.own_keys import OwnKeys
from maquette.gui.parts import button, label, name
from maquette.gui.theme import current_tokens

FIRST = (
    "#c8733c", "#d9a441", "#4f7f52", "#3f6fb5", "#8b4a6b", "#b53a34",
    "#e9e4d8", "#b8b2a6", "#7d7a75", "#4a4a4d", "#1e1f22", "#f4f4f2",
)  # fmt: skip
"""What is there before any other was used: copper, brass, green, blue, plum, red, and greys."""
IN_A_ROW = 6


class Swatch(OwnKeys, QToolButton):
    """A square of one colour."""

    def __init__(self, colour: str = FIRST[0], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setProperty("kind", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedSize(QSize(30, 30))

    @property
    def colour(self) -> str:
        """As #rrggbb."""
        return self._colour

    def set_colour(self, colour: str) -> None:
        """Show `colour`, #rrggbb."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_tokens().muted), 1))
        painter.setBrush(QColor(self._colour))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(6.5, 6.5, -6.5, -6.5), 4, 4)


class ColourPopover(Live, QFrame):
    """The recent colours and the system's dialog for any other.

    Signals:
        chosen(colour): #rrggbb.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popover")
        self._title = label("small")
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        self.swatches: list[Swatch] = []
        for place, colour in enumerate(FIRST):
            made = Swatch(colour)
            made.clicked.connect(lambda _checked=False, held=made: self._choose(held.colour))
            self._grid.addWidget(made, place // IN_A_ROW, place % IN_A_ROW)
            self.swatches.append(made)
        self.other: QPushButton = button()
        self.other.clicked.connect(self._ask)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        column.addWidget(self.other)
        self._current = FIRST[0]
        self.retranslate()

    def offer(self, current: str, recent: Sequence[str]) -> None:
        """Offer the `recent` colours first; `current` is what another one is chosen from."""
        self._current = current
        rest = [colour for colour in FIRST if colour not in recent]
        for made, colour in zip(self.swatches, (*recent, *rest), strict=False):
            made.set_colour(colour)
            name(made, colour)

    def open_at(self, place: QPoint) -> None:
        """Show it with its top left corner at `place` of the screen."""
        self.adjustSize()
        self.move(place)
        self.show()
        self.swatches[0].setFocus()

    def _choose(self, colour: str) -> None:
        self.close()
        self.chosen.emit(colour)

    def _ask(self) -> None:
        self.close()
        dialog = QColorDialog(QColor(self._current), self.parentWidget())
        dialog.setWindowTitle(self.tr("Colour"))
        dialog.colorSelected.connect(lambda colour: self.chosen.emit(colour.name()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Colours used lately"))
        self.other.setText(self.tr("Another colour…"))
