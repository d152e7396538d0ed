"""Printed styles: plates, screens, blocks and stamps in few inks."""

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
    directions,
    line_integral,
)
from maquette_recipe.styles.texture import (
    border,
    coordinates,
    fractal,
    noise,
    paper,
    rounds,
    rules,
    speckle,
    threshold,
    turned,
    vignette,
)


def _over(ground: Tensor, ink: Tensor, cover: Tensor) -> Tensor:
    """A transparent ink (3, 1, 1) printed on (3, H, W): the colours multiply where it covers."""
    return ground * (1 - cover * (1 - ink))


def risograph(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Two bright soy inks, grainy, printed one after the other and never quite in register."""
    like = sheet.light
    pairs = (
        ("#ff48b0", "#0078bf"), ("#ff665e", "#00838a"), ("#ffb511", "#3d5588"),
        ("#f15060", "#3255a4"), ("#5ec8e5", "#e0457b"), ("#00a95c", "#ff6c2f"),
    )  # fmt: skip
    pair = pairs[rng.integers(len(pairs))]
    ground = paper(rng, like, "#f6f1e4", 0.02)
    grain = 0.5 * noise(rng, like, 2.6) + 0.35 * noise(rng, like, 4)
    sweep = coordinates(like)[1] / 256
    light = 0.22 + 0.3 * sweep
    first_tone = torch.lerp(light, 1.0 - 0.72 * sheet.shape_light, sheet.mask)
    first = torch.sigmoid(7 * (first_tone - 0.42 + (0.1 + 0.06 * sheet.mask) * grain)) * 0.95
    second_tone = torch.lerp(0.75 * sheet.shadow, (0.95 - 1.25 * sheet.shape_light), sheet.mask)
    second = threshold(second_tone + 0.05 * grain, 1 - 1.42 * rounds(like, 6.4, 0.6), 0.3)
    second = torch.maximum(second, thicken(sheet.ink, 3))
    dx, dy = rng.uniform(2, 4.5) * rng.choice([-1, 1]), rng.uniform(-3.5, 3.5)
    second = warp(second, dx, dy) * (0.93 + 0.07 * grain).clamp(0, 1)
    picture = _over(ground, colour(pair[0], like), first)
    return _over(picture, colour(pair[1], like), second).clamp(0, 1)


def linocut(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """One ink from carved lino: light is gouged along the form, stray ridges print around it."""
    like = sheet.light
    ground = paper(rng, like, "#f4efe2", 0.02)
    way = directions(sheet, rng, 9)
    gouge = line_integral(rng, way, 44, 4.4)
    light = torch.lerp(0.12 * torch.ones_like(like), sheet.shape_light, sheet.mask)
    carved = smoothstep(-0.22, 0.22, light * 2.0 - 1.22 + 0.5 * gouge) * blur(sheet.mask, 0.6)
    ridge = smoothstep(1.0, 1.3, gouge) * (1 - blur(sheet.mask, 2))
    around = smoothstep(0.03, 0.1, blur(sheet.mask, 12))
    white_line = thicken(sheet.ink, 3.4)
    block = border(rng, like, 11, 3)
    dark_ground = rng.random() < 0.5
    if dark_ground:
        rays = smoothstep(0.9, 1.25, gouge) * 0.95
        ink = torch.where(sheet.mask > 0.5, 1 - carved, 1 - rays)
        ink = ink * (1 - white_line)
        ink = ink * block
    else:
        ink = torch.where(sheet.mask > 0.5, 1 - carved, ridge * around)
        ink = torch.maximum(ink, thicken(sheet.ink, 5))
    salt = 1 - 0.85 * speckle(rng, like, 2.8, 0.03)
    printing = blur(ink, 0.5) * salt * (0.95 + 0.06 * noise(rng, like, 18))
    code = str(rng.choice(["#17171a", "#1c2340", "#23130f", "#12301f"]))
    return torch.lerp(ground, colour(code, like), printing.clamp(0, 1)).clamp(0, 1)


def ukiyo_e(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A woodblock print: indigo key line, flat muted colour, graded sky, wood grain, a seal."""
    like = sheet.light
    x, y = coordinates(like)
    flat = kuwahara(sheet.picture, 9)
    tone = steps(0.6 * sheet.shape_light + 0.4 * luminance(flat), 4, 0.16)
    body = with_light(saturate(flat, 1.05), 0.18 + 0.68 * tone)
    washi = paper(rng, like, "#eadfc3", 0.025)
    grain = noise(rng, like, 5, 14) + 0.5 * noise(rng, like, 2.8, 20)
    back = sheet.backdrop
    back = with_light(saturate(back, 1.3), 0.35 + 0.5 * luminance(back))
    picture = torch.lerp(back, body, sheet.mask)
    picture = picture * washi / 0.9
    # Bokashi: the printer wipes the block, so that blue fades down from the upper rim.
    fade = smoothstep(74, 8, y + 4 * noise(rng, like, 60)) * (1 - sheet.mask)
    picture = torch.lerp(picture, colour("#1f4a74", like), 0.88 * fade)
    low = smoothstep(226, 256, y) * (1 - sheet.mask)
    picture = torch.lerp(picture, colour("#37546a", like), 0.4 * low)
    picture = picture * (1 + 0.035 * grain)
    key = thicken(warp(sheet.ink, 0.7 * noise(rng, like, 40), 0.7 * noise(rng, like, 40)), 3.4)
    picture = torch.lerp(picture, colour("#1a2238", like), 0.92 * key)
    left = 14.0 if rng.random() < 0.5 else 226.0
    u, v = x - left, y - 18
    panel = ((u > 0) & (u < 17) & (v > 0) & (v < 46)).float()
    picture = torch.lerp(picture, colour("#c9402c", like), 0.95 * blur(panel, 0.5))
    sign = (rules(v + 3.5, 11) < 0.5) & (u > 4) & (u < 13) & (v > 4) & (v < 42)
    sign = sign & ((rules(u + 0.5, 4.4) > 0.28) | (rules(v + 3.5, 11) < 0.2))
    picture = torch.lerp(picture, colour("#f3e6c9", like), 0.9 * blur(sign.float(), 0.5))
    inner = torch.minimum(torch.minimum(x, 256 - x), torch.minimum(y, 256 - y))
    return torch.lerp(picture, washi, smoothstep(6, 5, inner)).clamp(0, 1)


def screenprint(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Solid layers of ink: three tones of the object's own colour on one bold flat ground."""
    like = sheet.light
    grounds = ("#f7c948", "#ef7f5a", "#8ccfc0", "#f2b5c4", "#a8c6ea", "#e9e2cf", "#c9d87a")
    ground = colour(grounds[rng.integers(len(grounds))], like) * (1 + 0.012 * noise(rng, like, 40))
    hue = saturate(blur(kuwahara(sheet.picture, 9), 1), 1.5)
    level = steps(blur(sheet.shape_light, 1.2), 3, 0.05)
    own = luminance(hue)
    body = with_light(hue, (own * (0.45 + 0.85 * level) + 0.12 * (level > 0.9)).clamp(0.03, 0.97))
    dx, dy = rng.uniform(1.5, 3.5) * rng.choice([-1, 1]), rng.uniform(-3, 3)
    rough = 0.12 * noise(rng, like, 3)
    sheet_mask = smoothstep(0.4, 0.6, blur(sheet.mask, 1.4) + rough)
    under = smoothstep(0.25, 0.4, sheet.shadow) * (1 - sheet_mask)
    picture = torch.lerp(ground.expand_as(hue), ground * 0.62, under)
    picture = torch.lerp(picture, body, warp(sheet_mask, dx, dy))
    key = thicken(sheet.ink, 3.8)
    picture = _over(picture, colour("#1c1a2b", like), 0.95 * key)
    salt = 0.7 * speckle(rng, like, 3.2, 0.01)
    picture = torch.lerp(picture, colour("#f7f3e8", like), salt)
    frame = border(rng, like, 10, 0.8)
    return torch.lerp(colour("#f7f3e8", like).expand_as(hue), picture, frame).clamp(0, 1)


def halftone(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Four-colour offset printing seen close: cyan, magenta, yellow and black dots, each turned.

    The classic screen angles 15°, 75°, 0° and 45°; black replaces half of what the three share.
    """
    like = sheet.light
    picture = saturate(sheet.drawn, 1.2)
    ink = 1 - picture
    black = 0.4 * ink.amin(0)
    result = paper(rng, like, "#fbf8ee", 0.012)
    turn = rng.uniform(-0.1, 0.1)
    period = rng.uniform(6.4, 7.4)
    plates = (
        ("#00a4e0", ink[0] - black, 15), ("#e3187f", ink[1] - black, 75),
        ("#ffe11a", ink[2] - black, 0), ("#16161a", black, 45),
    )  # fmt: skip
    for code, amount, degrees in plates:
        dx, dy = rng.uniform(-0.8, 0.8), rng.uniform(-0.8, 0.8)
        plate = warp(amount.clamp(0, 1), dx, dy)
        far = rounds(like, period, math.radians(degrees) + turn)
        # A dot's area follows the amount of ink, so that its radius follows the square root.
        cover = ((plate.clamp_min(0).sqrt() * 0.58 - far) * period / 1.3 + 0.5).clamp(0, 1)
        result = _over(result, colour(code, like), cover * (plate > 0.015))
    return result.clamp(0, 1)


def newspaper(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A cut-out photograph in coarse black dots among the columns of a newspaper."""
    like = sheet.light
    x, y = coordinates(like)
    ground = paper(rng, like, str(rng.choice(["#ddd6c3", "#d6d1c4", "#e2d9bf"])), 0.035)
    column = rules(x + 21, 85.3)
    words = noise(rng, like, 3.4, 2.4)
    letters = (rules(y, 6.4) < 0.46) & (words > -0.55) & (column < 0.86)
    headline = (y < 36) & (y > 14) & (x > 12) & (x < 244)
    glyphs = headline & (noise(rng, like[:1], 8).expand_as(like) > -0.45)
    glyphs = glyphs & ((rules(y - 25, 11) > 0.3) | (noise(rng, like, 9) > 0.2))
    rule = smoothstep(1.5, 0.7, (y - 9).abs()) + smoothstep(1.5, 0.7, (y - 41).abs())
    free = 1 - smoothstep(0.01, 0.12, blur(sheet.mask, 9))
    text = torch.where(y < 44, glyphs.float() + rule, letters.float() * 0.62)
    text = blur(text.clamp(0, 1), 0.5) * free
    tone = torch.lerp(1 - 0.8 * sheet.shadow, sheet.shape_light, sheet.mask)
    far = rounds(like, rng.uniform(5.2, 6), math.pi / 4)
    dark = (1 - tone).clamp(0, 1)
    dot = ((dark.sqrt() * 0.68 - far) * 4 + 0.5).clamp(0, 1) * (dark > 0.04)
    ink = torch.maximum(dot * (sheet.mask + sheet.shadow).clamp(0, 1), text)
    ink = torch.maximum(ink, 0.85 * sheet.ink)
    fade = 0.88 + 0.05 * noise(rng, like, 30)
    return torch.lerp(ground, colour("#1d1c1e", like), (ink * fade).clamp(0, 1)).clamp(0, 1)


def engraving(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A banknote's burin lines: they swell with darkness and bend over the form by its depth."""
    like = sheet.light
    ground = paper(rng, like, str(rng.choice(["#f0ead6", "#e9eadb", "#efe6d2"])), 0.018)
    form = blur(sheet.depth, 3) * 34
    u, v = turned(like, rng.uniform(-0.35, 0.35))
    dark = 1 - torch.lerp(0.86 - 0.5 * sheet.shadow, sheet.shape_light, sheet.mask)
    softness = 0.42
    first = threshold(dark * 1.08 + 0.04, rules(v + form, 5.2), softness)
    cross = threshold((dark - 0.45) * 1.5, rules(u + form, 5.6), softness)
    sky = threshold(0.2 + 0.16 * vignette(like) + 0.6 * sheet.shadow, rules(v, 5.2), softness)
    ink = torch.where(sheet.mask > 0.5, torch.maximum(first, cross), sky)
    ink = torch.maximum(ink, sheet.ink)
    oval = torch.sqrt((u / 122) ** 2 + (v / 122) ** 2)
    ink = torch.where(
        (oval > 0.98) & (sheet.mask < 0.5), smoothstep(0.03, 0.01, (oval - 1).abs()), ink
    )
    code = str(rng.choice(["#1f3d2c", "#1d2b4d", "#1a1a1c", "#4a1d24"]))
    return torch.lerp(ground, colour(code, like), 0.93 * ink.clamp(0, 1)).clamp(0, 1)


def stamp(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A rubber stamp: one ink pressed unevenly, with a double ring around the object."""
    like = sheet.light
    ground = paper(rng, like, str(rng.choice(["#f7f3ea", "#efe4cd", "#d9c3a0"])), 0.025)
    u, v = turned(like, rng.uniform(-0.12, 0.12))
    far = torch.sqrt(u * u + v * v)
    ring = smoothstep(2.6, 1.7, (far - 117).abs()) + smoothstep(1.5, 0.8, (far - 109).abs())
    angle = torch.atan2(v, u)
    teeth = smoothstep(3.6, 2.8, (far - 123).abs()) * (torch.sin(angle * 36) > 0)
    free = 1 - smoothstep(0.02, 0.2, blur(sheet.mask, 5))
    solid = smoothstep(0.46, 0.38, blur(sheet.shape_light, 1)) * sheet.mask
    # Lines are cut out of solid ink, so that a dark object keeps its parts.
    line = torch.lerp(thicken(sheet.ink, 4.4), solid * (1 - thicken(sheet.ink, 2.4)), solid)
    shade = (rules(u + v, 7.5) < 0.42).float() * smoothstep(0.78, 0.7, sheet.shape_light)
    ink = torch.maximum(line, 0.95 * blur(shade * sheet.mask * (1 - solid), 0.5))
    ground_line = (rules(v, 8) < 0.4).float() * (sheet.shadow > 0.25)
    ink = torch.maximum(ink, torch.maximum((ring + teeth).clamp(0, 1) * free, ground_line))
    worn = smoothstep(-1.6, -0.75, noise(rng, like, 3.4) + 0.7 * fractal(rng, like, 44) + 0.35)
    pressed = ink * worn * (0.85 + 0.1 * noise(rng, like, 60)).clamp(0, 1)
    code = str(rng.choice(["#c2202a", "#1f3f9e", "#5b2a86", "#1b6b4a", "#b3261e"]))
    return torch.lerp(ground, colour(code, like), pressed.clamp(0, 0.94)).clamp(0, 1)


def pop_art(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Comic panels of the 1960s: primary colours, Ben-Day dots, fat black contours, a burst."""
    like = sheet.light
    sets = (
        ("#ffde00", "#e4002b", "#00a3e0"), ("#00b2e3", "#ff2e8a", "#fff200"),
        ("#ff3b30", "#ffd500", "#2b3bd6"), ("#ff7ac0", "#00c2b2", "#ffe600"),
    )  # fmt: skip
    body, dot, ground = sets[rng.integers(len(sets))]
    x, y = coordinates(like)
    white = torch.ones_like(sheet.picture)
    angle = torch.atan2(y - 140, x - 128) / math.pi
    rays = smoothstep(-0.06, 0.06, torch.sin(angle * math.pi * 12 + rng.uniform(0, 6)))
    picture = torch.lerp(white, colour(ground, like), 0.25 + 0.75 * rays)
    far = rounds(like, 9, 0.4)
    size = 0.46 * smoothstep(40, 150, torch.sqrt((x - 128) ** 2 + (y - 128) ** 2))
    back_dots = ((size - far) * 6 + 0.5).clamp(0, 1)
    picture = torch.lerp(picture, colour(dot, like), back_dots * (size > 0.03))
    shade = 1 - sheet.shape_light
    thing = torch.lerp(colour(body, like).expand_as(white), white, smoothstep(0.14, 0.1, shade))
    dots_in = ((0.62 * smoothstep(0.22, 0.62, shade) - rounds(like, 7, 0.785)) * 5 + 0.5).clamp(
        0, 1
    )
    thing = torch.lerp(thing, colour(dot, like), dots_in * (shade > 0.24))
    thing = torch.lerp(thing, colour("#101014", like), smoothstep(0.82, 0.86, shade))
    picture = torch.lerp(picture, thing, sheet.mask)
    halo = thicken((sheet.depth > 0).float(), 13) * (1 - sheet.mask)
    picture = torch.lerp(picture, white, halo)
    return torch.lerp(picture, colour("#0d0d10", like), thicken(sheet.ink, 5)).clamp(0, 1)


def poster(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A travel poster between the wars: big flat shapes, grainy shade, sun rays, a cream frame."""
    like = sheet.light
    x, y = coordinates(like)
    flat = saturate(blur(kuwahara(kuwahara(sheet.picture, 9), 9), 0.8), 1.4)
    grain = 0.5 * noise(rng, like, 2.6) + 0.4 * noise(rng, like, 3.6)
    inside = (sheet.depth > 0).float()
    own = blur(luminance(flat) * inside, 6) / blur(inside, 6).clamp_min(0.05)
    tone = steps(blur(sheet.shape_light, 1) + 0.02 * grain, 3, 0.06)
    body = with_light(flat, own * (0.58 + 0.5 * tone) + 0.02)
    body = body * (1 - 0.55 * blur(sheet.ink, 0.7))
    back = saturate(sheet.backdrop, 1.7)
    back = with_light(back, 0.22 + 0.62 * luminance(back))
    px, py = rng.choice([20.0, 236.0]), rng.uniform(-20, 30)
    angle = torch.atan2(y - py, x - px)
    rays = smoothstep(-0.12, 0.12, torch.sin(angle * 22))
    reach = smoothstep(300, 40, torch.sqrt((x - px) ** 2 + (y - py) ** 2))
    back = back * (0.86 + 0.24 * rays * reach + 0.05 * reach)
    sunk = smoothstep(0.25, -0.7, grain * 0.1 + (160 - y) / 90)
    back = back * (1 - 0.3 * sunk) * (1 - 0.45 * steps(sheet.shadow, 2))
    picture = torch.lerp(back, body, smoothstep(0.35, 0.65, blur(sheet.mask, 0.9)))
    inner = torch.minimum(torch.minimum(x, 256 - x), torch.minimum(y, 256 - y))
    frame = smoothstep(10.6, 9.6, inner) * (1 - sheet.mask)
    picture = torch.lerp(picture, colour("#f3e9d2", like), frame)
    line = smoothstep(1.3, 0.7, (inner - 14).abs()) * (1 - sheet.mask)
    return torch.lerp(picture, colour("#f3e9d2", like), 0.8 * line).clamp(0, 1)
