"""Devices: phone, camera, watch, headphones, laptop, monitor, controller."""

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
    plate,
    smooth_union,
    subtract,
    torus,
    turned,
)


def _cell(value: Tensor, pitch: float, low: int, high: int) -> Tensor:
    """Offset from the middle of the cell `value` lies in; cells `low` to `high` - 1 exist."""
    return value - pitch * (torch.floor(value / pitch).clamp(low, high - 1) + 0.5)


def _phone(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h = q["width"], q["height"]
    v, n = turned(y - 0.06, z - h * q["lean"], q["lean"])
    v = v - h
    n = torch.where(q["seen"] > 0.5, n, -n)
    body = plate(x, v, n, (w, h, 0.05), 0.09, 0.035)
    front = (n - 0.05).abs()
    pane = box2(x, v, w - 0.035, h - 0.035, 0.07)
    screen = torch.maximum(pane, front - 0.005)
    wallpaper = torch.maximum(torch.maximum(pane + 0.025, _wallpaper(x, v, q)), front - 0.01)
    dials = box2(_cell(x, 0.125, -2, 2), v + h - 0.13, 0.036, 0.036, 0.016)
    clock = box2(x, v - 0.55 * h, 0.13, 0.035, 0.01)
    icons = torch.maximum(torch.minimum(dials, clock), front - 0.016)
    square = q["lenses"] > 0.5
    column = torch.where(square, w - 0.155, w - 0.11)
    bu, bv = x + column, v - h + 0.16
    bump = plate(
        bu, bv, n + 0.06, (torch.where(square, 0.125, 0.075), 0.125, 0.025), 0.06, 0.015
    )  # fmt: skip
    lens_u = torch.where(square, bu.abs() - 0.058, bu)
    ring = length2(lens_u, bv.abs() - 0.058)
    lenses = cylinder(ring, n + 0.09, 0.045, 0.018, 0.008)
    dock = plate(x, z - 0.03, y - 0.045, (q["dock"], 0.21, 0.045), q["corner"], 0.02)
    return {
        Part.MAIN: torch.minimum(torch.minimum(body, bump), torch.minimum(dock, wallpaper)),
        Part.DARK: torch.minimum(screen, lenses),
        Part.LIGHT: icons,
    }


PHONE = Form(
    "phone",
    {"width": (0.28, 0.34), "height": (0.5, 0.6), "lean": (0.06, 0.24), "seen": (0.0, 1.0),
     "lenses": (0.0, 1.0), "dock": (0.22, 0.38), "corner": (0.02, 0.2), "wave": (-0.25, 0.2)},
    _phone,
    lambda q: (
        q["height"] + 0.03,
        length3(
            q["height"] + 0.03,
            torch.maximum(q["width"], q["dock"]) - 0.05,
            torch.full_like(q["lean"], 0.2),
        ),
    ),
)  # fmt: skip


def _camera(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h, length = q["width"], q["height"], q["length"]
    r = torch.minimum(q["lens"], 0.95 * h - 0.04)
    reflex = q["finder"] > 0.45
    body = plate(x, y - h, z, (w, h, 0.14), 0.07, 0.03)
    finder_x = torch.where(reflex, x, x - 0.6 * w)
    rise = y - 2 * h
    finder = box2(
        finder_x.abs() + 0.4 * rise, z + 0.01, torch.where(reflex, 0.17, 0.12), 0.13, 0.03
    )
    finder = torch.maximum(finder, rise.abs() - torch.where(reflex, 0.13, 0.06))
    body = smooth_union(body, finder, 0.03)
    window = box3(
        finder_x, rise - torch.where(reflex, 0.05, -0.05), z - 0.14, (0.065, 0.035, 0.012), 0.01
    )
    ring = length2(x, y - 0.95 * h)
    front = 0.14 + length
    barrel = cylinder(ring, z - front / 2, r, front / 2, 0.015)
    barrel = subtract(barrel, torch.maximum(ring - r + 0.05, front - 0.07 - z))
    rims = torch.minimum(
        cylinder(ring, z - 0.15, r + 0.035, 0.03, 0.01), torus(ring, z - front, r - 0.022, 0.024)
    )
    glass = length3(x, y - 0.95 * h, z - front + 0.07 + 0.8 * r) - r
    barrel = torch.minimum(barrel, torch.maximum(glass, ring - r + 0.05))
    grip = box3(x + w - 0.07, y - 0.95 * h, z - 0.15, (0.075, 0.8 * h, 0.065), 0.05)
    knob = length2(x + w - 0.13, z)
    button = cylinder(knob, rise, 0.05, 0.045, 0.01)
    dial = cylinder(length2(x - w + 0.13, z), rise, torch.where(reflex, 0.085, 0.0), 0.05, 0.01)
    return {
        Part.MAIN: body,
        Part.DARK: torch.minimum(barrel, grip),
        Part.METAL: torch.minimum(rims, torch.minimum(button, dial)),
        Part.LIGHT: window,
    }


CAMERA = Form(
    "camera",
    {"width": (0.44, 0.56), "height": (0.25, 0.32), "length": (0.08, 0.3), "lens": (0.17, 0.225),
     "finder": (0.0, 1.0)},
    _camera,
    lambda q: (q["height"] + 0.05, length2(q["width"], q["height"] + 0.05)),
    turns=((-15.0, 15.0), (25.0, 45.0)),
)  # fmt: skip


def _watch(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    loop, r = q["loop"], q["case"]
    v, n = turned(y - loop - 0.03, z, q["tilt"])
    strap = box2(length2(v, n) - loop, x, 0.03, q["strap"] * (0.85 + 0.2 * n / loop), 0.015)
    m = n - loop
    square = box2(x, v, 0.88 * r, r, 0.08) + r
    dial_radius = torch.where(q["square"] > 0.6, square, length2(x, v))
    case = cylinder(dial_radius, m, r, 0.07, 0.03)
    bezel = torus(dial_radius, m - 0.065, r - 0.02, 0.022)
    crown = cylinder(length2(v, m), x - r - 0.03, 0.04, 0.035, 0.01)
    face = cylinder(dial_radius, m - 0.05, r - 0.035, 0.03)
    height = (m - 0.085).abs() - 0.008
    a, b = torch.maximum(x.abs(), v.abs()), torch.minimum(x.abs(), v.abs())
    ink = box2(a - 0.74 * r, b, 0.1 * r, 0.014)
    for name, length, width in (("hour", 0.36, 0.02), ("minute", 0.58, 0.014)):
        along, across = turned(x, v, -q[name])
        half = length * r / 2
        ink = torch.minimum(ink, box2(along - half, across, half, width))
    ink = torch.maximum(ink, height)
    pale = q["face"] > 0.4
    return {
        Part.MAIN: torch.minimum(strap, case),
        Part.METAL: torch.minimum(bezel, crown),
        Part.LIGHT: torch.where(pale, face, ink),
        Part.DARK: torch.where(pale, ink, face),
    }


WATCH = Form(
    "watch",
    {"loop": (0.36, 0.44), "case": (0.23, 0.29), "strap": (0.14, 0.19), "tilt": (0.3, 0.6),
     "square": (0.0, 1.0), "face": (0.0, 1.0), "hour": (-3.1, 3.1), "minute": (-3.1, 3.1)},
    _watch,
    lambda q: (q["loop"] + 0.04, length2(q["loop"] + 0.09, 1.2 * q["case"])),
    step=0.92,
    turns=((-14.0, 14.0), (25.0, 48.0)),
)  # fmt: skip


def _headphones(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, a, top = q["cup"], q["width"], q["arch"]
    side = x.abs()
    cy = r * q["oval"]
    cup_radius = length2((y - cy) / q["oval"], z)
    out = side - a
    shell = cylinder(cup_radius, out - 0.05, r, 0.075, q["round"])
    cushion = cylinder(cup_radius, out + 0.08, 0.93 * r, 0.065, 0.05)
    badge = cylinder(cup_radius, out - 0.12, 0.5 * r, 0.015, 0.005)
    over = y - top
    bend = torch.where(over > 0, length2(x, over), side) - a - 0.03
    band = box2(bend, z, 0.028, q["band"], 0.02)
    band = torch.maximum(band, cy - y)
    pad = torch.maximum(box2(bend + 0.05, z, 0.03, 0.9 * q["band"], 0.025), 0.55 * a - over)
    boom = capsule(x, y, z, (-a, 0.3, 0.1), (-0.16, 0.12, 0.42), 0.022, 0.04)
    boom = torch.where(q["boom"] > 0.6, boom, FAR)
    return {
        Part.MAIN: torch.minimum(shell, band),
        Part.DARK: torch.minimum(torch.minimum(cushion, pad), boom),
        Part.METAL: badge,
    }


HEADPHONES = Form(
    "headphones",
    {"cup": (0.23, 0.28), "width": (0.34, 0.42), "arch": (0.5, 0.66), "oval": (1.0, 1.25),
     "band": (0.05, 0.1), "round": (0.02, 0.07), "boom": (0.0, 1.0)},
    _headphones,
    lambda q: (
        (q["arch"] + q["width"] + 0.06) / 2,
        length2(0.45 * (q["arch"] + q["width"] + 0.06), q["width"] + 0.15),
    ),
    step=0.95,
)  # fmt: skip


def _wallpaper(u: Tensor, v: Tensor, q: Params) -> Tensor:
    """Negative below a wave that crosses the screen, about a distance."""
    return 0.8 * (v - q["wave"] + 0.07 * torch.sin(5.5 * u + 20.0 * q["wave"]))


def _laptop(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, d = q["width"], q["depth"]
    z = z - 0.12
    base = plate(x, z, y - 0.035, (w, d, 0.035), 0.05, 0.015)
    v, n = turned(y - 0.07, z + d, q["angle"])
    lid_height = 0.96 * d
    v = v - lid_height
    lid = plate(x, v, n, (w, lid_height, 0.024), 0.05, 0.012)
    front = (n - 0.024).abs()
    pane = box2(x, v - 0.01, w - 0.045, lid_height - 0.06, 0.01)
    screen = torch.maximum(pane, front - 0.005)
    wallpaper = torch.maximum(torch.maximum(pane + 0.025, _wallpaper(x, v, q)), front - 0.01)
    keyed = q["keys"] > 0.4
    top = (y - 0.07).abs()
    row = _cell(z + 0.18, 0.13, -1, 2)
    column = torch.where(keyed, _cell(x, 0.135, -3, 3), x)
    keys = box2(column, row, torch.where(keyed, 0.05, 0.4), 0.045, 0.01)
    pad = box2(x, z - d + 0.15, q["pad"], 0.1, 0.015)
    lit = q["lit"] > 0.4
    return {
        Part.MAIN: torch.minimum(torch.minimum(base, lid), wallpaper),
        Part.DARK: torch.minimum(torch.maximum(keys, top - 0.008), torch.where(lit, FAR, screen)),
        Part.LIGHT: torch.where(lit, screen, FAR),
        Part.METAL: torch.maximum(pad, top - 0.005),
    }


LAPTOP = Form(
    "laptop",
    {"width": (0.56, 0.68), "depth": (0.36, 0.44), "angle": (0.12, 0.4), "keys": (0.0, 1.0),
     "pad": (0.12, 0.2), "lit": (0.0, 1.0), "wave": (-0.12, 0.12)},
    _laptop,
    lambda q: (q["depth"], length3(q["width"], 1.05 * q["depth"], 1.25 * q["depth"])),
    turns=((-15.0, 15.0), (22.0, 42.0)),
)  # fmt: skip


def _monitor(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h, chin = q["width"], q["height"], q["chin"]
    n = z - q["curve"] * x * x
    v = y - 0.26 - h
    panel = plate(x, v, n, (w, h, 0.04), 0.04, 0.02)
    front = (n - 0.04).abs()
    pane = box2(x, v - chin / 2, w - 0.035, h - 0.035 - chin / 2, 0.01)
    screen = torch.maximum(pane, front - 0.005)
    wallpaper = torch.maximum(torch.maximum(pane + 0.025, _wallpaper(x, v, q)), front - 0.01)
    neck = box3(x, y - 0.3, z + 0.08, (q["neck"], 0.3, 0.025), 0.015)
    foot = plate(x, z + 0.02, y - 0.02, (q["foot"], 0.2, 0.02), q["corner"], 0.01)
    legs = capsule(x.abs(), y, z, (0.04, 0.16, -0.08), (q["foot"] + 0.08, 0.03, 0.2), 0.03)
    foot = torch.where(q["legs"] > 0.65, legs, foot)
    lit = q["lit"] > 0.5
    return {
        Part.MAIN: torch.minimum(torch.minimum(panel, wallpaper), torch.minimum(neck, foot)),
        Part.DARK: torch.where(lit, FAR, screen),
        Part.LIGHT: torch.where(lit, screen, FAR),
    }


MONITOR = Form(
    "monitor",
    {"width": (0.52, 0.7), "height": (0.33, 0.41), "chin": (0.0, 0.14), "curve": (0.0, 0.12),
     "neck": (0.04, 0.13), "foot": (0.2, 0.34), "corner": (0.02, 0.2), "legs": (0.0, 1.0),
     "lit": (0.0, 1.0), "wave": (-0.15, 0.15)},
    _monitor,
    lambda q: (q["height"] + 0.13, length2(q["width"], q["height"] + 0.13)),
    step=0.9,
    turns=((-15.0, 15.0), (25.0, 45.0)),
)  # fmt: skip


def _controller(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    spread, grip = q["spread"], q["grip"]
    v, n = turned(y - 0.49, z, q["tilt"])
    side = x.abs()
    middle = box3(x, v - 0.1, n, (spread, 0.17, 0.085), 0.08)
    grips = capsule(
        side, v, n * 1.15, (spread - 0.05, 0.07, 0.0), (spread + q["flare"], -grip, 0.02), 0.15, 0.1
    )
    body = smooth_union(middle, grips, 0.1)
    prop = capsule(x, y, z, (0.0, 0.5, -0.02), (0.0, 0.055, -0.32), 0.05)
    foot = box3(x, y - 0.025, z + 0.14, (0.22, 0.025, 0.24), 0.02)
    mixed = q["layout"] > 0.5
    # The stick and the cross change places on the left half of one of the two layouts.
    left = x < 0
    far_u, far_v, near_u, near_v = spread - 0.06, 0.13, 0.15, -0.03
    raised = mixed & left
    stick = length2(
        side - torch.where(raised, far_u, near_u), v - torch.where(raised, far_v, near_v)
    )
    sticks = torch.minimum(
        cylinder(stick, n - 0.13, 0.045, 0.08), cylinder(stick, n - 0.2, 0.085, 0.025, 0.015)
    )
    du = (x + torch.where(mixed, near_u, far_u)).abs()
    dv = (v - torch.where(mixed, near_v, far_v)).abs()
    cross = box3(torch.maximum(du, dv), torch.minimum(du, dv), n - 0.12, (0.1, 0.035, 0.05), 0.01)
    bu, bv = (x - far_u).abs(), (v - far_v).abs()
    button = length2(torch.maximum(bu, bv) - 0.085, torch.minimum(bu, bv))
    buttons = cylinder(button, n - 0.12, 0.042, 0.06, 0.015)
    shoulders = box3(side - spread + 0.08, v - 0.27, n + 0.02, (0.13, 0.05, 0.06), 0.04)
    pad = plate(x, v - 0.15, n - 0.085, (q["pad"], 0.07, 0.012), 0.03, 0.005)
    return {
        Part.MAIN: body,
        Part.DARK: torch.minimum(
            torch.minimum(torch.minimum(sticks, cross), shoulders), torch.minimum(prop, foot)
        ),
        Part.LIGHT: buttons,
        Part.METAL: pad,
    }


CONTROLLER = Form(
    "controller",
    {"spread": (0.36, 0.44), "grip": (0.26, 0.36), "flare": (0.0, 0.12), "tilt": (0.35, 0.6),
     "layout": (0.0, 1.0), "pad": (0.04, 0.12)},
    _controller,
    lambda q: (
        torch.full_like(q["grip"], 0.41),
        torch.sqrt((q["spread"] + q["flare"] + 0.1) ** 2 + 0.12),
    ),
    step=0.85,
    turns=((-15.0, 15.0), (22.0, 42.0)),
)  # fmt: skip

CATALOGUE: Final = (PHONE, CAMERA, WATCH, HEADPHONES, LAPTOP, MONITOR, CONTROLLER)
