"""The captions of a training in a grid: a picture a row, Enter goes on to the next."""

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from maquette.core.training import MAX_CAPTION
from maquette.core.training_draft import JudgedPicture
from maquette.gui.own_keys import PRESSING, OwnKeys
from maquette.gui.parts import plain_tip
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training.picture_cards import fitted

ROW = 52
PICTURE = 64

Index = QModelIndex | QPersistentModelIndex
_TEXT, _ROLES = 1, Qt.ItemDataRole


class CaptionModel(QAbstractTableModel):
    """A picture, and its caption, which can be edited; the proposed ones are muted.

    Signals:
        written(str, str): the picture of this key is to have this caption.
    """

    written = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: tuple[JudgedPicture, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.pictures)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _ROLES.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == _ROLES.DisplayRole:
            return self.tr("Caption") if section == _TEXT else self.tr("Picture")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _TEXT else flags

    def data(self, index: Index, role: int = _ROLES.DisplayRole) -> Any:
        each = self.pictures[index.row()] if index.isValid() else None
        if each is None:
            return None
        name = each.picture.found.name
        is_text = index.column() == _TEXT
        match role:
            case _ROLES.DisplayRole | _ROLES.EditRole:
                return each.caption if is_text else ""
            case _ROLES.AccessibleTextRole:
                return f"{name}: {each.caption}" if is_text else name
            case _ROLES.ToolTipRole:
                return plain_tip(each.caption if is_text else name)
            case _ROLES.ForegroundRole if is_text and each.picture.caption is None:
                return QColor(current_tokens().muted)
            case _:
                return None

    def setData(self, index: Index, value: Any, role: int = _ROLES.EditRole) -> bool:
        each = self.pictures[index.row()]
        text = " ".join(str(value).split())
        if role != _ROLES.EditRole or text == each.caption:
            return False
        self.written.emit(each.picture.key, text)
        return True

    def use(self, pictures: tuple[JudgedPicture, ...]) -> None:
        """Show these; where the same pictures stay, an editor stays open."""
        same = [each.picture.key for each in self.pictures] == [
            each.picture.key for each in pictures
        ]
        if not same:
            self.beginResetModel()
        self.pictures = pictures
        if not same:
            self.endResetModel()
        elif pictures:
            self.dataChanged.emit(self.index(0, 0), self.index(len(pictures) - 1, _TEXT))


class CaptionGrid(OwnKeys, QTableView):
    """Typing, F2 or Enter begins to edit a caption; Enter ends it and goes to the next row."""

    own_keys = PRESSING

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.captions = CaptionModel(self)
        self.setModel(self.captions)
        self._editors = _CaptionEditors(self)
        self.setItemDelegateForColumn(0, _Pictures(self.captions, thumbnails, self))
        self.setItemDelegateForColumn(_TEXT, self._editors)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().resizeSection(0, PICTURE + 24)
        self.horizontalHeader().setSectionResizeMode(_TEXT, QHeaderView.ResizeMode.Stretch)
        self._editors.done.connect(self._go_on)
        thumbnails.ready.connect(lambda _path: self.viewport().update())

    @property
    def chosen(self) -> tuple[JudgedPicture, ...]:
        """The pictures of the selected rows."""
        rows = sorted({index.row() for index in self.selectedIndexes()})
        return tuple(self.captions.pictures[row] for row in rows)

    def show_pictures(self, pictures: tuple[JudgedPicture, ...]) -> None:
        """Show the captions of these."""
        self.captions.use(pictures)
        if pictures and not self.currentIndex().isValid():
            self.setCurrentIndex(self.captions.index(0, _TEXT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._edit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _go_on(self) -> None:
        row = self.currentIndex().row() + 1
        if row < len(self.captions.pictures):
            self._edit(row)
        else:
            self.setFocus()

    def _edit(self, row: int) -> None:
        index = self.captions.index(row, _TEXT)
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit(index)


class _CaptionEditors(QStyledItemDelegate):
    """Makes the fields in which captions are written.

    Signals:
        done(): Enter was pressed in one.
    """

    done = Signal()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(MAX_CAPTION)
        editor.setAccessibleName(self.tr("Caption"))
        return editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        assert isinstance(editor, QLineEdit)  # made above
        model.setData(index, editor.text())  # type: ignore[arg-type]

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        height = editor.sizeHint().height()
        editor.setGeometry(rect.left(), rect.center().y() - height // 2, rect.width() - 4, height)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        is_enter = (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        )
        if is_enter and isinstance(editor, QWidget):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
            self.done.emit()
            return True
        return super().eventFilter(editor, event)


class _Pictures(QStyledItemDelegate):
    """Draws the pictures at the left."""

    def __init__(self, model: CaptionModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        tokens = current_tokens()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.accent_soft))
        pixmap = self._thumbnails.get(self._model.pictures[index.row()].picture.found.path)
        room = QRect(QPoint(0, 0), QSize(PICTURE, ROW - 8))
        room.moveCenter(rect.center())
        if pixmap is not None and not pixmap.isNull():
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(fitted(pixmap.size(), room), pixmap, QRectF(pixmap.rect()))
            painter.restore()
