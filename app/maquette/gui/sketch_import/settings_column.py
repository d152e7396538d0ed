"""The settings of the clean-up, and what was found."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from maquette.core.cleanup import Cleanup, CleanupFound, ImageNature
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.live import Live
from maquette.gui.number_row import NumberRow
from maquette.gui.parts import label, name
from maquette.state.messages import translate_sentences
from maquette.state.sketch_import import Importing

WIDTH = 264
MARGIN = Cleanup().margin
_AUTO, _DARK, _LIGHT = "auto", "dark", "light"  # polarities in the combo box
_POLARITY: dict[str, bool | None] = {_AUTO: None, _DARK: False, _LIGHT: True}


class SettingsColumn(Live, QWidget):
    """Shows an Importing.

    Signals:
        changed(settings): a dict of the fields of the Cleanup that were set.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._nature_caption, self._polarity_caption = label(), label()
        self.nature = QComboBox()
        self.polarity = QComboBox()
        self.weight = NumberRow(0, 100, 1)
        self.detail = NumberRow(0, 100, 1)
        self.ruling = QCheckBox()
        self.framing = QCheckBox()
        self.found = label("muted", wrap=True)
        self.notices = label("hint", wrap=True)
        self.problem = label("error", wrap=True)
        self._value = Importing()
        self._lay_out()
        self.nature.currentIndexChanged.connect(
            lambda: self.changed.emit({"nature": chosen_in(self.nature, ImageNature)})
        )
        self.polarity.currentIndexChanged.connect(
            lambda: self.changed.emit({"invert": _POLARITY[str(self.polarity.currentData())]})
        )
        self.weight.changed.connect(lambda value: self.changed.emit({"weight": value / 100}))
        self.detail.changed.connect(lambda value: self.changed.emit({"detail": value / 100}))
        self.ruling.toggled.connect(lambda on: self.changed.emit({"remove_ruling": on}))
        self.framing.toggled.connect(
            lambda on: self.changed.emit({"margin": -1.0 if on else MARGIN})
        )
        self.retranslate()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for caption, field in (
            (self._nature_caption, self.nature),
            (self._polarity_caption, self.polarity),
        ):
            caption.setBuddy(field)
            column.addWidget(caption)
            column.addWidget(field)
            column.addSpacing(8)
        for row in (self.detail, self.weight, self.ruling, self.framing):
            column.addWidget(row)
            column.addSpacing(8)
        column.addWidget(self.found)
        column.addWidget(self.notices)
        column.addWidget(self.problem)
        column.addStretch(1)

    def show_value(self, value: Importing) -> None:
        """Show settings and findings. Tells nobody."""
        self._value = value
        cleanup = value.cleanup
        widgets = (self.nature, self.polarity, self.ruling, self.framing)
        blockers = [QSignalBlocker(widget) for widget in widgets]
        self.nature.setCurrentIndex(self.nature.findData(cleanup.nature))
        self.polarity.setCurrentIndex(self.polarity.findData(_name_of(cleanup.invert)))
        self.ruling.setChecked(cleanup.remove_ruling)
        self.framing.setChecked(cleanup.margin < 0)
        del blockers
        self.weight.set_value(cleanup.weight * 100)
        self.detail.set_value(cleanup.detail * 100)
        found = value.found
        nature = found.nature if found else cleanup.nature
        self.ruling.setEnabled(nature not in (ImageNature.SCENE, ImageNature.DRAWING))
        self.polarity.setEnabled(nature is not ImageNature.SCENE)
        self.found.setText(self._found_words(found) if found else "")
        self.notices.setText(translate_sentences(found.notices) if found else "")
        self.notices.setVisible(bool(found and found.notices))
        self.problem.setText(translate_sentences([value.problem]) if value.problem else "")
        self.problem.setVisible(bool(value.problem))

    def _found_words(self, found: CleanupFound) -> str:
        words = [self._nature_words()[found.nature]]
        if found.nature is not ImageNature.SCENE:
            words.append(
                self.tr("light lines on dark") if found.inverted else self.tr("dark lines on light")
            )
        if found.nature is ImageNature.PAPER and not found.corners:
            words.append(self.tr("the paper's corners were not found"))
        if found.ruled:
            words.append(self.tr("printed lines taken out"))
        count = len(found.gaps)
        if count == 1:
            words.append(self.tr("one gap in the lines"))
        elif count:
            words.append(self.tr("{n} gaps in the lines").format(n=count))
        return " · ".join(words)

    def _nature_words(self) -> dict[ImageNature, str]:
        return {
            ImageNature.AUTO: self.tr("Find out"),
            ImageNature.PAPER: self.tr("Photo of a drawing"),
            ImageNature.DRAWING: self.tr("Clean drawing"),
            ImageNature.SCENE: self.tr("Picture of things"),
        }

    def retranslate(self) -> None:
        self._nature_caption.setText(self.tr("What it is"))
        self._polarity_caption.setText(self.tr("Lines"))
        name(self.nature, self.tr("What it is"))
        name(self.polarity, self.tr("Lines"))
        cleanup = self._value.cleanup
        fill_combo(self.nature, tuple(self._nature_words().items()), cleanup.nature)
        fill_combo(
            self.polarity,
            (
                (_AUTO, self.tr("Find out")),
                (_DARK, self.tr("Dark on light")),
                (_LIGHT, self.tr("Light on dark")),
            ),
            _name_of(cleanup.invert),
        )
        self.weight.set_text(
            self.tr("Thickness"), self.tr("How thick the lines are drawn, from hair to marker")
        )
        self.detail.set_text(
            self.tr("Detail"), self.tr("How faint and how short a line may be and still count")
        )
        self.ruling.setText(self.tr("Take printed lines out"))
        self.ruling.setToolTip(self.tr("The lines of ruled or squared paper"))
        self.framing.setText(self.tr("Keep the framing"))
        self.framing.setToolTip(
            self.tr("Else what was drawn is put into the middle, as large as fits")
        )
        self.show_value(self._value)


def _name_of(invert: bool | None) -> str:
    return next(name for name, value in _POLARITY.items() if value is invert)
