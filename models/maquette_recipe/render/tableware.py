"""What stands on a laid table: pitcher, tumbler, plate, teacup, cake stand."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.parts import FAR, Distances, Form, Params, Part
from maquette_recipe.render.primitives import (
    box2,
    capsule,
    cylinder,
    length2,
    length3,
    smooth_union,
    smoothstep,
    subtract,
    torus,
    turned,
)


def _pitcher(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Jug with a pouring lip to -x and a tall round or angular handle to +x."""
    h, neck = q["height"], q["neck"]
    t = (y / h).clamp(0, 1)
    x = x + 0.06
    radial = length2(x, z)
    bulge = torch.exp(-(((t - q["belly_at"]) / 0.3) ** 2))
    forward = (-x / radial).clamp_min(0)
    forward = forward * forward * forward
    beak = q["beak"] * smoothstep(0.66, 1.0, t) * forward * forward
    wall = neck + q["belly"] * bulge + 0.05 * smoothstep(0.7, 1.0, t) + beak
    lid = (y - h + 0.2 * x) * 0.98
    outer = torch.maximum(radial - wall, torch.maximum(lid, -y))
    inner = torch.maximum(radial - wall + 0.035, 0.06 - y)
    across, along = x - neck - 0.08, (y - 0.6 * h) * 0.72
    round_loop = length2(across, along) - 0.23
    square_loop = box2(across, along, 0.22, 0.22, 0.08)
    loop = torch.where(q["handle"] > 0.5, round_loop, square_loop)
    handle = torch.maximum(length2(loop, 0.75 * z) - 0.036, wall - 0.03 - radial)
    return {Part.MAIN: subtract(smooth_union(outer, handle, 0.03), inner)}


PITCHER = Form(
    "pitcher",
    {"height": (0.95, 1.2), "neck": (0.19, 0.26), "belly": (0.07, 0.19), "belly_at": (0.18, 0.42),
     "beak": (0.12, 0.22), "handle": (0.0, 1.0)},
    _pitcher,
    lambda q: (
        0.5 * q["height"] + 0.04, length2(0.5 * q["height"] + 0.04, q["neck"] + q["beak"] + 0.06),
    ),
    step=0.56,
    turns=((-20.0, 20.0), (20.0, 40.0)),
)  # fmt: skip


