"""Control: an image that steers structure, as part of a recipe."""

import math
from enum import StrEnum

import msgspec

from maquette.core.errors import RecipeError
from maquette.core.model_ref import ModelRef

MAX_CONTROLS = 4
MAX_CONTROL_SCALE = 2.0
MAX_CONTROL_GUIDANCE = 5.0
MAX_OUTLINE = 1.0


class ControlKind(StrEnum):
    """What the pixels of a control image mean."""

    SKETCH = "sketch"  # dark lines on white paper, as people draw
    EDGES = "edges"  # every visible edge, as Canny finds them; dark on white
    DEPTH = "depth"  # near is bright
    NORMAL = "normal"  # surface normals as colours, x to the right, y up, z towards us
    COLOUR = "colour"  # flat colours: what is where


LINES = frozenset({ControlKind.SKETCH, ControlKind.EDGES})
"""What lines can be shown as; a model that takes the one may be shown the other."""


class Control(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One image that steers structure.

    `digest` is the sha256 of its RGB bytes at the recipe's size. `scale` is how much of the
    control network's answer is added, 0 to MAX_CONTROL_SCALE; `begin` and `end` are the share of
    the steps between which it is. `guidance` leads away from the picture without control as the
    guidance scale leads away from the negative prompt (arXiv:2211.09800, section 3.2.1): 1 adds
    nothing. `outline` is how far each step's estimate is drawn to the lines themselves, in standard
    deviations of the latents, 0 to MAX_OUTLINE (worker/outline_guidance.py): 0 is not at all.
    `weights` is the digest of a grey map of the recipe's size (as RGB) that the answer is
    multiplied by, white for all of it, "" for white everywhere. `model` is the control network,
    None for the model's own. `follow` is the slider that the numbers came from, 0 to 100, -1 if
    somebody set them one by one. `record` is the record id where the image is one of ours.
    """

    kind: ControlKind
    digest: str
    scale: float = 1.0
    begin: float = 0.0
    end: float = 1.0
    guidance: float = 1.0
    outline: float = 0.0
    weights: str = ""
    model: ModelRef | None = None
    follow: int = -1
    record: str = ""


class Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """What stays of the start image: a locked region.

    `digest` names a grey map of the recipe's size (as RGB), white where the picture stays as it
    is; the edge between is softened over `feather` pixels.
    """

    digest: str
    feather: int = 8


def check_control(control: Control) -> None:
    """Raise RecipeError, naming the field, if a value of `control` is out of range."""
    for field, value, least, most in (
        ("scale", control.scale, 0.0, MAX_CONTROL_SCALE),
        ("begin", control.begin, 0.0, 1.0),
        ("end", control.end, 0.0, 1.0),
        ("guidance", control.guidance, 0.0, MAX_CONTROL_GUIDANCE),
        ("outline", control.outline, 0.0, MAX_OUTLINE),
    ):
        if not (math.isfinite(value) and least <= value <= most):
            raise RecipeError(
                f"The {field} of a control must be a number between {least:g} and {most:g}, "
                f"not {value}.",
                "controls",
            )
    if control.begin > control.end:
        raise RecipeError("A control must begin before it ends.", "controls")
