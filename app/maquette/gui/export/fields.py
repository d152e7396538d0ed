"""Small fields that several cards of the editor share."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox, QWidget

from maquette.gui.parts import name

TEXT_MARGINS = (4, 0, 4, 0)
"""Of the text of a number within its field, in pixels."""


class OptionalNumber(QSpinBox):
    """A whole number, or nothing: an emptied field, which then says in words what that means."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        """Numbers from `low` (above 0) to `high`."""
        super().__init__(parent)
        self._low = low
        self.setRange(0, high)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(*TEXT_MARGINS)
        self.valueChanged.connect(self._lift)

    @property
    def number(self) -> int | None:
        """What is in the field; None for nothing."""
        return self.value() or None

    def set_number(self, number: int | None) -> None:
        self.setValue(number or 0)

    def set_words(self, accessible: str, nothing: str) -> None:
        """Its accessible name, and what it shows for nothing."""
        name(self, accessible)
        self.setToolTip("")
        self.setSpecialValueText(nothing)

    def valueFromText(self, text: str) -> int:
        """Empty is nothing."""
        digits = text.removesuffix(self.suffix()).strip()
        return int(digits) if digits.isdecimal() else 0

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """An emptied field is one that says nothing."""
        if not text.removesuffix(self.suffix()).strip():
            return QValidator.State.Acceptable, text, place
        return super().validate(text, place)

    def _lift(self, value: int) -> None:
        if 0 < value < self._low:
            self.setValue(self._low)
