"""Which marks the exported files get, beside those that no file is without."""

import msgspec
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from maquette.core.export_preset import ExportPreset
from maquette.core.marking import Preset, Profile, VisibleLabel
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.export.preset_card import PresetCard
from maquette.gui.export.words import label_words, profile_words, robustness_words
from maquette.gui.parts import label, name


class ExportMarksCard(PresetCard):
    """Recipe or not, visible label, rules, robustness."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.with_recipe = QCheckBox()
        self.visible_label, self.profile, self.robustness = QComboBox(), QComboBox(), QComboBox()
        self._note = label("small", wrap=True)
        self.add_note(self.with_recipe)
        self._captions = {
            box: self.add_row(box) for box in (self.visible_label, self.profile, self.robustness)
        }
        self.add_note(self._note)
        self.with_recipe.toggled.connect(self._tell)
        for box in self._captions:
            box.currentIndexChanged.connect(self._tell)
        self.retranslate()

    def _show(self, preset: ExportPreset) -> None:
        self.with_recipe.setChecked(preset.with_recipe)
        for box, value in (
            (self.visible_label, preset.visible_label),
            (self.profile, preset.profile),
            (self.robustness, preset.robustness),
        ):
            box.setCurrentIndex(max(0, box.findData(value)))

    def taken(self, preset: ExportPreset) -> ExportPreset:
        profile, robustness = self.profile.currentData(), self.robustness.currentData()
        return msgspec.structs.replace(
            preset,
            with_recipe=self.with_recipe.isChecked(),
            visible_label=chosen_in(self.visible_label, VisibleLabel),
            profile=None if profile is None else Profile(profile),
            robustness=None if robustness is None else Preset(robustness),
        )

    def retranslate(self) -> None:
        self.title.setText(self.tr("Marks"))
        self.with_recipe.setText(self.tr("With the recipe: prompt, seed and settings"))
        for box, text in (
            (self.visible_label, self.tr("Visible label")),
            (self.profile, self.tr("Rules of")),
            (self.robustness, self.tr("Invisible mark")),
        ):
            self._captions[box].setText(text)
            name(box, text)
            box.setToolTip("")
        self._note.setText(
            self.tr(
                "The invisible mark and the AI label are in every file, and the signature if the "
                "settings ask for it; each file can be checked."
            )
        )
        self._showing = True
        for box, words in (
            (self.visible_label, label_words()),
            (self.profile, profile_words()),
            (self.robustness, robustness_words()),
        ):
            fill_combo(box, words, box.currentData())
        self._showing = False
