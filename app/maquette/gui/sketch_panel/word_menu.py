"""A chip with a menu of words of one kind; it shows the one that the prompt says."""

from PySide6.QtCore import QLocale, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from maquette.gui.parts import set_property
from maquette.gui.sketch_panel.swatch import swatch_icon
from maquette.state.prompt_words import Chip, ChipKind, chips, says


def shown_language() -> str:
    """ "en" or "zh", as the window speaks."""
    return "zh" if QLocale().language() == QLocale.Language.Chinese else "en"


class WordMenu(QPushButton):
    """Offers the words of `kinds`, one group below the other.

    Signals:
        turned(chip): a Chip was chosen; what the prompt says already is to be taken out.
    """

    turned = Signal(object)

    def __init__(self, kinds: tuple[ChipKind, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self._title = ""
        self._prompt = ""
        self.setAutoDefault(False)
        self.setProperty("kind", "chip")
        self.setIconSize(QSize(14, 14))
        self._actions: list[tuple[Chip, QAction]] = []  # none before the menu is wanted
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._check)
        self.setMenu(self._menu)

    @property
    def actions_by_word(self) -> dict[str, QAction]:
        """The entries of the menu by the vocabulary's word."""
        self._fill()
        return {chip.word: action for chip, action in self._actions}

    def set_title(self, title: str, tip: str) -> None:
        """What the chip says while the prompt says nothing of the kind; the menu is out of date."""
        self._title = title
        self.setToolTip(tip)
        self._menu.clear()
        self._actions = []
        self._render()

    def _fill(self) -> None:
        """Make the entries of the menu, if they are not there yet."""
        if self._actions:
            return
        language = shown_language()
        for kind in self._kinds:
            if self._actions:
                self._menu.addSeparator()
            for chip in chips(kind):
                action = self._menu.addAction(swatch_icon(chip.swatch), chip.name(language))
                action.setCheckable(True)
                action.triggered.connect(lambda _checked=False, chip=chip: self.turned.emit(chip))
                self._actions.append((chip, action))

    def show_prompt(self, prompt: str) -> None:
        """Show what `prompt` says of this kind."""
        if prompt != self._prompt:
            self._prompt = prompt
            self._render()

    def _said(self) -> list[Chip]:
        offered = (chip for kind in self._kinds for chip in chips(kind))
        return [chip for chip in offered if says(self._prompt, chip)]

    def _render(self) -> None:
        said = self._said()
        language = shown_language()
        first = {chip.kind: chip for chip in reversed(said)}  # the plainest of each kind
        words = [first[kind].name(language) for kind in self._kinds if kind in first]
        self.setText(" · ".join(words) or self._title)
        self.setIcon(swatch_icon(said[0].swatch if said else ""))
        set_property(self, "said", "true" if said else "false")
        self.setAccessibleName(f"{self._title}: {self.text()}" if said else self._title)

    def _check(self) -> None:
        self._fill()
        said = {(chip.kind, chip.word) for chip in self._said()}
        for chip, action in self._actions:
            action.setChecked((chip.kind, chip.word) in said)
