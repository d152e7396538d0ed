"""Strokes found in the density of ink: how much each place looks like a line, and which count."""

import cv2
import numpy as np

from maquette.sketch.greys import Density, reduced
from maquette.sketch.thinning import Mask

_UNIT = 2048  # pixels of the longer side that these widths are for
_WIDTHS = (1.6, 3.2, 6.4)  # standard deviations of the lines looked for
_FINEST = 0.8  # pixels
_CLEAR, _FAINT = 0.30, 0.016  # evidence that a line needs with detail 0 and 1
_SURE, _UNSURE = 9.0, 3.0  # times the noise, likewise
_GOES_ON = 0.42  # of that, where a line goes on
_LONG, _SHORT = 0.030, 0.006  # of the longer side: shorter pieces are specks, likewise
_AROUND = 0.008  # of the longer side: how far from a line its pale neighbourhood reaches
_PALE = 0.38  # of the darkest place around: paler ones are beside a line
_SOLID = 0.55  # density of what is ink however wide it is
_WIDE = 0.02  # of the longer side: wider ink is an area, whose outline is wanted


class Strokes:
    """The evidence for lines in one density of ink; `mask` is quick, building it is not."""

    def __init__(self, density: Density) -> None:
        self._evidence, self._noise = _evidence(density)
        smooth = cv2.GaussianBlur(density, (0, 0), max(0.6, max(density.shape) / _UNIT))
        around = max(5, round(max(density.shape) * _AROUND) | 1)
        darkest = cv2.dilate(smooth, np.ones((around, around), np.uint8))
        # Between two lines that are close the wider scales see a third one.
        self._evidence[smooth < _PALE * darkest] = 0
        self._solid = (smooth > _SOLID).astype(np.uint8)

    def mask(self, detail: float) -> Mask:
        """Where there are strokes that are at least as clear as `detail` (0 to 1) asks for.

        Hysteresis as Canny's (PAMI-8:679, 1986): a place that is clear enough counts, and so does
        a fainter one that is connected with it.
        """
        clear = max(
            _CLEAR * (_FAINT / _CLEAR) ** detail,
            self._noise * (_SURE * (_UNSURE / _SURE) ** detail),
        )
        faint = (self._evidence > _GOES_ON * clear).astype(np.uint8)
        faint |= self._solid
        side = max(faint.shape)
        length = side * (_LONG * (_SHORT / _LONG) ** detail)
        count, labels, sizes, _ = cv2.connectedComponentsWithStats(faint, connectivity=8)
        amounts = np.bincount(labels[(self._evidence > clear) | (self._solid > 0)], minlength=count)
        extents = np.hypot(sizes[:, cv2.CC_STAT_WIDTH], sizes[:, cv2.CC_STAT_HEIGHT])
        # A line has some length, and is clear along a good part of it.
        keep = (extents >= length) & (amounts >= 0.35 * extents) & (amounts > 0)
        keep[0] = False
        return _outlined(keep.astype(np.uint8)[labels], round(side * _WIDE))


def _evidence(density: Density) -> tuple[Density, float]:
    """How much each place looks like the middle of a dark line, and how much noise looks so.

    The larger eigenvalue of the Hessian at several scales, normalised by the scale squared
    (Lindeberg, "Edge detection and ridge detection with automatic scale selection", IJCV 30,
    1998). Noise makes light ridges as well as dark ones, so the light ones tell how much there is.
    """
    side = max(density.shape)
    evidence = np.zeros_like(density)
    noise = 0.0
    for width in _WIDTHS:
        sigma = max(_FINEST, width * side / _UNIT)
        plane = density
        if sigma > 2.4:  # as well at half the size, in a quarter of the time
            half = (max(1, density.shape[1] // 2), max(1, density.shape[0] // 2))
            plane, sigma = cv2.resize(density, half, interpolation=cv2.INTER_AREA), sigma / 2
        dark, light = _ridges(np.asarray(plane, np.float32), sigma)
        noise = max(noise, float(np.percentile(light[::5, ::5], 70)))
        if dark.shape != density.shape:
            dark = cv2.resize(dark, density.shape[::-1], interpolation=cv2.INTER_LINEAR)
        evidence = np.maximum(evidence, dark)
    return evidence, noise


def _ridges(plane: Density, sigma: float) -> tuple[Density, Density]:
    """Dark and light ridges of `plane` at one scale."""
    smooth = cv2.GaussianBlur(plane, (0, 0), sigma)
    xx = cv2.Sobel(smooth, cv2.CV_32F, 2, 0, ksize=3, scale=0.25)
    yy = cv2.Sobel(smooth, cv2.CV_32F, 0, 2, ksize=3, scale=0.25)
    xy = cv2.Sobel(smooth, cv2.CV_32F, 1, 1, ksize=3, scale=0.25)
    middle = (xx + yy) * 0.5
    spread = cv2.magnitude((xx - yy) * 0.5, xy)
    norm = np.float32(sigma * sigma)
    return (
        np.asarray(np.maximum(spread - middle, 0) * norm, np.float32),
        np.asarray(np.maximum(middle + spread, 0) * norm, np.float32),
    )


def _outlined(mask: Mask, wide: int) -> Mask:
    """`mask` with areas wider than `wide` pixels replaced by their outlines."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (wide | 1, wide | 1))
    small = reduced(mask * np.uint8(255), 1024)
    if cv2.countNonZero(cv2.erode(small, np.ones((max(3, wide // 2),) * 2, np.uint8))) == 0:
        return mask
    core = cv2.erode(mask, kernel)
    inside = cv2.erode(
        mask & np.asarray(cv2.dilate(core, kernel), np.uint8), np.ones((7, 7), np.uint8)
    )
    return mask & (1 - np.asarray(inside, np.uint8))
