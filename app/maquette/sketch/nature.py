"""What kind of image it is: clean lines, a photo of paper, or a picture of things."""

import cv2
import numpy as np

from maquette.core.cleanup import ImageNature
from maquette.core.pixels import Pixels
from maquette.sketch.greys import disc, luminance, reduced

_SIDE = 320  # pixels of the longer side at which it is judged
_FLAT = 6  # of 255: how far from the commonest grey the ground of a clean drawing is
_GROUND = 0.55  # share of a clean drawing that is ground
_STEP = 0.10  # logarithm of brightness between neighbours: no shadow on paper is so sharp
_THINGS = 0.025  # share of such steps in what is left when lines are filled in


def nature_of(image: Pixels, *, light_on_dark: bool) -> ImageNature:
    """Judge RGB pixels, cut to the paper where one was found.

    A clean drawing is mostly of one grey. On paper, what is left when thin lines are filled in (a
    closing, wider than lines) changes smoothly, as light does; in a picture of things it has the
    steps between them.
    """
    grey = luminance(reduced(image[..., :3], _SIDE))
    if light_on_dark:
        grey = 255 - grey
    counts = np.bincount(grey.ravel(), minlength=256)
    mode = int(cv2.blur(counts.astype(np.float32)[None], (3, 1)).argmax())
    ground = counts[max(0, mode - _FLAT) : mode + _FLAT + 1].sum() / grey.size
    if ground >= _GROUND and (mode >= 245 or mode <= 10 or ground >= 0.8):
        return ImageNature.DRAWING
    paper = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, disc(round(_SIDE / 26)))
    light = np.log(cv2.GaussianBlur(paper, (0, 0), 1.2).astype(np.float32) + 8)
    border = 8
    inner = light[border:-border, border:-border]
    if min(inner.shape) < 2:
        return ImageNature.PAPER
    steps = np.maximum(np.abs(np.diff(inner, axis=0))[:, :-1], np.abs(np.diff(inner, axis=1))[:-1])
    return ImageNature.SCENE if float((steps > _STEP).mean()) > _THINGS else ImageNature.PAPER
