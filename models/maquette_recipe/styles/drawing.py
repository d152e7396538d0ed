"""Drawn styles: pencil, charcoal, crayon, marker, pens, chalk and sketches."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.styles.filters import (
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
from maquette_recipe.styles.strokes import (
    cross_hatching,
    hand_lines,
    hatching,
    line_integral,
    silhouette,
)
from maquette_recipe.styles.texture import (
    coordinates,
    fractal,
    noise,
    paper,
    rules,
    turned,
)


def _streaks(rng: np.random.Generator, like: Tensor, angle: float, length: float, width: float) -> (
    Tensor
):  # fmt: skip
    way = torch.stack(
        [torch.full_like(like, math.cos(angle)), torch.full_like(like, math.sin(angle))]
    )
    return line_integral(rng, way, length, width)


def pencil(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Graphite: searching lines drawn twice, tone laid in slanted strokes on toothed paper."""
    like = sheet.light
    ground = paper(rng, like, "#f6f4ee", 0.018)
    angle = rng.uniform(-1.0, -0.6)
    tooth = noise(rng, like, 2.6)
    tone = 0.34 * (1 - sheet.tone) ** 1.2 * (1 + 0.3 * _streaks(rng, like, angle, 24, 2.8))
    strokes = 0.5 * hatching(rng, (1 - sheet.tone) * 0.62, angle, 5)
    lines = hand_lines(rng, sheet, 1.5, 2)
    lead = torch.maximum(tone + strokes * 0.6, 0.88 * lines) * (1 + 0.2 * tooth)
    return torch.lerp(ground, colour("#3d3f45", like), lead.clamp(0, 0.92)).clamp(0, 1)


