"""Surface points prepared for shading, and the light that all opaque materials share."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.settings import Stage
from maquette_recipe.render.trace import GeometryBuffer

ROOM: Final = 1.7
"""Distance of the mirrored surroundings in object radii."""


@dataclass(frozen=True, slots=True)
class Surface:
    """N surface points; vectors are planar (3, N), scalars (N,).

    `position` is in world units; `local` in the object's frame, in units of the bounding `radius`
    (a tensor without dimensions); `axis` is the normal in the object's frame; `height` runs from 0
    at the foot of the object's main part to 1 at its top; `view` points from the
    camera, `mirror` where a mirror would look, `light` (3,) to the key light. `facing` and
    `towards` are the cosines of the normal to the camera and to the key light.
    """

    position: Tensor
    local: Tensor
    axis: Tensor
    height: Tensor
    normal: Tensor
    view: Tensor
    mirror: Tensor
    facing: Tensor
    towards: Tensor
    shadow: Tensor
    occlusion: Tensor
    light: Tensor
    radius: Tensor

    @property
    def fresnel(self) -> Tensor:
        """Schlick 1994's (1 - cos)^5."""
        return (1 - self.facing) ** 5

    @property
    def openness(self) -> Tensor:
        """Share of reflections that crevices let through."""
        return 0.25 + 0.75 * self.occlusion

    def bumped(self, slope: Tensor) -> Surface:
        """The surface with normals tilted against `slope` (3, N) in the object's frame."""
        inward = slope - self.axis * dot(slope, self.axis)
        turned = _unturned(self.axis, self.normal, inward)
        normal = unit(self.normal - turned)
        return dataclasses.replace(
            self,
            normal=normal,
            **_angles(normal, self.view, self.light, self.position, self.radius),
        )


def unit(vectors: Tensor) -> Tensor:
    """Planar vectors (3, N) at length 1; much quicker than a norm over the first dimension."""
    x, y, z = vectors
    return vectors * torch.rsqrt((x * x + y * y + z * z).clamp_min(1e-12))


def dot(a: Tensor, b: Tensor) -> Tensor:
    """Inner products (N,) of planar vectors (3, N)."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _unturned(axis: Tensor, normal: Tensor, vectors: Tensor) -> Tensor:
    """Object-frame `vectors` in the world: both frames differ by a turn about the vertical, which
    the two forms of a normal tell wherever it is not vertical."""
    size = (axis[0] ** 2 + axis[2] ** 2).clamp_min(1e-6)
    c = (axis[0] * normal[0] + axis[2] * normal[2]) / size
    s = (axis[2] * normal[0] - axis[0] * normal[2]) / size
    x, y, z = vectors
    return torch.stack([c * x + s * z, y, c * z - s * x])


def _angles(
    normal: Tensor, view: Tensor, light: Tensor, position: Tensor, radius: Tensor
) -> dict[str, Tensor]:
    """Angles of a surface. What a mirror sees is corrected for the room's finite size, so that a
    flat face mirrors more than one direction (after Lagarde and Zanuttini 2012, "Local Image-based
    Lighting With Parallax-corrected Cubemap")."""
    facing = (-dot(normal, view)).clamp(0, 1)
    mirror = view + 2 * facing * normal
    offset = position / radius
    offset = torch.stack([offset[0], offset[1] - 0.5, offset[2]])
    return {
        "facing": facing,
        "mirror": unit(mirror * ROOM + offset),
        "towards": light @ normal,
    }


def surfaces_of(buffer: GeometryBuffer, chosen: Tensor, yaw: tuple[Tensor, Tensor],
                span: tuple[Tensor, Tensor], item: int) -> Surface:  # fmt: skip
    """Surface of the points `chosen` (N,) of object `item`.

    `yaw` is cosine and sine of the object's turn, `span` its lowest and highest point, all ().
    """
    radius, light = buffer.radius[item], buffer.light[item]
    position, normal, view, local = (
        values[chosen].T.contiguous()
        for values in (buffer.position, buffer.normal, buffer.view, buffer.local)
    )
    c, s = yaw
    axis = torch.stack([c * normal[0] - s * normal[2], normal[1], s * normal[0] + c * normal[2]])
    low, high = span
    return Surface(
        position=position,
        local=local / radius,
        axis=axis,
        height=(local[1] - low) / (high - low).clamp_min(1e-3),
        normal=normal,
        view=view,
        shadow=buffer.shadow[chosen],
        occlusion=buffer.occlusion[chosen],
        light=light,
        radius=radius,
        **_angles(normal, view, light, position, radius),
    )


def turn_of(position: Tensor, local: Tensor) -> tuple[Tensor, Tensor]:
    """Cosine and sine () of the turn between world and object coordinates (N, 3), by least squares
    (Procrustes) in the ground plane."""
    world, own = position - position.mean(0), local - local.mean(0)
    c = (own[:, 0] * world[:, 0] + own[:, 2] * world[:, 2]).sum()
    s = (own[:, 2] * world[:, 0] - own[:, 0] * world[:, 2]).sum()
    size = torch.sqrt(c * c + s * s).clamp_min(1e-9)
    return c / size, s / size


def diffuse(
    surface: Surface, albedo: Tensor, stage: Stage, *, wrap: float = 0.0, bleed: float = 0.0
) -> Tensor:
    """Light (3, N) that an `albedo` (3, N) or (3, 1) scatters: key light, sky and floor bounce.

    `wrap` softens the terminator (wrapped diffuse, Green 2004, "Real-Time Approximations to
    Subsurface Scattering"); `bleed` is the share of light that reaches shadows and crevices.
    """
    soft = max(wrap, stage.mood.wrap)
    wrapped = (surface.towards * (1 - soft) + soft).clamp_min(0)
    lit = stage.lit(surface.shadow)
    key = stage.key * (1.12 * wrapped * (lit + (1 - lit) * bleed))
    open_ = surface.occlusion + (1 - surface.occlusion) * bleed
    sky = 0.5 + 0.5 * surface.normal[1]
    ambient = stage.ambient * ((0.24 + 0.42 * sky) * open_)
    bounce = stage.floor * (0.36 * (1 - sky) * open_)
    return albedo * (key + ambient + bounce)


def lobe(surface: Surface, stage: Stage, alpha: float, *, dull: float = 0.0) -> Tensor:
    """Highlight (3, N) of the key light on a rough surface: the GGX distribution (Walter et al.
    2007) of width `alpha` 0..1, scaled to 1 at its peak."""
    half = unit(surface.light[:, None] - surface.view)
    cosine = dot(half, surface.normal).clamp(0, 1)
    square = alpha * alpha
    shape = square / (cosine * cosine * (square - 1) + 1)
    seen = stage.lit(surface.shadow) * (surface.towards > 0)
    return stage.key * (shape * shape * seen * (1 - dull))


def rim_light(surface: Surface, stage: Stage) -> Tensor:
    """Strength (N,) of the mood's lamp behind the object, on the side away from the key light."""
    side = torch.where(surface.light[0] >= 0, -1.0, 1.0)
    edge = (1 - surface.facing) ** 3
    away = (0.35 + side * surface.normal[0] + 0.35 * surface.normal[1]).clamp(0, 1)
    return stage.mood.rim * edge * away * surface.occlusion
