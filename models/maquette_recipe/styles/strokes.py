"""Strokes that follow the form: direction fields, line integral convolution, dabs, hatching."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.styles.filters import REFERENCE, blur, gradient, smoothstep, thicken, warp
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.styles.texture import coordinates, noise, random, rules, threshold, turned


def directions(sheet: Sheet, rng: np.random.Generator, sigma: float = 5.0) -> Tensor:
    """Unit vectors (2, H, W) along the form, from the smoothed structure tensor.

    The tensor of luminance and depth (Brox et al. 2006; as in Kyprianidis and Kang 2011). Where
    it says nothing, strokes take one slowly turning direction, as a hand does on a background.
    """
    dx, dy = gradient(blur(0.6 * sheet.light + 0.8 * sheet.depth, 1.2))
    tensor = blur(torch.stack([dx * dx, dy * dy, dx * dy]), sigma)
    lean = rng.uniform(0, math.pi) + 0.5 * noise(rng, sheet.light, 90)
    e, g, f = tensor
    # Twice the angle of the tangent: a half turn away from the gradient's.
    c = g - e + 4e-6 * torch.cos(2 * lean)
    s = -2 * f + 4e-6 * torch.sin(2 * lean)
    angle = 0.5 * torch.atan2(s, c)
    return torch.stack([torch.cos(angle), torch.sin(angle)])


def line_integral(rng: np.random.Generator, direction: Tensor, length: float, width: float) -> (
    Tensor
):  # fmt: skip
    """Streaks (H, W) of mean 0 along `direction` (2, H, W): line integral convolution.

    Cabral and Leedom 1993, on a grid of half the size, with streaks about `width` wide and
    `length` long.
    """
    height, width_px = direction.shape[-2:]
    half = F.interpolate(direction[None], scale_factor=0.5, mode="nearest")[0]
    grain = noise(rng, half, width)
    taps = max(2, round(length / 6))
    total = grain.clone()
    for sign in (1, -1):
        dx, dy = torch.zeros_like(grain), torch.zeros_like(grain)
        heading = sign * half
        for _ in range(taps):
            dx, dy = dx + 3 * heading[0], dy + 3 * heading[1]
            here = warp(torch.cat([grain[None], half]), dx, dy)
            total += here[0]
            # A direction has no sign; keep to the one that goes on.
            forward = torch.sign((here[1:] * heading).sum(0) + 1e-9)
            heading = here[1:] * forward
    total = total / total.std().clamp_min(1e-6)
    return F.interpolate(total[None, None], (height, width_px), mode="bilinear")[0, 0]


@dataclass(frozen=True, slots=True)
class Dabs:
    """Painted dabs: `colour` (3, H, W), `height` (H, W) in 0..1, `cover` (H, W) in 0..1."""

    colour: Tensor
    height: Tensor
    cover: Tensor


def dabs(
    rng: np.random.Generator,
    picture: Tensor,
    direction: Tensor,
    *,
    spacing: float,
    length: float,
    width: float,
    vary: float = 0.05,
    turn: float = 0.15,
    bristles: float = 0.0,
) -> Dabs:
    """Paint dabs on a jittered grid, each in the colour under its middle.

    After Litwinowicz 1997: a dab is an ellipse of `length` by `width` along `direction`
    (2, H, W), `spacing` apart, the upper ones hiding the lower ones. `vary` is how far colours
    stray, `turn` (radians) how far directions do, `bristles` how deep the furrows are.
    """
    height, wide = picture.shape[-2:]
    scale = REFERENCE / height
    rows, columns = math.ceil(REFERENCE / spacing), math.ceil(wide * scale / spacing)
    ys = (torch.arange(rows, device=picture.device)[:, None] + 0.5) * spacing
    xs = (torch.arange(columns, device=picture.device)[None] + 0.5) * spacing
    cy = ys + 0.3 * spacing * random(rng, (rows, columns), picture).clamp(-1.5, 1.5)
    cx = xs + 0.3 * spacing * random(rng, (rows, columns), picture).clamp(-1.5, 1.5)
    row = (cy / scale).long().clamp(0, height - 1)
    column = (cx / scale).long().clamp(0, wide - 1)
    way = direction[:, row, column]
    angle = torch.atan2(way[1], way[0]) + turn * random(rng, (rows, columns), picture)
    tint = picture[:, row, column] + vary * (
        random(rng, (1, rows, columns), picture) + 0.6 * random(rng, (3, rows, columns), picture)
    )
    order = torch.from_numpy(rng.random((rows, columns), dtype=np.float32)).to(picture.device)
    table = torch.cat(
        [torch.stack([cx, cy, torch.cos(angle), torch.sin(angle), torch.exp(14 * order)]), tint]
    )
    # A neighbour further away than this covers a pixel only at the tip of a displaced dab.
    reach = max(1, math.ceil(0.5 * max(length, width) / spacing - 0.15))
    table = F.pad(table[None], (reach,) * 4, mode="replicate")[0]
    x, y = coordinates(picture)
    at_row = (y[:, 0] / spacing).long()
    at_column = (x[0] / spacing).long()
    paint = torch.zeros(5, height, wide, device=picture.device)
    cover = torch.zeros(height, wide, device=picture.device)
    edge = 0.25 * width
    for down in range(2 * reach + 1):
        band = table.index_select(1, at_row + down)
        for across in range(2 * reach + 1):
            cell = band.index_select(2, at_column + across)
            dx, dy = x - cell[0], y - cell[1]
            u = (dx * cell[2] + dy * cell[3]) * (2 / length)
            v = (dy * cell[2] - dx * cell[3]) * (2 / width)
            left = 1 - (u * u + v * v)
            alpha = (left * edge + 0.5).clamp(0, 1)
            weight = alpha * cell[4]
            relief = left.clamp_min(0).sqrt()
            if bristles:
                relief = relief * (1 + bristles * torch.cos(9 * v))
            paint[:3].addcmul_(cell[5:], weight)
            paint[3].addcmul_(relief, weight)
            paint[4] += weight
            cover = torch.maximum(cover, alpha)
    paint[:4] /= paint[4].clamp_min(1e-6)
    shown = torch.where(cover > 0, paint[:3], picture)
    return Dabs(shown.clamp(0, 1), paint[3].clamp(0, 2), cover)


def hatching(
    rng: np.random.Generator,
    darkness: Tensor,
    angle: float,
    period: float,
    *,
    curl: float = 1.2,
    sharpness: float = 1.0,
) -> Tensor:
    """Parallel strokes (H, W) of ink in 0..1 whose width and presence follow `darkness` (H, W).

    The tonal idea of Praun et al. 2001 with procedural strokes: lines `period` apart at `angle`
    (radians), bent by `curl` pixels, that thin out and break where it is light.
    """
    u, v = turned(darkness, angle)
    breaks = noise(rng, darkness, 14)
    distance = rules(v + curl * noise(rng, darkness, 40), period)
    ends = 0.14 * breaks + 0.06 * torch.sin(u / 9)
    wanted = (darkness + ends * smoothstep(0.02, 0.2, darkness)).clamp(0, 1)
    ink = threshold(wanted * 0.92, distance, 1.6 / period / sharpness)
    return ink * smoothstep(0.04, 0.16, wanted)


def cross_hatching(rng: np.random.Generator, tone: Tensor, angle: float, period: float) -> Tensor:
    """Ink (H, W) of up to three layers of hatching; each begins at a darker tone (Praun 2001)."""
    dark = 1 - tone
    ink = hatching(rng, (dark * 1.3).clamp(0, 0.6), angle, period)
    second = hatching(rng, ((dark - 0.4) * 1.8).clamp(0, 0.6), angle + 1.1, period)
    third = hatching(rng, ((dark - 0.66) * 2.4).clamp(0, 0.6), angle + 0.5, period)
    return torch.maximum(torch.maximum(ink, second), third)


def hand_lines(rng: np.random.Generator, sheet: Sheet, amount: float, repeats: int = 1) -> Tensor:
    """The drawing's ink (H, W) as an unsteady hand repeats it, with changing pressure."""
    total = torch.zeros_like(sheet.ink)
    for _ in range(repeats):
        dx, dy = amount * noise(rng, sheet.ink, 34), amount * noise(rng, sheet.ink, 34)
        pressure = (0.8 + 0.25 * noise(rng, sheet.ink, 22)).clamp(0.25, 1)
        total = torch.maximum(total, warp(sheet.ink, dx, dy) * pressure)
    return total


def silhouette(sheet: Sheet, width: float) -> Tensor:
    """The outline alone as a line of this width, ink (H, W) in 0..1."""
    mask = (sheet.depth > 0).float()
    grown = thicken(mask, width)
    kept = 1 - thicken(1 - mask, width)
    return blur((grown - kept).clamp(0, 1), 0.5)
