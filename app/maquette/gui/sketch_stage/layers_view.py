"""The list of layers: choosing, dragging, keys."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from maquette.core.drawing import Layer
from maquette.gui.row_list import RowList
from maquette.gui.sketch_stage.layer_delegate import LayerDelegate
from maquette.gui.sketch_stage.layers_model import LAYER_ROLE, MIME, LayersModel


class LayersView(RowList):
    """The current row is the layer that is drawn on. Space turns its eye, and F2 renames it.

    Signals:
        activated_layer(layer_id): the user chose it.
    """

    activated_layer = Signal(str)

    def __init__(self, model: LayersModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.delegate = LayerDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDropIndicatorShown(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_active(self, layer_id: str) -> None:
        """Make that layer the current row, telling nobody."""
        self.delegate.active = layer_id
        row = self._model.row_of(layer_id)
        if row >= 0 and row != self.currentIndex().row():
            with QSignalBlocker(self.selectionModel()):
                self.setCurrentIndex(self._model.index(row))
        self.viewport().update()

    def layer(self) -> Layer | None:
        """The layer of the current row."""
        return self.currentIndex().data(LAYER_ROLE)

    def rename(self) -> None:
        """Type another name in the row."""
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        layer = self.layer()
        if event.key() == Qt.Key.Key_Space and layer is not None:
            self.delegate.eye_clicked.emit(layer.id)
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Move the layer once, where Qt would put a copy in and take the row out."""
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        self._model.drop(event.mimeData(), self.row_for(event))
        event.setDropAction(Qt.DropAction.IgnoreAction)
        self.end_drop(event)

    def _current_changed(self) -> None:
        layer = self.layer()
        if layer is not None:
            self.activated_layer.emit(layer.id)
