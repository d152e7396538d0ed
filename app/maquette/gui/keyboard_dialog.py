"""All keyboard shortcuts on one page, in a column for each place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from maquette.gui.action_spec import Place, Spec
from maquette.gui.actions import SPECS, said, shown_keys
from maquette.gui.live import Live
from maquette.gui.parts import button, label


class KeyboardDialog(Live, QDialog):
    """Keys and what they do: everywhere, and in each place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(False)
        self._rows: list[tuple[Spec, QLabel, QLabel]] = []
        self._titles = {place: label("title") for place in (None, *Place)}
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for place, title in self._titles.items():
            columns.addLayout(self._column(place, title))
        self._note = label("muted", wrap=True)
        self._close = button()
        self._close.clicked.connect(self.accept)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(16)
        outer.addLayout(columns)
        outer.addWidget(self._note)
        outer.addWidget(self._close, 0, Qt.AlignmentFlag.AlignRight)
        self.retranslate()

    def _column(self, place: Place | None, title: QLabel) -> QVBoxLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        listed = [spec for spec in SPECS.values() if spec.keys and spec.place is place]
        for row, spec in enumerate(listed):
            key, words = label("key"), label()
            key.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(key, row, 0)
            grid.addWidget(words, row, 1)
            self._rows.append((spec, key, words))
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(title)
        column.addLayout(grid)
        column.addStretch(1)
        return column

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Keyboard"))
        for place, text in (
            (None, self.tr("Everywhere")),
            (Place.CREATE, said(SPECS["go_create"].text)),
            (Place.LIBRARY, said(SPECS["go_library"].text)),
            (Place.CHECK, said(SPECS["go_check"].text)),
        ):
            self._titles[place].setText(text)
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
