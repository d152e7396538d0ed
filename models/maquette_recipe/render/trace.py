"""Tracing geometry once, for all looks that will be shaded from it.

A :class:`GeometryBuffer` holds what does not depend on colour, material or setting: where rays hit
the object, its normals, parts, occlusion and shadow, and the same for the ground it stands on.
Sphere tracing after Hart 1996; soft shadows and occlusion after Inigo Quilez.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.camera import Pose, Rays, camera_rays
from maquette_recipe.render.parts import Form, Params, nearest, nearest_part

HIT: Final = 0.0012
MARCH_STEPS: Final = 56
SHADOW_STEPS: Final = 14
SHADOW_SHARPNESS: Final = 5.0

Field = Callable[[Tensor, Tensor], Tensor]
"""Maps points (N, 3) of objects `owner` (N,) to distances (N,)."""


@dataclass(frozen=True, slots=True)
class GeometryBuffer:
    """One traced batch of B objects; sample grids are S × S, ground grids are G × G.

    Object points, M of them: `index` (M,) into the flattened B*S*S samples, `owner` (M,) the
    object, `local` (M, 3) position in the object's frame, `position`, `normal`, `view` (M, 3) in
    world space (`view` points from the camera), `part` (M,), `thing` (M,) int64 with 0 for the main
    object and 1, 2 for its companions from left to right, `occlusion` and `shadow` (M,) with 1 for
    open and lit. Ground points: `ground` (B, G*G, 3), `ground_view` (B, G*G, 3),
    `ground_light` and `ground_occlusion` (B, G*G); rays above the horizon have `ground_hit` false.
    """

    samples: int
    grid: int
    light: Tensor
    radius: Tensor
    index: Tensor
    owner: Tensor
    local: Tensor
    position: Tensor
    normal: Tensor
    view: Tensor
    part: Tensor
    thing: Tensor
    depth: Tensor
    occlusion: Tensor
    shadow: Tensor
    ground: Tensor
    ground_view: Tensor
    ground_hit: Tensor
    ground_light: Tensor
    ground_occlusion: Tensor


def _to_local(points: Tensor, yaw: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """World to object coordinates: undo the object's turn. `yaw` is one value per point."""
    c, s = torch.cos(yaw), torch.sin(yaw)
    x, y, z = points.unbind(-1)
    return c * x - s * z, y, s * x + c * z


class _Object:
    """A batch of objects of one form as a distance field in world space."""

    def __init__(self, form: Form, params: Params, yaw: Tensor) -> None:
        self._form = form
        self._names = list(params)
        self._table = torch.stack([yaw, *(params[n] for n in self._names)])  # (1 + P, B)

    def parts(self, points: Tensor, owner: Tensor) -> dict:
        columns = self._table[:, owner]
        q = {name: columns[i + 1] for i, name in enumerate(self._names)}
        return self._form.distance(*_to_local(points, columns[0]), q)

    def distance(self, points: Tensor, owner: Tensor) -> Tensor:
        return nearest(self.parts(points, owner)) * self._form.step


