"""Things to wear and to carry: shoe, bag, hat, helmet."""

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
    turned,
)


def _shoe(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    sole, ankle = q["sole"], q["ankle"]
    tread = capsule(x, z, torch.zeros_like(y), (-0.41, 0.0, 0.0), (0.38, 0.0, 0.0), 0.165, 0.2)
    base = box2(tread + 1.0, y - sole / 2, 1.0, sole / 2, 0.025)
    up = y - sole
    foot = capsule(x, up, 0.84 * z, (-0.39, 0.07, 0.0), (0.4, q["toe"] - 0.13, 0.0), 0.13, 0.155)
    instep = capsule(x, up, z, (0.12, 0.09, 0.0), (-0.2, ankle - 0.16, 0.0), 0.135, 0.125)
    heel = capsule(x, up, z, (-0.36, 0.12, 0.0), (-0.33, ankle - 0.1, 0.0), 0.145, 0.13)
    upper = smooth_union(smooth_union(foot, instep, 0.1), heel, 0.1)
    rim = 0.95 * (up - ankle + 0.14 - 0.25 * x.abs())
    upper = torch.maximum(torch.maximum(upper, -up), rim)
    opening = capsule(x, up, z, (-0.32, ankle - 0.08, 0.0), (-0.27, ankle + 0.3, 0.0), 0.11)
    upper = subtract(upper, opening)
    run_x, run_y = -0.32, ankle - 0.25
    run = torch.sqrt(run_x * run_x + run_y * run_y)
    t = ((x - 0.12) * run_x + (up - 0.09) * run_y) / run
    off = ((up - 0.09) * -run_x + (x - 0.12) * run_y) / run
    pitch = q["pitch"]
    # Laces are rings around the instep, one in each cell along it, kept on its upper side.
    rung = t - pitch * torch.round(t / pitch).clamp(0, 3)
    laces = torch.maximum(length2(instep - 0.006, rung) - 0.02, torch.maximum(z.abs() - 0.1, -off))
    cap = torch.maximum(upper - 0.008, 0.3 - x + 0.3 * up)
    stripe = torch.maximum(upper - 0.006, (x + 0.06 + 0.5 * (up - 0.1)).abs() - 0.035)
    stripe = torch.maximum(stripe, up - 0.24)
    tab = torch.maximum(upper - 0.008, x + 0.42)
    collar = torch.maximum(opening + 0.004, up - ankle + 0.16)
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
    lambda q: (
        (q["sole"] + q["ankle"]) / 2,
        length2((q["sole"] + q["ankle"]) / 2, torch.full_like(q["toe"], 0.57)),
    ),
    step=0.87,
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
    flap = torch.maximum(over, body - 0.03)
    drop = 2 * h - 2 * q["flap"]
    clasp = box3(x, y - drop - 0.02, front - 0.03, (0.06, 0.05, 0.022), 0.015)
    pocket = box2(x, up + 0.25 * h, 0.62 * w, 0.42 * h, 0.06)
    pocket = torch.maximum(pocket, front.abs() - 0.03)
    zipper = torch.maximum(box2(x, up - 0.45 * h, 0.55 * w, 0.014), front.abs() - 0.045)
    flapped = q["style"] > 0.45
    trim = torch.maximum(torch.maximum(body - 0.012, y - 0.08), -y)
    return {
        Part.MAIN: torch.minimum(
            torch.minimum(body, handle), 0.85 * torch.where(flapped, flap, pocket)
        ),
        Part.METAL: torch.minimum(rings, 0.85 * torch.where(flapped, clasp, zipper)),
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
    step=0.85,
    turns=((-14.0, 14.0), (24.0, 45.0)),
)  # fmt: skip


def _hat(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    r, h, brim = q["crown"], q["height"], q["brim"]
    radial = length2(x, z)
    wide = (radial / brim).clamp_max(1.1) ** 2
    curl = q["curl"] * wide * wide
    disc = cylinder(radial, y - 0.025 - curl, brim, 0.022, 0.018)
    pinched = q["pinch"] > 0.5
    # A dent along the crown and two pinches in front make a felt hat of a bowler.
    dent = torch.where(pinched, 0.13 * torch.exp(-((x / 0.11) ** 2)) * (z + 0.5).clamp_min(0), 0.0)
    squeeze = torch.where(pinched, 0.3 * (y * (z + 0.1).clamp_min(0)), 0.0)
    wall = radial + q["taper"] * y + squeeze * x.abs() / r
    crown = cylinder(wall, y + dent, r, h, q["round"])
    crown = torch.maximum(crown, 0.03 - y)
    band = torch.maximum(cylinder(wall, y, r + 0.012, 0.11 + q["ribbon"]), 0.03 - y)
    quill, blade = turned(x - 0.85 * r, y - 0.22, torch.full_like(x, 0.3))
    feather = ellipsoid(quill, blade, z - 0.65 * r, (0.05, 0.22, 0.025))
    feather = torch.where(q["feather"] > 0.65, feather, FAR)
    return {
        Part.MAIN: smooth_union(disc, crown, 0.03),
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
    w, h, d = q["width"], q["height"], q["length"]
    up = y - 0.93 * h
    side = x.abs()
    skull = ellipsoid(x, up, z, (w, h, d))
    chin = ellipsoid(x, up + 0.24, z - d + 0.34, (0.8 * w, 0.2, 0.43))
    closed = q["closed"] > 0.4
    shell = torch.where(closed, smooth_union(skull, chin, 0.08), skull)
    shell = torch.maximum(shell, 0.012 - y)
    hole = torch.maximum(box2(x, up + 0.2, 0.78 * w, 0.36, 0.14), 0.1 - z)
    shell = torch.where(closed, shell, subtract(shell, hole))
    visor = box2(x, up - 0.01, 0.86 * w, 0.11, 0.08)
    visor = torch.maximum(torch.maximum(visor, shell - 0.014), 0.05 - z)
    bubble = ellipsoid(x, up, z, (w - 0.025, h - 0.025, d - 0.025))
    bubble = torch.maximum(torch.maximum(bubble, up - 0.2), torch.maximum(0.012 - y, 0.05 - z))
    visor = torch.where(closed, visor, bubble)
    stripe = torch.maximum(skull - 0.01, side - 0.05)
    stripe = torch.maximum(stripe, 0.14 - up)
    pair = torch.maximum(skull - 0.01, (side - 0.12).abs() - 0.025)
    pair = torch.maximum(pair, 0.14 - up)
    stripe = torch.where(q["stripe"] > 0.66, stripe, torch.where(q["stripe"] > 0.33, pair, FAR))
    peak = plate(x, z - d + 0.08, up - 0.24 + 0.2 * (z - 0.4), (0.62 * w, 0.2, 0.022), 0.14, 0.015)
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
    {"width": (0.37, 0.46), "height": (0.43, 0.52), "length": (0.44, 0.52), "closed": (0.0, 1.0),
     "stripe": (0.0, 1.0), "peak": (0.0, 1.0)},
    _helmet,
    lambda q: (
        0.93 * q["height"],
        torch.where(q["peak"] > 0.65, 0.66, torch.where(q["closed"] > 0.4, 0.62, 0.55)),
    ),
    step=0.9,
    turns=((-18.0, 18.0), (28.0, 55.0)),
)  # fmt: skip

CATALOGUE: Final = (SHOE, BAG, HAT, HELMET)
