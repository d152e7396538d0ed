"""Uneven light, shadows and the paper's colour taken away: what is left is ink."""

import cv2
import numpy as np

from maquette.core.pixels import Pixels
from maquette.sketch.greys import Density, disc, reduced

_SMALL = 400  # pixels of the longer side at which the paper's brightness is estimated
_WIDEST = 1 / 22  # of the longer side: ink that is wider than this counts as paper
_LEAST = 8.0  # of 255: below this brightness there is no telling ink from shadow
_CHANNELS = (0.35, 0.4, 0.25)  # RGB: a camera's blue is its noisiest


def ink_density(image: Pixels) -> Density:
    """How much darker than its paper each place of an RGB image with dark lines is.

    The paper is what is left when a closing with a disc wider than any line fills the ink in, as
    in the removal of uneven light by dividing by the morphological background (Gonzalez and Woods,
    Digital Image Processing, section 9.6); the median that follows flattens what grain the closing
    lifted. Each channel is divided by its own, which balances white as well.
    """
    height, width = image.shape[:2]
    small = cv2.GaussianBlur(reduced(image[..., :3], _SMALL), (0, 0), 0.8)
    side = max(small.shape[:2])
    kernel = disc(round(side * _WIDEST))
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    paper = cv2.medianBlur(paper, max(5, round(side / 30) | 1))
    paper = np.maximum(cv2.GaussianBlur(paper, (0, 0), side / 120), _LEAST).astype(np.uint8)
    paper = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    density = np.zeros((height, width), np.float32)
    for index, share in enumerate(_CHANNELS):
        ratio = cv2.divide(
            image[..., index].astype(np.float32) + 2.0, paper[..., index].astype(np.float32) + 2.0
        )
        density -= share * np.asarray(cv2.log(np.minimum(ratio, 1.25)), np.float32)
    return density
