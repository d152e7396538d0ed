"""A labelled slider with a field for the exact number."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from maquette.gui.parts import label


class NumberRow(QWidget):
    """Label, slider and field for one number.

    The field takes any value between `low` and `high`; the slider covers only the useful part up to
    `slider_high`, so that the usual values are easy to reach.
    """

    changed = Signal(float)

    def __init__(
        self,
        low: float,
        high: float,
        step: float,
        *,
        decimals: int = 0,
        slider_high: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._step = step
        self.label = label()
        self.field = QDoubleSpinBox()
        self.field.setDecimals(decimals)
        self.field.setRange(low, high)
        self.field.setSingleStep(step)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.lineEdit().setTextMargins(4, 0, 4, 0)
        self.field.setFixedWidth(64)
        self.field.setKeyboardTracking(False)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(round(low / step), round((slider_high or high) / step))
        self.label.setBuddy(self.field)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.slider, 1)
        top.addWidget(self.field)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(2)
        outer.addWidget(self.label)
        outer.addLayout(top)
        self.field.valueChanged.connect(self._typed)
        self.slider.valueChanged.connect(self._slid)

    def set_text(self, text: str, tip: str) -> None:
        self.label.setText(text)
        for widget in (self.field, self.slider):
            widget.setAccessibleName(text)
            widget.setToolTip(tip)
        self.label.setToolTip(tip)

    def set_value(self, value: float) -> None:
        """Show `value` without telling anyone."""
        with QSignalBlocker(self.field), QSignalBlocker(self.slider):
            self.field.setValue(value)
            self.slider.setValue(round(value / self._step))

    def _typed(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(value / self._step))
        self.changed.emit(value)

    def _slid(self, place: int) -> None:
        with QSignalBlocker(self.field):
            self.field.setValue(place * self._step)
        self.changed.emit(self.field.value())
