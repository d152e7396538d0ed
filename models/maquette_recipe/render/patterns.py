"""Solid textures: noise volumes and the grains, veins, weaves and pits that are cut from them.

Points are planar (3, N) tensors in units of the object's bounding radius, so that a texture looks
equally large in every picture. Solid texturing after Perlin 1985, "An Image Synthesizer"; cellular
noise after Worley 1996, "A Cellular Texture Basis Function".
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from maquette_recipe.render.primitives import length2, smoothstep

CELLS: Final = 64
"""Voxels along one edge of a noise volume; it repeats without a seam."""


def _cloud() -> np.ndarray:
    """Fractal noise (1, n, n, n) of zero mean, most values in -1..1: a random field of spectrum
    1/f^2.2."""
    rng = np.random.default_rng(17)
    spectrum = np.fft.rfftn(rng.standard_normal((CELLS,) * 3))
    wave = np.fft.fftfreq(CELLS) * CELLS
    square = wave[:, None, None] ** 2 + wave[None, :, None] ** 2
    length = np.sqrt(square + wave[None, None, : CELLS // 2 + 1] ** 2)
    weight = np.where((length >= 1) & (length < 14), np.maximum(length, 1) ** -2.2, 0.0)
    field = np.fft.irfftn(spectrum * weight, (CELLS,) * 3, axes=(0, 1, 2))
    return (field / (2 * field.std()))[None]


def _two_nearest(cells: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Distances (n, n, n) to the nearest and second nearest of cells³ jittered points, in cells;
    `cells` divides the volume's edge."""
    rng = np.random.default_rng(seed)
    jitter = rng.uniform(0.1, 0.9, (3, cells, cells, cells)).astype(np.float32)
    each = CELLS // cells
    inside = (np.arange(each, dtype=np.float32) + 0.5) / each
    nearest = np.full((cells, each) * 3, 9.0, dtype=np.float32)
    second = nearest.copy()
    for step in np.ndindex(3, 3, 3):
        shift = [1 - s for s in step]
        square = np.zeros_like(nearest)
        for k in range(3):
            point = np.roll(jitter[k], shift, (0, 1, 2))[:, None, :, None, :, None] - shift[k]
            place = inside.reshape([-1 if axis == 2 * k + 1 else 1 for axis in range(6)])
            square += (point - place) ** 2
        second = np.minimum(second, np.maximum(nearest, square))
        nearest = np.minimum(nearest, square)
    edge = (CELLS,) * 3
    return np.sqrt(nearest).reshape(edge), np.sqrt(second).reshape(edge)


def _pebbles() -> np.ndarray:
    """Rounded cells: height 0 in the creases to 1 and its gradient, (4, n, n, n)."""
    nearest, second = _two_nearest(8, 5)
    height = np.clip((second - nearest) / 0.42, 0, 1)
    height = height * (2 - height)
    slopes = [(np.roll(height, -1, k) - np.roll(height, 1, k)) / 2 for k in range(3)]
    return np.stack([height, *slopes])


def _spots() -> np.ndarray:
    """Distances to scattered points, coarse and fine, in cells: (2, n, n, n)."""
    return np.stack([_two_nearest(4, 11)[0], _two_nearest(8, 12)[0]])


_FIELDS: Final = {"cloud": _cloud, "pebbles": _pebbles, "spots": _spots}


@lru_cache(maxsize=16)
def _volume(name: str, device: torch.device) -> Tensor:
    """Noise volume (1, C, n + 1, n + 1, n + 1); the first layer is repeated behind the last."""
    field = np.pad(_FIELDS[name](), ((0, 0), (0, 1), (0, 1), (0, 1)), mode="wrap")
    return torch.from_numpy(field.astype(np.float32))[None].to(device)


def sample_noise(name: str, points: Tensor) -> Tensor:
    """Noise (C, N) at `points` (3, N); the volume repeats at every whole number."""
    inside = (points - points.floor()) * 2 - 1
    grid = inside.T.flip(-1).reshape(1, 1, 1, -1, 3)
    return F.grid_sample(_volume(name, points.device), grid, align_corners=True)[0, :, 0, 0]


