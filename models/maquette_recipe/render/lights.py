"""What gives light and stands on the floor or a table: lantern, floor lamp, candlestick."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.parts import Distances, Form, Params, Part
from maquette_recipe.render.primitives import (
    box2,
    capsule,
    cylinder,
    ellipsoid,
    folded_polar,
    length2,
    length3,
    repeated,
    smooth_union,
    smoothstep,
    subtract,
    torus,
)


def _lantern(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Four- or six-sided frame with a roof and a ring, a burning candle inside."""
    a, h, roof = q["width"], q["height"], q["roof"]
    sides = torch.where(q["sides"] > 0.5, 6.0, 4.0)
    half = torch.pi / sides
    u, w = folded_polar(x, z, sides, half)
    corner = a * torch.tan(half)
    base = box2(u, y - 0.05, a + 0.05, 0.05, 0.012)
    lid = box2(u, y - h, a + 0.05, 0.03, 0.012)
    posts = box2(u - a, w.abs() - corner, 0.038, 0.038, 0.01)
    bars = box2(u - a, torch.minimum(w.abs(), (y - q["bar"] * h).abs()), 0.016, 0.016)
    bars = torch.where(q["bars"] > 0.5, bars, posts)
    cage = torch.maximum(torch.minimum(posts, bars), (y - 0.5 * h).abs() - 0.5 * h)
    slope = (a + 0.02) / roof
    cone = (u - 0.02 + (y - h - roof) * slope) * torch.rsqrt(1 + slope * slope)
    cone = torch.maximum(cone, torch.maximum(h - y, y - h - roof))
    frame = torch.minimum(torch.minimum(base, lid), torch.minimum(cage, cone))
    ring = torus(length2(x, y - h - roof - 0.1), z, 0.11, 0.024)
    radial = length2(x, z)
    wax = cylinder(radial, y - 0.1 - 0.2 * h, 0.42 * a, 0.2 * h, 0.02)
    flame = ellipsoid(x, y - 0.2 - 0.4 * h, z, (0.05, 0.11, 0.05))
    return {Part.MAIN: frame, Part.METAL: ring, Part.LIGHT: wax, Part.FLAME: flame}


def _lantern_bounds(q: Params) -> tuple[Tensor, Tensor]:
    top = q["height"] + q["roof"] + 0.23
    corner = (q["width"] + 0.05) * torch.where(q["sides"] > 0.5, 1.16, 1.42)
    centre = 0.5 * (top - corner * corner / top)
    return centre, top - centre


LANTERN = Form(
    "lantern",
    {"width": (0.24, 0.32), "height": (0.66, 0.88), "roof": (0.14, 0.3), "bar": (0.35, 0.65),
     "bars": (0.0, 1.0), "sides": (0.0, 1.0)},
    _lantern,
    _lantern_bounds,
    step=0.8,
    turns=((-30.0, 30.0), (20.0, 45.0)),
)  # fmt: skip


