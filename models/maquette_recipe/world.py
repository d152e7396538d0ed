"""The small world that the built-in model knows: its attributes and the combinations kept aside.

A scene is described by the words of :class:`Attributes`. Everything else in a picture (exact
proportions, camera jitter, wood grain) is variation that no caption names.
"""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

FORMS: Final = (
    "mug", "bowl", "vase", "bottle", "teapot", "goblet", "lamp", "stool",
    "chair", "table", "clock", "speaker", "candle", "planter", "car", "perfume",
    "kettle", "pitcher", "jar", "tumbler", "plate", "teacup", "saucepan", "mill", "cake_stand",
    "basket",
    "lantern", "floor_lamp", "candlestick", "shelf", "sofa", "armchair", "bench", "bed", "cabinet",
    "desk",
    "phone", "camera", "watch", "headphones", "laptop", "monitor", "controller", "umbrella", "book",
    "pen",
    "robot", "rocket", "plane", "boat", "train", "shoe", "bag", "hat", "helmet", "hourglass",
)  # fmt: skip
COLOURS: Final = (
    "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink",
    "white", "black", "grey", "brown", "gold", "silver", "copper", "lime",
)  # fmt: skip
METAL_COLOURS: Final = ("gold", "silver", "copper")
PAINT_COLOURS: Final = tuple(c for c in COLOURS if c not in METAL_COLOURS)
MATERIALS: Final = (
    "glossy", "matte", "ceramic", "metal", "wood", "glass", "fabric",
    "brushed", "frosted", "marble", "concrete", "leather", "translucent",
)  # fmt: skip
METALS: Final = ("metal", "brushed")
"""Materials that gold, silver and copper come in: polished and brushed metal."""
SETTINGS: Final = ("grey", "white", "dark", "wood", "beige", "blue", "marble", "sunset")
VIEWS: Final = ("eye", "three_quarter", "above")
TURNS: Final = ("front", "left", "right")
LIGHTS: Final = ("front", "left", "right")
MOODS: Final = ("neutral", "soft", "hard", "warm", "cool", "dramatic")

PLAIN: Final = "render"
"""The style of a picture that no operator has changed."""
STYLES: Final = (
    PLAIN,
    # paint
    "oil", "watercolour", "gouache", "impasto", "pastel", "ink_wash", "fresco", "pointillism",
    "impressionism", "fauvism", "spray_paint", "airbrush",
    # drawing
    "pencil", "charcoal", "crayon", "marker", "ballpoint", "pen_hatching", "chalk", "blueprint",
    "technical", "line_art", "sepia_sketch", "coloured_pencil",
    # print
    "risograph", "linocut", "ukiyo_e", "screenprint", "halftone", "newspaper", "engraving", "stamp",
    "cyanotype", "duotone", "pop_art", "poster",
    # digital
    "pixel_art", "low_poly", "voxel", "flat_vector", "glitch", "synthwave", "neon", "wireframe",
    "hologram", "thermal", "dither", "cel_shading",
    # craft
    "paper_cut", "clay", "felt", "embroidery", "mosaic", "stained_glass", "knit", "sand",
    # film
    "film_noir", "vintage_photo", "polaroid", "infrared",
)  # fmt: skip
UNTAUGHT_STYLES: Final = ("delft", "gilded", "batik")
"""Styles that no version of the model is trained on: they measure how a style is learned."""
LOSES_COLOUR: Final = frozenset({
    "ink_wash", "fauvism", "pencil", "charcoal", "ballpoint", "pen_hatching", "chalk", "blueprint",
    "technical", "line_art", "sepia_sketch", "risograph", "linocut", "newspaper", "engraving",
    "stamp", "cyanotype", "duotone", "pop_art", "synthwave", "neon", "wireframe", "hologram",
    "thermal", "dither", "clay", "sand", "film_noir", "infrared", *UNTAUGHT_STYLES,
})  # fmt: skip
"""Styles in which the object's own colour cannot be seen, so that no caption names it."""
KEEPS_MATERIAL: Final = frozenset({
    PLAIN, "oil", "impasto", "airbrush", "vintage_photo", "polaroid", "film_noir", "fresco",
})  # fmt: skip
"""Styles in which the material can still be told."""
LOSES_SETTING: Final = frozenset({
    "pencil", "charcoal", "crayon", "marker", "ballpoint", "pen_hatching", "chalk", "blueprint",
    "technical", "line_art", "sepia_sketch", "coloured_pencil", "ink_wash", "linocut", "engraving",
    "stamp", "cyanotype", "duotone", "pop_art", "synthwave", "neon", "wireframe", "hologram",
    "thermal", "risograph", "newspaper", "dither", "screenprint", "clay", "sand", "infrared",
    "paper_cut", "film_noir", "embroidery", *UNTAUGHT_STYLES,
})  # fmt: skip
"""Styles that replace the surroundings, so that no caption names the setting."""

