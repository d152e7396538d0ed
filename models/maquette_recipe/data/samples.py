"""Training samples: rendered pictures as they are, or in an art style."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.data.shards import Pictures
from maquette_recipe.styles.catalogue import apply_style
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.world import PLAIN, STYLES, Attributes

PAINTED_STYLES = tuple(style for style in STYLES if style != PLAIN)


def open_sheet(
    pictures: Pictures, index: int, *, mirrored: bool = False, device: torch.device | str = "cpu"
) -> Sheet:
    """Picture `index` with its line drawing and depth, as style operators take them."""
    layers = [pictures[index], pictures.lines(index), pictures.depth(index)]
    if mirrored:
        layers = [layer[:, ::-1] for layer in layers]
    picture, lines, depth = (
        torch.from_numpy(np.ascontiguousarray(layer)).to(device).float() / 255 for layer in layers
    )
    return Sheet(picture.permute(2, 0, 1), lines, depth)


def draw_sample(
    pictures: Pictures,
    index: int,
    rng: np.random.Generator,
    *,
    styled_share: float,
    styles: Sequence[str] = PAINTED_STYLES,
    mirrored: bool = False,
    device: torch.device | str = "cpu",
) -> tuple[Tensor, Attributes]:
    """Picture `index` (3, H, W) in 0..1 and what it shows, with probability `styled_share` in a
    random one of `styles`."""
    scene = pictures.scenes[index]
    if mirrored:
        scene = scene.mirrored()
    sheet = open_sheet(pictures, index, mirrored=mirrored, device=device)
    if rng.random() >= styled_share:
        return sheet.picture, scene
    style = str(rng.choice(styles))
    # Operators count on float32, also where the caller computes in half precision.
    with torch.autocast(sheet.picture.device.type, enabled=False):
        return apply_style(style, sheet, rng), dataclasses.replace(scene, style=style)


def draw_samples(
    pictures: Pictures,
    rng: np.random.Generator,
    count: int,
    *,
    styled_share: float,
    device: torch.device | str = "cpu",
) -> tuple[Tensor, list[Attributes]]:
    """`count` random samples (count, 3, H, W), half of them mirrored."""
    drawn = [
        draw_sample(
            pictures, int(index), rng, styled_share=styled_share, mirrored=bool(rng.random() < 0.5),
            device=device,
        )
        for index in rng.integers(len(pictures), size=count)
    ]  # fmt: skip
    return torch.stack([picture for picture, _ in drawn]), [scene for _, scene in drawn]
