"""Showing control images to networks that learned from other drawings than ours.

What each hint means, and where that is said:

- SCRIBBLE, LINEART: white lines on black. ControlNet 1.1's annotators give the drawn lines of a
  sketch inverted (github.com/lllyasviel/ControlNet-v1-1-nightly, "scribble", "lineart"); xinsir's
  scribble and TencentARC's sketch networks take "white outlines on a black background" (their
  model cards).
- SOFT_EDGES: the soft white edges of HED and PiDiNet on black (the same page, "softedge").
- CANNY: white lines one pixel wide on black, as cv2.Canny draws (arXiv:2302.05543, section 4).
- NORMAL_LEFT: NormalBae in ScanNet's convention, "blue is front, red is left, green is top" (the
  same page, "normalbae"); our red is to the right.
- COLOUR: T2I-Adapter's spatial palette, the picture in squares of 64 pixels (arXiv:2302.08453,
  section 4.1; github.com/TencentARC/T2I-Adapter, "color").
- DRAWN, DEPTH, NORMAL: as they are.
"""

from functools import partial

import cv2
import numpy as np
import numpy.typing as npt

from maquette.core.control import ControlKind
from maquette.core.control_kinds import ControlHint, hint_for
from maquette.core.pixels import Pixels
from maquette.sketch.thinning import thin
from maquette.worker.control_network import Shown, shown_as_it_is

Shades = npt.NDArray[np.float32]
"""float32 (H, W) or (H, W, channels), 0 to 1."""

_INK = 0.35  # darkness from which a pixel belongs to a line when lines are made thin
_SOFT = 1.5  # pixels: standard deviation of the blur that makes a line look like a soft edge
_SQUARE = 64


def shown_to(hint: ControlHint, channels: int) -> Shown:
    """How a network of `channels` input channels (3, or 1 for grey) that learned from `hint` is
    shown our images."""
    return partial(_show, hint, channels)


def _show(guessed: ControlHint, channels: int, pixels: Pixels, kind: ControlKind) -> Shades:
    image = shown_as_it_is(pixels, kind)
    match hint_for(kind, guessed):
        case ControlHint.SCRIBBLE | ControlHint.LINEART:
            image = 1 - image
        case ControlHint.SOFT_EDGES:
            image = _softened(1 - _grey(image))
        case ControlHint.CANNY:
            image = _thinned(1 - _grey(image))
        case ControlHint.NORMAL_LEFT:
            image = image.copy()
            image[..., 0] = 1 - image[..., 0]
        case ControlHint.COLOUR:
            image = _squares(image)
        case ControlHint.DRAWN | ControlHint.DEPTH | ControlHint.NORMAL:
            pass
    if channels == 1:
        return _grey(image)[..., None]
    return np.repeat(image[..., None], channels, axis=2) if image.ndim == 2 else image


def _grey(image: Shades) -> Shades:
    return image if image.ndim == 2 else image.mean(axis=2, dtype=np.float32)


def _thinned(ink: Shades) -> Shades:
    """The middle of each line, one pixel wide; `ink` is 1 where it is black."""
    return thin((ink >= _INK).astype(np.uint8)).astype(np.float32)


def _softened(ink: Shades) -> Shades:
    """Lines with a soft border, at their own strength."""
    blurred = cv2.GaussianBlur(ink, (0, 0), _SOFT)
    most = float(blurred.max())
    return np.asarray(blurred * (float(ink.max()) / most) if most > 0 else blurred, np.float32)


def _squares(image: Shades) -> Shades:
    """The picture as squares of one colour each."""
    height, width = image.shape[:2]
    small = max(1, round(width / _SQUARE)), max(1, round(height / _SQUARE))
    means = cv2.resize(image, small, interpolation=cv2.INTER_AREA)
    return np.asarray(
        cv2.resize(means, (width, height), interpolation=cv2.INTER_NEAREST), np.float32
    )
