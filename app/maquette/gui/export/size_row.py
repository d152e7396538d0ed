"""One size of a preset: its name, its frame, and how pictures meet it."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtWidgets import QCheckBox, QColorDialog, QComboBox, QHBoxLayout, QLineEdit, QWidget

from maquette.core.export_preset import MAX_SIDE, ExportSize, Fit
from maquette.gui import icons
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.export.fields import OptionalNumber
from maquette.gui.export.words import fit_words
from maquette.gui.live import Live
from maquette.gui.parts import mark_invalid, name, tool_button

NAME, SIDE, FIT, ENLARGE = 104, 80, 148, 88
"""Widths of the columns in pixels, which the headings above share."""
MAX_NAME = 60
SWATCH = 16


class SizeRow(Live, QWidget):
    """Name, width, height, fit, enlarging, and the colour of a border.

    Signals:
        changed(): somebody changed a field.
        removed(): the row is to go.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, size: ExportSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = size.background
        self.name = QLineEdit(size.name)
        self.name.setMaxLength(MAX_NAME)
        self.name.setFixedWidth(NAME)
        self.width_field, self.height_field = (
            OptionalNumber(1, MAX_SIDE),
            OptionalNumber(1, MAX_SIDE),
        )
        for field, side in ((self.width_field, size.width), (self.height_field, size.height)):
            field.setFixedWidth(SIDE)
            field.set_number(side)
        self.fit = QComboBox()
        self.fit.setFixedWidth(FIT)
        self.upscale = QCheckBox()
        self.upscale.setFixedWidth(ENLARGE)
        self.upscale.setChecked(size.upscale)
        self.colour, self.remove = tool_button(), tool_button()
        policy = self.colour.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.colour.setSizePolicy(policy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for part in (self.name, self.width_field, self.height_field, self.fit, self.upscale):
            row.addWidget(part)
        row.addWidget(self.colour)
        row.addStretch(1)
        row.addWidget(self.remove)
        self._fill(size.fit)
        self.name.textEdited.connect(self._changed)
        for field in (self.width_field, self.height_field):
            field.valueChanged.connect(self._changed)
        self.fit.currentIndexChanged.connect(self._changed)
        self.upscale.toggled.connect(self._changed)
        self.colour.clicked.connect(self._ask_colour)
        self.remove.clicked.connect(self.removed)
        self.retranslate()
        self.restyle()

    @property
    def size_value(self) -> ExportSize:
        """What the fields say."""
        return ExportSize(
            name=self.name.text(),
            width=self.width_field.number,
            height=self.height_field.number,
            fit=chosen_in(self.fit, Fit),
            upscale=self.upscale.isChecked(),
            background=self._background,
        )

    @property
    def is_complete(self) -> bool:
        """Whether a frame that is to be filled has both its sides."""
        size = self.size_value
        return size.fit is Fit.FIT or (size.width is not None and size.height is not None)

    def set_background(self, colour: str) -> None:
        """Take `colour`, #rrggbb, for borders."""
        self._background = colour
        self.restyle()
        self.changed.emit()

    def _changed(self, *_: object) -> None:
        self._render()
        self.changed.emit()

    def _render(self) -> None:
        size = self.size_value
        self.colour.setVisible(size.fit is Fit.PAD)
        needs = size.fit is not Fit.FIT
        mark_invalid(self.width_field, needs and size.width is None)
        mark_invalid(self.height_field, needs and size.height is None)

    def _ask_colour(self) -> None:
        chosen = QColorDialog.getColor(QColor(self._background), self, self.tr("Border colour"))
        if chosen.isValid():
            self.set_background(chosen.name())

    def _fill(self, chosen: Fit) -> None:
        fill_combo(self.fit, fit_words(), chosen)

    def retranslate(self) -> None:
        name(self.name, self.tr("Name of the size"))
        self.name.setToolTip(self.tr("Stands for {size} in file names"))
        self.name.setPlaceholderText(self.tr("no name"))
        self.width_field.set_words(self.tr("Width in pixels"), self.tr("free"))
        self.height_field.set_words(self.tr("Height in pixels"), self.tr("free"))
        name(self.fit, self.tr("How pictures meet the frame"))
        self.fit.setToolTip("")
        self.upscale.setText(self.tr("enlarge"))
        name(self.upscale, self.tr("Enlarge pictures that are smaller"))
        name(self.colour, self.tr("Colour of the border"))
        name(self.remove, self.tr("Remove this size"))
        self._fill(chosen_in(self.fit, Fit))
        self._render()

    def restyle(self) -> None:
        swatch = QPixmap(QSize(SWATCH, SWATCH) * self.devicePixelRatioF())
        swatch.fill(QColor(self._background))
        swatch.setDevicePixelRatio(self.devicePixelRatioF())
        self.colour.setIcon(swatch)
        self.colour.setIconSize(QSize(SWATCH, SWATCH))
        self.remove.setIcon(icons.icon("x"))
