"""A picture with its crop, which is moved and resized by mouse and keyboard."""

from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from maquette.core.training import CropBox
from maquette.core.training_crops import learned_part
from maquette.core.training_draft import JudgedPicture, PictureState
from maquette.gui.images import picture_image
from maquette.gui.own_keys import OwnKeys
from maquette.gui.theme import current_tokens
from maquette.gui.thumbnail_loader import ThumbnailLoader
from maquette.gui.thumbnails import Thumbnails
from maquette.gui.training.picture_cards import Sizes, fitted, paint_outside, part_rect
from maquette.provenance.pictures import read_picture
from maquette.state.tasks import Tasks

_SIDE = 768  # pixels that a picture is read at
_BUDGET = 32 << 20  # bytes
_MARGIN = 10  # logical pixels around the picture, where edges can still be taken hold of
_REACH = 9  # logical pixels from an edge within which it is taken hold of
_STEP, _LEAP = 0.01, 0.1  # of a side
_LEAST = 64  # pixels of the picture that a crop has at least

_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_CURSORS = {
    (True, False): Qt.CursorShape.SizeHorCursor,
    (False, True): Qt.CursorShape.SizeVerCursor,
}


class CropView(OwnKeys, QWidget):
    """Arrow keys move the crop, with Shift they resize it; Ctrl makes the steps larger.

    Signals:
        cropped(CropBox): the user chose another part.
    """

    own_keys = frozenset({*_MOVES, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal})

    cropped = Signal(object)

    def __init__(self, thumbnails: Thumbnails, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(120, 96)
        self._thumbnails = thumbnails  # seen until the larger picture is there
        self._loader = ThumbnailLoader(tasks, _BUDGET, self)
        self._loader.ready.connect(lambda _key: self.update())
        thumbnails.ready.connect(lambda _key: self.update())
        self._each: JudgedPicture | None = None
        self._sizes: Sizes = ()
        self._box = CropBox()
        self._held: tuple[bool, bool, bool, bool] | None = None  # edges; none of them: all move
        self._grip = QPointF()
        self._began = CropBox()

    def show_picture(self, each: JudgedPicture | None, sizes: Sizes) -> None:
        """Show a picture and its crop. Tells nobody."""
        is_other = (each.picture.key if each else "") != (
            self._each.picture.key if self._each else ""
        )
        self._each, self._sizes = each, sizes
        if is_other:
            self._held = None
        if self._held is None:
            self._box = each.picture.box if each else CropBox()
        self.update()

    @property
    def can_crop(self) -> bool:
        """Whether there is a picture that is learned from."""
        return self._each is not None and self._each.state is PictureState.USED

    # --- places ---------------------------------------------------------------------------------

    def target(self) -> QRectF:
        """Where the picture is in the widget; empty while there is none."""
        found = self._each.picture.found if self._each else None
        if found is None or not found.width or not found.height:
            return QRectF()
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / found.width, room.height() / found.height)
        place = QRectF(0, 0, found.width * scale, found.height * scale)
        place.moveCenter(QRectF(room).center())
        return place

    def _edges(self, point: QPointF) -> tuple[bool, bool, bool, bool] | None:
        """Which edges (left, top, right, bottom) are at `point`; None outside of the crop."""
        box = part_rect(self.target(), self._box)
        if not box.adjusted(-_REACH, -_REACH, _REACH, _REACH).contains(point):
            return None
        near = [
            abs(point.x() - box.left()) <= _REACH,
            abs(point.y() - box.top()) <= _REACH,
            abs(point.x() - box.right()) <= _REACH,
            abs(point.y() - box.bottom()) <= _REACH,
        ]
        if near[0] and near[2]:  # a small crop: the nearer one
            near[0 if point.x() > box.center().x() else 2] = False
        if near[1] and near[3]:
            near[1 if point.y() > box.center().y() else 3] = False
        return near[0], near[1], near[2], near[3]

    # --- changing -------------------------------------------------------------------------------

    def _take(self, box: CropBox) -> None:
        if box != self._box:
            self._box = box
            self.update()
            self.cropped.emit(box)

    def _moved(self, box: CropBox, right: float, down: float) -> CropBox:
        right = max(-box.left, min(1 - box.right, right))
        down = max(-box.top, min(1 - box.bottom, down))
        return CropBox(box.left + right, box.top + down, box.right + right, box.bottom + down)

    def _resized(
        self, box: CropBox, edges: tuple[bool, bool, bool, bool], right: float, down: float
    ) -> CropBox:
        assert self._each is not None  # only what is shown is resized
        found = self._each.picture.found
        wide, high = min(1.0, _LEAST / found.width), min(1.0, _LEAST / found.height)
        left, top, far, low = box.left, box.top, box.right, box.bottom
        if edges[0]:
            left = max(0.0, min(far - wide, left + right))
        if edges[2]:
            far = min(1.0, max(left + wide, far + right))
        if edges[1]:
            top = max(0.0, min(low - high, top + down))
        if edges[3]:
            low = min(1.0, max(top + high, low + down))
        return CropBox(left, top, far, low)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        edges = self._edges(event.position()) if self.can_crop else None
        if edges is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._held, self._grip, self._began = edges, event.position(), self._box

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            self._show_cursor(event.position())
            return
        target = self.target()
        way = event.position() - self._grip
        right, down = way.x() / target.width(), way.y() / target.height()
        if any(self._held):
            self._take(self._resized(self._began, self._held, right, down))
        else:
            self._take(self._moved(self._began, right, down))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        super().mouseReleaseEvent(event)

    def _show_cursor(self, point: QPointF) -> None:
        edges = self._edges(point) if self.can_crop else None
        if edges is None:
            self.unsetCursor()
            return
        across, down = edges[0] or edges[2], edges[1] or edges[3]
        if across and down:
            falls = edges[0] == edges[1]
            shapes = Qt.CursorShape.SizeFDiagCursor, Qt.CursorShape.SizeBDiagCursor
            self.setCursor(shapes[0] if falls else shapes[1])
        else:
            self.setCursor(_CURSORS.get((across, down), Qt.CursorShape.SizeAllCursor))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        step = _LEAP if held & Qt.KeyboardModifier.ControlModifier else _STEP
        if not self.can_crop:
            super().keyPressEvent(event)
        elif key in _MOVES:
            right, down = (way * step for way in _MOVES[key])
            if held & Qt.KeyboardModifier.ShiftModifier:
                self._take(self._resized(self._box, (False, False, True, True), right, down))
            else:
                self._take(self._moved(self._box, right, down))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            by = -step if key == Qt.Key.Key_Minus else step
            grown = self._resized(self._box, (True, True, False, False), -by, -by)
            self._take(self._resized(grown, (False, False, True, True), by, by))
        else:
            super().keyPressEvent(event)

    # --- painting -------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = current_tokens()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(QColor(tokens.accent if self.hasFocus() else tokens.stage))
        painter.setBrush(QColor(tokens.stage))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        each = self._each
        if each is None or each.state is PictureState.PROBLEM:
            return
        path = each.picture.found.path
        pixmap = self._loader.get(path, partial(_read, path)) or self._thumbnails.get(path)
        target = self.target()
        if pixmap is None or pixmap.isNull() or target.isEmpty():
            return
        painter.setOpacity(1.0 if self.can_crop else 0.4)
        painter.drawPixmap(fitted(pixmap.size(), target.toRect()), pixmap, QRectF(pixmap.rect()))
        painter.setOpacity(1.0)
        if self.can_crop:
            self._paint_crop(painter, target, each)

    def _paint_crop(self, painter: QPainter, target: QRectF, each: JudgedPicture) -> None:
        tokens = current_tokens()
        found, part = each.picture.found, self._box
        if self._sizes:
            part = learned_part(self._box, found.width, found.height, self._sizes)
        paint_outside(painter, target, part, tokens.stage)
        box = part_rect(target, self._box)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if part != self._box:  # the model's shapes: what is really learned
            painter.setPen(QPen(QColor(tokens.accent), 1, Qt.PenStyle.DashLine))
            painter.drawRect(part_rect(target, part))
        for colour, width in ((tokens.window, 4.0), (tokens.accent, 1.5)):
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(box)
        painter.setPen(QPen(QColor(tokens.window), 1.5))
        painter.setBrush(QColor(tokens.accent))
        for x in (box.left(), box.center().x(), box.right()):
            for y in (box.top(), box.center().y(), box.bottom()):
                if QPointF(x, y) != box.center():
                    painter.drawEllipse(QPointF(x, y), 4, 4)


def _read(path: str) -> QImage:
    """In a thread. Raises ImageError."""
    return picture_image(read_picture(path, _SIDE))
