"""The one slider: how closely the picture follows the sketch."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QSpinBox, QWidget

from maquette.gui.live import Live
from maquette.gui.parts import label, name


class FollowRow(Live, QWidget):
    """Label, slider and number in one line, 0 to 100.

    Signals:
        changed(int): the user moved it.
    """

    changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = label()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, 100)
        self.slider.setPageStep(10)
        self.field = QSpinBox()
        self.field.setRange(0, 100)
        self.field.setFixedWidth(52)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setKeyboardTracking(False)
        self.label.setBuddy(self.field)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.label)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.slider.valueChanged.connect(self._turned)
        self.field.valueChanged.connect(self._turned)
        self.retranslate()

    def set_value(self, value: int) -> None:
        """Show `value` without telling anyone."""
        with QSignalBlocker(self.slider), QSignalBlocker(self.field):
            self.slider.setValue(value)
            self.field.setValue(value)

    def _turned(self, value: int) -> None:
        self.set_value(value)
        self.changed.emit(value)

    def retranslate(self) -> None:
        text = self.tr("Follow the sketch")
        self.label.setText(text)
        tip = self.tr("0 only takes its idea, 100 follows every line; the words paint the rest.")
        for part in (self.slider, self.field):
            name(part, text, tip=tip)
        self.label.setToolTip(tip)
