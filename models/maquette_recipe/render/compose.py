"""Rows of two or three objects: which stand together, how big they are and where they stand."""

from __future__ import annotations

import dataclasses
from typing import Final

import numpy as np
import torch

from maquette_recipe.render.camera import sample_yaw
from maquette_recipe.render.forms import form_named
from maquette_recipe.render.frame import Frame, box_of
from maquette_recipe.render.placed import Placed
from maquette_recipe.world import (
    FORMS,
    FURNITURE,
    Attributes,
    Thing,
    sample_attributes,
    sample_look,
)

LENGTHS: Final = {
    "mug": 11, "bowl": 17, "vase": 27, "bottle": 28, "teapot": 22, "goblet": 18, "lamp": 40,
    "stool": 60, "chair": 92, "table": 130, "clock": 17, "speaker": 30, "candle": 14,
    "planter": 28, "car": 22, "perfume": 12, "kettle": 25, "pitcher": 24, "jar": 16,
    "tumbler": 12, "plate": 24, "teacup": 13, "saucepan": 34, "mill": 19, "cake_stand": 26,
    "basket": 32, "lantern": 30, "floor_lamp": 150, "candlestick": 24, "shelf": 150, "sofa": 190,
    "armchair": 95, "bench": 120, "bed": 200, "cabinet": 110, "desk": 130, "phone": 15,
    "camera": 14, "watch": 14, "headphones": 20, "laptop": 32, "monitor": 46, "controller": 16,
    "umbrella": 70, "book": 22, "pen": 14, "robot": 27, "rocket": 30, "plane": 26, "boat": 26,
    "train": 28, "shoe": 27, "bag": 32, "hat": 30, "helmet": 28, "hourglass": 18,
}  # fmt: skip
"""Usual lengths of the longest side in centimetres; what is a toy has a toy's."""
LEVELLING: Final = 0.6
FURNITURE_LEVELLING: Final = 0.85
"""Lengths in a row differ by this power of how much they differ in life, so that a cup can still
be seen next to a lamp; furniture, which differs less, comes closer to its true sizes."""
THREE_SHARE: Final = 0.4
"""Share of rows that have three objects."""
SAME_FORM_SHARE: Final = 0.12
GAPS: Final = (0.04, 0.14)
"""Room between neighbours as a share of their mean width."""
BACK_AND_FORTH: Final = 0.16
"""Largest shift of an object towards or away from the camera, as a share of the deepest one."""


def _companion_form(rng: np.random.Generator, form: str) -> str:
    if rng.random() < SAME_FORM_SHARE:
        return form
    group = [f for f in FORMS if (f in FURNITURE) == (form in FURNITURE) and f != form]
    return str(rng.choice(group))


def sample_things(
    rng: np.random.Generator, first: Thing, forms: list[str], *, held_out: bool
) -> tuple[Thing, ...]:
    """Fresh looks for the companions `forms` of `first`, each from the trained or the held-out
    combinations, and not in its neighbours' colours while others are easily found."""
    row = [first]
    for form in forms:
        colour, material = sample_look(rng, form, held_out=held_out)
        for _ in range(12):
            if colour not in {thing.colour for thing in row}:
                break
            colour, material = sample_look(rng, form, held_out=held_out)
        row.append(Thing(form, colour, material))
    return tuple(row[1:])


def sample_row(
    rng: np.random.Generator, *, form: str | None = None, held_out: bool = False
) -> Attributes:
    """Draw a scene with a main object, on the left, and one or two companions beside it.

    Furniture stands with furniture, small things with small things. All combinations of form,
    colour and material are trained ones, or all are held out.
    """
    scene = sample_attributes(rng, form=form, held_out=held_out)
    count = 2 if rng.random() < THREE_SHARE else 1
    forms = [_companion_form(rng, scene.form) for _ in range(count)]
    first = Thing(scene.form, scene.colour, scene.material)
    others = sample_things(rng, first, forms, held_out=held_out)
    return dataclasses.replace(scene, accent="", others=others)


@torch.no_grad()
def arrange(rng: np.random.Generator, scene: Attributes, device: torch.device) -> Frame:
    """Draw proportions, turns and places for the objects of `scene`, none touching another.

    One picture: everything in the frame is a batch of one.
    """
    names = [scene.form, *(thing.form for thing in scene.others)]
    longest = max(LENGTHS[name] for name in names)
    power = FURNITURE_LEVELLING if scene.form in FURNITURE else LEVELLING
    things, lows, highs = [], [], []
    for name in names:
        form = form_named(name)
        params = {k: v.to(device) for k, v in form.sample(rng, 1).items()}
        yaw = torch.tensor([np.radians(sample_yaw(rng, form, scene.turn))], dtype=torch.float32)
        thing = Placed.alone(form, params, yaw.to(device))
        low, high = box_of(thing)
        wanted = (LENGTHS[name] / longest) ** power * rng.uniform(0.92, 1.08)
        scale = wanted / (high - low).amax(1)
        things.append(dataclasses.replace(thing, scale=scale))
        lows.append(low * scale[:, None])
        highs.append(high * scale[:, None])
    low, high = torch.stack(lows, 1), torch.stack(highs, 1)  # (1, K, 3)
    widths, depths = (high - low)[0, :, 0], (high - low)[0, :, 2]
    at, left = torch.zeros_like(low), widths.new_zeros(())
    for i in range(len(things)):
        if i:
            left = left + rng.uniform(*GAPS) * (widths[i - 1] + widths[i]) / 2
        at[:, i, 0] = left - low[:, i, 0]
        at[:, i, 2] = rng.uniform(-BACK_AND_FORTH, BACK_AND_FORTH) * depths.amax()
        at[:, i, 2] -= (low[:, i, 2] + high[:, i, 2]) / 2
        left = left + widths[i]
    placed = [dataclasses.replace(thing, offset=at[:, i, [0, 2]]) for i, thing in enumerate(things)]
    return Frame.around(placed, low + at, high + at)
