"""Decoding pictures to be shown: bounded, upright, RGB; reduced while they are read where asked.

Everything here blocks and belongs in a thread (asyncio.to_thread).
"""

import warnings
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from maquette.core.errors import ImageError
from maquette.core.pixels import MAX_IMAGE_PIXELS
from maquette.provenance.colour_sources import in_srgb, profile_of

FORMATS = ("PNG", "JPEG", "WEBP", "AVIF", "TIFF", "BMP", "GIF")


def read_picture(file: str | Path | bytes, side: int = 0) -> Image.Image:
    """Decode an image file: mode RGB, sRGB, turned upright, transparency on white.

    Args:
        file: its path, or its content when it is no file.
        side: when above 0, the longer side is brought down to this many pixels (a thumbnail).

    Raises:
        ImageError: missing, too large (refused before decoding), damaged, or not a picture.
    """
    name = "The picture" if isinstance(file, bytes) else Path(file).name
    source = BytesIO(file) if isinstance(file, bytes) else file
    try:
        with warnings.catch_warnings():
            # Pillow warns below the size at which it refuses; the limit here is our own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)  # odd EXIF in an otherwise good file
            with Image.open(source, formats=FORMATS) as image:
                width, height = image.size
                if width * height > MAX_IMAGE_PIXELS:
                    raise ImageError(
                        f"{name} has {width} × {height} pixels, more than can be opened; "
                        "please make it smaller first."
                    )
                if side:
                    image.draft("RGB", (side, side))
                    image.thumbnail((side, side), Image.Resampling.LANCZOS)
                ImageOps.exif_transpose(image, in_place=True)
                profile = profile_of(image)
                if image.mode != "CMYK":
                    return in_srgb(_flat(image), profile)
                return _flat(in_srgb(image, profile))
    except ImageError:
        raise
    except FileNotFoundError:
        raise ImageError(f"{name} is no longer there; please choose another picture.") from None
    except Image.DecompressionBombError as error:
        raise ImageError(
            f"{name} has more pixels than can be opened; please make it smaller first.", str(error)
        ) from error
    except UnidentifiedImageError as error:
        raise ImageError(
            f"{name} is not a picture that can be opened; use PNG, JPEG, WebP, AVIF or TIFF.",
            str(error),
        ) from error
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        raise ImageError(
            f"{name} could not be opened; the file seems to be damaged.", str(error)
        ) from error


def frames_in(file: str | Path | bytes) -> int:
    """How many pictures a file has, of which `read_picture` gives the first; at least 1."""
    try:
        with Image.open(
            BytesIO(file) if isinstance(file, bytes) else file, formats=FORMATS
        ) as image:
            return int(getattr(image, "n_frames", 1))
    except Exception:  # decoders raise whatever a broken file makes them raise
        return 1


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        upper = image.convert("RGBA")
        ground = Image.new("RGBA", upper.size, "white")
        return Image.alpha_composite(ground, upper).convert("RGB")
    if image.mode == "RGB":
        image.load()  # the file is closed after this; a copy of it would be for nothing
        return image
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        return _in_bytes(image).convert("RGB")
    return image.convert("RGB")


def _in_bytes(image: Image.Image) -> Image.Image:
    """Grey of 16 bits, or of numbers, as grey of 8 bits; Pillow would cut everything at 255."""
    grey = np.nan_to_num(np.asarray(image, dtype=np.float32))
    largest = float(grey.max(initial=0.0))
    white = 65535.0 if largest > 255 or image.mode.startswith("I;16") else 255.0
    if image.mode == "F" and largest <= 1:
        white = 1.0
    return Image.fromarray((grey.clip(0, white) * (255 / white) + 0.5).astype(np.uint8))
