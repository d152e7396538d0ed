"""Filters that the styles share: blurring, edges, smoothing that keeps edges, tone and colour.

Lengths are in 1/256 of a picture's height, so that a style looks the same at every size.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional as F

REFERENCE = 256
"""Height in whose pixels all lengths are given."""


def luminance(picture: Tensor) -> Tensor:
    """Luma (H, W) of an sRGB picture (3, H, W), with the weights of Rec. 709."""
    return 0.2126 * picture[0] + 0.7152 * picture[1] + 0.0722 * picture[2]


def smoothstep(low: float, high: float, x: Tensor) -> Tensor:
    """0 below `low`, 1 above `high`, a cubic between them; `low` may be the larger one."""
    t = ((x - low) / (high - low)).clamp(0, 1)
    return t * t * (3 - 2 * t)


def colour(code: str, like: Tensor) -> Tensor:
    """The colour "#rrggbb" as (3, 1, 1) in 0..1, on the device of `like`."""
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return torch.tensor(parts, device=like.device).view(3, 1, 1)


def _convolve(x: Tensor, sigma: float) -> Tensor:
    """Separable Gaussian of (C, 1, H, W), `sigma` in pixels."""
    radius = max(1, math.ceil(2.6 * sigma))
    at = torch.arange(-radius, radius + 1, device=x.device, dtype=x.dtype)
    kernel = torch.exp(-0.5 * (at / sigma) ** 2)
    kernel = kernel / kernel.sum()
    x = F.conv2d(F.pad(x, (radius, radius, 0, 0), mode="replicate"), kernel.view(1, 1, 1, -1))
    return F.conv2d(F.pad(x, (0, 0, radius, radius), mode="replicate"), kernel.view(1, 1, -1, 1))


def blur(x: Tensor, sigma: float) -> Tensor:
    """Gaussian blur of (..., H, W); wide blurs are computed on a smaller grid."""
    height, width = x.shape[-2:]
    flat = x.reshape(-1, 1, height, width)
    pixels = max(sigma * height / REFERENCE, 0.25)
    factor = 2 ** max(0, math.floor(math.log2(pixels / 1.2)))
    factor = min(factor, max(1, min(height, width) // 8))
    if factor == 1:
        return _convolve(flat, pixels).view_as(x)
    small = F.interpolate(flat, (max(1, height // factor), max(1, width // factor)), mode="area")
    small = _convolve(small, pixels / factor)
    return F.interpolate(small, (height, width), mode="bilinear").view_as(x)


def thicken(ink: Tensor, width: float) -> Tensor:
    """Grow what is light in (H, W) by a round-ish brush of this diameter, edges kept soft."""
    size = 2 * round(width * ink.shape[-2] / REFERENCE / 2) + 1
    if size < 3:
        return ink
    grown = F.max_pool2d(ink[None, None], (1, size), stride=1, padding=(0, size // 2))
    grown = F.max_pool2d(grown, (size, 1), stride=1, padding=(size // 2, 0))[0, 0]
    return smoothstep(0.28, 0.72, blur(grown, 0.28 * width)) if width >= 3 else blur(grown, 0.6)


def gradient(x: Tensor) -> tuple[Tensor, Tensor]:
    """Central differences (d/dx, d/dy) of (H, W), per reference pixel."""
    padded = F.pad(x[None, None], (1, 1, 1, 1), mode="replicate")[0, 0]
    scale = 0.5 * x.shape[-2] / REFERENCE
    return (
        scale * (padded[1:-1, 2:] - padded[1:-1, :-2]),
        scale * (padded[2:, 1:-1] - padded[:-2, 1:-1]),
    )


def emboss(height: Tensor, angle: float, strength: float) -> Tensor:
    """Light on a relief: (H, W), 0 where it is flat, positive where it faces the light.

    `height` is in reference pixels when `strength` is 1; `angle` (radians) is where light comes
    from, 0 = right, growing clockwise.
    """
    dx, dy = gradient(height)
    slope = strength * -(dx * math.cos(angle) + dy * math.sin(angle))
    return slope / (1 + slope.abs())


def warp(x: Tensor, dx: Tensor | float, dy: Tensor | float) -> Tensor:
    """Sample (C, H, W) or (H, W) at places moved by (dx, dy) reference pixels, edges repeated."""
    height, width = x.shape[-2:]
    flat = x.reshape(1, -1, height, width)
    ys = (torch.arange(height, device=x.device) * 2 + 1) / height - 1
    xs = (torch.arange(width, device=x.device) * 2 + 1) / width - 1
    at_x = xs[None, :] + dx * (2 * height / width / REFERENCE) + 0 * ys[:, None]
    at_y = ys[:, None] + dy * (2 / REFERENCE) + 0 * xs[None, :]
    grid = torch.stack([at_x, at_y], -1)[None]
    moved = F.grid_sample(flat, grid, padding_mode="border", align_corners=False)
    return moved.view_as(x)


def kuwahara(picture: Tensor, radius: float) -> Tensor:
    """Smooth (3, H, W) and keep its edges: each pixel takes the calmest of four neighbourhoods.

    Kuwahara et al. 1976, with weights that fall with the variance instead of a hard choice
    (Papari et al. 2007). All four neighbourhoods are shifts of one box filter.
    """
    size = 2 * max(1, round(radius * picture.shape[-2] / REFERENCE / 2)) + 1
    half = size // 2
    values = torch.cat([picture, (picture * picture).sum(0, keepdim=True)])
    padded = F.pad(values[None], (size - 1,) * 4, mode="replicate")
    boxes = F.avg_pool2d(F.avg_pool2d(padded, (1, size), stride=1), (size, 1), stride=1)
    mean = boxes[0, :3]
    spread = (boxes[0, 3] - (mean * mean).sum(0)).clamp_min(0) + 2e-4
    calm = 1 / (spread * spread * spread)
    height, width = picture.shape[-2:]
    total, weight = torch.zeros_like(picture), torch.zeros_like(picture[0])
    for top in (0, 2 * half):
        for left in (0, 2 * half):
            part = slice(top, top + height), slice(left, left + width)
            total += mean[:, part[0], part[1]] * calm[part]
            weight += calm[part]
    return total / weight


def saturate(picture: Tensor, amount: float) -> Tensor:
    """Multiply the distance from grey by `amount`; (3, H, W), clipped to 0..1."""
    grey = luminance(picture)
    return (grey + (picture - grey) * amount).clamp(0, 1)


def with_light(picture: Tensor, target: Tensor) -> Tensor:
    """Give (3, H, W) the luminance `target` (H, W) and keep hue and saturation where it can."""
    ratio = (target + 0.02) / (luminance(picture) + 0.02)
    return (picture * ratio.clamp(0.15, 4)).clamp(0, 1)


def steps(x: Tensor, levels: int, softness: float = 0.12) -> Tensor:
    """Quantise 0..1 to `levels` values; `softness` of a step's width stays a slope."""
    scaled = x.clamp(0, 1) * levels - 0.5
    whole = torch.floor(scaled)
    return ((whole + smoothstep(0.5 - softness, 0.5 + softness, scaled - whole)) / (levels - 1)
            ).clamp(0, 1)  # fmt: skip


def gradient_map(x: Tensor, codes: tuple[str, ...]) -> Tensor:
    """Colour (H, W) in 0..1 by a ramp through evenly spaced colours; (3, H, W)."""
    ramp = torch.cat([colour(code, x) for code in codes], 1)[..., 0]
    at = x.clamp(0, 1) * (len(codes) - 1)
    low = at.floor().clamp_max(len(codes) - 2).long()
    return torch.lerp(ramp[:, low], ramp[:, low + 1], at - low)
