"""Lasso: a piece of the layer, gone round by hand, is moved, scaled and turned by its frame."""

import math
from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from maquette.core.strokes import Sample
from maquette.gui.sketch_canvas.easel import Easel, Handler, Modifiers
from maquette.gui.sketch_canvas.looks import wrapped
from maquette.gui.sketch_canvas.rects import as_rect
from maquette.gui.theme import current_tokens

GRIP = 5.0  # logical pixels from the middle of a handle to its sides
REACH = 10.0  # logical pixels from its middle within which it is taken
STALK = 28.0  # logical pixels from the frame to the handle that turns it
SMALLEST = 0.02  # the least scale

_CORNERS = (QPointF(-1, -1), QPointF(1, -1), QPointF(1, 1), QPointF(-1, 1))
_SIDES = (QPointF(0, -1), QPointF(1, 0), QPointF(0, 1), QPointF(-1, 0))


class _Piece:
    """What was gone round: its outline, its pixels, and where it is put."""

    def __init__(self, layer_id: str, outline: QPainterPath, image: QImage, rect: QRect) -> None:
        self.layer_id = layer_id
        self.outline = outline
        self.image = image
        self.rect = rect
        self.home = QRectF(rect).center()
        self.at = QPointF(self.home)
        self.across = 1.0
        self.down = 1.0
        self.angle = 0.0  # degrees

    @property
    def is_moved(self) -> bool:
        return (self.at, self.across, self.down, self.angle) != (self.home, 1.0, 1.0, 0.0)

    @property
    def placement(self) -> QTransform:
        """From where it was cut out to where it is put, in pixels of the drawing."""
        transform = QTransform()
        transform.translate(self.at.x(), self.at.y())
        transform.rotate(self.angle)
        transform.scale(self.across, self.down)
        transform.translate(-self.home.x(), -self.home.y())
        return transform

    @property
    def image_placement(self) -> QTransform:
        """The same for the pixels, whose corner is the origin."""
        return QTransform.fromTranslate(self.rect.x(), self.rect.y()) * self.placement

    @property
    def bounds(self) -> QRect:
        """All pixels of the drawing that look different from before."""
        placed = self.placement.mapRect(QRectF(self.rect)).toAlignedRect()
        return (placed | self.rect).adjusted(-2, -2, 2, 2)

    def handle(self, place: QPointF) -> QPointF:
        """A point of the frame, -1 to 1 across and down, in pixels of the drawing."""
        half = QPointF(self.rect.width() / 2 * place.x(), self.rect.height() / 2 * place.y())
        return self.placement.map(self.home + half)


