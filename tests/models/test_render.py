"""The renderer: finite pictures, repeatable, coloured as named, with matching line drawings."""

from __future__ import annotations

import colorsys

import numpy as np
import pytest
import torch

from maquette_recipe.render.batch import render_batch, render_scenes
from maquette_recipe.render.camera import sample_pose
from maquette_recipe.render.forms import form_named
from maquette_recipe.render.lines import line_drawing
from maquette_recipe.render.trace import GeometryBuffer, trace
from maquette_recipe.world import FORMS, Attributes

SMALL = 48


def scene(form: str = "vase", colour: str = "red", **changes: str) -> Attributes:
    values = {
        "material": "matte",
        "setting": "grey",
        "view": "three_quarter",
        "turn": "front",
        "light": "left",
        **changes,
    }
    return Attributes(form=form, colour=colour, **values)


def traced(form: str, seed: int = 0) -> GeometryBuffer:
    rng = np.random.default_rng(seed)
    kind = form_named(form)
    return trace(kind, kind.sample(rng, 1), sample_pose(rng, kind, [scene(form)]), SMALL, 2)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_renders_a_finite_picture(form: str) -> None:
    rendered = render_scenes([[scene(form)]], np.random.default_rng(0), size=SMALL, supersample=1)
    assert rendered.pictures.shape == (1, 3, SMALL, SMALL)
    assert rendered.lines.shape == rendered.depth.shape == (1, 1, SMALL, SMALL)
    for values in (rendered.pictures, rendered.lines):
        assert torch.isfinite(values).all()
        assert values.min() >= 0
        assert values.max() <= 1
    assert rendered.pictures.std() > 0.02


@pytest.mark.parametrize("form", FORMS)
def test_form_fills_the_picture_and_stays_inside(form: str) -> None:
    buffer = traced(form)
    mask = torch.zeros(buffer.samples**2)
    mask[buffer.index] = 1
    mask = mask.view(buffer.samples, buffer.samples)
    assert 0.06 < mask.mean() < 0.7
    border = torch.cat([mask[0], mask[-1], mask[:, 0], mask[:, -1]])
    assert border.sum() == 0


@pytest.mark.parametrize("form", ["pen", "planter", "bowl"])
def test_camera_comes_as_near_as_the_pose_says(form: str) -> None:
    rng = np.random.default_rng(1)
    kind = form_named(form)
    pose = sample_pose(rng, kind, [scene(form)], (0.8, 0.8))
    pose.shift[:] = 0
    buffer = trace(kind, kind.sample(rng, 1), pose, SMALL, 2)
    middle = (buffer.samples - 1) / 2
    away = torch.stack([buffer.index // buffer.samples, buffer.index % buffer.samples]) - middle
    assert 0.72 < away.abs().max() / middle < 0.84


def test_drawing_has_lines_on_the_silhouette_and_nowhere_outside() -> None:
    buffer = traced("bottle")
    drawing = line_drawing(buffer, SMALL)[0, 0]
    mask = torch.zeros(buffer.samples**2)
    mask[buffer.index] = 1
    cover = torch.nn.functional.avg_pool2d(mask.view(1, 1, buffer.samples, -1), 2)[0, 0]
    silhouette = (cover > 0) & (cover < 1)
    assert drawing[silhouette].mean() < 0.5
    near = torch.nn.functional.max_pool2d(cover[None, None], 5, 1, 2)[0, 0]
    assert drawing[near == 0].min() == 1


def test_same_seed_same_picture_and_other_seed_another() -> None:
    def render(seed: int) -> np.ndarray:
        rng = np.random.default_rng(seed)
        return render_batch("mug", rng, count=1, looks=2, size=SMALL, supersample=1).pictures

    assert np.array_equal(render(3), render(3))
    assert not np.array_equal(render(3), render(4))


@pytest.mark.parametrize(
    ("colour", "low", "high"),
    [
        ("red", -20, 20),
        ("orange", 15, 42),
        ("yellow", 40, 65),
        ("green", 95, 145),
        ("teal", 160, 195),
        ("blue", 205, 240),
        ("purple", 260, 290),
        ("pink", 315, 345),
    ],
)
def test_objects_have_the_hue_that_is_named(colour: str, low: float, high: float) -> None:
    pictures = render_scenes(
        [[scene(colour=colour)]], np.random.default_rng(0), size=SMALL, supersample=1
    ).pictures
    middle = pictures[0, :, SMALL // 2 : SMALL // 2 + 6, SMALL // 2 - 4 : SMALL // 2 + 4]
    red, green, blue = middle.mean((1, 2)).tolist()
    hue = colorsys.rgb_to_hsv(red, green, blue)[0] * 360
    assert low <= (hue - 360 if hue > 350 else hue) <= high


def test_looks_share_one_geometry() -> None:
    looks = [scene(setting="white"), scene(setting="white", colour="blue")]
    rendered = render_scenes([looks], np.random.default_rng(0), size=SMALL, supersample=1)
    pictures = rendered.pictures
    assert len(rendered.lines) == len(rendered.depth) == 1
    corner = pictures[:, :, :4, :4]
    assert torch.equal(corner[0], corner[1])
    assert not torch.equal(pictures[0], pictures[1])
