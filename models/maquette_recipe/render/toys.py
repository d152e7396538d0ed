"""Toys, things to wear and curiosities: robot to hourglass."""

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
    ellipsoid,
    length2,
    length3,
    plate,
    smooth_union,
    subtract,
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
    front = torch.where(q["dome"] > 0.55, torch.sqrt((q["face"] ** 2 - x * x).clamp_min(1e-4)), 0.17)
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
    step=0.8,
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
    third = q["blades"] > 0.5
    blades = box3(bu, bv, z - 0.54, (q["prop"], 0.035, 0.012), 0.01)
    blades = torch.where(
        third, torch.minimum(blades, box3(bv, bu, z - 0.54, (q["prop"], 0.035, 0.012), 0.01)), blades
    )
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
    lambda q: (0 * q["span"] + 0.34, length2(q["span"], 0 * q["span"] + 0.26).clamp_min(0.73)),
    step=0.85,
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
    planks = torch.maximum(torch.maximum(outline + 0.05, -x - 0.76 * length), (y - deck + 0.05).abs())
    planks = planks - 0.012
    top = q["mast"]
    mast = capsule(x, y, z, (0.0, 0.1, 0.0), (0.0, top, 0.0), 0.02)
    boom = capsule(x, y, z, (0.0, deck + 0.13, 0.0), (-q["main"] - 0.05, deck + 0.13, 0.0), 0.016)
    belly = z - 0.1 * torch.sin(3.5 * (y - deck)).abs() * (0.3 + x.abs())
    thin = belly.abs() - 0.012
    rise = y - deck - 0.15
    sail = torch.maximum(_triangle(-x - 0.03, rise, q["main"], top - deck - 0.2), thin)
    jib = torch.maximum(_triangle(x - 0.03, rise, q["jib"], 0.8 * (top - deck - 0.2)), thin)
    lug = torch.maximum(
        box2(x + 0.03 + q["main"] / 2 + 0.15 * rise, rise - 0.3, q["main"] / 2, 0.3, 0.03), thin
    )
    sail = torch.where(q["square"] > 0.7, lug, sail)
    cabin = box3(x - 0.2, y - deck - 0.02, z, (0.13, 0.07, 0.09), 0.03)
    flag = torch.maximum(_triangle(-x, y - top + 0.03, 0.12 + 0 * x, 0.08 + 0 * x), z.abs() - 0.008)
    return {
        Part.MAIN: torch.minimum(hull, sail),
        Part.LIGHT: torch.minimum(torch.minimum(jib, planks), torch.where(q["cabin"] > 0.5, cabin, FAR)),
        Part.METAL: torch.minimum(mast, boom),
        Part.DARK: flag,
    }


BOAT = Form(
    "boat",
    {"length": (0.52, 0.62), "beam": (0.17, 0.24), "deck": (0.2, 0.28), "mast": (1.05, 1.25),
     "main": (0.34, 0.46), "jib": (0.25, 0.38), "square": (0.0, 1.0), "cabin": (0.0, 1.0)},
    _boat,
    lambda q: (q["mast"] / 2, length2(q["mast"] / 2, 0.88 * q["length"])),
    step=0.75,
    turns=((-18.0, 18.0), (25.0, 45.0)),
)  # fmt: skip


