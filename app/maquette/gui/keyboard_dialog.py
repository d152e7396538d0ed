"""All keyboard shortcuts on one page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from maquette.gui.actions import said
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.keyboard_lists import Line, Section, columns
from maquette.gui.live import Live
from maquette.gui.parts import button, label

MARGIN = 24


class KeyboardDialog(Live, QDialog):
    """Keys and what they do: everywhere, in each place, and in the views over them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._titles: list[tuple[Section, QLabel]] = []
        self._rows: list[tuple[Line, QLabel, QLabel]] = []
        self._sheet = QWidget()
        self._sheet.setObjectName("scrolled")
        self._beside = QHBoxLayout(self._sheet)
        self._beside.setContentsMargins(0, 0, 8, 0)
        self._beside.setSpacing(32)
        for sections in columns():
            column = QVBoxLayout()
            column.setSpacing(8)
            for section in sections:
                self._add_section(column, section)
            column.addStretch(1)
            self._beside.addLayout(column)
        self._scroll = CalmScroll()
        self._scroll.setWidget(self._sheet)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # to be scrolled by keys
        self._note = label("muted", wrap=True)
        self._close = button()
        self._close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self._note, 1)
        foot.addWidget(self._close)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, MARGIN, MARGIN, 16)
        outer.setSpacing(16)
        outer.addWidget(self._scroll, 1)
        outer.addLayout(foot)
        self.retranslate()

    def _add_section(self, column: QVBoxLayout, section: Section) -> None:
        title = label("title")
        self._titles.append((section, title))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, line in enumerate(section.lines):
            keys, words = label("key"), label()
            keys.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(keys, row, 0)
            grid.addWidget(words, row, 1)
            self._rows.append((line, keys, words))
        if column.count():
            column.addSpacing(16)
        column.addWidget(title)
        column.addLayout(grid)

    def _fit(self) -> None:
        """As large as the sheet where the screen has room for it; else it is scrolled."""
        for part in self.findChildren(QLabel):
            part.ensurePolished()  # what it wants to be wide depends on the style sheet
        self._beside.activate()  # else it remembers how wide it was without words
        room = self.screen().availableGeometry().size()
        wanted = self._sheet.sizeHint()
        foot = self._close.sizeHint().height() + MARGIN + 32
        self.resize(
            min(wanted.width() + 2 * MARGIN + 16, room.width() - 32),
            min(wanted.height() + foot + MARGIN, room.height() - 64),
        )

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keyboard"))
        for section, title in self._titles:
            title.setText(said(section.title))
        for line, keys, words in self._rows:
            keys.setText(line.shown)
            words.setText(said(line.words))
        self._note.setText(
            self.tr("Tab moves through the controls, arrow keys through queue and pictures.")
        )
        self._scroll.setAccessibleName(self.tr("Keyboard"))
        self._close.setText(self.tr("Close"))
        self._fit()
