"""Forms that hold something: mug, bowl, vase, bottle, teapot, goblet, candle, planter, perfume."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.parts import Distances, Form, Params, Part
from maquette_recipe.render.primitives import (
    box3,
    capsule,
    cylinder,
    ellipsoid,
    folded_polar,
    leaf,
    length2,
    length3,
    smooth_union,
    smoothstep,
    subtract,
    torus,
    turned,
)


def _mug(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, h = q["radius"], q["height"]
    radial = length2(x, z) - q["flare"] * (y / h - 0.5)
    body = cylinder(radial, y - h / 2, r, h / 2, 0.04)
    loop = length2(x - r - 0.01, (y - 0.5 * h) * 0.82) - 0.2 * q["loop"]
    handle = length2(loop, z * 0.8) - 0.042
    handle = torch.maximum(handle, r - 0.03 - radial)
    body = smooth_union(body, handle, 0.03)
    return {Part.MAIN: subtract(body, cylinder(radial, y - h / 2 - 0.07, r - 0.05, h / 2, 0.03))}


MUG = Form(
    "mug",
    {"radius": (0.31, 0.4), "height": (0.68, 0.92), "flare": (-0.06, 0.1), "loop": (0.95, 1.2)},
    _mug,
    lambda q: (q["height"] / 2, 0.1 + length2(q["radius"] + 0.04, q["height"] / 2)),
    step=0.9,
    turns=((-25.0, 25.0), (20.0, 40.0)),
)


def _bowl(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, depth = q["radius"], q["depth"]
    rise = (y - 0.06 - r * depth) / depth
    distance = (length3(x, rise, z) - r) * depth
    shell = distance.abs() - 0.025
    shell = torch.maximum(shell, y - 0.06 - r * depth * q["cut"])
    foot = cylinder(length2(x, z), y - 0.045, 0.45 * r, 0.045, 0.015)
    return {Part.MAIN: smooth_union(shell, foot, 0.03)}


BOWL = Form(
    "bowl",
    {"radius": (0.5, 0.6), "depth": (0.72, 0.95), "cut": (0.85, 1.0)},
    _bowl,
    lambda q: (0.5 * q["radius"] * q["depth"], q["radius"] * 1.06),
    step=0.8,
)


def _vase(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    h = q["height"]
    t = (y / h).clamp(0, 1)
    bulge = torch.exp(-(((t - q["belly_at"]) / 0.26) ** 2))
    wall = q["neck"] + q["belly"] * bulge + q["lip"] * smoothstep(0.8, 1.05, t)
    radial = length2(x, z)
    outer = torch.maximum(radial - wall, (y - h / 2).abs() - h / 2)
    inner = torch.maximum(radial - wall + 0.035, 0.06 - y)
    return {Part.MAIN: subtract(outer, inner)}


VASE = Form(
    "vase",
    {"height": (1.0, 1.25), "neck": (0.1, 0.15), "belly": (0.17, 0.28), "belly_at": (0.3, 0.5),
     "lip": (0.03, 0.12)},
    _vase,
    lambda q: (q["height"] / 2, length2(q["height"] / 2, q["belly"] + 0.08)),
    step=0.6,
)  # fmt: skip


def _bottle(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    h, r = q["height"], q["radius"]
    radial = length2(x, z)
    shoulder = smoothstep(q["shoulder"] + 0.28, q["shoulder"], y)
    wall = 0.075 + (r - 0.075) * shoulder
    body = cylinder(radial + r - wall, y - h / 2, r, h / 2, 0.03)
    cap = cylinder(radial, y - h, 0.095, 0.075, 0.015)
    return {Part.MAIN: body, Part.DARK: cap}


BOTTLE = Form(
    "bottle",
    {"height": (1.2, 1.4), "radius": (0.2, 0.27), "shoulder": (0.52, 0.72)},
    _bottle,
    lambda q: (q["height"] / 2 + 0.03, q["height"] / 2 + 0.09),
    step=0.65,
)


def _teapot(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, squash = q["radius"], q["squash"]
    cy = 0.03 + r * squash
    body = (length3(x, (y - cy) / squash, z) - r) * squash
    radial = length2(x, z)
    spout = capsule(
        x, y, z, (-0.75 * r, cy - 0.08, 0.0), (-1.0 * r - 0.26, cy + 0.24, 0.0), 0.11, 0.05
    )
    loop = length2(x - r - 0.02, y - cy - 0.02) - 0.2
    handle = torch.maximum(length2(loop, z) - 0.04, 0.9 * r - radial)
    lid = torus(radial, y - cy - 0.86 * r * squash, 0.5 * r, 0.025)
    knob = length3(x, y - cy - r * squash - 0.07, z) - 0.07
    foot = cylinder(radial, y - 0.03, 0.55 * r, 0.03, 0.01)
    body = smooth_union(smooth_union(body, spout, 0.06), handle, 0.04)
    body = smooth_union(body, knob, 0.03)
    return {Part.MAIN: torch.minimum(smooth_union(body, foot, 0.03), lid)}


TEAPOT = Form(
    "teapot",
    {"radius": (0.38, 0.44), "squash": (0.78, 0.98)},
    _teapot,
    lambda q: (q["radius"] * q["squash"] + 0.05, q["radius"] + 0.27),
    step=0.8,
    turns=((-20.0, 20.0), (20.0, 35.0)),
)


def _goblet(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, stem = q["radius"], q["stem"]
    radial = length2(x, z)
    cy = stem + 1.25 * r
    cup = (length2(radial, (y - cy) / 1.3) - r).abs() - 0.022
    cup = torch.maximum(cup, y - cy - 0.45 * r)
    pole = capsule(x, y, z, (0.0, 0.05, 0.0), (0.0, stem, 0.0), 0.035)
    foot = cylinder(radial, y - 0.025, 0.85 * r, 0.025, 0.015)
    return {Part.MAIN: smooth_union(smooth_union(cup, pole, 0.06), foot, 0.08)}


GOBLET = Form(
    "goblet",
    {"radius": (0.26, 0.34), "stem": (0.4, 0.58)},
    _goblet,
    lambda q: (
        (q["stem"] + 1.7 * q["radius"]) / 2,
        length2((q["stem"] + 1.7 * q["radius"]) / 2, q["radius"] * 0.9),
    ),
    step=0.75,
)


def _candle(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, h = q["radius"], q["height"]
    radial = length2(x, z)
    wax = cylinder(radial, y - 0.04 - h / 2, r, h / 2, 0.035)
    wax = subtract(wax, (length3(x, (y - h - 0.08) * 1.6, z) - 0.75 * r) / 1.6)
    saucer = cylinder(radial, y - 0.025, q["saucer"], 0.025, 0.02)
    top = h + 0.05
    wick = capsule(x, y, z, (0.0, h - 0.1, 0.0), (0.0, top, 0.0), 0.012)
    swell = ((y - top) / 0.28).clamp(0, 1)
    flame = ellipsoid(x, y - top - 0.09, z, (0.055 - 0.03 * swell, 0.13, 0.055 - 0.03 * swell))
    return {
        Part.MAIN: wax,
        Part.METAL: saucer,
        Part.DARK: wick,
        Part.FLAME: flame,
    }


CANDLE = Form(
    "candle",
    {"radius": (0.2, 0.27), "height": (0.6, 0.85), "saucer": (0.34, 0.42)},
    _candle,
    lambda q: ((q["height"] + 0.26) / 2, length2((q["height"] + 0.26) / 2, q["saucer"] * 0.75)),
    step=0.75,
)


def _planter(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, h = q["radius"], q["height"]
    radial = length2(x, z)
    wall = radial - q["taper"] * (y / h - 1.0)
    pot = cylinder(wall, y - h / 2, r, h / 2, 0.02)
    rim = cylinder(radial, y - h + 0.05, r + 0.03, 0.05, 0.02)
    cavity = cylinder(radial, y - h, r - 0.04, 0.06)
    pot = subtract(torch.minimum(pot, rim), cavity)
    soil = cylinder(radial, y - h + 0.05, r - 0.03, 0.02)
    leaves = None
    for count, offset, tilt, reach, rise in ((7, 0.0, 0.75, 0.22, 0.14), (5, 0.5, 1.2, 0.1, 0.24)):
        u, w = folded_polar(x, z, count, offset)
        along, across = turned(u - reach, y - h - rise, torch.full_like(u, -tilt))
        ring = leaf(along, across, w, q["leaf"], 0.085, 0.014)
        leaves = ring if leaves is None else torch.minimum(leaves, ring)
    assert leaves is not None
    return {Part.MAIN: pot, Part.DARK: soil, Part.LEAF: leaves}


PLANTER = Form(
    "planter",
    {"radius": (0.29, 0.36), "height": (0.42, 0.55), "taper": (0.06, 0.14), "leaf": (0.22, 0.28)},
    _planter,
    lambda q: ((q["height"] + 0.46) / 2, (q["height"] + 0.46) / 2 + 0.08),
    step=0.6,
)


def _perfume(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h = q["width"], q["height"]
    body = box3(x, y - h / 2, z, (w, h / 2, 0.16), 0.06)
    neck = cylinder(length2(x, z), y - h - 0.03, 0.09, 0.05)
    cap = box3(x, y - h - 0.17, z, (0.13, 0.11, 0.11), 0.02)
    label = box3(x, y - 0.46 * h, z - 0.16, (0.55 * w, 0.16 * h, 0.006), 0.004)
    return {Part.MAIN: body, Part.METAL: neck, Part.DARK: cap, Part.LIGHT: label}


PERFUME = Form(
    "perfume",
    {"width": (0.28, 0.38), "height": (0.66, 0.85)},
    _perfume,
    lambda q: ((q["height"] + 0.28) / 2, length2((q["height"] + 0.28) / 2, q["width"] * 0.8)),
)

CATALOGUE: Final = (MUG, BOWL, VASE, BOTTLE, TEAPOT, GOBLET, CANDLE, PLANTER, PERFUME)