def _sphere_interval(
    origin: Tensor, direction: Tensor, centre: Tensor, radius: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Entry and exit distances of rays through a sphere, and whether they meet it."""
    offset = origin - centre
    b = (offset * direction).sum(-1)
    inside = b * b - (offset * offset).sum(-1) + radius * radius
    root = inside.clamp_min(0).sqrt()
    return (-b - root).clamp_min(0), -b + root, (inside > 0) & (root > b)


def _march(field: Field, origin: Tensor, direction: Tensor, owner: Tensor, near: Tensor,
           far: Tensor) -> tuple[Tensor, Tensor]:  # fmt: skip
    """Sphere-trace rays; (hit (N,) bool, distance (N,)). Finished rays are dropped as it goes."""
    travel = near.clone()
    hit = torch.zeros_like(near, dtype=torch.bool)
    active = torch.arange(len(near), device=near.device)
    o, d, own, t, end = origin, direction, owner, near, far
    for _ in range(MARCH_STEPS):
        distance = field(o + d * t[:, None], own)
        close = distance < HIT
        t = torch.where(close, t, t + distance)
        done = close | (t > end)
        if done.sum() * 4 > len(t):
            travel[active], hit[active] = t, close
            keep = ~done
            active, o, d, own, t, end = (v[keep] for v in (active, o, d, own, t, end))
            if len(t) == 0:
                break
    if len(t):
        travel[active] = t
        hit[active] = field(o + d * t[:, None], own) < 4 * HIT
    return hit, travel


def _normals(field: Field, points: Tensor, owner: Tensor) -> Tensor:
    """Unit normals from four tetrahedral differences."""
    total = torch.zeros_like(points)
    for corner in ((1.0, -1.0, -1.0), (-1.0, -1.0, 1.0), (-1.0, 1.0, -1.0), (1.0, 1.0, 1.0)):
        k = torch.tensor(corner, device=points.device)
        total += k * field(points + 0.0015 * k, owner)[:, None]
    return torch.nn.functional.normalize(total, dim=-1)


def _occlusion(field: Field, points: Tensor, normal: Tensor, owner: Tensor) -> Tensor:
    """Ambient occlusion from three distances along the normal, 1 is open; floor included."""
    blocked = torch.zeros(len(points), device=points.device)
    for reach, weight in ((0.05, 3.2), (0.13, 1.5), (0.28, 0.7)):
        probe = points + reach * normal
        room = torch.minimum(field(probe, owner), probe[:, 1])
        blocked += weight * (reach - room).clamp_min(0)
    return (1 - 1.1 * blocked).clamp(0.12, 1)


def _shadow(field: Field, points: Tensor, light: Tensor, owner: Tensor, reach: Tensor) -> Tensor:
    """Soft key-light visibility of points, 1 is lit. `reach` (N,) bounds the search."""
    lit = torch.ones(len(points), device=points.device)
    t = torch.full_like(lit, 0.025)
    for _ in range(SHADOW_STEPS):
        distance = field(points + light * t[:, None], owner)
        lit = torch.minimum(lit, 0.5 + 0.5 * SHADOW_SHARPNESS * distance / t)
        t = torch.minimum(t + distance.clamp(0.03, 0.25), reach)
    lit = lit.clamp(0, 1)
    return lit * lit * (3 - 2 * lit)


def _ground_buffers(
    thing: _Object, rays: Rays, pose: Pose, centre: Tensor, radius: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ground points, whether there are any, their key light and their ambient light."""
    count, rays_each, _ = rays.direction.shape
    down = -rays.direction[..., 1]
    hit = down > 1e-3
    t = rays.origin[:, None, 1] / down.clamp_min(1e-3)
    ground = rays.origin[:, None] + rays.direction * t[..., None]
    ground[..., 1] = 0.0
    light = torch.ones(count * rays_each, device=t.device)
    open_sky = torch.ones(count * rays_each, device=t.device)
    owner = torch.arange(count, device=t.device).repeat_interleave(rays_each)
    flat = ground.reshape(-1, 3)
    middle = torch.zeros(count, 3, device=t.device)
    middle[:, 1] = centre
    near_object = hit.flatten() & (flat.norm(dim=-1) < 2.2 * radius[owner])
    chosen = near_object.nonzero()[:, 0]
    points, own = flat[chosen], owner[chosen]
    blocked = torch.zeros(len(points), device=t.device)
    for reach, weight in ((0.04, 3.0), (0.14, 1.6), (0.34, 0.7)):
        probe = points + torch.tensor([0.0, reach, 0.0], device=t.device)
        blocked += weight * (reach - thing.distance(probe, own)).clamp_min(0)
    open_sky[chosen] = (1 - 1.15 * blocked).clamp(0.08, 1)
    towards = pose.light[own]
    _, leave, meets = _sphere_interval(points, towards, middle[own], radius[own] * 1.35)
    chosen, points, own = chosen[meets], points[meets], own[meets]
    light[chosen] = _shadow(thing.distance, points, towards[meets], own, leave[meets])
    shape = (count, rays_each)
    return ground, hit, light.view(shape), open_sky.view(shape)


@torch.no_grad()
def trace(form: Form, params: Params, pose: Pose, size: int, supersample: int) -> GeometryBuffer:
    """Trace B objects of one form into pictures of `size` pixels with `supersample`² samples."""
    centre, radius = form.bounds(params)
    samples = size * supersample
    rays = camera_rays(pose, centre, radius, samples)
    thing = _Object(form, params, pose.yaw)
    count, rays_each, _ = rays.direction.shape
    owner = torch.arange(count, device=centre.device).repeat_interleave(rays_each)
    origin, direction = rays.origin[owner], rays.direction.reshape(-1, 3)
    middle = torch.zeros(count, 3, device=centre.device)
    middle[:, 1] = centre
    near, far, meets = _sphere_interval(origin, direction, middle[owner], radius[owner] * 1.12)
    chosen = meets.nonzero()[:, 0]
    o, d, own = origin[chosen], direction[chosen], owner[chosen]
    hit, travel = _march(thing.distance, o, d, own, near[chosen], far[chosen])
    index, view, own, travel = chosen[hit], d[hit], own[hit], travel[hit]
    points = o[hit] + view * travel[:, None]
    normal = _normals(thing.distance, points, own)
    lifted = points + 0.006 * normal
    towards = pose.light[own]
    _, leave, _ = _sphere_interval(lifted, towards, middle[own], radius[own] * 1.2)
    coarse = camera_rays(pose, centre, radius, size)
    ground, ground_hit, ground_light, ground_open = _ground_buffers(
        thing, coarse, pose, centre, radius
    )
    return GeometryBuffer(
        samples=samples,
        grid=size,
        light=pose.light,
        radius=radius,
        index=index,
        owner=own,
        local=torch.stack(_to_local(points, pose.yaw[own]), -1),
        position=points,
        normal=normal,
        view=view,
        part=nearest_part(thing.parts(points, own)),
        thing=torch.zeros_like(own),
        depth=travel,
        occlusion=_occlusion(thing.distance, points, normal, own),
        shadow=_shadow(thing.distance, lifted, towards, own, leave.clamp_min(0.05)),
        ground=ground,
        ground_view=coarse.direction,
        ground_hit=ground_hit,
        ground_light=ground_light,
        ground_occlusion=ground_open,
    )
