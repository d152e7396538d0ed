"""The grid of pictures: 100,000 of them at the speed of a hundred."""

from array import array
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from maquette.core.gallery import GalleryPicture
from maquette.gui.gallery.grid_band import RubberBand
from maquette.gui.gallery.grid_delegate import GridDelegate
from maquette.gui.gallery.grid_layout import LARGEST, LEAST, MARGIN, USUAL, GridLayout
from maquette.gui.gallery.grid_model import GridModel

NOTCH = 16  # pixels that a picture grows by with a step of the wheel
AHEAD = 1  # screens that are fetched below what is in sight

Index = QModelIndex | QPersistentModelIndex
Ids = np.ndarray[Any, np.dtype[np.int64]]
Cursor = QAbstractItemView.CursorAction
Flag = QItemSelectionModel.SelectionFlag


class Grid(QListView):
    """Cells of one size in rows. Qt would lay every item out; here arithmetic knows each place.

    It is a QListView for what screen readers are told only; all of its layout is replaced.

    Signals:
        picked(): other pictures are selected, or another one is the current one.
        drag_asked(): the selected pictures are to be dragged out.
        sized(int): a picture's least side in pixels was changed by the wheel or a key.
    """

    picked = Signal()
    drag_asked = Signal()
    sized = Signal(int)

    def __init__(
        self, model: GridModel, delegate: GridDelegate, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._grid_model = model
        self._wish = USUAL
        self._layout = GridLayout()
        self._band = RubberBand(self)
        self._telling = QTimer(self)
        self._telling.setSingleShot(True)
        self._telling.setInterval(0)
        self._telling.timeout.connect(self.picked)
        self.setItemDelegate(delegate)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setAutoScroll(True)

    # --- what is shown --------------------------------------------------------------------------

    def show_ids(self, found: "array[int]", *, anew: bool) -> None:
        """Show these pictures. What is selected stays so where it is still among them.

        Args:
            found: the pictures in their order; not to be changed afterwards.
            anew: it is the answer to another question, and is shown from its beginning; else the
                same pictures stay in sight, and where all that was selected is gone, the picture
                at its place is selected instead.
        """
        ids: Ids = np.frombuffer(found, dtype=np.int64) if found else np.zeros(0, np.int64)
        model = self._grid_model
        if not anew and np.array_equal(ids, model.ids):
            self._want()
            return
        selected, current = self.selected_ids(), self.currentIndex().row()
        current_id = model.id_at(current)
        anchor = self._anchor() if not anew else None
        model.use(ids)
        self.updateGeometries()
        self._select_again(ids, selected, current, current_id, anew=anew)
        self._return_to(anchor)
        self._want()
        self.viewport().update()
        self._telling.start()

    def selected_ids(self) -> Ids:
        """The ids of all selected pictures, in the order of the grid."""
        ids = self._grid_model.ids
        ranges = sorted(
            (part.top(), part.bottom())
            for part in self.selectionModel().selection()  # type: ignore[misc]  # a list in C++
        )
        parts = [ids[top : bottom + 1] for top, bottom in ranges]
        return np.concatenate(parts) if parts else ids[:0]

    def current_id(self) -> int:
        """The id of the picture that has the focus, 0 if none has."""
        return self._grid_model.id_at(self.currentIndex().row())

    def current_picture(self) -> GalleryPicture | None:
        """The picture that has the focus, None if none has or it is not read yet."""
        return self._grid_model.picture(self.currentIndex().row())

    def go_to(self, picture_id: int) -> bool:
        """Select this picture and bring it into sight; False if it is not here."""
        row = self._grid_model.row_of(picture_id)
        if row < 0:
            return False
        index = self._grid_model.index(row)
        self.selectionModel().setCurrentIndex(index, Flag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def set_size(self, side: int) -> None:
        """Make every picture at least `side` pixels wide; what is in sight stays there."""
        side = max(LEAST, min(LARGEST, side))
        if side == self._wish:
            return
        current = self.currentIndex()
        is_seen = current.isValid() and self.viewport().rect().intersects(self.visualRect(current))
        first = max(0, self._layout.rows_in(self.verticalOffset(), self.verticalOffset())[0])
        row = current.row() if is_seen else first
        before = self._layout.cell(row).top() - self.verticalOffset()
        self._wish = side
        self.updateGeometries()
        self.verticalScrollBar().setValue(self._layout.cell(row).top() - before)
        self._want()
        self.viewport().update()
        self.sized.emit(side)

    @property
    def size_of_cells(self) -> int:
        """The least side of a picture, in pixels."""
        return self._wish

    def _anchor(self) -> tuple[int, int] | None:
        """(the first id in sight, how far down its cell begins); None at the very beginning."""
        offset = self.verticalOffset()
        if offset == 0:
            return None
        row = max(0, self._layout.rows_in(offset, offset)[0])
        return self._grid_model.id_at(row), self._layout.cell(row).top() - offset

    def _return_to(self, anchor: tuple[int, int] | None) -> None:
        if anchor is None:
            self.verticalScrollBar().setValue(0)
            return
        row = self._grid_model.row_of(anchor[0])
        if row >= 0:
            self.verticalScrollBar().setValue(self._layout.cell(row).top() - anchor[1])

    def _select_again(
        self, ids: Ids, selected: Ids, current: int, current_id: int, *, anew: bool
    ) -> None:
        rows = np.flatnonzero(np.isin(ids, selected)) if len(selected) else ids[:0]
        row = self._grid_model.row_of(current_id) if current_id else -1
        if not anew and len(selected) and not len(rows) and len(ids):
            row = min(max(0, current), len(ids) - 1)
            rows = np.array([row])
        self.selectionModel().select(_selection(self._grid_model, rows), Flag.ClearAndSelect)
        if row < 0 and len(ids) and self.window().focusWidget() is self:
            row = 0  # so that arrow keys have somewhere to begin
        if row >= 0:
            self.selectionModel().setCurrentIndex(self._grid_model.index(row), Flag.NoUpdate)

    def _want(self) -> None:
        """Have the rows in sight fetched, and some around them."""
        first, last = self._in_sight()
        self._grid_model.want(first, last + AHEAD * (last - first + 1))

    def _in_sight(self) -> tuple[int, int]:
        top = self.verticalOffset()
        return self._layout.rows_in(top, top + self.viewport().height())

    # --- the view's own layout ------------------------------------------------------------------

    def doItemsLayout(self) -> None:
        """Nothing is laid out: `GridLayout` knows. QListView would visit every item."""
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        count = self._grid_model.rowCount()
        self._layout = GridLayout(count, self.viewport().width(), self._wish)
        height = self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setPageStep(height)
        bar.setSingleStep(max(16, self._layout.step // 3))  # a notch of the wheel is a row
        bar.setRange(0, max(0, self._layout.height - height))
        bar.setEnabled(bar.maximum() > 0)  # its handle is not shown then

    def resizeEvent(self, event: QResizeEvent) -> None:
        anchor = self._anchor()
        self.updateGeometries()
        self._return_to(anchor)
        self._want()

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid():
            return QRect()
        return self._layout.cell(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        return self._index(self._layout.at(point + QPoint(0, self.verticalOffset())))

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        # What is selected may be 100,000 cells: those in sight are painted again at once.
        return QRegion(self.viewport().rect())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        self._band.scrolled()
        self._want()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        if not index.isValid():
            return
        bar, rect = self.verticalScrollBar(), self.visualRect(index)
        hints = QAbstractItemView.ScrollHint
        height = self.viewport().height()
        if hint == hints.PositionAtCenter:
            bar.setValue(bar.value() + rect.center().y() - height // 2)
        elif rect.top() < 0 or hint == hints.PositionAtTop:
            bar.setValue(bar.value() + rect.top() - MARGIN)
        elif rect.bottom() > height or hint == hints.PositionAtBottom:
            bar.setValue(bar.value() + rect.bottom() - height)

    def _index(self, row: int) -> QModelIndex:
        return self._grid_model.index(row) if row >= 0 else QModelIndex()

    # --- keys and selection ---------------------------------------------------------------------

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count = self._layout.count
        if not count:
            return QModelIndex()
        current = self.currentIndex().row()
        if current < 0:
            return self._index(max(0, min(count - 1, self._in_sight()[0])))
        columns = self._layout.columns
        page = max(1, self.viewport().height() // self._layout.step) * columns
        match action:
            case Cursor.MoveHome:
                row = 0
            case Cursor.MoveEnd:
                row = count - 1
            case Cursor.MoveLeft | Cursor.MovePrevious:
                row = max(0, current - 1)
            case Cursor.MoveRight | Cursor.MoveNext:
                row = min(count - 1, current + 1)
            case Cursor.MoveUp:
                row = current - columns if current >= columns else current
            case Cursor.MoveDown:
                is_last = current // columns == (count - 1) // columns
                row = current if is_last else min(count - 1, current + columns)
            case Cursor.MovePageUp:
                row = current - page if current >= page else current % columns
            case _:
                row = min(count - 1, current + page)
        return self._index(row)

    def setSelection(self, rect: QRect, command: Flag) -> None:
        """Select from one end of `rect` to the other, as text is; bands have a way of their own."""
        below = QPoint(0, self.verticalOffset())
        ends = (
            self._layout.near(rect.topLeft() + below),
            self._layout.near(rect.bottomRight() + below),
        )
        selection = QItemSelection()
        if min(ends) >= 0:
            selection.select(self._index(min(ends)), self._index(max(ends)))
        self.selectionModel().select(selection, command)

    def selectAll(self) -> None:
        self.select_ranges([(0, self._layout.count - 1)] if self._layout.count else [])

    def select_ranges(
        self,
        ranges: list[tuple[int, int]],
        before: QItemSelection | None = None,
        *,
        turn: bool = False,
    ) -> None:
        """Select these rows (first, last), on top of `before` or turning it over where they lie."""
        selection = QItemSelection()
        for first, last in ranges:
            selection.select(self._index(first), self._index(last))
        if before is None:
            self.selectionModel().select(selection, Flag.ClearAndSelect)
            return
        self.selectionModel().select(before, Flag.ClearAndSelect)
        self.selectionModel().select(selection, Flag.Toggle if turn else Flag.Select)

    def cells_in(self, area: QRect) -> list[tuple[int, int]]:
        """The cells that `area` of the grid's whole height touches, as ranges (first, last)."""
        return self._layout.ranges_in(area)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here, and look for nothing."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.ZoomIn):
            self.set_size(self._wish + NOTCH)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.set_size(self._wish - NOTCH)
        elif event.key() == Qt.Key.Key_Escape and self.selectionModel().hasSelection():
            self.clearSelection()
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()
        self._telling.start()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self._telling.start()

    # --- mouse ----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not self.indexAt(place).isValid():
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._band.begin(place, event.modifiers())
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._band.is_drawn:
            self._band.move(event.position().toPoint())
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._band.is_drawn:
            self._band.end()
            return
        super().mouseReleaseEvent(event)

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        self.drag_asked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                self.set_size(self._wish + (NOTCH if turned > 0 else -NOTCH))
            event.accept()
            return
        super().wheelEvent(event)

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        offset, area = self.verticalOffset(), event.rect()
        first, last = self._layout.rows_in(area.top() + offset, area.bottom() + offset)
        chosen, current = self.selectionModel(), self.currentIndex().row()
        delegate, has_focus = self.itemDelegate(), self.hasFocus()
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = QStyle.StateFlag.State_Enabled
        for row in range(first, last + 1):
            index = self._index(row)
            state = plain
            if chosen.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if row == current and has_focus:
                state |= QStyle.StateFlag.State_HasFocus
            option.state = state  # type: ignore[attr-defined]
            option.rect = self._layout.cell(row).translated(0, -offset)  # type: ignore[attr-defined]
            delegate.paint(painter, option, index)
        self._band.paint(painter)

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Any = ()) -> None:
        """Paint what is in sight again; QListView would lay everything out."""
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._layout.count:
            first = self._index(max(0, self._in_sight()[0]))
            self.selectionModel().setCurrentIndex(first, Flag.NoUpdate)
        self.viewport().update()


def _selection(model: GridModel, rows: Ids) -> QItemSelection:
    """The rows as ranges: neighbours are one."""
    selection = QItemSelection()
    if len(rows):
        for run in np.split(rows, np.flatnonzero(np.diff(rows) != 1) + 1):
            selection.select(model.index(int(run[0])), model.index(int(run[-1])))
    return selection
