"""Pixels: uint8 arrays of shape (height, width, channels), sRGB."""

import hashlib

import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
"""uint8, shape (height, width, 3) or (height, width, 4), sRGB, 0 to 255."""

MAX_IMAGE_PIXELS = 64 * 1024 * 1024
"""Images above this many pixels are refused before decoding (a decompression bomb guard)."""


def require_pixels(array: np.ndarray) -> Pixels:
    """Return `array` unchanged if it is Pixels.

    Raises:
        ValueError: wrong type, shape or number of channels.
    """
    if array.dtype != np.uint8 or array.ndim != 3 or array.shape[2] not in (3, 4):
        raise ValueError(f"not pixels: {array.dtype} {array.shape}")
    return array


def pixel_digest(pixels: Pixels) -> str:
    """The sha256 of the RGB bytes, hex: the same for every lossless file of the same picture."""
    return hashlib.sha256(pixels[..., :3].tobytes()).hexdigest()
