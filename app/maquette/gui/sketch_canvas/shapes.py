"""Shapes: lines, rectangles, ellipses and polylines, shown while they are dragged out."""

import math

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTransform

from maquette.core.drawing import LayerRole
from maquette.core.guides import (
    Point,
    along,
    directions,
    mirrored_points,
    nearest_direction,
    snapped,
)
from maquette.core.outlines import box, ellipse_points, line_end, rectangle_points
from maquette.core.strokes import Sample
from maquette.core.tools import INK, Tool
from maquette.gui.sketch_canvas.easel import Easel, Handler, Modifiers

_LABELS = {
    Tool.LINE: "Line",
    Tool.RECTANGLE: "Rectangle",
    Tool.ELLIPSE: "Ellipse",
    Tool.POLYLINE: "Polyline",
}
CLOSES = 8.0
"""Logical pixels from its first point within which a polyline is closed."""
DOT = 4
"""Radius of the dot on that point, in logical pixels."""


class _Outline(Handler):
    """Something with an outline, which is drawn at its end as it was shown."""

    tool: Tool

    def __init__(self, easel: Easel) -> None:
        super().__init__(easel)
        self._layer_id = ""  # what was the active layer when the first point was set

    @property
    def points(self) -> list[Point]:
        """The outline as it is now, in pixels of the drawing."""
        return []

    @property
    def is_closed(self) -> bool:
        return True

    @property
    def is_filled(self) -> bool:
        return self.is_closed and self.easel.settings.filled

    def path(self) -> QPainterPath:
        """The outline and its images in the mirrors."""
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        for points in mirrored_points(self.points, self.easel.settings, *self.easel.size):
            if len(points) < 2:
                continue
            path.moveTo(*points[0])
            for point in points[1:]:
                path.lineTo(*point)
            if self.is_closed:
                path.closeSubpath()
        return path

    def draw(self) -> None:
        """Paint what is shown into the layer that it was begun on, as soon as that can be."""
        path, filled = self.path(), self.is_filled
        if path.isEmpty():
            return
        if self.easel.must_wait:
            drawing_id = self.easel.drawings.drawing.id
            self.easel.tasks.start(self._draw_later(drawing_id, self._layer_id, path, filled))
        else:
            self._draw(self._layer_id, path, filled)

    def _draw(self, layer_id: str, path: QPainterPath, filled: bool) -> None:
        if self.easel.begin(layer_id):
            self.easel.painter.path(path, self.easel.settings.size, filled=filled)
            self.easel.commit(_LABELS[self.tool])

    async def _draw_later(
        self, drawing_id: str, layer_id: str, path: QPainterPath, filled: bool
    ) -> None:
        drawings = self.easel.drawings
        await drawings.settled()
        if drawings.drawing.id == drawing_id:
            self._draw(layer_id, path, filled)
        else:
            self.easel.refused.emit()

    def paint(self, painter: QPainter, to_widget: QTransform) -> None:
        path = self.path()
        if path.isEmpty():
            return
        settings, role = self.easel.settings, self.easel.drawings.active.role
        coloured = role in (LayerRole.COLOUR, LayerRole.REFERENCE)
        colour = QColor(settings.colour if coloured else INK)
        colour.setAlphaF(settings.opacity)
        pen = QPen(colour, settings.size)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.save()
        painter.setTransform(to_widget, True)
        painter.setPen(pen)
        painter.setBrush(colour if self.is_filled else Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        painter.restore()

    def extent(self, to_widget: QTransform) -> QRect:
        path = self.path()
        if path.isEmpty():
            return QRect()
        reach = self.easel.settings.size / 2
        outline = path.controlPointRect().adjusted(-reach, -reach, reach, reach)
        return to_widget.mapRect(outline).toAlignedRect().adjusted(-2, -2, 2, 2)

    def aligned(self, start: Point, point: Point, modifiers: Modifiers) -> Point:
        """Where a straight line from `start` towards `point` ends: held by Shift or a guide."""
        settings = self.easel.settings
        if modifiers & Modifiers.ShiftModifier:
            return line_end(start, point, held=True)
        if settings.snap:
            allowed = directions(start, settings, *self.easel.size)
            direction = nearest_direction(start, point, allowed)
            if direction is not None:
                return along(start, direction, point)
        return snapped(point, settings)


class Dragged(_Outline):
    """A line, a rectangle or an ellipse, from where the pen touches to where it is lifted."""

    def __init__(self, easel: Easel, tool: Tool) -> None:
        super().__init__(easel)
        self.tool = tool
        self._start: Point | None = None
        self._end: Point = (0.0, 0.0)
        self._modifiers = Modifiers.NoModifier

    @property
    def is_busy(self) -> bool:
        return self._start is not None

    @property
    def is_closed(self) -> bool:
        return self.tool is not Tool.LINE

    @property
    def points(self) -> list[Point]:
        if self._start is None:
            return []
        if self.tool is Tool.LINE:
            return [self._start, self.aligned(self._start, self._end, self._modifiers)]
        corners = box(
            self._start,
            snapped(self._end, self.easel.settings),
            held=bool(self._modifiers & Modifiers.ShiftModifier),
            centred=bool(self._modifiers & Modifiers.AltModifier),
        )
        return (rectangle_points if self.tool is Tool.RECTANGLE else ellipse_points)(*corners)

    def press(self, sample: Sample, modifiers: Modifiers) -> None:
        self._start = snapped(sample[:2], self.easel.settings)
        self._layer_id = self.easel.drawings.drawing.active
        self.move(sample, modifiers)

    def move(self, sample: Sample, modifiers: Modifiers) -> None:
        self._end, self._modifiers = sample[:2], modifiers
        self.easel.overlay_changed.emit()

    def release(self, sample: Sample, modifiers: Modifiers) -> None:
        self.move(sample, modifiers)
        self.confirm()

    def confirm(self) -> None:
        if self._start is not None:
            # A touch without a way is no shape.
            if math.dist(self._start, self._end) > self.easel.pixel:
                self.draw()
            self.cancel()

    def cancel(self) -> None:
        self._start = None
        self.easel.overlay_changed.emit()

    def forget(self) -> None:
        self.cancel()


class Polyline(_Outline):
    """Straight lines from touch to touch. A touch on the first point closes it and ends it."""

    tool = Tool.POLYLINE

    def __init__(self, easel: Easel) -> None:
        super().__init__(easel)
        self._points: list[Point] = []
        self._next: Point | None = None
        self._closed = False

    @property
    def is_busy(self) -> bool:
        return bool(self._points)

    @property
    def is_closed(self) -> bool:
        return self._closed

    @property
    def points(self) -> list[Point]:
        return self._points if self._next is None else [*self._points, self._next]

    def press(self, sample: Sample, modifiers: Modifiers) -> None:
        self.hover(sample[:2], modifiers)

    def move(self, sample: Sample, modifiers: Modifiers) -> None:
        self.hover(sample[:2], modifiers)

    def release(self, sample: Sample, modifiers: Modifiers) -> None:
        point = self._placed(sample[:2], modifiers)
        near = CLOSES * self.easel.pixel
        if len(self._points) > 2 and math.dist(sample[:2], self._points[0]) <= near:
            self._closed = True
            self.confirm()
        elif len(self._points) > 1 and math.dist(sample[:2], self._points[-1]) <= near / 4:
            self.confirm()  # touched twice
        else:
            if not self._points:
                self._layer_id = self.easel.drawings.drawing.active
            self._points.append(point)
            self._next = None
            self.easel.overlay_changed.emit()

    def hover(self, point: Point, modifiers: Modifiers) -> None:
        if self._points:
            self._next = self._placed(point, modifiers)
            self.easel.overlay_changed.emit()

    def key(self, key: int) -> bool:
        if key != Qt.Key.Key_Backspace or not self._points:
            return False
        self._points.pop()
        self.easel.overlay_changed.emit()
        return True

    def confirm(self) -> None:
        self._next = None
        if len(self._points) > 1:
            self.draw()
        self.cancel()

    def cancel(self) -> None:
        self._points, self._next, self._closed = [], None, False
        self.easel.overlay_changed.emit()

    def forget(self) -> None:
        self.cancel()

    def paint(self, painter: QPainter, to_widget: QTransform) -> None:
        super().paint(painter, to_widget)
        if len(self._points) > 2:
            painter.setPen(QPen(QColor(INK), 1))
            painter.setBrush(Qt.GlobalColor.white)
            painter.drawEllipse(to_widget.map(QPointF(*self._points[0])), DOT, DOT)

    def extent(self, to_widget: QTransform) -> QRect:
        outline = super().extent(to_widget)
        if len(self._points) > 2:
            at = to_widget.map(QPointF(*self._points[0])).toPoint()
            outline |= QRect(at, at).adjusted(-DOT - 2, -DOT - 2, DOT + 2, DOT + 2)
        return outline

    def _placed(self, point: Point, modifiers: Modifiers) -> Point:
        if not self._points:
            return snapped(point, self.easel.settings)
        return self.aligned(self._points[-1], point, modifiers)
