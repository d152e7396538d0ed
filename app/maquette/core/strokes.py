"""Strokes: from what the pen reports to the line it leaves, point by point."""

import math
from typing import NamedTuple

from maquette.core.tools import ToolSettings

STRING = 80.0
"""Length of the string of the stabiliser at its strongest, in pixels of the screen."""
FLATNESS = 0.1
"""How far a curve may lie from the straight pieces that it is drawn by, in pixels."""
MIN_PRESSED = 0.06
"""The least share of its width that a brush keeps, so that the lightest touch is seen."""


class Sample(NamedTuple):
    """One report of the pen: where, in pixels of the drawing, how hard and how flat, 0 to 1."""

    x: float
    y: float
    pressure: float = 1.0
    tilt: float = 0.0


class Node(NamedTuple):
    """One point of the line: its radius in pixels and how solid it is, 0 to 1."""

    x: float
    y: float
    radius: float
    alpha: float


class Stroke:
    """Turns samples into nodes. Each answer continues the line where the last one ended.

    The stabiliser is a string: the brush stays where it is until the pen has pulled it taut, and
    then follows at its end, so that it never overshoots. `finish` draws the rest up to the pen. A
    stabilised line is a chain of quadratic curves between the middles of its segments; without a
    stabiliser it goes straight from sample to sample and is nowhere behind the pen.
    """

    def __init__(self, settings: ToolSettings, width: float, scale: float) -> None:
        """`width` in pixels of the drawing; `scale` is pixels of the drawing per screen pixel."""
        self._settings = settings
        self._radius = width / 2
        self._string = settings.smoothing * STRING * scale
        self._brush: Sample | None = None  # where the brush is
        self._pen: Sample | None = None
        self._middle: Sample | None = None  # where the curve drawn so far ends
        self._last: Sample | None = None  # the last point laid, with spacing
        self._gap = 0.0  # how far the line went since the last dab, with spacing

    @property
    def is_dotted(self) -> bool:
        """Whether each node stands alone, instead of being joined to the one before."""
        return self._settings.spacing > 0

    def add(self, sample: Sample) -> list[Node]:
        """The part of the line that this sample adds; [] while the string is slack."""
        self._pen = sample
        if self._brush is None:
            self._brush = self._middle = self._last = sample
            return [self._node(sample)]
        return self._laid(self._pulled(sample))

    def finish(self) -> list[Node]:
        """The rest of the line, up to where the pen was lifted."""
        if self._pen is None or self._brush is None or self._middle is None:
            return []
        rest: list[Sample] = []
        if self._string:
            rest = [*_curve(self._middle, self._brush, _between(self._brush, self._pen, 0.5))]
            # The pen is often lifted with hardly any pressure: the tail keeps the brush's own.
            tail = self._pen._replace(pressure=max(self._pen.pressure, self._brush.pressure * 0.5))
            rest.append(tail)
        self._string = 0.0
        return self._laid(rest)

    def _pulled(self, pen: Sample) -> list[Sample]:
        """Where the brush passes on its way to behind the pen."""
        brush = self._brush
        if brush is None:
            return []
        way = math.hypot(pen.x - brush.x, pen.y - brush.y)
        if way <= self._string or way == 0.0:
            if not self._string and pen.pressure > brush.pressure:
                self._brush = pen  # pressed harder on the spot
                return [pen]
            return []
        moved = _between(brush, pen, (way - self._string) / way)._replace(
            pressure=pen.pressure, tilt=pen.tilt
        )
        self._brush = moved
        if not self._string:
            return [moved]
        middle = _between(brush, moved, 0.5)
        points = _curve(self._middle or brush, brush, middle)
        self._middle = middle
        return points

    def _laid(self, points: list[Sample]) -> list[Node]:
        if not self._settings.spacing:
            return [self._node(point) for point in points]
        return self._dabs(points)

    def _dabs(self, points: list[Sample]) -> list[Node]:
        """Dabs at equal distances along the line."""
        distance = max(0.5, self._settings.spacing * 2 * self._radius)
        dabs: list[Node] = []
        for point in points:
            last = self._last or point
            way = math.hypot(point.x - last.x, point.y - last.y)
            place = distance - self._gap
            while place <= way and way > 0:
                dabs.append(self._node(_between(last, point, place / way)))
                place += distance
            self._gap = way - (place - distance)
            self._last = point
        return dabs

    def _node(self, sample: Sample) -> Node:
        return node_of(self._settings, self._radius, sample)


def node_of(settings: ToolSettings, radius: float, sample: Sample) -> Node:
    """How wide and how solid a brush of `radius` draws at `sample`."""
    pressed = max(0.0, min(1.0, sample.pressure)) ** settings.pressure_curve
    thickness = 1.0 - settings.pressure_size * (1.0 - pressed)
    flat = 1.0 + settings.tilt_size * max(0.0, min(1.0, sample.tilt))
    alpha = 1.0 - settings.pressure_opacity * (1.0 - pressed)
    return Node(sample.x, sample.y, radius * max(MIN_PRESSED, thickness) * flat, alpha)


def _between(one: Sample, other: Sample, share: float) -> Sample:
    return Sample(*(a + (b - a) * share for a, b in zip(one, other, strict=True)))


def _curve(start: Sample, control: Sample, end: Sample) -> list[Sample]:
    """Points of the quadratic curve from `start`, which is left out, to `end`."""
    # A piece of 1/n of it is at most |start - 2·control + end| / 4n² from its chord.
    bend = math.hypot(start.x - 2 * control.x + end.x, start.y - 2 * control.y + end.y)
    count = max(1, min(64, math.ceil(math.sqrt(bend / (4 * FLATNESS)))))
    points = []
    for number in range(1, count + 1):
        share = number / count
        first, second = _between(start, control, share), _between(control, end, share)
        points.append(_between(first, second, share))
    return points
