"""The sizes that each picture goes out in, one row each."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from maquette.core.export_preset import MAX_SIZES, ExportPreset, ExportSize
from maquette.gui import icons
from maquette.gui.export.preset_card import PresetCard
from maquette.gui.export.size_row import ENLARGE, FIT, NAME, SIDE, SizeRow
from maquette.gui.parts import button, label, name


class SizesCard(PresetCard):
    """Up to MAX_SIZES rows; one is always there.

    Signals:
        row_added(row): a row that was not there before, a SizeRow.
    """

    row_added = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[SizeRow] = []
        self._headings = [label("small") for _ in range(4)]
        head = QHBoxLayout()
        head.setSpacing(8)
        for words, width in zip(self._headings, (NAME, SIDE, SIDE, FIT), strict=True):
            words.setFixedWidth(width)
            head.addWidget(words)
        head.addSpacing(ENLARGE)
        head.addStretch(1)
        self._table = QVBoxLayout()
        self._table.setSpacing(6)
        self.add = button("quiet")
        self._note = label("small", wrap=True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addWidget(self._note, 1)
        self.body.addLayout(head)
        self.body.addLayout(self._table)
        self.body.addLayout(foot)
        self.add.clicked.connect(self._add_one)
        self.retranslate()
        self.restyle()

    @property
    def sizes(self) -> tuple[ExportSize, ...]:
        """What the rows say."""
        return tuple(row.size_value for row in self.rows)

    @property
    def is_complete(self) -> bool:
        """Whether every frame that is to be filled has both its sides."""
        return all(row.is_complete for row in self.rows)

    def _show(self, preset: ExportPreset) -> None:
        if self.sizes == preset.sizes:
            return
        for row in tuple(self.rows):
            self._take(row)
        for size in preset.sizes:
            self._put(size)
        self._render()

    def taken(self, preset: ExportPreset) -> ExportPreset:
        return msgspec.structs.replace(preset, sizes=self.sizes)

    def _add_one(self) -> None:
        """Another row like the last one, which is nearer to what is wanted than an empty one."""
        last = self.rows[-1].size_value
        self._put(msgspec.structs.replace(last, name=""))
        self._changed()
        self.rows[-1].name.setFocus()

    def _put(self, size: ExportSize) -> None:
        row = SizeRow(size)
        row.changed.connect(self._changed)
        row.removed.connect(lambda: self._remove(row))
        self.rows.append(row)
        self._table.addWidget(row)
        self.row_added.emit(row)

    def _remove(self, row: SizeRow) -> None:
        place = self.rows.index(row)
        self._take(row)
        self._changed()
        self.rows[min(place, len(self.rows) - 1)].name.setFocus()

    def _take(self, row: SizeRow) -> None:
        self.rows.remove(row)
        self._table.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _changed(self) -> None:
        self._render()
        self._tell()

    def _render(self) -> None:
        self.add.setEnabled(len(self.rows) < MAX_SIZES)
        for row in self.rows:
            row.remove.setEnabled(len(self.rows) > 1)
        self._note.setText(
            "" if self.is_complete else self.tr("Filling and borders need both width and height.")
        )

    def retranslate(self) -> None:
        self.title.setText(self.tr("Sizes"))
        for words, text in zip(
            self._headings,
            (self.tr("Name"), self.tr("Width"), self.tr("Height"), self.tr("Frame")),
            strict=True,
        ):
            words.setText(text)
        self.add.setText(self.tr("Add a size"))
        name(self.add, self.tr("Add a size"))
        self._render()

    def restyle(self) -> None:
        self.add.setIcon(icons.icon("plus"))