def charcoal(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Broad, black, smudged: burnt wood dragged over rough paper and rubbed with a finger."""
    like = sheet.light
    ground = paper(rng, like, "#ded8cc", 0.035)
    grain = noise(rng, like, 3) + 0.7 * noise(rng, like, 4, 3)
    rubbed = blur(1 - warp(sheet.tone, 3 * noise(rng, like, 22), 3 * noise(rng, like, 22)), 3.5)
    streak = _streaks(rng, like, rng.uniform(-1.0, -0.6), 46, 5)
    dust = 0.2 + 0.14 * streak + 0.1 * fractal(rng, like, 70)
    around = smoothstep(0.0, 0.55, blur(sheet.mask, 24)) * (1 - sheet.mask) * dust.clamp(0, 1) * 1.7
    body = smoothstep(0.22, 0.9, (1 - sheet.tone) + 0.1 * grain + 0.07 * streak)
    line = thicken(hand_lines(rng, sheet, 1.2, 2), 5)
    rough = smoothstep(-2.4, -0.9, grain + 2.0 * (line - 0.4))
    coal = torch.maximum(torch.maximum(0.45 * rubbed + 0.55 * body, around), line * rough)
    return torch.lerp(ground, colour("#17161a", like), coal.clamp(0, 0.95)).clamp(0, 1)


def crayon(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Wax crayon: a child's thick outline and scribbled fill, with paper left between strokes."""
    like = sheet.light
    ground = paper(rng, like, "#fdfbf5", 0.015)
    dx, dy = 1.6 * noise(rng, like, 36), 1.6 * noise(rng, like, 36)
    hue = saturate(warp(kuwahara(sheet.picture, 7), dx, dy), 1.6)
    angle = rng.uniform(-1.0, -0.5)
    u, v = turned(like, angle)
    back = rules(
        v + 3 * noise(rng, like, 26) + 1.2 * noise(rng, like, 12) + 0.8 * torch.sin(u / 9), 7.5
    )
    wax = noise(rng, like, 3) + 0.5 * noise(rng, like, 5)
    fill = smoothstep(1.06, 0.66, back + 0.16 * wax) * smoothstep(-2.4, -1.1, wax)
    inside = warp(sheet.mask, 2.4 * noise(rng, like, 24), 2.4 * noise(rng, like, 24))
    light = with_light(hue, (0.35 + 0.6 * luminance(hue)) * (0.75 + 0.35 * sheet.shape_light))
    picture = torch.lerp(ground, light, 0.92 * fill * inside)
    floor = smoothstep(0.75, 0.4, rules(v, 9) + 0.15 * wax) * blur(sheet.shadow, 3)
    picture = torch.lerp(picture, colour("#8b8f99", like), 0.6 * floor)
    outline = thicken(hand_lines(rng, sheet, 1.7), 5) * smoothstep(-2.6, -1.3, wax)
    dark = hue * 0.5 * (0.4 + 0.6 * (luminance(hue) > 0.12))
    return torch.lerp(picture, dark, 0.95 * outline).clamp(0, 1)


def marker(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Design markers: translucent bands that darken where they overlap, a fine black contour."""
    like = sheet.light
    ground = colour("#fdfdfb", like).expand_as(sheet.picture)
    hue = saturate(kuwahara(sheet.picture, 6), 1.45)
    v = turned(like, rng.uniform(-0.5, 0.5) + rng.choice([0.0, 1.2]))[1]
    at = v + 1.2 * noise(rng, like, 50)
    overlap = smoothstep(0.8, 0.92, rules(at, 15))
    band = torch.sin(torch.floor(at / 15 + 0.5) * 7.13) * 0.04
    tone = steps(sheet.shape_light, 3, 0.12)
    ink = with_light(hue, luminance(hue).clamp(0.08, 0.95) * (0.72 + 0.5 * tone))
    ink = ink * (1 + band - 0.17 * overlap)
    spill = warp(sheet.mask, 3.0 * noise(rng, like, 30) + 1.5, 3.0 * noise(rng, like, 30))
    shine = smoothstep(0.86, 0.97, sheet.shape_light) * sheet.mask
    picture = torch.lerp(ground, torch.lerp(ink, torch.ones_like(ink), shine * 0.85), spill)
    cool = blur(steps(sheet.shadow, 3), 0.8) * (1 - spill)
    picture = torch.lerp(picture, colour("#a9b0bb", like), (0.75 * cool * (1 - 0.2 * overlap)))
    contour = torch.maximum(hand_lines(rng, sheet, 0.6), 0.9 * silhouette(sheet, 4))
    return torch.lerp(picture, colour("#15161a", like), 0.95 * contour.clamp(0, 1)).clamp(0, 1)


def ballpoint(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Blue ballpoint on a lined page: nervous lines, scribbled shading."""
    like = sheet.light
    x, y = coordinates(like)
    picture = paper(rng, like, "#fafaf6", 0.012)
    picture = torch.lerp(
        picture, colour("#a9c3e6", like), 0.7 * smoothstep(0.09, 0.03, rules(y + 6, 19))
    )
    margin = smoothstep(1.3, 0.5, (x - 27).abs())
    picture = torch.lerp(picture, colour("#e49aa2", like), 0.8 * margin)
    angle = rng.uniform(-1.0, -0.5)
    dark = (1 - sheet.tone) * 0.75
    u, v = turned(like, angle)
    loops = rules(v + 1.7 * torch.sin(u / 3.6 + 3 * noise(rng, like, 30)), 5.6)
    scribble = smoothstep(0.1, -0.1, loops - dark) * smoothstep(0.12, 0.3, dark)
    second = hatching(rng, (dark - 0.3) * 1.1, angle + 0.9, 4.6, curl=2)
    lines = hand_lines(rng, sheet, 1.3, 2)
    ink = torch.maximum(torch.maximum(0.72 * scribble, 0.8 * second), lines)
    ink = ink * (0.92 + 0.12 * noise(rng, like, 4))
    pen = colour(str(rng.choice(["#1d35a8", "#2343c4", "#1a2a86"])), like)
    return torch.lerp(picture, pen, ink.clamp(0, 0.95)).clamp(0, 1)


def pen_hatching(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Indian ink: crisp contours and up to three crossing layers of hatching on white."""
    like = sheet.light
    ground = colour("#fcfbf7", like).expand_as(sheet.picture)
    tone = torch.lerp(1 - 0.75 * sheet.shadow, 0.06 + 0.94 * sheet.shape_light, sheet.mask)
    ink = cross_hatching(rng, tone, rng.uniform(-1.1, -0.5), 5.4)
    ink = torch.maximum(ink, hand_lines(rng, sheet, 0.5))
    ink = torch.maximum(ink, 0.9 * silhouette(sheet, 3))
    return torch.lerp(ground, colour("#101014", like), ink.clamp(0, 1)).clamp(0, 1)


def chalk(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """White chalk on a wiped blackboard."""
    like = sheet.light
    board = colour(str(rng.choice(["#24352d", "#2a2f33", "#22352f"])), like)
    wiped = _streaks(rng, like, rng.uniform(-0.4, 0.4), 60, 9)
    ground = board * (1 + 0.16 * fractal(rng, like, 70)) + 0.016 * wiped + 0.02
    grain = noise(rng, like, 2.8) + 0.6 * noise(rng, like, 4.5)
    lines = blur(hand_lines(rng, sheet, 1.1, 3), 0.7) * 1.35
    rough = 0.35 + 0.65 * smoothstep(-1.9, -0.5, grain + 0.3)
    stroke = _streaks(rng, like, rng.uniform(-1.0, -0.5), 26, 3.6)
    tone = sheet.mask * smoothstep(0.3, 1.0, sheet.shape_light + 0.13 * stroke + 0.1 * grain)
    dust = 0.1 * blur(lines, 4) + 0.05 * blur(sheet.mask, 12)
    white = torch.maximum(lines * rough * 0.95, 0.6 * tone) + dust
    return torch.lerp(ground, colour("#f3f1e8", like), white.clamp(0, 0.95)).clamp(0, 1)


def line_art(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Nothing but clean black lines on white, heavier at the outline."""
    like = sheet.light
    weight = rng.uniform(4.0, 5.0)
    ink = torch.maximum(smoothstep(0.25, 0.8, blur(sheet.ink, 0.6)), silhouette(sheet, weight))
    ground = colour(str(rng.choice(["#ffffff", "#fffdf8"])), like)
    return torch.lerp(ground, colour("#0b0b0d", like), ink.clamp(0, 1)).clamp(0, 1)


def sepia_sketch(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Red-brown chalk on stained parchment with white heightening, as masters sketched."""
    like = sheet.light
    stain = fractal(rng, like, 90, 4)
    ground = paper(rng, like, "#dcc193", 0.035) * (1 - 0.05 * stain)
    x, y = coordinates(like)
    rim = ((x / 128 - 1) ** 4 + (y / 128 - 1) ** 4).clamp(0, 1)
    ground = ground * (1 - 0.2 * rim * (1 + 0.25 * stain))
    angle = rng.uniform(0.6, 0.95)
    dark = 1 - sheet.tone
    soft = 0.42 * dark * (1 + 0.25 * _streaks(rng, like, angle, 22, 3))
    hatch = 0.75 * hatching(rng, dark * 0.62, angle, 5.2, curl=2)
    chalk_lines = hand_lines(rng, sheet, 2.0, 3)
    sepia = torch.maximum(soft + 0.55 * hatch, 0.9 * chalk_lines) * (1 + 0.16 * noise(rng, like, 3))
    brown = colour(str(rng.choice(["#5a2c14", "#6b2f1a", "#4a2a18"])), like)
    picture = torch.lerp(ground, brown, sepia.clamp(0, 0.92))
    white = smoothstep(0.76, 1.0, sheet.shape_light + 0.06 * noise(rng, like, 4)) * sheet.mask
    return torch.lerp(picture, colour("#fbf1dc", like), 0.75 * white).clamp(0, 1)


def coloured_pencil(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Fine coloured strokes in two directions, built up lightly on toothed white paper."""
    like = sheet.light
    ground = paper(rng, like, "#faf8f3", 0.015)
    hue = saturate(kuwahara(sheet.picture, 3), 1.5)
    angle = rng.uniform(-1.0, -0.6)
    tooth = noise(rng, like, 2.6)
    first = _streaks(rng, like, angle, 34, 2.8)
    second = _streaks(rng, like, angle + 0.7, 30, 2.8)
    light = luminance(hue)
    pressure = (1.05 - 0.45 * sheet.shape_light).clamp(0.4, 1)
    cover = torch.sigmoid(3.2 * (pressure * 1.5 - 0.75 + 0.42 * first + 0.25 * tooth))
    picture = torch.lerp(ground, with_light(hue, 0.2 + 0.8 * light), 0.95 * cover * sheet.mask)
    deep = torch.sigmoid(4 * (0.2 - sheet.shape_light + 0.25 * second))
    picture = torch.lerp(picture, hue * 0.55, 0.75 * deep * sheet.mask)
    floor = blur(sheet.shadow, 2) * torch.sigmoid(3 * (0.2 + 0.5 * first))
    picture = torch.lerp(picture, colour("#7d7a92", like), 0.55 * floor)
    contour = hand_lines(rng, sheet, 0.9) * (0.85 + 0.15 * tooth)
    return torch.lerp(picture, hue * 0.42, 0.8 * contour.clamp(0, 1)).clamp(0, 1)
