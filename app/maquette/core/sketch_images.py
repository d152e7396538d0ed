"""SketchImages: what a drawing says to the model, at the size of a recipe."""

import msgspec

from maquette.core.pixels import Pixels
from maquette.core.rect import Rect

LOOSE = 0.6  # weight of lines that need not be followed exactly, where others must


class SketchImages(msgspec.Struct, frozen=True, eq=False):
    """All arrays are (height, width, 3) uint8 of the recipe's size.

    `sketch` has dark lines on white. `weights` is 255 on and around the lines of KEEP layers and
    255 * LOOSE elsewhere; None if there are none. `colours` are those of COLOUR layers on white,
    `lock` is 255 where something is painted on a LOCK layer; None if there is nothing. `ink` is
    the share of `sketch` that is dark, 0 to 1. `placed` is where on the recipe the drawing is,
    whose aspect is kept; what is around it is blank paper.
    """

    sketch: Pixels
    weights: Pixels | None
    colours: Pixels | None
    lock: Pixels | None
    ink: float
    placed: Rect
