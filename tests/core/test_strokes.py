"""Lines as the pen leaves them: pressure, stabiliser, dots, and the mask they are painted into."""

import itertools
import math

import msgspec
import numpy as np
import pytest

from maquette.core.stroke_mask import paint_line
from maquette.core.strokes import Node, Sample, Stroke
from maquette.core.tools import Tool, ToolSettings, next_width, with_width

FREE = ToolSettings(smoothing=0.0, pressure_size=1.0, hardness=1.0)
HELD = ToolSettings(smoothing=0.5, pressure_size=1.0, hardness=1.0)


def draw(settings: ToolSettings, samples: list[Sample], width: float = 10.0) -> list[Node]:
    stroke = Stroke(settings, width, 1.0)
    nodes = [node for sample in samples for node in stroke.add(sample)]
    return nodes + stroke.finish()


def painted(nodes: list[Node], side: int = 100, hardness: float = 1.0) -> np.ndarray:
    mask = np.zeros((side, side), np.uint8)
    paint_line(mask, nodes, hardness)
    return mask


def test_without_a_stabiliser_the_line_goes_through_every_sample_at_once() -> None:
    stroke = Stroke(FREE, 10.0, 1.0)
    for number in range(5):
        sample = Sample(10.0 * number, 3.0 * number**2)
        assert (stroke.add(sample)[-1].x, stroke.add(sample)) == (sample.x, [])


def test_pressure_makes_the_line_wider_and_a_light_hand_can_be_helped() -> None:
    samples = [Sample(20, 50, 0.2), Sample(80, 50, 0.8)]
    thin, thick = draw(FREE, samples)
    assert thin.radius == pytest.approx(1.0)
    assert thick.radius == pytest.approx(4.0)
    helped = msgspec.structs.replace(FREE, pressure_curve=0.5)
    assert draw(helped, samples)[0].radius > thin.radius


def test_pressure_can_rule_how_solid_the_line_is() -> None:
    settings = msgspec.structs.replace(FREE, pressure_size=0.0, pressure_opacity=1.0)
    node = draw(settings, [Sample(20, 50, 0.25)])[0]
    assert (node.radius, node.alpha) == (5.0, 0.25)


def test_a_stabilised_line_is_calmer_and_still_ends_under_the_pen() -> None:
    trembling = [Sample(3.0 * step, 50 + 4 * math.sin(2.5 * step)) for step in range(40)]
    free, held = draw(FREE, trembling), draw(HELD, trembling)

    def restlessness(nodes: list[Node]) -> float:
        return float(np.std([node.y for node in nodes if 30 < node.x < 80]))

    assert restlessness(held) < restlessness(free) / 4
    assert (held[-1].x, held[-1].y) == pytest.approx((trembling[-1].x, trembling[-1].y))


def test_a_stroke_shorter_than_the_string_is_drawn_when_the_pen_is_lifted() -> None:
    stroke = Stroke(HELD, 4.0, 1.0)
    stroke.add(Sample(10, 10))
    assert stroke.add(Sample(20, 10)) == []
    assert stroke.finish()[-1].x == 20


def test_dabs_lie_at_equal_distances_however_the_samples_fall() -> None:
    settings = msgspec.structs.replace(FREE, spacing=2.0)
    nodes = draw(settings, [Sample(x, 0) for x in (0, 7, 9, 31, 64, 65, 100)])
    assert [node.x for node in nodes] == pytest.approx([0, 20, 40, 60, 80, 100])


def test_a_dot_is_a_disc_of_its_area() -> None:
    mask = painted([Node(50.3, 49.8, 12.0, 1.0)])
    assert mask.sum() / 255 == pytest.approx(math.pi * 144, rel=0.01)


def test_a_hair_line_is_fainter_not_broken() -> None:
    mask = painted([Node(10.0, 50.5, 0.25, 1.0), Node(90.0, 50.5, 0.25, 1.0)])
    column = mask[:, 20:80].max(axis=0)
    assert column.min() > 60
    assert column.max() < 200


def test_nothing_piles_up_where_a_stroke_crosses_itself_or_comes_in_many_pieces() -> None:
    once = painted([Node(10, 50, 6, 0.5), Node(90, 50, 6, 0.5)])
    pieces = np.zeros_like(once)
    nodes = [Node(x, 50, 6, 0.5) for x in range(10, 91)]
    for one, other in itertools.pairwise(nodes):
        paint_line(pieces, [one, other], 1.0)
    paint_line(pieces, [nodes[-1], nodes[0]], 1.0)
    assert np.abs(pieces.astype(int) - once).max() <= 1


def test_a_soft_brush_falls_off_and_a_hard_one_does_not() -> None:
    hard, soft = (painted([Node(50, 50, 20, 1.0)], hardness=value) for value in (1.0, 0.0))
    assert hard[50, 65] == 255
    assert 20 < soft[50, 65] < 160
    assert soft[50, 50] > 240


def test_the_area_holds_all_that_was_touched_and_stays_on_the_sheet() -> None:
    mask = np.zeros((60, 80), np.uint8)
    area = paint_line(mask, [Node(-5, 20, 9, 1.0), Node(200, 30, 9, 1.0)], 0.5)
    rows, columns = np.nonzero(mask)
    assert area.x <= columns.min()
    assert columns.max() < area.right <= 80
    assert area.y <= rows.min()
    assert rows.max() < area.bottom <= 60
    assert paint_line(mask, [Node(-50, -50, 3, 1.0)], 1.0).is_empty


def test_the_width_steps_finely_where_it_is_thin_and_comes_back() -> None:
    settings = ToolSettings(size=2.0, eraser_size=80.0)
    assert next_width(2.0, wider=True) == 2.5
    assert next_width(next_width(80.0, wider=True), wider=False) == pytest.approx(80, abs=2)
    assert next_width(0.5, wider=False) == 0.5
    erasing = msgspec.structs.replace(settings, tool=Tool.ERASER)
    assert with_width(erasing, 9.0).eraser_size == 9.0
    assert with_width(erasing, 9.0).size == 2.0
