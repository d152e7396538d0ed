"""A list of rows of one height, in which a change of one row costs the painting of one row."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

Index = QModelIndex | QPersistentModelIndex


class RowList(QListView):
    """Rows below one another; a delegate says how high each is, once for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def dataChanged(self, top_left: Index, bottom_right: Index, roles: Sequence[int] = ()) -> None:
        """Paint these rows again. QListView would lay all of them out and paint everything."""
        QAbstractItemView.dataChanged(self, top_left, bottom_right, list(roles))

    def row_for(self, event: QDropEvent) -> int:
        """Before which row something is dropped; the number of rows for behind all."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if not index.isValid():
            return self.model().rowCount()
        return index.row() + (point.y() > self.visualRect(index).center().y())

    def end_drop(self, event: QDropEvent) -> None:
        """What was dropped is taken: do without what Qt's own drop would do to the rows."""
        event.accept()
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
