"""Photographic styles: film noir, faded and instant prints, infrared, cyanotype, duotone."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.styles.filters import (
    blur,
    colour,
    gradient_map,
    luminance,
    saturate,
    smoothstep,
    warp,
)
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.styles.strokes import (
    line_integral,
)
from maquette_recipe.styles.texture import (
    border,
    coordinates,
    fractal,
    noise,
    paper,
    rules,
    speckle,
    turned,
    vignette,
)


def film_noir(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Black and white, hard light through a blind, deep shadow, grain."""
    like = sheet.light
    u, v = turned(like, rng.uniform(-0.45, 0.45))
    bent = v + 26 * blur(sheet.depth, 4)
    slats = smoothstep(0.62, 0.4, rules(bent, rng.uniform(30, 38)))
    window = smoothstep(135, 60, torch.sqrt(u * u + 0.6 * v * v))
    back = 0.035 + 0.5 * slats * window * (1 - 0.85 * sheet.shadow)
    body = (sheet.shape_light - 0.42) * 1.45 + 0.42
    body = body * (0.42 + 0.75 * (0.35 + 0.65 * slats))
    tone = torch.lerp(back, body, sheet.mask)
    rim = sheet.mask * smoothstep(0.95, 0.5, blur(sheet.mask, 3.5))
    tone = tone + 0.16 * rim + 0.1 * blur(tone.clamp(0, 1), 9)
    grain = 0.035 * noise(rng, like, 2.4)
    tone = (tone + grain) * (1 - 0.6 * vignette(like))
    return gradient_map(tone, ("#050506", "#45464a", "#a9aaad", "#fafafa")).clamp(0, 1)


