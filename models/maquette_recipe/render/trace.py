"""Tracing geometry once, for all looks that will be shaded from it.

A :class:`GeometryBuffer` holds what does not depend on colour, material or setting: where rays hit
the objects, their normals, parts, occlusion and shadow, and the same for the ground under them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.camera import Pose, Rays, camera_rays, pixel_spread
from maquette_recipe.render.frame import Frame, box_of, fitting_radius
from maquette_recipe.render.march import blocked, march, normals, shadow, sphere_interval
from maquette_recipe.render.parts import Form, Params, nearest_part
from maquette_recipe.render.placed import Placed

TILES: Final = (16, 4)
"""Sides, in samples, of the tiles whose rays are first followed together as one cone."""
GLANCE: Final = 64
"""Rays along one side of the first look at a scene."""
LIFT: Final = 0.006
"""How far above the surface shadow rays start."""
SURFACE_SKY: Final = ((0.05, 3.2), (0.13, 1.5), (0.28, 0.7))
GROUND_SKY: Final = ((0.04, 3.0), (0.14, 1.6), (0.34, 0.7))
"""Reach and weight of the occlusion probes over surfaces and over the ground."""

SHADOW_FADES: Final = 2.4
SHADOW_ENDS: Final = 3.4
"""From where to where on the floor shadows run out, in radii from the middle."""


@dataclass(frozen=True, slots=True)
class GeometryBuffer:
    """One traced batch of B pictures; sample grids are S × S, ground grids are G × G.

    `light` (B, 3) points to the key light, `radius` (B,) is that of everything in the picture.
    Object points, M of them: `index` (M,) into the flattened B*S*S samples, ascending, `owner`
    (M,) the picture, `thing` (M,) int64 with 0 for the main object and 1, 2 for its companions
    from left to right, `local` (M, 3) position in the object's own frame and units, `position`,
    `normal`, `view` (M, 3) in world space (`view` points from the camera), `part` (M,), `depth`
    (M,) the distance from the camera, `occlusion` and `shadow` (M,) with 1 for open and lit.
    Ground points: `ground` (B, G*G, 3), `ground_view` (B, G*G, 3), `ground_light` and
    `ground_occlusion` (B, G*G); rays above the horizon have `ground_hit` false.
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


def join(buffers: Sequence[GeometryBuffer]) -> GeometryBuffer:
    """One buffer with the pictures of all, which must agree in their grids."""
    first = buffers[0]
    columns = {f.name: [getattr(b, f.name) for b in buffers] for f in fields(GeometryBuffer)}
    before = 0
    for i, buffer in enumerate(buffers):
        columns["owner"][i] = buffer.owner + before
        columns["index"][i] = buffer.index + before * first.samples**2
        before += len(buffer.light)
    joined = {n: torch.cat(v) for n, v in columns.items() if n not in ("samples", "grid")}
    return GeometryBuffer(samples=first.samples, grid=first.grid, **joined)


def _touched(thing: Placed, rays: Rays, start: Tensor, spread: float) -> tuple[Tensor, Tensor]:
    """Flat indices of the rays, or cones, that meet `thing` and the distances at which they do.

    `start` (B*N,) is where each ray is followed from, infinite for those that are not.
    """
    middle, reach = thing.sphere()
    each = rays.direction.shape[1]
    rows = start.isfinite().nonzero()[:, 0]
    own, d = rows // each, rays.direction.reshape(-1, 3)[rows]
    o = rays.origin[own]
    wide = reach[own] + spread * ((o - middle[own]).norm(dim=-1) + reach[own])
    near, far, meets = sphere_interval(o, d, middle[own], wide)
    near = torch.maximum(near, start[rows])
    hit, travel = march(
        thing.distance, o[meets], d[meets], own[meets], near[meets], far[meets], spread
    )
    return rows[meets][hit], travel[hit]


def _spread_out(start: Tensor, side: int) -> Tensor:
    """Values (B, n, n) of tiles for the side × side rays in them, flat."""
    times = side // start.shape[-1]
    return start.repeat_interleave(times, 1).repeat_interleave(times, 2).flatten()


