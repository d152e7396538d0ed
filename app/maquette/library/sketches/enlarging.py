"""A sketch of a recipe's size made as large as paper that says the same to a model."""

import numpy as np
from PIL import Image

from maquette.core.pixels import Pixels
from maquette.library.sketches.flattening import line_ink

ROUNDS = 12
"""In which what enlarging changed is taken back; most squares agree after three."""


def enlarged(sketch: Pixels, factor: int) -> Pixels:
    """`sketch` (height, width, 3), grey, `factor` times as large, with smooth lines.

    Scaled down as drawings are flattened for a model it is the same pixel for pixel. Squares that
    smooth lines cannot say are of one grey.
    """
    grey = np.ascontiguousarray(sketch.min(axis=2))
    if factor == 1:
        return np.repeat(grey[..., None], 3, axis=2)
    height, width = grey.shape
    size = (width * factor, height * factor)
    smooth = Image.fromarray(grey).resize(size, Image.Resampling.BICUBIC)
    wanted = 255.0 - grey
    ink = 255.0 - np.asarray(smooth, np.float32).reshape(height, factor, width, factor)
    for _ in range(ROUNDS):
        missing = wanted - _said(ink)
        ink = np.clip(ink + missing[:, None, :, None], 0, 255)
    ink = np.rint(ink)
    off = np.abs(wanted - _said(ink)) > 0.45
    ink = np.where(off[:, None, :, None], wanted[:, None, :, None], ink)
    large = (255 - ink.reshape(height * factor, width * factor)).astype(np.uint8)
    return np.repeat(large[..., None], 3, axis=2)


def _said(ink: np.ndarray) -> np.ndarray:
    """What flattening makes of each square of `ink` (height, factor, width, factor)."""
    return line_ink(ink.max(axis=(1, 3)), ink.mean(axis=(1, 3)))
