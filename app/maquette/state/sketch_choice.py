"""What the Sketch panel holds: how far and by what means the drawing steers the picture."""

import msgspec

from maquette.core.control import ControlKind
from maquette.core.follow import DEFAULT_FOLLOW, FollowParts


class ExtraControl(msgspec.Struct, frozen=True, kw_only=True):
    """One more image that steers beside the sketch.

    `path` is its file; "" takes the colour layers of the drawing, which only `kind` COLOUR may.
    `scale` is how much it counts, 0 to MAX_CONTROL_SCALE. `model` is the id of the control model,
    "" for the first one that fits.
    """

    kind: ControlKind
    path: str = ""
    scale: float = 0.6
    model: str = ""


class SketchChoice(msgspec.Struct, frozen=True, kw_only=True):
    """How the drawing steers.

    `used` switches all of it; `follow` is the slider, 0 to 100. `parts` are the numbers behind it
    where somebody set them by hand, None while they follow the slider. `kind` says what the lines
    are to the model, `model` is the id of the control model ("" for the model's own, or the first
    one that fits). `keep_region` lets what the lock layers cover stay of the start picture.
    Pictures whose fidelity is below `at_least` (0 to 1, 0 asks for nothing) are tried again with
    other seeds, `tries` times in all. `looks` are finishes in the designer's own words.
    """

    used: bool = False
    follow: int = DEFAULT_FOLLOW
    parts: FollowParts | None = None
    kind: ControlKind = ControlKind.SKETCH
    model: str = ""
    extras: tuple[ExtraControl, ...] = ()
    keep_region: bool = True
    at_least: float = 0.0
    tries: int = 4
    looks: tuple[str, ...] = ()
    live: bool = False
    advanced_open: bool = False
