"""What comes with a request: start image and control images, checked before anything uses them."""

from collections.abc import Sequence

import msgspec
import numpy as np

from maquette.core.errors import ImageError
from maquette.core.pixels import MAX_IMAGE_PIXELS, Pixels
from maquette.core.recipe import Recipe, recipe_images
from maquette.core.start import Start
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import Blob, Generate, Live


class Sources(msgspec.Struct, frozen=True, eq=False):
    """What a picture is made from: the start image, and what the recipe names beside by digest."""

    start: Start | None = None
    images: dict[str, Pixels] = {}


def sources_of(request: Generate | Live, blobs: Sequence[Bytes]) -> Sources:
    """The start image and the images of `request`, RGB pixels of the recipe's size.

    Raises:
        ImageError: one is missing, or its blob does not hold such pixels.
    """
    named = recipe_images(request.recipe)
    pixels = [_pixels(blob, blobs, request.recipe) for blob in request.images]
    images = {d: p for d, p in zip(named, pixels, strict=False) if p is not None}
    if len(images) != len(named) or len(pixels) != len(named):
        raise ImageError(
            "An image of this picture is missing or of another size; please choose it again."
        )
    return Sources(_start_of(request, blobs), images)


def _start_of(request: Generate | Live, blobs: Sequence[Bytes]) -> Start | None:
    recipe = request.recipe
    if request.start is None and recipe.start is None:
        return None
    pixels = _pixels(request.start, blobs, recipe)
    if recipe.start is None or pixels is None:
        raise ImageError(
            "The start image does not have the size of the picture to be made; "
            "please choose it again."
        )
    file = request.start_file if isinstance(request, Generate) else None
    if file is None or not 0 <= file.index < len(blobs):
        return Start(pixels)
    return Start(pixels, bytes(blobs[file.index]))


def _pixels(blob: Blob | None, blobs: Sequence[Bytes], recipe: Recipe) -> Pixels | None:
    """The RGB pixels of the recipe's size that `blob` names; None if there are none."""
    shape = (recipe.height, recipe.width, 3)
    if (
        blob is None
        or blob.shape != shape
        or not 0 <= blob.index < len(blobs)
        or min(shape) < 1
        or recipe.height * recipe.width > MAX_IMAGE_PIXELS
        or memoryview(blobs[blob.index]).nbytes != recipe.height * recipe.width * 3
    ):
        return None
    return np.frombuffer(blobs[blob.index], dtype=np.uint8).reshape(shape)
