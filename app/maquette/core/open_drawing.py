"""OpenDrawing: the drawing at hand with its pixels, its tiles and its history."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from maquette.core.drawing import Drawing
from maquette.core.drawing_pixels import LayerPixels
from maquette.core.history import Changes, Exchange, History, Step, exchanges_between
from maquette.core.rect import Rect
from maquette.core.tiles import (
    Fetch,
    LayerTiles,
    Place,
    Sheet,
    Tile,
    cut,
    differs,
    is_blank,
    paste,
    places_in,
    tile_rect,
)

Painted = tuple[str, Rect]
"""A layer's id, and where its pixels are others now."""


class Content(NamedTuple):
    """A drawing, and what is on its layers, by their ids. A layer without an entry is empty."""

    drawing: Drawing
    tiles: Mapping[str, LayerTiles]


class OpenDrawing:
    """What is painted on, and what is remembered of it.

    The brush paints into `pixels`; `touched` then tells what it changed, and `remember` makes it a
    step. Everything else is changed by steps, for which `sheets_after` does what takes long, and
    `arrive` the rest. `fetch` reads tiles that are only on the
    disk. Not safe to use from several threads; the tiles in it may be read in any.
    """

    def __init__(
        self,
        content: Content,
        fetch: Fetch,
        history: History | None = None,
        next_tile: int = 1,
        sheets: Mapping[str, LayerPixels] | None = None,
    ) -> None:
        """`sheets` are the layers' pixels as `lay_out` made them."""
        self.drawing = content.drawing
        self.history = history or History()
        self.fetch = fetch
        self._tiles: dict[str, LayerTiles] = dict(content.tiles)
        self._sheets = dict(lay_out(content, fetch) if sheets is None else sheets)
        self._next_tile = next_tile

    @classmethod
    def made_of(
        cls, drawing: Drawing, sheets: Mapping[str, LayerPixels], fetch: Fetch
    ) -> "OpenDrawing":
        """A drawing with these pixels on its layers, and no history. May take long."""
        empty = (layer.id for layer in drawing.layers if layer.id not in sheets)
        blank = {layer: LayerPixels(drawing.width, drawing.height) for layer in empty}
        made = cls(Content(drawing, {}), fetch, sheets={**blank, **sheets})
        made._tiles = {layer: made.tiles_of(sheet.array) for layer, sheet in sheets.items()}
        return made

    @property
    def content(self) -> Content:
        """The drawing and its tiles as they are now; never changes later."""
        return Content(self.drawing, dict(self._tiles))

    def pixels(self, layer_id: str) -> LayerPixels:
        """What is painted into. Raises KeyError."""
        return self._sheets[layer_id]

    def tiles(self, layer_id: str) -> LayerTiles:
        """What is on that layer, by the last step."""
        return self._tiles.get(layer_id, {})

    def make_tile(self, raw: bytes) -> Tile | None:
        """A new tile of these pixels; None for an empty one."""
        if is_blank(raw):
            return None
        tile = Tile(self._next_tile, raw)
        self._next_tile += 1
        return tile

    def tiles_of(self, sheet: Sheet) -> LayerTiles:
        """New tiles of all that is on a sheet."""
        whole = Rect(0, 0, sheet.shape[1], sheet.shape[0])
        made = {
            place: self.make_tile(cut(sheet, place))
            for place in places_in(whole)
            if differs(sheet, place, None)
        }
        return {place: tile for place, tile in made.items() if tile is not None}

    # --- painting -------------------------------------------------------------------------------

    def touched(self, layer_id: str, rects: Iterable[Rect]) -> list[Place]:
        """The places within `rects` whose pixels are others than the last step left.

        Takes about 0.1 ms for each place; one whose tile is packed counts as another.
        """
        sheet, known = self._sheets[layer_id].array, self._tiles.get(layer_id, {})
        width, height = self.drawing.width, self.drawing.height
        places = {place: None for rect in rects for place in places_in(rect.clipped(width, height))}
        return [place for place in places if differs(sheet, place, known.get(place))]

    def remember(self, layer_id: str, raws: Mapping[Place, bytes], label: str) -> Step | None:
        """A step of what was painted: the pixels of places on a layer as `cut` gives them.

        None if there is nothing, or nothing but transparent pixels where there was nothing.
        """
        sheet, known = self._sheets[layer_id], self._tiles.get(layer_id, {})
        exchanges: dict[Place, Exchange] = {}
        for place, raw in raws.items():
            old, new = known.get(place), self.make_tile(raw)
            if old is not None or new is not None:
                exchanges[place] = (old, new)
        sheet.version += 1
        if not exchanges:
            return None
        self._tiles[layer_id] = exchanged(known, exchanges)
        step = Step(label, self.drawing, self.drawing, {layer_id: exchanges})
        self.history.push(step)
        return step

    def is_at_hand(self, layer_id: str, places: Iterable[Place]) -> bool:
        """Whether nothing of these places of a layer must be read from the disk."""
        known = self._tiles.get(layer_id, {})
        there = (known.get(place) for place in places)
        return all(tile is None or tile.raw is not None for tile in there)

    def unpaint(self, layer_id: str, places: Iterable[Place]) -> list[Painted]:
        """Take back what was painted on these places of a layer since the last step.

        May run in another thread while nothing else paints, and takes long where not all
        `is_at_hand`.
        """
        sheet, known = self._sheets[layer_id], self._tiles.get(layer_id, {})
        sheet.version += 1
        painted = []
        for place in places:
            tile = known.get(place)
            raw = None if tile is None else tile.pixels(self.fetch)
            painted.append((layer_id, paste(sheet.array, place, raw)))
        return painted

    # --- steps ----------------------------------------------------------------------------------

    def step_to(self, label: str, after: Content) -> Step:
        """The step that leads from here to `after`."""
        return Step(label, self.drawing, after.drawing, exchanges_between(self._tiles, after.tiles))

    def after(self, step: Step) -> Content:
        """What `step` leads to from here."""
        tiles = dict(self._tiles)
        for layer, exchanges in step.changes.items():
            tiles[layer] = exchanged(tiles.get(layer, {}), exchanges)
        return Content(step.after, {layer: of for layer, of in tiles.items() if of})

    def sheets_after(self, step: Step) -> dict[str, LayerPixels]:
        """The layers' pixels as `step` leaves them, painted into the arrays that are there.

        Nothing else may paint meanwhile. May run in another thread.

        Raises:
            ValueError: a tile is damaged; nothing was painted.
        """
        after = step.after
        if (self.drawing.width, self.drawing.height) != (after.width, after.height):
            return lay_out(self.after(step), self.fetch)
        raws = {tile.number: tile.pixels(self.fetch) for tile in needed(step.changes)}
        sheets = {
            layer.id: self._sheets.get(layer.id) or LayerPixels(after.width, after.height)
            for layer in after.layers
        }
        for layer_id, exchanges in step.changes.items():
            sheet = sheets.get(layer_id)
            if sheet is None:
                continue  # it was removed, and its tiles with it
            for place, (_, tile) in exchanges.items():
                paste(sheet.array, place, None if tile is None else raws[tile.number])
        return sheets

    def arrive(self, step: Step, sheets: Mapping[str, LayerPixels]) -> list[Painted]:
        """`step` is done, and `sheets_after` gave `sheets`; returns where pixels are others."""
        after = self.after(step)
        self.drawing, self._tiles, self._sheets = after.drawing, dict(after.tiles), dict(sheets)
        width, height = self.drawing.width, self.drawing.height
        painted: list[Painted] = []
        for layer_id, exchanges in step.changes.items():
            if layer_id in sheets:
                sheets[layer_id].version += 1
                painted.extend((layer_id, tile_rect(place, width, height)) for place in exchanges)
        return painted


def exchanged(known: LayerTiles, exchanges: Mapping[Place, Exchange]) -> LayerTiles:
    """`known` with the newer of each exchange."""
    tiles = dict(known)
    for place, (_, tile) in exchanges.items():
        if tile is None:
            tiles.pop(place, None)
        else:
            tiles[place] = tile
    return tiles


def needed(changes: Changes) -> list[Tile]:
    """The tiles whose pixels are needed to make these changes."""
    return [
        tile for exchanges in changes.values() for _, tile in exchanges.values() if tile is not None
    ]


def lay_out(content: Content, fetch: Fetch) -> dict[str, LayerPixels]:
    """Arrays with the pixels of all layers. Takes long for large drawings; belongs in a thread.

    Raises:
        ValueError: a tile is damaged.
    """
    drawing = content.drawing
    sheets = {}
    for layer in drawing.layers:
        sheet = sheets[layer.id] = LayerPixels(drawing.width, drawing.height)
        for place, tile in content.tiles.get(layer.id, {}).items():
            if not tile_rect(place, drawing.width, drawing.height).is_empty:
                paste(sheet.array, place, tile.pixels(fetch))
    return sheets
