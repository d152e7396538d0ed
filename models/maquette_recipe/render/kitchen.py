"""Kitchen ware: kettle, jar, saucepan, mill, basket."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.parts import FAR, Distances, Form, Params, Part
from maquette_recipe.render.primitives import (
    box2,
    box3,
    capsule,
    cylinder,
    length2,
    length3,
    smooth_union,
    smoothstep,
    subtract,
    torus,
)


def _kettle(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Tapered pot with a lid; a handle over the top and a short spout, or a handle at the side
    and a swan's neck."""
    r, h, taper = q["radius"], q["height"], q["taper"]
    bail = q["handle"] > 0.4
    x = x - 0.05
    radial = length2(x, z)
    top = r - taper
    body = cylinder(radial + taper * (y / h).clamp(0, 1), y - h / 2, r, h / 2, 0.1)
    lid = cylinder(radial, y - h, 0.62 * top, 0.03, 0.02)
    knob = box2(radial, y - h - 0.07, q["knob"], 0.045, 0.04)
    low = torch.where(bail, 0.5, 0.24) * h
    mid_x, mid_y = -r - torch.where(bail, 0.02, 0.15), torch.where(bail, 0.72, 0.6) * h
    end_x, end_y = -r - torch.where(bail, 0.16, 0.26), torch.where(bail, 0.98, 1.12) * h
    thick = torch.where(bail, 0.075, 0.052)
    wide = torch.where(bail, 0.11, 0.075)
    spout = smooth_union(
        capsule(x, y, z, (-0.8 * r, low, 0.0), (mid_x, mid_y, 0.0), wide, thick),
        capsule(x, y, z, (mid_x, mid_y, 0.0), (end_x, end_y, 0.0), thick, 0.7 * thick),
        0.03,
    )
    over = x - torch.where(bail, 0.0 * r, r - 0.6 * taper)
    rise = (y - torch.where(bail, h - 0.04, 0.6 * h)) * 0.84
    ring = torch.where(bail, 0.86 * top, 0.46 * h - 0.03)
    loop = length2(length2(over, rise) - ring, 0.75 * z) - 0.036
    return {
        Part.MAIN: torch.minimum(smooth_union(body, spout, 0.05), lid),
        Part.DARK: torch.minimum(loop, knob),
    }


def _kettle_bounds(q: Params) -> tuple[Tensor, Tensor]:
    r, h = q["radius"], q["height"]
    bail = q["handle"] > 0.4
    top = torch.where(bail, h + 1.03 * (r - q["taper"]), h + 0.115)
    return 0.5 * top, torch.where(bail, length2(0.5 * top, r + 0.06), length2(0.18 * top, r + 0.3))


KETTLE = Form(
    "kettle",
    {"radius": (0.37, 0.46), "height": (0.48, 0.66), "taper": (0.03, 0.17), "knob": (0.045, 0.085),
     "handle": (0.0, 1.0)},
    _kettle,
    _kettle_bounds,
    step=0.8,
    turns=((-20.0, 20.0), (22.0, 42.0)),
)  # fmt: skip


