"""How a copy is saved: format, quality, size, with or without the recipe."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QSlider,
    QSpinBox,
    QWidget,
)

from maquette.core.marking import FileFormat
from maquette.core.recipe import MIN_SIDE
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.live import Live
from maquette.gui.parts import button, label, lay_out_dialog, name
from maquette.state.exports import LOSSY, ExportChoice
from maquette.state.results import Picture

SIDES = (64, 8192)  # pixels that the longest side may be scaled to


class ExportDialog(Live, QDialog):
    """Asks before the file dialog does.

    Signals:
        chosen(choice): what was chosen, an ExportChoice.
    """

    chosen = Signal(object)

    def __init__(self, picture: Picture, choice: ExportChoice, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setMinimumWidth(420)
        self._record = picture.record
        self._form = QFormLayout()
        self._quality_row = QHBoxLayout()
        self._captions = {key: label() for key in ("format", "quality", "size")}
        self.format = QComboBox()
        self.quality = QSlider(Qt.Orientation.Horizontal)
        self.quality.setRange(1, 100)
        self.quality.setValue(choice.quality)
        self._quality_number = label("muted")
        self._quality_number.setMinimumWidth(28)
        self.scale = QCheckBox()
        self.scale.setChecked(choice.longest_side > 0)
        self.side = QSpinBox()
        self.side.setRange(*SIDES)
        self.side.setSingleStep(64)
        self.side.setValue(choice.longest_side or max(self._record.width, self._record.height))
        self.with_recipe = QCheckBox()
        self.with_recipe.setChecked(choice.with_recipe)
        self._note = label("small", wrap=True)
        self._cancel = button()
        self.save = button("primary")
        self._fill(choice.format)
        self._lay_out()
        self.format.currentIndexChanged.connect(self._render)
        self.quality.valueChanged.connect(self._render)
        self.scale.toggled.connect(self._render)
        self.side.valueChanged.connect(self._render)
        self._cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self.accept)
        self.accepted.connect(lambda: self.chosen.emit(self.choice))
        self.retranslate()

    def _lay_out(self) -> None:
        form = self._form
        self._quality_row.addWidget(self.quality, 1)
        self._quality_row.addWidget(self._quality_number)
        size = QHBoxLayout()
        size.setSpacing(8)
        size.addWidget(self.scale, 1)
        size.addWidget(self.side)
        form.addRow(self._captions["format"], self.format)
        form.addRow(self._captions["quality"], self._quality_row)
        form.addRow(self._captions["size"], size)
        form.addRow(label(), self.with_recipe)
        lay_out_dialog(self, form, self._note, self._cancel, self.save)

    @property
    def choice(self) -> ExportChoice:
        """What is chosen now."""
        return ExportChoice(
            format=chosen_in(self.format, FileFormat),
            quality=self.quality.value(),
            longest_side=self.side.value() if self.scale.isChecked() else 0,
            with_recipe=self.with_recipe.isChecked(),
        )

    def _fill(self, chosen: FileFormat) -> None:
        choices = (
            (FileFormat.PNG, self.tr("PNG (exact)")),
            (FileFormat.JPEG, self.tr("JPEG (small, opens everywhere)")),
            (FileFormat.WEBP, self.tr("WebP (smaller)")),
            (FileFormat.AVIF, self.tr("AVIF (smallest)")),
            (FileFormat.TIFF, self.tr("TIFF (exact, for print)")),
        )
        fill_combo(self.format, choices, chosen)

    def _render(self) -> None:
        choice = self.choice
        self._form.setRowVisible(self._quality_row, choice.format in LOSSY)
        self._quality_number.setText(str(choice.quality))
        self.side.setEnabled(self.scale.isChecked())
        width, height = self._record.width, self._record.height
        factor = choice.longest_side / max(width, height) if choice.longest_side else 1.0
        shown = f"{round(width * factor)} × {round(height * factor)}"
        if min(width, height) * factor < MIN_SIDE:
            text = self.tr(
                "{size} pixels: too small for the invisible mark, which needs 256 × 256. "
                "The AI label and the signature are written."
            )
        else:
            text = self.tr("{size} pixels, with all the marks that the settings ask for.")
        self._note.setText(text.format(size=shown))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Save as"))
        for key, text, field in (
            ("format", self.tr("Format"), self.format),
            ("quality", self.tr("Quality"), self.quality),
            ("size", self.tr("Size"), self.side),
        ):
            self._captions[key].setText(text)
            self._captions[key].setBuddy(field)
            name(field, text)
            field.setToolTip("")
        name(self.side, self.tr("Longest side in pixels"))
        self.scale.setText(self.tr("Scale the longest side to"))
        self.with_recipe.setText(self.tr("With the recipe: prompt, seed and settings"))
        self._cancel.setText(self.tr("Cancel"))
        self.save.setText(self.tr("Choose where…"))
        self._fill(chosen_in(self.format, FileFormat))
        self._render()
