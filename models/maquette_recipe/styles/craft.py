"""Crafted styles: paper, clay, wool, thread, stone, glass and sand."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.styles.cells import means, voronoi
from maquette_recipe.styles.filters import (
    REFERENCE,
    blur,
    colour,
    emboss,
    gradient,
    gradient_map,
    kuwahara,
    luminance,
    saturate,
    smoothstep,
    thicken,
    warp,
    with_light,
)
from maquette_recipe.styles.sheet import Sheet
from maquette_recipe.styles.strokes import (
    dabs,
    directions,
)
from maquette_recipe.styles.texture import (
    coordinates,
    fractal,
    noise,
    paper,
    random,
    rules,
    weave,
)


def paper_cut(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Layers of coloured card, one for every step of depth, each with its shadow on the next."""
    like = sheet.light
    grounds = (
        ("#f6ead2", "#efd9b4", "#e6c592"), ("#dfeaf2", "#bfd6e6", "#9dbfd8"),
        ("#f7dfe0", "#eec3c6", "#e2a5ab"), ("#e3ecdc", "#c8dabb", "#a9c59a"),
        ("#efe9f5", "#d9cceb", "#bfabdb"),
    )  # fmt: skip
    shades = grounds[rng.integers(len(grounds))]
    fibre = 0.014 * noise(rng, like, 3.2) + 0.008 * noise(rng, like, 6, 2)
    picture = colour(shades[2], like) + fibre
    x, y = coordinates(like)
    far = torch.sqrt(((x - 128) / 1.05) ** 2 + (y - 128) ** 2)
    angle = torch.atan2(y - 128, x - 128)
    for i, code in ((0, shades[1]), (1, shades[0])):
        phase, lobes = rng.uniform(0, 6), int(rng.integers(4, 7))
        hole = 104 + 17 * i + 7 * torch.sin(angle * lobes + phase)
        layer = ((far - hole) / 1.5 + 0.5).clamp(0, 1)
        fall = blur(warp(layer, -3.0, -4.0), 3)
        picture = picture * (1 - 0.34 * fall * (1 - layer))
        picture = torch.lerp(picture, colour(code, like) + fibre, layer)
    mask = (sheet.depth > 0).float()
    hue = saturate(kuwahara(kuwahara(sheet.picture, 9), 7), 1.3)
    local = blur(hue * mask, 9) / blur(mask, 9).clamp_min(0.04)
    body = 0.5 * hue + 0.5 * local
    own = luminance(body)
    depth = blur(sheet.depth, 1.5)
    for i, level in enumerate((0.0, 0.38, 0.68, 0.87)):
        raw = mask if i == 0 else (depth > level).float() * mask
        layer = smoothstep(0.42, 0.58, blur(raw, 1.3))
        fall = blur(warp(layer, -2.6, -3.6), 2.6) * (1 - layer)
        picture = picture * (1 - 0.5 * fall)
        card = with_light(body, (own * (0.74 + 0.15 * i) + 0.02 * i).clamp(0, 0.97)) + 1.3 * fibre
        lip = (layer - warp(layer, -1.0, -1.2)).clamp(0, 1) if i else 0 * layer
        picture = torch.lerp(picture, card + 0.22 * lip, layer)
    fold = blur(thicken(sheet.ink, 2), 0.7) * (1 - smoothstep(0.2, 0.6, (1 - sheet.mask)))
    return (picture * (1 - 0.24 * fold)).clamp(0, 1)


def _relief(sheet: Sheet, angle: float, strength: float) -> Tensor:
    """Light on the object's own form, from its depth; (H, W), 0 in the flat."""
    inside = (sheet.depth > 0).float()
    near = blur(sheet.depth, 3) / blur(inside, 3).clamp_min(0.05)
    return emboss(near * 60, angle, strength) * sheet.mask


