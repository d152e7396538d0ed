"""Furniture: shelf, sofa, armchair, bench, bed, cabinet, desk."""

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
    repeated,
    subtract,
    turned,
)


def _shelf(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Bookcase with three to five boards and some books, with or without a back."""
    w, h, d = q["width"], q["height"], q["depth"]
    count = torch.round(q["boards"])
    pitch = (h - 0.06) / (count - 1)
    level = y - 0.5 * h
    v = repeated(level, pitch, count)
    boards = box3(x, v, z, (w, 0.028, d), 0.004)
    sides = box3(x.abs() - w + 0.025, level, z, (0.028, 0.5 * h, d), 0.004)
    back = torch.maximum(box2(x, level, w - 0.02, 0.5 * h - 0.02), (z + d - 0.02).abs() - 0.012)
    back = torch.where(q["back"] > 0.35, back, boards)
    case = torch.minimum(torch.minimum(boards, sides), back)
    # Every row's books start at a side of their own, and their backs are of two kinds in turn.
    row = torch.floor((level + 0.5 * h) / pitch)
    away = x * torch.where(torch.sin(2.7 * row + 9.0 * q["books"]) > 0, 1.0, -1.0)
    span = (0.35 + 0.25 * torch.sin(4.1 * row + 20.0 * q["books"])) * (w - 0.06)
    foot = y - 0.03 - row * pitch
    spine = torch.floor(away / 0.085)
    tall = (0.31 + 0.05 * torch.sin(12.9 * spine + row)) * pitch
    books = box3(away + w - 0.055 - span, foot - tall, z + 0.03, (span, tall, d - 0.06))
    books = torch.where((row >= 0) & (row < count - 1), books, torch.full_like(x, FAR))
    even = 0.02 * (torch.remainder(spine, 2) < 0.5)
    return {Part.MAIN: case, Part.DARK: books + even, Part.LIGHT: books + 0.02 - even}


SHELF = Form(
    "shelf",
    {"width": (0.36, 0.52), "height": (1.0, 1.3), "depth": (0.15, 0.2), "boards": (3.5, 5.49),
     "back": (0.0, 1.0), "books": (0.0, 1.0)},
    _shelf,
    lambda q: (0.5 * q["height"], length3(q["width"], 0.5 * q["height"], q["depth"])),
    step=0.8,
    turns=((-16.0, 16.0), (25.0, 48.0)),
)  # fmt: skip


def _seating(x: Tensor, y: Tensor, z: Tensor, q: Params, cushions: Tensor) -> tuple[Tensor, Tensor]:
    """Upholstery with this number of seats, and its feet."""
    w, d, arm, lift = q["width"], q["depth"], q["arm"], q["lift"]
    top = q["back"]
    inner = w - 2 * arm
    pitch = 2 * inner / cushions
    u = repeated(x, pitch, cushions)
    base = box3(x, y - lift - 0.1, z, (w - 0.04, 0.1, d - 0.02), 0.03)
    seat = box3(u, y - lift - 0.25, z - 0.08, (0.5 * pitch - 0.004, 0.085, d - 0.07), 0.05)
    middle = 0.5 * (top + lift + 0.26)
    out, up = turned(z + d - 0.17, y - middle, 0.12)
    pad = box3(u, up, out, (0.5 * pitch - 0.006, top - middle, 0.09), 0.07)
    rest = box3(x, y - 0.5 * (top + lift), z + d - 0.06,
                (w - 0.03, 0.5 * (top - lift) - 0.02, 0.07), 0.05)  # fmt: skip
    rail = 0.5 * q["rail"]
    side = box3(x.abs() - w + arm, y - lift - rail, z, (arm, rail, d), torch.where(
        q["round"] > 0.5, arm - 0.005, 0.025))  # fmt: skip
    body = torch.minimum(torch.minimum(base, side), torch.minimum(rest, torch.minimum(seat, pad)))
    feet = capsule(
        x.abs() - w + 0.1, y, z.abs() - d + 0.09, (0.0, lift + 0.02, 0.0), (0.02, 0.025, 0.02),
        0.035, 0.025,
    )  # fmt: skip
    return body, feet


def _sofa(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Sofa of two or three seats, some with a throw pillow."""
    body, feet = _seating(x, y, z, q, torch.round(q["seats"]))
    across = x + 0.55 * q["width"]
    across, up = turned(across, y - q["lift"] - 0.5, 0.5)
    pillow = box3(across, up, z + q["depth"] - 0.36, (0.16, 0.16, 0.06), 0.055)
    pillow = torch.where(q["pillow"] > 0.5, pillow, torch.full_like(x, FAR))
    return {Part.MAIN: body, Part.DARK: feet, Part.LIGHT: pillow}


SOFA = Form(
    "sofa",
    {"width": (0.78, 0.95), "depth": (0.36, 0.42), "arm": (0.07, 0.1), "lift": (0.07, 0.16),
     "back": (0.68, 0.82), "rail": (0.38, 0.48), "round": (0.0, 1.0), "seats": (1.51, 3.49),
     "pillow": (0.0, 1.0)},
    _sofa,
    lambda q: (0.5 * q["back"], 0.94 * length3(q["width"], 0.45 * q["back"], q["depth"])),
    step=0.85,
    turns=((-14.0, 14.0), (22.0, 42.0)),
)  # fmt: skip


def _armchair(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Deep chair with arms, some with wings beside the head."""
    body, feet = _seating(x, y, z, q, torch.ones_like(x))
    top = q["back"]
    wing = box3(x.abs() - q["width"] + 0.07, y - top + 0.17, z + q["depth"] - 0.18,
                (0.05, 0.19, 0.16), 0.045)  # fmt: skip
    wing = torch.where(q["wing"] > 0.5, wing, body)
    return {Part.MAIN: torch.minimum(body, wing), Part.DARK: feet}


ARMCHAIR = Form(
    "armchair",
    {"width": (0.4, 0.48), "depth": (0.36, 0.42), "arm": (0.06, 0.1), "lift": (0.08, 0.24),
     "back": (0.82, 1.06), "rail": (0.36, 0.46), "round": (0.0, 1.0), "wing": (0.0, 1.0)},
    _armchair,
    lambda q: (0.5 * q["back"], 0.93 * length3(q["width"], 0.5 * q["back"], q["depth"])),
    step=0.85,
    turns=((-15.0, 15.0), (25.0, 48.0)),
)  # fmt: skip


def _bench(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Slatted garden bench on two end frames; the back's slats lie or stand."""
    w, seat, d = q["width"], q["seat"], q["depth"]
    count = torch.round(q["slats"])
    pitch = 2 * d / count
    deep = repeated(z, pitch, count)
    slats = box3(x, y - seat, deep, (w, 0.025, 0.5 * pitch - 0.014), 0.004)
    tall = 0.5 * q["back"]
    out, up = turned(z + d + 0.05, y - seat - 0.09 - tall, 0.16)
    rows = repeated(up, 2 * tall / 3, torch.full_like(x, 3.0))
    columns = repeated(x, 0.11 + 0.0 * x, 2 * torch.floor((w - 0.1) / 0.11) + 1)
    lying = box2(x, rows, w, tall / 3 - 0.018)
    rails = box2(x, up.abs() - tall + 0.035, w, 0.04)
    standing = torch.minimum(box2(columns, up, 0.032, tall), rails)
    back = torch.where(q["stand"] > 0.5, standing, lying)
    back = torch.maximum(back, out.abs() - 0.022)
    side, e = x.abs() - w + 0.12, d + 0.02
    top = seat + 0.09 + q["back"]
    front = capsule(side, y, z, (0.0, 0.03, e), (0.0, seat - 0.02, e - 0.06), 0.033)
    rear = capsule(side, y, z, (0.0, 0.03, -e - 0.02), (0.0, seat, -d - 0.03), 0.033)
    above = (0.0, top - 0.03, -d - 0.1 - 0.32 * tall)
    post = capsule(side, y, z, (0.0, seat, -d - 0.06), above, 0.03)
    arm = torch.minimum(
        capsule(side, y, z, (0.0, seat - 0.02, e - 0.06), (0.0, seat + 0.22, e - 0.04), 0.028),
        box3(side, y - seat - 0.23, z + 0.02, (0.045, 0.022, d + 0.04), 0.015),
    )
    arm = torch.where(q["arms"] > 0.4, arm, front)
    beam = box3(side, y - seat + 0.05, z, (0.025, 0.03, d), 0.01)
    ends = torch.minimum(torch.minimum(front, rear), torch.minimum(post, torch.minimum(arm, beam)))
    return {Part.MAIN: torch.minimum(slats, back), Part.DARK: ends}


BENCH = Form(
    "bench",
    {"width": (0.7, 0.88), "seat": (0.4, 0.48), "depth": (0.24, 0.3), "slats": (2.51, 5.49),
     "back": (0.34, 0.46), "stand": (0.0, 1.0), "arms": (0.0, 1.0)},
    _bench,
    lambda q: (0.5 * (q["seat"] + q["back"]) + 0.04,
               length3(q["width"], 0.5 * (q["seat"] + q["back"]), q["depth"] + 0.04)),
    step=0.85,
    turns=((-15.0, 15.0), (22.0, 45.0)),
)  # fmt: skip


def _bed(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Bed with its foot to the front: a plain, arched or barred head, one or two pillows."""
    w, d, head, lift = q["width"], q["length"], q["head"], q["lift"]
    frame = box3(x, y - lift - 0.06, z, (w, 0.06, d), 0.005)
    arch = torch.where(q["style"] < 0.33, 0.3, 0.0) * w
    crown = head - arch * (x / w) ** 2
    board = box3(x, y - 0.5 * head, z + d, (w + 0.02, 0.5 * head, 0.04), 0.005)
    board = torch.maximum(board, (y - crown) * 0.85)
    u = repeated(x, w / 4, torch.full_like(x, 7.0))
    gaps = box2(u, y - lift - 0.12 - 0.5 * (head - lift), 0.09 * w, 0.5 * (head - lift) - 0.02)
    board = torch.where(q["style"] > 0.67, subtract(board, gaps), board)
    foot = box3(x, y - 0.5 * q["foot"], z - d, (w + 0.02, 0.5 * q["foot"], 0.035), 0.005)
    bed = lift + 0.12
    mattress = box3(x, y - bed - 0.07, z, (w - 0.03, 0.08, d - 0.05), 0.05)
    fold = q["fold"] * d
    cover = box3(x, y - bed - 0.085, z - fold, (w + 0.005, 0.09, d - fold - 0.03), 0.05)
    count = torch.where(w > 0.42, 2.0, 1.0)
    pitch = 2 * (w - 0.06) / count
    pillow = box3(repeated(x, pitch, count), y - bed - 0.2, z + d - 0.26,
                  (0.5 * pitch - 0.03, 0.075, 0.15), 0.07)  # fmt: skip
    legs = cylinder(length2(x.abs() - w + 0.06, z.abs() - d + 0.07), y - 0.5 * lift, 0.04,
                    0.5 * lift)  # fmt: skip
    wood = torch.minimum(torch.minimum(frame, board), torch.minimum(foot, legs))
    return {
        Part.MAIN: torch.minimum(wood, cover),
        Part.LIGHT: torch.minimum(mattress, pillow),
    }


BED = Form(
    "bed",
    {"width": (0.36, 0.56), "length": (0.72, 0.82), "head": (0.6, 0.82), "foot": (0.26, 0.42),
     "lift": (0.08, 0.16), "fold": (0.2, 0.34), "style": (0.0, 1.0)},
    _bed,
    lambda q: (0.46 * q["head"], length3(q["width"], 0.5 * q["head"], q["length"])),
    step=0.85,
    turns=((8.0, 24.0), (32.0, 55.0)),
)  # fmt: skip


def _cabinet(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Chest of drawers or cupboard with doors, on legs or a plinth."""
    w, h, d = q["width"], q["height"], q["depth"]
    lift = torch.where(q["legs"] > 0.5, q["lift"], 0.05)
    doors = q["doors"] > 0.6
    columns = torch.where(doors, 2.0, torch.where(w > 0.5, 2.0, 1.0))
    rows = torch.where(doors, 1.0, torch.round(q["drawers"]))
    middle = 0.5 * (h + lift)
    half = 0.5 * (h - lift)
    body = box3(x, y - middle, z, (w, half, d), 0.004)
    top = box3(x, y - h, z, (w + 0.03, 0.025, d + 0.03), 0.004)
    wide, tall = 2 * (w - 0.03) / columns, 2 * (half - 0.045) / rows
    u, v = repeated(x, wide, columns), repeated(y - middle + 0.005, tall, rows)
    front = box3(u, v, z - d, (0.5 * wide - 0.014, 0.5 * tall - 0.014, 0.028), 0.004)
    beside = torch.where(doors, x.abs() - 0.07, u)
    bar = torch.where(q["bar"] > 0.5, 0.1, 0.028)
    long, high = torch.where(doors, 0.028, bar), torch.where(doors, bar, 0.028)
    knob = box3(beside, v, z - d - 0.05, (long, high, 0.03), 0.02)
    leg = capsule(x.abs() - w + 0.07, y, z.abs() - d + 0.07, (0.0, lift + 0.02, 0.0),
                  (0.03, 0.03, 0.03), 0.042, 0.028)  # fmt: skip
    plinth = box3(x, y - 0.03, z, (w - 0.04, 0.03, d - 0.03))
    base = torch.where(q["legs"] > 0.5, leg, plinth)
    body = torch.minimum(body, torch.minimum(top, front))
    return {Part.MAIN: torch.minimum(body, base), Part.METAL: knob}


CABINET = Form(
    "cabinet",
    {"width": (0.38, 0.64), "height": (0.72, 1.0), "depth": (0.2, 0.27), "lift": (0.14, 0.26),
     "legs": (0.0, 1.0), "doors": (0.0, 1.0), "drawers": (2.51, 4.49), "bar": (0.0, 1.0)},
    _cabinet,
    lambda q: (0.5 * q["height"] + 0.01,
               0.02 + length3(q["width"], 0.5 * q["height"], q["depth"])),
    step=0.9,
    turns=((-16.0, 16.0), (25.0, 48.0)),
)  # fmt: skip


def _desk(x: Tensor, y: Tensor, z: Tensor, q: Params) -> Distances:
    """Writing desk with drawers at one or both sides, some with a raised shelf at the back."""
    w, h, d = q["width"], q["height"], q["depth"]
    top = box3(x, y - h, z, (w, 0.028, d), 0.004)
    wide, low = q["chest"], q["low"]
    side = torch.where(q["both"] > 0.6, x.abs(), x) - w + wide + 0.03
    half = 0.5 * (h - low)
    chest = box3(side, y - low - half, z, (wide, half, d - 0.04), 0.004)
    count = torch.round(q["drawers"])
    pitch = (2 * half - 0.05) / count
    v = repeated(y - low - half + 0.015, pitch, count)
    drawer = box3(side, v, z - d + 0.04, (wide - 0.018, 0.5 * pitch - 0.012, 0.025), 0.004)
    knob = box3(side, v, z - d - 0.005, (torch.where(q["bar"] > 0.5, 0.075, 0.024), 0.022, 0.03),
                0.018)  # fmt: skip
    legs = box3(x.abs() - w + 0.06, y - 0.5 * h, z.abs() - d + 0.06, (0.036, 0.5 * h, 0.036), 0.004)
    panel = box3(x, y - 0.66 * h, z + d - 0.05, (w - 0.06, 0.3 * h, 0.015))
    rise = q["hutch"]
    shelf = torch.minimum(
        box3(x, y - h - 0.25, z + d - 0.1, (w, 0.022, 0.1), 0.004),
        box3(repeated(x, w - 0.03, torch.full_like(x, 3.0)), y - h - 0.13, z + d - 0.1,
             (0.022, 0.13, 0.09)),
    )  # fmt: skip
    body = torch.minimum(torch.minimum(top, panel), torch.minimum(chest, drawer))
    body = torch.minimum(body, legs)
    return {
        Part.MAIN: torch.where(rise > 0.6, torch.minimum(body, shelf), body),
        Part.METAL: knob,
    }


def _desk_bounds(q: Params) -> tuple[Tensor, Tensor]:
    half = 0.5 * q["height"] + torch.where(q["hutch"] > 0.6, 0.135, 0.014)
    return half, length3(q["width"], half, q["depth"])


DESK = Form(
    "desk",
    {"width": (0.64, 0.78), "height": (0.56, 0.68), "depth": (0.3, 0.38), "chest": (0.15, 0.2),
     "low": (0.05, 0.2), "drawers": (1.51, 4.49), "both": (0.0, 1.0), "bar": (0.0, 1.0),
     "hutch": (0.0, 1.0)},
    _desk,
    _desk_bounds,
    step=0.9,
    turns=((-16.0, 16.0), (22.0, 45.0)),
)  # fmt: skip

CATALOGUE: Final = (SHELF, SOFA, ARMCHAIR, BENCH, BED, CABINET, DESK)
