"""The bar above compared pictures: how they are compared, which two, and zooming."""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QWidget,
)

from maquette.gui import icons
from maquette.gui.combo import fill_combo
from maquette.gui.live import Live
from maquette.gui.parts import label, name, plain_tip, tool_button

CHOICE = 152  # pixels of a box that one of the two is chosen in
ARROW = 44  # of them, what its arrow and its edges take


class Mode(StrEnum):
    """How the pictures are compared."""

    BESIDE = "beside"
    WIPE = "wipe"
    DIFFERENCE = "difference"


MODES = {
    Mode.BESIDE: ("columns", Qt.Key.Key_S),
    Mode.WIPE: ("arrows-left-right", Qt.Key.Key_W),
    Mode.DIFFERENCE: ("circle-half", Qt.Key.Key_D),
}
"""The icon and the key of each."""


class CompareBar(Live, QFrame):
    """Buttons and choices; whoever owns the bar acts on them.

    Signals:
        chosen(Mode): the pictures are to be compared in this way.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stageBar")
        self.setProperty("edge", "top")
        self.modes: dict[Mode, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.first, self.second = QComboBox(), QComboBox()
        self.swap_button = tool_button()
        self.fitted = label("hint")
        self.zoom = label("muted")
        self.fit_button, self.actual_button = tool_button(), tool_button()
        self.close_button = tool_button()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(8)
        for mode in MODES:
            made = tool_button()
            made.setCheckable(True)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            made.toggled.connect(partial(self._toggled, mode))
            self._group.addButton(made)
            self.modes[mode] = made
            row.addWidget(made)
        self.modes[Mode.BESIDE].setChecked(True)
        self._chooser = QWidget()
        pair = QHBoxLayout(self._chooser)
        pair.setContentsMargins(8, 0, 0, 0)
        pair.setSpacing(4)
        pair.addWidget(self.first)
        pair.addWidget(self.swap_button)
        pair.addWidget(self.second)
        for box in (self.first, self.second):
            box.setFixedWidth(CHOICE)
        row.addWidget(self._chooser)
        row.addWidget(self.fitted)
        row.addStretch(1)
        row.addWidget(self.zoom)
        for made in (self.fit_button, self.actual_button, self.close_button):
            row.addWidget(made)
        self.retranslate()
        self.restyle()

    @property
    def mode(self) -> Mode:
        """How they are compared now."""
        return next(mode for mode, made in self.modes.items() if made.isChecked())

    def show_pair(self, names: Sequence[str], pair: tuple[int, int]) -> None:
        """Offer the pictures with these `names`; of them, the places in `pair` are chosen."""
        self._chooser.setVisible(self.mode is not Mode.BESIDE)
        for box, chosen in zip((self.first, self.second), pair, strict=True):
            # In the middle: the names of one prompt's pictures differ at their ends.
            metrics, mode = box.fontMetrics(), Qt.TextElideMode.ElideMiddle
            words = [metrics.elidedText(text, mode, CHOICE - ARROW) for text in names]
            fill_combo(box, list(enumerate(words)), chosen)
            for place, text in enumerate(names):
                box.setItemData(place, plain_tip(text), Qt.ItemDataRole.ToolTipRole)
                box.setItemData(place, text, Qt.ItemDataRole.AccessibleTextRole)
            box.setEnabled(len(names) > 2)

    def tell_fitting(self, words: str) -> None:
        """Say how one of the two was made to fit; "" where nothing was."""
        self.fitted.setText(words)
        self.fitted.setVisible(bool(words))

    def _toggled(self, mode: Mode, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(mode)

    # --- language and theme ---------------------------------------------------------------------

    def retranslate(self) -> None:
        words = {
            Mode.BESIDE: self.tr("Side by side"),
            Mode.WIPE: self.tr("Wipe"),
            Mode.DIFFERENCE: self.tr("Difference"),
        }
        for mode, made in self.modes.items():
            made.setText(words[mode])
            name(made, words[mode], MODES[mode][1].name.removeprefix("Key_"))
        name(self.first, self.tr("First of the two"))
        name(self.second, self.tr("Second of the two"))
        name(self.swap_button, self.tr("Swap the two"), "X")
        name(self.fit_button, self.tr("Show whole pictures"), "Z")
        name(self.actual_button, self.tr("Show at 100 %"), "Z")
        name(self.close_button, self.tr("Back to the grid"), "Esc")

    def restyle(self) -> None:
        for mode, made in self.modes.items():
            made.setIcon(icons.icon(MODES[mode][0]))
        for made, icon in (
            (self.swap_button, "swap"),
            (self.fit_button, "frame-corners"),
            (self.actual_button, "magnifying-glass-plus"),
            (self.close_button, "x"),
        ):
            made.setIcon(icons.icon(icon))