def clay(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A maquette of one clay: lumpy, thumb-marked, softly lit on a table of the same stuff."""
    like = sheet.light
    codes = ("#d2714a", "#c4a584", "#b3aca2", "#db9468", "#e0c9a0")
    hue = colour(codes[rng.integers(len(codes))], like)
    lumps = 1.6 * noise(rng, like, 17) + 0.7 * noise(rng, like, 9)
    prints = torch.zeros_like(like)
    for _ in range(5):
        x, y = coordinates(like)
        px, py = rng.uniform(50, 206), rng.uniform(40, 220)
        far = torch.sqrt((x - px) ** 2 + 1.7 * (y - py) ** 2)
        prints = prints + torch.cos(far * 1.35) * smoothstep(19, 8, far) * 0.55
    side = rng.uniform(3.5, 4.3)
    touched = emboss(lumps + prints, side, 0.75)
    light = blur(sheet.shape_light, 1.1)
    body = 0.3 + 0.82 * light + 0.17 * touched + 0.1 * _relief(sheet, side, 0.8)
    groove = blur(thicken(sheet.ink, 3), 1.3) * sheet.mask
    body = body * (1 - 0.28 * groove)
    y = coordinates(like)[1] / REFERENCE
    table = 0.5 + 0.16 * y + 0.06 * touched - 0.4 * blur(sheet.shadow, 2)
    table = table - 0.25 * blur(sheet.mask, 8) * (1 - sheet.mask)
    tone = torch.lerp(table, body, sheet.mask)
    picture = hue * tone * 1.12
    shine = smoothstep(0.9, 1.2, light + 0.35 * touched) * sheet.mask
    return (picture + 0.12 * shine).clamp(0, 1)


def felt(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Wool felt: soft fuzzy shapes of tangled fibres, edged with a running stitch."""
    like = sheet.light
    way = torch.stack([torch.cos(2.2 * noise(rng, like, 7)), torch.sin(2.2 * noise(rng, like, 7))])
    fuzzy = warp(kuwahara(sheet.drawn, 7), 1.3 * noise(rng, like, 4), 1.3 * noise(rng, like, 4))
    wool = saturate(blur(fuzzy, 1.1), 1.15) * 0.86 + 0.05
    fibre = dabs(rng, wool, way, spacing=5, length=11, width=2.4, vary=0.045, turn=1.4)
    picture = torch.lerp(blur(wool, 1), fibre.colour, 0.7 * fibre.cover)
    relief = emboss(1.2 * fibre.height * fibre.cover + 0.8 * noise(rng, like, 6), 4, 0.8)
    pad = blur(sheet.mask, 6)
    lift = emboss(14 * pad, 4, 0.5)
    picture = picture * (1 + 0.24 * relief + 0.26 * lift)
    picture = picture * (1 - 0.5 * blur(warp(sheet.mask, -2.5, -3.5), 3) * (1 - sheet.mask))
    seam = smoothstep(0.045, 0.02, (blur(sheet.mask, 5) - 0.86).abs())
    dx, dy = gradient(pad)
    u = torch.atan2(dy, dx)
    x, y = coordinates(like)
    along = x * torch.sin(u) - y * torch.cos(u)
    stitch = seam * smoothstep(0.62, 0.5, rules(along, 11)) * sheet.mask
    own = luminance(wool)
    thread = torch.where(blur(own, 6) > 0.55, wool * 0.45, wool * 0.4 + 0.55)
    return torch.lerp(picture, thread, 0.9 * stitch).clamp(0, 1)


def embroidery(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Satin stitches along the form in shining thread, on linen stretched in a wooden hoop."""
    like = sheet.light
    linen_code = str(rng.choice(["#efe6d4", "#e3e0d8", "#dfe5e8", "#e8d9c6"]))
    linen = colour(linen_code, like) * (1 + 0.05 * weave(like, 4.6) + 0.03 * noise(rng, like, 4))
    way = directions(sheet, rng, 7)
    hue = saturate(blur(kuwahara(sheet.picture, 5), 0.8), 1.4)
    thread = dabs(rng, hue, way, spacing=6, length=13.5, width=4.4, vary=0.04, turn=0.1)
    light = emboss(2.4 * thread.height, 4.1, 1)
    sheen = 0.9 + 0.28 * thread.height
    body = (thread.colour * sheen * (1 + 0.3 * light)).clamp(0, 1)
    edge = smoothstep(0.4, 0.6, warp(sheet.mask, noise(rng, like, 5), noise(rng, like, 5)))
    x, y = coordinates(like)
    far = torch.sqrt((x - 128) ** 2 + (y - 128) ** 2)
    picture = linen * (1 - 0.14 * smoothstep(70, 118, far))
    ring = smoothstep(6.5, 5.5, (far - 119).abs())
    wood = colour("#c2935a", like) * (1 + 0.3 * ((119 - far) / 12).clamp(-1, 1))
    wood = wood * (1 + 0.05 * noise(rng, like, 9))
    outside = colour("#b9b2a6", like) * (1 + 0.02 * noise(rng, like, 5))
    picture = torch.lerp(
        picture, outside * (1 - 0.3 * smoothstep(138, 122, far)), smoothstep(118, 120, far)
    )
    picture = torch.lerp(picture, wood, ring)
    picture = picture * (1 - 0.42 * blur(warp(edge, -2.0, -2.8), 2) * (1 - edge))
    contour = blur(sheet.ink, 0.6)
    twist = 0.9 + 0.2 * torch.cos((x + y) * 0.9)
    picture = torch.lerp(picture, body, edge)
    return torch.lerp(picture, hue * 0.42 * twist, 0.9 * contour).clamp(0, 1)


def mosaic(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Tesserae set in mortar, no two alike, their edges turned a little to the light.

    Voronoi cells of a slightly disturbed grid; each takes its mean colour.
    """
    like = sheet.light
    spacing = rng.uniform(9, 10.5)
    cells = voronoi(rng, like, spacing, 0.2)
    inside = (sheet.depth > 0).long()
    index = cells.index * 2 + inside
    tint = means(sheet.drawn, index, 2 * cells.count)
    jolt = 1 + 0.11 * random(rng, (1, 2 * cells.count), like)
    stray = 0.014 * random(rng, (3, 2 * cells.count), like)
    stone = saturate((tint * jolt + stray).clamp(0, 1)[..., None], 1.3)[..., 0][:, index]
    rim = (blur(inside.float(), 0.8) * (1 - blur(inside.float(), 0.8)) * 4).clamp(0, 1)
    gap = torch.minimum(cells.gap, 2.4 * (1 - rim))
    height = gap.clamp_max(2.2)
    light = emboss(blur(height, 0.6), 4.0, 0.9)
    tilt = (0.06 * random(rng, (2 * cells.count,), like))[index]
    body = stone * (1 + 0.3 * light + tilt) * (1 - 0.4 * blur(sheet.ink, 1))
    mortar = paper(rng, like, str(rng.choice(["#d8d0c2", "#5d5852", "#b5aea3"])), 0.03)
    return torch.lerp(mortar, body, smoothstep(0.35, 1.15, gap)).clamp(0, 1)


def stained_glass(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Glowing panes between dark lead, cut along the object's own lines."""
    like = sheet.light
    spacing = rng.uniform(29, 34)
    cells = voronoi(rng, like, spacing, 0.38)
    inside = (sheet.depth > 0).long()
    level = torch.where(inside > 0, 1 + (sheet.shape_light > 0.55).long(), 0)
    index = cells.index * 3 + level
    tint = means(sheet.picture, index, 3 * cells.count)
    jolt = 1 + 0.14 * random(rng, (1, 3 * cells.count), like)
    glass = saturate((tint * jolt).clamp(0, 1)[..., None], 1.9)[..., 0][:, index]
    swirl = fractal(rng, like, 26, 3)
    smooth = saturate(blur(sheet.picture, 2), 1.7)
    pane = 0.7 * glass + 0.3 * smooth
    glow = smoothstep(0, 11, cells.gap)
    pane = pane * (0.82 + 0.3 * glow + 0.09 * swirl) + 0.06 * glow
    cell_lead = smoothstep(2.4, 1.5, cells.gap)
    own_lead = thicken(sheet.ink, 4)
    lead = torch.maximum(cell_lead, own_lead)
    metal = colour("#17181c", like) + 0.16 * emboss(2 * blur(lead, 1.2), 4, 1.2).clamp_min(0)
    picture = torch.lerp(pane.clamp(0, 1), metal, lead)
    light = blur(pane.clamp(0, 1), 7)
    return (picture + 0.1 * light * (1 - lead)).clamp(0, 1)


def knit(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Stocking stitch: rows of small V's in wool, one colour to a stitch."""
    like = sheet.light
    x, y = coordinates(like)
    wide, tall = 10.4, 8.6
    column = torch.floor(x / wide)
    u = (x / wide - column) * 2 - 1
    # Both legs of a V run down to its middle, so that a stitch's row depends on |u|.
    slant = y / tall + 0.62 * (1 - u.abs())
    row = torch.floor(slant)
    v = (slant - row) * 2 - 1
    columns = math.ceil(float(x[0, -1]) / wide) + 1
    rows = math.ceil(REFERENCE / tall) + 2
    index = (row * columns + column).long()
    tint = means(sheet.drawn, index, rows * columns)
    jolt = 1 + 0.05 * random(rng, (1, rows * columns), like)
    wool = saturate((tint * jolt).clamp(0, 1)[..., None], 1.15)[..., 0][:, index]
    leg = (1 - v * v) * (1 - (2 * u.abs() - 1) ** 2 * 0.72)
    ply = 0.06 * torch.cos(2.3 * (y * 0.9 + torch.sign(u) * x * 1.1))
    shade = 0.5 + 0.62 * leg.clamp_min(0).sqrt() + ply * leg
    fuzz = 0.03 * noise(rng, like, 3.2)
    fold = 0.03 * noise(rng, like, 70)
    return (wool * (shade + fold) + fuzz * leg).clamp(0, 1)


def sand(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A finger's drawing in raked sand: furrows with raised rims under a low sun."""
    like = sheet.light
    codes = (
        ("#8f6c43", "#d9b67e", "#f6e3b8"),
        ("#86705a", "#cdb598", "#f1e6d2"),
        ("#8a5a3a", "#d79a66", "#f7d7a8"),
    )
    ramp = codes[rng.integers(len(codes))]
    dx, dy = 1.2 * noise(rng, like, 30), 1.2 * noise(rng, like, 30)
    furrow = blur(thicken(warp(sheet.ink, dx, dy), 6), 1.3)
    bank = blur(furrow, 4)
    mound = 6 * blur(sheet.mask, 7)
    y = coordinates(like)[1]
    bent = y + 5 * noise(rng, like, 60) + 22 * blur(sheet.mask, 22)
    rake = torch.cos(2 * math.pi * bent / 10.5)
    rake = 0.95 * rake * (1 - smoothstep(0.08, 0.4, blur(sheet.mask, 7)))
    grain = noise(rng, like, 2.5) + 0.6 * noise(rng, like, 4)
    height = -4.2 * furrow + 3.0 * bank + mound + rake + 0.28 * grain + 1.2 * fractal(rng, like, 50)
    light = emboss(height, rng.uniform(3.4, 4.2), 1.1)
    tone = 0.55 + 0.45 * light + 0.035 * grain
    tone = tone + 0.45 * (sheet.shape_light - 0.6) * sheet.mask - 0.34 * furrow
    return gradient_map(tone, ramp).clamp(0, 1)
