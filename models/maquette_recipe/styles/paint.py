"""Painted styles: oil, watercolour, gouache, impasto, pastel, ink wash and their relatives."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.styles.cells import voronoi
from maquette_recipe.styles.filters import (
    blur,
    colour,
    emboss,
    gradient,
    gradient_map,
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
    dabs,
    directions,
    hand_lines,
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
)


def oil(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Calm patches with soft bristle marks along the form and a little light on the paint.

    A Kuwahara filter twice (Kuwahara 1976), then line integral convolution as bristles.
    """
    way = directions(sheet, rng)
    bristle = line_integral(rng, way, 42, 3.4)
    moved = warp(sheet.drawn, 2.0 * bristle * way[1], -2.0 * bristle * way[0])
    paint = kuwahara(kuwahara(moved, 5), 3)
    mottle = 0.06 * fractal(rng, sheet.light, 44) * (1 - sheet.mask)
    paint = saturate(paint * (1 + mottle + 0.035 * bristle), 1.3)
    glaze = 0.93 + 0.14 * torch.sigmoid(2 * fractal(rng, sheet.light, 60))
    relief = emboss(bristle, rng.uniform(3.4, 4.4), 0.55)
    return (paint * glaze + (0.06 + 0.05 * sheet.mask) * relief).clamp(0, 1)


