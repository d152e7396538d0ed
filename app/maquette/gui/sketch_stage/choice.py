"""One of a few values of an enumeration, as a list that unfolds."""

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget


class Choice(QComboBox):
    """Shows a word for each value.

    Signals:
        chosen(value): the user took another one; the plain string of the value.
    """

    chosen = Signal(str)

    def __init__(self, values: type[StrEnum], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for value in values:
            self.addItem(value.value, value.value)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def set_words(self, words: Mapping[StrEnum, str]) -> None:
        """Say each value in the language of now."""
        for value, text in words.items():
            self.setItemText(self.findData(value.value), text)

    def set_value(self, value: StrEnum) -> None:
        """Show `value` without telling anyone."""
        with QSignalBlocker(self):
            self.setCurrentIndex(self.findData(value.value))
