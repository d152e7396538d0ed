"""Guides: mirrors, grids and vanishing points, and how what is drawn is held to them."""

import math
from collections.abc import Sequence

from maquette.core.strokes import Node
from maquette.core.tools import Guide, Symmetry, ToolSettings

Point = tuple[float, float]

_COUNTS = {Guide.ONE_POINT: 1, Guide.TWO_POINT: 2, Guide.THREE_POINT: 3}


def mirrored(
    nodes: Sequence[Node], settings: ToolSettings, width: int, height: int
) -> list[list[Node]]:
    """`nodes` themselves and their images in the mirrors, on a sheet of that size in pixels."""
    return [
        [node._replace(x=x, y=y) for node, (x, y) in zip(nodes, points, strict=True)]
        for points in mirrored_points([(node.x, node.y) for node in nodes], settings, width, height)
    ]


def mirrored_points(
    points: Sequence[Point], settings: ToolSettings, width: int, height: int
) -> list[list[Point]]:
    """`points` themselves and their images in the mirrors."""
    twice_x, twice_y = 2 * settings.axis_x * width, 2 * settings.axis_y * height
    images = [list(points)]
    if settings.symmetry in (Symmetry.VERTICAL, Symmetry.BOTH):
        images += [[(twice_x - x, y) for x, y in image] for image in images]
    if settings.symmetry in (Symmetry.HORIZONTAL, Symmetry.BOTH):
        images += [[(x, twice_y - y) for x, y in image] for image in images]
    return images


def vanishing_points(settings: ToolSettings, width: int, height: int) -> list[Point]:
    """The vanishing points that the guide has, in pixels."""
    count = _COUNTS.get(settings.guide, 0)
    return [(x * width, y * height) for x, y in settings.vanishing[:count]]


def directions(start: Point, settings: ToolSettings, width: int, height: int) -> list[Point]:
    """The unit vectors that a line from `start` is held to; [] where it is free.

    With one vanishing point, lines across and upright stay parallel; with two, upright ones.
    """
    points = vanishing_points(settings, width, height)
    found: list[Point] = []
    for x, y in points:
        length = math.hypot(x - start[0], y - start[1])
        if length > 1e-6:
            found.append(((x - start[0]) / length, (y - start[1]) / length))
    if 1 <= len(points) <= 2:
        found.append((0.0, 1.0))
    if len(points) == 1:
        found.append((1.0, 0.0))
    return found


def nearest_direction(start: Point, towards: Point, allowed: Sequence[Point]) -> Point | None:
    """Which of `allowed` the way from `start` `towards` comes closest to, either way along it."""
    way = (towards[0] - start[0], towards[1] - start[1])
    return max(allowed, key=lambda one: abs(one[0] * way[0] + one[1] * way[1]), default=None)


def along(start: Point, direction: Point, point: Point) -> Point:
    """The point of the line from `start` in `direction` that is nearest to `point`."""
    way = (point[0] - start[0]) * direction[0] + (point[1] - start[1]) * direction[1]
    return start[0] + way * direction[0], start[1] + way * direction[1]


def snapped(point: Point, settings: ToolSettings) -> Point:
    """`point`, or the crossing of the grid next to it where a grid holds."""
    if settings.guide is not Guide.GRID or not settings.snap:
        return point
    return (
        round(point[0] / settings.grid) * settings.grid,
        round(point[1] / settings.grid) * settings.grid,
    )
