"""Outlines: lines, rectangles and ellipses from where a drag began and where it is."""

import math

from maquette.core.guides import Point

_TURN = math.pi / 12
"""A line that is held goes in steps of 15 degrees."""


def line_end(start: Point, end: Point, held: bool) -> Point:
    """`end`, turned about `start` to the next 15 degrees if the line is `held`."""
    if not held:
        return end
    length = math.hypot(end[0] - start[0], end[1] - start[1])
    angle = round(math.atan2(end[1] - start[1], end[0] - start[0]) / _TURN) * _TURN
    return start[0] + length * math.cos(angle), start[1] + length * math.sin(angle)


def box(start: Point, end: Point, held: bool, centred: bool) -> tuple[Point, Point]:
    """Two opposite corners of a rectangle, or of the one around an ellipse.

    `held` makes the sides equal, `centred` makes `start` its middle.
    """
    across, down = end[0] - start[0], end[1] - start[1]
    if held:
        side = max(abs(across), abs(down))
        across, down = math.copysign(side, across), math.copysign(side, down)
    corner = (start[0] - across, start[1] - down) if centred else start
    return corner, (start[0] + across, start[1] + down)


def rectangle_points(one: Point, other: Point) -> list[Point]:
    """The four corners, in order around."""
    return [one, (other[0], one[1]), other, (one[0], other[1])]


def ellipse_points(one: Point, other: Point) -> list[Point]:
    """Points around the ellipse in that box, dense enough to look round."""
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    across, down = abs(other[0] - one[0]) / 2, abs(other[1] - one[1]) / 2
    # A chord of n parts lies r·(1-cos(π/n)) inside of the circle: a tenth of a pixel here.
    count = max(16, math.ceil(math.pi / math.acos(1 - 0.1 / max(0.2, across, down))))
    return [
        (
            middle[0] + across * math.cos(2 * math.pi * number / count),
            middle[1] + down * math.sin(2 * math.pi * number / count),
        )
        for number in range(count)
    ]
