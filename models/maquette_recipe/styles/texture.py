"""Random textures and regular screens: noise, paper, canvas, dots, lines.

All are functions of a NumPy generator and a tensor that gives size and device. Random numbers are
drawn on the CPU, so that a seed means the same on every device.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.styles.filters import REFERENCE, blur, colour


def coordinates(like: Tensor) -> tuple[Tensor, Tensor]:
    """Pixel centres (x, y), each (H, W), in reference pixels."""
    height, width = like.shape[-2:]
    scale = REFERENCE / height
    y = (torch.arange(height, device=like.device) + 0.5) * scale
    x = (torch.arange(width, device=like.device) + 0.5) * scale
    return x.expand(height, width), y[:, None].expand(height, width)


def turned(like: Tensor, angle: float) -> tuple[Tensor, Tensor]:
    """Coordinates about the middle in a frame turned by `angle` (radians)."""
    x, y = coordinates(like)
    x, y = x - REFERENCE / 2, y - REFERENCE / 2
    c, s = math.cos(angle), math.sin(angle)
    return c * x + s * y, c * y - s * x


def random(rng: np.random.Generator, shape: tuple[int, ...], like: Tensor) -> Tensor:
    """Independent standard normal numbers."""
    return torch.from_numpy(rng.standard_normal(shape, dtype=np.float32)).to(like.device)


def noise(
    rng: np.random.Generator, like: Tensor, period: float, stretch: float = 1.0
) -> Tensor:  # fmt: skip
    """Smooth noise (H, W) of mean 0 and deviation about 0.7, with features `period` wide.

    `stretch` makes features that many times longer sideways than they are high.
    """
    height, width = like.shape[-2:]
    rows = max(2, math.ceil(REFERENCE / period))
    columns = max(2, math.ceil(REFERENCE * width / height / period / stretch))
    small = random(rng, (1, 1, rows, columns), like)
    return F.interpolate(small, (height, width), mode="bicubic", align_corners=False)[0, 0]


def fractal(rng: np.random.Generator, like: Tensor, period: float, octaves: int = 3) -> Tensor:
    """Noise (H, W) summed over octaves of halving period and weight; mean 0, deviation near 1."""
    total = noise(rng, like, period)
    for i in range(1, octaves):
        total = total + noise(rng, like, period / 2**i) * 0.5**i
    return total


def wobble(rng: np.random.Generator, like: Tensor, amount: float, period: float) -> tuple[
    Tensor, Tensor
]:  # fmt: skip
    """Displacements (dx, dy) of an unsteady hand, each (H, W), about `amount` reference pixels."""
    return amount * noise(rng, like, period), amount * noise(rng, like, period)


def paper(rng: np.random.Generator, like: Tensor, code: str, roughness: float = 0.03) -> Tensor:
    """A sheet of paper (3, H, W) of this colour, with fibres and slow blotches."""
    grain = noise(rng, like, 3.2) + 0.6 * noise(rng, like, 5, 2.5) + 0.6 * noise(rng, like, 60)
    return (colour(code, like) + roughness * 0.6 * grain).clamp(0, 1)


def weave(like: Tensor, period: float) -> Tensor:
    """The height (H, W) of a plain weave, in -1..1, for canvas and linen."""
    x, y = coordinates(like)
    u, v = x * math.pi / period, y * math.pi / period
    over = torch.sign(torch.sin(u) * torch.sin(v))
    return torch.where(over > 0, torch.sin(u * 2).abs(), -torch.sin(v * 2).abs()) * 0.5 + 0.5 * over


def dots(like: Tensor, period: float, angle: float) -> Tensor:
    """A clustered-dot halftone screen (H, W) in 0..1, largest in the middle of a dot."""
    u, v = turned(like, angle)
    k = 2 * math.pi / period
    return 0.5 + 0.25 * (torch.cos(k * u) + torch.cos(k * v))


def rounds(like: Tensor, period: float, angle: float) -> Tensor:
    """Distance (H, W) from the nearest dot's middle, in periods; dots stay round when they grow."""
    u, v = turned(like, angle)
    u, v = u / period, v / period
    u, v = u - torch.round(u), v - torch.round(v)
    return torch.sqrt(u * u + v * v)


def rules(at: Tensor, period: float) -> Tensor:
    """Distance from the nearest of parallel lines in 0..1, for positions `at` in any frame."""
    return (2 * (at / period - torch.round(at / period))).abs()


def threshold(x: Tensor, screen: Tensor, softness: float = 0.12) -> Tensor:
    """Ink (H, W), 1 where darkness `x` exceeds what `screen` asks for, with a soft edge."""
    return ((x - screen) / softness + 0.5).clamp(0, 1)


def bayer(order: int) -> np.ndarray:
    """Bayer's ordered dither matrix (Bayer 1973), 2^order on a side, thresholds in 0..1."""
    matrix = np.zeros((1, 1))
    for _ in range(order):
        matrix = np.block([[4 * matrix, 4 * matrix + 2], [4 * matrix + 3, 4 * matrix + 1]])
    return ((matrix + 0.5) / matrix.size).astype(np.float32)


def vignette(like: Tensor) -> Tensor:
    """0 in the middle of the picture, about 1 in its corners; (H, W)."""
    height, width = like.shape[-2:]
    x, y = coordinates(like)
    u, v = x / (REFERENCE * width / height) - 0.5, y / REFERENCE - 0.5
    return (2 * (u * u + v * v)).clamp(0, 1)


def border(rng: np.random.Generator, like: Tensor, margin: float, ragged: float) -> Tensor:
    """1 inside a rectangle `margin` from the rim, 0 outside, with an edge `ragged` pixels rough."""
    height, width = like.shape[-2:]
    x, y = coordinates(like)
    inner = torch.minimum(
        torch.minimum(x, REFERENCE * width / height - x), torch.minimum(y, REFERENCE - y)
    )
    if ragged:
        inner = inner + ragged * (noise(rng, like, 26) + 0.5 * noise(rng, like, 5))
    return ((inner - margin) / 1.5 + 0.5).clamp(0, 1)


def speckle(rng: np.random.Generator, like: Tensor, period: float, share: float) -> Tensor:
    """Round-ish specks (H, W), 1 in a speck; `share` of the area, `period` apart."""
    field = noise(rng, like, period)
    level = torch.quantile(field[::4, ::4].flatten(), 1 - share)
    return blur((field > level).float(), 0.6)
