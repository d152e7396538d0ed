"""Augmented sketches: still the same drawing, always different, the same again for a seed."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from maquette_recipe.sketch.augment import augment, evaluation_sketches
from maquette_recipe.sketch.draws import Draws
from maquette_recipe.sketch.omissions import outline_or_inside, partial
from maquette_recipe.sketch.photo import jpeg
from maquette_recipe.sketch.strokes import lens, overshoot, resample, wobble

SIZE = 256


@pytest.fixture(scope="module")
def box() -> np.ndarray:
    """A box with an ellipse inside, dark on white, (H, W) uint8."""
    picture = Image.new("L", (SIZE, SIZE), 255)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((60, 50, 190, 200), outline=20, width=2)
    draw.ellipse((90, 90, 160, 160), outline=20, width=2)
    return np.array(picture)


def draws(count: int, seed: int = 0) -> Draws:
    return Draws(np.random.default_rng(seed), count, SIZE, SIZE, torch.device("cpu"))


def ink_of(box: np.ndarray, count: int) -> torch.Tensor:
    return (torch.from_numpy(box < 128).float()).expand(count, -1, -1).clone()


def near(ink: torch.Tensor, pixels: int) -> torch.Tensor:
    """Everything within `pixels` of the ink, (N, H, W) bool."""
    side = 2 * pixels + 1
    pooled = torch.nn.functional.max_pool2d(ink[:, None], side, stride=1, padding=pixels)
    return pooled[:, 0] > 0.5


def test_clean_sketches_are_the_drawing_in_either_polarity(box: np.ndarray) -> None:
    sketches = evaluation_sketches(np.stack([box] * 24), 0, "clean")
    paper = torch.from_numpy(box).float().div(255).expand(3, -1, -1)
    same = [bool(torch.allclose(s, paper)) for s in sketches]
    inverted = [bool(torch.allclose(s, 1 - paper)) for s in sketches]
    assert all(a != b for a, b in zip(same, inverted, strict=True))
    assert any(same)
    assert any(inverted)


def test_augmented_sketches_are_pictures_that_all_differ(box: np.ndarray) -> None:
    sketches = augment(torch.from_numpy(np.stack([box] * 12)), np.random.default_rng(0))
    assert sketches.shape == (12, 3, SIZE, SIZE)
    assert sketches.dtype == torch.float32
    assert sketches.min() >= 0
    assert sketches.max() <= 1
    # Lines can be seen: the ink's pixels differ from the paper around.
    assert bool((sketches.std(dim=(1, 2, 3)) > 0.02).all())
    distances = (sketches[:, None] - sketches[None]).abs().mean(dim=(2, 3, 4))
    assert float((distances + torch.eye(12)).min()) > 0.005


def test_evaluation_sketches_depend_on_seed_and_place_alone(box: np.ndarray) -> None:
    drawings = np.stack([box, box.T, box[::-1]])
    whole = evaluation_sketches(drawings, 5, "augmented")
    apart = evaluation_sketches(drawings[1:], 5, "augmented", first=1)
    assert torch.equal(whole[1:], apart)
    assert not torch.equal(whole, evaluation_sketches(drawings, 6, "augmented"))


def test_an_unknown_level_is_refused(box: np.ndarray) -> None:
    with pytest.raises(ValueError, match="unknown level"):
        augment(torch.from_numpy(box[None]), np.random.default_rng(0), "wild")  # pyright: ignore[reportArgumentType]


def test_moved_lines_stay_within_a_few_pixels(box: np.ndarray) -> None:
    ink = ink_of(box, 32)
    some = draws(32)
    moved = resample(ink, lens(some) + wobble(some, 1.3, 0.5)) > 0.5
    within = (moved & near(ink, 3)).sum(dim=(1, 2)) / moved.sum(dim=(1, 2))
    assert float(within.median()) > 0.99
    assert float(within.min()) > 0.75
    assert bool((moved != (ink > 0.5)).flatten(1).any(dim=1).all())


def test_silhouettes_and_inner_lines_divide_the_drawing(box: np.ndarray) -> None:
    ink = ink_of(box, 16)
    kept = outline_or_inside(ink, draws(16))
    outer, inner = (60, 120), (90, 125)  # on the box's left side; on the ellipse's
    silhouette = kept[:, outer[1], outer[0]] > 0.5
    inside = kept[:, inner[1], inner[0]] > 0.5
    assert bool((silhouette != inside).all())
    assert 0 < int(silhouette.sum()) < 16


def test_a_partial_sketch_lacks_a_part_and_adds_nothing(box: np.ndarray) -> None:
    ink = ink_of(box, 16)
    kept = partial(ink, draws(16))
    share = kept.sum(dim=(1, 2)) / ink.sum(dim=(1, 2))
    assert bool((kept <= ink).all())
    assert float(share.min()) > 0.15
    assert float(share.median()) < 0.98


def test_straight_lines_overshoot_their_corners(box: np.ndarray) -> None:
    ink = ink_of(box, 4)
    added = overshoot(ink, draws(4)) > 0.1
    beyond = added & ~near(ink, 2)
    along = near(ink, 16)
    assert int(beyond.sum()) > 0
    assert float((beyond & along).sum() / beyond.sum()) > 0.99


def test_jpeg_changes_little_but_something(box: np.ndarray) -> None:
    picture = torch.from_numpy(box).float().div(255).expand(4, 3, -1, -1)
    coded = jpeg(picture, draws(4))
    error = (coded - picture).abs()
    assert 0 < float(error.mean()) < 0.03
    flat = torch.full((4, 3, 16, 16), 0.5)
    small = Draws(np.random.default_rng(0), 4, 16, 16, torch.device("cpu"))
    assert float((jpeg(flat, small) - 0.5).abs().max()) < 0.02
