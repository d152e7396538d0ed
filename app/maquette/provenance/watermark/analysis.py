"""From a picture's luma to the whitened spectrum in which the mark is read.

What hides the mark is the picture itself. First a bilateral filter predicts each pixel from its
neighbours of like brightness; what is left of text and line art is then almost the mark alone (on
text this reads ten times as well as subtracting a plain blur, see docs/watermark.md). The rest is
divided by its local strength, so that calm areas count more, and the spectrum by its local
magnitude, so that no frequency drowns the others.
"""

from collections.abc import Sequence

import msgspec
import numpy as np
import numpy.typing as npt

from maquette.provenance.watermark.arrays import Arrays, Plane
from maquette.provenance.watermark.lattice import Complex

LARGEST = 512
"""Short side (px) to which larger pictures are reduced before anything else."""
_FLOOR = 1.0  # levels; fainter structure than this is not amplified
_AREA = 4.5  # px, sigma of "local"
_LEAST_SPREAD, _MOST_SPREAD = 12.0, 60.0  # levels
_MEAN_OF_RAYLEIGH = 0.8862  # of magnitudes whose mean square is 1
_GOOD_FACTORS = (2, 3, 5)


class Spectrum(msgspec.Struct, frozen=True):
    """A whitened spectrum: noise has mean square 1 at each frequency.

    `values` are those of a real transform of (`height`, `width`) samples; `short` is the short
    side of the picture as it was analysed, in px.
    """

    values: Plane
    height: int
    width: int
    short: int

    def at(
        self,
        arrays: Arrays,
        across: npt.NDArray[np.floating],
        down: npt.NDArray[np.floating],
    ) -> Complex:
        """The values at frequencies in cycles per px of the analysed picture."""
        negative = across < 0
        flipped = np.where(negative, -1, 1)
        values = arrays.sample(
            self.values, down * flipped * self.height, across * flipped * self.width
        )
        return np.where(negative, values.conj(), values)


def residual(arrays: Arrays, luma: Plane) -> Plane:
    """What the neighbours of each pixel do not explain, in units of its local strength.

    Shape as `luma`, or reduced to a short side of LARGEST.
    """
    luma = _reduced(arrays, luma, LARGEST)
    # How rough the finest structure is decides what counts as an edge and what as grain.
    steps = luma[1:-1:2, 1:-1:2] * 4 - luma[:-2:2, 1:-1:2] - luma[2::2, 1:-1:2]
    steps = steps - luma[1:-1:2, :-2:2] - luma[1:-1:2, 2::2]
    roughness = arrays.median(arrays.magnitude(steps))
    spread = min(max(15 + (roughness - 6) * 1.2, _LEAST_SPREAD), _MOST_SPREAD)
    left = luma - arrays.smoothed(luma, spread)
    return left / (arrays.blurred(left * left, _AREA) + _FLOOR**2) ** 0.5


def whitened(arrays: Arrays, left: Plane, short: int, padding: float) -> Spectrum:
    """The spectrum of a residual, analysed at a short side of at most `short` px.

    `padding` (1 or more) is how much finer than the picture's own the frequencies are sampled.
    """
    plane = _reduced(arrays, left, short)
    height, width = (_fast(int(side * padding)) for side in plane.shape)
    neighbours = int(4.5 * padding) | 1
    values = arrays.spectrum(plane, height, width, neighbours) * _MEAN_OF_RAYLEIGH
    return Spectrum(values, height, width, min(plane.shape))


def _reduced(arrays: Arrays, plane: Plane, short: int) -> Plane:
    shape: Sequence[int] = plane.shape
    if min(shape) <= short:
        return plane
    height, width = (round(side * short / min(shape)) for side in shape)
    return arrays.shrunk(plane, height, width)


def _fast(count: int) -> int:
    """The next even number whose only factors are 2, 3 and 5, which transform fast."""
    while True:
        rest = count
        for factor in _GOOD_FACTORS:
            while rest % factor == 0:
                rest //= factor
        if rest == 1 and count % 2 == 0:
            return count
        count += 1
