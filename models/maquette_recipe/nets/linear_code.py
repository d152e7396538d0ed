"""The encoder: the best linear code of 16 × 16 patches, found by principal component analysis.

It needs no training, so every minute of compute goes into the decoder and the UNet, and latents of
any number of pictures cost one matrix product. The code is written into the weights of an ordinary
AutoencoderTiny encoder without residual blocks, where four strided convolutions compute exactly
the same products.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from diffusers import AutoencoderTiny
from torch import Tensor, nn
from torch.nn import functional as F

WHITENING: Final = 0.5
"""Exponent that evens out the channels' spread: 0 keeps that of the pictures, where brightness
outweighs everything, 1 makes fine detail as loud as brightness."""
_HALVINGS: Final = 4


@dataclass(frozen=True, slots=True)
class LinearCode:
    """`weight` (C, 3, p, p) and `bias` (C,): latents of pictures in 0..1 by patches of p pixels."""

    weight: Tensor
    bias: Tensor

    def encode(self, pictures: Tensor) -> Tensor:
        """Latents (N, C, H/p, W/p) of pictures (N, 3, H, W) in 0..1."""
        patch = self.weight.shape[-1]
        patches = F.pixel_unshuffle(pictures, patch)  # (N, 3*p*p, h, w)
        return torch.einsum("cd,ndhw->nchw", self.weight.flatten(1), patches) + self.bias.view(
            1, -1, 1, 1
        )


def fit_linear_code(pictures: Tensor, channels: int, loudest: float) -> LinearCode:
    """Principal components of the patches of `pictures` (N, 3, H, W) in 0..1.

    Channels are ordered by importance. `loudest` is the spread of the first, which is brightness:
    it decides how much noise hides a large shape, however many channels of detail there are.
    """
    patch = 2**_HALVINGS
    rows = F.pixel_unshuffle(pictures.float(), patch).permute(0, 2, 3, 1).flatten(0, 2)
    rows = torch.cat([rows, _mirrored_rows(rows, patch)])
    mean, values, vectors = principal_components(rows)
    values, vectors = values[:channels], vectors[:, :channels]
    spread = values.sqrt()
    target = loudest * (spread / spread[0]) ** (1 - WHITENING)
    weight = (vectors * (target / spread)).T.contiguous()  # (C, 3*p*p)
    return LinearCode(weight.view(channels, 3, patch, patch), -(weight @ mean))


def principal_components(rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Mean (D,), variances (D,) and unit vectors (D, D), one per column, of `rows` (M, D); the
    component with the largest variance comes first."""
    mean = rows.mean(0)
    values, vectors = torch.linalg.eigh((rows - mean).T @ (rows - mean) / len(rows))
    return mean, values.flip(0), vectors.flip(1)


def _mirrored_rows(rows: Tensor, patch: int) -> Tensor:
    """Patches (M, 3*p*p) of the mirror images."""
    return rows.view(-1, 3, patch, patch).flip(-1).flatten(1)


@torch.no_grad()
def write_encoder(model: AutoencoderTiny, code: LinearCode) -> None:
    """Make the model's encoder compute `code` exactly.

    The encoder must have no residual blocks and at least 4 C and 48 channels. The first two
    strided convolutions only rearrange pixels, so that every feature map then holds the 48 values
    of a 4 × 4 patch. The third takes, for each of the four 8 × 8 quarters of a patch, the part of
    every component that lies in it; the fourth adds the quarters up.
    """
    first, *strided, last = [m for m in model.encoder.layers if isinstance(m, nn.Conv2d)]
    for layer in (first, *strided, last):
        layer.weight.zero_()
    channels = len(code.weight)
    for c in range(3):
        first.weight[c, c, 1, 1] = 1.0
    offsets = [(y, x) for y in range(2) for x in range(2)]
    for layer, before in ((strided[0], 3), (strided[1], 12)):
        for i, (y, x) in enumerate(offsets):
            for c in range(before):
                layer.weight[i * before + c, c, 1 + y, 1 + x] = 1.0
    # Feature f of a 4 × 4 patch is colour f % 3 at the pixel that two rearrangements give it.
    for f in range(48):
        colour, inner, outer = f % 3, f // 3 % 4, f // 12
        (iy, ix), (oy, ox) = offsets[inner], offsets[outer]
        py, px = 2 * oy + iy, 2 * ox + ix
        for q, (qy, qx) in enumerate(offsets):
            for ty, tx in offsets:
                values = code.weight[:, colour, 8 * qy + 4 * ty + py, 8 * qx + 4 * tx + px]
                rows = slice(q * channels, (q + 1) * channels)
                strided[2].weight[rows, f, 1 + ty, 1 + tx] = values
    for q, (qy, qx) in enumerate(offsets):
        for c in range(channels):
            strided[3].weight[c, q * channels + c, 1 + qy, 1 + qx] = 1.0
            last.weight[c, c, 1, 1] = 1.0
    assert first.bias is not None
    assert last.bias is not None
    first.bias.zero_()
    last.bias.copy_(code.bias)


def read_encoder(model: AutoencoderTiny) -> LinearCode:
    """The code that a written encoder computes."""
    first, *_, last = [m for m in model.encoder.layers if isinstance(m, nn.Conv2d)]
    del first
    channels, patch = last.out_channels, 2**_HALVINGS
    probe = torch.eye(3 * patch * patch).view(-1, 3, patch, patch)
    assert last.bias is not None
    with torch.no_grad():
        response = model.encode(probe * 2 - 1).latents.flatten(1)  # pyright: ignore
        weight = (response - last.bias).T.reshape(channels, 3, patch, patch)
    return LinearCode(weight.contiguous(), last.bias.detach().clone())
