"""The open drawing in the window's state: edits in order, everything kept, files opened whole."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest

from maquette.core.control import ControlKind
from maquette.core.drawing import LayerRole
from maquette.core.errors import DrawingError
from maquette.core.rect import Rect
from maquette.core.tile_memory import AT_HAND
from maquette.library.sketches.drawing_file import DrawingFile
from maquette.library.sketches.shelf import Shelf
from maquette.state.drawings import Drawings
from maquette.state.notices import Notices
from maquette.state.projects import Projects
from maquette.state.session import Session, StartChoice
from maquette.state.sketch_choice import ExtraControl, SketchChoice
from maquette.state.store import Store
from maquette.state.tasks import Tasks

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, T]], T]


class Room:
    """An open drawing, with what it told."""

    def __init__(self, folder: Path) -> None:
        self.errors: list[BaseException] = []
        self.tasks = Tasks(self.errors.append)
        self.drawings = Drawings(folder, self.tasks)
        self.drawings.failed.connect(self.errors.append)
        self.fields: list[frozenset[str]] = []
        self.drawings.changed.connect(self.fields.append)
        self.rects: list[tuple[str, Rect]] = []
        self.drawings.pixels_changed.connect(lambda layer, rect: self.rects.append((layer, rect)))
        self.replaced: list[int] = []
        self.drawings.replaced.connect(lambda: self.replaced.append(1))

    @property
    def layer(self) -> str:
        return self.drawings.drawing.active

    def array(self, layer: str = "") -> np.ndarray:
        return self.drawings.pixels(layer or self.layer).array

    def paint(self, rect: Rect, value: int = 255, layer: str = "") -> None:
        layer = layer or self.layer
        assert self.drawings.begin(layer)
        self.array(layer)[rect.slices] = value
        self.drawings.commit(layer, rect, "Brush stroke")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sketches"


@pytest.fixture
def run() -> Iterator[Run]:
    """Runs coroutines, all on one event loop."""
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def room(folder: Path, run: Run) -> Iterator[Room]:
    made = Room(folder)

    async def start() -> None:
        made.drawings.new(600, 400)
        await made.drawings.settled()

    run(start())
    made.fields.clear()
    made.replaced.clear()
    yield made
    run(made.drawings.close())
    assert made.errors == []


def test_what_is_painted_can_be_undone_and_redone(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.paint(Rect(10, 10, 50, 50))
        room.paint(Rect(300, 10, 50, 50))
        assert room.drawings.progress.undo_label == "Brush stroke"
        room.drawings.undo()
        assert not room.array()[10:60, 300:350].any()
        assert room.array()[10:60, 10:60].all()
        assert room.rects == [(room.layer, Rect(256, 0, 256, 256))]
        room.drawings.redo()
        assert room.array()[10:60, 300:350].all()
        assert (room.drawings.progress.undo, room.drawings.progress.redo) == (2, 0)

    run(draw())


def test_nothing_is_painted_on_locked_or_hidden_layers_or_twice_at_once(
    room: Room, run: Run
) -> None:
    async def draw() -> None:
        room.drawings.set_layer(room.layer, locked=True)
        assert not room.drawings.begin(room.layer)
        room.drawings.set_layer(room.layer, locked=False, visible=False)
        assert not room.drawings.begin(room.layer)
        room.drawings.set_layer(room.layer, visible=True)
        assert room.drawings.begin(room.layer)
        assert not room.drawings.begin(room.layer)
        room.drawings.cancel()

    run(draw())


def test_undo_during_a_stroke_waits_for_its_end(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.paint(Rect(0, 0, 20, 20), 1)
        assert room.drawings.begin(room.layer)
        room.array()[0:20, 0:20] = 2
        room.drawings.undo()
        assert room.array()[0, 0, 0] == 2
        room.drawings.commit(room.layer, [Rect(0, 0, 20, 20)], "Brush stroke")
        assert room.array()[0, 0, 0] == 1
        assert (room.drawings.progress.undo, room.drawings.progress.redo) == (1, 1)

    run(draw())


def test_a_stroke_that_is_called_off_is_taken_back(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.paint(Rect(0, 0, 600, 400), 9)
        await room.drawings.settled()
        room.rects.clear()
        assert room.drawings.begin(room.layer)
        room.array()[100:110, 100:110] = 2
        room.drawings.cancel()
        assert (room.array() == 9).all()
        assert room.rects == [(room.layer, Rect(0, 0, 256, 256))]
        assert room.drawings.progress.undo == 1

    run(draw())


def test_large_edits_are_made_beside_and_in_order(folder: Path, run: Run) -> None:
    room = Room(folder)

    async def draw() -> None:
        room.drawings.new(2048, 2048)
        await room.drawings.settled()
        room.paint(Rect(0, 0, 2048, 2048), 3)
        assert room.drawings.is_busy
        assert not room.drawings.begin(room.layer)  # its pixels are being copied
        room.drawings.undo()
        room.drawings.redo()
        room.drawings.undo()
        added = room.drawings.add_layer(LayerRole.KEEP)
        await room.drawings.settled()
        below = room.drawings.drawing.layers[0].id
        assert not room.array(below).any()
        assert room.drawings.progress.undo_label == "Add layer"
        assert room.drawings.progress.redo == 0
        assert room.layer == added
        await room.drawings.close()

    run(draw())
    assert room.errors == []


def test_layers_are_changed_and_every_change_can_be_undone(room: Room, run: Run) -> None:
    drawings = room.drawings

    async def draw() -> None:
        lines = room.layer
        room.paint(Rect(0, 0, 100, 100), 200)
        start = drawings.drawing
        keep = drawings.add_layer(LayerRole.KEEP, "handle")
        copy = drawings.duplicate_layer(lines)
        assert [layer.id for layer in drawings.drawing.layers] == [lines, copy, keep]
        np.testing.assert_array_equal(room.array(copy), room.array(lines))
        drawings.move_layer(copy, 2)
        assert [layer.id for layer in drawings.drawing.layers] == [lines, keep, copy]
        drawings.rename("Mug")
        drawings.remove_layer(lines)
        assert [layer.id for layer in drawings.drawing.layers] == [keep, copy]
        for _ in range(5):
            drawings.undo()
        assert drawings.drawing == start
        assert room.array(lines)[50, 50].tolist() == [200] * 4
        for _ in range(5):
            drawings.redo()
        assert drawings.drawing.name == "Mug"
        assert room.array(copy)[50, 50].tolist() == [200] * 4

    run(draw())


def test_dragging_a_slider_is_one_step(room: Room, run: Run) -> None:
    async def draw() -> None:
        for opacity in (0.9, 0.8, 0.7):
            room.drawings.set_layer(room.layer, opacity=opacity)
        room.drawings.set_layer(room.layer, name="Ink")
        assert room.drawings.progress.undo == 2
        room.drawings.undo()
        room.drawings.undo()
        assert room.drawings.active.opacity == 1.0

    run(draw())


def test_choosing_a_layer_is_no_step(room: Room, run: Run) -> None:
    async def draw() -> None:
        lines = room.layer
        room.drawings.add_layer(LayerRole.KEEP)
        room.drawings.activate(lines)
        assert room.layer == lines
        assert room.drawings.progress.undo == 1

    run(draw())


def test_the_last_layer_stays(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.drawings.remove_layer(room.layer)
        assert len(room.drawings.drawing.layers) == 1
        room.drawings.merge_down(room.layer)

    run(draw())
    messages = [str(error) for error in room.errors]
    assert messages == [
        "A sketch needs a layer; add another one before this is removed.",
        "There is no layer below; move this one up first.",
    ]
    room.errors.clear()


def test_merged_layers_look_as_before(room: Room, run: Run) -> None:
    async def draw() -> None:
        below = room.layer
        room.array()[:] = 0
        assert room.drawings.begin(below)
        room.array()[0:300, 0:300] = (0, 0, 200, 200)
        room.drawings.commit(below, Rect(0, 0, 300, 300), "Fill")
        above = room.drawings.add_layer(LayerRole.LINES)
        assert room.drawings.begin(above)
        room.array()[100:400, 100:400] = (0, 0, 0, 255)
        room.drawings.commit(above, Rect(100, 100, 300, 300), "Fill")
        room.drawings.set_layer(above, opacity=0.5)
        room.drawings.merge_down(above)
        await room.drawings.settled()
        merged = room.array(below)
        assert [layer.id for layer in room.drawings.drawing.layers] == [below]
        assert merged[50, 50].tolist() == [0, 0, 200, 200]
        assert abs(merged[200, 200].astype(int) - [0, 0, 100, 228]).max() <= 1
        assert abs(merged[350, 350].astype(int) - [0, 0, 0, 128]).max() <= 1
        room.drawings.undo()
        await room.drawings.settled()
        assert room.array(above)[200, 200].tolist() == [0, 0, 0, 255]
        assert room.array(below)[200, 200].tolist() == [0, 0, 200, 200]

    run(draw())


def test_another_size_scales_or_moves_what_is_drawn(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.paint(Rect(300, 200, 300, 200))
        room.drawings.resize(300, 200)
        await room.drawings.settled()
        assert room.replaced == [1]
        assert room.array().shape == (200, 300, 4)
        assert room.array()[101:, 151:].all()
        assert not room.array()[:99, :149].any()
        room.drawings.resize_paper(400, 200, 100, -50)
        await room.drawings.settled()
        assert room.array().shape == (200, 400, 4)
        assert room.array()[51:149, 251:].all()
        assert not room.array()[:, :249].any()
        room.drawings.undo()
        room.drawings.undo()
        await room.drawings.settled()
        assert room.array().shape == (400, 600, 4)
        assert room.array()[200:, 300:].all()

    run(draw())


def test_an_image_becomes_ink_on_a_layer_of_lines(room: Room, run: Run) -> None:
    async def draw() -> None:
        image = np.full((200, 200, 3), 255, np.uint8)
        image[:, :100] = 0
        placed = room.drawings.place_image(image, LayerRole.LINES, "scan")
        await room.drawings.settled()
        assert room.drawings.active.name == "scan"
        ink = room.array(placed)
        assert (ink[10:390, 110:290] == (0, 0, 0, 255)).all()
        assert not ink[:, 310:].any()
        assert not ink[:, :100].any()
        looked_at = room.drawings.place_image(image, LayerRole.REFERENCE)
        await room.drawings.settled()
        assert (room.array(looked_at)[10:390, 310:490] == 255).all()
        drawn = await room.drawings.sketch_images(300, 256)
        assert drawn is not None
        assert drawn.placed == Rect(0, 28, 300, 200)

    run(draw())


# --- kept ----------------------------------------------------------------------------------------


def test_everything_is_there_again_after_a_restart(room: Room, folder: Path, run: Run) -> None:
    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        room.drawings.add_layer(LayerRole.KEEP, "handle")
        room.paint(Rect(50, 50, 100, 100), 100)
        room.drawings.undo()
        assert not room.drawings.is_saved
        await room.drawings.close()
        assert room.drawings.is_saved
        again = Room(folder)
        again.drawings.restore()
        await again.drawings.settled()
        assert again.drawings.drawing == room.drawings.drawing
        assert again.drawings.progress == room.drawings.progress
        for layer in room.drawings.drawing.layers:
            np.testing.assert_array_equal(again.array(layer.id), room.array(layer.id))
        again.drawings.redo()
        await again.drawings.settled()
        assert again.array()[60, 60].tolist() == [100] * 4
        await again.drawings.close()
        assert again.errors == []

    run(draw())


def test_paper_on_which_nothing_was_drawn_leaves_nothing(
    room: Room, folder: Path, run: Run
) -> None:
    async def look() -> None:
        await room.drawings.close()
        assert await room.drawings.shelved() == []

    run(look())
    assert not folder.exists()


def test_drawings_are_listed_laid_out_and_put_into_the_trash(room: Room, run: Run) -> None:
    drawings = room.drawings

    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        drawings.rename("Mug")
        first = drawings.drawing.id
        drawings.new(300, 300, "Lamp")
        await drawings.settled()
        room.paint(Rect(0, 0, 10, 10), 200)
        second = drawings.drawing.id
        drawings.lay_out(first)
        await drawings.settled()
        assert drawings.drawing.name == "Mug"
        assert room.array()[50, 50].tolist() == [200] * 4
        await drawings.trash(second)
        assert [one.name for one in await drawings.shelved()] == ["Mug"]
        await drawings.untrash(second)
        assert {one.name for one in await drawings.shelved()} == {"Mug", "Lamp"}
        await drawings.trash(first)
        assert drawings.drawing.id not in (first, second)
        assert [one.name for one in await drawings.shelved()] == ["Lamp"]

    run(draw())


def test_one_can_go_back_to_a_drawing_that_is_still_being_put_away(
    room: Room, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawings = room.drawings
    close = DrawingFile.close

    def slowly(file: DrawingFile) -> None:
        time.sleep(0.2)
        close(file)

    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        first = drawings.drawing.id
        monkeypatch.setattr(DrawingFile, "close", slowly)
        drawings.new(300, 300)
        drawings.lay_out(first)
        await drawings.settled()
        assert drawings.drawing.id == first
        assert room.array()[50, 50].tolist() == [200] * 4

    run(draw())


def test_the_drawing_that_is_just_being_left_can_be_gone_back_to(room: Room, run: Run) -> None:
    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        first = room.drawings.drawing.id
        room.drawings.resize(300, 200)  # takes its time
        room.drawings.new(300, 300)
        room.drawings.lay_out(first)
        await room.drawings.settled()
        assert room.drawings.drawing.id == first
        assert room.drawings.drawing.width == 300

    run(draw())


def test_a_window_that_closes_in_the_middle_of_a_stroke_keeps_it(
    room: Room, folder: Path, run: Run
) -> None:
    async def draw() -> None:
        assert room.drawings.begin(room.layer)
        room.array()[100:110, 100:110] = 9
        room.drawings.undo()  # waits for the end of the stroke
        room.drawings.redo()
        await room.drawings.close()
        again = Room(folder)
        again.drawings.restore()
        await again.drawings.settled()
        assert again.array()[105, 105].tolist() == [9] * 4
        await again.drawings.close()

    run(draw())


def test_a_drawing_that_another_window_has_open_is_not_put_into_the_trash(
    room: Room, folder: Path, run: Run
) -> None:
    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        while not room.drawings.is_saved:
            await asyncio.sleep(0.01)
        other = Room(folder)
        with pytest.raises(DrawingError, match="open in another window"):
            await other.drawings.trash(room.drawings.drawing.id)
        await other.drawings.close()
        assert len(await room.drawings.shelved()) == 1

    run(draw())


def test_edits_of_a_layer_that_is_gone_by_then_are_let_go(room: Room, run: Run) -> None:
    async def draw() -> None:
        lines = room.layer
        room.drawings.add_layer(LayerRole.KEEP)
        room.drawings.resize(300, 200)  # takes its time
        room.drawings.remove_layer(lines)
        room.drawings.set_layer(lines, opacity=0.5)
        room.drawings.activate(lines)
        room.drawings.rename("Mug")
        await room.drawings.settled()
        assert room.drawings.drawing.name == "Mug"
        assert len(room.drawings.drawing.layers) == 1

    run(draw())


def test_a_second_window_takes_another_drawing(room: Room, folder: Path, run: Run) -> None:
    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        while not room.drawings.is_saved:
            await asyncio.sleep(0.01)
        other = Room(folder)
        other.drawings.restore()
        await other.drawings.settled()
        assert other.drawings.drawing.id != room.drawings.drawing.id
        await other.drawings.close()
        assert other.errors == []

    run(draw())


def test_a_long_session_keeps_no_more_than_its_bound_in_memory(room: Room, run: Run) -> None:
    strokes = 40  # of four tiles of a quarter of a megabyte each

    async def draw() -> None:
        room.drawings.new(512, 512)
        await room.drawings.settled()
        for number in range(strokes):
            room.paint(Rect(200, 200, 100, 100), number + 1)
            while not room.drawings.is_saved:
                await asyncio.sleep(0.001)

    async def take_back() -> None:
        layer = room.layer
        assert room.drawings.begin(layer)
        room.array()[200:300, 200:300] = 77
        room.drawings.undo()  # waits for what is called off, whose tiles may be on the disk
        room.drawings.cancel()
        for number in range(strokes - 1, 0, -1):
            await room.drawings.settled()
            assert (room.array()[200:300, 200:300] == number).all()
            room.drawings.undo()
        await room.drawings.settled()
        assert not room.array().any()

    tracemalloc.start()
    try:
        run(draw())
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert strokes << 20 > 2 * AT_HAND
    assert held < AT_HAND + (4 << 20)  # the sheet and what else is small
    run(take_back())


def test_a_drawing_that_is_put_away_leaves_the_memory_at_once(room: Room, run: Run) -> None:
    async def draw() -> None:
        for _ in range(3):
            room.drawings.new(512, 512)
            await room.drawings.settled()
            for number in range(4):
                room.paint(Rect(0, 0, 512, 512), number + 1)
            await room.drawings.settled()
            while not room.drawings.is_saved:
                await asyncio.sleep(0.001)
            await room.drawings.sketch_images(256, 256)
        room.drawings.new(64, 64)
        await room.drawings.settled()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others)
        await room.drawings.sketch_images(64, 64)

    tracemalloc.start()  # nothing is collected on the way: as good as never in a large program
    try:
        run(draw())
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 2 << 20  # each of the three drawings has 5 MiB of pixels


def test_a_stroke_over_tiles_on_the_disk_is_called_off_without_the_window_waiting(
    room: Room, folder: Path, run: Run
) -> None:
    async def draw() -> None:
        room.paint(Rect(0, 0, 300, 300), 9)
        await room.drawings.close()
        again = Room(folder)
        again.drawings.restore()  # all tiles are on the disk
        await again.drawings.settled()
        assert again.drawings.begin(again.layer)
        again.array()[100:110, 250:260] = 2
        again.drawings.cancel([Rect(250, 100, 10, 10)])
        assert again.drawings.is_busy
        assert not again.drawings.begin(again.layer)
        await again.drawings.settled()
        assert (again.array()[:300, :300] == 9).all()
        assert again.rects == [
            (again.layer, Rect(0, 0, 256, 256)),
            (again.layer, Rect(256, 0, 256, 256)),
        ]
        assert again.drawings.progress.undo == 1
        await again.drawings.close()

    run(draw())


def test_a_disk_that_fails_is_told_once_and_nothing_is_lost(
    room: Room, folder: Path, run: Run
) -> None:
    async def draw() -> None:
        folder.write_text("in the way")
        for number in range(3):
            room.paint(Rect(0, 0, 100, 100), 200 + number)
            await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}))
        assert not room.drawings.is_saved
        [error] = room.errors
        assert "The sketch cannot be kept in" in str(error)
        room.errors.clear()
        folder.unlink()
        room.paint(Rect(0, 0, 100, 100), 250)
        await room.drawings.close()
        again = Room(folder)
        again.drawings.restore()
        await again.drawings.settled()
        assert again.drawings.progress.undo == 4
        assert again.array()[0, 0, 0] == 250
        await again.drawings.close()

    run(draw())


def test_a_save_that_ends_as_nobody_expected_is_made_up_for_by_the_next(
    room: Room, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def store(*_: object) -> None:
        raise MemoryError("no memory for it")

    async def draw() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(DrawingFile, "store", store)
            room.paint(Rect(0, 0, 100, 100), 200)
            while not room.errors:
                await asyncio.sleep(0.01)
        assert [type(error) for error in room.errors] == [MemoryError]
        assert not room.drawings.is_saved
        room.errors.clear()
        room.paint(Rect(200, 0, 100, 100), 250)
        await room.drawings.close()
        again = Room(folder)
        again.drawings.restore()
        await again.drawings.settled()
        assert again.drawings.progress.undo == 2
        await again.drawings.close()

    run(draw())


def test_a_preview_that_cannot_be_kept_does_not_keep_the_drawing_open(
    room: Room, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def describe(*_: object) -> None:
        raise DrawingError("The disk is full.")

    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        while not room.drawings.is_saved:
            await asyncio.sleep(0.01)
        with monkeypatch.context() as patch:
            patch.setattr(Shelf, "describe", describe)
            await room.drawings.close()
        assert [str(error) for error in room.errors] == ["The disk is full."]
        room.errors.clear()
        again = Room(folder)
        again.drawings.restore()
        await again.drawings.settled()
        assert again.array()[50, 50].tolist() == [200] * 4
        await again.drawings.close()

    run(draw())


DRAW = """
import asyncio, sys
from pathlib import Path
from maquette.core.rect import Rect
from maquette.state.drawings import Drawings
from maquette.state.tasks import Tasks

