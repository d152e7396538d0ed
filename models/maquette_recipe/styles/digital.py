"""Digital styles: pixels, polygons, voxels, vectors, glitches, cels."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.styles.cells import cubes, facets, means
from maquette_recipe.styles.filters import (
    REFERENCE,
    blur,
    colour,
    kuwahara,
    luminance,
    saturate,
    smoothstep,
    steps,
    thicken,
    warp,
    with_light,
)
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.styles.texture import (
    bayer,
    coordinates,
    fractal,
    noise,
    random,
    rules,
)


def _pixels(x: Tensor, count: int) -> Tensor:
    """Mean of (C, H, W) over a grid with `count` rows, (C, count, columns)."""
    height, width = x.shape[-2:]
    return F.interpolate(x[None], (count, round(count * width / height)), mode="area")[0]


def _enlarge(x: Tensor, like: Tensor) -> Tensor:
    """(C, h, w) blown up with hard pixels to the size of `like`."""
    return F.interpolate(x[None], like.shape[-2:], mode="nearest")[0]


def _tiled(pattern: np.ndarray, like: Tensor) -> Tensor:
    """A square pattern repeated over the size of `like` (H, W)."""
    side = torch.from_numpy(pattern).to(like.device)
    rows, columns = like.shape[-2:]
    n = len(pattern)
    return side.repeat(math.ceil(rows / n), math.ceil(columns / n))[:rows, :columns]


def pixel_art(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A sprite on 48 to 64 pixels: few tones, ordered dither, dark outline (Bayer 1973)."""
    count = int(rng.integers(50, 60))
    values = torch.cat(
        [saturate(sheet.picture, 1.35), sheet.mask[None], thicken(sheet.ink, 2)[None]]
    )
    small = _pixels(values, count)
    picture, mask, ink = small[:3], (small[3] > 0.5).float(), small[4]
    order = _tiled(bayer(1), mask) - 0.5
    light = luminance(picture)
    tone = steps(light + 0.07 * order, 7, 0.01)
    sprite = with_light(picture, 0.06 + 0.9 * tone)
    outline = ((F.max_pool2d(mask[None, None], 3, 1, 1)[0, 0] - mask) > 0) | (ink > 0.42)
    dark = picture * 0.22
    return _enlarge(torch.where(outline, dark, sprite), sheet.picture).clamp(0, 1)


