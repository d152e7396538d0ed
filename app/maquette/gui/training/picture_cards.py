"""The pictures of a training as cards: what is learned of each, and what becomes of it."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from maquette.core.training import CropBox
from maquette.core.training_crops import learned_part
from maquette.core.training_draft import JudgedPicture, PictureState
from maquette.gui import icons
from maquette.gui.own_keys import OwnKeys
from maquette.gui.parts import plain_tip
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training.wizard_words import state_sentences, state_words

SIDE = 124  # pixels of a picture
GAP = 12
CAPTION = 40
CELL = QSize(SIDE + GAP, SIDE + CAPTION + GAP)
ROUND = 8

Index = QModelIndex | QPersistentModelIndex
Sizes = tuple[tuple[int, int], ...]


class PictureModel(QAbstractListModel):
    """One item for each picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures: tuple[JudgedPicture, ...] = ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.pictures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        each = self.picture(index.row()) if index.isValid() else None
        if each is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return each.picture.found.name
            case Qt.ItemDataRole.AccessibleTextRole:
                words = f"{each.picture.found.name}, {state_words(each)}"
                return f"{words}, {self.tr('held back')}" if each.held_out else words
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(f"{each.picture.found.name}\n{state_sentences(each)}".strip())
            case _:
                return None

    def picture(self, row: int) -> JudgedPicture | None:
        """The picture in `row`."""
        return self.pictures[row] if 0 <= row < len(self.pictures) else None

    def use(self, pictures: tuple[JudgedPicture, ...]) -> None:
        """Show these; where the same ones stay, or some are added, nothing is laid out again."""
        before = [each.picture.key for each in self.pictures]
        after = [each.picture.key for each in pictures]
        if before == after[: len(before)]:
            if len(after) > len(before):
                self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
                self.pictures = pictures
                self.endInsertRows()
            self.pictures = pictures
        else:
            self.beginResetModel()
            self.pictures = pictures
            self.endResetModel()
        if pictures:
            self.dataChanged.emit(self.index(0), self.index(len(pictures) - 1))


