"""What surrounds an object: the backdrop, the floor and what mirrors see of the studio.

All points and directions are planar (3, N), all radiances (3, N).
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.render.patterns import marble_veins
from maquette_recipe.render.primitives import smoothstep
from maquette_recipe.render.settings import Stage


def planks(x: Tensor, z: Tensor) -> Tensor:
    """Tone (N,) of a plank floor at (x, z), about 1."""
    row = torch.floor(z / 0.62 + 0.31)
    tone = 0.86 + 0.28 * torch.frac(torch.sin(row * 12.9898) * 43758.547).abs()
    wave = torch.sin(9.0 * (z + 0.05 * torch.sin(2.1 * x + row)) + 3.0 * torch.sin(0.7 * x + row))
    fine = torch.sin(47.0 * z + 2.5 * torch.sin(1.3 * x + 2.0 * row))
    seam = (torch.frac(z / 0.62 + 0.31 + 100.0) - 0.5).abs()
    return tone * (1 + 0.14 * wave + 0.07 * fine) * (1 - 0.6 * smoothstep(0.478, 0.494, seam))


def floor_albedo(stage: Stage, x: Tensor, z: Tensor, radius: Tensor) -> Tensor:
    """Colour (3, N) or (3, 1) of the floor at (x, z) for an object of bounding `radius`."""
    if stage.ground == "planks":
        return stage.floor * planks(x, z)
    if stage.ground == "marble":
        points = torch.stack([x * 0.55, 0.45 * z - 0.3 * x, z * 0.55]) / radius
        veins, cloud = marble_veins(points)
        return stage.floor * (1 - 0.62 * veins - 0.1 * cloud)
    return stage.floor


def backdrop(stage: Stage, up: Tensor) -> Tensor:
    """Radiance (3, N) of the backdrop in directions of height `up` (N,), -1..1."""
    share = smoothstep(-0.12, 0.34, up)
    return stage.wall + (stage.top - stage.wall) * share


def environment(stage: Stage, mirror: Tensor, light: Tensor, roughness: float) -> Tensor:
    """Radiance (3, N) that a surface of this roughness (0..1) mirrors from directions `mirror`.

    A product studio: floor below, backdrop around, tall strip boxes on the key light's side and
    opposite, black cards beside them that give edges to mirrors, a box overhead and a window-shaped
    box in the direction `light` (3,) of the key light.
    """
    soft = 0.035 + 0.5 * roughness
    x, up, z = mirror
    side = x * (1.0 if float(light[0]) >= 0 else -1.0)
    above = smoothstep(-soft, soft, up)
    low = stage.floor * (0.72 - 0.25 * (-up).clamp(0, 1))
    radiance = low + (backdrop(stage, up * 0.6) * 0.62 + 0.03 - low) * above
    cards = smoothstep(0.05 - soft, 0.2, side) * smoothstep(0.5 + soft, 0.4, side)
    cards = cards + smoothstep(-0.2 + soft, -0.36, side) * smoothstep(-0.6 - soft, -0.52, side)
    cards = cards + 0.8 * smoothstep(0.2, 0.04, up.abs())
    radiance = radiance * (1 - 0.78 * (1 - 0.6 * roughness) * cards.clamp(0, 1))
    tall = smoothstep(-0.95, -0.8 + soft, up) * smoothstep(0.8 + soft, 0.72, up)
    strip = smoothstep(0.46 - soft, 0.5 + 0.5 * soft, side) * smoothstep(
        0.84 + soft, 0.8 - 0.5 * soft, side
    )
    rim = smoothstep(-0.62 + soft, -0.68 - 0.5 * soft, side) * smoothstep(
        -0.92 - soft, -0.88 + 0.5 * soft, side
    )
    roof = smoothstep(0.7 - soft, 0.78 + soft, up)
    strength = (1.6 * strip + 0.85 * rim) * tall + 1.1 * roof
    strength = strength + 8.0 * _window(mirror, light, soft)
    strength = strength + 0.12 * smoothstep(0.2 - soft, 0.7 + soft, z) * above
    return radiance + stage.key * (strength * (1 - 0.5 * roughness))


def _window(mirror: Tensor, light: Tensor, soft: float) -> Tensor:
    """A square box with a cross of bars about the direction of the key light, 0..1, (N,)."""
    right = F.normalize(torch.stack([light[2], torch.zeros_like(light[0]), -light[0]]), dim=0)
    over = torch.linalg.cross(light, right)
    ahead, u, v = torch.stack([light, right, over]) @ mirror
    inverse = 1 / ahead.clamp_min(0.05)
    u, v = (u * inverse).abs(), (v * inverse).abs()
    pane = smoothstep(0.3 + soft, 0.27 - soft, torch.maximum(u, v))
    bars = smoothstep(0.05, 0.02, torch.minimum(u, v)) if soft < 0.1 else 0.0
    return pane * (1 - bars) * (ahead > 0.2)


def floor_light(stage: Stage, away: Tensor) -> Tensor:
    """Share (N,) of light that reaches floor `away` object radii from the object."""
    pool = 0.8 + 0.3 * torch.exp(-(away * away) / 9.0)
    if stage.mood.spot:
        pool = pool * (1 - stage.mood.spot * smoothstep(1.75, 2.15, away))
    return pool


def seen_through(stage: Stage, points: Tensor, direction: Tensor, radius: Tensor) -> Tensor:
    """Radiance (3, N) of floor and backdrop from `points` along `direction`."""
    down = -direction[1]
    reach = (points[1] / down.clamp_min(1e-3)).clamp(0, 40)
    x, z = points[0] + direction[0] * reach, points[2] + direction[2] * reach
    away = (x * x + z * z).sqrt() / radius
    floor = floor_albedo(stage, x, z, radius) * (0.95 * floor_light(stage, away))
    far = _beyond(stage, -z / radius)
    far = torch.where(down > 1e-3, far, torch.ones_like(far))
    return floor * (1 - far) + backdrop(stage, direction[1]) * far


def _beyond(stage: Stage, depth: Tensor) -> Tensor:
    """Share (N,) of backdrop at a `depth` in object radii behind the object."""
    return smoothstep(4.2, 4.45, depth) if stage.ground else smoothstep(2.6, 6.5, depth)


def ground_picture(
    stage: Stage, ground: Tensor, view: Tensor, hit: Tensor, light: Tensor, open_sky: Tensor,
    radius: Tensor, stain: Tensor | None = None,
) -> Tensor:  # fmt: skip
    """Radiance (3, N) of floor and backdrop without the object, N a square number of pixels.

    `ground`, `view` (N, 3); `hit`, `light`, `open_sky` (N,) from the geometry buffer; `radius` is
    the object's; light of the colour `stain` (3, 1) falls through a clear object into its shadow.
    """
    grid = round(len(ground) ** 0.5)
    x, _, z = ground.T
    lit = stage.lit(light)
    if stage.mood.blur:
        width = max(1, round(stage.mood.blur * grid / 4))
        map_ = lit.view(1, 1, grid, grid)
        for _ in range(2):
            map_ = F.avg_pool2d(map_, 2 * width + 1, 1, width, count_include_pad=False)
        lit = map_.flatten()
    away = ground.norm(dim=-1) / radius
    ratio = stage.key / (stage.key + stage.ambient)
    received: Tensor = ratio * lit
    if stain is not None:
        received = received + ratio * stain * (1 - lit)
    received = (received + (1 - ratio) * open_sky) * (1.08 * floor_light(stage, away))
    floor = floor_albedo(stage, x, z, radius) * received
    far = torch.where(hit, _beyond(stage, -z / radius), torch.ones_like(x))
    picture = floor + (backdrop(stage, view[:, 1]) * (1 - stage.mood.spot) - floor) * far
    if stage.mood.falloff:
        line = torch.linspace(-1, 1, grid, device=x.device) ** 2
        corner = (line[:, None] * 0.8 + line[None, :]).flatten()
        picture = picture * (1 - stage.mood.falloff * smoothstep(-0.15, 1.35, corner))
    return picture
