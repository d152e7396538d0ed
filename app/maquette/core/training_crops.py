"""Which part of a picture is learned from: the chosen crop, brought to a shape of the model's."""

import math

from maquette.core.model_info import ModelInfo
from maquette.core.training import CropBox

_MULTIPLE = 64  # pixels; whole latent cells in all levels of every UNet


def sizes_for(model: ModelInfo, side: int) -> tuple[tuple[int, int], ...]:
    """Widths and heights to learn at: the model's own, scaled down to `side` where that is less."""
    scale = min(1.0, side / max(model.default_size))
    return tuple(
        dict.fromkeys(
            (_multiple(width * scale), _multiple(height * scale)) for width, height in model.sizes
        )
    )


def nearest_size(
    crop: CropBox, width: int, height: int, sizes: tuple[tuple[int, int], ...]
) -> tuple[int, int]:
    """Of `sizes` the one whose shape is nearest to that of `crop` of a picture."""
    shape = math.log((crop.right - crop.left) * width / ((crop.bottom - crop.top) * height))
    return min(sizes, key=lambda each: abs(math.log(each[0] / each[1]) - shape))


def learned_part(
    crop: CropBox, width: int, height: int, sizes: tuple[tuple[int, int], ...]
) -> CropBox:
    """The middle of `crop` that has a shape of `sizes`, since nothing is stretched.

    Args:
        width, height: pixels of the whole picture.
        sizes: widths and heights that the model learns at.
    """
    wide, high = nearest_size(crop, width, height, sizes)
    across, down = (crop.right - crop.left) * width, (crop.bottom - crop.top) * height
    if across * high > wide * down:
        rest = (across - down * wide / high) / 2 / width
        return CropBox(crop.left + rest, crop.top, crop.right - rest, crop.bottom)
    rest = (down - across * high / wide) / 2 / height
    return CropBox(crop.left, crop.top + rest, crop.right, crop.bottom - rest)


def _multiple(side: float) -> int:
    return max(_MULTIPLE, round(side / _MULTIPLE) * _MULTIPLE)
