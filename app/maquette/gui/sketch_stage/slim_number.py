"""A number on one short line: its name, a slider, and the exact value to type."""

import math

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QWidget

from maquette.gui.parts import label

STEPS = 200  # of the slider
LEAST_SLIDER = 48  # pixels
GAP = 6


class SlimNumber(QWidget):
    """Between `low` and `high`. A `curved` slider gives each doubling the same way.

    Where it is narrow, name and number have the slider's place.

    `factor` is what a value is shown times of, as 100 for shares in percent.

    Signals:
        changed(value): the user set it.
    """

    changed = Signal(float)

    def __init__(
        self,
        low: float,
        high: float,
        *,
        factor: float = 1.0,
        decimals: int = 0,
        curved: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._low, self._high, self._factor, self._curved = low, high, factor, curved
        self.label = label("small")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, STEPS)
        self.slider.setMinimumWidth(LEAST_SLIDER)
        self.field = QDoubleSpinBox()
        self.field.setDecimals(decimals)
        self.field.setRange(low * factor, high * factor)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setKeyboardTracking(False)
        self.field.setFixedWidth(52)
        self.label.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.slider.valueChanged.connect(self._slid)
        self.field.valueChanged.connect(self._typed)

    def minimumSizeHint(self) -> QSize:
        width = self.label.sizeHint().width() + GAP + self.field.width()
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.slider.setVisible(self.width() >= self.minimumSizeHint().width() + GAP + LEAST_SLIDER)

    def set_text(self, text: str, tip: str = "") -> None:
        """What it is called, and what it does."""
        self.label.setText(text)
        for part in (self.slider, self.field):
            part.setAccessibleName(text)
            part.setToolTip(tip or text)
        self.label.setToolTip(tip)

    def set_value(self, value: float) -> None:
        """Show `value` without telling anyone."""
        with QSignalBlocker(self.field), QSignalBlocker(self.slider):
            self.field.setValue(value * self._factor)
            self.slider.setValue(self._place_of(value))

    def _place_of(self, value: float) -> int:
        value = max(self._low, min(self._high, value))
        if self._curved:
            return round(STEPS * math.log(value / self._low) / math.log(self._high / self._low))
        return round(STEPS * (value - self._low) / (self._high - self._low))

    def _value_at(self, place: int) -> float:
        share = place / STEPS
        if self._curved:
            return self._low * (self._high / self._low) ** share
        return self._low + share * (self._high - self._low)

    def _slid(self, place: int) -> None:
        with QSignalBlocker(self.field):
            self.field.setValue(self._value_at(place) * self._factor)
        # What is shown holds, not what lies between two numbers.
        self.changed.emit(self._bounded(self.field.value() / self._factor))

    def _typed(self, shown: float) -> None:
        value = self._bounded(shown / self._factor)
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._place_of(value))
        self.changed.emit(value)

    def _bounded(self, value: float) -> float:
        return max(self._low, min(self._high, value))
