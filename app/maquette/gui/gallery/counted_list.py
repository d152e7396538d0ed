"""A narrow list of words, each with a number at its right: boards, and what narrows a search."""

from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from maquette.gui import icons
from maquette.gui.gallery.dragging import dragged_ids
from maquette.gui.gallery.words import grouped
from maquette.gui.parts import plain_tip
from maquette.gui.row_list import RowList
from maquette.gui.theme import current_tokens

ROW = 30
HEADING = 26

Index = QModelIndex | QPersistentModelIndex


class CountedRow(msgspec.Struct, frozen=True):
    """`key` tells rows apart; `count` is None where there is nothing to count.

    A heading is no more than words above others; `glyph` is an icon in front. What `takes` lets
    pictures be dropped on it. What is `on` is chosen.
    """

    key: str
    words: str
    count: int | None = None
    glyph: str = ""
    on: bool = False
    heading: bool = False
    takes: bool = False


class CountedModel(QAbstractListModel):
    """The rows as items."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[CountedRow, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.words
            case Qt.ItemDataRole.AccessibleTextRole:
                words = row.words if row.count is None else f"{row.words}, {row.count}"
                return self.tr("{words}, chosen").format(words=words) if row.on else words
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(row.words[:300])
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        if not index.isValid() or self.rows[index.row()].heading:
            return flag.ItemNeverHasChildren
        return flag.ItemIsEnabled | flag.ItemIsSelectable | flag.ItemNeverHasChildren

    def use(self, rows: tuple[CountedRow, ...]) -> None:
        """Show other rows; where only what they say differs, nothing is laid out again."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            if rows:
                self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class CountedList(RowList):
    """Up and down walk through it; Enter, Space or a click choose a row.

    Signals:
        chosen(key): the user wants this row.
        dropped(key, ids): pictures of the library were dropped on it.
    """

    chosen = Signal(str)
    dropped = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counted = CountedModel(self)
        self.target = ""  # the key of the row that something is dragged over
        self.setUniformItemSizes(False)
        self.setModel(self.counted)
        self.setItemDelegate(CountedDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose_by_key)
        self._by_key = False

    def show_rows(self, rows: tuple[CountedRow, ...]) -> None:
        """Show `rows`; the row that has the focus keeps it."""
        current = self.current_key
        self.counted.use(rows)
        place = next((i for i, row in enumerate(rows) if row.key == current), -1)
        if place >= 0 and place != self.currentIndex().row():
            index = self.counted.index(place)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)

    @property
    def current_key(self) -> str:
        """The key of the row that has the focus, "" if none has."""
        index = self.currentIndex()
        return self.counted.rows[index.row()].key if index.isValid() else ""

    def _choose(self, index: QModelIndex) -> None:
        row = self.counted.rows[index.row()]
        if not row.heading:
            self.chosen.emit(row.key)

    def _choose_by_key(self, index: QModelIndex) -> None:
        # Some styles activate by a click as well, which `clicked` has told already.
        if self._by_key:
            self._choose(index)

    def keyPressEvent(self, event: Any) -> None:
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        self._by_key = True
        super().keyPressEvent(event)
        self._by_key = False

    # --- drops ----------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_ids(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        row = self._row_at(event)
        self._aim(row.key if row is not None and row.takes else "")
        if self.target:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim("")

    def dropEvent(self, event: QDropEvent) -> None:
        row, ids = self._row_at(event), dragged_ids(event.mimeData())
        self._aim("")
        if row is not None and row.takes and ids:
            event.acceptProposedAction()
            self.dropped.emit(row.key, ids)

    def _row_at(self, event: QDropEvent) -> CountedRow | None:
        index = self.indexAt(event.position().toPoint())
        return self.counted.rows[index.row()] if index.isValid() else None

    def _aim(self, key: str) -> None:
        if key != self.target:
            self.target = key
            self.viewport().update()


class CountedDelegate(QStyledItemDelegate):
    """Words at the left, the number at the right; what is on has a ground and the accent."""

    def __init__(self, view: CountedList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._view.counted.rows[index.row()]
        return QSize(80, HEADING if row.heading else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        row = self._view.counted.rows[index.row()]
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(option.font)  # type: ignore[attr-defined]
        ground = rect.adjusted(0, 1, 0, -1)
        if row.on or (state & QStyle.StateFlag.State_MouseOver and not row.heading):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.control if row.on else tokens.control_pressed))
            painter.drawRoundedRect(ground, 6, 6)
        has_focus = bool(state & QStyle.StateFlag.State_HasFocus)
        if (row.key == self._view.target and row.key) or has_focus:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0, 0, -1, -1), 6, 6)
        self._paint_words(painter, rect, row)
        painter.restore()

    @staticmethod
    def _paint_words(painter: QPainter, rect: QRect, row: CountedRow) -> None:
        tokens = current_tokens()
        middle = Qt.AlignmentFlag.AlignVCenter
        if row.heading:
            font = painter.font()
            font.setPointSizeF(font.pointSizeF() * 0.85)
            painter.setFont(font)
            painter.setPen(QColor(tokens.muted))
            place = rect.adjusted(8, 4, -8, 0)
            painter.drawText(place, int(middle | Qt.AlignmentFlag.AlignLeft), row.words)
            return
        metrics = painter.fontMetrics()
        left, right = rect.left() + 8, rect.right() - 8
        if row.glyph:
            square = QRect(left, rect.center().y() - 8, 16, 16)
            icons.paint_glyph(
                painter, square, row.glyph, tokens.accent_text if row.on else tokens.muted
            )
            left += 24
        if row.count is not None:
            number = grouped(row.count)
            painter.setPen(QColor(tokens.muted))
            place = QRect(left, rect.top(), right - left, rect.height())
            painter.drawText(place, int(middle | Qt.AlignmentFlag.AlignRight), number)
            right -= metrics.horizontalAdvance(number) + 8
        painter.setPen(QColor(tokens.accent_text if row.on else tokens.text))
        words = metrics.elidedText(row.words, Qt.TextElideMode.ElideRight, max(0, right - left))
        place = QRect(left, rect.top(), max(0, right - left), rect.height())
        painter.drawText(place, int(middle | Qt.AlignmentFlag.AlignLeft), words)
