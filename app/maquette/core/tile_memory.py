"""What of a drawing's tiles stays in memory; the others are in the drawing's file."""

from collections import OrderedDict
from collections.abc import Iterable

from maquette.core.tiles import Tile

RAW = 64 << 20  # bytes of pixels as they are, so that the newest steps are undone at once
PACKED = 32 << 20  # bytes


class TileMemory:
    """Lets go of the oldest tiles that the file has. For one thread."""

    def __init__(self, raw: int = RAW, packed: int = PACKED) -> None:
        """At most `raw` bytes of pixels and `packed` bytes of packed ones of what is saved."""
        self._limits = (raw, packed)
        self._raw: OrderedDict[int, Tile] = OrderedDict()
        self._packed: OrderedDict[int, Tile] = OrderedDict()
        self._sizes = [0, 0]

    def saved(self, tiles: Iterable[Tile]) -> None:
        """These tiles are in the file now."""
        for tile in tiles:
            if tile.raw is not None and tile.number not in self._raw:
                self._raw[tile.number] = tile
                self._sizes[0] += tile.size
            if tile.packed is not None and tile.number not in self._packed:
                self._packed[tile.number] = tile
                self._sizes[1] += len(tile.packed)
        while self._sizes[0] > self._limits[0]:
            _, tile = self._raw.popitem(last=False)
            self._sizes[0] -= tile.size
            tile.raw = None
        while self._sizes[1] > self._limits[1]:
            _, tile = self._packed.popitem(last=False)
            self._sizes[1] -= len(tile.packed or b"")
            tile.packed = None
