"""Things of the desk and the hall: umbrella, book, pen, hourglass."""

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
    smooth_union,
    turned,
)


def _umbrella(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    h, r, rise = q["height"], q["radius"], q["rise"]
    count = torch.where(q["gores"] > 0.5, 8.0, 6.0)
    slope = torch.tan(torch.pi / count)
    sector = 2 * torch.pi / count
    angle = torch.atan2(z, x) + 0.4
    gore = torch.floor(angle / sector)
    angle = angle - sector * (gore + 0.5)
    axis = length2(x, z)
    along, across = axis * torch.cos(angle), axis * torch.sin(angle)
    apex = h - 0.08
    sphere = (r * r + rise * rise) / (2 * rise)
    shell = length2(along, y - apex + sphere) - sphere
    share = across / (slope * along.clamp_min(0.05))
    edge = apex - rise + q["scallop"] * (1 - share * share)
    canopy = torch.maximum(shell.abs() - 0.012, edge - y)
    ribs = length2(across.abs() - slope * along, shell + 0.012) - 0.014
    ribs = torch.maximum(ribs, apex - rise - y)
    pole = capsule(x, y, z, (0.0, 0.25, 0.0), (0.0, h, 0.0), 0.02)
    hook = q["hook"]
    hy = hook + 0.035
    bend = torch.maximum(length2(length2(x - hook, y - hy) - hook, z) - 0.035, y - hy)
    bend = torch.minimum(bend, length3(x - 2 * hook, y - hy, z) - 0.035)
    knob = ellipsoid(x, y - 0.1, z, (0.06, 0.1, 0.06))
    shaft = capsule(x, y, z, (0.0, 0.15, 0.0), (0.0, 0.32, 0.0), 0.035)
    handle = torch.minimum(torch.where(q["curved"] > 0.3, bend, knob), shaft)
    # Every other gore is of the second colour; the first lies a little deeper there.
    pale = (q["pale"] > 0.7) & (torch.remainder(gore, 2.0) > 0.5)
    return {
        Part.MAIN: torch.where(pale, canopy + 0.002, canopy),
        Part.LIGHT: torch.where(pale, canopy, FAR),
        Part.METAL: torch.minimum(ribs, pole),
        Part.DARK: handle,
    }


UMBRELLA = Form(
    "umbrella",
    {"height": (1.1, 1.3), "radius": (0.54, 0.68), "rise": (0.24, 0.4), "scallop": (0.03, 0.09),
     "gores": (0.0, 1.0), "hook": (0.08, 0.12), "curved": (0.0, 1.0), "pale": (0.0, 1.0)},
    _umbrella,
    lambda q: (
        q["height"] * 0.54,
        torch.maximum(
            0.55 * q["height"], length2(1.18 * q["radius"], 0.46 * q["height"] - 0.08 - q["rise"])
        ),
    ),
    step=0.7,
    turns=((-20.0, 20.0), (20.0, 40.0)),
)  # fmt: skip


def _book(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    w, h, t = q["width"], q["height"], q["thickness"]
    up = y - h
    x, z = x - 0.05, z + w * torch.sin(q["open"])
    pages = box3(x + 0.02, up, z, (w - 0.04, h - 0.035, t - 0.01))
    back = box3(x, up, z + t, (w, h, 0.02), 0.012)
    spine = torch.maximum(cylinder(length2(x + w, z), up, t + 0.02, h, 0.012), x + w - 0.03)
    cover_u, cover_n = turned(x + w, z - t, -q["open"])
    cover_u = cover_u - w
    cover = box3(cover_u, up, cover_n, (w, h, 0.02), 0.012)
    leaf_u, leaf_n = turned(x + w, z - t, -0.5 * q["open"])
    leaf = box3(leaf_u - w + 0.03, up, leaf_n, (w - 0.03, h - 0.035, 0.008))
    face = (cover_n - 0.02).abs() - 0.008
    label = torch.maximum(box2(cover_u, up - 0.35 * h, 0.6 * w, q["label"] * h, 0.02), face)
    disc = torch.maximum(length2(cover_u, up - 0.1 * h) - 0.45 * w, face)
    round_mark = q["mark"] > 0.6
    strap = torch.maximum((cover_u - 0.72 * w).abs() - 0.03, face)
    strap = torch.maximum(strap, up.abs() - h)
    return {
        Part.MAIN: torch.minimum(torch.minimum(back, spine), cover),
        Part.LIGHT: torch.minimum(
            torch.minimum(pages, leaf), torch.where(round_mark, FAR, label)
        ),
        Part.METAL: torch.where(round_mark, disc, FAR),
        Part.DARK: torch.where(q["strap"] > 0.7, strap, FAR),
    }  # fmt: skip


BOOK = Form(
    "book",
    {"width": (0.34, 0.44), "height": (0.46, 0.6), "thickness": (0.07, 0.14), "open": (0.08, 0.55),
     "label": (0.1, 0.24), "mark": (0.0, 1.0), "strap": (0.0, 1.0)},
    _book,
    lambda q: (
        q["height"],
        length3(
            q["height"], q["width"] + 0.04, q["thickness"] + q["width"] * torch.sin(q["open"])
        ) * 1.02,
    ),
    turns=((-18.0, 18.0), (25.0, 42.0)),
)  # fmt: skip


def _pen(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    length, r = q["length"], q["radius"]
    run, climb = length * torch.cos(q["angle"]), length * torch.sin(q["angle"])
    u, v = turned(x + 0.5 * run, y - 0.02, -q["angle"])
    axis = length2(v, z)
    nib = torch.maximum(axis - 0.012 - 0.3 * u.clamp(0, 0.2), (u - 0.14).abs() - 0.14)
    grip = capsule(u, v, z, (0.29, 0.0, 0.0), (0.45, 0.0, 0.0), 0.06, 0.9 * r)
    tail = (u / length - 0.45).clamp_min(0)
    barrel = cylinder(
        axis + r * q["taper"] * tail, u - 0.23 - length / 2, r, length / 2 - 0.23, 0.03
    )
    cap = cylinder(axis, u - 0.8 * length, r + 0.02, 0.2 * length, 0.04)
    clip = box3(u - 0.8 * length, v - r - 0.045, z, (0.16 * length, 0.016, 0.025), 0.01)
    posted = q["posted"] > 0.4
    barrel = torch.where(posted, torch.minimum(barrel, cap), barrel)
    rings = cylinder(axis, (u - 0.47).abs() - 0.02, r + 0.012, 0.014, 0.005)
    rings = torch.where(
        posted, torch.minimum(clip, cylinder(axis, u - 0.61 * length, r + 0.03, 0.02)), rings
    )
    prop_x, prop_y = x - 0.14 * run, 0.02 + 0.64 * climb
    dome = ellipsoid(prop_x, y, z, (0.19, prop_y, 0.19))
    block = box2(prop_x.abs() + 0.25 * y, z.abs() + 0.2 * y, 0.2, 0.2, 0.03)
    rest = torch.where(q["block"] > 0.5, block, dome)
    rest = torch.maximum(torch.maximum(rest, v + 0.3 * r), -y)
    return {
        Part.MAIN: barrel,
        Part.DARK: torch.minimum(grip, rest),
        Part.METAL: torch.minimum(nib, rings),
    }


PEN = Form(
    "pen",
    {"length": (1.25, 1.45), "radius": (0.085, 0.115), "angle": (0.3, 0.62), "taper": (0.0, 1.0),
     "posted": (0.0, 1.0), "block": (0.0, 1.0)},
    _pen,
    lambda q: (0.5 * q["length"] * torch.sin(q["angle"]), 0.53 * q["length"]),
    step=0.9,
    turns=((-14.0, 14.0), (14.0, 28.0)),
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
    bulb = ellipsoid(x, fold - tall, z, (q["bulb"] * r, tall + 0.03, q["bulb"] * r))
    bulb = smooth_union(bulb, radial - 0.035, 0.05)
    bulb = torch.maximum(bulb, fold - h + q["disc"])
    # Sand is what lies below the heap's surface in the lower bulb, and above the neck in the upper.
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
    lambda q: (
        q["half"],
        length2(q["half"], torch.where(q["square"] > 0.6, 1.26, 0.97) * q["radius"]),
    ),
    step=0.88,
    turns=((-20.0, 20.0), (20.0, 40.0)),
)  # fmt: skip

CATALOGUE: Final = (UMBRELLA, BOOK, PEN, HOURGLASS)
