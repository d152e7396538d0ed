"""Materials: how a surface answers light. Colours are linear RGB, planar (3, N) or (3, 1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render import patterns
from maquette_recipe.render.clear import clear_glass, frosted_glass, translucent_plastic
from maquette_recipe.render.primitives import smoothstep
from maquette_recipe.render.settings import Stage
from maquette_recipe.render.surface import Surface, diffuse, dot, lobe, rim_light, unit
from maquette_recipe.render.surroundings import environment

PALETTE: Final = {
    "red": (0.62, 0.018, 0.02), "orange": (0.85, 0.22, 0.012), "yellow": (0.87, 0.6, 0.02),
    "green": (0.045, 0.33, 0.055), "teal": (0.0, 0.36, 0.36), "blue": (0.015, 0.09, 0.58),
    "purple": (0.2, 0.03, 0.42), "pink": (0.86, 0.22, 0.42), "white": (0.74, 0.74, 0.73),
    "black": (0.014, 0.014, 0.016), "grey": (0.21, 0.215, 0.22), "brown": (0.165, 0.06, 0.022),
    "gold": (0.95, 0.6, 0.16), "silver": (0.86, 0.87, 0.89), "copper": (0.86, 0.34, 0.19),
    "lime": (0.4, 0.74, 0.015),
}  # fmt: skip

DARK_PLASTIC: Final = (0.02, 0.02, 0.023)
IVORY: Final = (0.78, 0.76, 0.7)
STEEL: Final = (0.75, 0.76, 0.78)
LEAF: Final = (0.05, 0.25, 0.04)
CLAY: Final = (0.5, 0.33, 0.2)

Shader = Callable[[Surface, Tensor, Stage], Tensor]
"""Radiance (3, N) of a surface of a tint (3, 1) or (3, N) on a stage."""


def brightness(tint: Tensor) -> Tensor:
    """Luminance (1, N) of linear RGB (3, N)."""
    return 0.2126 * tint[:1] + 0.7152 * tint[1:2] + 0.0722 * tint[2:]


def _coat(surface: Surface, stage: Stage, base: float, roughness: float) -> Tensor:
    """Mirrored surroundings (3, N) of a clear coat: Schlick's Fresnel from `base` upwards."""
    shine = environment(stage, surface.mirror, surface.light, roughness)
    mix = base + (1 - base) * surface.fresnel * (1 - 0.8 * roughness)
    return shine * (mix * surface.openness)


