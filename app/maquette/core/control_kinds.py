"""What control models are trained on, told from their names; and what a family is called."""

import re
from enum import StrEnum

from maquette.core.control import LINES, ControlKind
from maquette.core.model_info import ModelFamily


class ControlHint(StrEnum):
    """How the images were drawn that a control model learned from."""

    DRAWN = "drawn"  # dark lines on white paper: the built-in model's
    SCRIBBLE = "scribble"  # white lines on black, of any width
    LINEART = "lineart"  # white lines on black, fine
    SOFT_EDGES = "soft-edges"  # white on black, soft (HED, PiDiNet)
    CANNY = "canny"  # white on black, one pixel wide
    DEPTH = "depth"  # near is bright
    NORMAL = "normal"  # red to the right, as ours
    NORMAL_LEFT = "normal-left"  # red to the left (NormalBae, ScanNet's convention)
    COLOUR = "colour"  # flat colours in large squares


_HINTS = (
    (re.compile("normal_?bae|v11p?_.*normal"), ControlHint.NORMAL_LEFT),
    (re.compile("normal"), ControlHint.NORMAL),
    (re.compile("depth|midas|zoe|leres"), ControlHint.DEPTH),
    (re.compile("colou?r|palette"), ControlHint.COLOUR),
    (re.compile("line-?_?art|manga_?line"), ControlHint.LINEART),
    (re.compile("scribble|sketch"), ControlHint.SCRIBBLE),
    (re.compile("soft-?_?edge|hed(?![a-z])|pidi"), ControlHint.SOFT_EDGES),
    (re.compile("canny|mlsd"), ControlHint.CANNY),
)
"""The first that a name in small letters holds, by the names their makers gave them."""

_KINDS = {
    ControlHint.CANNY: ControlKind.EDGES,
    ControlHint.DEPTH: ControlKind.DEPTH,
    ControlHint.NORMAL: ControlKind.NORMAL,
    ControlHint.NORMAL_LEFT: ControlKind.NORMAL,
    ControlHint.COLOUR: ControlKind.COLOUR,
}
_USUAL = {
    ControlKind.SKETCH: ControlHint.SCRIBBLE,
    ControlKind.EDGES: ControlHint.CANNY,
    ControlKind.DEPTH: ControlHint.DEPTH,
    ControlKind.NORMAL: ControlHint.NORMAL,
    ControlKind.COLOUR: ControlHint.COLOUR,
}

FAMILY_WORDS = {
    ModelFamily.MINI: "the built-in model",
    ModelFamily.SD1: "Stable Diffusion 1.x",
    ModelFamily.SD2: "Stable Diffusion 2.x",
    ModelFamily.SDXL: "SDXL",
}


def guess_hint(*names: str) -> ControlHint:
    """What the first of `names` that says anything says; scribbles where none does."""
    for name in names:
        for pattern, hint in _HINTS:
            if pattern.search(name.lower()):
                return hint
    return ControlHint.SCRIBBLE


def kind_of(hint: ControlHint) -> ControlKind:
    """Which of our images a model that was trained so takes."""
    return _KINDS.get(hint, ControlKind.SKETCH)


def hint_for(kind: ControlKind, guessed: ControlHint) -> ControlHint:
    """How an image of `kind` is drawn for a model of which `guessed` was told.

    The kind is the user's word. Lines are lines: a model for edges may be shown a sketch.
    """
    same = kind_of(guessed)
    if same is kind or {same, kind} <= LINES:
        return guessed
    return _USUAL[kind]


def takes(kind: ControlKind, image: ControlKind) -> bool:
    """Whether a model set down as `kind` may be shown an image of the kind `image`."""
    return kind is image or {kind, image} <= LINES
