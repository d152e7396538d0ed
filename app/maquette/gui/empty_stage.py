"""What the stage says before there is a picture."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.parts import label
from maquette.gui.theme import current_tokens

MARGIN = 12  # pixels beside the table, at least


class EmptyStage(Live, QWidget):
    """Three things to know before the first picture; where it is narrow, the heading alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sketching = False
        self._icon = label()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heading = label("heading")
        self._heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._rows = [(label("key"), label("muted")) for _ in range(3)]
        self._table = QWidget()
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for place, (key, words) in enumerate(self._rows):
            key.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(key, place, 0)
            grid.addWidget(words, place, 1)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(16)
        column.addWidget(self._icon)
        self._heading.setWordWrap(True)
        column.addWidget(self._heading)
        column.addWidget(self._table, 0, Qt.AlignmentFlag.AlignHCenter)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(inner)
        outer.addStretch(3)
        self.retranslate()
        self.restyle()

    def turn_to_sketch(self, sketching: bool) -> None:
        """Whether there is a drawing beside, which the render will follow."""
        if sketching is not self._sketching:
            self._sketching = sketching
            self.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._table.setVisible(self.width() >= self._table.sizeHint().width() + 2 * MARGIN)

    def retranslate(self) -> None:
        if self._sketching:
            self._heading.setText(self.tr("Your render forms here"))
            texts = (
                (self.tr("Ctrl ↵"), self.tr("renders the sketch")),
                (self.tr("Live"), self.tr("follows the pen")),
                (self.tr("F1"), self.tr("shows all keys")),
            )
        else:
            self._heading.setText(self.tr("Your picture forms here"))
            texts = (
                (self.tr("Ctrl ↵"), self.tr("makes what the prompt at the left describes")),
                (
                    self.tr("Drop"),
                    self.tr("an image here to start from it, or to reuse its recipe"),
                ),
                (self.tr("F1"), self.tr("shows everything the keyboard can do")),
            )
        for (key, words), (key_text, text) in zip(self._rows, texts, strict=True):
            key.setText(key_text)
            words.setText(text)

    def restyle(self) -> None:
        self._icon.setPixmap(icons.icon("cube", current_tokens().disabled).pixmap(56, 56))
