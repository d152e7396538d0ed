"""The pixels of layers as images, PNG files and one flat picture.

A layer's PNG file has straight alpha, as every program reads it; for pixels of ours nothing is lost
on the way there and back. Everything here blocks and belongs in a thread.
"""

import io
import warnings
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from PIL import Image

from maquette.core.drawing import MAX_DRAWING_SIDE, Drawing, Layer, LayerRole
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.pixels import Pixels
from maquette.core.rect import Rect
from maquette.core.tiles import CHANNELS, Sheet

_LEVEL = 1  # of zlib; lines on nothing shrink to next to nothing all the same
_ROWS = 128  # worked on at a time, so that little memory is needed beside


class Shown(NamedTuple):
    """A layer and what is on it."""

    layer: Layer
    sheet: LayerPixels


def layer_png(sheet: Sheet) -> bytes:
    """The PNG file of a layer."""
    straight = np.empty_like(sheet)
    for top in range(0, sheet.shape[0], _ROWS):
        straight[top : top + _ROWS] = _straight(sheet[top : top + _ROWS])
    return png(straight)


def png(pixels: Pixels) -> bytes:
    """The PNG file of RGB or RGBA pixels, for what is somebody's own work and no render."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=_LEVEL)
    return buffer.getvalue()


def sheet_of_png(file: bytes, width: int, height: int, at: tuple[int, int] = (0, 0)) -> Sheet:
    """What a PNG file shows, on a sheet of that size, with its top left corner `at` (x, y).

    Raises:
        OverflowError: it is larger than a drawing can be, and was not decoded.
        ValueError: not a PNG file, or damaged.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the limit is our own, and odd texts do not matter
            with Image.open(io.BytesIO(file), formats=("PNG",)) as image:
                if max(image.size) > MAX_DRAWING_SIDE:
                    raise OverflowError(f"{image.size} pixels")
                straight = np.array(_in_bytes(image).convert("RGBA"))
    except OverflowError:
        raise
    except Image.DecompressionBombError as error:  # Pillow has a limit too, above ours
        raise OverflowError(str(error)) from error
    except Exception as error:  # decoders raise whatever a broken file makes them raise
        raise ValueError(str(error)) from error
    sheet = np.zeros((height, width, CHANNELS), np.uint8)
    where = Rect(*at, straight.shape[1], straight.shape[0])
    inside = where.clipped(width, height)
    if not inside.is_empty:
        part = inside._replace(x=inside.x - where.x, y=inside.y - where.y)
        sheet[inside.slices] = premultiplied(straight[part.slices])
    return sheet


def _in_bytes(image: Image.Image) -> Image.Image:
    """Grey of 16 bits as grey of 8 bits; Pillow would cut everything at 255."""
    if not image.mode.startswith("I"):
        return image
    return Image.fromarray((np.asarray(image, np.float32) / 257 + 0.5).astype(np.uint8))


def premultiplied(straight: Pixels) -> Sheet:
    """RGBA with straight alpha (height, width, 4) as the pixels of a layer."""
    sheet = np.empty(straight.shape, np.uint8)
    for top in range(0, straight.shape[0], _ROWS):
        part = straight[top : top + _ROWS]
        alpha = part[..., 3:].astype(np.uint16)
        colours = part[..., 2::-1] * alpha
        sheet[top : top + _ROWS, :, :3] = (colours + 127) // 255
        sheet[top : top + _ROWS, :, 3] = part[..., 3]
    return sheet


def _straight(sheet: Sheet) -> Pixels:
    """A layer's pixels as RGBA with straight alpha; `premultiplied` undoes it exactly."""
    alpha = sheet[..., 3:].astype(np.uint32)
    straight = np.empty_like(sheet)
    wide = (sheet[..., 2::-1] * np.uint32(255) + alpha // 2) // np.maximum(alpha, 1)
    straight[..., :3] = np.minimum(wide, 255)
    straight[..., 3] = sheet[..., 3]
    return straight


def shown_layers(drawing: Drawing, sheets: Iterable[LayerPixels]) -> Iterator[Shown]:
    """The layers that are part of the picture, from the lowest on, without what is only a guide.

    `sheets` are those of all layers in their order.
    """
    for layer, sheet in zip(drawing.layers, sheets, strict=True):
        if layer.visible and layer.opacity > 0 and layer.role is not LayerRole.LOCK:
            yield Shown(layer, sheet)


def flat_picture(shown: Iterable[Shown], width: int, height: int) -> Pixels:
    """The layers on white paper, brought to `width` by `height` by averaging; RGB."""
    paper = np.full((height, width, 3), 255, np.float32)
    for layer, sheet in shown:
        array = sheet.array
        if not array.any():
            continue
        # RGBX: four channels of equal rank, which Pillow scales without looking at alpha.
        image = Image.frombuffer("RGBX", array.shape[1::-1], array, "raw", "RGBX", 0, 1)
        small = np.asarray(image.resize((width, height), Image.Resampling.BOX), np.float32)
        cover = small[..., 3:] * (layer.opacity / 255)
        paper = small[..., 2::-1] * layer.opacity + paper * (1 - cover)
    return (np.clip(paper, 0, 255) + 0.5).astype(np.uint8)