def wood_grain(points: Tensor) -> tuple[Tensor, Tensor]:
    """Late wood share 0..1 and fine pores 0..1, both (N,): year rings about a leaning trunk."""
    x, y, z = points
    bend = sample_noise("cloud", points * points.new_tensor([[0.45], [0.16], [0.45]]))[0]
    rings = length2(x + 0.85 + 0.09 * y, z + 0.7 + 0.04 * y) + 0.085 * bend
    year = rings * 13.0
    phase = year - year.floor()
    late = phase * phase * smoothstep(1.0, 0.86, phase)
    pores = 0.5 + 0.5 * torch.sin(rings * 230 + 5 * torch.sin(2.3 * y + 3 * bend))
    return late / 0.75, pores


def marble_veins(points: Tensor) -> tuple[Tensor, Tensor]:
    """Veins 0..1 and cloudiness -1..1, both (N,): zero crossings of warped noise."""
    x, y, z = points
    broad = sample_noise("cloud", points * 0.4 + 0.37)[0]
    leaning = torch.stack([x + 0.5 * y, 0.6 * y - 0.3 * x, z + 0.3 * y])
    fine = sample_noise("cloud", leaning * 0.75 + 0.25 * broad + 0.11)[0]
    first = torch.exp(-(broad + 0.12 * fine).abs() * 24)
    second = torch.exp(-fine.abs() * 17) * (0.4 + 0.4 * broad).clamp(0, 1)
    return torch.maximum(first, second), fine


def pits(points: Tensor) -> tuple[Tensor, Tensor]:
    """Holes 0..1 and mottling -1..1 of cast stone, both (N,)."""
    coarse, fine = sample_noise("spots", points * 1.8)
    cloud = sample_noise("cloud", points * 1.35)[0]
    size = 0.15 + 0.1 * cloud
    holes = smoothstep(size + 0.06, size - 0.02, coarse)
    grains = smoothstep(0.36, 0.2, fine)
    return holes.clamp(0, 1), cloud * 0.75 + 0.5 * grains - 0.16


def speckles(points: Tensor) -> Tensor:
    """Scattered small iron spots 0..1, (N,)."""
    coarse, fine = sample_noise("spots", points * 1.7 + 0.2)
    return torch.maximum(smoothstep(0.17, 0.11, coarse), 0.8 * smoothstep(0.21, 0.13, fine))


def plane_coordinates(points: Tensor, axis: Tensor) -> tuple[Tensor, Tensor]:
    """Texture coordinates (N,) each on the coordinate plane that a surface with normals `axis`
    (3, N) in the object's frame faces most."""
    x, y, z = points
    size = axis.abs()
    flat = size[1] > torch.maximum(size[0], size[2])
    sideways = (size[0] > size[2]) & ~flat
    return torch.where(sideways, z, x), torch.where(flat, z, y)


def weave(points: Tensor, axis: Tensor) -> tuple[Tensor, Tensor]:
    """Plain weave: height of the threads 0..1 and tone of each thread -1..1, both (N,)."""
    u, v = plane_coordinates(points, axis)
    u, v = u * 19.0, v * 19.0
    column, row = u.floor(), v.floor()
    over = (column + row).remainder(2) > 0.5
    across = torch.where(over, u - column, v - row)
    along = torch.where(over, v - row, u - column)
    height = (4 * across * (1 - across)) ** 0.7 * (0.4 + 2.4 * along * (1 - along))
    thread = torch.where(over, column * 12.9898, row * 78.233 + 4.1)
    tone = torch.frac(torch.sin(thread).abs() * 4375.85) * 2 - 1
    return height.clamp(0, 1), tone


def seams(points: Tensor) -> tuple[Tensor, Tensor]:
    """A groove 0..1 between panels and stitches 0..1 beside it, both (N,): two upright cuts."""
    x, y, z = points
    first, second = (x - 0.09).abs(), (z + 0.04).abs()
    along = y + torch.where(first < second, z, x)
    away = torch.minimum(first, second)
    groove = smoothstep(0.02, 0.006, away)
    dash = smoothstep(0.36, 0.28, ((along * 13.0).remainder(1.0) - 0.5).abs())
    return groove, smoothstep(0.012, 0.006, (away - 0.045).abs()) * dash


def streaks(points: Tensor, axis: Tensor) -> Tensor:
    """Fine lines of brushing -1..1, (N,): level lines on walls and rings on tops."""
    x, y, z = points
    reach = length2(x, z)
    place = y + 0.7 * reach * axis[1].abs()
    stretched = torch.stack([0.3 * x, 3.7 * place, 0.3 * z])
    broad = sample_noise("cloud", stretched)[0]
    return 0.45 * broad + 0.75 * torch.sin(place * 128 + 25 * torch.sin(place * 11))
