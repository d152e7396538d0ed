"""Following rays through distance fields: hits, normals, openness and soft shadows.

Sphere tracing after Hart 1996; its coarse first pass follows cones that hold many rays (Amanatides
1984, "Ray Tracing with Cones"); soft shadows and occlusion after Inigo Quilez,
https://iquilezles.org/articles/rmshadows/.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.placed import Placed, room

HIT: Final = 0.0012
MARCH_STEPS: Final = 56
CONE_STEPS: Final = 24
SHADOW_STEPS: Final = 14
SHADOW_SHARPNESS: Final = 5.0
SHADOW_START: Final = 0.025
DROP_SHARE: Final = 0.25
"""Finished rays are dropped as soon as they are this share of those still followed."""

Field = Callable[[Tensor, Tensor], Tensor]
"""Maps points (N, 3) of pictures `owner` (N,) to distances (N,)."""


def sphere_interval(
    origin: Tensor, direction: Tensor, centre: Tensor, radius: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Entry and exit distances of rays through a sphere, and whether they meet it."""
    offset = origin - centre
    b = (offset * direction).sum(-1)
    inside = b * b - (offset * offset).sum(-1) + radius * radius
    root = inside.clamp_min(0).sqrt()
    return (-b - root).clamp_min(0), -b + root, (inside > 0) & (root > b)


def march(
    field: Field, origin: Tensor, direction: Tensor, owner: Tensor, near: Tensor, far: Tensor,
    spread: float = 0.0,
) -> tuple[Tensor, Tensor]:  # fmt: skip
    """Follow N rays from `near` to `far`: (hit (N,) bool, distance (N,)).

    With `spread`, the radius of a cone around each ray at distance 1, a hit is where the cone
    first touches the surface: no ray inside the cone meets it earlier.
    """
    travel = near.clone()
    hit = torch.zeros_like(near, dtype=torch.bool)
    active = torch.arange(len(near), device=near.device)
    o, d, own, t, end = origin, direction, owner, near, far
    for _ in range(CONE_STEPS if spread else MARCH_STEPS):
        free = field(o + d * t[:, None], own) - spread * t
        close = free < HIT
        t = torch.where(close, t, t + free / (1 + spread))
        done = close | (t > end)
        if done.sum() > DROP_SHARE * len(t):
            travel[active], hit[active] = t, close
            keep = (~done).nonzero()[:, 0]
            active, o, d, own, t, end = (v[keep] for v in (active, o, d, own, t, end))
            if len(t) == 0:
                break
    if len(t):
        travel[active] = t
        # A cone that is still on its way may touch the surface later.
        hit[active] = t < end if spread else field(o + d * t[:, None], own) < 4 * HIT
    return hit, travel


def normals(field: Field, points: Tensor, owner: Tensor) -> Tensor:
    """Unit normals (N, 3) from four tetrahedral differences."""
    total = torch.zeros_like(points)
    for corner in ((1.0, -1.0, -1.0), (-1.0, -1.0, 1.0), (-1.0, 1.0, -1.0), (1.0, 1.0, 1.0)):
        k = torch.tensor(corner, device=points.device)
        total += k * field(points + 0.0015 * k, owner)[:, None]
    return torch.nn.functional.normalize(total, dim=-1)


def blocked(
    things: Sequence[Placed], points: Tensor, normal: Tensor, owner: Tensor,
    terms: Sequence[tuple[float, float]], *, floor: bool,
) -> Tensor:  # fmt: skip
    """How much of the sky over points (N, 3) is blocked nearby, 0 is nothing.

    `terms` are pairs of reach along `normal` and weight; `floor` counts the floor as well.
    """
    total = torch.zeros(len(points), device=points.device)
    for reach, weight in terms:
        probe = points + reach * normal
        free = room(things, probe, owner, reach)
        if floor:
            free = torch.minimum(free, probe[:, 1])
        total += weight * (reach - free).clamp_min(0)
    return total


def _shade_of(
    thing: Placed, points: Tensor, light: Tensor, owner: Tensor, start: Tensor, reach: Tensor
) -> Tensor:
    """Smallest clearance of shadow rays from `start` to `reach` (N,) as a share of a soft light,
    at most 1."""
    lit = torch.ones(len(points), device=points.device)
    active = torch.arange(len(points), device=points.device)
    p, towards, own, end = points, light, owner, reach
    t, least = start, lit.clone()
    for _ in range(SHADOW_STEPS):
        distance = thing.distance(p + towards * t[:, None], own)
        clearance = distance / (thing.form.step * t)
        least = torch.minimum(least, 0.5 + 0.5 * SHADOW_SHARPNESS * clearance)
        done = (least <= 0) | (t >= end)
        t = torch.minimum(t + distance.clamp(0.03, 0.25), end)
        if done.sum() > DROP_SHARE * len(t):
            lit[active] = least
            keep = (~done).nonzero()[:, 0]
            active, p, towards, own, end, t, least = (
                v[keep] for v in (active, p, towards, own, end, t, least)
            )
            if len(t) == 0:
                break
    lit[active] = least
    return lit


def shadow(things: Sequence[Placed], points: Tensor, light: Tensor, owner: Tensor) -> Tensor:
    """Soft visibility (N,) of the light in directions `light` (N, 3): 1 is lit, 0 is dark."""
    lit = torch.ones(len(points), device=points.device)
    for thing in things:
        centre, radius = thing.sphere()
        # The penumbra is as wide around the object as a ray may come without losing light.
        penumbra = (points - centre[owner]).norm(dim=-1) / SHADOW_SHARPNESS
        enter, leave, meets = sphere_interval(
            points, light, centre[owner], radius[owner] + penumbra
        )
        rows = meets.nonzero()[:, 0]
        clear = _shade_of(
            thing, points[rows], light[rows], owner[rows],
            enter[rows].clamp_min(SHADOW_START), leave[rows].clamp_min(2 * SHADOW_START),
        )  # fmt: skip
        lit[rows] = torch.minimum(lit[rows], clear)
    lit = lit.clamp(0, 1)
    return lit * lit * (3 - 2 * lit)
