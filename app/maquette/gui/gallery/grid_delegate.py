"""How a picture looks in the grid: itself, its stars, where it comes from, what is wrong."""

from collections import OrderedDict

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from maquette.core.gallery import GalleryPicture, Presence
from maquette.gui import icons
from maquette.gui.gallery.grid_layout import CAPTION
from maquette.gui.gallery.grid_model import GridModel
from maquette.gui.gallery.words import source_word
from maquette.gui.picture_thumbnails import PictureThumbnails
from maquette.gui.theme import current_tokens

ROUND = 4
FRAME = 3  # pixels between a picture and the edge of what shows that it is selected
BADGE = 22
STAR = "★"
BUDGET = 32 << 20  # bytes of cells that are ready to be drawn: some screens of them
_BADGES = {Presence.MISSING: "warning", Presence.EDITED: "pencil-simple"}

Index = QModelIndex | QPersistentModelIndex
State = QStyle.StateFlag


class GridDelegate(QStyledItemDelegate):
    """The whole picture within a square, as nothing is cut off where one chooses.

    What is selected has a ground and a frame in the accent's colour, what has the focus a frame in
    the text's colour around that.
    """

    def __init__(
        self, model: GridModel, thumbnails: PictureThumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._thumbnails = thumbnails
        self._made: OrderedDict[tuple[int, int, int, float], QPixmap] = OrderedDict()
        self._bytes = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(64, 64 + CAPTION)  # the grid does not ask

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens = current_tokens()
        cell: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        square = QRect(cell.left(), cell.top(), cell.width(), cell.height() - CAPTION)
        is_selected, has_focus = (
            bool(state & State.State_Selected),
            bool(state & State.State_HasFocus),
        )
        if is_selected:
            _round(painter, cell.adjusted(-FRAME, -FRAME, FRAME, -FRAME), tokens.accent_soft)
        picture = self._model.picture(index.row())
        place = square
        if picture is None:
            _round(painter, square, tokens.control)
        else:
            place = self._paint_picture(painter, square, picture)
            self._paint_caption(painter, cell, picture, option.font)  # type: ignore[attr-defined]
        if is_selected or has_focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            if is_selected:
                painter.setPen(QPen(QColor(tokens.accent), 2))
                painter.drawRoundedRect(QRectF(place), ROUND, ROUND)
            if has_focus:
                painter.setPen(QPen(QColor(tokens.text), 2))
                frame = cell.adjusted(-FRAME - 1, -FRAME - 1, FRAME + 1, -FRAME + 1)
                painter.drawRoundedRect(QRectF(frame), ROUND + 2, ROUND + 2)

    def _paint_picture(self, painter: QPainter, square: QRect, picture: GalleryPicture) -> QRect:
        """Draw the picture or what stands for it; returns where it lies."""
        ratio = painter.device().devicePixelRatioF()
        pixmap = self._thumbnails.get(picture, round(square.width() * ratio))
        place = _fitted(square, QSize(picture.width, picture.height))
        if pixmap is None:
            _round(painter, place, current_tokens().control)
        elif pixmap.isNull():
            place = square
            self._paint_nothing(painter, square)
        else:
            place = _fitted(square, pixmap.size())
            painter.drawPixmap(place.topLeft(), self._rounded(pixmap, place.size(), ratio))
        glyph = _BADGES.get(picture.presence)
        if glyph is not None:
            _paint_badge(painter, place, glyph)
        return place

    def _rounded(self, pixmap: QPixmap, size: QSize, ratio: float) -> QPixmap:
        """`pixmap` scaled to `size` with round corners; what is in sight is kept.

        Scaling and clipping take a millisecond for a screen of cells, copying a tenth of it.
        """
        key = (pixmap.cacheKey(), size.width(), size.height(), ratio)
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _round_off(pixmap, size, ratio)
            self._bytes += made.width() * made.height() * 4
            while self._bytes > BUDGET and len(self._made) > 1:
                _key, old = self._made.popitem(last=False)
                self._bytes -= old.width() * old.height() * 4
        else:
            self._made.move_to_end(key)
        return made

    @staticmethod
    def _paint_nothing(painter: QPainter, square: QRect) -> None:
        """A picture that cannot be read."""
        tokens = current_tokens()
        _round(painter, square, tokens.control)
        side = min(40, square.width() // 3)
        glyph = QRect(0, 0, side, side)
        glyph.moveCenter(square.center())
        icons.paint_glyph(painter, glyph, "file-x", tokens.disabled)

    @staticmethod
    def _paint_caption(
        painter: QPainter, cell: QRect, picture: GalleryPicture, font: QFont
    ) -> None:
        tokens = current_tokens()
        line = QRect(cell.left(), cell.bottom() - CAPTION + 2, cell.width(), CAPTION - 6)
        small = QFont(font)
        small.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(small)
        flags = int(Qt.AlignmentFlag.AlignVCenter)
        if picture.rating:
            painter.setPen(QColor(tokens.accent_text))
            left = int(Qt.AlignmentFlag.AlignLeft)
            painter.drawText(line, flags | left, STAR * picture.rating)
        metrics = painter.fontMetrics()
        room = line.width() - metrics.horizontalAdvance(STAR * picture.rating) - 6
        word = metrics.elidedText(source_word(picture.source), Qt.TextElideMode.ElideRight, room)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, flags | int(Qt.AlignmentFlag.AlignRight), word)


def _fitted(square: QRect, size: QSize) -> QRect:
    """The largest place of the proportions of `size` in the middle of `square`."""
    fitted = size.scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, max(1, fitted.width()), max(1, fitted.height()))
    place.moveCenter(square.center())
    return place


def _round(painter: QPainter, place: QRect, colour: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(place, ROUND, ROUND)


def _round_off(pixmap: QPixmap, size: QSize, ratio: float) -> QPixmap:
    """`pixmap` at `size` (logical pixels), its corners rounded."""
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, size.width(), size.height()), ROUND, ROUND)
    painter.setClipPath(path)
    painter.drawPixmap(QRect(0, 0, size.width(), size.height()), pixmap)
    painter.end()
    return made


def _paint_badge(painter: QPainter, place: QRect, glyph: str) -> None:
    """A sign in the picture's corner: the file is missing, or was changed."""
    tokens = current_tokens()
    badge = QRect(place.left() + 6, place.top() + 6, BADGE, BADGE)
    _round(painter, badge, tokens.panel)
    icons.paint_glyph(painter, badge.adjusted(3, 3, -3, -3), glyph, tokens.accent_text)