class PictureCards(OwnKeys, QListView):
    """Delete takes the selected pictures out or brings them back; H holds them back.

    Signals:
        picked(str): another picture is the current one; its key, or "".
        turn_wanted(): the selected pictures are to be taken out, or brought back.
        hold_wanted(): the selected pictures are to be held back, or learned from.
        menu_wanted(QPoint): the menu of the selected ones is wanted; global position.
    """

    own_keys = frozenset({Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_H})

    picked = Signal(str)
    turn_wanted = Signal()
    hold_wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = PictureModel(self)
        self.painter = _CardDelegate(self.pictures, thumbnails, self)
        self.setModel(self.pictures)
        self.setItemDelegate(self.painter)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setGridSize(CELL)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.verticalScrollBar().setSingleStep(40)
        self.customContextMenuRequested.connect(
            lambda place: self.menu_wanted.emit(self.viewport().mapToGlobal(place))
        )
        self.selectionModel().currentChanged.connect(lambda *_: self.picked.emit(self.current_key))
        thumbnails.ready.connect(lambda _path: self.viewport().update())

    @property
    def current(self) -> JudgedPicture | None:
        """The picture that has the focus."""
        return self.pictures.picture(self.currentIndex().row())

    @property
    def current_key(self) -> str:
        """Its key, "" if there is none."""
        current = self.current
        return current.picture.key if current else ""

    @property
    def chosen(self) -> tuple[JudgedPicture, ...]:
        """All selected pictures."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        return tuple(each for each in (self.pictures.picture(row) for row in rows) if each)

    def show_pictures(self, pictures: tuple[JudgedPicture, ...], sizes: Sizes) -> None:
        """Show these; the current one stays so, where it is among them.

        Args:
            sizes: widths and heights that the model learns at.
        """
        current = self.current_key
        self.painter.sizes = sizes
        self.pictures.use(pictures)
        if self.current_key != current or not current:
            keys = [each.picture.key for each in pictures]
            row = keys.index(current) if current in keys else 0
            if keys:
                select = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(self.pictures.index(row), select)
            else:
                self.picked.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.chosen:
            self.turn_wanted.emit()
        elif event.key() == Qt.Key.Key_H and not event.modifiers() and self.chosen:
            self.hold_wanted.emit()
        else:
            super().keyPressEvent(event)


class _CardDelegate(QStyledItemDelegate):
    """What is not learned from is dimmed: the part outside of the crop, or the whole picture."""

    def __init__(self, model: PictureModel, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self.sizes: Sizes = ()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        each = self._model.picture(index.row())
        if each is None:
            return
        tokens = current_tokens()
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        square = QRect(rect.left() + GAP // 2, rect.top() + GAP // 2, SIDE, SIDE)
        whole = QRectF(square.adjusted(-3, -3, 3, CAPTION + 1))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft))
            painter.drawRoundedRect(whole, ROUND, ROUND)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), ROUND, ROUND)
        self._paint_picture(painter, square, each)
        if each.held_out:
            _paint_badge(painter, square, self.tr("held back"))
        self._paint_words(painter, square, each)
        painter.restore()

    def _paint_picture(self, painter: QPainter, square: QRect, each: JudgedPicture) -> None:
        tokens = current_tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.stage))
        painter.drawRoundedRect(QRectF(square), ROUND, ROUND)
        pixmap = None
        if each.state is not PictureState.PROBLEM:
            pixmap = self._thumbnails.get(each.picture.found.path)
        if pixmap is None or pixmap.isNull():
            glyph = "warning-circle" if each.state is PictureState.PROBLEM else "image"
            side = QRect(QPoint(0, 0), QSize(32, 32))
            side.moveCenter(square.center())
            icons.paint_glyph(painter, side, glyph, tokens.disabled)
            return
        target = fitted(pixmap.size(), square)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(square), ROUND, ROUND)
        painter.save()
        painter.setClipPath(clip)
        is_used = each.state is PictureState.USED
        painter.setOpacity(1.0 if is_used else 0.35)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))
        if is_used:
            paint_outside(painter, target, shown_part(each, self.sizes), tokens.stage)
        painter.restore()

    def _paint_words(self, painter: QPainter, square: QRect, each: JudgedPicture) -> None:
        tokens = current_tokens()
        metrics = painter.fontMetrics()
        colours = {
            PictureState.PROBLEM: tokens.danger,
            PictureState.SAME: tokens.accent_text,
            PictureState.OUT: tokens.muted,
            PictureState.USED: tokens.accent_text if each.picture.found.traits else tokens.muted,
        }
        top = square.bottom() + 3
        for text, colour, mode in (
            (each.picture.found.name, tokens.text, Qt.TextElideMode.ElideMiddle),
            (state_words(each), colours[each.state], Qt.TextElideMode.ElideRight),
        ):
            line = QRect(square.left() + 2, top, SIDE - 4, CAPTION // 2 - 1)
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, mode, line.width())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += CAPTION // 2 - 1


def fitted(size: QSize, square: QRect) -> QRectF:
    """Where a picture of `size` is in `square`, as large as it fits."""
    scaled = size.scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(QPoint(0, 0), scaled)
    place.moveCenter(QRectF(square).center())
    return place


def shown_part(each: JudgedPicture, sizes: Sizes) -> CropBox:
    """What of a picture is learned from."""
    found = each.picture.found
    if not sizes or not found.width or not found.height:
        return each.picture.box
    return learned_part(each.picture.box, found.width, found.height, sizes)


def part_rect(target: QRectF, part: CropBox) -> QRectF:
    """A part of the picture that is shown at `target`."""
    return QRectF(
        target.left() + part.left * target.width(),
        target.top() + part.top * target.height(),
        (part.right - part.left) * target.width(),
        (part.bottom - part.top) * target.height(),
    )


def paint_outside(painter: QPainter, target: QRectF, part: CropBox, colour: str) -> None:
    """Dim what of the picture at `target` lies outside of `part`."""
    beside = QPainterPath()
    beside.addRect(target)
    inside = QPainterPath()
    inside.addRect(part_rect(target, part))
    shade = QColor(colour)
    shade.setAlphaF(0.7)
    painter.fillPath(beside.subtracted(inside), shade)


def _paint_badge(painter: QPainter, square: QRect, words: str) -> None:
    tokens = current_tokens()
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(words) + 28
    badge = QRect(square.left() + 6, square.top() + 6, width, metrics.height() + 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.panel))
    painter.drawRoundedRect(QRectF(badge), 6, 6)
    eye = QRect(badge.left() + 6, badge.center().y() - 6, 13, 13)
    icons.paint_glyph(painter, eye, "eye", tokens.accent_text)
    painter.setPen(QColor(tokens.text))
    room = badge.adjusted(22, 0, -4, 0)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
