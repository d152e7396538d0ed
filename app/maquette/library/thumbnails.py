"""Small copies of pictures, for lists; they can be made again at any time."""

import io
from pathlib import Path

from PIL import Image

from maquette.core.files import write_atomically
from maquette.core.pixels import Pixels

LONG_SIDE = 320  # pixels
_QUALITY = 82


def thumbnail_path(folder: Path, digest: str) -> Path:
    """Where the thumbnail of the picture with this pixel digest (hex) is, or would be."""
    return folder / digest[:2] / f"{digest}.webp"


def write_thumbnail(folder: Path, digest: str, pixels: Pixels) -> Path:
    """Write the WebP thumbnail of `pixels` (height, width, 3), LONG_SIDE at most, and return where.

    Raises:
        OSError: it could not be written; nothing is left behind.
    """
    path = thumbnail_path(folder, digest)
    small = Image.fromarray(pixels)
    small.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    small.save(buffer, "WEBP", quality=_QUALITY)
    write_atomically(path, buffer.getvalue())
    return path
