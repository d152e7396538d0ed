"""Rendering whole batches: from a random generator to pictures, lines, depth and attributes."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.render.camera import ROW_FILL, sample_pose
from maquette_recipe.render.compose import arrange, sample_row, sample_things
from maquette_recipe.render.depth import depth_map
from maquette_recipe.render.forms import form_named
from maquette_recipe.render.lines import line_drawing
from maquette_recipe.render.shade import shade
from maquette_recipe.render.trace import GeometryBuffer, join, trace, trace_frame
from maquette_recipe.world import SETTINGS, Attributes, Thing, sample_attributes


@dataclass(frozen=True, slots=True)
class RenderedBatch:
    """Pictures of B geometries in L looks each.

    `pictures` uint8 (B*L, H, W, 3), geometry by geometry; `lines` uint8 (B, H, W), dark lines on
    white; `depth` uint8 (B, H, W), 0 for the background and 1 to 255 from the farthest to the
    nearest point of the objects. `scenes` has one entry per picture; pictures i*L to (i+1)*L share
    drawing i.
    """

    pictures: np.ndarray
    lines: np.ndarray
    depth: np.ndarray
    scenes: list[Attributes]

    @classmethod
    def join(cls, batches: Sequence[RenderedBatch]) -> RenderedBatch:
        """The geometries of several batches, one after the other."""
        return cls(
            np.concatenate([b.pictures for b in batches]),
            np.concatenate([b.lines for b in batches]),
            np.concatenate([b.depth for b in batches]),
            [scene for b in batches for scene in b.scenes],
        )


@dataclass(frozen=True, slots=True)
class Rendered:
    """`pictures` (B*L, 3, H, W) and `lines` (B, 1, H, W), float32 in 0..1; `depth` uint8
    (B, 1, H, W) as in :class:`RenderedBatch`."""

    pictures: Tensor
    lines: Tensor
    depth: Tensor


def draw_looks(
    rng: np.random.Generator, scene: Attributes, count: int, *, held_out: bool
) -> list[Attributes]:
    """`count` scenes with one geometry: fresh colours, materials, accents, moods and settings, no
    two settings equal while there are enough of them."""
    settings = [str(s) for s in rng.permutation(SETTINGS)]
    forms = [thing.form for thing in scene.others]
    looks = []
    for i in range(count):
        drawn = sample_attributes(rng, form=scene.form, held_out=held_out)
        look = dataclasses.replace(
            scene, colour=drawn.colour, material=drawn.material, mood=drawn.mood,
            accent="" if forms else drawn.accent, setting=settings[i % len(settings)],
        )  # fmt: skip
        if forms:
            first = Thing(look.form, look.colour, look.material)
            others = sample_things(rng, first, forms, held_out=held_out)
            look = dataclasses.replace(look, others=others)
        looks.append(look)
    return looks


def _trace_row(
    scene: Attributes, rng: np.random.Generator, size: int, supersample: int, device: torch.device
) -> GeometryBuffer:
    row = arrange(rng, scene, device)
    pose = sample_pose(rng, form_named(scene.form), [scene], ROW_FILL).to(device)
    return trace_frame(row, pose, size, supersample)


def _trace_singles(
    scenes: list[Attributes], rng: np.random.Generator, size: int, supersample: int,
    device: torch.device,
) -> GeometryBuffer:  # fmt: skip
    form = form_named(scenes[0].form)
    params = {k: v.to(device) for k, v in form.sample(rng, len(scenes)).items()}
    return trace(form, params, sample_pose(rng, form, scenes).to(device), size, supersample)


def render_scenes(
    scenes: list[list[Attributes]],
    rng: np.random.Generator,
    *,
    size: int,
    supersample: int,
    device: torch.device | str = "cpu",
) -> Rendered:
    """Render given looks of fresh geometries: single objects of one form, or any rows.

    `scenes[i]` are the looks of geometry i; they differ only in what geometry does not depend on.
    """
    target = torch.device(device)
    firsts = [looks[0] for looks in scenes]
    if any(first.others for first in firsts):
        buffer = join([_trace_row(first, rng, size, supersample, target) for first in firsts])
    else:
        buffer = _trace_singles(firsts, rng, size, supersample, target)
    pictures = torch.cat([shade(buffer, i, looks) for i, looks in enumerate(scenes)])
    return Rendered(pictures, line_drawing(buffer, size), depth_map(buffer, size))


def to_bytes(values: Tensor) -> np.ndarray:
    """Float tensors in 0..1, channels first, to uint8 arrays, channels last."""
    return (values.permute(0, 2, 3, 1) * 255 + 0.5).to(torch.uint8).cpu().numpy()


def render_batch(
    form: str | None,
    rng: np.random.Generator,
    *,
    count: int,
    looks: int,
    size: int = 256,
    supersample: int = 2,
    held_out: bool = False,
    device: torch.device | str = "cpu",
) -> RenderedBatch:
    """Render `count` random geometries of one form, or rows of any forms if `form` is None."""
    scenes = []
    for _ in range(count):
        if form is None:
            scene = sample_row(rng, held_out=held_out)
        else:
            scene = sample_attributes(rng, form=form, held_out=held_out)
        scenes.append(draw_looks(rng, scene, looks, held_out=held_out))
    rendered = render_scenes(scenes, rng, size=size, supersample=supersample, device=device)
    return RenderedBatch(
        to_bytes(rendered.pictures),
        to_bytes(rendered.lines)[..., 0],
        rendered.depth[:, 0].cpu().numpy(),
        [scene for group in scenes for scene in group],
    )