async def draw():
    drawings = Drawings(Path(sys.argv[1]), Tasks(print))
    drawings.new(2048, 2048)
    await drawings.settled()
    layer = drawings.drawing.active
    for number in range(1, 200):
        drawings.begin(layer)
        rect = Rect(10 * number, 10 * number, 10, 10)
        drawings.pixels(layer).array[rect.slices] = number
        drawings.commit(layer, rect, "Brush stroke")
        while not drawings.is_saved:
            await asyncio.sleep(0)
        print(number, flush=True)

asyncio.run(draw())
"""


def test_a_kill_costs_no_stroke_that_was_saved(folder: Path, run: Run) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", DRAW, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    told = 0
    for line in process.stdout:
        told = int(line)
        if told == 20:
            os.kill(process.pid, signal.SIGKILL)
            break
    told = max([told, *(int(line) for line in process.stdout if line.strip())])
    process.wait(20)
    process.stdout.close()

    async def look() -> None:
        room = Room(folder)
        room.drawings.restore()
        await room.drawings.settled()
        assert told <= room.drawings.progress.undo <= told + 1
        for number in range(1, told + 1):
            assert room.array()[10 * number + 5, 10 * number + 5, 0] == number
        room.drawings.undo()
        await room.drawings.settled()
        await room.drawings.close()
        assert room.errors == []

    run(look())


# --- project files -------------------------------------------------------------------------------


@pytest.fixture
def session() -> Store[Session]:
    start = StartChoice("/home/somebody/private.png")
    model = "/home/somebody/private/scribble"
    sketch = SketchChoice(
        used=True,
        follow=62,
        model=model,
        extras=(ExtraControl(kind=ControlKind.COLOUR, scale=0.4, model=model),),
    )
    return Store(
        Session(prompt="polished copper 抛光铜", seed=7, width=320, start=start, sketch=sketch)
    )


def test_a_project_opens_whole_and_takes_nothing_private_along(
    room: Room, session: Store[Session], tmp_path: Path, run: Run
) -> None:
    notices = Notices()
    projects = Projects(room.drawings, session, notices, room.tasks)
    path = tmp_path / "mug.maquette"

    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        room.drawings.add_layer(LayerRole.KEEP, "handle")
        await projects.save_now(tmp_path / "mug")
        assert projects.path == path
        assert room.drawings.drawing.name == "mug"
        assert b"private" not in path.read_bytes()
        saved = room.drawings.drawing
        room.drawings.new(300, 300)
        await room.drawings.settled()
        assert projects.path is None
        session.replace(Session(prompt="something else", advanced_open=True))
        await projects.open_now(path)
        assert projects.path == path
        assert room.drawings.drawing.layers == saved.layers
        assert room.drawings.drawing.id != saved.id
        assert room.array(saved.layers[0].id)[50, 50].tolist() == [200] * 4
        assert session.value.prompt == "polished copper 抛光铜"
        assert (session.value.seed, session.value.width) == (7, 320)
        assert session.value.start is None
        assert session.value.sketch == SketchChoice(
            used=True, follow=62, extras=(ExtraControl(kind=ControlKind.COLOUR, scale=0.4),)
        )
        assert session.value.advanced_open
        while not room.drawings.is_saved:
            await asyncio.sleep(0.01)
        assert len(await room.drawings.shelved()) == 2

    run(draw())


def test_a_file_that_cannot_be_opened_leaves_everything_as_it_is(
    room: Room, session: Store[Session], tmp_path: Path, run: Run
) -> None:
    projects = Projects(room.drawings, session, Notices(), room.tasks)
    path = tmp_path / "mug.maquette"
    path.write_bytes(b"PK\x03\x04 cut off")

    async def draw() -> None:
        room.paint(Rect(0, 0, 100, 100), 200)
        before, panel = room.drawings.drawing, session.value
        with pytest.raises(DrawingError, match=r"mug\.maquette is damaged or cut off"):
            await projects.open_now(path)
        assert room.drawings.drawing == before
        assert session.value == panel
        assert room.array()[50, 50].tolist() == [200] * 4
        room.drawings.undo()
        assert room.drawings.progress.redo == 1

    run(draw())
