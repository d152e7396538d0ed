"""Sketch agreement: lines where they belong count, beyond two pixels they do not."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from maquette_recipe.evaluate.agreement import TOLERANCE, Drawing, sketch_agreement
from maquette_recipe.evaluate.edges import picture_edges, to_lab

SIZE = 128


def square(left: int, top: int, side: int) -> np.ndarray:
    """The one-pixel outline of a square, (SIZE, SIZE) bool."""
    mask = np.zeros((SIZE, SIZE), dtype=bool)
    mask[top : top + side, left : left + side] = True
    mask[top + 1 : top + side - 1, left + 1 : left + side - 1] = False
    return mask


def box_picture(inside: tuple[float, ...], outside: tuple[float, ...]) -> Tensor:
    """A box of one colour on another, (1, 3, SIZE, SIZE)."""
    picture = torch.tensor(outside)[None, :, None, None].repeat(1, 1, SIZE, SIZE)
    picture[:, :, 40:90, 30:80] = torch.tensor(inside)[None, :, None, None]
    return picture


def box_lines() -> Tensor:
    """The drawing of that box, dark on white, (1, SIZE, SIZE)."""
    return 1 - torch.from_numpy(square(30, 40, 50)).float()[None]


def test_equal_lines_agree_fully() -> None:
    lines = square(30, 40, 50)
    same = Drawing(lines).compare(lines)
    assert (same.precision, same.recall, same.chamfer) == (1.0, 1.0, 0.0)
    assert same.f1 == pytest.approx(1)


@pytest.mark.parametrize("shift", [1, 2, 3, 4])
def test_shifted_lines_agree_up_to_two_pixels_only(shift: int) -> None:
    found = Drawing(square(30, 40, 50)).compare(square(30 + shift, 40 + shift, 50))
    if shift <= TOLERANCE:
        assert found.f1 > 0.97
    else:
        assert found.f1 < 0.15
    assert found.chamfer == pytest.approx(shift, rel=0.25)


def test_missing_lines_cost_recall_and_extra_lines_precision() -> None:
    one, two = square(20, 20, 60), square(20, 20, 60) | square(35, 35, 30)
    missing, extra = Drawing(two).compare(one), Drawing(one).compare(two)
    assert missing.precision == 1
    assert missing.recall == pytest.approx(236 / 352, abs=0.01)
    assert extra.recall == 1
    assert extra.precision == pytest.approx(236 / 352, abs=0.01)


def test_a_picture_without_edges_agrees_with_nothing() -> None:
    found = sketch_agreement(torch.full((1, 3, SIZE, SIZE), 0.5), box_lines())
    assert float(found.f1) == float(found.f1_fixed) == 0
    assert float(found.chamfer) > SIZE


@pytest.mark.parametrize(
    ("inside", "outside"),
    [
        ((0.9, 0.9, 0.9), (0.5, 0.5, 0.5)),
        ((0.2, 0.2, 0.21), (0.07, 0.07, 0.08)),  # both nearly black
        ((0.75, 0.3, 0.3), (0.0, 0.54, 0.2)),  # of about one luminance
    ],
)
def test_edges_are_found_where_colours_meet(
    inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    found = sketch_agreement(box_picture(inside, outside), box_lines())
    assert float(found.f1) > 0.97
    assert float(found.chamfer) < 1


def test_the_best_strength_is_found_for_every_picture() -> None:
    torch.manual_seed(0)
    noisy = box_picture((0.9, 0.9, 0.9), (0.3, 0.3, 0.3)) + 0.06 * torch.randn(1, 3, SIZE, SIZE)
    found = sketch_agreement(noisy.clamp(0, 1), box_lines())
    assert float(found.f1) > 0.95 > float(found.f1_fixed)


def test_edges_are_thin_and_gradual_shading_is_none() -> None:
    box = picture_edges(box_picture((0.9, 0.9, 0.9), (0.3, 0.3, 0.3)))
    assert box.shape == (1, 1, SIZE, SIZE)
    assert 180 <= int(box.sum()) <= 210  # the outline has 196 pixels
    ramp = torch.linspace(0.2, 0.8, SIZE).expand(1, 3, SIZE, SIZE)
    assert not picture_edges(ramp).any()


def test_what_lies_around_the_drawn_object_does_not_count() -> None:
    picture = box_picture((0.9, 0.9, 0.9), (0.5, 0.5, 0.5))
    picture[:, :, 110:] = 0.1  # the edge of a table
    assert float(sketch_agreement(picture, box_lines()).precision) > 0.97
    region = Drawing(square(30, 40, 50)).region
    assert region[65, 55]
    assert not region[110, 55]


def test_lab_of_known_colours() -> None:
    red = to_lab(torch.tensor([1.0, 0.0, 0.0]).view(1, 3, 1, 1)).flatten()
    assert red.tolist() == pytest.approx([53.24, 80.09, 67.20], abs=0.1)
    white = to_lab(torch.ones(1, 3, 1, 1)).flatten()
    assert white.tolist() == pytest.approx([100, 0, 0], abs=0.05)


def test_sizes_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="differ"):
        sketch_agreement(torch.zeros(1, 3, 64, 64), torch.zeros(1, 32, 32))
