"""Devices, toys and belongings: whole in the picture, on the floor, drawn, and varied."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from maquette_recipe.render import desk, devices, toys, wear
from maquette_recipe.render.camera import sample_pose
from maquette_recipe.render.lines import line_drawing
from maquette_recipe.render.parts import Form, Params, Part, nearest
from maquette_recipe.render.trace import GeometryBuffer, trace
from maquette_recipe.world import FORMS, VIEWS, Attributes

SIZE = 40
CATALOGUE = [form for module in (devices, toys, wear, desk) for form in module.CATALOGUE]

all_forms = pytest.mark.parametrize("form", CATALOGUE, ids=lambda form: form.name)


def extremes(form: Form, count: int = 3) -> dict[str, torch.Tensor]:
    """Objects whose proportions are all smallest, all largest, and either at random."""
    rng = np.random.default_rng(11)
    high = rng.integers(0, 2, (count, len(form.ranges)))
    high[0], high[1] = 0, 1
    return {
        name: torch.tensor(np.where(high[:, i], *form.ranges[name][::-1]), dtype=torch.float32)
        for i, name in enumerate(form.ranges)
    }


def traced(form: Form, params: Params) -> GeometryBuffer:
    count = len(next(iter(params.values())))
    scenes = [
        Attributes(
            form=form.name, colour="blue", material="matte", setting="grey",
            view=VIEWS[i % len(VIEWS)], turn=("left", "front", "right")[i % 3], light="left",
        )
        for i in range(count)
    ]  # fmt: skip
    return trace(form, params, sample_pose(np.random.default_rng(1), form, scenes), SIZE, 1)


def masks(buffer: GeometryBuffer) -> torch.Tensor:
    flat = torch.zeros(len(buffer.light) * buffer.samples**2)
    flat[buffer.index] = 1
    return flat.view(-1, buffer.samples, buffer.samples)


def grid(form: Form, params: Params) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Points around and below the first object, distances there, and distance from its centre
    as a share of the bounding radius."""
    centre, radius = form.bounds(params)
    reach = 1.3 * float(radius[0])
    steps = torch.linspace(-reach, reach, 44)
    x, y, z = (v.flatten() for v in torch.meshgrid(steps, steps, steps, indexing="ij"))
    points = torch.stack([x, y + float(centre[0]), z], -1)
    q = {name: values[:1].expand(len(points)) for name, values in params.items()}
    distance = nearest(form.distance(points[:, 0], points[:, 1], points[:, 2], q))
    return points, distance, torch.stack([x, y, z], -1).norm(dim=-1) / radius[0]


def test_the_catalogue_has_twenty_forms_of_the_world() -> None:
    names = [form.name for form in CATALOGUE]
    assert len(set(names)) == 20
    assert set(names) <= set(FORMS)


@all_forms
def test_extreme_proportions_are_whole_in_the_picture_and_drawn(form: Form) -> None:
    buffer = traced(form, extremes(form))
    seen = masks(buffer)
    assert (seen.mean((1, 2)) > 0.04).all()
    for edge in (seen[:, 0], seen[:, -1], seen[:, :, 0], seen[:, :, -1]):
        assert edge.sum() == 0
    drawing = line_drawing(buffer, SIZE)
    assert ((drawing < 0.5).float().mean((1, 2, 3)) > 0.01).all()
    assert (buffer.part == int(Part.MAIN)).float().mean() > 0.3


@all_forms
@pytest.mark.parametrize("pick", [0, 2])
def test_it_stands_on_the_floor_within_its_bounds(form: Form, pick: int) -> None:
    params = {name: values[pick : pick + 1] for name, values in extremes(form).items()}
    points, distance, share = grid(form, params)
    inside = distance < 0
    assert inside.any()
    assert points[inside, 1].min() > -0.015
    # Close to the floor: no farther than the spacing of the points.
    spacing = 2.6 * float(form.bounds(params)[1][0]) / 43
    assert points[distance < 0.6 * spacing, 1].min() < 1.1 * spacing
    assert share[inside].max() < 1.08


@all_forms
def test_two_samples_are_two_designs(form: Form) -> None:
    params = form.sample(np.random.default_rng(5), 2)
    radius = float(form.bounds(params)[1].max())
    side = torch.linspace(-radius, radius, 40)
    x, y, z = (v.flatten() for v in torch.meshgrid(side, side + radius, side, indexing="ij"))
    first, second = (
        nearest(form.distance(x, y, z, {n: v[i].expand(len(x)) for n, v in params.items()})) < 0
        for i in range(2)
    )
    assert (first ^ second).sum() > 0.06 * (first | second).sum()
