"""A network that names what noisy latents show and tells those of renders from generated ones."""

from __future__ import annotations

import copy
from typing import Any, Final

import torch
from diffusers import UNet2DConditionModel
from torch import Tensor, nn
from torch.nn import functional as F

from maquette_recipe.shown import LABELS

CRITIC_NAMES: Final = ("form", "colour", "material", "style")
"""What it names."""
_HIDDEN: Final = 512
_PATCH_WIDTH: Final = 96
_GROUPS: Final = 8
_MAP: Final = 4
"""Side of the map that forms are named by."""


class Critic(nn.Module):
    """A discriminator that also names classes (arXiv:1610.09585), of latents at any noise level.

    It starts from the residual blocks of a UNet's encoder, without its attention: it sees no words.
    Mean and spread of the finest level know texture, mean and maximum of those between know parts,
    the map of the coarsest knows the form.
    """

    def __init__(self, unet: UNet2DConditionModel) -> None:
        super().__init__()
        own = copy.deepcopy(unet)
        widths = tuple(own.config["block_out_channels"])
        self.time_proj, self.time_embedding = own.time_proj, own.time_embedding
        self.conv_in = own.conv_in
        levels: Any = own.down_blocks
        self.blocks = nn.ModuleList([level.resnets[0] for level in levels])
        self.halvings = nn.ModuleList(
            [level.downsamplers[0] if level.downsamplers else nn.Identity() for level in levels]
        )
        self.norms = nn.ModuleList([nn.GroupNorm(_GROUPS, width) for width in widths])
        known = 2 * sum(widths[:-1]) + _MAP**2 * widths[-1]
        self.hidden = nn.Sequential(nn.Linear(known, _HIDDEN), nn.SiLU(), nn.Dropout(0.1))
        self.heads = nn.ModuleDict(
            {name: nn.Linear(_HIDDEN, len(LABELS[name])) for name in CRITIC_NAMES}
        )
        self.patches = nn.ModuleList([_patch_head(width) for width in widths])

    def forward(self, noisy: Tensor, timesteps: Tensor) -> tuple[dict[str, Tensor], list[Tensor]]:
        """Of latents (N, C, h, w) at timesteps (N,): logits (N, classes) by name, and for every
        level how real its places look (N, places), higher for renders."""
        embedded = self.time_embedding(self.time_proj(timesteps).to(noisy.dtype))
        maps, latents = [], self.conv_in(noisy)
        for block, norm, halving in zip(self.blocks, self.norms, self.halvings, strict=True):
            latents = block(latents, embedded)
            # In float32: compiled for bf16, the gradient of the spread below is not a number.
            maps.append(F.silu(norm(latents)).float())
            latents = halving(latents)
        finest, *between = maps[:-1]
        spread = finest.var((2, 3), unbiased=False).add(1e-4).sqrt()
        known = [finest.mean((2, 3)), spread]
        known += [part for level in between for part in (level.mean((2, 3)), level.amax((2, 3)))]
        known.append(F.adaptive_max_pool2d(maps[-1], _MAP).flatten(1))
        hidden = self.hidden(torch.cat(known, 1))
        named = {name: head(hidden).float() for name, head in self.heads.items()}
        real = [head(m).float().flatten(1) for head, m in zip(self.patches, maps, strict=True)]
        return named, real


def _patch_head(width: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(width, _PATCH_WIDTH, 3, padding=1), nn.SiLU(), nn.Conv2d(_PATCH_WIDTH, 1, 1)
    )
