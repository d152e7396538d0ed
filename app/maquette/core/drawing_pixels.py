"""LayerPixels: what is on one layer, in an array that the brush paints into."""

import numpy as np

from maquette.core.tiles import CHANNELS, Sheet


class LayerPixels:
    """`array` is (height, width, 4) uint8, the memory of QImage.Format_ARGB32_Premultiplied.

    On a big-endian machine Qt would have the bytes the other way round; there is none that it runs
    on. The array is never replaced while the layer has its size, so that a QImage may wrap it. The
    system gives it memory where it is first painted on. `version` grows with each change.
    """

    __slots__ = ("array", "version")

    def __init__(self, width: int, height: int) -> None:
        self.array: Sheet = np.zeros((height, width, CHANNELS), np.uint8)
        self.version = 0

    @classmethod
    def of(cls, sheet: Sheet) -> "LayerPixels":
        """With that array, which must be contiguous, as its own."""
        pixels = cls.__new__(cls)
        pixels.array, pixels.version = sheet, 0
        return pixels
