"""The recipes of compared pictures side by side; what differs has a sign and another ground."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui.elided import ElidedLabel
from maquette.gui.fitting_scroll import CalmScroll
from maquette.gui.gallery.picture_facts import Fact, differing, fact_name, picture_name
from maquette.gui.live import Live
from maquette.gui.parts import GRID, label

LETTERS = "ABCD"
NOT_TOLD = (Fact.FILE, Fact.ID)  # which differ in any case
NAMES = 132  # pixels of the first column


class CompareTable(Live, QWidget):
    """One row for each fact, one column for each picture. Texts can be selected."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: tuple[GalleryPicture, ...] = ()
        self.title = label("title")
        self.summary = label("muted")
        self.only = QCheckBox()
        self.only.toggled.connect(self._render)
        head = QHBoxLayout()
        head.setSpacing(2 * GRID)
        head.addWidget(self.title)
        head.addWidget(self.summary, 1)
        head.addWidget(self.only)
        self._scroll = CalmScroll()
        self._table = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        self.differing: tuple[Fact, ...] = ()
        self.retranslate()

    def show_pictures(self, pictures: Sequence[GalleryPicture]) -> None:
        """Show the recipes of `pictures`, at most four."""
        if tuple(pictures) != self._pictures:
            self._pictures = tuple(pictures)
            self._render()

    def _render(self) -> None:
        rows = differing(self._pictures)
        for fact in NOT_TOLD:
            rows.pop(fact, None)
        self.differing = tuple(fact for fact, words in rows.items() if len(set(words)) > 1)
        names = ", ".join(fact_name(fact) for fact in self.differing)
        self.summary.setText(
            self.tr("differ in: {names}").format(names=names)
            if self.differing
            else self.tr("the same in everything that is known")
        )
        self._table = QWidget()
        self._table.setObjectName("scrolled")
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, NAMES)
        for place, picture in enumerate(self._pictures, 1):
            # The names of one prompt's pictures differ at their ends.
            head = ElidedLabel("small", Qt.TextElideMode.ElideMiddle)
            head.set_text(f"{LETTERS[place - 1]} · {picture_name(picture)}")
            head.setContentsMargins(6, 0, 6, 0)
            grid.addWidget(head, 0, place)
            grid.setColumnStretch(place, 1)
        shown = [fact for fact in rows if fact in self.differing or not self.only.isChecked()]
        for line, fact in enumerate(shown, 1):
            self._add_row(grid, line, fact, rows[fact])
        grid.setRowStretch(len(shown) + 1, 1)
        self._scroll.setWidget(self._table)

    def _add_row(self, grid: QGridLayout, line: int, fact: Fact, words: tuple[str, ...]) -> None:
        differs = fact in self.differing
        heading = label("small")
        heading.setText(f"≠  {fact_name(fact)}" if differs else f"=  {fact_name(fact)}")
        heading.setAccessibleName(
            self.tr("{fact}: differs").format(fact=fact_name(fact))
            if differs
            else self.tr("{fact}: the same").format(fact=fact_name(fact))
        )
        heading.setAlignment(Qt.AlignmentFlag.AlignTop)
        heading.setContentsMargins(0, 3, 0, 3)
        grid.addWidget(heading, line, 0)
        for place, said in enumerate(words, 1):
            value = label("differs" if differs else "same", wrap=True)
            value.setText(said or "–")  # a dash, as in tables
            value.setMinimumWidth(1)
            value.setAlignment(Qt.AlignmentFlag.AlignTop)
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            value.setAccessibleName(f"{LETTERS[place - 1]}, {fact_name(fact)}: {said or '–'}")
            grid.addWidget(value, line, place)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Recipes"))
        self.only.setText(self.tr("Only what differs"))
        self._render()