def glossy_plastic(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """Saturated plastic under a clear coat with crisp soft-box reflections."""
    deep = tint * (0.8 + 0.2 * tint)
    return 0.86 * diffuse(surface, deep, stage) + 1.25 * _coat(surface, stage, 0.075, 0.0)


def matte_plastic(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """A velvety surface without any highlight (flat rough diffuse after Oren and Nayar 1994)."""
    flat = 0.86 + 0.14 * (1 - surface.facing)
    rim = stage.ambient * (0.1 * (1 - surface.facing) ** 2 * surface.occlusion)
    return diffuse(surface, tint, stage) * flat + (0.04 + 0.6 * tint) * rim


def glazed_ceramic(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """Glaze over clay: unglazed foot, iron speckles, a broken rim, a broad soft highlight."""
    wave = 0.012 * torch.sin(9 * surface.local[0] + 7 * surface.local[2])
    height = surface.height + wave
    level = surface.axis[1]
    bare = smoothstep(0.115, 0.1, height) * smoothstep(0.5, 0.35, level)
    run = smoothstep(0.3, 0.11, height)
    worn = smoothstep(0.955, 0.985, height) * smoothstep(0.96, 0.88, level) * 0.75
    spots = patterns.speckles(surface.local)
    clay = tint.new_tensor(CLAY)[:, None]
    pool = 1 - 0.42 * run - 0.3 * (1 - surface.occlusion)
    pale = 0.95 * tint + 0.015
    iron = tint.new_tensor([[0.07], [0.04], [0.025]])
    light_iron = tint.new_tensor([[0.4], [0.33], [0.24]])
    spot = torch.where(brightness(tint) > 0.06, iron, light_iron)
    glaze = pale * pool * (1 - 0.85 * spots) + spot * (0.85 * spots)
    glaze = glaze + (0.6 * clay - glaze) * worn
    albedo = glaze + (clay - glaze) * bare
    gloss = _coat(surface, stage, 0.035, 0.3) + 0.4 * lobe(surface, stage, 0.3)
    return diffuse(surface, albedo, stage) + gloss * (1 - 0.95 * bare)


def _metal_tint(tint: Tensor) -> Tensor:
    """Reflectance of a metal of this colour; even black steel mirrors something."""
    return 0.065 + 0.935 * tint


def polished_metal(surface: Surface, tint: Tensor, stage: Stage, *, lacquer: float = 0.2) -> Tensor:
    """A mirror: contrasty surroundings in the metal's colour (Fresnel after Schlick 1994).

    `lacquer` is the share of scattered light, 0..1.
    """
    base = _metal_tint(tint)
    shine = environment(stage, surface.mirror, surface.light, 0.015)
    shine = shine * (0.55 + 0.6 * brightness(shine).clamp_max(1.6))
    edge = base + (1 - base) * (0.6 * surface.fresnel)
    shade = surface.openness * (0.6 + 0.4 * stage.lit(surface.shadow))
    mirror = (1.3 - 0.75 * lacquer) * shine * edge * shade
    return mirror + lacquer * diffuse(surface, tint, stage)


def brushed_metal(surface: Surface, tint: Tensor, stage: Stage, *, lacquer: float = 0.22) -> Tensor:
    """Metal with fine parallel scratches and highlights drawn out across them (anisotropic
    highlight after Ward 1992, "Measuring and Modeling Anisotropic Reflection").

    `lacquer` is the share of scattered light, 0..1.
    """
    base = _metal_tint(tint)
    normal = surface.normal
    flat = normal[1] ** 2
    along = torch.stack([
        normal[2] * (1 - flat) + surface.position[2] / surface.radius * flat,
        1e-4 * torch.ones_like(flat),
        -normal[0] * (1 - flat) - surface.position[0] / surface.radius * flat,
    ])  # fmt: skip
    along = unit(along - normal * dot(along, normal))
    across = torch.linalg.cross(along, normal, dim=0)
    lines = patterns.streaks(surface.local, surface.axis)
    half = unit(surface.light[:, None] - surface.view)
    cosine = dot(half, normal).clamp_min(0.15)
    t, b = dot(half, along) / cosine, dot(half, across) / cosine
    fan = torch.exp(-(t * t) / 0.02 - (b * b) / 1.2) * (0.25 + 0.75 * flat)
    x, up, z = surface.mirror
    level = torch.stack([x + 0.05 * lines, 0.2 + 0.25 * up * flat, z])
    shine = environment(stage, unit(level), surface.light, 0.12)
    even = 0.72 * shine + 0.1 * stage.ambient + 0.9 * stage.key * fan
    shade = surface.openness * (0.55 + 0.45 * stage.lit(surface.shadow))
    tone = (0.9 + 0.2 * lines).clamp_min(0.3)
    mirror = (1.2 - 0.9 * lacquer) * even * base * (shade * tone)
    return mirror + lacquer * diffuse(surface, tint, stage) * tone


def stained_wood(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """Wood stained in the tint: dark late wood, fine pores, a satin coat."""
    late, pores = patterns.wood_grain(surface.local)
    pale = tint.new_tensor([[0.62], [0.4], [0.2]])
    early = 0.88 * tint + 0.05 * pale * (0.2 + brightness(tint) ** 0.5)
    dark = tint * (0.26 + 0.1 * tint) + tint.new_tensor([[0.01], [0.004], [0.001]])
    albedo = (early + (dark - early) * (0.85 * late)) * (0.9 + 0.16 * pores)
    return diffuse(surface, albedo, stage) + 0.16 * lobe(surface, stage, 0.42) * (1 - 0.5 * late)


def marble(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """Polished stone: pale veins on dark colours, dark veins on pale ones."""
    veins, cloud = patterns.marble_veins(surface.local + 0.21)
    bright = brightness(tint)
    vein = torch.where(bright > 0.33, 0.16 * tint + 0.03, 0.5 + 0.35 * tint)
    stone = tint * (1 + 0.22 * cloud) + (0.012 + 0.02 * cloud).clamp_min(0)
    albedo = stone + (vein - stone) * (0.92 * veins)
    return 0.95 * diffuse(surface, albedo, stage) + _coat(surface, stage, 0.05, 0.05)


def concrete(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """Cast stone dyed in the tint: pitted, mottled, dull."""
    holes, mottle = patterns.pits(surface.local)
    grey = brightness(tint)
    dyed = 0.62 * tint + 0.2 * grey + 0.035
    albedo = dyed * (0.88 + 0.34 * mottle).clamp_min(0.35)[None] * (1 - 0.72 * holes)
    return diffuse(surface, albedo, stage)


def fabric(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """Woven cloth: visible threads and a fuzzy sheen at grazing angles (after the sheen of Estevez
    and Kulla 2017, "Production Friendly Microfacet Sheen BRDF", reduced to a power)."""
    threads, tone = patterns.weave(surface.local, surface.axis)
    albedo = tint * ((0.5 + 0.62 * threads) * (1 + 0.2 * tone)) + 0.014 * threads
    fuzz = (1 - surface.facing) ** 2.2 * surface.occlusion * (0.5 + 0.5 * threads)
    sheen = (0.1 + 0.55 * tint) * (stage.ambient + 0.5 * stage.key) * (0.5 * fuzz)
    return diffuse(surface, albedo, stage, wrap=0.3) + sheen


def leather(surface: Surface, tint: Tensor, stage: Stage) -> Tensor:
    """Hide with a pebbled grain, stitched panels and a broken semi-gloss."""
    height, *slope = patterns.sample_noise("pebbles", surface.local * 2.45)
    groove, thread = patterns.seams(surface.local)
    rough = surface.bumped(torch.stack(slope) * -0.75)
    albedo = (0.85 * tint + 0.008) * ((0.58 + 0.42 * height) * (1 - 0.75 * groove))
    yarn = torch.where(brightness(tint) > 0.4, 0.35 * tint, 0.5 + 0.4 * tint)
    albedo = albedo + (yarn - albedo) * thread
    gloss = 0.24 * lobe(rough, stage, 0.4) + _coat(rough, stage, 0.025, 0.4)
    return diffuse(rough, albedo, stage) + gloss * ((0.35 + 0.65 * height) * (1 - groove))


SHADERS: Final[Mapping[str, Shader]] = {
    "glossy": glossy_plastic,
    "matte": matte_plastic,
    "ceramic": glazed_ceramic,
    "metal": polished_metal,
    "wood": stained_wood,
    "glass": clear_glass,
    "fabric": fabric,
    "brushed": brushed_metal,
    "frosted": frosted_glass,
    "marble": marble,
    "concrete": concrete,
    "leather": leather,
    "translucent": translucent_plastic,
}
WHITE_METALS: Final[Mapping[str, Shader]] = {
    "metal": partial(polished_metal, lacquer=0.7),
    "brushed": partial(brushed_metal, lacquer=0.7),
}
"""White metal is lacquered, or it would be silver."""


def shader_of(material: str, colour: str) -> Shader:
    """The shader of a material of `MATERIALS` in a colour of `COLOURS`."""
    return WHITE_METALS.get(material, SHADERS[material]) if colour == "white" else SHADERS[material]


def shade_material(surface: Surface, shader: Shader, tint: Tensor, stage: Stage) -> Tensor:
    """Radiance (3, N) of a surface of one material and the colour `tint`, the mood's rim light
    included."""
    radiance = shader(surface, tint, stage)
    if stage.mood.rim:
        radiance = radiance + (0.25 + 0.75 * tint) * stage.key * rim_light(surface, stage)
    return radiance


def shade_flame(surface: Surface) -> Tensor:
    """Radiance (3, N) of a candle flame, whiter in the middle."""
    outer = surface.facing.new_tensor([[1.6], [0.55], [0.08]])
    inner = surface.facing.new_tensor([[2.6], [2.0], [1.0]])
    return outer + (inner - outer) * surface.facing**2
