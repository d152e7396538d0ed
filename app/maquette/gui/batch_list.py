"""What a batch would make, or what is wrong with it, as a table of lines."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from maquette.gui.live import Live
from maquette.gui.parts import name, plain_tip
from maquette.gui.queue_words import one_line
from maquette.gui.theme import current_tokens
from maquette.state.batch_starts import BatchOrder
from maquette.state.messages import translate_sentence

Index = QModelIndex | QPersistentModelIndex

LINE, WORDS, SIZE, SEED = range(4)


class BatchModel(QAbstractTableModel):
    """A row per picture; with problems, a row for each of those instead."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._order: BatchOrder | None = None

    def set_order(self, order: BatchOrder | None) -> None:
        """Show `order`."""
        self.beginResetModel()
        self._order = order
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        if self._order is None or parent.isValid():
            return 0
        return len(self._order.problems) or len(self._order.recipes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else SEED + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self._order is None or not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(index.row(), index.column())
            case Qt.ItemDataRole.ToolTipRole if index.column() == WORDS:
                return plain_tip(self._words(index.row(), WORDS)[:1000])
            case Qt.ItemDataRole.ForegroundRole if index.column() != WORDS:
                return QColor(current_tokens().muted)
            case _:
                return None

    def _words(self, row: int, column: int) -> str:
        order = self._order
        assert order is not None
        if order.problems:
            problem = order.problems[row]
            if column == LINE:
                return str(problem.line) if problem.line else ""
            return translate_sentence(problem.message) if column == WORDS else ""
        recipe = order.recipes[row]
        match column:
            case _ if column == LINE:
                return str(order.lines[row])
            case _ if column == WORDS:
                return one_line(recipe.prompt)
            case _ if column == SIZE:
                return f"{recipe.width} × {recipe.height}"
            case _:
                return str(recipe.seed)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        wrong = self._order is not None and bool(self._order.problems)
        words = self.tr("What is wrong") if wrong else self.tr("Prompt")
        return (self.tr("Line"), words, self.tr("Size"), self.tr("Seed"))[section]


class BatchList(Live, QTableView):
    """Rows that can be walked through by key; nothing in it can be changed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = BatchModel(self)
        self.setModel(self._model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(28)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        header.setSectionResizeMode(WORDS, QHeaderView.ResizeMode.Stretch)
        for column, width in ((LINE, 56), (SIZE, 96), (SEED, 112)):
            self.setColumnWidth(column, width)
        self.retranslate()

    def show_order(self, order: BatchOrder | None) -> None:
        """Show what `order` asks for, or its problems."""
        self._model.set_order(order)
        wrong = order is not None and bool(order.problems)
        for column in (SIZE, SEED):
            self.setColumnHidden(column, wrong)

    def retranslate(self) -> None:
        name(self, self.tr("What the file asks for"))
        self.setToolTip("")
        self._model.headerDataChanged.emit(Qt.Orientation.Horizontal, LINE, SEED)
