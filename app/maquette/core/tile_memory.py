"""What of a drawing's tiles stays in memory; the others are in the drawing's file."""

from collections import OrderedDict
from collections.abc import Iterable

from maquette.core.tiles import Tile

AT_HAND = 16 << 20
"""Bytes of pixels, so that the newest steps are undone at once.

Older ones are read in a thread, a step in some milliseconds. Packed tiles are not kept: they would
take as much again in a long session, and being small and lasting among large blocks that come and
go, they kept twice that from being given back to the system.
"""


class TileMemory:
    """Lets go of the oldest tiles that the file has. For one thread."""

    def __init__(self, limit: int = AT_HAND) -> None:
        """At most `limit` bytes of pixels of what is saved stay at hand."""
        self._limit = limit
        self._tiles: OrderedDict[int, Tile] = OrderedDict()
        self._size = 0

    def saved(self, tiles: Iterable[Tile]) -> None:
        """These tiles are in the file now."""
        for tile in tiles:
            if tile.raw is not None and tile.number not in self._tiles:
                self._tiles[tile.number] = tile
                self._size += tile.size
        while self._size > self._limit:
            _, tile = self._tiles.popitem(last=False)
            self._size -= tile.size
            tile.raw = None
