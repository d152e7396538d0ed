"""Chips for the sizes that the model is good at."""

from math import gcd

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from maquette.core.model_info import ModelInfo
from maquette.gui.live import Live
from maquette.gui.parts import WrapLayout, button, label


class SizeRow(Live, QWidget):
    """One chip per size, named by its aspect ratio; the size in pixels at the right."""

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sizes: tuple[tuple[int, int], ...] = ()
        self._chips: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._area = QWidget()
        self._wrap = WrapLayout()
        self._area.setLayout(self._wrap)
        self._pixels = label("muted")
        self._pixels.setFixedHeight(26)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        outer.addWidget(self._area, 1)
        outer.addWidget(self._pixels, 0, top)
        self.retranslate()

    def set_model(self, info: ModelInfo | None) -> None:
        sizes = info.sizes if info else ()
        if sizes == self._sizes:
            return
        self._sizes = sizes
        for chip in self._chips:
            self._group.removeButton(chip)
            self._wrap.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        ratios = [_ratio(size) for size in sizes]
        for place, (size, ratio) in enumerate(zip(sizes, ratios, strict=True)):
            chip = button("chip")
            chip.setCheckable(True)
            is_first = ratio not in ratios[:place]
            chip.setText(ratio if is_first else f"{ratio} · {size[0]}")
            chip.clicked.connect(lambda _checked=False, size=size: self.chosen.emit(*size))
            self._wrap.addWidget(chip)
            self._group.addButton(chip)
            self._chips.append(chip)
        self.retranslate()

    def set_size(self, width: int, height: int) -> None:
        self._pixels.setText(f"{width} × {height}")
        for chip, size in zip(self._chips, self._sizes, strict=True):
            chip.setChecked(size == (width, height))

    def retranslate(self) -> None:
        for chip, (width, height) in zip(self._chips, self._sizes, strict=True):
            text = self.tr("{width} × {height} pixels").format(width=width, height=height)
            chip.setToolTip(text)
            chip.setAccessibleName(self.tr("Size {size}").format(size=text))


def _ratio(size: tuple[int, int]) -> str:
    width, height = size
    divisor = gcd(width, height)
    return f"{width // divisor}:{height // divisor}"
