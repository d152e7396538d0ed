"""What goes with the files: contact sheets for people, lists for programs."""

from collections.abc import Iterable

import msgspec
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from maquette.core.export_preset import ContactSheet, ExportPreset, ListKind, Paper, SheetKind
from maquette.gui.combo import chosen_in, fill_combo
from maquette.gui.export.fields import TEXT_MARGINS
from maquette.gui.export.preset_card import PresetCard
from maquette.gui.export.words import paper_words
from maquette.gui.parts import label, name

COLUMNS = (1, 12)
MAX_TITLE = 200


class PapersCard(PresetCard):
    """Sheets as PDF or PNG, with paper, columns and title; lists as CSV or JSON."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._last = ContactSheet()
        self.kinds = {SheetKind.PDF: QCheckBox("PDF"), SheetKind.PNG: QCheckBox("PNG")}
        self.lists = {ListKind.CSV: QCheckBox("CSV"), ListKind.JSON: QCheckBox("JSON")}
        self.paper, self.columns = QComboBox(), QSpinBox()
        self.columns.setRange(*COLUMNS)
        self.columns.lineEdit().setTextMargins(*TEXT_MARGINS)
        self.sheet_title = QLineEdit()
        self.sheet_title.setMaxLength(MAX_TITLE)
        self.captions = QCheckBox()
        self._page_row = QHBoxLayout()
        self._page_row.setSpacing(8)
        self._columns_word = label()
        self._columns_word.setBuddy(self.columns)
        self._page_row.addWidget(self.paper, 1)
        self._page_row.addSpacing(8)
        self._page_row.addWidget(self._columns_word)
        self._page_row.addWidget(self.columns)
        first = self.kinds[SheetKind.PDF]
        self._captions: dict[QWidget, QLabel] = {}
        self._captions[first] = self.add_row(_row(self.kinds.values()), first)
        self._captions[self.paper] = self.add_row(self._page_row, self.paper)
        self._captions[self.sheet_title] = self.add_row(self.sheet_title)
        self.add_note(self.captions)
        listed = self.lists[ListKind.CSV]
        self._captions[listed] = self.add_row(_row(self.lists.values()), listed)
        for box in (*self.kinds.values(), *self.lists.values(), self.captions):
            box.toggled.connect(self._changed)
        self.paper.currentIndexChanged.connect(self._changed)
        self.columns.valueChanged.connect(self._changed)
        self.sheet_title.textEdited.connect(self._changed)
        self.retranslate()

    def _show(self, preset: ExportPreset) -> None:
        sheet = preset.sheet or self._last
        self._last = sheet
        for kind, box in self.kinds.items():
            box.setChecked(preset.sheet is not None and kind in sheet.kinds)
        for kind, box in self.lists.items():
            box.setChecked(kind in preset.lists)
        self.paper.setCurrentIndex(self.paper.findData(sheet.paper))
        self.columns.setValue(sheet.columns)
        if self.sheet_title.text() != sheet.title:
            self.sheet_title.setText(sheet.title)
        self.captions.setChecked(sheet.captions)
        self._render()

    def taken(self, preset: ExportPreset) -> ExportPreset:
        kinds = tuple(kind for kind, box in self.kinds.items() if box.isChecked())
        sheet = ContactSheet(
            kinds=kinds,
            paper=chosen_in(self.paper, Paper),
            columns=self.columns.value(),
            title=self.sheet_title.text(),
            captions=self.captions.isChecked(),
        )
        return msgspec.structs.replace(
            preset,
            sheet=sheet if kinds else None,
            lists=tuple(kind for kind, box in self.lists.items() if box.isChecked()),
        )

    def _changed(self, *_: object) -> None:
        self._render()
        self._tell()

    def _render(self) -> None:
        wanted = any(box.isChecked() for box in self.kinds.values())
        for row in (self._page_row, self.sheet_title, self.captions):
            self.form.setRowVisible(row, wanted)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Contact sheet and lists"))
        sheet, listed = self.kinds[SheetKind.PDF], self.lists[ListKind.CSV]
        for field, text in (
            (sheet, self.tr("Contact sheet")),
            (self.paper, self.tr("Paper")),
            (self.sheet_title, self.tr("Title")),
            (listed, self.tr("List of files")),
        ):
            self._captions[field].setText(text)
            name(field, text)
            field.setToolTip("")
        for kind, box in (*self.kinds.items(), *self.lists.items()):
            of = self.tr("List as {format}") if kind in self.lists else self.tr("Sheet as {format}")
            name(box, of.format(format=kind.value.upper()))
            box.setToolTip("")
        self._columns_word.setText(self.tr("Columns"))
        name(self.columns, self.tr("Columns"))
        self.columns.setToolTip("")
        self.captions.setText(self.tr("Name and number below each picture"))
        self._showing = True
        fill_combo(self.paper, paper_words(), self.paper.currentData())
        self._showing = False


def _row(boxes: Iterable[QCheckBox]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for box in boxes:
        row.addWidget(box)
    row.addStretch(1)
    return row
