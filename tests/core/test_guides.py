"""Mirrors, vanishing points, the grid, and outlines."""

import itertools
import math

import msgspec
import pytest

from maquette.core.guides import (
    along,
    directions,
    mirrored,
    mirrored_points,
    nearest_direction,
    snapped,
)
from maquette.core.outlines import box, ellipse_points, line_end
from maquette.core.strokes import Node
from maquette.core.tools import Guide, Symmetry, ToolSettings


@pytest.mark.parametrize(
    ("symmetry", "expected"),
    [
        (Symmetry.NONE, {(10, 20)}),
        (Symmetry.VERTICAL, {(10, 20), (50, 20)}),
        (Symmetry.HORIZONTAL, {(10, 20), (10, 80)}),
        (Symmetry.BOTH, {(10, 20), (50, 20), (10, 80), (50, 80)}),
    ],
)
def test_mirrors_repeat_about_their_axes(
    symmetry: Symmetry, expected: set[tuple[int, int]]
) -> None:
    settings = ToolSettings(symmetry=symmetry, axis_x=0.3, axis_y=0.5)
    images = mirrored([Node(10, 20, 3, 0.5)], settings, 100, 100)
    assert {(node.x, node.y) for image in images for node in image} == expected
    assert {(node.radius, node.alpha) for image in images for node in image} == {(3, 0.5)}
    assert len(mirrored_points([(10, 20)], settings, 100, 100)) == len(expected)


def test_a_line_in_perspective_goes_to_the_vanishing_point_it_heads_for() -> None:
    settings = ToolSettings(guide=Guide.TWO_POINT, vanishing=((1.0, 0.5), (-1.0, 0.5), (0, 0)))
    start = (20.0, 80.0)
    allowed = directions(start, settings, 100, 100)
    right = nearest_direction(start, (60.0, 60.0), allowed)
    upright = nearest_direction(start, (22.0, 20.0), allowed)
    assert right is not None
    x, y = along(start, right, (60.0, 60.0))
    assert (y - 80) / (x - 20) == pytest.approx(-3 / 8)
    assert upright == (0.0, 1.0)


def test_with_no_perspective_nothing_is_held() -> None:
    assert directions((3, 4), ToolSettings(), 100, 100) == []
    assert nearest_direction((0, 0), (1, 1), []) is None


def test_a_line_that_begins_in_its_vanishing_point_may_leave_it() -> None:
    settings = ToolSettings(guide=Guide.ONE_POINT, vanishing=((0.5, 0.5), (0, 0), (0, 0)))
    assert directions((50, 50), settings, 100, 100) == [(0.0, 1.0), (1.0, 0.0)]


def test_the_grid_holds_while_snapping_is_on() -> None:
    settings = ToolSettings(guide=Guide.GRID, grid=32)
    assert snapped((30, 50), settings) == (32, 64)
    assert snapped((30, 50), msgspec.structs.replace(settings, snap=False)) == (30, 50)


def test_a_held_line_turns_in_steps_and_keeps_its_length() -> None:
    x, y = line_end((0, 0), (100, 4), held=True)
    assert (x, y) == pytest.approx((math.hypot(100, 4), 0))
    assert line_end((0, 0), (100, 4), held=False) == (100, 4)


def test_boxes_are_square_when_held_and_grow_from_their_middle_when_centred() -> None:
    assert box((10, 10), (40, -5), held=True, centred=False) == ((10, 10), (40, -20))
    assert box((10, 10), (40, 20), held=False, centred=True) == ((-20, 0), (40, 20))


def test_ellipses_are_round_at_any_size() -> None:
    for radius in (0.5, 10.0, 900.0):
        points = ellipse_points((0, 0), (2 * radius, 2 * radius))
        middles = [
            math.hypot((a[0] + b[0]) / 2 - radius, (a[1] + b[1]) / 2 - radius)
            for a, b in itertools.pairwise(points)
        ]
        assert radius - min(middles) < 0.11
