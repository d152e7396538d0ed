"""Decoding pictures to be shown: bounded, upright, RGB; reduced while they are read where asked.

Everything here blocks and belongs in a thread (asyncio.to_thread).
"""

import warnings
from io import BytesIO
from pathlib import Path

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
    except (UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ImageError(
            f"{name} is not a picture that can be opened; use PNG, JPEG, WebP, AVIF or TIFF.",
            str(error),
        ) from error
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        raise ImageError(
            f"{name} could not be opened; the file seems to be damaged.", str(error)
        ) from error


def _flat(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        upper = image.convert("RGBA")
        ground = Image.new("RGBA", upper.size, "white")
        return Image.alpha_composite(ground, upper).convert("RGB")
    if image.mode == "RGB":
        image.load()  # the file is closed after this; a copy of it would be for nothing
        return image
    return image.convert("RGB")
