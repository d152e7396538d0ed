"""Bringing pixels to an exported size: fitted into a frame, cut to fill it, or padded."""

import numpy as np
from PIL import Image

from maquette.core.errors import ImageError
from maquette.core.export_preset import MAX_SIDE, ExportSize, Fit
from maquette.core.pixels import MAX_IMAGE_PIXELS, Pixels

Box = tuple[float, float, float, float]


def framed(pixels: Pixels, size: ExportSize) -> Pixels:
    """`pixels` (height, width, 3) at `size`; the very same array if nothing changes.

    Scaling is Lanczos. FIT keeps the whole picture inside the frame. FILL cuts it at its centre
    to the frame's shape; without `upscale` a small picture becomes as large as it is, in that
    shape. PAD always gives the frame's size, and enlarges the picture in it only with `upscale`.

    Raises:
        ImageError: FILL or PAD without both sides, a side below 1, or the result is too large.
    """
    height, width = pixels.shape[:2]
    sides = [side for side in (size.width, size.height) if side is not None]
    if not sides:
        return pixels
    if min(sides) < 1:
        raise ImageError("Both sides of a picture must be at least 1 pixel.")
    if size.fit is Fit.FIT:
        wanted = ((size.width, width), (size.height, height))
        factor = min(side / has for side, has in wanted if side is not None)
        return _scaled(pixels, (0, 0, width, height), _times(width, height, factor, size))
    if size.width is None or size.height is None:
        raise ImageError("This size needs both a width and a height; give it both.")
    if size.fit is Fit.FILL:
        box = _cut(width, height, size.width, size.height)
        target = size.width, size.height
        if not size.upscale and (box[2] - box[0] < target[0] or box[3] - box[1] < target[1]):
            target = max(1, round(box[2] - box[0])), max(1, round(box[3] - box[1]))
        return _scaled(pixels, box, target)
    factor = min(size.width / width, size.height / height)
    inner = _scaled(pixels, (0, 0, width, height), _times(width, height, factor, size))
    return _padded(inner, size.width, size.height, size.background)


def _times(width: int, height: int, factor: float, size: ExportSize) -> tuple[int, int]:
    if not size.upscale:
        factor = min(factor, 1.0)
    return max(1, round(width * factor)), max(1, round(height * factor))


def _cut(width: int, height: int, frame_width: int, frame_height: int) -> Box:
    """The largest part at the centre with the frame's shape, in pixels, not always whole ones."""
    factor = min(width / frame_width, height / frame_height)
    across, down = frame_width * factor, frame_height * factor
    left, top = (width - across) / 2, (height - down) / 2
    if factor >= 1 and float(factor).is_integer():
        left, top = float(round(left)), float(round(top))  # so that nothing is blurred
    return left, top, min(left + across, width), min(top + down, height)


def _scaled(pixels: Pixels, box: Box, target: tuple[int, int]) -> Pixels:
    height, width = pixels.shape[:2]
    _check(target)
    if box == (0, 0, width, height) and target == (width, height):
        return pixels
    image = Image.fromarray(pixels)
    return np.array(image.resize(target, Image.Resampling.LANCZOS, box=box))


def _padded(inner: Pixels, width: int, height: int, background: str) -> Pixels:
    if inner.shape[:2] == (height, width):
        return inner
    _check((width, height))
    colour = tuple(bytes.fromhex(background.removeprefix("#")))
    page = np.empty((height, width, 3), np.uint8)
    page[:] = colour
    top, left = (height - inner.shape[0]) // 2, (width - inner.shape[1]) // 2
    page[top : top + inner.shape[0], left : left + inner.shape[1]] = inner
    return page


def _check(target: tuple[int, int]) -> None:
    if max(target) > MAX_SIDE or target[0] * target[1] > MAX_IMAGE_PIXELS:
        raise ImageError(
            f"A picture of {target[0]} x {target[1]} pixels is too large; choose a smaller size."
        )
