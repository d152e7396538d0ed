"""Toys: robot, rocket, plane, boat, train."""

from __future__ import annotations

from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.parts import FAR, Distances, Form, Params, Part
from maquette_recipe.render.primitives import (
    box3,
    capsule,
    cylinder,
    ellipsoid,
    length2,
    length3,
    plate,
    smooth_union,
    torus,
    turned,
)


def _robot(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h = q["width"], q["head"]
    side = x.abs()
    body = plate(x, y - 0.52, z, (w, 0.22, 0.17), 0.06, 0.04)
    head_y = 0.82 + h
    box = plate(x, y - head_y, z, (q["face"], h, 0.17), 0.05, 0.04)
    dome = cylinder(length2(x, z), y - head_y + 0.1, q["face"], h + 0.1, 0.16)
    dome = torch.maximum(dome, 0.82 - y)
    head = torch.where(q["dome"] > 0.55, dome, box)
    arms = capsule(
        side, y, z, (w + 0.06, 0.66, 0.0), (w + 0.14, 0.4, q["reach"]), 0.06, 0.05
    )  # fmt: skip
    legs = box3(side - 0.13, y - 0.2, z, (0.075, 0.18, 0.085), 0.03)
    joints = torch.minimum(
        length3(side - w - 0.14, y - 0.38, z - q["reach"]) - 0.075,
        cylinder(length2(x, z), y - 0.78, 0.09, 0.06, 0.01),
    )
    tip = head_y + h + q["antenna"]
    twin = torch.where(q["twin"] > 0.5, side - 0.12, x)
    rod = capsule(twin, y, z, (0.0, head_y, 0.0), (0.0, tip, 0.0), 0.014)
    ball = length3(twin, y - tip, z) - 0.04
    front = torch.where(
        q["dome"] > 0.55, torch.sqrt((q["face"] ** 2 - x * x).clamp_min(1e-4)), 0.17
    )
    eyes = cylinder(length2(side - 0.095, y - head_y - 0.2 * h), z - front, 0.06, 0.03, 0.015)
    mouth = box3(x, y - head_y + 0.5 * h, z - front, (0.1, 0.02, 0.02), 0.01)
    panel = plate(x, y - 0.55, z - 0.17, (0.6 * w, 0.11, 0.015), 0.03, 0.005)
    knobs = cylinder(length2(side - 0.25 * w, y - 0.55), z - 0.19, 0.03, 0.02)
    treads = plate(z, y - 0.12, side - 0.19, (0.26, 0.12, 0.08), 0.11, 0.02)
    shoes = plate(side - 0.14, z - 0.04, y - 0.045, (0.1, 0.16, 0.045), 0.08, 0.02)
    tracked = q["tracks"] > 0.6
    return {
        Part.MAIN: torch.minimum(
            torch.minimum(body, head), torch.minimum(arms, torch.where(tracked, FAR, legs))
        ),
        Part.DARK: torch.minimum(
            torch.where(tracked, treads, shoes), torch.minimum(mouth, knobs)
        ),
        Part.LIGHT: torch.minimum(eyes, panel),
        Part.METAL: torch.minimum(joints, torch.minimum(rod, ball)),
    }  # fmt: skip


ROBOT = Form(
    "robot",
    {"width": (0.21, 0.32), "head": (0.12, 0.18), "face": (0.2, 0.27), "reach": (0.0, 0.25),
     "antenna": (0.08, 0.18), "twin": (0.0, 1.0), "dome": (0.0, 1.0), "tracks": (0.0, 1.0)},
    _robot,
    lambda q: (q["head"] + 0.42 + q["antenna"] / 2, q["head"] + 0.49 + q["antenna"] / 2),
    step=0.85,
    turns=((-15.0, 15.0), (25.0, 48.0)),
)  # fmt: skip


def _rocket(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, half, fin = q["radius"], q["half"], q["fin"]
    diagonal = q["cross"] > 0.5
    s = 0.5**0.5
    a, b = torch.where(diagonal, s * (x + z), x).abs(), torch.where(diagonal, s * (x - z), z).abs()
    along, across = torch.maximum(a, b), torch.minimum(a, b)
    radial = length2(x, z)
    up = y - 0.24 - 0.7 * half
    bow = (half * half - r * r) / (2 * r)
    hull = length2(radial + bow, up) - bow - r
    hull = torch.maximum(hull, 0.24 - y)
    nose = up - 0.42 * half
    tip = torch.maximum(hull - 0.012, -nose)
    nozzle = cylinder(radial + 0.5 * (y - 0.2), y - 0.18, 0.56 * r, 0.07, 0.01)
    blade = torch.maximum(across - 0.026, along - r - fin)
    upper = (y - 0.62 + q["sweep"] * (along - r)) / torch.sqrt(1 + q["sweep"] ** 2)
    rake = 0.28 / (0.35 * r + 0.9 * fin)
    lower = (0.28 - y - rake * (along - 0.6 * r)) / torch.sqrt(1 + rake * rake)
    blade = torch.maximum(torch.maximum(blade, upper), torch.maximum(-y, lower))
    port = up - 0.06 * half
    window = length2(x, port)
    glass = cylinder(window, z - r + 0.02, 0.09, 0.03, 0.02)
    ring = torus(window, z - r + 0.012, 0.095, 0.028)
    band = torch.maximum(hull - 0.01, (y - 0.42).abs() - 0.035)
    plain = q["fins"] > 0.45
    pale = q["nose"] > 0.4
    return {
        Part.MAIN: torch.minimum(hull, torch.where(plain, blade, FAR)),
        Part.DARK: torch.minimum(nozzle, torch.where(plain, glass, blade)),
        Part.LIGHT: torch.where(pale, tip, torch.where(plain, band, glass)),
        Part.METAL: ring,
    }  # fmt: skip


ROCKET = Form(
    "rocket",
    {"radius": (0.17, 0.25), "half": (0.6, 0.75), "fin": (0.14, 0.24), "sweep": (0.9, 1.6),
     "cross": (0.0, 1.0), "fins": (0.0, 1.0), "nose": (0.0, 1.0)},
    _rocket,
    lambda q: (
        0.12 + 0.8 * q["half"],
        torch.maximum(
            0.13 + 0.9 * q["half"], length2(0.12 + 0.8 * q["half"], q["radius"] + q["fin"])
        ),
    ),
    step=0.88,
)  # fmt: skip


def _plane(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    span, chord = q["span"], q["chord"]
    side, up = x.abs(), y - 0.34
    hull = capsule(x, up, z, (0.0, 0.0, 0.36), (0.0, 0.05, -0.52), 0.15, 0.05)
    double = q["biplane"] > 0.6
    low = up + q["low"]
    wing_y = torch.where(double, (up - 0.1).abs() - 0.19, low)
    wing = plate(side, z - 0.14 + 0.12 * side, wing_y, (span, chord, 0.026), 0.12, 0.02)
    tail = plate(side, z + 0.5, up - 0.05, (0.24, 0.09, 0.018), 0.07, 0.01)
    rudder = plate(z + 0.5 + 0.2 * (up - 0.15), up - 0.16, x, (0.1, 0.14, 0.018), 0.06, 0.01)
    body = torch.minimum(smooth_union(hull, wing, 0.03), torch.minimum(tail, rudder))
    canopy = ellipsoid(x, up - 0.12, z - 0.06, (0.09, 0.11, 0.17))
    cowl = cylinder(length2(x, up), z - 0.46, 0.135, 0.05, 0.02)
    wheel = cylinder(length2(y - 0.085, z - 0.22), side - 0.2, 0.085, 0.035, 0.02)
    tail_wheel = length3(x, y - 0.05, z + 0.46) - 0.05
    legs = capsule(side, y, z, (0.06, 0.28, 0.2), (0.19, 0.085, 0.22), 0.02)
    legs = torch.minimum(legs, capsule(x, y, z, (0.0, 0.32, -0.42), (0.0, 0.06, -0.46), 0.016))
    poles = box3(side - 0.62 * span, up - 0.1, z - 0.1, (0.014, 0.19, 0.05))
    bu, bv = turned(x, up, q["spin"])
    blades = box3(bu, bv, z - 0.54, (q["prop"], 0.035, 0.012), 0.01)
    crossed = box3(bv, bu, z - 0.54, (q["prop"], 0.035, 0.012), 0.01)
    blades = torch.where(q["blades"] > 0.5, torch.minimum(blades, crossed), blades)
    spinner = ellipsoid(x, up, z - 0.53, (0.06, 0.06, 0.1))
    return {
        Part.MAIN: body,
        Part.DARK: torch.minimum(torch.minimum(wheel, tail_wheel), torch.minimum(canopy, blades)),
        Part.METAL: torch.minimum(
            torch.minimum(legs, spinner), torch.where(double, poles, FAR)
        ),
        Part.LIGHT: cowl,
    }  # fmt: skip


PLANE = Form(
    "plane",
    {"span": (0.58, 0.72), "chord": (0.12, 0.18), "low": (-0.1, 0.1), "biplane": (0.0, 1.0),
     "prop": (0.19, 0.25), "spin": (-1.5, 1.5), "blades": (0.0, 1.0)},
    _plane,
    lambda q: (
        torch.full_like(q["span"], 0.34),
        torch.sqrt(q["span"] ** 2 + 0.07).clamp_min(0.73),
    ),
    step=0.9,
    turns=((10.0, 25.0), (35.0, 60.0)),
)  # fmt: skip


def _triangle(u: Tensor, v: Tensor, foot: Tensor, height: Tensor) -> Tensor:
    """Right triangle with its corner at the origin and legs `foot` along u, `height` along v."""
    slope = (u * height + v * foot - foot * height) / length2(foot, height)
    return torch.maximum(slope, torch.maximum(-u, -v))


def _boat(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    length, beam, deck = q["length"], q["beam"], q["deck"]
    bow = (length * length - beam * beam) / (2 * beam)
    outline = length2(x + 0.12, z.abs() + bow) - bow - beam
    flare = outline + 0.45 * (deck - y)
    hull = torch.maximum(0.9 * flare, -x - 0.8 * length)
    well = torch.maximum(outline + 0.03, deck - 0.04 - y)
    hull = torch.maximum(torch.maximum(hull, -y), torch.maximum(y - deck, -well))
    planks = torch.maximum(
        torch.maximum(outline + 0.05, -x - 0.76 * length), (y - deck + 0.05).abs()
    )
    planks = planks - 0.012
    top = q["mast"]
    mast = capsule(x, y, z, (0.0, 0.1, 0.0), (0.0, top, 0.0), 0.02)
    boom = capsule(x, y, z, (0.0, deck + 0.13, 0.0), (-q["main"] - 0.05, deck + 0.13, 0.0), 0.016)
    belly = z - 0.1 * torch.sin(3.5 * (y - deck)).abs() * (0.3 + x.abs())
    thin = belly.abs() - 0.012
    rise = y - deck - 0.15
    sail = torch.maximum(_triangle(-x - 0.03, rise, q["main"], top - deck - 0.2), thin)
    jib = torch.maximum(_triangle(x - 0.03, rise, q["jib"], 0.8 * (top - deck - 0.2)), thin)
    gaff = 0.95 * (rise + 0.35 * x - 0.6 * (top - deck - 0.2))
    gaff = torch.maximum(gaff, (x + 0.03 + q["main"] / 2).abs() - q["main"] / 2)
    gaff = torch.maximum(torch.maximum(gaff, -rise), thin)
    sail = torch.where(q["gaff"] > 0.65, gaff, sail)
    cabin = box3(x - 0.15, y - deck - 0.02, z, (0.1, 0.07, 0.075), 0.03)
    flag = torch.maximum(_triangle(-x, y - top + 0.03, 0.1 * top, 0.06 * top), z.abs() - 0.008)
    return {
        Part.MAIN: torch.minimum(hull, sail),
        Part.LIGHT: torch.minimum(
            torch.minimum(jib, planks), torch.where(q["cabin"] > 0.5, cabin, FAR)
        ),
        Part.METAL: torch.minimum(mast, boom),
        Part.DARK: flag,
    }


BOAT = Form(
    "boat",
    {"length": (0.52, 0.62), "beam": (0.17, 0.24), "deck": (0.2, 0.28), "mast": (1.05, 1.25),
     "main": (0.34, 0.46), "jib": (0.25, 0.38), "gaff": (0.0, 1.0), "cabin": (0.0, 1.0)},
    _boat,
    lambda q: (q["mast"] / 2, length2(q["mast"] / 2, 0.88 * q["length"])),
    step=0.88,
    turns=((-18.0, 18.0), (25.0, 45.0)),
)  # fmt: skip


def _train(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, cab, broad = q["boiler"], q["cab"], q["broad"]
    z = z + 0.02
    side = x.abs()
    axis = length2(x, y - 0.28 - r)
    boiler = cylinder(axis, z - 0.14, r, 0.42, 0.02)
    house = box3(x, y - 0.28 - cab / 2, z + 0.42, (broad, cab / 2, 0.19), 0.02)
    frame = box3(x, y - 0.22, z, (0.24, 0.06, 0.63), 0.02)
    roof = plate(
        x, z + 0.41, y - 0.3 - cab + q["arch"] * x * x, (broad + 0.06, 0.24, 0.03), 0.04, 0.02
    )
    panes = torch.minimum(
        box3(side, y - 0.14 - cab, z + 0.42, (broad + 0.007, 0.09, 0.1), 0.02),
        box3(side - 0.13, y - 0.14 - cab, z + 0.42, (0.07, 0.09, 0.197), 0.02),
    )
    top = 0.28 + 2 * r
    stack_r = length2(x, z - 0.4)
    rise = (y - top) / q["stack"]
    stack = cylinder(stack_r - q["funnel"] * rise, y - top, 0.075, q["stack"], 0.01)
    dome = ellipsoid(x, y - top + 0.01, z - 0.08, (0.085, 0.12, 0.085))
    spoke = (z - 0.13) - 0.27 * torch.round((z - 0.13) / 0.27).clamp(-1, 1)
    hub = length2(y - 0.145, spoke)
    wheels = cylinder(hub, side - 0.27, 0.145, 0.035, 0.015)
    caps = cylinder(hub, side - 0.3, 0.07, 0.02, 0.01)
    rod = box3(side - 0.32, y - 0.12, z - 0.13, (0.012, 0.022, 0.29), 0.008)
    smokebox = cylinder(axis, z - 0.56, 0.85 * r, 0.02, 0.01)
    lamp = cylinder(length2(x, y - top - 0.01), z - 0.53, 0.065, 0.06, 0.015)
    guard = torch.maximum(
        0.6 * (y - 0.24 + 1.4 * (z - 0.6)), torch.maximum(side - 0.2 + 0.4 * (z - 0.6), 0.03 - y)
    )
    guard = torch.maximum(guard, 0.6 - z)
    bands = torch.maximum(axis - r - 0.012, ((z - 0.1).abs() - 0.16).abs() - 0.016)
    return {
        Part.MAIN: torch.minimum(torch.minimum(boiler, house), frame),
        Part.DARK: torch.minimum(
            torch.minimum(torch.minimum(wheels, panes), torch.minimum(roof, stack)), smokebox
        ),
        Part.METAL: torch.minimum(
            torch.minimum(torch.minimum(caps, rod), torch.minimum(dome, guard)), bands
        ),
        Part.LIGHT: lamp,
    }


TRAIN = Form(
    "train",
    {"boiler": (0.15, 0.23), "cab": (0.46, 0.66), "broad": (0.2, 0.27), "arch": (0.0, 0.6),
     "stack": (0.14, 0.26), "funnel": (-0.03, 0.07)},
    _train,
    lambda q: (
        torch.full_like(q["cab"], 0.44),
        torch.sqrt(0.56 + (q["cab"] - 0.12) ** 2),
    ),
    step=0.85,
    turns=((15.0, 28.0), (45.0, 72.0)),
)  # fmt: skip

CATALOGUE: Final = (ROBOT, ROCKET, PLANE, BOAT, TRAIN)
