"""The dialog of style boards: one prompt in several styles, or one style by several weights."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from maquette.core.lora import MAX_LORA_WEIGHT
from maquette.core.variants_board import MAX_CELLS
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.gui.queue_words import time_words
from maquette.gui.styles.words import style_name
from maquette.state.studio import Studio
from maquette.state.style_cells import Cell, blend_cells, lora_cells, spread, style_cells

SIZE = QSize(520, 520)
MOST_STEPS = 12  # weights of one board
FIELD = 96  # pixels of a number
TITLE = 48  # characters of the prompt in its title
ID = Qt.ItemDataRole.UserRole


class Compared(StrEnum):
    """What differs from picture to picture."""

    STYLES = "styles"
    WEIGHTS = "weights"


class Source(msgspec.Struct, frozen=True):
    """What is weighed: a LoRA of the stack by its digest, or the blend with "" for one."""

    digest: str
    words: str


class StyleBoardDialog(Live, QDialog):
    """Styles that are marked, or else the favourites, are checked when it opens.

    Signals:
        asked(cells, title): these cells are to be queued under that name.
    """

    asked = Signal(object, str)

    def __init__(self, studio: Studio, ids: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.resize(SIZE)
        self._studio = studio
        self.compared = QComboBox()
        self.list = QListWidget()
        self.none = button()
        self.favourites = button()
        self.source = QComboBox()
        self.first, self.last = QDoubleSpinBox(), QDoubleSpinBox()
        self.number = QSpinBox()
        for field in (self.first, self.last, self.number):
            field.setAlignment(Qt.AlignmentFlag.AlignRight)
            field.setFixedWidth(FIELD)
        self.number.setRange(2, MOST_STEPS)
        self.number.setValue(5)
        self._captions = [label() for _ in range(4)]
        self.nothing = label("muted", wrap=True)
        self.summary = label("muted", wrap=True)
        self.cancel = button("tall")
        self.queue_up = button("primary")
        self._pages = QStackedWidget()
        self._lay_out()
        self._list_styles(frozenset(ids) or studio.styles.value.favourites)
        self.retranslate()
        self._take_source()
        self.compared.activated.connect(self._render)
        self.list.itemChanged.connect(self._render)
        self.none.clicked.connect(lambda: self._check(frozenset()))
        self.favourites.clicked.connect(lambda: self._check(studio.styles.value.favourites))
        self.source.activated.connect(self._take_source)
        for field in (self.first, self.last, self.number):
            field.valueChanged.connect(self._render)
        self.cancel.clicked.connect(self.reject)
        self.queue_up.clicked.connect(self._queue_up)
        self.queue_up.setDefault(True)
        self._render()

    def _lay_out(self) -> None:
        styles = QWidget()
        column = QVBoxLayout(styles)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.favourites)
        row.addWidget(self.none)
        row.addStretch(1)
        column.addLayout(row)
        weights = QWidget()
        form = QFormLayout(weights)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        fields = (self.source, self.first, self.last, self.number)
        for caption, field in zip(self._captions, fields, strict=True):
            caption.setBuddy(field)
            form.addRow(caption, field)
        form.addRow(self.nothing)
        self._pages.addWidget(styles)
        self._pages.addWidget(weights)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.queue_up)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addWidget(self.compared)
        outer.addWidget(self._pages, 1)
        outer.addLayout(foot)

    # --- what is asked for ----------------------------------------------------------------------

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of the styles that are checked."""
        rows = (self.list.item(row) for row in range(self.list.count()))
        return tuple(row.data(ID) for row in rows if row.checkState() is Qt.CheckState.Checked)

    @property
    def mode(self) -> Compared:
        """What differs from picture to picture."""
        return chosen_in(self.compared, Compared)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """A cell for each picture that is asked for."""
        studio, session = self._studio, self._studio.session.value
        if self.mode is Compared.STYLES:
            found = (studio.styles.find(style_id) for style_id in self.chosen)
            return style_cells(session, [style for style in found if style], style_name)
        source = self._source
        if source is None:
            return ()
        values = spread(self.first.value(), self.last.value(), self.number.value())
        if source.digest:
            return lora_cells(session, source.digest, values)
        of = studio.blending.now
        return blend_cells(session, of, [value / 100 for value in values]) if of else ()

    @property
    def _source(self) -> Source | None:
        return self.source.currentData()

    def _sources(self) -> tuple[Source, ...]:
        choice, studio = self._studio.session.value.style, self._studio
        now = studio.blending.now
        blend = (Source("", style_name(choice.style)),) if choice and now else ()
        loras = studio.session.value.loras
        return (*blend, *(Source(each.digest, each.name) for each in loras if each.digest))

    def _list_styles(self, checked: frozenset[str]) -> None:
        value = self._studio.styles.value
        chosen = [style for style in value.styles if style.id in checked]
        for style in (*chosen, *(style for style in value.styles if style.id not in checked)):
            item = QListWidgetItem(style_name(style))
            item.setData(ID, style.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if style.id in checked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.list.addItem(item)

    def _check(self, ids: frozenset[str]) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            is_in = item.data(ID) in ids
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)

    def _take_source(self, *_: object) -> None:
        """The range that makes sense for what is weighed."""
        source = self._source
        is_lora = source is not None and bool(source.digest)
        for field, value in ((self.first, 0.0), (self.last, 1.0 if is_lora else 100.0)):
            field.setDecimals(2 if is_lora else 0)
            field.setRange(-MAX_LORA_WEIGHT if is_lora else 0, MAX_LORA_WEIGHT if is_lora else 100)
            field.setSingleStep(0.1 if is_lora else 5)
            field.setSuffix("" if is_lora else " %")
            field.setValue(value)
        self._render()

    # --- what it comes to -----------------------------------------------------------------------

    def _render(self, *_: object) -> None:
        is_styles = self.mode is Compared.STYLES
        self._pages.setCurrentIndex(0 if is_styles else 1)
        has_source = self._source is not None
        self.nothing.setVisible(not has_source)
        for field in (self.source, self.first, self.last, self.number):
            field.setEnabled(has_source)
        number = len(self.cells)
        is_fine = 2 <= number <= MAX_CELLS
        self.queue_up.setEnabled(is_fine)
        self.queue_up.setText(self.tr("Queue {n} pictures").format(n=number))
        if number > MAX_CELLS:
            words = self.tr("{n} pictures are more than a board may have: {most} at most.")
            self.summary.setText(words.format(n=number, most=MAX_CELLS))
        elif not is_fine:
            self.summary.setText(self.tr("Check two styles or more.") if is_styles else "")
        else:
            seconds = self._studio.jobs.activity.value.seconds_per_image
            about = self.tr("about {time}")
            self.summary.setText(about.format(time=time_words(seconds * number)) if seconds else "")

    def _queue_up(self) -> None:
        cells = self.cells
        if 2 <= len(cells) <= MAX_CELLS:
            self.asked.emit(cells, self._title(len(cells)))
            self.accept()

    def _title(self, number: int) -> str:
        said = " ".join(self._studio.session.value.prompt.split())[:TITLE]
        source = self._source
        if self.mode is Compared.WEIGHTS and source is not None:
            words = self.tr("{style} by weight").format(style=source.words)
        else:
            words = self.tr("{n} styles").format(n=number)
        return f"{words} · {said}" if said else words

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Board of styles"))
        choices = (
            (Compared.STYLES, self.tr("The prompt in several styles")),
            (Compared.WEIGHTS, self.tr("One style by several weights")),
        )
        fill_combo(self.compared, choices, self.compared.currentData() or Compared.STYLES)
        name(self.compared, self.tr("What is compared"))
        sources = self._sources()
        current = self._source
        fill_combo(self.source, [(source, source.words) for source in sources], current)
        words = (self.tr("Style"), self.tr("From"), self.tr("To"), self.tr("Pictures"))
        fields = (self.source, self.first, self.last, self.number)
        for caption, field, text in zip(self._captions, fields, words, strict=True):
            caption.setText(text)
            name(field, text)
        name(self.list, self.tr("Styles"))
        self.favourites.setText(self.tr("Favourites"))
        name(self.favourites, self.tr("Check the favourites, and no others"))
        self.none.setText(self.tr("None"))
        name(self.none, self.tr("Check no style"))
        self.nothing.setText(
            self.tr(
                "There is nothing to weigh yet: blend two styles in the Style panel, or add a LoRA."
            )
        )
        self.cancel.setText(self.tr("Cancel"))
        self._render()
