"""The layers as rows, the uppermost first."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from maquette.core.drawing import Drawing, Layer
from maquette.gui.sketch_stage.layer_thumbnails import LayerThumbnails
from maquette.gui.sketch_stage.layer_words import layer_name, layer_words, role_tip
from maquette.state.drawings import Drawings

LAYER_ROLE = int(Qt.ItemDataRole.UserRole) + 1
MIME = "application/x-maquette-layer"

Index = QModelIndex | QPersistentModelIndex


class LayersModel(QAbstractListModel):
    """One row for each layer of the open drawing; dropping a row elsewhere moves the layer."""

    def __init__(
        self, drawings: Drawings, thumbnails: LayerThumbnails, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._thumbnails = thumbnails
        self._layers = _from_top(drawings.drawing)
        drawings.changed.connect(self._changed)
        thumbnails.ready.connect(self._thumbnail_came)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._layers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._layers):
            return None
        layer = self._layers[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return layer_name(layer)
            case Qt.ItemDataRole.EditRole:
                return layer.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return layer_words(layer)
            case Qt.ItemDataRole.ToolTipRole:
                return role_tip(layer.role)
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnails.get(layer.id)
            case _ if role == LAYER_ROLE:
                return layer
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Rename the layer."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        name = " ".join(str(value).split())[:80]
        self._drawings.set_layer(self._layers[index.row()].id, name=name)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsDragEnabled

    def row_of(self, layer_id: str) -> int:
        """The row of that layer; -1 if it is gone."""
        return next((row for row, layer in enumerate(self._layers) if layer.id == layer_id), -1)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        mime = QMimeData()
        if indexes:
            mime.setData(MIME, self._layers[indexes[0].row()].id.encode("ascii"))
        return mime

    def drop(self, mime: QMimeData, row: int) -> bool:
        """Put the layer that is dragged before `row`, counted from the top."""
        dragged = bytes(mime.data(MIME).data()).decode("ascii", "replace")
        source = self.row_of(dragged)
        if source < 0:
            return False
        above = row - 1 if source < row else row  # how many of the others are above it then
        self._drawings.move_layer(dragged, len(self._layers) - 1 - above)
        return True

    def _changed(self, fields: frozenset[str]) -> None:
        if "layers" not in fields:
            return
        old, new = self._layers, _from_top(self._drawings.drawing)
        if [layer.id for layer in old] != [layer.id for layer in new]:
            self.beginResetModel()
            self._layers = new
            self.endResetModel()
            return
        self._layers = new
        for row, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.dataChanged.emit(self.index(row), self.index(row))

    def _thumbnail_came(self, layer_id: str) -> None:
        row = self.row_of(layer_id)
        if row >= 0:
            self.dataChanged.emit(self.index(row), self.index(row))


def _from_top(drawing: Drawing) -> tuple[Layer, ...]:
    return tuple(reversed(drawing.layers))
