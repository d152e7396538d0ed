"""What a phone adds to a sketch: uneven light, shadows, a colour cast, softness, noise, JPEG.

Works on pictures (N, 3, H, W) in 0..1.
"""

from __future__ import annotations

import math
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.sketch.draws import Draws
from maquette_recipe.sketch.filters import blurred

_BLOCK: Final = 8
_LUMINANCE_TABLE: Final = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip
"""Quantisation steps of ITU-T T.81, table K.1."""


def lit(picture: Tensor, draws: Draws) -> Tensor:
    """Under a lamp from one side, darker at the corners, through a camera's white balance."""
    x, y = draws.plane()
    angle = draws.uniform(0, 2 * math.pi)
    along = torch.cos(angle) * x + torch.sin(angle) * y
    light = 1 - draws.uniform(0, 0.16) * (1 + along)
    light = light - draws.uniform(0, 0.14) * (x.square() + y.square())
    warm = draws.uniform(-0.06, 0.09, 1)
    tint = draws.uniform(-0.02, 0.02, 1)
    cast = torch.cat([1 + warm, 1 + tint, 1 - 1.3 * warm], dim=1)
    return picture * light[:, None] * cast[..., None, None]


def shadowed(picture: Tensor, draws: Draws) -> Tensor:
    """With the soft shadow of a hand or of the phone across one side."""
    x, y = draws.plane()
    angle = draws.uniform(0, 2 * math.pi)
    along = torch.cos(angle) * x + torch.sin(angle) * y
    edge = along + 0.35 * draws.smooth(90)[:, 0] - draws.uniform(0.0, 0.8)
    shade = torch.sigmoid(edge * draws.uniform(5, 25)) * draws.uniform(0.12, 0.42)
    return picture * (1 - shade[:, None])


def softened(picture: Tensor, draws: Draws) -> Tensor:
    """Out of focus by up to about a pixel."""
    return torch.lerp(picture, blurred(picture), draws.uniform(0, 1, 1, 1, 1))


def noisy(picture: Tensor, draws: Draws) -> Tensor:
    """With a sensor's noise, the same in all channels."""
    return picture + (draws.noise() * draws.uniform(0.003, 0.025))[:, None]


def jpeg(picture: Tensor, draws: Draws) -> Tensor:
    """As it comes back from JPEG (ITU-T T.81) at qualities of about 25 to 80.

    Every channel is quantised with the luminance table. Height and width must be multiples of 8.
    """
    count, channels, height, width = picture.shape
    basis = _cosines(picture.device)
    table = torch.tensor(_LUMINANCE_TABLE, device=picture.device).view(_BLOCK, _BLOCK) / 255
    steps = (table * draws.uniform(0.4, 2.0)).view(count, 1, 1, 1, _BLOCK, _BLOCK)
    blocks = picture.reshape(
        count, channels, height // _BLOCK, _BLOCK, width // _BLOCK, _BLOCK
    ).transpose(3, 4)
    frequencies = basis @ blocks @ basis.T
    frequencies = (frequencies / steps).round() * steps
    return (basis.T @ frequencies @ basis).transpose(3, 4).reshape(picture.shape)


def _cosines(device: torch.device) -> Tensor:
    """The orthonormal DCT-II matrix (8, 8)."""
    k = torch.arange(_BLOCK, device=device, dtype=torch.float32)
    matrix = torch.cos(math.pi / _BLOCK * (k[None] + 0.5) * k[:, None]) * math.sqrt(2 / _BLOCK)
    matrix[0] /= math.sqrt(2)
    return matrix
