"""One axis of a board: what differs along it, and the values in order."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout

from maquette.core.variants_board import MAX_LABEL, Axis, AxisValues
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.gui.sketch_panel.swatch import swatch_icon
from maquette.library.vocabulary import vocabulary
from maquette.state.boards import parse_values
from maquette.state.prompt_words import ChipKind, chips

_NUMBERS = {
    Axis.SEED: ("1", "2", "3", "4", "5", "6", "7", "8"),
    Axis.FOLLOW: ("25", "50", "75", "90", "100"),
}


def words_of(axis: Axis, language: str) -> tuple[tuple[str, str], ...]:
    """(word, swatch or "") that the program itself knows for `axis`."""
    if axis in _NUMBERS:
        return tuple((number, "") for number in _NUMBERS[axis])
    if axis is Axis.STYLE:
        table = vocabulary().table("style")
        return tuple((names[language][0], "") for names in table.values())
    return tuple((chip.name(language), chip.swatch) for chip in chips(ChipKind(axis.value)))


class AxisCard(Live, QFrame):
    """A title, the axis, its values one a line, and a menu of words.

    Signals:
        changed(): it asks for something else.
    """

    changed = Signal()

    def __init__(self, axis: Axis, language: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._language = language
        self.title = label("title")
        self.axis = QComboBox()
        self.values = QPlainTextEdit()
        self.values.setTabChangesFocus(True)
        self.add = button()
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.add.setMenu(self._menu)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.axis)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 8, 12, 12)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addWidget(self.values, 1)
        outer.addWidget(self.add)
        self._current = axis
        self.retranslate()
        self.axis.activated.connect(self._turned)
        self.values.textChanged.connect(self.changed)

    @property
    def asked(self) -> AxisValues:
        """What it asks for."""
        values = parse_values(self.values.toPlainText())
        return AxisValues(self._current, tuple(value[:MAX_LABEL] for value in values))

    def show_values(self, axis: Axis, values: tuple[str, ...]) -> None:
        """Ask for these."""
        self._current = axis
        self.axis.setCurrentIndex(self.axis.findData(axis))
        self.values.setPlainText("\n".join(values))

    def _turned(self) -> None:
        axis = chosen_in(self.axis, Axis)
        if axis is not self._current:
            known = words_of(axis, self._language)
            self.show_values(axis, tuple(word for word, _ in known[:3]))

    def _fill_menu(self) -> None:
        self._menu.clear()
        there = set(self.asked.values)
        for word, swatch in words_of(self._current, self._language):
            if word not in there:
                self._menu.addAction(
                    swatch_icon(swatch), word, lambda word=word: self._append(word)
                )

    def _append(self, word: str) -> None:
        self.values.setPlainText("\n".join((*self.asked.values, word)))

    def retranslate(self) -> None:
        words = (
            (Axis.LOOK, self.tr("Finishes")),
            (Axis.MATERIAL, self.tr("Materials")),
            (Axis.COLOUR, self.tr("Colours")),
            (Axis.BACKGROUND, self.tr("Backgrounds")),
            (Axis.LIGHT, self.tr("Light")),
            (Axis.STYLE, self.tr("Styles")),
            (Axis.SEED, self.tr("Seeds")),
            (Axis.FOLLOW, self.tr("Follow the sketch")),
        )
        fill_combo(self.axis, words, self._current)
        self.add.setText(self.tr("Add a word"))
        name(self.add, self.tr("Add one of the words that the model knows"))
        self.values.setPlaceholderText(self.tr("One on each line"))

    def name_as(self, title: str) -> None:
        """Call it `title`: rows, or columns."""
        self.title.setText(title)
        name(self.axis, self.tr("What differs: {axis}").format(axis=title))
        name(self.values, self.tr("Values: {axis}").format(axis=title))
