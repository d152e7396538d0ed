"""Starting weights that let a picture pass through the deep decoder from the first step.

The default initialisation of convolutions shrinks signals layer by layer, and a decoder without
normalisation then spends thousands of steps before colours come through. Here residual branches
start at zero (as in Fixup, arXiv:1901.09321), the convolutions between them as a blur that keeps
every channel, and the last convolution as the least-squares fit to pictures.
"""

from __future__ import annotations

import math
from typing import Final

import torch
from diffusers import AutoencoderTiny
from diffusers.models.autoencoders.vae import AutoencoderTinyBlock
from torch import Tensor, nn
from torch.nn import functional as F

_NOISE: Final = 0.25
"""Spread of the random part of the blurring convolutions, relative to variance-preserving."""


@torch.no_grad()
def start_decoder(model: AutoencoderTiny, latents: Tensor, pictures: Tensor) -> None:
    """Overwrite the decoder's weights; it then paints blurred pictures in the right colours.

    `latents` (N, C, h, w) and `pictures` (N, 3, H, W) in 0..1 belong together.
    """
    layers = list(model.decoder.layers)
    for block in layers:
        if isinstance(block, AutoencoderTinyBlock):
            branch = [m for m in block.conv if isinstance(m, nn.Conv2d)]
            for convolution in branch[:-1]:
                nn.init.kaiming_normal_(convolution.weight, nonlinearity="relu")
            nn.init.zeros_(branch[-1].weight)
    first, *links, last = [m for m in layers if isinstance(m, nn.Conv2d)]
    loud = 1.0 / float(latents.std())
    nn.init.normal_(first.weight, std=0.3 * loud / math.sqrt(9 * first.in_channels))
    signs = torch.arange(first.out_channels)
    for channel in signs.tolist():
        source = channel // 2 % first.in_channels
        first.weight[channel, source, 1, 1] += loud if channel % 2 == 0 else -loud
    for link in links:
        _start_link(link)
    features = latents
    features = torch.tanh(features / 3) * 3
    for layer in layers[:-1]:
        features = layer(features)
    columns = F.unfold(features, 3, padding=1, stride=1)  # (N, 9 W, H*W)
    some = torch.randperm(columns.shape[-1])[:1500]
    x = columns[..., some].permute(0, 2, 1).flatten(0, 1)
    y = pictures.flatten(2)[..., some].permute(0, 2, 1).flatten(0, 1)
    x = torch.cat([x, torch.ones(len(x), 1)], dim=1)
    ridge = 1e-3 * len(x) * torch.eye(x.shape[1])
    solution = torch.linalg.solve(x.T @ x + ridge, x.T @ y)  # (9 W + 1, 3)
    last.weight.copy_(solution[:-1].T.reshape(last.weight.shape))
    assert last.bias is not None
    last.bias.copy_(solution[-1])


def _start_link(link: nn.Conv2d) -> None:
    """A convolution that follows an upsampling."""
    nn.init.normal_(link.weight, std=_NOISE / math.sqrt(9 * link.in_channels))
    tent = torch.tensor([0.25, 0.5, 0.25])
    for channel in range(link.out_channels):
        link.weight[channel, channel] += tent[:, None] * tent[None, :]
    if link.bias is not None:
        nn.init.zeros_(link.bias)
