"""Tiles: the squares in which the pixels of a drawing's layers are remembered and saved.

A tile never changes. What a layer looks like is a map from places to tiles, so that the layer, its
history and its file share them, and a place without a tile is empty.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from maquette.core.rect import Rect

TILE = 256  # pixels
CHANNELS = 4
_LEVEL = 1  # zlib's fastest; lines on nothing shrink to a hundredth all the same

Sheet = npt.NDArray[np.uint8]
"""uint8, shape (height, width, 4): blue, green, red, alpha, the colours multiplied by alpha/255."""

Place = tuple[int, int]
"""Column and row of a tile, from 0."""

Fetch = Callable[[int], bytes]
"""The packed bytes of the tile of that number, out of the drawing's file."""


class Tile:
    """One square of pixels, at hand or only on the disk.

    `number` is its name within the drawing, `raw` its pixels while they are at hand. `is_stored`
    once the drawing's file holds it.
    """

    __slots__ = ("is_stored", "number", "raw", "size")

    def __init__(self, number: int, raw: bytes) -> None:
        self.number = number
        self.size = len(raw)
        self.raw: bytes | None = raw
        self.is_stored = False

    @classmethod
    def stored(cls, number: int, size: int) -> "Tile":
        """The tile of that number in the drawing's file; its pixels are `size` bytes."""
        tile = cls.__new__(cls)
        tile.number, tile.size, tile.raw = number, size, None
        tile.is_stored = True
        return tile

    def pack(self) -> bytes:
        """The bytes that a file holds of it, for a tile that is at hand. May run in any thread."""
        assert self.raw is not None
        return zlib.compress(self.raw, _LEVEL)

    def pixels(self, fetch: Fetch) -> bytes:
        """The bytes of its pixels, row by row. May run in any thread.

        Raises:
            ValueError: what `fetch` gave is no tile of this size.
        """
        raw = self.raw
        return unpack(fetch(self.number), self.size) if raw is None else raw


def unpack(packed: bytes, size: int) -> bytes:
    """Undo `Tile.pack`, never making more bytes than `size` and one.

    Raises:
        ValueError: damaged, or not `size` bytes long.
    """
    try:
        raw = zlib.decompressobj().decompress(packed, size + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(raw) != size:
        raise ValueError(f"{len(raw)} bytes instead of {size}")
    return raw


LayerTiles = Mapping[Place, Tile]
"""What is on a layer; places that are not in it are empty."""


def tile_rect(place: Place, width: int, height: int) -> Rect:
    """Where the tile of a sheet of that size is. Tiles at the right and bottom may be smaller."""
    return Rect(place[0] * TILE, place[1] * TILE, TILE, TILE).clipped(width, height)


def places_in(rect: Rect) -> Iterator[Place]:
    """The places that a rectangle, which lies on the sheet, touches."""
    if rect.is_empty:
        return
    for row in range(rect.y // TILE, (rect.bottom - 1) // TILE + 1):
        for column in range(rect.x // TILE, (rect.right - 1) // TILE + 1):
            yield column, row


def cut(sheet: Sheet, place: Place) -> bytes:
    """A copy of the pixels of one tile, row by row."""
    return sheet[tile_rect(place, sheet.shape[1], sheet.shape[0]).slices].tobytes()


def paste(sheet: Sheet, place: Place, raw: bytes | None) -> Rect:
    """Put the pixels of a tile back, None for an empty one; returns where.

    Raises:
        ValueError: `raw` is not as large as this tile.
    """
    rect = tile_rect(place, sheet.shape[1], sheet.shape[0])
    if raw is None:
        sheet[rect.slices] = 0
    else:
        pixels = np.frombuffer(raw, np.uint8)
        sheet[rect.slices] = pixels.reshape(rect.height, rect.width, CHANNELS)
    return rect


def differs(sheet: Sheet, place: Place, tile: Tile | None) -> bool:
    """Whether the pixels at `place` are, or may be, others than those of its tile.

    Without a tile they should be transparent. What a tile is like that is not at hand is not found
    out. Nothing as large as a tile is copied, which would cost ten times as long.
    """
    rect = tile_rect(place, sheet.shape[1], sheet.shape[0])
    part = sheet[rect.slices].view(np.uint32)[..., 0]
    if tile is None:
        return bool(part.any())
    raw = tile.raw
    if raw is None:
        return True
    return not np.array_equal(part, np.frombuffer(raw, np.uint32).reshape(part.shape))


def is_blank(raw: bytes) -> bool:
    """Whether all of it is transparent."""
    return raw == bytes(len(raw))
