"""Chips that put words into the prompt: finishes, materials, colours, background and light."""

import msgspec
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget

from maquette.gui import icons
from maquette.gui.live import Live
from maquette.gui.parts import WrapLayout, WrappedRows, button, name, plain_tip
from maquette.gui.sketch_panel.swatch import swatch_icon
from maquette.gui.sketch_panel.word_menu import WordMenu, shown_language
from maquette.state.prompt_words import Chip, ChipKind, chips, own_look, put, says, take
from maquette.state.session import Session, storable_text
from maquette.state.store import Store

SHIPPED = 4  # finishes that are chips of their own; the others are in the menus
MAX_OWN = 12
MAX_TEXT = 80
WIDEST = 132  # pixels of words in a chip


class WordChips(Live, QWidget):
    """The prompt stays the truth: chips show what it says, and change what it says."""

    def __init__(self, session: Store[Session], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looks: list[tuple[Chip, QPushButton]] = []
        self._own: tuple[str, ...] = ()
        self._rows = WrappedRows(6)
        self.add = button("chip")
        self.add.setIconSize(QSize(14, 14))
        self.field = QLineEdit()
        self.field.setMaxLength(MAX_TEXT)
        self.field.hide()
        self.material = WordMenu((ChipKind.MATERIAL,))
        self.colour = WordMenu((ChipKind.COLOUR,))
        self.background = WordMenu((ChipKind.BACKGROUND,))
        self.light = WordMenu((ChipKind.LIGHT, ChipKind.DIRECTION))
        self.menus = (self.material, self.colour, self.background, self.light)
        more = WrappedRows(6)
        for menu in self.menus:
            menu.turned.connect(self.turn)
            more.rows.addWidget(menu)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(self._rows)
        outer.addWidget(self.field)
        outer.addWidget(more)
        self._more = more
        self.add.clicked.connect(self._ask)
        self.field.returnPressed.connect(self._take_own)
        session.changed.connect(self._session_changed)
        self.retranslate()
        self.restyle()

    def turn(self, chip: Chip) -> None:
        """Put what `chip` says into the prompt, or take it out if it is there."""
        prompt = self._session.value.prompt
        is_said = says(prompt, chip)
        changed = take(prompt, chip) if is_said else put(prompt, chip, shown_language())
        self._session.update(prompt=storable_text(changed))

    def chip(self, word: str) -> QPushButton:
        """The button of a finish. Raises StopIteration."""
        return next(made for chip, made in self._looks if chip.word == word)

    # --- finishes -------------------------------------------------------------------------------

    def _build(self) -> None:
        rows: WrapLayout = self._rows.rows
        for _chip, made in self._looks:
            rows.removeWidget(made)
            made.deleteLater()
        rows.removeWidget(self.add)
        own = self._session.value.sketch.looks
        self._own = own
        language = shown_language()
        offered = (*chips(ChipKind.LOOK)[:SHIPPED], *(own_look(text) for text in own))
        self._looks = [(chip, self._button(chip, language)) for chip in offered]
        for _chip, made in self._looks:
            rows.addWidget(made)
        rows.addWidget(self.add)
        self._render()
        self._rows.setFixedHeight(rows.heightForWidth(self._rows.width()))

    def _button(self, chip: Chip, language: str) -> QPushButton:
        made = button("chip")
        made.setCheckable(True)
        text = chip.name(language)
        made.setText(made.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, WIDEST))
        made.setIcon(swatch_icon(chip.swatch))
        made.setIconSize(QSize(14, 14))
        made.setAccessibleName(text)
        made.setToolTip(plain_tip(text))
        made.clicked.connect(lambda: self.turn(chip))
        if chip.word in self._own:
            made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            made.customContextMenuRequested.connect(
                lambda place: self._offer_removal(chip.word, made.mapToGlobal(place))
            )
        return made

    def _offer_removal(self, text: str, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Take this chip away"), lambda: self._remove_own(text))
        menu.popup(place)

    def _ask(self) -> None:
        self.field.setVisible(not self.field.isVisible())
        if self.field.isVisible():
            self.field.setFocus()

    def _take_own(self) -> None:
        text = " ".join(storable_text(self.field.text()).split())
        self.field.clear()
        self.field.hide()
        if not text:
            return
        own = self._session.value.sketch.looks
        if text not in own:
            self._keep((*own, text)[-MAX_OWN:])
        self.turn(own_look(text))

    def _remove_own(self, text: str) -> None:
        self._keep(tuple(each for each in self._session.value.sketch.looks if each != text))

    def _keep(self, looks: tuple[str, ...]) -> None:
        sketch = self._session.value.sketch
        self._session.update(sketch=msgspec.structs.replace(sketch, looks=looks))

    # --- showing --------------------------------------------------------------------------------

    def _session_changed(self, session: Session, fields: frozenset[str]) -> None:
        if "sketch" in fields and session.sketch.looks != self._own:
            self._build()
        if "prompt" in fields:
            self._render()

    def _render(self) -> None:
        prompt = self._session.value.prompt
        for chip, made in self._looks:
            made.setChecked(says(prompt, chip))
        for menu in self.menus:
            menu.show_prompt(prompt)
        self._more.setFixedHeight(self._more.rows.heightForWidth(self._more.width()))

    def retranslate(self) -> None:
        self.material.set_title(self.tr("Material"), self.tr("What it is made of"))
        self.colour.set_title(self.tr("Colour"), self.tr("Its colour"))
        self.background.set_title(self.tr("Background"), self.tr("What it stands in front of"))
        self.light.set_title(self.tr("Light"), self.tr("How it is lit, and from where"))
        name(self.add, self.tr("Add a finish in your own words"))
        self.field.setPlaceholderText(self.tr("For example: hammered brass"))
        name(self.field, self.tr("A finish in your own words; Enter puts it into the prompt"))
        self._build()

    def restyle(self) -> None:
        self.add.setIcon(icons.icon("plus"))
        for chip, made in self._looks:
            made.setIcon(swatch_icon(chip.swatch))
