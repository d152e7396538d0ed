"""The small world that the built-in model knows: its attributes and the combinations kept aside.

A scene is described by eight words (:class:`Attributes`). Everything else in a picture (exact
proportions, camera jitter, wood grain) is variation that no caption names.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Final

import numpy as np

FORMS: Final = (
    "mug", "bowl", "vase", "bottle", "teapot", "goblet", "lamp", "stool",
    "chair", "table", "clock", "speaker", "candle", "planter", "car", "perfume",
)  # fmt: skip
COLOURS: Final = (
    "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink",
    "white", "black", "grey", "brown", "gold", "silver", "copper",
)  # fmt: skip
METAL_COLOURS: Final = ("gold", "silver", "copper")
PAINT_COLOURS: Final = tuple(c for c in COLOURS if c not in METAL_COLOURS)
MATERIALS: Final = ("glossy", "matte", "ceramic", "metal", "wood", "glass", "fabric")
SETTINGS: Final = ("grey", "white", "dark", "wood", "beige", "blue")
VIEWS: Final = ("eye", "three_quarter", "above")
TURNS: Final = ("front", "left", "right")
LIGHTS: Final = ("front", "left", "right")

FURNITURE: Final = ("stool", "chair", "table")
TURNING_FORMS: Final = ("mug", "teapot", "chair", "table", "clock", "speaker", "car", "perfume")
"""Forms whose turn about the vertical axis can be seen, so that a caption may name it."""

HELD_OUT_PART: Final = 12
"""One in this many form, colour and material combinations is never trained."""

_MIRROR = {"left": "right", "right": "left", "front": "front"}


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a caption can say about one picture. Each field is a member of the tuple above."""

    form: str
    colour: str
    material: str
    setting: str
    view: str
    turn: str
    light: str

    def mirrored(self) -> Attributes:
        """The attributes of the picture's mirror image."""
        return dataclasses.replace(self, turn=_MIRROR[self.turn], light=_MIRROR[self.light])


def is_held_out(form: str, colour: str, material: str) -> bool:
    """Whether this combination is reserved for evaluation.

    Depends on the three words alone, so that every machine and every session keeps the same
    combinations aside.
    """
    digest = hashlib.sha256(f"{form}|{colour}|{material}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % HELD_OUT_PART == 0


def allowed_colours(material: str) -> tuple[str, ...]:
    """Colours that a material comes in: gold, silver and copper are metals only."""
    return COLOURS if material == "metal" else PAINT_COLOURS


def _pick_look(rng: np.random.Generator) -> tuple[str, str]:
    material = str(rng.choice(MATERIALS))
    if material == "metal" and rng.random() < 0.6:
        return str(rng.choice(METAL_COLOURS)), material
    if material == "wood" and rng.random() < 0.4:
        return "brown", material
    return str(rng.choice(PAINT_COLOURS)), material


def sample_look(rng: np.random.Generator, form: str, *, held_out: bool = False) -> tuple[str, str]:
    """Draw a (colour, material) pair for `form`, from the trained or the held-out part."""
    while True:
        colour, material = _pick_look(rng)
        if is_held_out(form, colour, material) is held_out:
            return colour, material


def sample_attributes(
    rng: np.random.Generator, *, form: str | None = None, held_out: bool = False
) -> Attributes:
    """Draw a scene; `held_out` chooses between the trained and the reserved combinations."""
    while True:
        chosen = form or str(rng.choice(FORMS))
        if not held_out or any(
            is_held_out(chosen, c, m) for m in MATERIALS for c in allowed_colours(m)
        ):
            break
    colour, material = sample_look(rng, chosen, held_out=held_out)
    return Attributes(
        form=chosen,
        colour=colour,
        material=material,
        setting=str(rng.choice(SETTINGS)),
        view=str(rng.choice(VIEWS, p=(0.3, 0.5, 0.2))),
        turn=str(rng.choice(TURNS)),
        light=str(rng.choice(LIGHTS)),
    )