class Lasso(Handler):
    """Goes round; then drags the piece, a handle, or the knob above it. Enter keeps, Esc does not.

    Nothing is painted before it is kept: the piece is shown in its new place by the flattener.
    """

    def __init__(self, easel: Easel) -> None:
        super().__init__(easel)
        self._way: QPolygonF | None = None
        self._piece: _Piece | None = None
        self._drag = ""
        self._grip = QPointF()
        self._grip_place = QPointF()
        self._from = QPointF()

    @property
    def is_busy(self) -> bool:
        return self._way is not None or self._piece is not None

    @property
    def outline(self) -> QPainterPath | None:
        """What is selected, where it is now, in pixels of the drawing; None if nothing is."""
        piece = self._piece
        return None if piece is None else piece.placement.map(piece.outline)

    # --- the pen --------------------------------------------------------------------------------

    def press(self, sample: Sample, modifiers: Modifiers) -> None:
        point = QPointF(sample.x, sample.y)
        self._drag = self._grip_at(point)
        self._grip = point
        if self._drag and self._piece is not None:
            self._from = QPointF(self._piece.at)
            return
        self.confirm()
        if self.easel.drawings.active.locked or not self.easel.drawings.active.visible:
            self.easel.refused.emit()
            return
        self._way = QPolygonF([point])

    def move(self, sample: Sample, modifiers: Modifiers) -> None:
        point = QPointF(sample.x, sample.y)
        if self._way is not None:
            self._way.append(point)
        elif self._piece is not None and self._drag:
            before = self._piece.bounds
            self._dragged(self._piece, point, modifiers)
            self._touch(before.united(self._piece.bounds))
        self.easel.overlay_changed.emit()

    def release(self, sample: Sample, modifiers: Modifiers) -> None:
        way, self._way, self._drag = self._way, None, ""
        if way is not None and way.size() > 2:
            self._cut(way)
        self.easel.overlay_changed.emit()

    def key(self, key: int) -> bool:
        piece = self._piece
        if key not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) or piece is None:
            return False
        self.cancel()
        if self.easel.begin(piece.layer_id):
            self.easel.painter.clear(piece.outline)
            self.easel.commit("Delete selection")
        return True

    def confirm(self) -> None:
        piece = self._piece
        self.cancel()
        if piece is not None and piece.is_moved and self.easel.begin(piece.layer_id):
            self.easel.painter.clear(piece.outline)
            self.easel.painter.image(piece.image, piece.image_placement)
            self.easel.commit("Move selection")

    def cancel(self) -> None:
        piece, self._piece, self._way, self._drag = self._piece, None, None, ""
        if piece is not None:
            self.easel.flattener.show_floating(None)
            self._touch(piece.bounds)
        self.easel.overlay_changed.emit()

    def forget(self) -> None:
        self._piece, self._way, self._drag = None, None, ""
        self.easel.flattener.show_floating(None)

    # --- how ------------------------------------------------------------------------------------

    def _cut(self, way: QPolygonF) -> None:
        """Take up what the way goes round; nothing if there is only paper."""
        outline = QPainterPath()
        outline.addPolygon(way)
        outline.closeSubpath()
        outline.setFillRule(Qt.FillRule.WindingFill)
        sheet = QRect(0, 0, *self.easel.size)
        rect = outline.boundingRect().toAlignedRect() & sheet
        if rect.isEmpty():
            return
        layer = self.easel.drawings.active
        image = QImage(rect.size(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-rect.topLeft())
        painter.fillPath(outline, Qt.GlobalColor.black)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        painter.drawImage(rect.topLeft(), wrapped(self.easel.drawings.pixels(layer.id)), rect)
        painter.end()
        self._piece = _Piece(layer.id, outline, image, rect)
        self.easel.flattener.show_floating(self._paint_floating)

    def _paint_floating(self, painter: QPainter, rect: QRect) -> None:
        """What is on the layer within `rect`, with the piece where it is put."""
        piece = self._piece
        layer = wrapped(self.easel.drawings.pixels(self.easel.drawings.active.id))
        painter.drawImage(QPoint(), layer, rect)
        if piece is None or not piece.is_moved:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.translate(-rect.topLeft())
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationOut)
        painter.fillPath(piece.outline, Qt.GlobalColor.black)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setTransform(piece.image_placement, True)
        painter.drawImage(QPoint(), piece.image)

    def _touch(self, rect: QRect) -> None:
        seen = rect & QRect(0, 0, *self.easel.size)
        layer_id = self.easel.drawings.drawing.active
        self.easel.painter.painted.emit(layer_id, as_rect(seen))

    def _grip_at(self, point: QPointF) -> str:
        """What is taken at that point: "turn", "scale", "move", or "" for nothing."""
        piece = self._piece
        if piece is None:
            return ""
        reach = REACH * self.easel.pixel
        if _distance(self._knob(piece), point) <= reach:
            return "turn"
        for place in (*_CORNERS, *_SIDES):
            if _distance(piece.handle(place), point) <= reach:
                self._grip_place = place
                return "scale"
        frame = QPolygonF([piece.handle(place) for place in _CORNERS])
        return "move" if frame.containsPoint(point, Qt.FillRule.WindingFill) else ""

    def _knob(self, piece: _Piece) -> QPointF:
        top = piece.handle(QPointF(0, -1))
        turned = QTransform().rotate(piece.angle).map(QPointF(0, -STALK * self.easel.pixel))
        return top + turned if piece.down > 0 else top - turned

    def _dragged(self, piece: _Piece, point: QPointF, modifiers: Modifiers) -> None:
        held = bool(modifiers & Modifiers.ShiftModifier)
        if self._drag == "move":
            by = point - self._grip
            if held:  # along one axis
                by = QPointF(by.x(), 0) if abs(by.x()) > abs(by.y()) else QPointF(0, by.y())
            piece.at = self._from + by
        elif self._drag == "turn":
            way = point - piece.at
            angle = math.degrees(math.atan2(way.y(), way.x())) + 90
            piece.angle = round(angle / 15) * 15 if held else angle
        else:
            self._scale(piece, point, held)

    def _scale(self, piece: _Piece, point: QPointF, held: bool) -> None:
        """Scale so that the handle is under the pen and the opposite one stays where it is.

        Corners keep the proportions; Shift lets them go, as a side's handle always does.
        """
        place = self._grip_place
        anchor = piece.handle(-place)
        way = QTransform().rotate(-piece.angle).map(point - anchor)
        across, down = piece.across, piece.down
        if place.x():
            across = way.x() * place.x() / piece.rect.width()
        if place.y():
            down = way.y() * place.y() / piece.rect.height()
        if place.x() and place.y() and not held:
            size = max(abs(across), abs(down))
            across, down = math.copysign(size, across), math.copysign(size, down)
        piece.across = math.copysign(max(SMALLEST, abs(across)), across)
        piece.down = math.copysign(max(SMALLEST, abs(down)), down)
        piece.at += anchor - piece.handle(-place)

    # --- what is shown --------------------------------------------------------------------------

    def paint(self, painter: QPainter, to_widget: QTransform) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._way is not None:
            way = to_widget.map(self._way)
            self._dashed(painter, lambda: painter.drawPolyline(way))
        piece = self._piece
        if piece is None:
            return
        outline = to_widget.map(piece.placement.map(piece.outline))
        self._dashed(painter, lambda: painter.drawPath(outline))
        accent = QColor(current_tokens().accent)
        painter.setPen(QPen(accent, 1))
        frame = to_widget.map(QPolygonF([piece.handle(place) for place in _CORNERS]))
        painter.drawPolygon(frame)
        knob, top = to_widget.map(self._knob(piece)), to_widget.map(piece.handle(QPointF(0, -1)))
        painter.drawLine(top, knob)
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawEllipse(knob, GRIP, GRIP)
        for place in (*_CORNERS, *_SIDES):
            middle = to_widget.map(piece.handle(place))
            painter.drawRect(QRectF(middle.x() - GRIP, middle.y() - GRIP, 2 * GRIP, 2 * GRIP))

    def extent(self, to_widget: QTransform) -> QRect:
        outline = QRectF()
        if self._way is not None:
            outline = to_widget.map(self._way).boundingRect()
        piece = self._piece
        if piece is not None:
            frame = QPolygonF([piece.handle(place) for place in _CORNERS])
            frame.append(self._knob(piece))
            outline |= to_widget.map(frame).boundingRect()
            outline |= to_widget.map(piece.placement.map(piece.outline)).controlPointRect()
        if outline.isNull():
            return QRect()
        around = math.ceil(GRIP) + 2
        return outline.toAlignedRect().adjusted(-around, -around, around, around)

    def _dashed(self, painter: QPainter, draw: Callable[[], None]) -> None:
        """Black and white dashes, seen on anything."""
        for colour, offset in ((Qt.GlobalColor.white, 0.0), (Qt.GlobalColor.black, 4.0)):
            pen = QPen(colour, 1)
            pen.setDashPattern((4, 4))
            pen.setDashOffset(offset)
            painter.setPen(pen)
            draw()


def _distance(one: QPointF, other: QPointF) -> float:
    return math.hypot(one.x() - other.x(), one.y() - other.y())