def _visible(
    thing: Placed, pose: Pose, centre: Tensor, radius: Tensor, finest: Rays
) -> tuple[Tensor, Tensor]:
    """Flat indices of the `finest` rays that see `thing` and the distances at which they do.

    Whole tiles are followed as cones first: the rays in a tile start where its cone came to, and
    tiles that see nothing are not looked at again.
    """
    count, samples = len(radius), finest.side
    start = torch.zeros(count, 1, 1, device=radius.device)
    for tile in (t for t in TILES if samples % t == 0):
        side = samples // tile
        rays = camera_rays(pose, centre, radius, side)
        index, travel = _touched(thing, rays, _spread_out(start, side), pixel_spread(side))
        start = torch.full((count * side * side,), torch.inf, device=radius.device)
        start[index] = travel
        start = start.view(count, side, side)
    return _touched(thing, finest, _spread_out(start, samples), 0.0)


def _front(
    things: Sequence[Placed], pose: Pose, centre: Tensor, radius: Tensor, rays: Rays
) -> tuple[Tensor, Tensor, Tensor]:
    """What every ray sees first: flat indices, distances, and which of the things it is."""
    flat = rays.direction.shape[0] * rays.direction.shape[1]
    depth = torch.full((flat,), torch.inf, device=radius.device)
    which = torch.zeros(flat, dtype=torch.int64, device=radius.device)
    for number, thing in enumerate(things):
        index, travel = _visible(thing, pose, centre, radius, rays)
        closer = travel < depth[index]
        index = index[closer]
        depth[index], which[index] = travel[closer], number
    index = depth.isfinite().nonzero()[:, 0]
    return index, depth[index], which[index]


