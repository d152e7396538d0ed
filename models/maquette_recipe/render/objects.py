"""Furniture and devices: lamp, stool, chair, table, clock, speaker, car."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.parts import Distances, Form, Params, Part
from maquette_recipe.render.primitives import (
    box2,
    box3,
    capsule,
    cylinder,
    ellipsoid,
    folded_polar,
    length2,
    length3,
    smooth_union,
    subtract,
    torus,
    turned,
)


def _lamp(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    radial = length2(x, z)
    t = (y - 0.68) / 0.44
    wall = radial + (q["shade"] - q["top"]) * t.clamp(-0.1, 1.1)
    shade = cylinder(wall, y - 0.9, q["shade"], 0.22)
    shade = subtract(shade, cylinder(wall, y - 0.9, q["shade"] - 0.03, 0.3))
    pole = capsule(x, y, z, (0.0, 0.03, 0.0), (0.0, 1.0, 0.0), 0.028)
    bulb = ellipsoid(x, y - 0.3, z, (q["bulb"], 0.2, q["bulb"]))
    foot = cylinder(radial, y - 0.03, q["foot"], 0.03, 0.02)
    stand = smooth_union(smooth_union(pole, foot, 0.05), bulb, 0.04)
    inside = length3(x, y - 0.9, z) - 0.1
    return {Part.MAIN: torch.minimum(shade, stand), Part.LIGHT: inside}


LAMP = Form(
    "lamp",
    {"shade": (0.36, 0.44), "top": (0.18, 0.3), "bulb": (0.05, 0.17), "foot": (0.2, 0.27)},
    _lamp,
    lambda q: (torch.full_like(q["shade"], 0.56), length2(q["shade"] * 0.8, 0 * q["top"] + 0.58)),
    step=0.75,
)


def _stool(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    radial = length2(x, z)
    h = q["height"]
    seat = cylinder(radial, y - h, q["seat"], q["cushion"], 0.04)
    splay = q["splay"]
    legs = capsule(
        x.abs(), y, z.abs(),
        (0.17, h - 0.04, 0.17), (0.17 + splay, 0.03, 0.17 + splay), 0.038, 0.03,
    )  # fmt: skip
    ring = torus(radial, y - 0.32 * h, (0.17 + splay * 0.68) * 1.414, 0.018)
    return {Part.MAIN: torch.minimum(seat, torch.minimum(legs, ring))}


STOOL = Form(
    "stool",
    {"height": (0.78, 1.0), "seat": (0.31, 0.38), "cushion": (0.045, 0.08), "splay": (0.06, 0.14)},
    _stool,
    lambda q: (q["height"] / 2, length2(q["height"] / 2 + 0.04, q["seat"] * 0.95)),
    turns=((-40.0, 40.0), (20.0, 40.0)),
)


def _chair(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, seat_height = q["width"], q["seat"]
    seat = box3(x, y - seat_height, z, (w, 0.045, w), 0.03)
    inset = w - 0.05
    legs = capsule(
        x.abs(), y, z.abs(),
        (inset, seat_height, inset), (inset + 0.02, 0.03, inset + 0.02), 0.038, 0.03,
    )  # fmt: skip
    top = q["back"]
    posts = capsule(x.abs(), y, z, (inset, seat_height, -inset), (inset, top, -inset - 0.07), 0.036)
    middle = (top + q["panel"]) / 2
    panel = box3(x, y - middle, z + inset + 0.05, (inset, top - middle + 0.02, 0.025), 0.02)
    return {Part.MAIN: torch.minimum(torch.minimum(seat, legs), torch.minimum(posts, panel))}


CHAIR = Form(
    "chair",
    {"width": (0.3, 0.37), "seat": (0.5, 0.58), "back": (1.05, 1.25), "panel": (0.68, 0.9)},
    _chair,
    lambda q: (q["back"] / 2, length2(q["back"] / 2 + 0.02, q["width"] + 0.02)),
    turns=((-15.0, 15.0), (25.0, 50.0)),
)


def _table(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    h, w, d = q["height"], q["width"], q["depth"]
    top = box3(x, y - h, z, (w, 0.035, d), 0.02)
    apron = box3(x, y - h + 0.08, z, (w - 0.07, 0.05, d - 0.07), 0.01)
    legs = box3(x.abs() - w + 0.08, y - h / 2, z.abs() - d + 0.08, (0.035, h / 2, 0.035), 0.01)
    return {Part.MAIN: torch.minimum(top, torch.minimum(apron, legs))}


TABLE = Form(
    "table",
    {"height": (0.5, 0.68), "width": (0.6, 0.75), "depth": (0.36, 0.48)},
    _table,
    lambda q: (q["height"] / 2, length3(q["width"], q["height"] / 2, q["depth"]) * 0.97),
    turns=((-14.0, 14.0), (18.0, 40.0)),
)


def _clock(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r = q["radius"]
    up = y - r - 0.12
    disc = length2(x, up)
    body = cylinder(disc, z, r, 0.14, 0.05)
    body = torch.minimum(body, torus(disc, z - 0.14, r - 0.03, 0.035))
    dome = 0.72 * r
    bells = length3(x.abs() - dome, up - 0.98 * r, z) - 0.145
    tilt = x.abs() * 0.55 + up * 0.83
    bells = torch.maximum(bells, 0.98 * r * 0.83 + dome * 0.55 - 0.05 - tilt)
    loop = torus(length2(x, up - r - 0.06), z, 0.1, 0.02)
    feet = capsule(x.abs(), y, z, (0.45 * r, r * 0.5, 0.0), (0.75 * r, 0.035, 0.0), 0.035)
    body = torch.minimum(torch.minimum(body, bells), torch.minimum(loop, feet))
    face = cylinder(disc, z - 0.1, r - 0.05, 0.045)
    along, across = folded_polar(x, up, 12, torch.pi / 12)
    ink = box3(along - r + 0.11, z - 0.15, across, (0.03, 0.008, 0.011))
    for name, length, width in (("hour", 0.4, 0.022), ("minute", 0.62, 0.015)):
        u, v = turned(x, up, -q[name])
        half = length * r / 2
        ink = torch.minimum(
            ink, torch.maximum(box2(u - half, v, half, width), (z - 0.155).abs() - 0.01)
        )
    return {Part.MAIN: body, Part.LIGHT: face, Part.DARK: ink}


CLOCK = Form(
    "clock",
    {"radius": (0.37, 0.43), "hour": (-3.1, 3.1), "minute": (-3.1, 3.1)},
    _clock,
    lambda q: (q["radius"] + 0.18, q["radius"] * 1.3 + 0.12),
    step=0.9,
)


def _speaker(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h = q["width"], q["height"]
    front = 0.26
    body = box3(x, y - h / 2, z, (w, h / 2, front), 0.04)
    cones = rings = None
    for centre, radius in ((0.34, 0.66 * w), (0.74, 0.36 * w)):
        radial = length2(x, y - centre * h)
        cone = cylinder(radial, z - front, radius, 0.012)
        cone = torch.minimum(
            cone, length3(x, y - centre * h, z - front + 0.1 * radius) - 0.4 * radius
        )
        ring = torus(radial, z - front, radius, 0.02)
        cones = cone if cones is None else torch.minimum(cones, cone)
        rings = ring if rings is None else torch.minimum(rings, ring)
    assert cones is not None
    assert rings is not None
    return {Part.MAIN: body, Part.DARK: cones, Part.METAL: rings}


SPEAKER = Form(
    "speaker",
    {"width": (0.29, 0.36), "height": (0.95, 1.15)},
    _speaker,
    lambda q: (q["height"] / 2, length2(q["height"] / 2, q["width"] * 0.9)),
)


def _car(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    length, deck = q["length"], q["deck"]
    lower = box3(x, y - 0.13 - deck, z, (0.3, deck, length), 0.09)
    cabin_y, cabin_z = 0.2 + deck + q["roof"], q["seat"]
    cabin = box3(x, y - cabin_y, z - cabin_z, (0.25, 0.16, q["cabin"]), 0.11)
    body = smooth_union(lower, cabin, 0.05)
    glass = torch.minimum(
        box3(x, y - cabin_y - 0.035, z - cabin_z, (0.257, 0.06, q["cabin"] - 0.12), 0.02),
        box3(x, y - cabin_y - 0.035, z - cabin_z, (0.17, 0.06, q["cabin"] + 0.007), 0.02),
    )
    axle = z.abs() - 0.62 * length
    wheel = q["wheel"]
    hub = length2(y - wheel, axle)
    side = x.abs() - 0.27
    wheels = cylinder(hub, side, wheel, 0.06, 0.025)
    caps = cylinder(hub, side - 0.05, 0.5 * wheel, 0.02, 0.01)
    lights = length3(x.abs() - 0.19, y - 0.15 - deck, z - length + 0.02) - 0.055
    arch = cylinder(hub, side, wheel + 0.025, 0.08)
    return {
        Part.MAIN: subtract(body, arch),
        Part.DARK: torch.minimum(wheels, glass),
        Part.METAL: caps,
        Part.LIGHT: lights,
    }


CAR = Form(
    "car",
    {
        "length": (0.5, 0.68),
        "roof": (0.08, 0.15),
        "deck": (0.1, 0.16),
        "cabin": (0.22, 0.38),
        "seat": (-0.2, 0.08),
        "wheel": (0.115, 0.165),
    },
    _car,
    lambda q: (0 * q["length"] + 0.3, q["length"] + 0.06),
    step=0.85,
    turns=((12.0, 26.0), (45.0, 75.0)),
)

CATALOGUE: Final = (LAMP, STOOL, CHAIR, TABLE, CLOCK, SPEAKER, CAR)
