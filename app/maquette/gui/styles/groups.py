"""The groups at the left of the Styles place."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QWidget

from maquette.core.style import Style, StyleGroup
from maquette.gui.gallery.counted_list import CountedList, CountedRow
from maquette.gui.live import Live
from maquette.gui.parts import name
from maquette.gui.styles.words import GLYPHS, group_word
from maquette.state.styles import StyleList

ALL: Final = "all"
FAVOURITES: Final = "favourites"
OWN: Final = "own"


class StyleGroups(Live, CountedList):
    """All, favourites, the user's own, and each group; `place` is the one that is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = ALL
        self.retranslate()

    @property
    def group(self) -> StyleGroup | None:
        """The group that is shown; None where all, favourites or the user's own are."""
        return next((group for group in StyleGroup if group.value == self.place), None)

    @property
    def invitation(self) -> str:
        """What to do where the place that is shown is empty."""
        if self.place == FAVOURITES:
            return self.tr("Mark styles that you like with the star; they gather here.")
        if self.place == OWN:
            return self.tr(
                "Your own styles gather here: train one from your pictures, write one, duplicate "
                "another, or drop files of Maquette, Fooocus or stable-diffusion-webui."
            )
        return ""

    def show_found(self, found: Sequence[Style], value: StyleList) -> tuple[Style, ...]:
        """Count `found` by group; returns those of them that belong to `place`."""
        places = {style: _places(style, value) for style in found}
        counts = Counter(place for each in places.values() for place in each)
        words = {ALL: self.tr("All"), FAVOURITES: self.tr("Favourites"), OWN: self.tr("Yours")}
        words |= {group.value: group_word(group) for group in StyleGroup}
        glyphs = {ALL: "squares-four", FAVOURITES: "star", OWN: "user"}
        glyphs |= {group.value: GLYPHS[group] for group in StyleGroup}
        self.show_rows(
            tuple(
                CountedRow(place, words[place], counts[place], glyphs[place], place == self.place)
                for place in words
            )
        )
        return tuple(style for style in found if self.place in places[style])

    def retranslate(self) -> None:
        name(self, self.tr("Groups of styles"))


def _places(style: Style, value: StyleList) -> tuple[str, ...]:
    """Every place that `style` is shown in."""
    places = [ALL, style.group.value]
    if style.id in value.favourites:
        places.append(FAVOURITES)
    if style.id in value.own:
        places.append(OWN)
    return tuple(places)
