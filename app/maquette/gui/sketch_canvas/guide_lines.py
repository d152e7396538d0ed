"""Guide lines: grid, perspective and mirrors over the drawing, and the tool that moves them."""

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTransform

from maquette.core.guides import Point, vanishing_points
from maquette.core.strokes import Sample
from maquette.core.tools import Guide, Symmetry, ToolSettings
from maquette.gui.sketch_canvas.easel import Easel, Handler, Modifiers, spot
from maquette.gui.theme import current_tokens

RAYS = 24  # lines through a vanishing point
REACH = 12.0  # logical pixels
CLOSEST = 6.0  # logical pixels from one line of the grid to the next; below, it is not shown
_COLOURS = ("#d8503c", "#3c8c50", "#3c64c8")  # one for each vanishing point


def paint_guides(
    painter: QPainter, settings: ToolSettings, size: tuple[int, int], to_widget: QTransform
) -> None:
    """Paint the guides that are on, within the paper."""
    if settings.guide is Guide.NONE and settings.symmetry is Symmetry.NONE:
        return
    width, height = size
    painter.save()
    painter.setTransform(to_widget, True)
    painter.setClipRect(QRectF(0, 0, width, height), Qt.ClipOperation.IntersectClip)
    if settings.guide is Guide.GRID:
        _paint_grid(painter, settings.grid, width, height, to_widget)
    for number, point in enumerate(vanishing_points(settings, width, height)):
        pen = QPen(_faint(_COLOURS[number]), 0)
        painter.setPen(pen)
        reach = 2 * (width + height) + math.dist(point, (width / 2, height / 2))
        for ray in range(RAYS):
            angle = 2 * math.pi * ray / RAYS
            end = QPointF(point[0] + reach * math.cos(angle), point[1] + reach * math.sin(angle))
            painter.drawLine(QPointF(*point), end)
    pen = QPen(QColor(current_tokens().accent), 0, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    if settings.symmetry in (Symmetry.VERTICAL, Symmetry.BOTH):
        x = settings.axis_x * width
        painter.drawLine(QPointF(x, 0), QPointF(x, height))
    if settings.symmetry in (Symmetry.HORIZONTAL, Symmetry.BOTH):
        y = settings.axis_y * height
        painter.drawLine(QPointF(0, y), QPointF(width, y))
    painter.restore()


def _paint_grid(
    painter: QPainter, grid: int, width: int, height: int, to_widget: QTransform
) -> None:
    if grid * math.hypot(to_widget.m11(), to_widget.m12()) < CLOSEST:
        return
    painter.setPen(QPen(_faint("#5078a0"), 0))
    for x in range(grid, width, grid):
        painter.drawLine(QPointF(x, 0), QPointF(x, height))
    for y in range(grid, height, grid):
        painter.drawLine(QPointF(0, y), QPointF(width, y))


def _faint(name: str) -> QColor:
    colour = QColor(name)
    colour.setAlphaF(0.35)
    return colour


class GuideMover(Handler):
    """Drags vanishing points and the axes of the mirrors."""

    def __init__(self, easel: Easel) -> None:
        super().__init__(easel)
        self._held: int | str | None = None

    def press(self, sample: Sample, modifiers: Modifiers) -> None:
        self._held = self._at(sample[:2])

    def move(self, sample: Sample, modifiers: Modifiers) -> None:
        width, height = self.easel.size
        x, y = sample.x / width, sample.y / height
        settings = self.easel.settings
        if isinstance(self._held, int):
            points = [*settings.vanishing]
            points[self._held] = (x, y)
            self.easel.tools.update(vanishing=(points[0], points[1], points[2]))
        elif self._held == "axis_x":
            self.easel.tools.update(axis_x=max(0.0, min(1.0, x)))
        elif self._held == "axis_y":
            self.easel.tools.update(axis_y=max(0.0, min(1.0, y)))

    def release(self, sample: Sample, modifiers: Modifiers) -> None:
        self._held = None

    def paint(self, painter: QPainter, to_widget: QTransform) -> None:
        painter.setBrush(Qt.GlobalColor.white)
        points = vanishing_points(self.easel.settings, *self.easel.size)
        for number, point in enumerate(points):
            painter.setPen(QPen(QColor(_COLOURS[number]), 2))
            painter.drawEllipse(spot(to_widget, point), 6, 6)
        painter.setPen(QPen(QColor(current_tokens().accent), 2))
        for point in self._axes().values():
            painter.drawEllipse(spot(to_widget, point), 6, 6)

    def _axes(self) -> dict[str, Point]:
        """Where the handles of the mirrors are, by the setting that they move."""
        settings, (width, height) = self.easel.settings, self.easel.size
        handles: dict[str, Point] = {}
        if settings.symmetry in (Symmetry.VERTICAL, Symmetry.BOTH):
            handles["axis_x"] = (settings.axis_x * width, height * 0.06)
        if settings.symmetry in (Symmetry.HORIZONTAL, Symmetry.BOTH):
            handles["axis_y"] = (width * 0.06, settings.axis_y * height)
        return handles

    def _at(self, point: Point) -> int | str | None:
        """The vanishing point or axis there: handles first, then the lines of the mirrors."""
        reach = REACH * self.easel.pixel
        settings, (width, height) = self.easel.settings, self.easel.size
        for number, place in enumerate(vanishing_points(settings, width, height)):
            if math.dist(place, point) <= reach:
                return number
        for name in self._axes():
            line, at = (
                (settings.axis_x * width, point[0])
                if name == "axis_x"
                else (settings.axis_y * height, point[1])
            )
            if abs(line - at) <= reach:
                return name
        return None
