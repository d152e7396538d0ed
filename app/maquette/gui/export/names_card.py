"""Names of the exported files: the template, what may stand in it, and the first names."""

from collections.abc import Sequence

import msgspec
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from maquette.core.export_preset import Collision, ExportPreset
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.elided import ElidedLabel
from maquette.gui.export.preset_card import PresetCard
from maquette.gui.export.words import collision_words
from maquette.gui.parts import WrappedRows, button, label, mark_invalid, name

FIELDS = ("prompt", "id", "size", "name", "board", "rating", "date", "time", "seed", "model", "n")
EXAMPLES = 6
MAX_TEMPLATE = 500


class NamesCard(PresetCard):
    """A line to write the template, chips that put a field into it, and live examples."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.template = QLineEdit()
        self.template.setMaxLength(MAX_TEMPLATE)
        self.chips = {field: button("chip") for field in FIELDS}
        chips = WrappedRows(6)
        for field, chip in self.chips.items():
            chip.setText(f"{{{field}}}")
            chip.clicked.connect(lambda _=False, field=field: self._insert(field))
            chips.rows.addWidget(chip)
        self.collision = QComboBox()
        self._example_box = QVBoxLayout()
        self._example_box.setSpacing(2)
        self.examples = [ElidedLabel("small") for _ in range(EXAMPLES)]
        self.problem = label("error", wrap=True)
        for words in (*self.examples, self.problem):
            self._example_box.addWidget(words)
        self._captions: dict[QWidget, QLabel] = {self.template: self.add_row(self.template)}
        self.add_note(chips)
        self._example_word = self.add_row(self._example_box)
        self._captions[self.collision] = self.add_row(self.collision)
        self.template.textEdited.connect(self._tell)
        self.collision.currentIndexChanged.connect(self._tell)
        self.show_examples((), "")
        self.retranslate()

    def _show(self, preset: ExportPreset) -> None:
        if self.template.text() != preset.template:
            self.template.setText(preset.template)
        self.collision.setCurrentIndex(self.collision.findData(preset.collision))

    def taken(self, preset: ExportPreset) -> ExportPreset:
        return msgspec.structs.replace(
            preset,
            template=self.template.text(),
            collision=chosen_in(self.collision, Collision),
        )

    def show_examples(self, names: Sequence[str], problem: str) -> None:
        """Show the first names, or in one sentence why there are none."""
        for number, words in enumerate(self.examples):
            shown = number < len(names)
            words.setVisible(shown)
            words.set_text(names[number] if shown else "")
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        mark_invalid(self.template, bool(problem))

    def _insert(self, field: str) -> None:
        self.template.insert(f"{{{field}}}")
        self.template.setFocus()
        self._tell()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Names"))
        for field, text in (
            (self.template, self.tr("Template")),
            (self.collision, self.tr("Name is taken")),
        ):
            self._captions[field].setText(text)
            name(field, text)
            field.setToolTip("")
        self.template.setToolTip(self.tr("A slash makes a folder"))
        self._example_word.setText(self.tr("Examples"))
        tips = {
            "prompt": self.tr("The prompt, made fit for a name"),
            "id": self.tr("The picture's number, which is also in its invisible mark"),
            "size": self.tr("A hyphen and the name of the size"),
            "name": self.tr("The name of the file in the library"),
            "board": self.tr("The first board that the picture is on"),
            "rating": self.tr("The rating, 0 to 5"),
            "date": self.tr("The day it was made"),
            "time": self.tr("The time it was made"),
            "seed": self.tr("The seed"),
            "model": self.tr("The model"),
            "n": self.tr("A number that counts the pictures"),
        }
        for field, chip in self.chips.items():
            name(chip, self.tr("Add {field}").format(field=field), tip=tips[field])
        self._showing = True
        fill_combo(self.collision, collision_words(), self.collision.currentData())
        self._showing = False
