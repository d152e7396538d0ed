"""Styles of light in the dark: synthwave, neon, wireframe, hologram, thermal camera."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.styles.filters import (
    blur,
    colour,
    gradient,
    gradient_map,
    smoothstep,
    thicken,
    warp,
)
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.styles.strokes import silhouette
from maquette_recipe.styles.texture import (
    coordinates,
    fractal,
    noise,
    rules,
)


def synthwave(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A retro future: striped sun, glowing grid to the horizon, the object in magenta and cyan."""
    like = sheet.light
    x, y = coordinates(like)
    horizon = 158 + rng.uniform(-10, 10)
    sky = gradient_map((y / horizon).clamp(0, 1), ("#0d0630", "#2a0b5e", "#7a1580", "#ff4f8b"))
    cx = 128 + rng.uniform(-30, 30)
    far = torch.sqrt((x - cx) ** 2 + (y - (horizon - 48)) ** 2)
    sun_tone = ((y - (horizon - 120)) / 120).clamp(0, 1)
    sun = gradient_map(sun_tone, ("#ffe66b", "#ff9a3c", "#ff2f8e"))
    cuts = (rules(y - horizon, 13) < (sun_tone - 0.35) * 0.9) & (sun_tone > 0.35)
    disc = smoothstep(73, 71.5, far) * (1 - cuts.float())
    sky = torch.lerp(sky + 0.25 * colour("#ff2f8e", like) * smoothstep(120, 60, far), sun, disc)
    below = ((y - horizon) / (256 - horizon)).clamp(1e-3, 1)
    deep = 1 / (below + 0.06)
    grid_x = rules((x - 128) * deep, 62)
    grid_y = rules(deep * 34 + rng.uniform(0, 10), 34)
    wire = torch.maximum(
        smoothstep(0.10, 0.03, grid_x / deep.clamp_max(5) * 2.2),
        smoothstep(0.34, 0.08, grid_y / deep.clamp(1, 4) * 1.6),
    )
    floor = colour("#150833", like) + (wire + 0.5 * blur(wire, 3)) * colour("#e23bff", like)
    picture = torch.where(y < horizon, sky, floor)
    tone = (0.9 * sheet.shape_light + 0.05).clamp(0, 1)
    body = gradient_map(tone, ("#12063a", "#5a12a0", "#f0309c", "#38d6ff", "#eaffff"))
    edge = blur(sheet.mask, 3) * (1 - sheet.mask)
    picture = picture * (1 - 0.5 * sheet.shadow) + 0.5 * edge * colour("#31e1ff", like)
    picture = torch.lerp(picture, body, sheet.mask)
    glow = thicken(sheet.ink, 2.4)
    return (picture + (0.75 * glow + 0.6 * blur(glow, 3.5)) * colour("#39e4ff", like)).clamp(0, 1)


