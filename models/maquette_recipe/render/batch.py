"""Rendering whole batches: from a random generator to pictures, lines and attributes."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.render.camera import Pose, sample_pose
from maquette_recipe.render.forms import form_named
from maquette_recipe.render.lines import line_drawing
from maquette_recipe.render.shade import shade
from maquette_recipe.render.trace import trace
from maquette_recipe.world import SETTINGS, Attributes, sample_attributes, sample_look


@dataclass(frozen=True, slots=True)
class RenderedBatch:
    """`pictures` uint8 (B*L, H, W, 3), geometry by geometry; `lines` uint8 (B, H, W).

    `scenes` has one entry per picture; pictures i*L to (i+1)*L share drawing i.
    """

    pictures: np.ndarray
    lines: np.ndarray
    scenes: list[Attributes]


def draw_looks(
    rng: np.random.Generator, scene: Attributes, count: int, *, held_out: bool
) -> list[Attributes]:
    """`count` scenes with one geometry: fresh colour, material and setting, no two settings equal
    while there are enough of them."""
    settings = [str(s) for s in rng.permutation(SETTINGS)]
    looks = []
    for i in range(count):
        colour, material = sample_look(rng, scene.form, held_out=held_out)
        looks.append(
            dataclasses.replace(
                scene, colour=colour, material=material, setting=settings[i % len(settings)]
            )
        )
    return looks


def _on(pose: Pose, device: torch.device) -> Pose:
    return Pose(*(getattr(pose, f.name).to(device) for f in dataclasses.fields(Pose)))


def render_scenes(
    form_name: str,
    scenes: list[list[Attributes]],
    rng: np.random.Generator,
    *,
    size: int,
    supersample: int,
    device: torch.device | str = "cpu",
) -> tuple[Tensor, Tensor]:
    """Render given looks of fresh geometries of one form.

    `scenes[i]` are the looks of geometry i. Returns pictures (B*L, 3, H, W) and drawings
    (B, 1, H, W), float32 in 0..1.
    """
    form = form_named(form_name)
    target = torch.device(device)
    params = {k: v.to(target) for k, v in form.sample(rng, len(scenes)).items()}
    pose = _on(sample_pose(rng, form, [looks[0] for looks in scenes]), target)
    buffer = trace(form, params, pose, size, supersample)
    pictures = torch.cat([shade(buffer, i, looks) for i, looks in enumerate(scenes)])
    return pictures, line_drawing(buffer, size)


def to_bytes(values: Tensor) -> np.ndarray:
    """Float tensors in 0..1, channels first, to uint8 arrays, channels last."""
    return (values.permute(0, 2, 3, 1) * 255 + 0.5).to(torch.uint8).cpu().numpy()


def render_batch(
    form_name: str,
    rng: np.random.Generator,
    *,
    count: int,
    looks: int,
    size: int = 256,
    supersample: int = 2,
    held_out: bool = False,
    device: torch.device | str = "cpu",
) -> RenderedBatch:
    """Render `count` random geometries of one form in `looks` looks each."""
    scenes = [
        draw_looks(
            rng, sample_attributes(rng, form=form_name, held_out=held_out), looks,
            held_out=held_out,
        )
        for _ in range(count)
    ]  # fmt: skip
    pictures, lines = render_scenes(
        form_name, scenes, rng, size=size, supersample=supersample, device=device
    )
    flat = [scene for group in scenes for scene in group]
    return RenderedBatch(to_bytes(pictures), to_bytes(lines)[..., 0], flat)
