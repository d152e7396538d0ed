"""Greys of an image in which ink of any colour is dark, and what polarity it has."""

import cv2
import numpy as np
import numpy.typing as npt

from maquette.core.pixels import Pixels

Grey = npt.NDArray[np.uint8]
"""uint8 (H, W), 0 black to 255 white."""
Density = npt.NDArray[np.float32]
"""float32 (H, W): how much darker than the paper, as a natural logarithm; 0 where it is bare."""

_FINE = 1 / 70  # of the longer side: wider than a pen's line, narrower than what lines enclose
_SMALL = 512  # pixels of the longer side at which polarity is judged
_CLEARLY = 20  # of 255: contrast that counts as a line
_DARK_GROUND = 110  # of 255: below this median the ground may be a blackboard


def reduced(image: npt.NDArray[np.uint8], side: int) -> npt.NDArray[np.uint8]:
    """`image` with a longer side of at most `side` pixels, averaged by area."""
    height, width = image.shape[:2]
    factor = side / max(height, width)
    if factor >= 1:
        return image
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def luminance(image: Pixels) -> Grey:
    """Luma of RGB pixels (ITU-R BT.601)."""
    return np.asarray(cv2.cvtColor(image[..., :3], cv2.COLOR_RGB2GRAY), np.uint8)


def disc(diameter: int) -> npt.NDArray[np.uint8]:
    """A round structuring element; `diameter` is made odd."""
    side = max(3, diameter | 1)
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def is_light_on_dark(image: Pixels) -> bool:
    """Whether the lines are lighter than their ground, as chalk is.

    Compares what a closing fills in (thin dark things) with what an opening takes away (thin light
    things): the black and the white top-hat, Serra, Image Analysis and Mathematical Morphology,
    1982. On a light ground the lines are dark unless nearly nothing dark is there.
    """
    grey = reduced(luminance(image), _SMALL)
    kernel = disc(round(max(grey.shape) * _FINE) + 4)
    dark = cv2.morphologyEx(grey, cv2.MORPH_BLACKHAT, kernel)
    light = cv2.morphologyEx(grey, cv2.MORPH_TOPHAT, kernel)
    amounts = [float(hat[hat >= _CLEARLY].sum()) for hat in (dark, light)]
    is_dark_ground = float(np.median(grey)) < _DARK_GROUND
    return amounts[1] > amounts[0] * (0.8 if is_dark_ground else 4.0) and amounts[1] > 0