def _tumbler(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Drinking glass with flutes or facets on its lower part, some with a straw."""
    r, h = q["radius"], q["height"]
    radial = length2(x, z)
    t = (y / h).clamp(0, 1)
    wave = torch.cos(0.5 * torch.round(q["ribs"]) * torch.atan2(z, x))
    # The squared wave gives round flutes; its root sharper ridges between them.
    wave = torch.where(q["facet"] > 0.5, (wave * wave + 0.03).sqrt(), wave * wave)
    rib = 0.03 * wave * smoothstep(q["top"] + 0.08, q["top"], t)
    lean = q["taper"] * (1 - t)
    outer = cylinder(radial + lean + rib, y - h / 2, r, h / 2, 0.02)
    inner = cylinder(radial + lean, y - h / 2 - 0.14, r - 0.06, h / 2, 0.02)
    cup = subtract(outer, inner)
    straw = capsule(
        x, y, z, (-0.4 * r, 0.2, 0.0), (r + 0.1, h + 0.3, 0.08), 0.03
    )  # fmt: skip
    straw = torch.where(q["straw"] > 0.5, straw, torch.full_like(x, FAR))
    return {Part.MAIN: cup, Part.LIGHT: straw}


TUMBLER = Form(
    "tumbler",
    {"radius": (0.32, 0.42), "height": (0.78, 1.05), "taper": (0.03, 0.14), "ribs": (8.0, 20.0),
     "facet": (0.0, 1.0), "top": (0.55, 0.75), "straw": (0.0, 1.0)},
    _tumbler,
    lambda q: (
        0.5 * q["height"] + torch.where(q["straw"] > 0.5, 0.14, 0.0),
        length2(
            0.5 * q["height"] + torch.where(q["straw"] > 0.5, 0.16, 0.0),
            q["radius"] + torch.where(q["straw"] > 0.5, 0.13, 0.0),
        ),
    ),
    step=0.75,
)  # fmt: skip


def _plate(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Plate leaning on an easel: round, scalloped or square, with a banded rim."""
    r, lean = q["radius"], q["lean"]
    sin, cos = torch.sin(lean), torch.cos(lean)
    height = r * sin + 0.075
    up, out = turned(y - height, z - 0.02, torch.pi / 2 - lean)
    round_rim = length2(x, up)
    scallop = round_rim + 0.016 * torch.cos(12 * torch.atan2(up, x))
    square = 1.04 * length2(x * x, up * up).sqrt()
    kind = q["outline"]
    rho = torch.where(kind < 0.5, round_rim, torch.where(kind < 0.75, scallop, square))
    dish = q["depth"] * (smoothstep(q["well"] * r, (q["well"] + 0.14) * r, rho)
                         + 0.5 * smoothstep(0.7 * r, r, rho))  # fmt: skip
    plate = torch.maximum((out - dish).abs() - 0.018, rho - r)
    ring = torch.where(q["ring"] > 0.5, 0.9, q["well"])
    band = torch.maximum(plate - 0.005, (rho - ring * r).abs() - q["band"])
    side = x.abs() - 0.2
    back = -0.55 * r * cos - 0.07
    heel = (0.0, 0.026, back - 0.06)
    rest = capsule(side, y, z, heel, (0.0, height, back + 0.14 * r), 0.024)
    floor = capsule(side, y, z, heel, (0.0, 0.026, r * cos + 0.08), 0.026)
    hook = capsule(side, y, z, (0.0, 0.026, r * cos + 0.08), (0.0, 0.11, r * cos + 0.1), 0.024)
    return {
        Part.MAIN: plate,
        Part.METAL: band,
        Part.DARK: torch.minimum(rest, torch.minimum(floor, hook)),
    }


PLATE = Form(
    "plate",
    {"radius": (0.5, 0.58), "lean": (1.08, 1.28), "depth": (0.04, 0.075), "well": (0.45, 0.66),
     "band": (0.008, 0.018), "ring": (0.0, 1.0), "outline": (0.0, 1.0)},
    _plate,
    lambda q: (0.9 * q["radius"] + 0.05, q["radius"] + 0.09),
    step=0.62,
)  # fmt: skip


def _teacup(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Wide cup of tea on a saucer; a ring or an angular ear to +x."""
    r, depth, saucer = q["radius"], q["depth"], q["saucer"]
    radial = length2(x, z)
    rim = saucer + q["scallop"].clamp_min(0) * torch.cos(10 * torch.atan2(z, x))
    dish = y - 0.03 - 0.085 * smoothstep(0.45 * saucer, saucer, radial)
    dish = torch.maximum(dish.abs() - 0.02, radial - rim)
    high = r * depth
    rise = (y - 0.09 - high) / depth
    flare = q["flare"] * smoothstep(0.35 * high, 1.05 * high, y - 0.09)
    ball = (length2(radial - flare, rise) - r) * torch.clamp(depth, max=1.0)
    top = 0.09 + high
    cup = torch.maximum(ball.abs() - 0.02, y - top)
    cup = smooth_union(cup, cylinder(radial, y - 0.07, 0.45 * r, 0.04, 0.01), 0.03)
    across, along = x - r - 0.09, y - top + 0.15
    ring = torch.where(
        q["ear"] > 0.5, length2(across, along) - 0.11, box2(across, along, 0.11, 0.1, 0.03)
    )
    handle = torch.maximum(length2(ring, 0.8 * z) - 0.026, 0.01 - ball)
    tea = torch.maximum(ball, (y - top + 0.06).abs() - 0.01)
    return {
        Part.MAIN: torch.minimum(smooth_union(cup, handle, 0.02), dish),
        Part.DARK: tea,
    }


TEACUP = Form(
    "teacup",
    {"radius": (0.3, 0.37), "depth": (0.9, 1.25), "saucer": (0.52, 0.62), "flare": (0.0, 0.08),
     "scallop": (-0.02, 0.02), "ear": (0.0, 1.0)},
    _teacup,
    lambda q: (
        0.045 + 0.35 * q["radius"] * q["depth"],
        torch.maximum(
            q["saucer"] + 0.02, length2(0.65 * q["radius"] * q["depth"] - 0.05, q["radius"] + 0.2)
        ),
    ),
    step=0.7,
    turns=((-25.0, 25.0), (22.0, 42.0)),
)  # fmt: skip


def _cake_stand(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Footed stand with a scalloped apron: under a cut cake, or with a second tier and a ring."""
    r, h = q["radius"], q["height"]
    tiered = q["tier"] > 0.55
    radial = length2(x, z)
    angle = torch.atan2(z, x)
    tray = cylinder(radial, y - h, r, 0.024, 0.015)
    drop = 0.01 * torch.cos(16 * angle)
    apron = box2(radial - r + 0.015, y - h + 0.04 + drop, 0.015, 0.062 + drop)
    wall = 0.05 + (q["foot"] - 0.05) * smoothstep(0.7 * h, 0.0, y)
    bead = torch.exp(-(((y - 0.62 * h) / 0.045) ** 2))
    # The foot flares steeply, so that the difference of radii overstates the distance.
    turned_part = 0.5 * (radial - wall - q["bead"] * bead)
    stem = torch.maximum(turned_part, (y - 0.5 * h).abs() - 0.5 * h)
    stand = torch.minimum(torch.minimum(tray, apron), smooth_union(stem, tray, 0.04))
    gap = h + q["gap"]
    upper = cylinder(radial, y - gap, 0.62 * r, 0.022, 0.015)
    rod = cylinder(radial, y - 0.5 * (h + gap) - 0.1, 0.028, 0.5 * q["gap"] + 0.1)
    ring = torus(length2(x, y - gap - 0.28), z, 0.085, 0.024)
    upper = torch.minimum(smooth_union(upper, rod, 0.03), ring)
    cake_r = 0.66 * r
    cake = cylinder(radial, y - h - 0.155, cake_r, 0.13, 0.02)
    across, along = turned(x, z, -0.6)
    slice_ = torch.maximum(-along, along * 0.57 - across * 0.82)
    cake = subtract(cake, torch.maximum(slice_, -across))
    sector = 2 * torch.pi / 9
    nearest = torch.remainder(angle + 0.35, sector) - 0.5 * sector
    u, w = radial * torch.cos(nearest), radial * torch.sin(nearest)
    fruit = length3(u - 0.74 * cake_r, y - h - 0.31, w) - 0.055
    far = torch.full_like(x, FAR)
    return {
        Part.MAIN: torch.where(tiered, torch.minimum(stand, upper), stand),
        Part.LIGHT: torch.where(tiered, far, cake),
        Part.DARK: torch.where(tiered, far, fruit),
    }


def _cake_stand_bounds(q: Params) -> tuple[Tensor, Tensor]:
    h, r = q["height"], q["radius"] + 0.01
    top = h + torch.where(q["tier"] > 0.55, q["gap"] + 0.39, 0.365)
    centre = 0.5 * top
    above = torch.where(q["tier"] > 0.55, centre, length2(0.5 * q["radius"], centre))
    below = length2(q["foot"], centre)
    return centre, torch.maximum(torch.maximum(above, below), length2(r, h - centre))


CAKE_STAND = Form(
    "cake_stand",
    {"radius": (0.48, 0.58), "height": (0.3, 0.46), "foot": (0.22, 0.34), "bead": (0.0, 0.06),
     "gap": (0.34, 0.44), "tier": (0.0, 1.0)},
    _cake_stand,
    _cake_stand_bounds,
    step=0.8,
)  # fmt: skip

CATALOGUE: Final = (PITCHER, TUMBLER, PLATE, TEACUP, CAKE_STAND)
