"""A card of the preset's editor: a few fields of one ExportPreset."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from maquette.core.export_preset import ExportPreset
from maquette.gui.live import Live
from maquette.gui.settings_card import SettingsCard


class PresetCard(Live, SettingsCard):
    """Shows some fields of a preset, and gives back a preset with what they say.

    Subclasses fill `_show` and `taken`, and connect their fields to `_tell`.

    Signals:
        changed(): somebody changed a field; nothing is told while a preset is being shown.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing = False

    def show_preset(self, preset: ExportPreset) -> None:
        """Show the fields of `preset` without telling anyone."""
        self._showing = True
        try:
            self._show(preset)
        finally:
            self._showing = False

    def taken(self, preset: ExportPreset) -> ExportPreset:
        """`preset` with what the fields say."""
        raise NotImplementedError

    def _show(self, preset: ExportPreset) -> None:
        raise NotImplementedError

    def _tell(self, *_: object) -> None:
        if not self._showing:
            self.changed.emit()
