"""A drawing on the disk: every step is kept, and its history comes back with it."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from maquette.core.drawing_edits import fresh_drawing
from maquette.core.errors import DrawingError, DrawingInUse
from maquette.core.history import History
from maquette.core.open_drawing import Content, OpenDrawing
from maquette.core.rect import Rect
from maquette.core.tiles import cut
from maquette.library.sketches import drawing_file
from maquette.library.sketches.drawing_file import DrawingFile
from maquette.library.sketches.shelf import Shelf


def paint(there: OpenDrawing, rect: Rect, value: int) -> None:
    layer = there.drawing.active
    there.pixels(layer).array[rect.slices] = value
    sheet = there.pixels(layer).array
    places = there.touched(layer, [rect])
    assert there.remember(layer, {place: cut(sheet, place) for place in places}, "Brush stroke")


def store(file: DrawingFile, there: OpenDrawing) -> int:
    """Save what is new, and return how many bytes of pixels were written."""
    first, steps = there.history.take_unsaved()
    written = file.store(there.content, first, steps, there.history.position)
    return sum(len(tile.pack()) for tile in written)


def load(file: DrawingFile) -> OpenDrawing:
    loaded = file.load()
    assert loaded is not None
    history = History(loaded.steps, loaded.position, len(loaded.steps))
    return OpenDrawing(loaded.content, file.fetch, history, loaded.next_tile)


def undo(there: OpenDrawing) -> None:
    step = there.history.last
    assert step is not None
    there.arrive(step.turned, there.sheets_after(step.turned))
    there.history.back()


@pytest.fixture
def path(folder: Path) -> Path:
    return folder / "0123456789abcdef" / "drawing.sqlite3"


@pytest.fixture
def there(path: Path) -> OpenDrawing:
    """A drawing that is saved in the file, where nobody has it open."""
    file = DrawingFile(path)
    there = OpenDrawing(Content(fresh_drawing(600, 300), {}), file.fetch)
    for number in range(5):
        paint(there, Rect(100 * number, 50, 90, 200), 10 + number)
        store(file, there)
    undo(there)
    store(file, there)
    file.close()
    return there


def test_a_drawing_is_laid_out_again_with_its_history(there: OpenDrawing, path: Path) -> None:
    file = DrawingFile(path)
    again = load(file)
    layer = there.drawing.active
    assert again.drawing == there.drawing
    assert again.history.progress == there.history.progress
    np.testing.assert_array_equal(again.pixels(layer).array, there.pixels(layer).array)
    step = again.history.next
    assert step is not None
    again.arrive(step, again.sheets_after(step))
    again.history.forward()
    assert again.pixels(layer).array[100, 450, 0] == 14
    for _ in range(5):
        undo(again)
    assert not again.pixels(layer).array.any()
    file.close()


def test_what_is_drawn_afterwards_takes_no_tile_of_before(there: OpenDrawing, path: Path) -> None:
    file = DrawingFile(path)
    again = load(file)
    paint(again, Rect(0, 0, 600, 300), 99)  # and the step that was undone is gone
    store(file, again)
    file.close()
    file = DrawingFile(path)
    last = load(file)
    assert last.history.progress.undo == 5
    assert last.history.progress.redo == 0
    assert (last.pixels(there.drawing.active).array == 99).all()
    undo(last)
    np.testing.assert_array_equal(
        last.pixels(there.drawing.active).array, there.pixels(there.drawing.active).array
    )
    file.close()


def test_only_what_changed_is_written(path: Path) -> None:
    file = DrawingFile(path)
    there = OpenDrawing(Content(fresh_drawing(2048, 2048), {}), file.fetch)
    noise = np.random.default_rng(0).integers(0, 256, (2048, 2048, 4), np.uint8)
    layer = there.drawing.active
    there.pixels(layer).array[:] = noise
    places = there.touched(layer, [Rect(0, 0, 2048, 2048)])
    there.remember(layer, {place: cut(noise, place) for place in places}, "Fill")
    assert store(file, there) > 10_000_000
    paint(there, Rect(10, 10, 40, 40), 7)
    assert store(file, there) < 300_000
    assert store(file, there) == 0
    file.close()


def test_old_steps_are_forgotten_when_a_drawing_is_opened(
    there: OpenDrawing, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing_file, "KEPT_STEPS", 2)
    for _ in range(2):
        file = DrawingFile(path)
        again = load(file)
        assert (again.history.progress.undo, again.history.progress.redo) == (2, 1)
        layer = there.drawing.active
        np.testing.assert_array_equal(again.pixels(layer).array, there.pixels(layer).array)
        undo(again)
        undo(again)
        assert again.pixels(layer).array[100, 150, 0] == 11
        assert not again.pixels(layer).array[100, 250].any()
        file.close()


def test_a_drawing_belongs_to_one_window(there: OpenDrawing, path: Path) -> None:
    file = DrawingFile(path)
    with pytest.raises(DrawingInUse, match="open in another window"):
        DrawingFile(path)
    file.close()
    DrawingFile(path).close()


def test_a_damaged_file_is_told(there: OpenDrawing, path: Path) -> None:
    path.write_bytes(b"this is no database, whatever its name says" * 100)
    with pytest.raises(DrawingError, match="is damaged and cannot be read; open another one"):
        DrawingFile(path)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE drawing SET position = 99",
        "UPDATE drawing SET position = -1",
        "UPDATE drawing SET value = CAST(replace(value, '600', '60000') AS BLOB)",
        """UPDATE drawing SET value = CAST(replace(value, '"active":"', '"active":"x') AS BLOB)""",
    ],
)
def test_what_makes_no_sense_is_told_and_no_step_is_lost(
    there: OpenDrawing, path: Path, damage: str
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(damage)
    file = DrawingFile(path)
    with pytest.raises(DrawingError):
        file.load()
    file.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM steps").fetchone() == (5,)


def test_a_tile_that_is_gone_is_told(there: OpenDrawing, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM tiles")
    connection.close()
    file = DrawingFile(path)
    with pytest.raises(DrawingError, match="is damaged and cannot be read"):
        file.load()
    file.close()


def test_the_shelf_lists_drawings_and_puts_them_into_the_trash_and_back(
    there: OpenDrawing, folder: Path
) -> None:
    shelf = Shelf(folder)
    assert [one.id for one in shelf.list()] == ["0123456789abcdef"]  # killed before it was told of
    drawings = [fresh_drawing(100, 80, name) for name in ("mug", "壶")]
    for number, drawing in enumerate(drawings):
        shelf.describe(drawing, changed=5.0, opened=time.time() + number)
    shelf.describe(drawings[0], 6.0, time.time(), [there.pixels(there.drawing.active)])
    (folder / "notes").mkdir()
    (folder / "ffffffffffffffff").mkdir()  # empty
    listed = shelf.list()
    assert [one.name for one in listed] == ["壶", "mug", ""]
    assert listed[1].preview.read_bytes().startswith(b"\x89PNG")
    assert not listed[0].preview.exists()
    shelf.trash(drawings[1].id)
    assert [one.name for one in shelf.list()] == ["mug", ""]
    shelf.purge(30)
    shelf.restore(drawings[1].id)
    assert [one.name for one in shelf.list()] == ["壶", "mug", ""]
    shelf.trash(drawings[0].id)
    shelf.purge(-1)
    with pytest.raises(DrawingError, match="could not be moved"):
        shelf.restore(drawings[0].id)


@pytest.mark.parametrize("name", ["../../etc", "", "0123", "trash", "/tmp/0123456789abcdef"])
def test_the_shelf_knows_no_other_folders(folder: Path, name: str) -> None:
    for ask in (Shelf(folder).file_of, Shelf(folder).trash, Shelf(folder).restore):
        with pytest.raises(DrawingError, match="no such sketch"):
            ask(name)
