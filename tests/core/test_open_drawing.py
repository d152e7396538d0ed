"""The drawing at hand: what is painted is remembered, and every step can be undone and redone."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.core.drawing import MAX_LAYERS, LayerRole
from maquette.core.drawing_edits import (
    check_size,
    fresh_drawing,
    fresh_layer,
    with_layer,
    with_layer_moved,
    without_layer,
)
from maquette.core.errors import DrawingError
from maquette.core.history import Step
from maquette.core.open_drawing import Content, OpenDrawing
from maquette.core.rect import Rect
from maquette.core.tile_memory import TileMemory
from maquette.core.tiles import Tile, cut, differs, paste, places_in, unpack


def nowhere(number: int) -> bytes:
    raise AssertionError(f"tile {number} was fetched")


def fresh(width: int = 600, height: int = 300) -> OpenDrawing:
    return OpenDrawing(Content(fresh_drawing(width, height), {}), nowhere)


def paint(there: OpenDrawing, rect: Rect, value: int) -> Step | None:
    layer = there.drawing.active
    there.pixels(layer).array[rect.slices] = value
    places = there.touched(layer, [rect])
    sheet = there.pixels(layer).array
    return there.remember(layer, {place: cut(sheet, place) for place in places}, "Brush stroke")


def do(there: OpenDrawing, step: Step) -> None:
    there.arrive(step, there.sheets_after(step))


def undo(there: OpenDrawing) -> None:
    assert there.history.last is not None
    do(there, there.history.last.turned)
    there.history.back()


def redo(there: OpenDrawing) -> None:
    assert there.history.next is not None
    do(there, there.history.next)
    there.history.forward()


def test_a_stroke_is_remembered_by_the_tiles_that_it_changed() -> None:
    there = fresh()
    step = paint(there, Rect(250, 10, 20, 20), 9)
    assert step is not None
    assert set(step.changes[there.drawing.active]) == {(0, 0), (1, 0)}
    assert paint(there, Rect(0, 0, 600, 300), 9) is not None
    assert paint(there, Rect(0, 0, 600, 300), 9) is None  # nothing is another
    assert there.history.progress.undo == 2


def test_what_is_rubbed_out_again_takes_no_tile() -> None:
    there = fresh()
    paint(there, Rect(10, 10, 20, 20), 9)
    paint(there, Rect(10, 10, 20, 20), 0)
    assert there.tiles(there.drawing.active) == {}
    undo(there)
    assert there.pixels(there.drawing.active).array[15, 15].tolist() == [9] * 4


def test_painting_that_is_called_off_leaves_no_trace() -> None:
    there = fresh()
    paint(there, Rect(0, 0, 600, 300), 9)
    layer = there.drawing.active
    there.pixels(layer).array[50:290, 100:500] = 77
    places = there.touched(layer, [Rect(100, 50, 400, 240)])
    there.unpaint(layer, places)
    assert (there.pixels(layer).array == 9).all()
    assert there.history.progress.undo == 1


def test_a_new_step_ends_what_could_be_redone() -> None:
    there = fresh()
    paint(there, Rect(0, 0, 10, 10), 1)
    paint(there, Rect(0, 0, 10, 10), 2)
    undo(there)
    assert there.history.progress.redo == 1
    paint(there, Rect(0, 0, 10, 10), 3)
    assert there.history.progress.redo == 0
    undo(there)
    assert there.pixels(there.drawing.active).array[0, 0, 0] == 1


ACTIONS = st.one_of(
    st.tuples(
        st.just("paint"),
        st.integers(-50, 640),
        st.integers(-50, 340),
        st.integers(1, 400),
        st.integers(0, 3),
    ),
    st.tuples(st.sampled_from(["add", "remove", "move", "copy", "grow", "undo", "redo"])),
)


@given(st.lists(ACTIONS, max_size=25))
def test_undoing_everything_and_doing_it_again_gives_the_same(actions: list[tuple]) -> None:
    there = fresh()
    for name, *values in actions:
        drawing = there.drawing
        if name == "paint":
            x, y, side, value = values
            paint(there, Rect(x, y, side, side).clipped(drawing.width, drawing.height), value)
        elif name == "undo" and there.history.last:
            undo(there)
        elif name == "redo" and there.history.next:
            redo(there)
        else:
            after, tiles = drawing, dict(there.content.tiles)
            if name == "add":
                after = with_layer(drawing, fresh_layer(LayerRole.KEEP))
            elif name == "remove" and len(drawing.layers) > 1:
                after = without_layer(drawing, drawing.active)
                tiles.pop(drawing.active, None)
            elif name == "move":
                after = with_layer_moved(drawing, drawing.active, 0)
            elif name == "copy":
                after = with_layer(drawing, fresh_layer(LayerRole.LINES))
                tiles[after.active] = there.tiles(drawing.active)
            if after != drawing:
                step = there.step_to(name, Content(after, tiles))
                do(there, step)
                there.history.push(step)
    drawing, looks = there.drawing, look(there)
    done = there.history.position
    while there.history.last:
        undo(there)
    assert all(not sheet.any() for sheet in look(there).values())
    for _ in range(done):
        redo(there)
    assert there.drawing == drawing
    assert looks.keys() == look(there).keys()
    for layer, sheet in look(there).items():
        np.testing.assert_array_equal(sheet, looks[layer])


def look(there: OpenDrawing) -> dict[str, np.ndarray]:
    return {layer.id: there.pixels(layer.id).array.copy() for layer in there.drawing.layers}


def test_tiles_tell_what_differs_and_are_put_back() -> None:
    sheet = np.zeros((300, 600, 4), np.uint8)
    assert not differs(sheet, (2, 1), None)
    sheet[299, 599] = 5
    assert differs(sheet, (2, 1), None)
    tile = Tile(1, cut(sheet, (2, 1)))
    assert not differs(sheet, (2, 1), tile)
    other = np.full_like(sheet, 8)
    assert paste(other, (2, 1), unpack(tile.pack(), tile.size)) == Rect(512, 256, 88, 44)
    np.testing.assert_array_equal(other[256:, 512:], sheet[256:, 512:])
    assert (other[:256] == 8).all()
    assert list(places_in(Rect(255, 255, 2, 2))) == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert list(places_in(Rect(5, 5, 0, 9))) == []


@pytest.mark.parametrize("packed", [b"", b"x" * 40, Tile(1, bytes(4096)).pack()])
def test_a_damaged_tile_is_no_tile(packed: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpack(packed, 400)


def test_memory_lets_go_of_what_is_saved_longest() -> None:
    tiles = [Tile(number, bytes([number]) * 1000) for number in range(10)]
    disk = {tile.number: tile.pack() for tile in tiles}
    memory = TileMemory(3000)
    memory.saved(tiles)
    memory.saved(tiles)  # known already
    assert [tile.raw is not None for tile in tiles] == [False] * 7 + [True] * 3
    assert [tile.pixels(disk.__getitem__)[0] for tile in tiles] == list(range(10))
    assert tiles[0].raw is None  # reading it does not bring it back


def test_a_drawing_has_its_limits() -> None:
    drawing = fresh_drawing(64, 64)
    while len(drawing.layers) < MAX_LAYERS:
        drawing = with_layer(drawing, fresh_layer(LayerRole.LINES))
    with pytest.raises(DrawingError, match="at most 64 layers"):
        with_layer(drawing, fresh_layer(LayerRole.LINES))
    with pytest.raises(DrawingError, match="needs a layer"):
        without_layer(fresh_drawing(64, 64), fresh_drawing(64, 64).active)
    with pytest.raises(DrawingError, match="between 64 and 8192"):
        fresh_drawing(63, 100)
    with pytest.raises(DrawingError, match="cannot have 9 layers"):
        check_size(8192, 8192, 9)
