"""Changes of whole layers: merging, another size, an image put on a layer of its own.

Each makes the content that follows, with new tiles. Everything here takes long: for a thread.
"""

from collections.abc import Callable, Mapping

import msgspec
import numpy as np
from PIL import Image

from maquette.core.drawing import Drawing, Layer, LayerRole
from maquette.core.drawing_edits import check_size, with_layer, with_layer_moved, without_layer
from maquette.core.open_drawing import Content, OpenDrawing
from maquette.core.pixels import Pixels
from maquette.core.rect import Rect
from maquette.core.tiles import CHANNELS, LayerTiles, Place, Sheet, Tile, tile_rect
from maquette.library.sketches.layer_images import premultiplied


def merged(there: OpenDrawing, upper: Layer, lower: Layer) -> Content:
    """With `upper` on `lower`, as they look together, as one opaque layer of the lower's role."""
    above, below = there.tiles(upper.id), there.tiles(lower.id)
    places = {**above, **below} if lower.opacity < 1 else above
    tiles: dict[Place, Tile] = dict(below)
    for place in places:
        rect = tile_rect(place, there.drawing.width, there.drawing.height)
        over = _pixels(there, above.get(place), rect) * np.float32(upper.opacity)
        under = _pixels(there, below.get(place), rect) * np.float32(lower.opacity)
        both = over + under * (1 - over[..., 3:] / 255)
        tile = there.make_tile((np.minimum(both, 255) + 0.5).astype(np.uint8).tobytes())
        if tile is None:
            tiles.pop(place, None)
        else:
            tiles[place] = tile
    drawing = without_layer(there.drawing, upper.id)
    layers = tuple(
        msgspec.structs.replace(layer, opacity=1.0) if layer.id == lower.id else layer
        for layer in drawing.layers
    )
    after = msgspec.structs.replace(drawing, layers=layers, active=lower.id)
    return _with(there, after, {lower.id: tiles}, without=upper.id)


def _pixels(there: OpenDrawing, tile: Tile | None, rect: Rect) -> np.ndarray:
    shape = (rect.height, rect.width, CHANNELS)
    if tile is None:
        return np.zeros(shape, np.float32)
    raw = np.frombuffer(tile.pixels(there.fetch), np.uint8)
    return raw.reshape(shape).astype(np.float32)


def resized(there: OpenDrawing, width: int, height: int) -> Content:
    """With everything scaled to another size. Raises DrawingError."""
    return _remade(there, width, height, lambda sheet: _scaled(sheet, width, height))


def extended(there: OpenDrawing, width: int, height: int, left: int, top: int) -> Content:
    """On paper of another size, on which the old corner is at `left`, `top` (also below 0).

    What lies outside is cut off. Raises DrawingError.
    """

    def moved(sheet: Sheet) -> Sheet:
        paper = np.zeros((height, width, CHANNELS), np.uint8)
        where = Rect(left, top, sheet.shape[1], sheet.shape[0])
        inside = where.clipped(width, height)
        if not inside.is_empty:
            part = inside._replace(x=inside.x - left, y=inside.y - top)
            paper[inside.slices] = sheet[part.slices]
        return paper

    return _remade(there, width, height, moved)


def _remade(
    there: OpenDrawing, width: int, height: int, change: Callable[[Sheet], Sheet]
) -> Content:
    check_size(width, height, len(there.drawing.layers))
    tiles = {
        layer.id: there.tiles_of(change(there.pixels(layer.id).array))
        for layer in there.drawing.layers
        if there.tiles(layer.id)
    }
    return Content(msgspec.structs.replace(there.drawing, width=width, height=height), tiles)


def with_image(
    there: OpenDrawing, pixels: Pixels, layer: Layer, *, lowest: bool = False, instead: bool = False
) -> Content:
    """With an image in the middle of a new layer, as large as it can be there.

    On layers of lines what is dark becomes ink and white becomes nothing; on a LOCK layer what is
    bright becomes locked. Elsewhere the image is put down as it is. Raises DrawingError.

    Args:
        lowest: below all others, and the layer that is drawn on stays the same.
        instead: in the place of the only layer, where that is empty.
    """
    before = there.drawing
    drawing = with_layer(before, layer)
    if lowest:
        drawing = with_layer_moved(drawing, layer.id, 0)
        drawing = msgspec.structs.replace(drawing, active=before.active)
    if instead and len(before.layers) == 1 and not there.tiles(before.active):
        drawing = without_layer(drawing, before.active)
    sheet = laid_out(pixels, drawing.width, drawing.height, layer.role)
    return _with(there, drawing, {layer.id: there.tiles_of(sheet)})


def laid_out(pixels: Pixels, width: int, height: int, role: LayerRole) -> Sheet:
    """An image as a layer of `width` × `height` has it; see `with_image`."""
    sheet = np.zeros((height, width, CHANNELS), np.uint8)
    scale = min(width / pixels.shape[1], height / pixels.shape[0])
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    image = Image.fromarray(pixels).convert("RGBA")
    straight = np.asarray(image.resize(size, Image.Resampling.LANCZOS))
    place = Rect((width - size[0]) // 2, (height - size[1]) // 2, *size)
    sheet[place.slices] = _put_down(straight, role)
    return sheet


def _put_down(straight: Pixels, role: LayerRole) -> Sheet:
    if role in (LayerRole.COLOUR, LayerRole.REFERENCE):
        return premultiplied(straight)
    on_white = premultiplied(straight)[..., :3] + (255 - straight[..., 3:])
    ink = np.zeros_like(straight)
    lightest, darkest = on_white.max(axis=2), on_white.min(axis=2)
    ink[..., 3] = lightest if role is LayerRole.LOCK else 255 - darkest
    return ink


def _scaled(sheet: Sheet, width: int, height: int) -> Sheet:
    # RGBX: four channels of equal rank. No filter with negative lobes, which would make colours
    # larger than their alpha.
    image = Image.frombuffer("RGBX", sheet.shape[1::-1], sheet, "raw", "RGBX", 0, 1)
    return np.array(image.resize((width, height), Image.Resampling.BILINEAR))


def _with(
    there: OpenDrawing, drawing: Drawing, tiles: Mapping[str, LayerTiles], without: str = ""
) -> Content:
    known = {layer: of for layer, of in there.content.tiles.items() if layer != without}
    return Content(drawing, {**known, **tiles})
