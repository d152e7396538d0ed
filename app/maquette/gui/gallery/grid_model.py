"""The pictures that were found, as a model of Qt: numbers, of which those in sight are rows."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from maquette.core.gallery import GalleryPicture
from maquette.gui.gallery.words import picture_tip, picture_title
from maquette.state.gallery_rows import GalleryRows

Index = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractListModel):
    """One item for each id of `ids`; what is not fetched yet is None and comes later."""

    def __init__(self, rows: GalleryRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._ids = np.zeros(0, dtype=np.int64)
        rows.came.connect(self._came)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        picture = self.picture(index.row())
        match role:
            case Qt.ItemDataRole.AccessibleTextRole:
                return picture_title(picture) if picture else self.tr("A picture")
            case Qt.ItemDataRole.ToolTipRole:
                return picture_tip(picture) if picture else ""
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flag = Qt.ItemFlag
        return (
            flag.ItemIsEnabled
            | flag.ItemIsSelectable
            | flag.ItemIsDragEnabled
            | flag.ItemNeverHasChildren
        )

    @property
    def ids(self) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The ids of all pictures, in their order."""
        return self._ids

    def use(self, ids: np.ndarray[Any, np.dtype[np.int64]]) -> None:
        """Take other ids; whoever shows them keeps its own place and selection."""
        self.beginResetModel()
        self._ids = ids
        self.endResetModel()

    def id_at(self, row: int) -> int:
        """The id in `row`, 0 where there is none."""
        return int(self._ids[row]) if 0 <= row < len(self._ids) else 0

    def row_of(self, picture_id: int) -> int:
        """The row with this id, -1 where there is none."""
        found = np.flatnonzero(self._ids == picture_id)
        return int(found[0]) if len(found) else -1

    def picture(self, row: int) -> GalleryPicture | None:
        """What is known of the picture in `row`, None as long as it is not fetched."""
        return self._rows.get(self.id_at(row))

    def want(self, first: int, last: int) -> None:
        """These rows are in sight, or soon will be."""
        self._rows.want(self._ids[max(0, first) : max(0, last + 1)].tolist())

    def _came(self) -> None:
        if len(self._ids):
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))
