"""The list of the queue: selecting, folding, moving rows by mouse and by key."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from maquette.gui.queue_model import GROUP_ROLE, MIME, QueueModel
from maquette.gui.queue_rows import Row
from maquette.gui.row_list import RowList


class QueueView(RowList):
    """Rows of jobs and headers. What is selected stays selected wherever it goes.

    Return shows what is current, Left and Right fold and open a group.
    """

    def __init__(self, model: QueueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._kept: tuple[list[Row], Row | None] = ([], None)
        self.setModel(model)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.setDropIndicatorShown(True)
        model.about_to_lay_out.connect(self._remember)
        model.laid_out.connect(self._select_again)

    @property
    def chosen(self) -> list[QModelIndex]:
        """The rows that are selected."""
        return self.selectionModel().selectedIndexes()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        group = index.data(GROUP_ROLE)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.activated.emit(index)
        elif group is not None and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._model.fold(group.group, event.key() == Qt.Key.Key_Left)
        elif event.key() == Qt.Key.Key_Left and index.isValid():
            self._go_to_header(index)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move all that is dragged at once, where Qt would try it row by row."""
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        row = self.row_for(event)
        self._model.dropMimeData(event.mimeData(), event.dropAction(), row, 0, QModelIndex())
        self.end_drop(event)

    def _go_to_header(self, index: QModelIndex) -> None:
        row = self._model.row_at(index.row())
        if row.inside:
            self.setCurrentIndex(self._model.index(self._model.place_of(Row(group=row.group))))

    def _remember(self) -> None:
        """Note what is selected, before rows go and come."""
        selected = [self._model.row_at(index.row()) for index in self.chosen]
        index = self.currentIndex()
        current = self._model.row_at(index.row()) if index.isValid() else None
        self._kept = (selected, current)

    def _select_again(self) -> None:
        selected, current = self._kept
        self._kept = ([], None)
        places = [self._model.place_of(row) for row in selected]
        found = [self._model.index(place) for place in places if place >= 0]
        if found and found != self.chosen:
            selection = QItemSelection()
            for index in found:
                selection.select(index, index)
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().select(selection, how)
        if current is not None and (place := self._model.place_of(current)) >= 0:
            how = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._model.index(place), how)
