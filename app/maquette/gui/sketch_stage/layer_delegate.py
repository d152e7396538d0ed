"""Draws one layer in the list: eye, small picture, name and role, lock, opacity."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from maquette.core.drawing import Layer
from maquette.gui import icons
from maquette.gui.sketch_stage.layer_words import ICONS, layer_name, role_name
from maquette.gui.sketch_stage.layers_model import LAYER_ROLE, Index
from maquette.gui.theme import current_tokens

HEIGHT = 36
EYE = LOCK = 28  # widths of what can be clicked
THUMB = 28
OPACITY = 44


class LayerDelegate(QStyledItemDelegate):
    """Clicking the eye or the lock turns it.

    Signals:
        eye_clicked(layer_id), lock_clicked(layer_id)
    """

    eye_clicked = Signal(str)
    lock_clicked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.active = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(160, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        layer: Layer = index.data(LAYER_ROLE)
        row: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        is_active = layer.id == self.active
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = row.adjusted(0, 1, 0, -1)
        if is_active or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.accent_soft if is_active else tokens.control))
            painter.drawRoundedRect(ground, 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ground.adjusted(0, 0, -1, -1), 6, 6)
        text = tokens.text if layer.visible else tokens.disabled
        eye = "eye" if layer.visible else "eye-slash"
        icons.paint_glyph(painter, _centred(eye_place(row), 16), eye, text)
        lock = "lock-simple" if layer.locked else "lock-simple-open"
        quiet = tokens.accent_text if layer.locked else tokens.disabled
        icons.paint_glyph(painter, _centred(lock_place(row), 15), lock, quiet)
        self._paint_picture(painter, row, index.data(Qt.ItemDataRole.DecorationRole))
        left = row.left() + EYE + THUMB + 8
        icons.paint_glyph(
            painter, QRect(left, row.center().y() - 7, 15, 15), ICONS[layer.role], text
        )
        words = QRect(left + 22, row.top(), lock_place(row).left() - OPACITY - left - 26, HEIGHT)
        painter.setPen(QColor(tokens.accent_text if is_active else text))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(layer_name(layer), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)
        used = metrics.horizontalAdvance(shown) + 12
        painter.setPen(QColor(tokens.muted))
        if layer.name and words.width() - used > 40:
            rest = words.adjusted(used, 0, 0, 0)
            role = metrics.elidedText(
                role_name(layer.role), Qt.TextElideMode.ElideRight, rest.width()
            )
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, role)
        share = QRect(lock_place(row).left() - OPACITY, row.top(), OPACITY - 4, HEIGHT)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        painter.drawText(share, right, f"{layer.opacity:.0%}")
        painter.restore()

    @staticmethod
    def _paint_picture(painter: QPainter, row: QRect, pixmap: QPixmap | None) -> None:
        place = QRect(row.left() + EYE, row.center().y() - THUMB // 2 + 1, THUMB, THUMB)
        painter.setPen(QPen(QColor(current_tokens().border), 1))
        if pixmap is None or pixmap.isNull():
            painter.setBrush(Qt.GlobalColor.white)
            painter.drawRect(place)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        size = pixmap.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(place.topLeft(), size)
        target.moveCenter(place.center())
        painter.drawPixmap(target, pixmap)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(target)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            layer: Layer = index.data(LAYER_ROLE)
            row: QRect = option.rect  # type: ignore[attr-defined]
            point = event.position().toPoint()
            if eye_place(row).contains(point):
                self.eye_clicked.emit(layer.id)
                return True
            if lock_place(row).contains(point):
                self.lock_clicked.emit(layer.id)
                return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setMaxLength(80)
        editor.setPlaceholderText(role_name(index.data(LAYER_ROLE).role))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        row: QRect = option.rect  # type: ignore[attr-defined]
        editor.setGeometry(row.adjusted(EYE + THUMB + 26, 1, -LOCK - 4, -1))


def eye_place(row: QRect) -> QRect:
    """Where the eye is in a row."""
    return QRect(row.left(), row.top(), EYE, row.height())


def lock_place(row: QRect) -> QRect:
    """Where the lock is."""
    return QRect(row.right() - LOCK + 1, row.top(), LOCK, row.height())


def _centred(place: QRect, side: int) -> QRect:
    centred = QRect(0, 0, side, side)
    centred.moveCenter(place.center())
    return centred
