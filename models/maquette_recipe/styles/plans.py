"""Drawings of the drawing office: blueprint and technical drawing."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.styles.filters import (
    colour,
    smoothstep,
    steps,
)
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.styles.strokes import (
    hatching,
    silhouette,
)
from maquette_recipe.styles.texture import (
    coordinates,
    fractal,
    noise,
    rules,
)


def _extent(sheet: Sheet) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the object in reference pixels."""
    x, y = coordinates(sheet.light)
    inside = sheet.depth > 0
    if not bool(inside.any()):
        return 64.0, 64.0, 192.0, 192.0
    xs, ys = x[inside], y[inside]
    return float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max())


def _dimension(sheet: Sheet, width: float) -> Tensor:
    """Ink (H, W) of a dimension line with arrows below the object and one to its right."""
    x, y = coordinates(sheet.light)
    left, top, right, bottom = _extent(sheet)
    below, beside = min(bottom + 13, 241), min(right + 14, 242)
    ink = torch.zeros_like(x)
    for along, across, low, high, start in (
        (x, y - below, left, right, bottom + 4 - below),
        (y, x - beside, top, bottom, right + 4 - beside),
    ):
        inside = (along > low) & (along < high)
        ink = torch.maximum(ink, smoothstep(width, 0.4 * width, across.abs()) * inside)
        for end, sign in ((low, 1.0), (high, -1.0)):
            into = sign * (along - end)
            arrow = (across.abs() < 0.32 * into) & (into < 9) & (into > 0)
            ink = torch.maximum(ink, arrow.float())
            tick = smoothstep(width, 0.4 * width, (along - end).abs())
            ink = torch.maximum(ink, tick * (across > start) * (across < 5))
    return ink


def blueprint(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """White lines on Prussian blue with a grid, dimension lines and a title block."""
    like = sheet.light
    x, y = coordinates(like)
    blue = colour(str(rng.choice(["#1d4f9e", "#17479a", "#1f57a8", "#123f86"])), like)
    ground = blue * (1 + 0.07 * fractal(rng, like, 60) + 0.03 * noise(rng, like, 3))
    minor = smoothstep(0.16, 0.05, torch.minimum(rules(x, 12.8), rules(y, 12.8)))
    major = smoothstep(0.045, 0.015, torch.minimum(rules(x, 64), rules(y, 64)))
    white = torch.maximum(0.13 * minor, 0.3 * major)
    inner = torch.minimum(torch.minimum(x, 256 - x), torch.minimum(y, 256 - y))
    white = torch.maximum(white, 0.75 * smoothstep(1.3, 0.5, (inner - 7).abs()))
    bx, by = x - 178, y - 224
    block = (bx > 0) & (by > 0) & (inner > 7)
    rows = torch.minimum(torch.minimum(bx.abs(), by.abs()), (by - 12).abs())
    text = (rules(by + 1.2, 12) > 0.55) & (bx > 6) & (bx < 52 - 18 * (by > 12))
    table = torch.maximum(smoothstep(1.2, 0.5, rows) * 0.75, 0.5 * text.float())
    white = torch.where((bx > -1) & (by > -1) & (inner > 6), table * (block | (rows < 1.3)), white)
    white = torch.maximum(white * (1 - 0.55 * sheet.mask), 0.8 * _dimension(sheet, 0.9))
    hatch = hatching(rng, (0.72 - sheet.shape_light).clamp(0, 0.4), -0.785, 6, curl=0)
    white = torch.maximum(white, 0.4 * hatch * sheet.mask)
    lines = torch.maximum(sheet.ink, 0.9 * silhouette(sheet, 3))
    white = torch.maximum(white, lines)
    return torch.lerp(ground, colour("#eef5ff", like), white.clamp(0, 0.96)).clamp(0, 1)


def technical(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A drawing-office sheet: thin contours, red centre lines, dimensions, a light grey shade."""
    like = sheet.light
    x, y = coordinates(like)
    left, top, right, bottom = _extent(sheet)
    picture = colour("#f7f8f6", like) * (1 + 0.008 * noise(rng, like, 30))
    fine = smoothstep(0.2, 0.06, torch.minimum(rules(x, 8), rules(y, 8)))
    picture = torch.lerp(picture, colour("#9fc4cf", like), 0.28 * fine)
    solid = steps(sheet.shape_light, 3, 0.2)
    shade = colour("#ccd2d6", like) * (0.82 + 0.24 * solid)
    picture = torch.lerp(picture, shade.clamp(0, 1), sheet.mask)
    middle, level = 0.5 * (left + right), 0.5 * (top + bottom)
    for along, across, low, high in (
        (y, x - middle, top - 10, bottom + 10),
        (x, y - level, left - 10, right + 10),
    ):
        phase = (along / 17) % 1
        dash = (phase < 0.62) | ((phase > 0.76) & (phase < 0.86))
        centre = smoothstep(1.1, 0.5, across.abs()) * dash * (along > low) * (along < high)
        picture = torch.lerp(picture, colour("#c8322e", like), 0.85 * centre)
    inner = torch.minimum(torch.minimum(x, 256 - x), torch.minimum(y, 256 - y))
    ink = torch.maximum(0.8 * _dimension(sheet, 0.9), smoothstep(1.2, 0.5, (inner - 6).abs()))
    ink = torch.maximum(ink, sheet.ink)
    return torch.lerp(picture, colour("#20262c", like), ink.clamp(0, 0.95)).clamp(0, 1)
