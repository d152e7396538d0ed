"""Materials that light passes: clear and frosted glass, translucent plastic."""

from __future__ import annotations

import torch
from torch import Tensor

from maquette_recipe.render.primitives import smoothstep
from maquette_recipe.render.settings import Stage
from maquette_recipe.render.surface import Surface, diffuse, lobe, unit
from maquette_recipe.render.surroundings import backdrop, environment, seen_through


def clear_glass(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """Floor and backdrop refracted through a tinted body; bright Fresnel edges, crisp highlights.

    The body absorbs more where the path through it is longer (Beer and Lambert's law).
    """
    bent = unit(surface.view - 0.5 * surface.normal * (1 - surface.facing))
    through = seen_through(stage, surface.position, bent, surface.radius)
    base = smoothstep(0.15, 0.1, surface.height)
    length = 0.85 + 1.7 * (1 - surface.facing) ** 2 + 0.8 * base
    through = 1.2 * through.clamp_max(0.85) * (0.025 + 0.975 * tint) ** length
    outline = smoothstep(0.62, 0.4, surface.facing) * smoothstep(0.05, 0.2, surface.facing)
    through = through * (1 - 0.75 * outline)
    inner = surface.mirror * surface.mirror.new_tensor([[-1.0], [1.0], [-1.0]])
    shine = environment(stage, surface.mirror, surface.light, 0.0)
    back = environment(stage, inner, surface.light, 0.08)
    edge = surface.fresnel
    chroma = tint - 0.8 * tint.amin(0, keepdim=True)
    body = 0.24 * diffuse(surface, chroma, stage, wrap=0.5, bleed=0.6)
    mirror = shine * (0.06 + 0.7 * edge) + back * (0.09 * tint + 0.01)
    line = smoothstep(0.025, 0.0, (surface.height - 0.125).abs()) + smoothstep(
        0.97, 0.99, surface.height
    )
    bright = (0.15 + 0.85 * tint) * stage.key * (0.3 * line + 0.6 * (edge - edge * edge))
    return through * (0.95 - 0.6 * edge) + body + mirror * surface.openness + bright


def frosted_glass(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """A milky body through which the surroundings are only a blur, with bright rims."""
    bent = surface.view - 0.3 * surface.normal * (1 - surface.facing)
    up = bent[1] + 0.35 * (surface.height - 0.45)
    share = ((up + 0.5) / 0.9).clamp(0, 1)
    share = share * share * (3 - 2 * share)
    behind = stage.floor * 0.85 + (backdrop(stage, bent[1]) - stage.floor * 0.85) * share
    milk = 0.12 + 0.88 * tint
    scattered = diffuse(surface, milk, stage, wrap=0.5, bleed=0.7)
    through = behind.clamp_max(0.9) * (0.03 + 0.97 * tint) ** (0.9 + 0.4 * (1 - surface.facing))
    rim = smoothstep(0.92, 0.1, surface.facing)
    edge = (stage.ambient * 0.6 + stage.key * 0.75) * (0.14 + 0.86 * tint)
    glow = 0.14 * lobe(surface, stage, 0.6)
    body = 0.7 * through + 0.34 * scattered * (0.15 + 0.85 * tint) + glow
    return body + (edge - body) * (0.6 * rim)


def translucent_plastic(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """A coloured body that light wanders through: thin edges and the far side glow, shadows are
    filled with colour (transmission after Barré-Brisebois and Bouchard 2011, "Approximating
    Translucency for a Fast, Cheap and Convincing Subsurface Scattering Look")."""
    scattered = diffuse(surface, tint, stage, wrap=0.6, bleed=0.7)
    behind = stage.floor + (backdrop(stage, surface.view[1]) - stage.floor) * smoothstep(
        -0.4, 0.3, surface.view[1] + 0.5 * (surface.height - 0.5)
    )
    thin = smoothstep(0.9, 0.15, surface.facing)
    far = smoothstep(0.55, -0.6, surface.towards)
    low = smoothstep(0.7, 0.0, surface.height)
    pool = 0.3 * low + 0.3 * far + 0.85 * thin
    glow = (tint**0.85 + 0.03 * pool) * ((stage.key * 0.75 + stage.ambient * 0.4) * pool)
    core = 0.42 * scattered + 0.18 * behind * tint
    shine = environment(stage, surface.mirror, surface.light, 0.03)
    coat = shine * (0.045 + 0.2 * surface.fresnel) + 0.25 * lobe(surface, stage, 0.2)
    return core + glow + coat * surface.openness


def shadow_stain(material: str, tint: Tensor) -> Tensor | None:
    """Colour (3, 1) of the light that falls through an object into its shadow, None for opaque."""
    share = {"glass": 0.7, "frosted": 0.4, "translucent": 0.32}.get(material)
    return None if share is None else share * tint.clamp_min(0.02) ** torch.tensor(0.8)
