"""Edges of a picture, found without learning, to compare with the drawing it was made from.

The detector is Canny's (A Computational Approach to Edge Detection, 1986) on the colour gradient
of Di Zenzo (A note on the gradient of a multi-image, 1986) in CIELAB, where equal distances look
about equally different: an edge between two colours of one brightness counts like any other, and
so does one between two dark tones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from scipy import ndimage
from torch import Tensor
from torch.nn import functional as F

_TO_XYZ: Final = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_WHITE: Final = (0.95047, 1.0, 1.08883)
_DELTA: Final = 6 / 29


SIGMA: Final = 0.7
"""Standard deviation of the Gaussian before the derivatives, in pixels. Of 0.7, 1.0 and 1.4 the
one at which renders agree best with their own drawings."""
STRENGTHS: Final = (3.0, 5.0, 7.0, 9.0, 12.0, 15.0, 20.0)
"""Gradients that start an edge, in CIELAB units per pixel, from faint to strong."""
FIXED_STRENGTH: Final = 9.0
"""The one of them at which renders agree best with their own drawings on average."""
LOW_SHARE: Final = 0.45
"""An edge goes on where its gradient is at least this share of the one that starts it."""
_EIGHT_NEIGHBOURS: Final = np.ones((3, 3), dtype=int)


def to_lab(pictures: Tensor) -> Tensor:
    """sRGB (N, 3, H, W) in 0..1 as CIELAB under D65: L in 0..100, a and b about -100..100.

    IEC 61966-2-1 for sRGB, CIE 15:2004 section 8.2.1 for CIELAB.
    """
    linear = torch.where(
        pictures <= 0.04045, pictures / 12.92, ((pictures.clamp_min(0) + 0.055) / 1.055) ** 2.4
    )
    matrix = torch.tensor(_TO_XYZ, device=pictures.device, dtype=pictures.dtype)
    white = torch.tensor(_WHITE, device=pictures.device, dtype=pictures.dtype)
    xyz = torch.einsum("ij,njhw->nihw", matrix / white[:, None], linear)
    f = torch.where(
        xyz > _DELTA**3, xyz.clamp_min(1e-12) ** (1 / 3), xyz / (3 * _DELTA**2) + 4 / 29
    )
    x, y, z = f.unbind(1)
    return torch.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], dim=1)


def _smooth(values: Tensor, sigma: float) -> Tensor:
    """Gaussian blur with replicated borders."""
    reach = max(1, round(3 * sigma))
    x = torch.arange(-reach, reach + 1, device=values.device, dtype=values.dtype)
    kernel = torch.exp(-0.5 * (x / sigma) ** 2)
    kernel = (kernel / kernel.sum()).expand(values.shape[1], 1, 1, -1)
    padded = F.pad(values, (reach, reach, reach, reach), mode="replicate")
    across = F.conv2d(padded, kernel, groups=values.shape[1])
    return F.conv2d(across, kernel.transpose(2, 3), groups=values.shape[1])


def colour_gradient(pictures: Tensor, sigma: float) -> tuple[Tensor, Tensor]:
    """Strength (N, H, W), in CIELAB units per pixel, and direction (N, H, W), in radians, of the
    steepest change of colour."""
    padded = F.pad(_smooth(to_lab(pictures), sigma), (1, 1, 1, 1), mode="replicate")
    dx = (padded[..., 1:-1, 2:] - padded[..., 1:-1, :-2]) / 2
    dy = (padded[..., 2:, 1:-1] - padded[..., :-2, 1:-1]) / 2
    xx, yy, xy = dx.square().sum(1), dy.square().sum(1), (dx * dy).sum(1)
    spread = ((xx - yy).square() + 4 * xy.square()).sqrt()
    strength = ((xx + yy + spread) / 2).clamp_min(0).sqrt()
    return strength, 0.5 * torch.atan2(2 * xy, xx - yy)


def _thin(strength: Tensor, direction: Tensor) -> Tensor:
    """Whether a pixel is at least as strong as both neighbours across the edge, (N, H, W)."""
    sector = torch.round(direction / (torch.pi / 4)).long() % 4
    padded = F.pad(strength[:, None], (1, 1, 1, 1), mode="replicate")[:, 0]
    height, width = strength.shape[-2:]
    kept = torch.zeros_like(strength, dtype=torch.bool)
    for number, (dx, dy) in enumerate(((1, 0), (1, 1), (0, 1), (-1, 1))):
        ahead = padded[:, 1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        behind = padded[:, 1 - dy : 1 - dy + height, 1 - dx : 1 - dx + width]
        kept |= (sector == number) & (strength >= ahead) & (strength > behind)
    return kept


def linked(ridge: np.ndarray, strength: np.ndarray, start: float) -> np.ndarray:
    """Canny's hysteresis: chains of `ridge` (H, W) bool that reach `start` somewhere.

    Chains end where the strength (H, W) falls below `LOW_SHARE` of `start`. Returns (H, W) bool.
    """
    chains = np.zeros(ridge.shape, dtype=np.int32)
    ndimage.label(ridge & (strength >= LOW_SHARE * start), _EIGHT_NEIGHBOURS, output=chains)
    strongest = np.zeros(int(chains.max()) + 1, dtype=strength.dtype)
    np.maximum.at(strongest, chains.ravel(), strength.ravel())
    kept = strongest >= start
    kept[0] = False  # what belongs to no chain
    return kept[chains]


@torch.no_grad()
def picture_edges(pictures: Tensor, starts: Sequence[float] = (FIXED_STRENGTH,)) -> np.ndarray:
    """One-pixel-wide edges (N, len(starts), H, W) bool of pictures (N, 3, H, W) in 0..1.

    One set of edges for each of `starts`, the gradient at which an edge begins.
    """
    strength, direction = colour_gradient(pictures.float(), SIGMA)
    ridges, values = _thin(strength, direction).cpu().numpy(), strength.cpu().numpy()
    return np.stack([
        np.stack([linked(ridge, value, start) for start in starts])
        for ridge, value in zip(ridges, values, strict=True)
    ])  # fmt: skip