FURNITURE: Final = (
    "stool", "chair", "table", "floor_lamp", "shelf", "sofa", "armchair", "bench", "bed", "cabinet",
    "desk",
)  # fmt: skip
TURNING_FORMS: Final = (
    "mug", "teapot", "chair", "table", "clock", "speaker", "car", "perfume",
    "kettle", "pitcher", "teacup", "saucepan", "basket",
    "shelf", "sofa", "armchair", "bench", "bed", "cabinet", "desk",
    "phone", "camera", "watch", "laptop", "monitor", "controller", "book",
    "robot", "plane", "boat", "train", "shoe", "bag", "helmet",
)  # fmt: skip
"""Forms whose turn about the vertical axis can be seen, so that a caption may name it."""

HELD_OUT_PART: Final = 12
"""One in this many form, colour and material combinations is never trained."""

TWO_TONE_SHARE: Final = 0.12

_MIRROR = {"left": "right", "right": "left", "front": "front"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A companion of the main object: what a caption can say about it."""

    form: str
    colour: str
    material: str


@dataclass(frozen=True, slots=True)
class Attributes:
    """What a caption can say about one picture. Each word is a member of the tuple above.

    `form`, `colour`, `material` and `accent` belong to the main object; `accent` is the second
    colour of a two-tone object, whose lower part has it, or "". `others` are up to two companions
    of the main object, from left to right behind the main object's place in the row: the main
    object is the leftmost one when there are any.
    """

    form: str
    colour: str
    material: str
    setting: str
    view: str
    turn: str
    light: str
    mood: str = "neutral"
    accent: str = ""
    style: str = PLAIN
    others: tuple[Thing, ...] = ()

    def mirrored(self) -> Attributes:
        """The attributes of the picture's mirror image; a row of objects reads the other way."""
        mirrored = dataclasses.replace(self, turn=_MIRROR[self.turn], light=_MIRROR[self.light])
        if not self.others:
            return mirrored
        row = [Thing(self.form, self.colour, self.material), *self.others][::-1]
        first = row[0]
        return dataclasses.replace(
            mirrored, form=first.form, colour=first.colour, material=first.material,
            others=tuple(row[1:]),
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """Plain values; :meth:`from_json` reads them."""
        return dataclasses.asdict(self)

    @classmethod
    def from_json(cls, entry: dict[str, Any]) -> Attributes:
        """The attributes that :meth:`as_json` wrote; fields that are absent have their defaults."""
        others = tuple(Thing(**thing) for thing in entry.get("others", ()))
        return cls(**{**entry, "others": others})


def is_held_out(form: str, colour: str, material: str) -> bool:
    """Whether this combination is reserved for evaluation.

    Depends on the three words alone, so that every machine and every session keeps the same
    combinations aside.
    """
    digest = hashlib.sha256(f"{form}|{colour}|{material}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % HELD_OUT_PART == 0


def allowed_colours(material: str) -> tuple[str, ...]:
    """Colours that a material comes in: gold, silver and copper are metals only."""
    return COLOURS if material in METALS else PAINT_COLOURS


def _pick_look(rng: np.random.Generator) -> tuple[str, str]:
    material = str(rng.choice(MATERIALS))
    if material in METALS and rng.random() < 0.6:
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
    """Draw a scene with one object of one style; `held_out` chooses between the trained and the
    reserved combinations."""
    while True:
        chosen = form or str(rng.choice(FORMS))
        if not held_out or any(
            is_held_out(chosen, c, m) for m in MATERIALS for c in allowed_colours(m)
        ):
            break
    colour, material = sample_look(rng, chosen, held_out=held_out)
    accent = ""
    if material not in METALS and rng.random() < TWO_TONE_SHARE:
        accent = str(rng.choice([c for c in PAINT_COLOURS if c != colour]))
    return Attributes(
        form=chosen,
        colour=colour,
        material=material,
        setting=str(rng.choice(SETTINGS)),
        view=str(rng.choice(VIEWS, p=(0.3, 0.5, 0.2))),
        turn=str(rng.choice(TURNS)),
        light=str(rng.choice(LIGHTS)),
        mood=str(rng.choice(MOODS, p=(0.4, 0.12, 0.12, 0.12, 0.12, 0.12))),
        accent=accent,
    )
