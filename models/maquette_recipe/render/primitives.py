"""Signed distance primitives on separate coordinate tensors.

All arguments are tensors of one shape (or numbers) in object units; results are distances in the
same units, negative inside. After Inigo Quilez, https://iquilezles.org/articles/distfunctions/.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

Scalar = Tensor | float


def length2(a: Tensor, b: Tensor) -> Tensor:
    """Length of a 2-vector, with a gradient at zero that stays finite."""
    return torch.sqrt(a * a + b * b + 1e-12)


def length3(a: Tensor, b: Tensor, c: Tensor) -> Tensor:
    """Length of a 3-vector."""
    return torch.sqrt(a * a + b * b + c * c + 1e-12)


def box2(u: Tensor, v: Tensor, half_u: Scalar, half_v: Scalar, rounding: Scalar = 0.0) -> Tensor:
    """Rectangle with rounded corners, in two dimensions."""
    du = u.abs() - half_u + rounding
    dv = v.abs() - half_v + rounding
    outside = length2(du.clamp_min(0), dv.clamp_min(0))
    return outside + torch.maximum(du, dv).clamp_max(0) - rounding


def box3(
    x: Tensor, y: Tensor, z: Tensor, half: tuple[Scalar, Scalar, Scalar], rounding: Scalar = 0.0
) -> Tensor:
    """Rounded box around the origin."""
    dx, dy, dz = x.abs() - half[0] + rounding, y.abs() - half[1] + rounding, z.abs() - half[2]
    dz = dz + rounding
    outside = length3(dx.clamp_min(0), dy.clamp_min(0), dz.clamp_min(0))
    return outside + torch.maximum(dx, torch.maximum(dy, dz)).clamp_max(0) - rounding


def plate(
    u: Tensor,
    v: Tensor,
    w: Tensor,
    half: tuple[Scalar, Scalar, Scalar],
    corner: Scalar = 0.0,
    edge: Scalar = 0.0,
) -> Tensor:
    """Rectangle of the plane (u, v) with round corners, extruded along w, its edges rounded."""
    outline = box2(u, v, half[0], half[1], corner)
    return box2(outline + 1.0, w, 1.0, half[2], edge)


def cylinder(
    radial: Tensor, axial: Tensor, radius: Scalar, half_height: Scalar, rounding: Scalar = 0.0
) -> Tensor:
    """Capped cylinder, from distance to its axis and position along it."""
    return box2(radial, axial, radius, half_height, rounding)


def torus(radial: Tensor, axial: Tensor, ring: Scalar, tube: Scalar) -> Tensor:
    """Torus, from distance to its axis and position along it."""
    return length2(radial - ring, axial) - tube


def capsule(
    x: Tensor,
    y: Tensor,
    z: Tensor,
    start: tuple[Scalar, Scalar, Scalar],
    end: tuple[Scalar, Scalar, Scalar],
    radius: Scalar,
    end_radius: Scalar | None = None,
) -> Tensor:
    """Capsule between two points; with `end_radius` it tapers (approximate)."""
    ax, ay, az = end[0] - start[0], end[1] - start[1], end[2] - start[2]
    px, py, pz = x - start[0], y - start[1], z - start[2]
    h = (px * ax + py * ay + pz * az) / (ax * ax + ay * ay + az * az)
    h = h.clamp(0, 1)
    r = radius if end_radius is None else radius + (end_radius - radius) * h
    return length3(px - ax * h, py - ay * h, pz - az * h) - r


def ellipsoid(x: Tensor, y: Tensor, z: Tensor, radii: tuple[Scalar, Scalar, Scalar]) -> Tensor:
    """Ellipsoid around the origin (first-order distance)."""
    k0 = length3(x / radii[0], y / radii[1], z / radii[2])
    k1 = length3(x / (radii[0] * radii[0]), y / (radii[1] * radii[1]), z / (radii[2] * radii[2]))
    return k0 * (k0 - 1.0) / k1


def smooth_union(a: Tensor, b: Tensor, k: float) -> Tensor:
    """Union with a fillet of about `k` units."""
    h = (0.5 + 0.5 * (b - a) / k).clamp(0, 1)
    return b + (a - b) * h - k * h * (1 - h)


def subtract(a: Tensor, b: Tensor) -> Tensor:
    """`a` without `b`."""
    return torch.maximum(a, -b)


def smoothstep(low: Scalar, high: Scalar, value: Tensor) -> Tensor:
    """Hermite step from 0 at `low` to 1 at `high`."""
    t = ((value - low) / (high - low)).clamp(0, 1)
    return t * t * (3 - 2 * t)


def turned(x: Tensor, y: Tensor, angle: Tensor | float) -> tuple[Tensor, Tensor]:
    """Rotate a 2-vector by `angle` radians."""
    if isinstance(angle, Tensor):
        c, s = torch.cos(angle), torch.sin(angle)
    else:
        c, s = math.cos(angle), math.sin(angle)
    return c * x - s * y, s * x + c * y


def folded_polar(x: Tensor, z: Tensor, count: Scalar, offset: Scalar) -> tuple[Tensor, Tensor]:
    """Fold the plane into one of `count` equal sectors: (along the sector's middle, across it)."""
    sector = 2 * torch.pi / count
    angle = torch.remainder(torch.atan2(z, x) + offset, sector) - sector / 2
    radius = length2(x, z)
    return radius * torch.cos(angle), radius * torch.sin(angle)


def repeated(value: Tensor, pitch: Scalar, count: Tensor) -> Tensor:
    """Fold a coordinate into the nearest of `count` cells that are `pitch` wide around zero.

    Returns the offset from the middle of that cell. Distances to shapes that fill their cell the
    same way everywhere stay exact.
    """
    last = 0.5 * (count - 1)
    cell = torch.round(value / pitch + last)
    cell = torch.minimum(cell.clamp_min(0), 2 * last)
    return value - pitch * (cell - last)


def leaf(
    along: Tensor, thick: Tensor, across: Tensor, half_length: Tensor, half_width: float,
    half_thickness: float,
) -> Tensor:  # fmt: skip
    """Flat leaf pointed at both ends: two circular arcs in the plane, extruded; exact."""
    radius = (half_length * half_length + half_width * half_width) / (2 * half_width)
    offset = radius - half_width
    u, v = across.abs(), along.abs()
    at_tip = (v - half_length) * offset > u * half_length
    flat = torch.where(at_tip, length2(u, v - half_length), length2(u + offset, v) - radius)
    rise = thick.abs() - half_thickness
    outside = length2(flat.clamp_min(0), rise.clamp_min(0))
    return outside + torch.maximum(flat, rise).clamp_max(0)
