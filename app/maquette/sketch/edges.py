"""Edges of a picture, found without learning, to compare with the sketch that it follows.

Canny's detector (A Computational Approach to Edge Detection, 1986) on the colour gradient of
Di Zenzo (A note on the gradient of a multi-image, 1986) in CIELAB, where equal distances look about
equally different. An edge counts as strong only where it stands out from its surroundings, since
grain and weave are no lines: the surround inhibition of Grigorescu, Petkov and Westenberg
(Contour detection based on nonclassical receptive field inhibition, 2003).
"""

from typing import Final

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from maquette.core.pixels import Pixels

Field = npt.NDArray[np.float32]
"""float32 (H, W)."""
Where = npt.NDArray[np.bool_]
"""bool (H, W)."""

_INNER, _OUTER = 9, 21  # sides of the square ring that is called surroundings, in pixels
_STEPS = 32.0  # per unit of strength, for Canny's whole numbers


class Detector(msgspec.Struct, frozen=True):
    """What counts as an edge; chosen by `benchmarks/fidelity.py`.

    `sigma` is that of the Gaussian before the derivatives, in pixels. `faint` is the strength at
    which a visible edge goes on and the one at which it begins, in CIELAB units per pixel; `strong`
    is the same after `inhibition` times the mean strength of the surroundings was taken away.
    """

    sigma: float = 0.8
    faint: tuple[float, float] = (1.5, 4.0)
    strong: tuple[float, float] = (3.0, 6.0)
    inhibition: float = 1.5


DETECTOR: Final = Detector()


class Edges(msgspec.Struct, frozen=True, eq=False):
    """`faint` has every visible edge, `strong` those that stand out, both one pixel wide.

    `strength` is what is left of the gradient after inhibition. `along` and `across` are the cosine
    and the sine of twice the gradient's angle, so that opposite directions are the same.
    """

    faint: Where
    strong: Where
    strength: Field
    along: Field
    across: Field


def find_edges(picture: Pixels, detector: Detector = DETECTOR) -> Edges:
    """The edges of an RGB picture of about 256 by 256 pixels, for which the numbers hold."""
    lab = cv2.cvtColor(picture[..., :3].astype(np.float32) / 255, cv2.COLOR_RGB2Lab)
    lab = cv2.GaussianBlur(lab, (0, 0), detector.sigma, borderType=cv2.BORDER_REPLICATE)
    dx, dy = (
        np.asarray(
            cv2.Sobel(lab, cv2.CV_32F, *order, ksize=1, scale=0.5, borderType=cv2.BORDER_REPLICATE),
            np.float32,
        )
        for order in ((1, 0), (0, 1))
    )
    difference = np.einsum("hwc,hwc->hw", dx, dx) - np.einsum("hwc,hwc->hw", dy, dy)
    energy = np.einsum("hwc,hwc->hw", dx, dx) + np.einsum("hwc,hwc->hw", dy, dy)
    mixed = 2 * np.einsum("hwc,hwc->hw", dx, dy)
    spread = np.hypot(difference, mixed)
    gradient = np.sqrt(np.maximum(energy + spread, 0) / 2)
    along = np.divide(difference, spread, out=np.ones_like(spread), where=spread > 0)
    across = np.divide(mixed, spread, out=np.zeros_like(spread), where=spread > 0)
    inhibited = np.maximum(gradient - detector.inhibition * _surroundings(gradient), 0)
    return Edges(
        faint=_canny(gradient, along, across, detector.faint),
        strong=_canny(inhibited, along, across, detector.strong),
        strength=inhibited,
        along=along,
        across=across,
    )


def _surroundings(gradient: Field) -> Field:
    """The mean of the ring around each pixel."""
    outer, inner = (
        np.asarray(
            cv2.boxFilter(
                gradient, -1, (side, side), normalize=False, borderType=cv2.BORDER_REPLICATE
            ),
            np.float32,
        )
        for side in (_OUTER, _INNER)
    )
    return (outer - inner) / np.float32(_OUTER**2 - _INNER**2)


def _canny(strength: Field, along: Field, across: Field, limits: tuple[float, float]) -> Where:
    # From twice the angle to the angle, without trigonometry.
    x = strength * np.sqrt(np.maximum((1 + along) / 2, 0))
    y = strength * np.copysign(np.sqrt(np.maximum((1 - along) / 2, 0)), across)
    dx, dy = (np.clip(np.rint(part * _STEPS), -32767, 32767).astype(np.int16) for part in (x, y))
    low, high = (limit * _STEPS for limit in limits)
    return np.asarray(cv2.Canny(dx, dy, low, high, L2gradient=True)) > 0