def _jar(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Storage jar: straight with a screw lid and a label, or bellied with a domed lid and knob."""
    r, h = q["radius"], q["height"]
    screw = q["lid"] > 0.5
    radial = length2(x, z)
    t = (y / h).clamp(0, 1)
    belly = torch.where(screw, 0.03, q["belly"]) * 4 * t * (1 - t)
    body = cylinder(radial - belly, y - h / 2, r, h / 2, 0.07)
    collar = cylinder(radial, y - h - 0.02, 0.84 * r, 0.05, 0.01)
    body = smooth_union(body, collar, 0.03)
    flat = box2(radial, y - h - 0.11, 0.92 * r, 0.075, 0.025)
    rise = y - h - 0.04
    dome = (length2(radial, rise * 3.2) - 1.0 * r) * 0.4
    dome = torch.maximum(dome, -rise)
    brim = box2(radial, rise, 1.02 * r, 0.022, 0.02)
    knob = box2(radial, rise - 0.31 * r - 0.05, q["knob"], 0.055, 0.04)
    domed = torch.minimum(smooth_union(dome, knob, 0.03), brim)
    label = torch.maximum(body - 0.005, box2(x, y - 0.45 * h, 0.62 * r, 0.2 * h, 0.02))
    label = torch.maximum(label, -z)
    far = torch.full_like(x, FAR)
    return {
        Part.MAIN: torch.where(screw, body, torch.minimum(body, domed)),
        Part.METAL: torch.where(screw, flat, far),
        Part.LIGHT: torch.where(screw, label, far),
    }


JAR = Form(
    "jar",
    {"radius": (0.26, 0.36), "height": (0.55, 0.82), "belly": (0.04, 0.12), "knob": (0.05, 0.09),
     "lid": (0.0, 1.0)},
    _jar,
    lambda q: (0.5 * q["height"] + 0.1,
               0.03 + length2(0.5 * q["height"] + 0.1, 0.85 * q["radius"])),
    step=0.75,
)  # fmt: skip


def _saucepan(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Pan with a long handle to +x, open or with a lid."""
    r, h, reach = q["radius"], q["height"], q["reach"]
    covered = q["lid"] > 0.55
    x = x + 0.42 * reach
    radial = length2(x, z)
    pan = cylinder(radial, y - h / 2, r, h / 2, 0.05)
    pan = subtract(pan, cylinder(radial, y - h / 2 - 0.06, r - 0.035, h / 2, 0.03))
    pan = torch.minimum(pan, torus(radial, y - h + 0.01, r, 0.026))
    lid = (length2(radial, (y - h) * 4.0) - r - 0.01) * 0.33
    lid = torch.maximum(lid, h - 0.01 - y)
    knob = cylinder(radial, y - h - 0.25 * r - 0.05, q["knob"], 0.05, 0.03)
    along = x - r - 0.5 * reach
    lift = y - 0.84 * h - 0.2 * (x - r).clamp_min(0)
    grip = box3(along - 0.06, lift, z, (0.5 * reach - 0.04, 0.032, q["grip"]), 0.03)
    grip = subtract(grip, length2(along - 0.5 * reach + 0.08, z) - 0.024)
    root = box3(along + 0.5 * reach - 0.03, lift, z, (0.12, 0.022, 0.7 * q["grip"]), 0.015)
    far = torch.full_like(x, FAR)
    return {
        Part.MAIN: torch.minimum(pan, torch.where(covered, lid, far)),
        Part.DARK: torch.minimum(grip, torch.where(covered, knob, far)),
        Part.METAL: root,
    }


SAUCEPAN = Form(
    "saucepan",
    {"radius": (0.36, 0.45), "height": (0.34, 0.56), "reach": (0.44, 0.6), "grip": (0.045, 0.075),
     "knob": (0.05, 0.09), "lid": (0.0, 1.0)},
    _saucepan,
    lambda q: (0.5 * q["height"] + 0.06, q["radius"] + 0.58 * q["reach"] + 0.04),
    step=0.85,
    turns=((-20.0, 20.0), (22.0, 42.0)),
)  # fmt: skip


def _peaked(top: Tensor, foot: Tensor) -> tuple[Tensor, Tensor]:
    """Sphere through a peak at the height `top` and a circle of radius `foot` on the ground."""
    centre = 0.5 * (top - foot * foot / top)
    return centre, top - centre


def _mill(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Pepper mill: a turned body, a collar, and a head with a knob or a crank."""
    h, waist = q["height"], q["waist"]
    crank = q["top"] > 0.6
    radial = length2(x, z)
    t = (y / h).clamp(0, 1)
    base, shoulder = 0.26, 0.23
    wall = (
        waist
        + (base - waist) * smoothstep(q["low"], 0.06, t)
        + (shoulder - waist) * smoothstep(q["low"] + 0.08, 0.9, t)
    )
    body = cylinder(radial - wall + base, y - h / 2, base, h / 2, 0.03)
    bead = torus(radial, y - (q["low"] + 0.03) * h, waist, 0.032)
    body = smooth_union(body, bead, 0.02)
    collar = cylinder(radial, y - h, 0.185, 0.03)
    tall = torch.where(crank, 0.11, q["head"])
    head = box2(radial, y - h - tall - 0.02, 0.215, tall, torch.where(crank, 0.04, 0.11))
    top = h + 2 * tall + 0.02
    knob = length3(x, y - top - 0.035, z) - 0.055
    arm = capsule(x, y - top, z, (0.0, 0.05, 0.0), (0.3, 0.1, 0.0), 0.026)
    ball = length3(x - 0.3, y - top - 0.16, z) - 0.065
    far = torch.full_like(x, FAR)
    return {
        Part.MAIN: torch.minimum(body, head),
        Part.METAL: torch.minimum(collar, torch.minimum(knob, torch.where(crank, arm, far))),
        Part.DARK: torch.where(crank, ball, far),
    }


def _mill_bounds(q: Params) -> tuple[Tensor, Tensor]:
    crank = q["top"] > 0.6
    top = q["height"] + torch.where(crank, 0.42, 2 * q["head"] + 0.11)
    centre, radius = _peaked(top, torch.full_like(top, 0.25))
    return torch.where(crank, 0.53 * top, centre), torch.where(crank, 0.57 * top, radius)


MILL = Form(
    "mill",
    {"height": (0.68, 0.95), "waist": (0.125, 0.175), "low": (0.3, 0.5), "head": (0.13, 0.19),
     "top": (0.0, 1.0)},
    _mill,
    _mill_bounds,
    step=0.75,
)  # fmt: skip


def _basket(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Woven basket, round or oblong, with an arched handle or two loops."""
    r, h, oval = q["radius"], q["height"], q["oval"]
    arch = q["handle"] > 0.4
    deep = z / oval
    radial = length2(x, deep)
    angle = torch.atan2(deep, x)
    strands = 2 * torch.round(q["strands"])
    weave = torch.sin(strands * angle) * torch.sin((torch.pi / 0.075) * y)
    side = radial + q["taper"] * (1 - (y / h).clamp(0, 1)) - 0.013 * weave
    pot = cylinder(side, y - h / 2, r, h / 2, 0.03)
    pot = subtract(pot, cylinder(side, y - h / 2 - 0.06, r - 0.05, h / 2))
    twist = 0.008 * torch.sin(24 * angle + 40 * (radial - r))
    rim = torus(radial, y - h, r - 0.015, 0.042) - twist
    hoop = length2(x, (y - h) * q["flat"]) - r + 0.01
    hoop = torch.maximum(box2(hoop, z, 0.026, 0.055, 0.02), h - 0.06 - y)
    ears = length2(z, y - h - 0.03) - 0.15
    ears = length2(ears, x.abs() - r + 0.01) - 0.03
    body = torch.minimum(pot, rim) * oval
    return {Part.MAIN: torch.minimum(body, torch.where(arch, hoop, ears))}


def _basket_bounds(q: Params) -> tuple[Tensor, Tensor]:
    r, h = q["radius"], q["height"]
    arch = q["handle"] > 0.4
    centre, radius = _peaked(h + r / q["flat"] + 0.01, r - q["taper"])
    return (
        torch.where(arch, centre, 0.5 * h + 0.05),
        torch.where(arch, radius, length2(0.5 * h, r) + 0.08),
    )


BASKET = Form(
    "basket",
    {"radius": (0.42, 0.5), "height": (0.34, 0.5), "oval": (0.7, 1.0), "taper": (0.04, 0.16),
     "strands": (7.5, 12.5), "flat": (0.8, 1.1), "handle": (0.0, 1.0)},
    _basket,
    _basket_bounds,
    step=0.7,
    turns=((-25.0, 25.0), (25.0, 45.0)),
)  # fmt: skip

CATALOGUE: Final = (KETTLE, JAR, SAUCEPAN, MILL, BASKET)
