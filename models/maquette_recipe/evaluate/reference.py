"""Renders that generated pictures are compared with: held-out combinations, never trained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import torch
from torch import Tensor

from maquette_recipe.captions import Caption, caption
from maquette_recipe.config import RenderConfig
from maquette_recipe.data.generate import render_all
from maquette_recipe.data.samples import draw_sample
from maquette_recipe.data.shards import Pictures
from maquette_recipe.evaluate.asked import PLAIN_NAMES
from maquette_recipe.render.batch import render_scenes
from maquette_recipe.world import Attributes

OWN_GEOMETRIES: Final = 64
OWN_LOOKS: Final = 3
STYLED_SHARE: Final = 0.4
"""As among the evaluation's captions."""


def render_own(
    folder: Path, config: RenderConfig, seed: int, *, workers: int = 2, device: str = "cpu"
) -> Iterator[tuple[int, int]]:
    """Render a few held-out pictures into `folder`, for an evaluation without a training folder.

    The same recipe and seed give the same pictures; yields (shards done, shards in all).
    """
    few = msgspec.structs.replace(config, batch=1, shard_batches=4, looks=OWN_LOOKS)
    yield from render_all(
        folder, few, seed, held_out=True, workers=workers, device=device, geometries=OWN_GEOMETRIES
    )


def single_rows(pictures: Pictures) -> list[int]:
    """Rows of pictures with one object."""
    return [i for i, scene in enumerate(pictures.scenes) if not scene.others]


def evenly(rows: list[int], count: int) -> list[int]:
    """At most `count` of `rows`, evenly spaced."""
    if len(rows) <= count:
        return rows
    return [rows[int(k)] for k in np.linspace(0, len(rows) - 1, count).round()]


def reference_pictures(
    pictures: Pictures, count: int, seed: int, *, styled_share: float = STYLED_SHARE
) -> tuple[Tensor, list[Attributes]]:
    """Up to `count` single objects (n, 3, H, W) in 0..1, a share of them in a random style."""
    drawn = [
        draw_sample(pictures, i, np.random.default_rng([seed, 23, i]), styled_share=styled_share)
        for i in evenly(single_rows(pictures), count)
    ]
    return torch.stack([picture for picture, _ in drawn]), [scene for _, scene in drawn]


@dataclass(frozen=True, slots=True)
class SketchSet:
    """Clean drawings uint8 (N, H, W), renders (N, 3, H, W) of each in 0..1, and their captions."""

    lines: np.ndarray
    renders: Tensor
    scenes: list[Attributes]
    captions: list[Caption]


def held_out_sketches(pictures: Pictures, count: int, seed: int) -> SketchSet:
    """Up to `count` different drawings, each with one of its looks and a caption of that look.

    Captions are English and Chinese in turn and state form, colour, material, setting and
    companions.
    """
    looks: dict[int, list[int]] = {}
    for row in range(len(pictures)):
        looks.setdefault(pictures.drawing(row), []).append(row)
    rows = []
    for number, drawing in enumerate(evenly(sorted(looks), count)):
        rows.append(looks[drawing][number % len(looks[drawing])])
    rng = np.random.default_rng([seed, 29])
    scenes = [pictures.scenes[row] for row in rows]
    captions = [
        caption(scene, rng, language=("en", "zh")[i % 2], names=PLAIN_NAMES | {"others"})
        for i, scene in enumerate(scenes)
    ]
    return SketchSet(
        np.stack([pictures.lines(row) for row in rows]),
        torch.from_numpy(np.stack([pictures[row] for row in rows])).permute(0, 3, 1, 2).float()
        / 255,
        scenes,
        captions,
    )


def variants(
    scene: Attributes, count: int, config: RenderConfig, seed: int, *, device: str = "cpu"
) -> Tensor:
    """Renders (count, 3, H, W) in 0..1, on the CPU, of one scene: other proportions, turns and
    cameras, the same words."""
    rendered = render_scenes(
        [[scene]] * count, np.random.default_rng([seed, 31]),
        size=config.size, supersample=config.supersample, device=device,
    )  # fmt: skip
    return rendered.pictures.cpu().float()