def _floor_lamp(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Standing lamp: a straight or a bent pole, on a disc or a tripod, under a cone or a drum."""
    h, shade, deep = q["height"], q["shade"], q["deep"]
    bend = torch.where(q["bend"] > 0.75, 0.26, 0.0)
    radial = length2(x - bend, z)
    lean = shade * (1 - q["top"]) * ((y - h) / (2 * deep) + 0.5).clamp(-0.1, 1.1)
    cover = cylinder(radial + lean, y - h, shade, deep)
    cover = subtract(cover, cylinder(radial + lean, y - h, shade - 0.03, deep + 0.1))
    knee = h + deep + 0.08
    tripod = q["legs"] > 0.5
    pole = capsule(x + bend, y, z, (0.0, torch.where(tripod, 0.5 * h, 0.06), 0.0),
                   (0.0, torch.where(bend > 0, knee - 0.16, h), 0.0), 0.04)  # fmt: skip
    arm = torch.minimum(
        capsule(x, y, z, (-bend, knee - 0.16, 0.0), (0.0, knee, 0.0), 0.038),
        capsule(x, y, z, (0.0, knee, 0.0), (bend, h, 0.0), 0.038),
    )
    pole = torch.where(bend > 0, torch.minimum(pole, arm), pole)
    around = length2(x + bend, z)
    disc = smooth_union(cylinder(around, y - 0.03, q["foot"], 0.03, 0.02), pole, 0.05)
    u, w = folded_polar(x + bend, z, 3.0, q["turn"])
    legs = capsule(u, y, w, (0.0, 0.52 * h, 0.0), (q["foot"] + 0.06, 0.03, 0.0), 0.04, 0.03)
    stand = torch.where(tripod, torch.minimum(legs, pole), disc)
    glow = length3(x - bend, y - h, z) - 0.1
    return {Part.MAIN: torch.minimum(cover, stand), Part.LIGHT: glow}


def _floor_lamp_bounds(q: Params) -> tuple[Tensor, Tensor]:
    bent = q["bend"] > 0.75
    half = 0.5 * (q["height"] + q["deep"] + torch.where(bent, 0.12, 0.0))
    below = q["foot"] + torch.where(q["legs"] > 0.5, 0.07, 0.0) + torch.where(bent, 0.24, 0.0)
    above = torch.where(bent, 0.0, q["shade"] * q["top"])
    return half, length2(half, torch.maximum(below, above))


FLOOR_LAMP = Form(
    "floor_lamp",
    {"height": (1.28, 1.46), "shade": (0.3, 0.38), "deep": (0.19, 0.25), "top": (0.35, 0.95),
     "foot": (0.24, 0.32), "turn": (0.0, 2.0), "legs": (0.0, 1.0), "bend": (0.0, 1.0)},
    _floor_lamp,
    _floor_lamp_bounds,
    step=0.75,
)  # fmt: skip


def _candlestick(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Candelabrum: a turned stem with two or four arms curving up to burning candles."""
    h, pitch = q["height"], q["pitch"]
    count = torch.where(q["arms"] > 0.5, 5.0, 3.0)
    p = torch.where(q["arms"] > 0.5, 0.62 * pitch, pitch)
    radial = length2(x, z)
    wall = 0.034 + (q["foot"] - 0.034) * smoothstep(0.2, 0.02, y)
    knot = torch.exp(-(((y - 0.34) / 0.05) ** 2))
    # The foot flares steeply, so that the difference of radii overstates the distance.
    turned = 0.5 * (radial - wall - q["knot"] * knot)
    stem = torch.maximum(turned, (y - 0.5 * h).abs() - 0.5 * h)
    bow = length2(x, (y - h) * q["sag"])
    reach = 0.5 * (count - 1)
    cell = torch.minimum(torch.round(bow / p).clamp_min(1), reach)
    arms = torch.maximum(length2(bow - p * cell, z) - 0.034, y - h)
    u = repeated(x, p, count)
    around = length2(u, z)
    cup = cylinder(around + 0.4 * (h + 0.05 - y).clamp(0, 0.1), y - h, 0.085, 0.045, 0.015)
    stand = smooth_union(stem, torch.minimum(arms, cup), 0.03)
    tall = q["candle"]
    wax = cylinder(around, y - h - 0.04 - 0.5 * tall, 0.05, 0.5 * tall, 0.012)
    flame = ellipsoid(u, y - h - 0.13 - tall, z, (0.04, 0.09, 0.04))
    return {Part.MAIN: stand, Part.LIGHT: wax, Part.FLAME: flame}


def _candlestick_bounds(q: Params) -> tuple[Tensor, Tensor]:
    half = 0.5 * (q["height"] + q["candle"] + 0.22)
    out = q["pitch"] * torch.where(q["arms"] > 0.5, 1.24, 1.0)
    return half, length2(half - 0.04, torch.maximum(out + 0.02, q["foot"] + 0.04))


CANDLESTICK = Form(
    "candlestick",
    {"height": (0.62, 0.8), "pitch": (0.3, 0.38), "foot": (0.22, 0.3), "knot": (0.02, 0.07),
     "sag": (0.85, 1.3), "candle": (0.2, 0.36), "arms": (0.0, 1.0)},
    _candlestick,
    _candlestick_bounds,
    step=0.85,
)  # fmt: skip

CATALOGUE: Final = (LANTERN, FLOOR_LAMP, CANDLESTICK)
