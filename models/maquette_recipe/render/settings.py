"""Settings and moods: the surroundings of an object and the light in them.

Colours are linear RGB in 0..1, radiance may exceed 1 before tone mapping.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import torch
from torch import Tensor

from maquette_recipe.render.primitives import smoothstep
from maquette_recipe.world import Attributes

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Setting:
    """Colours of floor, backdrop above the horizon and backdrop at the top; key and ambient light.

    `ground` names the floor's pattern: "" for a seamless paper sweep, "planks" or "marble" for a
    table with a visible far edge.
    """

    floor: Colour
    wall: Colour
    top: Colour
    key: float
    ambient: float
    tint: Colour = (1.0, 1.0, 1.0)
    ground: str = ""


SETTINGS_LIGHT: Final = {
    "grey": Setting((0.33, 0.33, 0.34), (0.27, 0.275, 0.285), (0.13, 0.13, 0.14), 1.0, 0.62),
    "white": Setting((0.98, 0.98, 1.0), (1.5, 1.5, 1.52), (1.1, 1.1, 1.12), 0.95, 0.78),
    "dark": Setting((0.03, 0.031, 0.037), (0.014, 0.015, 0.019), (0.006, 0.006, 0.008), 1.1, 0.42),
    "wood": Setting((0.3, 0.15, 0.07), (0.42, 0.41, 0.36), (0.25, 0.25, 0.22), 1.0, 0.6,
                    ground="planks"),
    "beige": Setting((0.68, 0.51, 0.34), (0.74, 0.58, 0.4), (0.5, 0.38, 0.26), 1.0, 0.66),
    "blue": Setting((0.2, 0.42, 0.76), (0.24, 0.48, 0.84), (0.1, 0.27, 0.58), 1.0, 0.66),
    "marble": Setting((0.84, 0.84, 0.83), (0.42, 0.52, 0.46), (0.27, 0.36, 0.31), 0.97, 0.7,
                      ground="marble"),
    "sunset": Setting((0.78, 0.33, 0.3), (1.15, 0.45, 0.16), (0.42, 0.12, 0.36), 1.0, 0.64,
                      tint=(1.05, 0.97, 0.93)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mood:
    """How the light of a setting is changed.

    `key` and `ambient` multiply the setting's lights; `surround` multiplies what is seen of the
    surroundings. The shadow curve maps visibilities `shadow` (from, to) to 0..1 and then leaves
    `fill` of the light in full shadow; `blur` widens shadows on the floor by that share of the
    picture. `falloff` darkens the picture's margins, `spot` the floor outside a round beam and
    `rim` lights the edge away from the key light.
    """

    key: Colour
    ambient: Colour
    surround: Colour
    shadow: tuple[float, float] = (0.0, 1.0)
    fill: float = 0.0
    blur: float = 0.0
    falloff: float = 0.0
    spot: float = 0.0
    rim: float = 0.0
    wrap: float = 0.12


MOODS_LIGHT: Final = {
    "neutral": Mood((1.0, 1.0, 1.0), (1.0, 1.0, 1.0), (1.0, 1.0, 1.0)),
    "soft": Mood((0.5, 0.5, 0.5), (1.5, 1.5, 1.5), (1.06, 1.06, 1.06), fill=0.45, blur=0.1,
                 wrap=0.45),
    "hard": Mood((1.5, 1.48, 1.44), (0.42, 0.43, 0.46), (0.92, 0.92, 0.92), shadow=(0.42, 0.62),
                 spot=0.5, wrap=0.0),
    "warm": Mood((1.42, 1.06, 0.6), (0.72, 0.66, 0.62), (1.08, 0.92, 0.7), shadow=(0.2, 0.85)),
    "cool": Mood((0.62, 0.82, 1.12), (0.5, 0.74, 1.14), (0.66, 0.79, 1.0), falloff=0.25),
    "dramatic": Mood((1.5, 1.46, 1.4), (0.26, 0.27, 0.32), (0.5, 0.5, 0.52), shadow=(0.25, 0.75),
                     falloff=0.95, rim=2.2, wrap=0.0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stage:
    """A setting in a mood, on a device. Colours are (3, 1) and include the mood."""

    floor: Tensor
    wall: Tensor
    top: Tensor
    key: Tensor
    ambient: Tensor
    mood: Mood
    ground: str

    def lit(self, visibility: Tensor) -> Tensor:
        """Share (N,) of the key light where its `visibility` (N,) is 0..1, by the shadow curve."""
        curved = smoothstep(*self.mood.shadow, visibility) if self.mood.shadow != (0, 1) else (
            visibility
        )  # fmt: skip
        return self.mood.fill + (1 - self.mood.fill) * curved


def stage_of(scene: Attributes, device: torch.device) -> Stage:
    """The stage that a scene's setting and mood make."""
    setting, mood = SETTINGS_LIGHT[scene.setting], MOODS_LIGHT[scene.mood]

    def planar(*factors: Colour) -> Tensor:
        return torch.tensor(factors, device=device).prod(0)[:, None]

    return Stage(
        floor=planar(setting.floor, mood.surround),
        wall=planar(setting.wall, mood.surround),
        top=planar(setting.top, mood.surround),
        key=planar(setting.tint, mood.key) * setting.key,
        ambient=planar(setting.tint, mood.ambient) * setting.ambient,
        mood=mood,
        ground=setting.ground,
    )
