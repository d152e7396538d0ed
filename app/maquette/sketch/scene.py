"""The edges of things in a photo or a render, as thin lines."""

import cv2
import numpy as np

from maquette.core.pixels import Pixels
from maquette.sketch.greys import reduced
from maquette.sketch.thinning import Mask

_SIDE = 1024  # pixels of the longer side at which edges are looked for
_SMOOTH = (2.6, 0.9)  # standard deviation in pixels, with detail 0 and 1
_STEEP = (170.0, 34.0)  # gradient (Sobel, of 255) that an edge needs, likewise
_GOES_ON = 0.4  # of that, where an edge goes on
_LENGTH = (0.08, 0.015)  # of the longer side: shorter edges are texture, likewise


def edge_lines(image: Pixels, detail: float) -> Mask:
    """Where RGB things end, as lines of about one pixel, at most _SIDE pixels long.

    Canny's edges (PAMI-8:679, 1986) on the gradient of the channel that changes most (Di Zenzo,
    CVGIP 33:116, 1986), after a bilateral filter (Tomasi and Manduchi, ICCV 1998) that wipes out
    texture and keeps edges. Pieces that are short for the asked `detail` (0 to 1) are left out.
    """
    small = reduced(image[..., :3], _SIDE)
    side = max(small.shape[:2])
    smooth = cv2.bilateralFilter(small, 7, 30 + 30 * (1 - detail), 4)
    smooth = cv2.GaussianBlur(smooth, (0, 0), _between(_SMOOTH, detail))
    across, down = cv2.Sobel(smooth, cv2.CV_16S, 1, 0), cv2.Sobel(smooth, cv2.CV_16S, 0, 1)
    steepness = np.hypot(across.astype(np.float32), down.astype(np.float32))
    channel = steepness.argmax(axis=2)[..., None]
    across, down = (
        np.take_along_axis(np.asarray(slopes), channel, axis=2)[..., 0] for slopes in (across, down)
    )
    steep = _between(_STEEP, detail)
    found = cv2.Canny(across, down, _GOES_ON * steep, steep, L2gradient=True)
    mask = (np.asarray(found, np.uint8) > 0).astype(np.uint8)
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _count, labels, sizes, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    extents = np.hypot(sizes[:, cv2.CC_STAT_WIDTH], sizes[:, cv2.CC_STAT_HEIGHT])
    keep = extents >= side * _between(_LENGTH, detail)
    keep[0] = False
    return keep.astype(np.uint8)[labels]


def _between(ends: tuple[float, float], share: float) -> float:
    """From the first to the second, evenly on a logarithmic scale."""
    return float(ends[0] * (ends[1] / ends[0]) ** share)
