"""The editor of an export preset: six calm cards, one below the other."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from maquette.core.export_preset import ExportPreset
from maquette.gui.export.colour_card import ColourCard
from maquette.gui.export.format_card import FormatCard
from maquette.gui.export.marks_card import ExportMarksCard
from maquette.gui.export.names_card import NamesCard
from maquette.gui.export.papers_card import PapersCard
from maquette.gui.export.preset_card import PresetCard
from maquette.gui.export.sizes_card import SizesCard
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.in_parts import InParts

Card = TypeVar("Card", bound=PresetCard)


class PresetEditor(InParts, CalmScroll):
    """Every field of a preset but its name.

    Signals:
        changed(preset): what the fields say now, an ExportPreset.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preset = ExportPreset(name="")
        self._cards: list[PresetCard] = []
        self._parts = self._build()

    def _build(self) -> Iterator[bool]:
        content = QWidget()
        content.setObjectName("scrolled")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(8)
        # Cards come into their place one by one: what is moved later is styled once more.
        self.setWidget(content)
        self.format = self._add(FormatCard())
        yield True
        self.sizes = self._add(SizesCard())
        yield True
        self.names = self._add(NamesCard())
        yield True
        self.marks = self._add(ExportMarksCard())
        yield True
        self.colour = self._add(ColourCard())
        yield True
        self.papers = self._add(PapersCard())
        yield True
        self._column.addStretch(1)
        self.sizes.row_added.connect(self.calm)

    def _add(self, card: Card) -> Card:
        card.changed.connect(self._changed)
        self._cards.append(card)
        self._column.addWidget(card)
        self.calm(card)
        return card

    @property
    def preset(self) -> ExportPreset:
        """What the fields say."""
        return self._preset

    @property
    def is_complete(self) -> bool:
        """Whether every size can be made."""
        return self.sizes.is_complete

    def show_preset(self, preset: ExportPreset) -> None:
        """Edit `preset`; nothing is told."""
        self._preset = preset
        for card in self._cards:
            card.show_preset(preset)

    def rename(self, name: str) -> None:
        """Call what is edited `name`; nothing is told."""
        self._preset = msgspec.structs.replace(self._preset, name=name)

    def _changed(self) -> None:
        preset = self._preset
        for card in self._cards:
            preset = card.taken(preset)
        self._preset = preset
        self.changed.emit(preset)