def _train(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, cab = q["boiler"], q["cab"]
    z = z + 0.02
    side = x.abs()
    axis = length2(x, y - 0.28 - r)
    boiler = cylinder(axis, z - 0.14, r, 0.42, 0.02)
    house = box3(x, y - 0.28 - cab / 2, z + 0.42, (0.25, cab / 2, 0.19), 0.02)
    frame = box3(x, y - 0.22, z, (0.24, 0.06, 0.63), 0.02)
    roof = plate(x, z + 0.41, y - 0.3 - cab + q["arch"] * x * x, (0.31, 0.24, 0.03), 0.04, 0.02)
    panes = torch.minimum(
        box3(side, y - 0.14 - cab, z + 0.42, (0.257, 0.09, 0.1), 0.02),
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
    {"boiler": (0.17, 0.22), "cab": (0.48, 0.62), "arch": (0.0, 0.6), "stack": (0.14, 0.26),
     "funnel": (-0.03, 0.07)},
    _train,
    lambda q: (0 * q["cab"] + 0.44, length3(0 * q["cab"] + 0.3, q["cab"] - 0.12, 0 * q["cab"] + 0.68)),
    step=0.85,
    turns=((15.0, 28.0), (45.0, 72.0)),
)  # fmt: skip


def _shoe(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    sole, ankle = q["sole"], q["ankle"]
    print_ = capsule(x, z, 0 * y, (-0.41, 0.0, 0.0), (0.38, 0.0, 0.0), 0.165, 0.2)
    base = box2(print_ + 1.0, y - sole / 2, 1.0, sole / 2, 0.025)
    up = y - sole
    foot = capsule(x, up, 0.84 * z, (-0.39, 0.07, 0.0), (0.4, q["toe"] - 0.13, 0.0), 0.13, 0.155)
    instep = capsule(x, up, z, (0.12, 0.09, 0.0), (-0.2, ankle - 0.16, 0.0), 0.135, 0.125)
    heel = capsule(x, up, z, (-0.36, 0.12, 0.0), (-0.33, ankle - 0.1, 0.0), 0.145, 0.13)
    upper = smooth_union(smooth_union(foot, instep, 0.1), heel, 0.1)
    rim = 0.95 * (up - ankle + 0.14 - 0.25 * x.abs())
    upper = torch.maximum(torch.maximum(upper, -up), rim)
    opening = capsule(x, up, z, (-0.32, ankle - 0.08, 0.0), (-0.27, ankle + 0.3, 0.0), 0.11)
    lining = opening + 0.004
    upper = subtract(upper, opening)
    run_x, run_y = -0.32, ankle - 0.25
    run = length2(run_y, 0 * run_y + run_x)
    t = ((x - 0.12) * run_x + (up - 0.09) * run_y) / run
    off = ((up - 0.09) * -run_x + (x - 0.12) * run_y) / run
    pitch = q["pitch"]
    rung = t - pitch * torch.round(t / pitch).clamp(0, 3)
    laces = torch.maximum(length2(instep - 0.006, rung) - 0.02, torch.maximum(z.abs() - 0.1, -off))
    cap = torch.maximum(upper - 0.008, 0.3 - x + 0.3 * up)
    stripe = torch.maximum(upper - 0.006, (x + 0.06 + 0.5 * (up - 0.1)).abs() - 0.035)
    stripe = torch.maximum(stripe, up - 0.24)
    tab = torch.maximum(upper - 0.008, x + 0.42)
    collar = torch.maximum(lining, up - ankle + 0.16)
    capped = q["cap"] > 0.5
    return {
        Part.MAIN: upper,
        Part.LIGHT: torch.minimum(
            torch.minimum(base, laces), torch.where(capped, cap, FAR)
        ),
        Part.DARK: torch.minimum(torch.minimum(collar, tab), torch.where(capped, FAR, stripe)),
    }  # fmt: skip


SHOE = Form(
    "shoe",
    {"sole": (0.07, 0.15), "ankle": (0.42, 0.78), "toe": (0.13, 0.18), "cap": (0.0, 1.0),
     "pitch": (0.075, 0.1)},
    _shoe,
    lambda q: ((q["sole"] + q["ankle"]) / 2, length2((q["sole"] + q["ankle"]) / 2, 0.57 + 0 * q["toe"])),
    step=0.8,
    turns=((-20.0, 20.0), (25.0, 50.0)),
)  # fmt: skip


def _bag(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h, d = q["width"], q["height"], q["depth"]
    up = y - h
    lean = q["taper"] * (up / h + 1.0)
    body = plate(x.abs() + lean, up, z.abs() + 0.5 * lean, (w, h, d), 0.09, 0.05)
    arc = q["arc"]
    loop = length2(x, (y - 2 * h + 0.03) / q["tall"]) - arc
    twin = torch.where(q["twin"] > 0.5, z.abs() - 0.6 * d + 0.03, z)
    handle = torch.maximum(length2(loop * q["tall"].clamp_max(1.0), twin) - 0.032, 2 * h - 0.06 - y)
    rings = length3(x.abs() - arc, y - 2 * h + 0.01, twin) - 0.055
    front = z - d + 0.5 * lean
    over = box2(x.abs() + lean, up - h + q["flap"] - 0.05, w - 0.02, q["flap"] + 0.05, 0.12)
    flap = torch.maximum(over, body - 0.022)
    drop = 2 * h - 2 * q["flap"]
    clasp = box3(x, y - drop - 0.02, front - 0.03, (0.06, 0.05, 0.022), 0.015)
    pocket = box2(x, up + 0.25 * h, 0.62 * w, 0.42 * h, 0.06)
    pocket = torch.maximum(pocket, front.abs() - 0.03)
    zip_ = torch.maximum(box2(x, up - 0.45 * h, 0.55 * w, 0.014), front.abs() - 0.045)
    flapped = q["style"] > 0.45
    trim = torch.maximum(torch.maximum(body - 0.012, y - 0.08), -y)
    return {
        Part.MAIN: torch.minimum(
            torch.minimum(body, handle), 0.85 * torch.where(flapped, flap, pocket)
        ),
        Part.METAL: torch.minimum(rings, 0.85 * torch.where(flapped, clasp, zip_)),
        Part.DARK: torch.where(q["trim"] > 0.5, trim, FAR),
    }  # fmt: skip


BAG = Form(
    "bag",
    {"width": (0.4, 0.54), "height": (0.26, 0.36), "depth": (0.15, 0.22), "taper": (0.0, 0.07),
     "arc": (0.17, 0.26), "tall": (0.8, 1.5), "twin": (0.0, 1.0), "flap": (0.12, 0.2),
     "style": (0.0, 1.0), "trim": (0.0, 1.0)},
    _bag,
    lambda q: (
        q["height"] + q["arc"] * q["tall"] / 2,
        length3(q["height"] + q["arc"] * q["tall"] / 2, q["width"], q["depth"]) * 0.96,
    ),
    step=0.8,
    turns=((-14.0, 14.0), (24.0, 45.0)),
)  # fmt: skip


def _hat(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, h, brim = q["crown"], q["height"], q["brim"]
    radial = length2(x, z)
    wide = (radial / brim).clamp_max(1.1) ** 2
    curl = q["curl"] * wide * wide
    disc = cylinder(radial, y - 0.025 - curl, brim, 0.022, 0.018)
    pinched = q["pinch"] > 0.5
    dent = torch.where(pinched, 0.13 * torch.exp(-((x / 0.11) ** 2)) * (z + 0.5).clamp_min(0), 0.0)
    squeeze = torch.where(pinched, 0.3 * (y * (z + 0.1).clamp_min(0)), 0.0)
    wall = radial + q["taper"] * y + squeeze * x.abs() / r
    crown = cylinder(wall, y + dent, r, h, q["round"])
    crown = torch.maximum(crown, -y)
    band = torch.maximum(cylinder(wall, y, r + 0.012, 0.11 + q["ribbon"]), -y)
    quill, blade = turned(x - 0.85 * r, y - 0.22, torch.full_like(x, 0.3))
    feather = ellipsoid(quill, blade, z - 0.65 * r, (0.05, 0.22, 0.025))
    feather = torch.where(q["feather"] > 0.65, feather, FAR)
    return {
        Part.MAIN: torch.maximum(smooth_union(disc, crown, 0.03), -y),
        Part.DARK: band,
        Part.LIGHT: feather,
    }


HAT = Form(
    "hat",
    {"crown": (0.27, 0.34), "height": (0.36, 0.66), "brim": (0.48, 0.66), "curl": (0.0, 0.12),
     "taper": (-0.04, 0.12), "round": (0.03, 0.24), "pinch": (0.0, 1.0), "ribbon": (-0.03, 0.05),
     "feather": (0.0, 1.0)},
    _hat,
    lambda q: (q["height"] / 2, length2(q["brim"], q["height"] / 2)),
    step=0.65,
)  # fmt: skip


def _helmet(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h = q["width"], q["height"]
    up = y - 0.46
    side = x.abs()
    skull = ellipsoid(x, up, z, (w, h, 0.48))
    chin = ellipsoid(x, up + 0.24, z - 0.14, (0.8 * w, 0.2, 0.43))
    closed = q["closed"] > 0.4
    shell = torch.where(closed, smooth_union(skull, chin, 0.08), skull)
    shell = torch.maximum(shell, 0.012 - y)
    hole = torch.maximum(box2(x, up + 0.2, 0.78 * w, 0.36, 0.14), 0.1 - z)
    shell = torch.where(closed, shell, subtract(shell, hole))
    face = torch.where(closed, 0.11, 0.14)
    visor = box2(x, up - 0.01, 0.86 * w, face, 0.08)
    visor = torch.maximum(torch.maximum(visor, shell - 0.014), 0.05 - z)
    bubble = ellipsoid(x, up, z, (w - 0.025, h - 0.025, 0.455))
    bubble = torch.maximum(torch.maximum(bubble, up - 0.2), torch.maximum(0.012 - y, 0.05 - z))
    visor = torch.where(closed, visor, bubble)
    stripe = torch.maximum(skull - 0.01, side - 0.05)
    stripe = torch.maximum(stripe, 0.14 - up)
    pair = torch.maximum(skull - 0.01, (side - 0.12).abs() - 0.025)
    pair = torch.maximum(pair, 0.14 - up)
    stripe = torch.where(q["stripe"] > 0.66, stripe, torch.where(q["stripe"] > 0.33, pair, FAR))
    peak = plate(x, z - 0.4, up - 0.24 + 0.2 * (z - 0.4), (0.62 * w, 0.2, 0.022), 0.14, 0.015)
    peak = torch.where(q["peak"] > 0.65, peak, FAR)
    bolts = cylinder(length2(up - 0.02, z + 0.02), side - w, 0.06, 0.03, 0.015)
    rim = torch.maximum(shell - 0.012, y - 0.08)
    vents = torch.maximum(skull - 0.012, box2(side - 0.5 * w, z - 0.16, 0.03, 0.08, 0.02))
    vents = torch.maximum(vents, 0.2 - up)
    return {
        Part.MAIN: torch.minimum(shell, peak),
        Part.DARK: torch.minimum(torch.minimum(visor, rim), torch.where(closed, vents, FAR)),
        Part.METAL: bolts,
        Part.LIGHT: stripe,
    }


HELMET = Form(
    "helmet",
    {"width": (0.4, 0.46), "height": (0.44, 0.5), "closed": (0.0, 1.0), "stripe": (0.0, 1.0),
     "peak": (0.0, 1.0)},
    _helmet,
    lambda q: (
        0 * q["width"] + 0.46,
        torch.where(q["peak"] > 0.65, 0.65, torch.where(q["closed"] > 0.4, 0.59, 0.53)),
    ),
    step=0.8,
    turns=((-18.0, 18.0), (28.0, 55.0)),
)  # fmt: skip


def _hourglass(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    h, r = q["half"], q["radius"]
    radial = length2(x, z)
    fold = (y - h).abs()
    discs = cylinder(radial, fold - h + q["disc"], r, q["disc"], 0.02)
    square = box2(x, z, 0.92 * r, 0.92 * r, 0.05)
    slabs = torch.maximum(square, (fold - h + q["disc"]).abs() - q["disc"])
    ends = torch.where(q["square"] > 0.6, slabs, discs)
    bead = q["bead"] * torch.cos(fold * q["turning"])
    post_at = torch.where(q["square"] > 0.6, 0.76, 0.58) * r
    posts = length2(x.abs() - post_at, z.abs() - post_at) - 0.028 - bead
    posts = torch.maximum(0.8 * posts, fold - h + 0.02)
    tall = (h - 2 * q["disc"]) / 2
    bulb = ellipsoid(radial, fold - tall, 0 * y, (q["bulb"] * r, tall + 0.03, q["bulb"] * r))
    bulb = smooth_union(bulb, radial - 0.035, 0.05)
    bulb = torch.maximum(bulb, fold - h + q["disc"])
    level = 2 * q["disc"] + q["sand"] * tall - 0.15 * radial
    left = h + (1.5 - q["sand"]) * tall
    grains = torch.minimum(y - level, torch.maximum(h - 0.05 - y, y - left))
    sand = torch.maximum(bulb - 0.006, 0.9 * grains)
    return {
        Part.MAIN: torch.minimum(torch.minimum(ends, posts), sand),
        Part.LIGHT: bulb,
    }


HOURGLASS = Form(
    "hourglass",
    {"half": (0.48, 0.6), "radius": (0.3, 0.4), "disc": (0.03, 0.06), "bulb": (0.62, 0.74),
     "bead": (0.0, 0.014), "turning": (20.0, 45.0), "sand": (0.55, 1.25), "square": (0.0, 1.0)},
    _hourglass,
    lambda q: (q["half"], length2(q["half"], torch.where(q["square"] > 0.6, 1.26, 0.97) * q["radius"])),
    step=0.75,
    turns=((-20.0, 20.0), (20.0, 40.0)),
)  # fmt: skip

CATALOGUE: Final = (
    ROBOT, ROCKET, PLANE, BOAT, TRAIN, SHOE, BAG, HAT, HELMET, HOURGLASS,
)  # fmt: skip