def low_poly(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Flat triangles whose corners sit on outlines, small on the object and large around it."""
    edge = sheet.ink
    fine, fine_count = facets(rng, edge, rng.uniform(10.5, 12.5))
    coarse, coarse_count = facets(rng, edge, rng.uniform(34, 42))
    inside = (sheet.depth > 0).long()
    fine_mean = means(sheet.drawn, fine * 2 + inside, 2 * fine_count)
    share = means(inside.float()[None], fine, fine_count)[0][fine]
    outside = torch.cat([sheet.drawn, torch.ones_like(sheet.depth)[None]]) * (sheet.depth <= 0)
    coarse_mean = means(outside, coarse, coarse_count)
    coarse_mean = coarse_mean[:3] / coarse_mean[3].clamp_min(1e-3)
    jolt = 1 + 0.06 * random(rng, (fine_count,), sheet.light).repeat_interleave(2)
    near = (fine_mean * jolt)[:, fine * 2 + 1]
    jolt = 1 + 0.045 * random(rng, (coarse_count,), sheet.light)
    far = coarse_mean * jolt
    # Whole facets where they fit the outline; cut ones where it would be lost, as in thin legs.
    chosen = torch.where((share > 0.08) & (share < 0.72), inside, (share > 0.5).long()) > 0
    picture = torch.where(chosen, near, far[:, coarse])
    return blur(saturate(picture.clamp(0, 1), 1.3), 0.45).clamp(0, 1)


def voxel(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Everything from small cubes seen from a corner: light tops, darker sides."""
    size = rng.uniform(6.2, 7.4)
    cell, face, gap, count = cubes(sheet.light, size)
    values = torch.cat([sheet.picture, (sheet.depth > 0).float()[None]])
    mean = means(values, cell, count)
    solid = (mean[3] > 0.5).float()
    jolt = 1 + 0.05 * random(rng, (count,), sheet.light)
    tint = saturate(mean[:3, :, None], 1.3)[..., 0] * jolt
    shades = torch.tensor([1.16, 0.88, 0.62], device=cell.device)
    flat = torch.tensor([1.04, 0.98, 0.92], device=cell.device)
    on = solid[cell]
    lit = torch.where(on > 0, shades[face], flat[face])
    picture = tint[:, cell] * lit
    seam = smoothstep(1.1, 0.2, gap) * (0.1 + 0.16 * on)
    top = (face == 0) & (on > 0)
    picture = picture + 0.05 * top
    return (picture * (1 - seam)).clamp(0, 1)


def flat_vector(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Flat design: clean shapes in two or three tones, no lines, a long diagonal shadow."""
    mask = (sheet.depth > 0).float()
    hue = saturate(kuwahara(kuwahara(sheet.picture, 9), 5), 1.35)
    own = 0.5 * luminance(hue) + 0.5 * blur(luminance(hue) * mask, 7) / blur(mask, 7).clamp_min(
        0.05
    )
    body = with_light(hue, own * (0.7 + 0.4 * steps(blur(sheet.shape_light, 1.5), 3, 0.03)) + 0.02)
    back = saturate(sheet.backdrop, 1.5)
    back = with_light(back, 0.12 + 0.85 * steps(luminance(back), 9, 0.02))
    slant = float(rng.choice([-1.0, 1.0]))
    fall = mask
    for reach in (4.0, 8.0, 16.0, 32.0, 64.0, 128.0):
        fall = torch.maximum(fall, warp(fall, -slant * reach, -reach))
    fall = smoothstep(0.35, 0.65, blur(fall, 1)) * (1 - sheet.mask)
    picture = back * (1 - 0.28 * fall)
    return torch.lerp(picture, body, smoothstep(0.3, 0.7, blur(mask, 0.9))).clamp(0, 1)


def glitch(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A broken signal: rows torn sideways, channels apart, scan lines, blocks of stray colour."""
    like = sheet.light
    x, y = coordinates(like)
    shift = torch.zeros_like(y)
    for _ in range(int(rng.integers(6, 10))):
        top, tall = rng.uniform(0, 246), rng.uniform(4, 17)
        shift = torch.where((y > top) & (y < top + tall), float(rng.normal() * 17), shift)
    split = rng.uniform(3.5, 6) * rng.choice([-1, 1])
    red = warp(sheet.drawn[0], shift + split, 0.0)
    green = warp(sheet.drawn[1], shift, 0.0)
    blue = warp(sheet.drawn[2], shift - split, 0.0)
    picture = torch.stack([red, green, blue])
    for _ in range(int(rng.integers(5, 9))):
        left, top = rng.uniform(0, 220), rng.uniform(0, 250)
        wide, tall = rng.uniform(16, 70), rng.uniform(2.5, 6)
        block = ((x > left) & (x < left + wide) & (y > top) & (y < top + tall)).float()
        code = str(rng.choice(["#00f0ff", "#ff00c8", "#f7ff3c", "#ffffff", "#10121a"]))
        picture = torch.lerp(picture, colour(code, like), 0.7 * block)
    scan = smoothstep(0.35, 0.8, rules(y, 5))
    picture = picture * (1 - 0.24 * scan) * (1 + 0.05 * noise(rng, like[:, :1], 3).expand_as(like))
    return (saturate(picture, 1.3) * 1.06).clamp(0, 1)


def dither(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Two colours and an ordered dither on coarse pixels, as on an early screen (Bayer 1973)."""
    like = sheet.light
    rows = int(rng.choice([72, 80, 86]))
    y = coordinates(like)[1] / REFERENCE
    back = 0.95 - 0.3 * y - 0.5 * sheet.shadow
    tone = torch.lerp(back, (sheet.shape_light - 0.5) * 1.15 + 0.5, sheet.mask)
    small = _pixels(torch.stack([tone, thicken(sheet.ink, 3)]), rows)
    on = small[0] > _tiled(bayer(2), small[0]) * 0.94 + 0.03
    on = on & (small[1] < 0.5)
    pairs = (
        ("#0f2a12", "#a8c64a"), ("#101014", "#f1efe6"), ("#1b1200", "#ffb02e"),
        ("#0b1030", "#8fd0ff"), ("#2b0b2f", "#ffc7d9"),
    )  # fmt: skip
    dark, light = pairs[rng.integers(len(pairs))]
    bits = torch.where(on, colour(light, like), colour(dark, like))
    return _enlarge(bits, sheet.picture)


def cel_shading(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Animation cel: two hard tones and a sharp highlight, black contours, a painted background."""
    like = sheet.light
    hue = saturate(kuwahara(kuwahara(sheet.picture, 5), 5), 1.35)
    mask = sheet.mask
    soft = blur(sheet.shape_light, 1.6)
    cut = rng.uniform(0.38, 0.5)
    lit = smoothstep(cut - 0.025, cut + 0.025, soft)
    local = blur(hue * mask, 7) / blur(mask, 7).clamp_min(0.05)
    base = 0.55 * hue + 0.45 * local
    own = luminance(base)
    day = with_light(base, own * 0.85 + 0.16)
    night = with_light(base, own * 0.58) * 0.9 + 0.06 * colour("#3a2a80", like)
    body = torch.lerp(night, day, lit)
    shine = smoothstep(0.9, 0.94, soft)
    body = torch.lerp(body, torch.ones_like(body), 0.9 * shine)
    back = saturate(sheet.backdrop, 1.3)
    back = back * (0.94 + 0.1 * fractal(rng, like, 70) * 0.4) + 0.05
    back = torch.lerp(back, back * 0.72, smoothstep(0.28, 0.34, sheet.shadow))
    picture = torch.lerp(back, body, smoothstep(0.3, 0.7, mask))
    contour = thicken(sheet.ink, 3.8)
    return torch.lerp(picture, colour("#0e0c14", like), contour).clamp(0, 1)
