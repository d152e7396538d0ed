"""The pictures made lately, as a grid of thumbnails."""

from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QUrl,
)
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QMenu,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from maquette.gui.actions import Actions
from maquette.gui.create_actions import NEEDS_PICTURE
from maquette.gui.live import Live
from maquette.gui.parts import Panel, label, name
from maquette.gui.picture_row import centre_square
from maquette.gui.queue_words import one_line
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnails import Thumbnails
from maquette.state.results import Picture, Recent, Results, StageView

LEAST = 88
SCROLL_BAR = 20  # pixels, with what Qt keeps free beside it
PATH_ROLE = int(Qt.ItemDataRole.UserRole) + 1
SHOWN_ROLE = PATH_ROLE + 1

Index = QModelIndex | QPersistentModelIndex


class RecentModel(QAbstractListModel):
    """One item per picture, newest first."""

    def __init__(self, results: Results, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._results = results
        self._thumbnails = thumbnails
        self._pictures = results.recent.value.pictures
        results.recent.changed.connect(self._render)
        results.stage.changed.connect(self._stage_changed)
        thumbnails.ready.connect(self._thumbnail_came)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._pictures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._pictures):
            return None
        picture = self._pictures[index.row()]
        match role:
            case Qt.ItemDataRole.DecorationRole:
                return self._thumbnails.get(picture.thumbnail or picture.path)
            case Qt.ItemDataRole.AccessibleTextRole:
                return one_line(picture.record.recipe.prompt)[:200] or self.tr("No prompt")
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(picture)
            case _ if role == PATH_ROLE:
                return picture.path
            case _ if role == SHOWN_ROLE:
                return self._results.stage.value.subject == picture.path
            case _:
                return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return ["text/uri-list"]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:  # type: ignore[override]
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(self.data(index, PATH_ROLE)) for index in indexes])
        return mime

    def row_of(self, path: str) -> int:
        return next((row for row, p in enumerate(self._pictures) if p.path == path), -1)

    def _tip(self, picture: Picture) -> str:
        recipe = picture.record.recipe
        text = one_line(recipe.prompt)[:300] or self.tr("No prompt")
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        facts = f"{recipe.width} × {recipe.height} · {recipe.seed}"
        return f"<qt>{escaped}<br>{facts}</qt>"

    def _render(self, value: Recent, _fields: object = None) -> None:
        old, new = self._pictures, value.pictures
        if new[1:] == old and len(new) == len(old) + 1:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self._pictures = new
            self.endInsertRows()
            return
        self.beginResetModel()
        self._pictures = new
        self.endResetModel()

    def _stage_changed(self, _view: StageView, _fields: object) -> None:
        if self._pictures:
            self.dataChanged.emit(self.index(0), self.index(len(self._pictures) - 1), [SHOWN_ROLE])

    def _thumbnail_came(self, path: str) -> None:
        for row, picture in enumerate(self._pictures):
            if path in (picture.thumbnail, picture.path):
                index = self.index(row)
                self.dataChanged.emit(index, index)


class RecentDelegate(QStyledItemDelegate):
    """Draws a rounded thumbnail; the picture on the stage has a border."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.side = LEAST

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.side, self.side)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        cell: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        place = cell.adjusted(2, 2, -2, -2)
        pixmap: QPixmap | None = index.data(Qt.ItemDataRole.DecorationRole)
        path = QPainterPath()
        path.addRoundedRect(place, 6, 6)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setClipPath(path)
        if pixmap is None or pixmap.isNull():
            painter.fillRect(place, QColor(tokens.control))
        else:
            painter.drawPixmap(place, pixmap, centre_square(pixmap))
        painter.setClipping(False)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if index.data(SHOWN_ROLE) or focused:
            painter.setPen(QPen(QColor(tokens.text if focused else tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place, 6, 6)
        painter.restore()


class RecentView(QListView):
    """As many columns as fit; the thumbnails share the width evenly."""

    def __init__(self, delegate: RecentDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = delegate
        self.setItemDelegate(delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The scroll bar's room is kept free, so that it coming does not change the columns.
        width = self.width() - 2 - SCROLL_BAR
        columns = max(1, width // LEAST)
        self._delegate.side = max(48, (width - 1) // columns)
        self.setGridSize(QSize(self._delegate.side, self._delegate.side))
        super().resizeEvent(event)


class RecentPanel(Live, Panel):
    """Click or arrow keys show a picture on the stage; drag takes the file out."""

    def __init__(
        self,
        *,
        results: Results,
        actions: Actions,
        thumbnails: Thumbnails,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._results = results
        self._actions = actions
        self.model = RecentModel(results, thumbnails, self)
        self._delegate = RecentDelegate(self)
        self.list = RecentView(self._delegate)
        self.list.setModel(self.model)
        self.list.clicked.connect(self._show)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.customContextMenuRequested.connect(self._menu)
        self._hint = label("muted", wrap=True)
        self._hint.setAlignment(Qt.AlignmentFlag.AlignTop)
        place = QWidget()
        self._stack = QStackedLayout(place)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.list)
        self.body.addWidget(place, 1)
        results.recent.changed.connect(self._render)
        self.retranslate()

    def _show(self, index: QModelIndex) -> None:
        self._results.show(index.data(PATH_ROLE))

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        # Only keys and clicks count: Qt also moves the current item when rows come or go.
        if index.isValid() and self.list.hasFocus():
            self._show(index)

    def _menu(self, point: object) -> None:
        index = self.list.indexAt(point)  # type: ignore[arg-type]
        if not index.isValid():
            return
        self._show(index)
        menu = QMenu(self)
        for action in NEEDS_PICTURE:
            menu.addAction(self._actions[action])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.list.viewport().mapToGlobal(point))  # type: ignore[call-overload]

    def _render(self, recent: Recent, _fields: object = None) -> None:
        self._stack.setCurrentIndex(1 if recent.pictures else 0)
        today = datetime.now(UTC).astimezone().date()
        count = sum(_day(picture) == today for picture in recent.pictures)
        self.remark.setText(self.tr("{n} today").format(n=count) if count else "")

    def retranslate(self) -> None:
        self.title.setText(self.tr("Variations"))
        self._hint.setText(
            self.tr("Pictures gather here. A click shows one; drag it out to use its file.")
        )
        name(self.list, self.tr("Pictures made lately"))
        self.list.setToolTip("")
        self._render(self._results.recent.value)


def _day(picture: Picture) -> object:
    try:
        return datetime.fromisoformat(picture.record.created).astimezone().date()
    except ValueError:
        return None