def watercolour(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Transparent washes with dark rims, blooms and a ragged, unpainted border of white paper.

    Pigment follows Bousseau et al. 2006: density changes with edges, turbulence and paper grain,
    and darkens a colour c to c - (c - c²)(d - 1).
    """
    like = sheet.light
    amount = 1.4
    washed = warp(
        kuwahara(sheet.picture, 7), amount * noise(rng, like, 18), amount * noise(rng, like, 18)
    )
    soft = blur(washed, 1.6) * sheet.contour
    dx, dy = gradient(luminance(blur(washed, 0.9)))
    rim = (torch.sqrt(dx * dx + dy * dy) * 9).clamp(0, 1)
    pale = 1 - (1 - saturate(soft, 1.35)) * torch.lerp(
        torch.full_like(like, 0.62), torch.full_like(like, 0.88), blur(sheet.mask, 1.5)
    )
    bloom = fractal(rng, like, 46, 4)
    density = 1 + 0.9 * rim + 0.26 * bloom + 0.16 * noise(rng, like, 3.4)
    wash = (pale - (pale - pale * pale) * (density - 1)).clamp(0, 1)
    edge = border(rng, like, 15, 7)
    pool = blur(edge, 2.5) * (1 - blur(edge, 2.5)) * 4 * edge
    wash = wash * (1 - 0.16 * pool)
    inside = torch.maximum(blur(edge, 0.8), sheet.mask)
    sheet_of_paper = paper(rng, like, "#fbf8f1", 0.022)
    return torch.lerp(sheet_of_paper, wash * sheet_of_paper / 0.98, inside).clamp(0, 1)


def gouache(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Opaque, matt, chalky colour in a few flat tones, with dry-brush streaks where they meet."""
    like = sheet.light
    angle = rng.uniform(-0.7, 0.2)
    way = torch.stack(
        [torch.full_like(like, math.cos(angle)), torch.full_like(like, math.sin(angle))]
    )
    streak = line_integral(rng, way, 42, 3.4)
    smooth = blur(kuwahara(sheet.picture, 9), 1)
    tone = steps(luminance(smooth) + (0.008 + 0.022 * sheet.mask) * streak, 6, 0.06)
    flat = with_light(smooth, 0.16 + 0.74 * tone) * sheet.contour
    chalk = saturate(flat, 1.12) * 0.9 + 0.07
    dry = smoothstep(1.25, 1.9, streak)[None] * 0.16
    return (chalk + dry * (1 - chalk) + 0.018 * noise(rng, like, 3)).clamp(0, 1)


def impasto(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Thick dabs from a palette knife and a loaded brush, lit from the side."""
    way = directions(sheet, rng, 7)
    base = saturate(kuwahara(sheet.picture, 5) * sheet.contour, 1.35)
    thick = dabs(
        rng, base, way, spacing=8.5, length=19, width=10, vary=0.035, turn=0.28, bristles=0.16
    )
    light = emboss(3.2 * thick.height, rng.uniform(3.6, 4.3), 1)
    painted = torch.lerp(thick.colour, base, 0.25)
    shine = (light - 0.3).clamp_min(0)
    return (painted * (1 + 0.42 * light) + 0.4 * shine).clamp(0, 1)


def pastel(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Powdery strokes of light colour on a toned, toothed paper that shows between them."""
    like = sheet.light
    ground = paper(rng, like, str(rng.choice(["#b9a58c", "#8f97a3", "#a58f94", "#9aa08a"])), 0.03)
    angle = rng.uniform(-1.1, -0.5)
    fixed = torch.stack(
        [torch.full_like(like, math.cos(angle)), torch.full_like(like, math.sin(angle))]
    )
    streak = line_integral(rng, fixed, 26, 3.2)
    soft = blur(kuwahara(sheet.picture, 5), 1.0) * sheet.contour
    chalk = saturate(soft, 1.2) * 0.84 + 0.15
    tooth = noise(rng, like, 2.8)
    covered = torch.sigmoid(4.5 * (0.3 + 0.5 * streak + 0.4 * tooth + 0.75 * blur(sheet.mask, 2)))
    edge = border(rng, like, 9, 7)
    return torch.lerp(ground, chalk, 0.92 * covered * edge).clamp(0, 1)


def ink_wash(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Sumi-e: grey washes that bleed into rice paper, a swelling brush outline, a red seal."""
    like = sheet.light
    ground = paper(rng, like, "#efe8d8", 0.025)
    bleed = fractal(rng, like, 30)
    wet = warp(sheet.tone, 2.2 * bleed, 2.2 * fractal(rng, like, 30))
    wash = 0.62 * (1 - steps(blur(wet, 2.2) + 0.04 * bleed, 4, 0.3)) * (1 + 0.22 * bleed)
    halo = blur(sheet.mask, 5) * (1 - sheet.mask)
    mist = 0.22 * smoothstep(0.2, 1.6, bleed + 0.6) * smoothstep(0.02, 0.5, blur(sheet.mask, 30))
    pressure = smoothstep(-0.5, 0.9, noise(rng, like, 55))
    thin, broad = hand_lines(rng, sheet, 1.3), thicken(hand_lines(rng, sheet, 0.8), 6)
    dry = smoothstep(-1.4, -0.3, noise(rng, like, 4, 2) + 0.7 * pressure)
    brush = torch.maximum(0.75 * thin, broad * pressure * dry)
    ink = torch.maximum(wash * sheet.mask, brush * 0.93)
    ink = torch.maximum(ink, (0.35 * halo + mist + 0.3 * blur(sheet.shadow, 4)) * (1 - sheet.mask))
    picture = torch.lerp(ground, colour("#14151a", like), ink.clamp(0, 0.95))
    x, y = coordinates(like)
    left, top = rng.choice([16.0, 222.0]), rng.uniform(200, 216)
    u, v = x - left, y - top
    seal = ((u > 0) & (u < 19) & (v > 0) & (v < 21)).float()
    carving = smoothstep(0.5, 0.75, rules(u + 1, 6)) * smoothstep(0.1, 0.4, rules(v + 2, 9.5))
    inside = ((u > 2.5) & (u < 16.5) & (v > 2.5) & (v < 18.5)).float()
    red = blur(seal * (1 - carving * inside), 0.5) * (1 - sheet.mask)
    return torch.lerp(picture, colour("#b8281f", like), 0.9 * red).clamp(0, 1)


def fresco(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Earthy, faded pigment in old plaster, mottled, cracked and chipped."""
    like = sheet.light
    faded = saturate(kuwahara(sheet.drawn, 3), 1.15)
    limed = faded * 0.8 + 0.15 * colour("#e9d8b6", like)
    mottle = fractal(rng, like, 34, 4)
    plaster = paper(rng, like, "#dccbab", 0.05)
    worn = smoothstep(1.2, 1.9, fractal(rng, like, 38, 4)) * (1 - 0.75 * sheet.mask)
    wall = torch.lerp(limed * (1 + 0.06 * mottle), plaster, 0.85 * worn + 0.12)
    cells = voronoi(rng, like, 62, 0.48)
    gap = warp(cells.gap, 4 * noise(rng, like, 12), 4 * noise(rng, like, 12))
    crack = smoothstep(1.1, 0.4, gap) * smoothstep(-0.2, 0.7, noise(rng, like, 50))
    rough = emboss(noise(rng, like, 5) + 1.5 * blur(worn, 1), 3.9, 0.6)
    return (wall * (1 - 0.45 * crack * (1 - 0.75 * sheet.mask)) + 0.07 * rough).clamp(0, 1)


def pointillism(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Round dots of strayed, vivid colour that mix in the eye, on a pale ground, after Seurat."""
    like = sheet.light
    way = torch.stack([torch.ones_like(like), torch.zeros_like(like)])
    vivid = saturate(blur(sheet.drawn, 0.8), 1.5)
    dot = dabs(rng, vivid, way, spacing=6.2, length=6.6, width=6.6, vary=0.06, turn=0)
    small = dabs(rng, vivid, way, spacing=5, length=4.2, width=4.2, vary=0.07, turn=0)
    ground = 0.35 * paper(rng, like, "#f3eee0", 0.02) + 0.65 * blur(vivid, 3)
    picture = torch.lerp(ground, small.colour, 0.95 * small.cover)
    return torch.lerp(picture, dot.colour, dot.cover).clamp(0, 1)


def impressionism(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Short, broken strokes of bright colour along the form, shadows leaning to violet and blue."""
    way = directions(sheet, rng, 6)
    shade = smoothstep(0.6, 0.15, sheet.light)
    lit = saturate(sheet.drawn, 1.35) * 0.9 + 0.08
    lit = torch.lerp(lit, lit + colour("#30204a", lit) * 0.5, 0.5 * shade)
    broad = dabs(
        rng, blur(lit, 2), way, spacing=9, length=20, width=8.5, vary=0.06, turn=0.35, bristles=0.1
    )
    fine = dabs(rng, lit, way, spacing=6.5, length=14, width=4.8, vary=0.055, turn=0.35)
    wanted = blur(thicken(sheet.ink, 5) + 0.65 * sheet.mask, 1.5).clamp(0, 0.85)
    picture = torch.lerp(broad.colour, fine.colour, fine.cover * wanted)
    light = emboss(broad.height, 4, 1)
    return (picture * (1 + 0.12 * light)).clamp(0, 1)


def fauvism(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Wild colour: the object in colours of another world, blue contours, a flaming background."""
    like = sheet.light
    way = directions(sheet, rng, 8)
    ramps = (
        ("#1b2f8a", "#0f8a6a", "#e8452c", "#ff9d1e", "#ffe45c"),
        ("#3a1469", "#c3186b", "#ff5a1f", "#ffc21a", "#c8f06a"),
        ("#102a6b", "#1f7fd1", "#1fb58a", "#f2d22c", "#ff8fb0"),
        ("#4a0f4f", "#d11f3f", "#ff7a2b", "#7fd6c4", "#fff0a0"),
    )
    wild = gradient_map(
        (sheet.shape_light + 0.12 * noise(rng, like, 36)).clamp(0, 1), ramps[rng.integers(4)]
    )
    around = saturate(sheet.backdrop, 2.6)
    around = saturate(around + 0.09 * fractal(rng, like, 50) * colour("#ff5030", like), 1.5)
    base = torch.lerp(around, wild, sheet.mask)
    strokes = dabs(
        rng, base, way, spacing=11, length=25, width=12, vary=0.05, turn=0.25, bristles=0.12
    )
    painted = torch.lerp(strokes.colour, base, 0.45 * blur(sheet.mask, 1))
    contour = thicken(hand_lines(rng, sheet, 1.2), 6)
    return torch.lerp(painted, colour("#15205e", like), 0.92 * contour).clamp(0, 1)


def spray_paint(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """A stencil on a brick wall: flat tones with overspray, specks and a few drips of paint."""
    like = sheet.light
    x, y = coordinates(like)
    row = torch.floor(y / 16)
    u, v = (x + 18 * (row % 2)) / 36, y / 16
    mortar = torch.minimum(
        (u - torch.floor(u) - 0.5).abs().mul(-36).add(18),
        (v - torch.floor(v) - 0.5).abs().mul(-16).add(8),
    )
    joint = smoothstep(2.0, 0.6, mortar + 0.4 * noise(rng, like, 4))
    tint = torch.sin(torch.floor(u) * 12.9898 + row * 78.233) * 0.06
    wall = saturate(sheet.backdrop, 1.3) * (0.9 + tint + 0.05 * noise(rng, like, 3.5))
    wall = torch.lerp(wall, wall * 0.62 + 0.05, joint)
    smooth = kuwahara(sheet.picture, 6)
    tone = steps(sheet.shape_light, 3, 0.3)
    flat = with_light(saturate(smooth, 1.5), (0.5 * tone + 0.5 * luminance(smooth)).clamp(0.05, 1))
    spray = blur(sheet.mask, 5) + 0.24 * noise(rng, like, 2.2)
    dust = smoothstep(0.2, 0.95, spray) * 0.75
    core = smoothstep(0.35, 0.65, blur(sheet.mask, 1.2))
    fill = blur(flat * sheet.mask, 4) / blur(sheet.mask, 4).clamp_min(0.03)
    picture = torch.lerp(torch.lerp(wall, fill, dust), flat, core)
    picture = torch.lerp(picture, picture * (1 - 0.25 * joint), core)
    outline = blur(thicken(sheet.ink, 3.6), 1.5)
    run = smoothstep(0.75, 0.95, noise(rng, like[:1], 9).expand_as(like) * 1.0)
    fall = torch.stack([warp(sheet.mask, 0.0, -d) for d in (6.0, 12.0, 18.0, 24.0)]).mean(0)
    drip = blur(run * smoothstep(0.2, 0.3, fall) * (1 - sheet.mask), 0.8)
    picture = torch.lerp(picture, fill * 0.95, drip)
    ink = torch.maximum(outline * 1.15, 0.8 * speckle(rng, like, 4, 0.006) * (dust > 0.02))
    return torch.lerp(picture, colour("#111318", like), 0.9 * ink.clamp(0, 1)).clamp(0, 1)


def airbrush(sheet: Sheet, rng: np.random.Generator) -> Tensor:
    """Glossy showroom art of the 1980s: seamless gradients, glowing highlights, a star or two."""
    like = sheet.light
    smooth = saturate(blur(kuwahara(sheet.picture, 3), 0.8), 1.35)
    deep = smooth * (1 - 0.45 * blur(thicken(sheet.ink, 3), 3.5) * sheet.mask)
    y = coordinates(like)[1] / 256
    back = deep * (0.62 + 0.6 * smoothstep(0.1, 0.9, y + 0.05 * noise(rng, like, 120)))
    picture = torch.lerp(back, deep * 1.06 + 0.02, sheet.mask)
    rim = blur(sheet.mask, 7) * (1 - sheet.mask)
    picture = picture + 0.55 * rim * (1 - picture)
    shine = smoothstep(0.62, 1, sheet.shape_light) * sheet.mask
    bloom = blur(shine, 8) * 0.5 + 0.25 * blur(shine, 2)
    picture = picture + bloom * (1 - picture)
    x_at, y_at = coordinates(like)
    score = (blur(shine, 2) + 0.05 * noise(rng, like, 20)) * (sheet.mask > 0.9)
    for _ in range(int(rng.integers(1, 3))):
        place = int(score.argmax())
        px, py = x_at.flatten()[place], y_at.flatten()[place]
        dx, dy = (x_at - px).abs(), (y_at - py).abs()
        far = torch.sqrt(dx * dx + dy * dy)
        reach = float(rng.uniform(16, 26))
        star = torch.exp(-dx / reach * 3 - dy * 1.1) + torch.exp(-dy / reach * 3 - dx * 1.1)
        star = star + 0.8 * torch.exp(-far / 4)
        picture = picture + star.clamp(0, 1) * (1 - picture)
        score = score * (far > 40)
    return picture.clamp(0, 1)
