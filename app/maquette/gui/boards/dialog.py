"""The board dialog: rows, columns and seeds, and what that comes to before anything is queued."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from maquette.core.prompt import language_of
from maquette.core.variants_board import MAX_CELLS, Axis, BoardPlan
from maquette.gui.boards.axis_card import AxisCard
from maquette.gui.live import Live
from maquette.gui.parts import button, label, name
from maquette.gui.queue_words import time_words
from maquette.gui.sketch_panel.word_menu import shown_language
from maquette.library.vocabulary import vocabulary
from maquette.state.studio import Studio

SIZE = QSize(680, 480)
MAX_SEEDS = 8
PRESET = {Axis.MATERIAL: ("ceramic", "glass", "metal"), Axis.COLOUR: ("white", "blue", "red")}
"""Words of the vocabulary in the rows, then in the columns."""


class BoardDialog(Live, QDialog):
    """Opens with three materials in three colours.

    Signals:
        asked(plan, title): this BoardPlan is to be queued under that name.
    """

    asked = Signal(object, str)

    def __init__(self, studio: Studio, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.resize(SIZE)
        self._studio = studio
        language = language_of(studio.session.value.prompt, shown_language())
        self._language = language
        self.rows = AxisCard(Axis.MATERIAL, language)
        self.columns = AxisCard(Axis.COLOUR, language)
        self.seeds = QSpinBox()
        self.seeds.setRange(1, MAX_SEEDS)
        self.seeds.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._seeds_label = label()
        self._seeds_label.setBuddy(self.seeds)
        self.summary = label("muted", wrap=True)
        self.preset = button("tall")
        self.cancel = button("tall")
        self.queue_up = button("primary")
        self._lay_out()
        for card in (self.rows, self.columns):
            card.changed.connect(self._render)
        self.seeds.valueChanged.connect(self._render)
        self.preset.clicked.connect(self.lay_out_preset)
        self.cancel.clicked.connect(self.reject)
        self.queue_up.clicked.connect(self._queue_up)
        self.lay_out_preset()
        self.retranslate()
        self.queue_up.setDefault(True)

    def _lay_out(self) -> None:
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self.rows, 1)
        cards.addWidget(self.columns, 1)
        seeds = QHBoxLayout()
        seeds.setSpacing(8)
        seeds.addWidget(self._seeds_label)
        seeds.addWidget(self.seeds)
        seeds.addStretch(1)
        seeds.addWidget(self.preset)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.queue_up)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addLayout(cards, 1)
        outer.addLayout(seeds)
        outer.addLayout(foot)

    @property
    def plan(self) -> BoardPlan:
        """What is asked for now."""
        return BoardPlan(self.rows.asked, self.columns.asked, self.seeds.value())

    def lay_out_preset(self) -> None:
        """Three materials in three colours."""
        for card, axis in zip((self.rows, self.columns), PRESET, strict=True):
            field = axis.value
            names = (vocabulary().name(field, word, self._language) for word in PRESET[axis])
            card.show_values(axis, tuple(names))
        self.seeds.setValue(1)

    def _render(self) -> None:
        plan = self.plan
        is_fine = 0 < plan.cells <= MAX_CELLS
        self.queue_up.setEnabled(is_fine)
        self.queue_up.setText(self.tr("Queue {n} pictures").format(n=plan.cells))
        if not plan.cells:
            self.summary.setText(self.tr("Rows and columns each need at least one value."))
        elif not is_fine:
            words = self.tr("{n} pictures are more than a board may have: {most} at most.")
            self.summary.setText(words.format(n=plan.cells, most=MAX_CELLS))
        else:
            self.summary.setText(self._summary(plan))

    def _summary(self, plan: BoardPlan) -> str:
        words = self.tr("{rows} rows × {columns} columns").format(
            rows=len(plan.rows.values), columns=len(plan.columns.values)
        )
        seconds = self._studio.boards.seconds_for(plan)
        if seconds is None:
            return words
        time = self.tr("about {time}").format(time=time_words(seconds))
        return f"{words} · {time}"

    def _queue_up(self) -> None:
        plan = self.plan
        if 0 < plan.cells <= MAX_CELLS:
            title = self.tr("Board {rows} × {columns}").format(
                rows=len(plan.rows.values), columns=len(plan.columns.values)
            )
            self.asked.emit(plan, title)
            self.accept()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Board"))
        self.rows.name_as(self.tr("Rows"))
        self.columns.name_as(self.tr("Columns"))
        self._seeds_label.setText(self.tr("Seeds for each"))
        name(self.seeds, self.tr("Seeds for each"), tip=self.tr("How often each cell is made"))
        self.preset.setText(self.tr("Back to 3 × 3"))
        name(self.preset, self.tr("Three materials in three colours"))
        self.cancel.setText(self.tr("Cancel"))
        self._render()
