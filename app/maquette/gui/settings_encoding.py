"""The card of the settings that says as what new pictures are saved."""

import msgspec
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QSizePolicy, QSlider

from maquette.core.marking import LOSSY, FileEncoding, FileFormat
from maquette.core.settings import Settings
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.export.format_card import OWN_QUALITY
from maquette.gui.export.words import format_words
from maquette.gui.live import Live
from maquette.gui.parts import label, name
from maquette.gui.settings_card import SettingsCard
from maquette.state.settings import SettingsStore


class EncodingCard(Live, SettingsCard):
    """What new pictures are saved as."""

    def __init__(self, settings: SettingsStore) -> None:
        super().__init__()
        self._settings = settings
        self.format = QComboBox()
        self.format.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.own = QCheckBox()
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self.quality.setRange(1, 100)
        self.quality.setTracking(False)  # every change is written to the disk
        self._number = label("muted")
        self._number.setMinimumWidth(28)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        for part in (self.own, self.quality, self._number):
            self._row.addWidget(part, 1 if part is self.quality else 0)
        self._captions = {
            self.format: self.add_row(self.format),
            self.quality: self.add_row(self._row, self.quality),
        }
        self.note = label("small", wrap=True)
        self.add_note(self.note)
        self.format.activated.connect(self._format_chosen)
        self.own.toggled.connect(self._usual_turned)
        self.quality.sliderMoved.connect(lambda number: self._number.setText(str(number)))
        self.quality.valueChanged.connect(lambda number: self._update(quality=number))
        settings.changed.connect(self._render)
        self.retranslate()

    def _format_chosen(self) -> None:
        # Another format's quality means something else.
        self._update(format=chosen_in(self.format, FileFormat), quality=None)

    def _usual_turned(self, on: bool) -> None:
        self._update(quality=None if on else self.quality.value())

    def _update(self, **changes: object) -> None:
        encoding = msgspec.structs.replace(self._settings.value.encoding, **changes)
        self._settings.update(encoding=encoding)

    def _render(self, settings: Settings, _fields: object = None) -> None:
        encoding: FileEncoding = settings.encoding
        self.format.setCurrentIndex(self.format.findData(encoding.format))
        is_lossy, own = encoding.format in LOSSY, encoding.quality is None
        self.form.setRowVisible(self._row, is_lossy)
        shown = OWN_QUALITY.get(encoding.format, 100) if own else encoding.quality
        with QSignalBlocker(self.own), QSignalBlocker(self.quality):
            self.own.setChecked(own)
            self.quality.setValue(shown or 100)
        self.quality.setEnabled(not own)
        self._number.setText(str(shown))

    def retranslate(self) -> None:
        self.title.setText(self.tr("New pictures"))
        for field, text in (
            (self.format, self.tr("Format")),
            (self.quality, self.tr("Quality")),
        ):
            self._captions[field].setText(text)
            name(field, text)
            field.setToolTip("")
        self.own.setText(self.tr("Usual"))
        name(self.own, self.tr("The format's usual quality"))
        self.note.setText(
            self.tr(
                "PNG keeps every pixel and is best to go on working with. "
                "Export makes the other formats too, in any size."
            )
        )
        fill_combo(self.format, format_words(), self.format.currentData())
        self._render(self._settings.value)
