"""A row with a picture in front: what the lists of the queue and of the checks draw alike."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from maquette.gui.theme import current_tokens

ROW = 56
PICTURE = 40

Index = QModelIndex | QPersistentModelIndex


class PictureRowDelegate(QStyledItemDelegate):
    """Draws ground and picture; subclasses draw the rest in `paint_row`."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(current_tokens().control))
            painter.drawRoundedRect(rect.adjusted(0, 2, 0, -2), 6, 6)
        place = self.picture_place(rect, index)
        if not place.isEmpty():
            _paint_picture(painter, place, index.data(Qt.ItemDataRole.DecorationRole))
        self.paint_row(painter, rect, index)
        painter.restore()

    def picture_place(self, rect: QRect, index: Index) -> QRect:
        """Where the picture of a row is drawn; empty for a row without one."""
        del index
        return QRect(rect.left() + 4, rect.top() + (ROW - PICTURE) // 2, PICTURE, PICTURE)

    def paint_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Draw what stands beside the picture; `painter` is restored afterwards."""
        raise NotImplementedError


def centre_square(pixmap: QPixmap) -> QRect:
    """The largest square in the middle of `pixmap`."""
    side = min(pixmap.width(), pixmap.height())
    return QRect((pixmap.width() - side) // 2, (pixmap.height() - side) // 2, side, side)


def _paint_picture(painter: QPainter, place: QRect, pixmap: QPixmap | None) -> None:
    path = QPainterPath()
    path.addRoundedRect(place, 4, 4)
    painter.save()
    painter.setClipPath(path)
    if pixmap is None or pixmap.isNull():
        painter.fillRect(place, QColor(current_tokens().control_hover))
    else:
        painter.drawPixmap(place, pixmap, centre_square(pixmap))
    painter.restore()