def vintage_photo(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A print from the 1970s: faded blacks, warm cast, a light leak, dust and scratches."""
    like = sheet.light
    x, y = coordinates(like)
    soft = saturate(blur(sheet.drawn, 0.7), 0.85)
    lifted = soft * 0.76 + 0.15
    warm = lifted * colour("#fff0d2", like) + 0.05 * colour("#803010", like)
    side = x if rng.random() < 0.5 else 256 - x
    leak = smoothstep(78, 0, side + 16 * noise(rng, like, 90)) * (
        0.6 + 0.25 * noise(rng, like, 120)
    )
    leaked = warm + leak.clamp(0, 1) * colour("#ff7a2a", like) * 0.62 * (1 - 0.5 * sheet.mask)
    picture = leaked * (1 - 0.42 * vignette(like)) * (1 + 0.035 * noise(rng, like, 2.5))
    picture = picture * (1 - 0.04 * fractal(rng, like, 60))
    scratch = torch.zeros_like(like)
    for _ in range(int(rng.integers(2, 5))):
        at, lean = rng.uniform(10, 246), rng.uniform(-0.06, 0.06)
        bend = 1.2 * noise(rng, like, 80)
        scratch = torch.maximum(scratch, smoothstep(1.1, 0.4, (x - at - lean * y + bend).abs()))
    scratch = scratch * smoothstep(-0.2, 0.5, noise(rng, like, 40))
    dust = speckle(rng, like, 3.5, 0.0015)
    picture = picture + 0.32 * scratch + 0.4 * dust
    inner = torch.minimum(torch.minimum(x, 256 - x), torch.minimum(y, 256 - y))
    frame = smoothstep(8.2, 7.2, inner + 0.3 * noise(rng, like, 30)) * (1 - sheet.mask)
    return torch.lerp(picture, paper(rng, like, "#f1e6cc", 0.02), frame).clamp(0, 1)


def polaroid(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """An instant picture with its white card; the object steps out over the card's rim."""
    like = sheet.light
    x, y = coordinates(like)
    picture = saturate(sheet.picture, 0.92)
    picture = 0.08 + 0.88 * picture**0.92
    shade = smoothstep(0.5, 0.0, luminance(picture))
    picture = picture + 0.06 * shade * colour("#1f6f7a", like)
    picture = picture * colour("#fffaf0", like) * (1 - 0.3 * vignette(like))
    picture = picture + 0.06 * blur(picture, 12)
    left, right, top, bottom = 15.0, 241.0, 15.0, 214.0
    inner = torch.minimum(torch.minimum(x - left, right - x), torch.minimum(y - top, bottom - y))
    card = smoothstep(0.6, -0.6, inner)
    white = paper(rng, like, "#f8f6f1", 0.012)
    white = white * (1 - 0.1 * smoothstep(-3.5, 0, inner))
    white = white * (1 - 0.3 * blur(warp(sheet.mask, -2.5, -4.0), 3.5))
    edge = torch.minimum(torch.minimum(x, 256 - x), torch.minimum(y, 256 - y))
    white = white * (1 - 0.18 * smoothstep(2.4, 0.4, edge))
    inset = picture * (1 - 0.35 * smoothstep(5, 0, inner) * (inner > 0))
    framed = torch.lerp(inset, white, card)
    return torch.lerp(framed, picture, sheet.mask).clamp(0, 1)


def infrared(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Colour infrared film: the object glows crimson and pink before cold teal, with halation."""
    like = sheet.light
    y = coordinates(like)[1] / 256
    cold = gradient_map(
        0.2 + 0.55 * y + 0.05 * fractal(rng, like, 90) - 0.45 * sheet.shadow,
        ("#031a24", "#0b4a58", "#2f8f96", "#a9dcd2"),
    )
    hot = gradient_map(sheet.shape_light, ("#2a0212", "#8a0a35", "#e0225e", "#ff7fa3", "#fff0ee"))
    picture = torch.lerp(cold, hot, sheet.mask)
    shine = smoothstep(0.55, 1, sheet.shape_light) * sheet.mask
    halo = 0.75 * blur(shine, 11) + 0.3 * blur(sheet.mask, 6) * (1 - sheet.mask)
    picture = picture + halo * colour("#ff9cb8", like) * (1 - picture)
    grain = 0.026 * noise(rng, like, 2.5)
    return ((picture + grain) * (1 - 0.45 * vignette(like))).clamp(0, 1)


def cyanotype(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A sun print: the object pale on Prussian blue, brushed unevenly on white paper."""
    like = sheet.light
    ground = paper(rng, like, "#f5f2ea", 0.025)
    brushed = line_integral(rng, torch.stack([torch.ones_like(like), 0 * like]), 60, 5)
    coat = border(rng, like, 17, 3)
    ragged = smoothstep(
        0.35, 0.65, blur(coat, 3) + 0.2 * brushed * (1 - (2 * coat - 1).abs() * 0.5)
    )
    pale = torch.lerp(0.1 + 0.0 * like, 0.3 + 0.68 * sheet.shape_light, blur(sheet.mask, 0.9))
    pale = pale + 0.16 * blur(sheet.mask, 6) * (1 - sheet.mask) + 0.035 * brushed
    pale = pale + 0.03 * fractal(rng, like, 40) - 0.25 * sheet.ink * sheet.mask
    tone = gradient_map(pale, ("#0b2350", "#14407c", "#3f78b0", "#9fc3dd", "#f1f5f4"))
    return torch.lerp(ground, tone * ground / 0.95, ragged.clamp(0, 1)).clamp(0, 1)


def duotone(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Two loud inks and nothing between: shadows in one, light in the other, a glowing ground."""
    like = sheet.light
    pairs = (
        ("#2b0a6b", "#ff5f6d", "#ffe29a"), ("#06245c", "#00b3a4", "#f4ff81"),
        ("#4a0d5c", "#f72585", "#ffd6e8"), ("#0b2a4a", "#ff6b35", "#ffe8c9"),
        ("#1a1a5e", "#3fa7ff", "#e7ffd9"), ("#3b0918", "#e0303c", "#ffd7b8"),
    )  # fmt: skip
    ramp = pairs[rng.integers(len(pairs))]
    x, y = coordinates(like)
    glow = smoothstep(230, 20, torch.sqrt((x - 128) ** 2 + (y - 118) ** 2))
    back = 0.12 + 0.26 * glow - 0.35 * sheet.shadow
    light = 0.02 + 1.0 * sheet.shape_light
    tone = torch.lerp(back, (light - 0.5) * 1.2 + 0.5, sheet.mask)
    return gradient_map(tone + 0.012 * noise(rng, like, 3), ramp).clamp(0, 1)