def _alike(
    index: Tensor, normal: Tensor, depth: Tensor, thing: Tensor, samples: int, size: int,
    pictures: int,
) -> Tensor:  # fmt: skip
    """For every sample the first one of its pixel if that lies on the same smooth surface.

    Light and occlusion are looked up once for all of these.
    """
    ratio = samples // size
    row, column = index // samples, index % samples  # rows go on from picture to picture
    pixel = (row // ratio) * size + column // ratio
    own = torch.arange(len(index), device=index.device)
    first = torch.full((pictures * size * size,), len(index), device=index.device)
    first = first.scatter_reduce(0, pixel, own, "amin")[pixel]
    same = (
        (thing == thing[first])
        & ((normal * normal[first]).sum(-1) > 0.96)
        & ((depth - depth[first]).abs() < 0.02)
    )
    return torch.where(same, first, own)


def _ground_light(
    things: Sequence[Placed], ground: Tensor, hit: Tensor, light: Tensor, radius: Tensor
) -> tuple[Tensor, Tensor]:
    """Key light and ambient light (B, N) of ground points (B, N, 3)."""
    count, each, _ = ground.shape
    flat = ground.reshape(-1, 3)
    owner = torch.arange(count, device=flat.device).repeat_interleave(each)
    lit, open_sky = torch.ones_like(flat[:, 0]), torch.ones_like(flat[:, 0])
    away = flat.norm(dim=-1) / radius[owner]
    rows = (hit.flatten() & (away < SHADOW_ENDS)).nonzero()[:, 0]
    points, own = flat[rows], owner[rows]
    up = torch.tensor([0.0, 1.0, 0.0], device=flat.device).expand_as(points)
    shut = blocked(things, points, up, own, GROUND_SKY, floor=False)
    open_sky[rows] = (1 - 1.15 * shut).clamp(0.08, 1)
    fade = ((away[rows] - SHADOW_FADES) / (SHADOW_ENDS - SHADOW_FADES)).clamp_min(0)
    lit[rows] = torch.lerp(shadow(things, points, light[own], own), lit[rows], fade)
    return lit.view(count, each), open_sky.view(count, each)


@torch.no_grad()
def trace_things(
    things: Sequence[Placed], pose: Pose, centre: Tensor, radius: Tensor, size: int,
    supersample: int,
) -> GeometryBuffer:  # fmt: skip
    """Trace B pictures of `things`, which are in the order of :attr:`GeometryBuffer.thing`.

    `centre` (B,) is the height over the middle of the floor that the camera looks at, and
    `radius` (B,) that of a sphere around it that would fill `pose.fill` of the picture. Pictures
    have `size` pixels and `supersample`² samples in each.
    """
    count, device = len(radius), radius.device
    if count > 1 and device.type == "cpu":
        # One after the other, a picture's points stay in the processor's cache.
        return join([
            trace_things(
                [thing.pick(i) for thing in things], pose.pick(i), centre[i : i + 1],
                radius[i : i + 1], size, supersample,
            )
            for i in range(count)
        ])  # fmt: skip
    samples = size * supersample
    rays = camera_rays(pose, centre, radius, samples)
    index, depth, which = _front(things, pose, centre, radius, rays)
    owner = index // (samples * samples)
    view = rays.direction.reshape(-1, 3)[index]
    points = rays.origin[owner] + view * depth[:, None]
    normal, local = torch.zeros_like(points), torch.zeros_like(points)
    part = torch.zeros_like(index)
    for number, thing in enumerate(things):
        rows = (which == number).nonzero()[:, 0]
        mine, own = points[rows], owner[rows]
        normal[rows] = normals(thing.distance, mine, own)
        local[rows] = torch.stack(thing.local(mine, own), -1)
        part[rows] = nearest_part(thing.parts(mine, own))
    alike = _alike(index, normal, depth, which, samples, size, count)
    asked = (alike == torch.arange(len(index), device=device)).nonzero()[:, 0]
    lifted = points[asked] + LIFT * normal[asked]
    occlusion, lit = torch.zeros_like(depth), torch.zeros_like(depth)
    shut = blocked(things, points[asked], normal[asked], owner[asked], SURFACE_SKY, floor=True)
    occlusion[asked] = (1 - 1.1 * shut).clamp(0.12, 1)
    lit[asked] = shadow(things, lifted, pose.light[owner[asked]], owner[asked])
    coarse = camera_rays(pose, centre, radius, size)
    down = -coarse.direction[..., 1]
    ground_hit = down > 1e-3
    away = coarse.origin[:, None, 1] / down.clamp_min(1e-3)
    ground = coarse.origin[:, None] + coarse.direction * away[..., None]
    ground[..., 1] = 0.0
    ground_light, ground_open = _ground_light(things, ground, ground_hit, pose.light, radius)
    return GeometryBuffer(
        samples=samples,
        grid=size,
        light=pose.light,
        radius=radius,
        index=index,
        owner=owner,
        local=local,
        position=points,
        normal=normal,
        view=view,
        part=part,
        thing=which,
        depth=depth,
        occlusion=occlusion[alike],
        shadow=lit[alike],
        ground=ground,
        ground_view=coarse.direction,
        ground_hit=ground_hit,
        ground_light=ground_light,
        ground_occlusion=ground_open,
    )


@torch.no_grad()
def trace_frame(frame: Frame, pose: Pose, size: int, supersample: int) -> GeometryBuffer:
    """Trace B pictures of framed objects, as near as `pose.fill` lets them come.

    A first look in few pixels, from where the boxes fit into the picture, finds what is seen of
    the objects themselves.
    """
    centre, radius = frame.centre, frame.radius(pose)
    rays = camera_rays(pose, centre, radius, GLANCE)
    index, depth, _ = _front(frame.things, pose, centre, radius, rays)
    owner = index // GLANCE**2
    points = rays.origin[owner] + rays.direction.reshape(-1, 3)[index] * depth[:, None]
    seen = fitting_radius(points, owner, centre, pose) * (1 + 1 / GLANCE)
    return trace_things(frame.things, pose, centre, torch.minimum(radius, seen), size, supersample)


def trace(form: Form, params: Params, pose: Pose, size: int, supersample: int) -> GeometryBuffer:
    """Trace B single objects of one form into pictures of `size` pixels."""
    thing = Placed.alone(form, params, pose.yaw)
    low, high = box_of(thing)
    frame = Frame.around([thing], low[:, None], high[:, None])
    return trace_frame(frame, pose, size, supersample)