def neon(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Bent glass tubes that glow before a dark brick wall."""
    like = sheet.light
    x, y = coordinates(like)
    row = torch.floor(y / 14)
    u = (x + 15 * (row % 2)) / 30
    joint = torch.maximum(
        smoothstep(0.86, 0.97, rules(y, 14)), smoothstep(0.93, 0.99, rules(x + 15 * (row % 2), 30))
    )
    tint = 0.5 + 0.2 * torch.sin(torch.floor(u) * 12.9 + row * 78.2)
    wall = (0.085 + 0.08 * tint + 0.014 * noise(rng, like, 4)) * (1 - 0.55 * joint)
    codes = ("#ff2d78", "#19e3ff", "#b14bff", "#ffa31a", "#39ff7a", "#ff4040", "#4d7bff")
    first, second = (codes[i] for i in rng.choice(len(codes), 2, replace=False))
    outline = silhouette(sheet, 3.6)
    tube_a = blur(outline, 0.9)
    tube_b = blur(thicken(sheet.ink, 3) * (1 - thicken(outline, 4)), 0.8)
    picture = torch.zeros_like(sheet.picture) + wall * colour("#8a7fb0", like) * 1.3
    for tube, code in ((tube_a, first), (tube_b, second)):
        hue = colour(code, like)
        halo = 0.55 * blur(tube, 3) + 0.9 * blur(tube, 9) + 1.1 * blur(tube, 24)
        picture = picture + hue * halo * (0.35 + 4.5 * wall)
        picture = picture + tube * (0.9 * hue + 0.15)
        picture = picture + smoothstep(0.55, 1, tube) * 0.75
    inside = sheet.mask * (0.05 + 0.12 * sheet.shape_light)
    return (picture + inside * colour(second, like)).clamp(0, 1)


def _mesh(sheet: Sheet, period: float) -> Tensor:
    """A net of quadrangles over the form, ink (H, W) in 0..1: plane coordinates bent by depth."""
    x, y = coordinates(sheet.light)
    form = blur(sheet.depth, 2.2)
    slope_x, slope_y = gradient(form * 60)
    grow = torch.sqrt(1 + slope_x * slope_x + slope_y * slope_y).clamp_max(3)
    first = rules(x + 30 * form, period) * period / grow
    second = rules(y - 34 * form, period) * period / grow
    return smoothstep(1.9, 0.8, torch.minimum(first, second)) * sheet.mask


def wireframe(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A 3D program's viewport: the object as a net of polygons over a grey ground grid."""
    like = sheet.light
    x, y = coordinates(like)
    ground = gradient_map(y / 256, ("#4b4f57", "#3a3d44", "#2f3238"))
    below = ((y - 70) / 186).clamp(1e-3, 1)
    deep = 1 / (below + 0.12)
    u, v = (x - 128) * deep, deep * 60
    lean = rng.uniform(-0.5, 0.5)
    grid = torch.minimum(rules(u + lean * v, 44) * 44 / deep, rules(v - 0.2 * u, 44) * 44 / deep)
    wire = smoothstep(1.6, 0.6, grid) * smoothstep(0.02, 0.3, below)
    picture = torch.lerp(ground, colour("#7a808b", like), 0.55 * wire * (1 - sheet.mask))
    body = colour("#5b6069", like) * (0.45 + 0.6 * sheet.shape_light)
    picture = torch.lerp(picture, body, 0.9 * sheet.mask)
    code = str(rng.choice(["#ff9b2f", "#f5f7fa", "#7dff9a", "#66c8ff"]))
    net = torch.maximum(0.8 * _mesh(sheet, rng.uniform(10, 13)), thicken(sheet.ink, 2))
    return torch.lerp(picture, colour(code, like), net.clamp(0, 0.95)).clamp(0, 1)


def hologram(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Light in the air: translucent, bright at its rim, in scan lines, above a projector's beam."""
    like = sheet.light
    x, y = coordinates(like)
    code = str(rng.choice(["#3fe0ff", "#49b8ff", "#52ffd2", "#8f9bff"]))
    hue = colour(code, like)
    back = colour("#050a16", like) + 0.16 * hue * smoothstep(
        190, 20, torch.sqrt((x - 128) ** 2 + (y - 120) ** 2)
    )
    mask = sheet.mask
    tear = 3.5 * (noise(rng, like[:, :1], 9) > 1.15).float().expand_as(like)
    mask, ink, light = (warp(t, tear, 0.0) for t in (mask, sheet.ink, sheet.shape_light))
    inside = blur(mask, 7)
    rim = mask * smoothstep(1.0, 0.45, inside)
    scan = 0.55 + 0.45 * torch.cos(2 * math.pi * y / 5.4)
    body = mask * (0.2 + 0.5 * light) * (0.55 + 0.45 * scan) + 0.75 * rim
    half = 14 + 92 * ((250 - y) / 250)
    beam = smoothstep(1.0, 0.3, (x - 128).abs() / half) * smoothstep(60, 250, y)
    disc = torch.sqrt(((x - 128) / 58) ** 2 + ((y - 240) / 9) ** 2)
    base = smoothstep(1.05, 0.95, disc) * 0.5 + smoothstep(0.18, 0.05, (disc - 1).abs())
    glow = blur(mask, 16)
    picture = back + hue * (
        0.95 * body + 0.3 * glow + 0.26 * beam * (0.6 + 0.4 * scan) + 0.6 * base * (1 - 0.8 * mask)
    )
    edge = ink + 0.7 * blur(ink, 2)
    picture = picture + edge * (0.7 * hue + 0.25)
    fringe = torch.stack([warp(rim, 3.0, 0.0), 0 * rim, warp(rim, -3.0, 0.0)])
    return (picture + 0.18 * fringe).clamp(0, 1)


def thermal(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """An infrared camera's false colour: a warm object in cold surroundings, soft and banded."""
    like = sheet.light
    x, y = coordinates(like)
    heat = torch.lerp(
        0.14 + 0.07 * fractal(rng, like, 80) + 0.1 * blur(sheet.mask, 14),
        0.4 + 0.62 * sheet.shape_light - 0.12 * sheet.ink,
        blur(sheet.mask, 2),
    )
    heat = blur(heat, 2.2) + 0.012 * noise(rng, like, 3)
    ramp = ("#05042e", "#2a0a8c", "#8a0fa0", "#e02f55", "#ff8c1a", "#ffe03a", "#fffbe0")
    picture = gradient_map(heat, ramp)
    bar = (x > 240) & (x < 249) & (y > 30) & (y < 226)
    picture = torch.where(bar, gradient_map((226 - y) / 196, ramp), picture)
    box = ((x - 244.5).abs() - 6).abs().minimum(((y - 128).abs() - 99.5).abs())
    near = ((x - 244.5).abs() < 7) & ((y - 128).abs() < 100.5)
    mark = (smoothstep(1.3, 0.6, box) * near).clamp(0, 1)
    cross = torch.maximum(
        smoothstep(1.3, 0.6, (x - 128).abs()) * ((y - 128).abs() < 12),
        smoothstep(1.3, 0.6, (y - 128).abs()) * ((x - 128).abs() < 12),
    ) * (torch.maximum((x - 128).abs(), (y - 128).abs()) > 4)
    return torch.lerp(picture, torch.ones_like(picture), 0.85 * torch.maximum(mark, cross)).clamp(
        0, 1
    )
