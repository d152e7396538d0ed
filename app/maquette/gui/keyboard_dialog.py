"""All keyboard shortcuts on one page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QVBoxLayout, QWidget

from maquette.gui.actions import SPECS, said, shown_keys
from maquette.gui.live import Live
from maquette.gui.parts import button, label


class KeyboardDialog(Live, QDialog):
    """A table of keys and what they do, in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(2, 24)
        self._rows = []
        listed = [spec for spec in SPECS.values() if spec.keys]
        half = (len(listed) + 1) // 2
        for place, spec in enumerate(listed):
            key, words = label("key"), label()
            key.setAlignment(Qt.AlignmentFlag.AlignCenter)
            row, column = place % half, 3 * (place // half)
            self._grid.addWidget(key, row, column)
            self._grid.addWidget(words, row, column + 1)
            self._rows.append((spec, key, words))
        self._note = label("muted", wrap=True)
        self._close = button()
        self._close.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(16)
        outer.addLayout(self._grid)
        outer.addWidget(self._note)
        outer.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        self.retranslate()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keyboard"))
        for spec, key, words in self._rows:
            key.setText(shown_keys(spec))
            words.setText(said(spec.text))
        self._note.setText(
            self.tr(
                "Tab moves through the controls, arrow keys through queue and pictures, "
                "Delete cancels the selected job."
            )
        )
        self._close.setText(self.tr("Close"))
