"""The styles in sight as a model of Qt."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from maquette.core.style import Style
from maquette.gui.styles.words import group_word, style_name, style_tip

Index = QModelIndex | QPersistentModelIndex


class StyleModel(QAbstractListModel):
    """One item for each style; `favourites` and `worn` are ids."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.styles: tuple[Style, ...] = ()
        self.favourites: frozenset[str] = frozenset()
        self.worn = ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.styles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        style = self.style(index.row()) if index.isValid() else None
        if style is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return style_name(style)  # which typing in the list looks for as well
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._title(style)
            case Qt.ItemDataRole.ToolTipRole:
                return style_tip(style)
            case _:
                return None

    def style(self, row: int) -> Style | None:
        """The style in `row`."""
        return self.styles[row] if 0 <= row < len(self.styles) else None

    def row_of(self, style_id: str) -> int:
        """The row of a style, -1 if it is not here."""
        return next((row for row, each in enumerate(self.styles) if each.id == style_id), -1)

    def use(self, styles: tuple[Style, ...], favourites: frozenset[str], worn: str) -> None:
        """Show these; where the same styles stay, nothing is laid out again."""
        same = [each.id for each in styles] == [each.id for each in self.styles]
        if not same:
            self.beginResetModel()
        self.styles, self.favourites, self.worn = styles, favourites, worn
        if not same:
            self.endResetModel()
        self.repaint_all()

    def repaint_all(self) -> None:
        """What the cards show is another picture, or in another language."""
        if self.styles:
            self.dataChanged.emit(self.index(0), self.index(len(self.styles) - 1))

    def _title(self, style: Style) -> str:
        parts = [style_name(style), group_word(style.group)]
        if style.id in self.favourites:
            parts.append(self.tr("favourite"))
        if style.id == self.worn:
            parts.append(self.tr("in use"))
        return ", ".join(parts)
