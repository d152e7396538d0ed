"""Format and quality of the exported files."""

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSlider, QSpinBox, QWidget

from maquette.core.export_preset import ExportPreset
from maquette.core.marking import LOSSY, FileFormat
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.export.fields import TEXT_MARGINS
from maquette.gui.export.preset_card import PresetCard
from maquette.gui.export.words import format_words
from maquette.gui.parts import label, name

OWN_QUALITY = {FileFormat.JPEG: 95, FileFormat.WEBP: 90, FileFormat.AVIF: 85}
"""What a format takes where the preset says nothing, shown as where the slider stands."""
KIB = (8, 65_536)
LIMIT = 500  # KiB, offered to who asks for a limit


class FormatCard(PresetCard):
    """Format; quality of the lossy ones; the largest size that a file may have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.format = QComboBox()
        self.own = QCheckBox()
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self.quality.setRange(1, 100)
        self._number = label("muted")
        self._number.setMinimumWidth(28)
        self.limited = QCheckBox()
        self.limit = QSpinBox()
        self.limit.setRange(*KIB)
        self.limit.setValue(LIMIT)
        self.limit.setSingleStep(50)
        self.limit.setSuffix(" KiB")
        self.limit.setKeyboardTracking(False)
        self.limit.lineEdit().setTextMargins(*TEXT_MARGINS)
        self._quality_row, self._limit_row = QHBoxLayout(), QHBoxLayout()
        for row, parts in (
            (self._quality_row, (self.own, self.quality, self._number)),
            (self._limit_row, (self.limited, self.limit)),
        ):
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part, 1 if part is self.quality else 0)
        self._limit_row.addStretch(1)
        self._captions = {
            self.format: self.add_row(self.format),
            self.quality: self.add_row(self._quality_row, self.quality),
            self.limit: self.add_row(self._limit_row, self.limit),
        }
        self.format.currentIndexChanged.connect(self._changed)
        for box in (self.own, self.limited):
            box.toggled.connect(self._changed)
        self.quality.valueChanged.connect(self._changed)
        self.limit.valueChanged.connect(self._changed)
        self.retranslate()

    def _show(self, preset: ExportPreset) -> None:
        self.format.setCurrentIndex(self.format.findData(preset.format))
        self.own.setChecked(preset.quality is None)
        own = OWN_QUALITY.get(preset.format, 100)
        self.quality.setValue(own if preset.quality is None else preset.quality)
        self.limited.setChecked(preset.target_kib is not None)
        if preset.target_kib is not None:
            self.limit.setValue(preset.target_kib)
        self._render()

    def taken(self, preset: ExportPreset) -> ExportPreset:
        chosen = chosen_in(self.format, FileFormat)
        lossy = chosen in LOSSY
        own = self.own.isChecked() or not lossy
        return msgspec.structs.replace(
            preset,
            format=chosen,
            quality=None if own else self.quality.value(),
            target_kib=self.limit.value() if lossy and self.limited.isChecked() else None,
        )

    def _changed(self) -> None:
        self._render()
        self._tell()

    def _render(self) -> None:
        chosen = chosen_in(self.format, FileFormat)
        for row in (self._quality_row, self._limit_row):
            self.form.setRowVisible(row, chosen in LOSSY)
        own = self.own.isChecked()
        self.quality.setEnabled(not own)
        shown = OWN_QUALITY.get(chosen, 100) if own else self.quality.value()
        self._number.setText(str(shown))
        self.limit.setEnabled(self.limited.isChecked())

    def retranslate(self) -> None:
        self.title.setText(self.tr("Format and quality"))
        for field, text in (
            (self.format, self.tr("Format")),
            (self.quality, self.tr("Quality")),
            (self.limit, self.tr("File size")),
        ):
            self._captions[field].setText(text)
            name(field, text)
            field.setToolTip("")
        self.own.setText(self.tr("Usual"))
        name(self.own, self.tr("The format's usual quality"))
        self.limited.setText(self.tr("At most"))
        name(
            self.limited,
            self.tr("Limit the size of each file"),
            tip=self.tr("The highest quality is taken whose file is not larger."),
        )
        self._showing = True
        fill_combo(self.format, format_words(), self.format.currentData())
        self._showing = False
        self._render()
