"""What the Check place says before there is a picture: what it can tell, and what it cannot."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from maquette.gui import icons
from maquette.gui.actions import Actions
from maquette.gui.live import Live
from maquette.gui.parts import button, label
from maquette.gui.theme import current_tokens

CAN, CANNOT = 4, 3
COLUMN = 280  # pixels of a column of words


class EmptyCheck(Live, QWidget):
    """Two short lists and a button."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = label()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._heading = label("heading")
        self._intro = label("muted")
        for words in (self._heading, self._intro):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._can_title, self._cannot_title = label("title"), label("title")
        self._can = [(label(), label("muted", wrap=True)) for _ in range(CAN)]
        self._cannot = [(label(), label("muted", wrap=True)) for _ in range(CANNOT)]
        self.open_button: QPushButton = button("primary")
        self.open_button.clicked.connect(actions["check_open"].trigger)
        self._private = label("small")
        self._private.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self.retranslate()
        self.restyle()

    def _lay_out(self) -> None:
        lists = QHBoxLayout()
        lists.setSpacing(40)
        lists.addLayout(_column(self._can_title, self._can))
        lists.addLayout(_column(self._cannot_title, self._cannot))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(8)
        column.addWidget(self._icon)
        column.addWidget(self._heading)
        column.addWidget(self._intro)
        column.addSpacing(24)
        column.addLayout(lists)
        column.addSpacing(24)
        column.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(8)
        column.addWidget(self._private)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.addStretch(2)
        outer.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def retranslate(self) -> None:
        self._heading.setText(self.tr("Where does this picture come from?"))
        self._intro.setText(self.tr("Drop image files or folders here, or paste a picture."))
        self._can_title.setText(self.tr("What can be told"))
        self._cannot_title.setText(self.tr("What cannot"))
        can = (
            self.tr("whether it was signed, and is as it was when it was signed"),
            self.tr("whether it was made here, even after its metadata was removed"),
            self.tr("what was done to it: scaled, cropped, turned, saved again"),
            self.tr("labels and marks that other tools left"),
        )
        cannot = (
            self.tr("that a picture was not made by AI: marks can be missing"),
            self.tr("who a signer is, unless the certificate is publicly trusted"),
            self.tr("anything invisible below 256 × 256 pixels: too small for a mark"),
        )
        for (_icon, words), text in zip(self._can, can, strict=True):
            words.setText(text)
        for (_icon, words), text in zip(self._cannot, cannot, strict=True):
            words.setText(text)
        self.open_button.setText(self.tr("Open pictures…"))
        self._private.setText(self.tr("Everything is read on this machine; nothing is sent."))

    def restyle(self) -> None:
        tokens = current_tokens()
        self._icon.setPixmap(icons.icon("shield-check", tokens.disabled).pixmap(56, 56))
        size = QSize(16, 16)
        for sign, _words in self._can:
            sign.setPixmap(icons.icon("check", tokens.success).pixmap(size))
        for sign, _words in self._cannot:
            sign.setPixmap(icons.icon("circle", tokens.muted).pixmap(size))


def _column(title: QWidget, rows: list[tuple[QLabel, QLabel]]) -> QVBoxLayout:
    """A title above rows of a sign and words."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(8)
    top = Qt.AlignmentFlag.AlignTop
    for place, (sign, words) in enumerate(rows):
        sign.setContentsMargins(0, 2, 0, 0)
        words.setFixedWidth(COLUMN)
        grid.addWidget(sign, place, 0, top)
        grid.addWidget(words, place, 1, top)
    column = QVBoxLayout()
    column.setSpacing(8)
    column.addWidget(title)
    column.addLayout(grid)
    column.addStretch(1)
    return column
