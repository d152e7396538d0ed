"""Pixels of pictures that people drop, and fitting them to a recipe's size.

Everything here blocks and belongs in a thread (asyncio.to_thread).
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from maquette.core.pixels import Pixels
from maquette.provenance.pictures import read_picture

PATTERNS = ("*.png", "*.jpg", "*.jpeg", "*.webp", "*.avif", "*.tif", "*.tiff", "*.bmp", "*.gif")


def read_pixels(file: str | Path | bytes) -> Pixels:
    """The pixels of `read_picture`. Raises ImageError as that does."""
    return np.array(read_picture(file), dtype=np.uint8)


def fit_pixels(pixels: Pixels, width: int, height: int) -> Pixels:
    """Scale and crop `pixels` around the centre to exactly `width` × `height`, RGB."""
    image = Image.fromarray(pixels[:, :, :3])
    fitted = ImageOps.fit(image, (width, height), Image.Resampling.LANCZOS)
    return np.array(fitted, dtype=np.uint8)


def enlarge_preview(pixels: Pixels, longest: int = 384) -> Pixels:
    """A small preview scaled up smoothly (bicubic) so that its longer side is `longest`.

    Previews are one pixel per latent cell or a little more; shown as they are they look like tiles.
    """
    height, width = pixels.shape[:2]
    factor = longest / max(height, width)
    if factor <= 1:
        return pixels
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    image = Image.fromarray(pixels[:, :, :3]).resize(size, Image.Resampling.BICUBIC)
    return np.array(image, dtype=np.uint8)
