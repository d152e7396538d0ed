"""All forms: whole in the picture at any proportions, on the floor, drawn, varied, traceable."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from maquette_recipe.render.camera import sample_pose
from maquette_recipe.render.forms import form_named
from maquette_recipe.render.lines import line_drawing
from maquette_recipe.render.parts import Form, Params, Part, nearest
from maquette_recipe.render.placed import BOUNDS_SLACK
from maquette_recipe.render.trace import GeometryBuffer, trace
from maquette_recipe.world import FORMS, VIEWS, Attributes

SIZE = 40

all_forms = pytest.mark.parametrize(
    "form", [form_named(name) for name in FORMS], ids=lambda form: form.name
)


def proportions(form: Form, count: int = 3) -> dict[str, torch.Tensor]:
    """The smallest, the largest and mixed extremes of every proportion."""
    rng = np.random.default_rng(7)
    shares = np.concatenate([
        np.zeros((1, len(form.ranges))),
        np.ones((1, len(form.ranges))),
        rng.integers(0, 2, (count - 2, len(form.ranges))),
    ])  # fmt: skip
    return {
        name: torch.from_numpy((low + (high - low) * shares[:, i]).astype(np.float32))
        for i, (name, (low, high)) in enumerate(form.ranges.items())
    }


def traced(form: Form, params: Params) -> GeometryBuffer:
    """The objects from every view in turn, turned to either side."""
    count = len(next(iter(params.values())))
    scenes = [
        Attributes(
            form=form.name, colour="red", material="matte", setting="grey",
            view=VIEWS[i % len(VIEWS)], turn=("front", "left", "right")[i // 2 % 3], light="left",
        )
        for i in range(count)
    ]  # fmt: skip
    return trace(form, params, sample_pose(np.random.default_rng(0), form, scenes), SIZE, 1)


def masks(buffer: GeometryBuffer) -> torch.Tensor:
    flat = torch.zeros(len(buffer.light) * buffer.samples**2)
    flat[buffer.index] = 1
    return flat.view(-1, buffer.samples, buffer.samples)


@all_forms
def test_extreme_proportions_are_whole_in_the_picture_and_drawn(form: Form) -> None:
    buffer = traced(form, proportions(form))
    seen = masks(buffer)
    assert (seen.mean((1, 2)) > 0.04).all()
    for edge in (seen[:, 0], seen[:, -1], seen[:, :, 0], seen[:, :, -1]):
        assert edge.sum() == 0
    assert ((line_drawing(buffer, SIZE) < 0.5).float().mean((1, 2, 3)) > 0.01).all()
    assert torch.isfinite(buffer.normal).all()
    assert (buffer.part == int(Part.MAIN)).float().mean() > 0.25


@all_forms
def test_object_fits_its_bounds_and_stands_on_the_floor(form: Form) -> None:
    params = proportions(form)
    centre, radius = form.bounds(params)
    side = torch.linspace(-1.25, 1.25, 44)
    for i in range(len(centre)):
        q = {name: values[i] for name, values in params.items()}
        x, y, z = (v.flatten() for v in torch.meshgrid(side, side, side, indexing="ij"))
        x, y, z = x * radius[i], y * radius[i] + centre[i], z * radius[i]
        each = {name: value.expand(len(x)) for name, value in q.items()}
        inside = nearest(form.distance(x, y, z, each)) < 0
        away = torch.sqrt(x * x + (y - centre[i]) ** 2 + z * z)[inside]
        assert 0.8 * radius[i] < away.max() < BOUNDS_SLACK * radius[i]
        ground = torch.linspace(-1.2, 1.2, 161) * radius[i]
        u, w = (v.flatten() for v in torch.meshgrid(ground, ground, indexing="ij"))
        wide = {name: value.expand(len(u)) for name, value in q.items()}
        touching = nearest(form.distance(u, torch.full_like(u, 0.01), w, wide)) < 0.004
        buried = nearest(form.distance(u, torch.full_like(u, -0.02), w, wide)) < 0
        assert touching.any()
        assert not buried.any()


@all_forms
def test_two_samples_are_two_designs(form: Form) -> None:
    params = form.sample(np.random.default_rng(3), 2)
    radius = float(form.bounds(params)[1].max())
    side = torch.linspace(-radius, radius, 48)
    x, y, z = (v.flatten() for v in torch.meshgrid(side, side + radius, side, indexing="ij"))
    first, second = (
        nearest(form.distance(x, y, z, {n: v[i].expand(len(x)) for n, v in params.items()})) < 0
        for i in range(2)
    )
    assert (first ^ second).sum() > 0.06 * (first | second).sum()


@all_forms
def test_rays_do_not_step_through_surfaces(form: Form) -> None:
    """The scaled distance never grows faster than the way travelled by more than a little."""
    rng = np.random.default_rng(1)
    params = form.sample(rng, 4000)
    centre, radius = form.bounds(params)
    spread = torch.from_numpy(rng.uniform(-1.1, 1.1, (3, 4000)).astype(np.float32)) * radius
    way = torch.nn.functional.normalize(
        torch.from_numpy(rng.normal(size=(3, 4000)).astype(np.float32)), dim=0
    )
    x, y, z = spread[0], spread[1] + centre, spread[2]
    reach = 0.01
    here = nearest(form.distance(x, y, z, params))
    there = nearest(form.distance(x + reach * way[0], y + reach * way[1], z + reach * way[2],
                                  params))  # fmt: skip
    slope = (there - here).abs() / reach * form.step
    assert slope[here > 0].quantile(0.995) < 1.1
