"""What somebody does in the window, each act in a process of its own; told as lines of JSON.

Usage: python -m tests.process.sketch_acts make | look | live FOLDER, where FOLDER is for project
files. After `make` has told that it is "open" it waits to be killed.
"""

import asyncio
import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from benchmarks.acted_window import Actor, open_acted
from benchmarks.freehand import MUG_BODY, MUG_HANDLE, Way, by_hand, straight
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from maquette.core.drawing import LayerRole
from maquette.gui.boards.dialog import BoardDialog
from maquette.state.live_view import LivePhase, LiveShot
from maquette.state.results import Picture

STEAM = (straight((0.4, 0.2), (0.42, 0.1)), straight((0.5, 0.2), (0.48, 0.1)))
FLOOD = 40  # strokes
AT_ONCE = 0.0005  # seconds between events of a pen that is in a great hurry


def tell(step: str, **facts: Any) -> None:
    """One line for whoever reads."""
    print(json.dumps({"step": step, **facts}), flush=True)


def by_one_hand(ways: Sequence[Way], seed: int) -> list[np.ndarray]:
    """The strokes of `ways`, always the same for one seed."""
    random = np.random.default_rng(seed)
    return [by_hand(way, random) for way in ways]


def everything(actor: Actor) -> dict[str, Any]:
    """What must be there again after the program was killed."""
    studio = actor.studio
    drawings = studio.drawings
    layers = [
        {
            "role": layer.role,
            "locked": layer.locked,
            "pixels": hashlib.sha256(drawings.pixels(layer.id).array.tobytes()).hexdigest(),
        }
        for layer in drawings.drawing.layers
    ]
    session = msgspec.to_builtins(studio.session.value)
    return {
        "drawing": drawings.drawing.id,
        "name": drawings.drawing.name,
        "layers": layers,
        "undo": drawings.progress.undo,
        "panel": session,
        "boards": [msgspec.to_builtins(board) for board in studio.boards.list.value.boards],
    }


def facts_of(picture: Picture) -> dict[str, Any]:
    """What a picture tells of itself."""
    record = picture.record
    return {
        "id": record.id,
        "path": picture.path,
        "prompt": record.recipe.prompt,
        "sketch": [control.digest for control in record.recipe.controls],
        "fidelity": msgspec.to_builtins(record.fidelity),
        "badge": "",
    }


async def make(actor: Actor, folder: Path) -> None:
    """A mug is drawn, rendered, changed, put on a board and saved."""
    await actor.ready()
    room = await actor.paper()
    drawings = actor.studio.drawings
    seed = actor.window.panel.seed_row.field
    seed.setFocus()
    seed.selectAll()
    QTest.keyClicks(seed, "7")
    QTest.keyClick(seed, Qt.Key.Key_Return)
    actor.write("a mug on a wooden table")
    actor.window.sketch.follow.slider.setValue(100)
    words = actor.window.sketch.words
    words.chip("polished_copper").click()
    await actor.draw(by_one_hand(MUG_BODY, seed=1))
    await actor.draw(by_one_hand(MUG_HANDLE, seed=2))
    copper = await actor.generate()
    await actor.until(lambda: room.render.fidelity.badge.isVisible())
    tell("copper", **facts_of(copper) | {"badge": room.render.fidelity.badge.accessibleName()})

    words.material.actions_by_word["glass"].trigger()
    words.colour.actions_by_word["blue"].trigger()
    tell("blue glass", **facts_of(await actor.generate()))

    drawn = drawings.pixels(drawings.drawing.active).array.copy()
    for _stroke in MUG_HANDLE:
        QTest.keyClick(room.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        await actor.settled()
    left = drawings.pixels(drawings.drawing.active).array
    tell("undo", ink=[int((each[..., 3] > 128).sum()) for each in (drawn, left)])

    room.layers.roles.actions()[list(LayerRole).index(LayerRole.KEEP)].trigger()
    await actor.settled()
    await actor.draw(by_one_hand(MUG_HANDLE, seed=2))
    rows = room.layers.list
    row = rows.visualRect(rows.model().index(0, 0))
    place = QPoint(row.right() - 10, row.center().y())
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    await actor.settled()
    held = drawings.pixels(drawings.drawing.active).array.copy()
    await actor.draw(by_one_hand(STEAM, seed=3))
    kept = np.array_equal(held, drawings.pixels(drawings.drawing.active).array)
    tell("handle", role=drawings.active.role, locked=drawings.active.locked, kept=kept)
    tell("again", **facts_of(await actor.generate()))

    actor.press("board")
    dialog = actor.window.findChild(BoardDialog)
    assert isinstance(dialog, BoardDialog)
    dialog.queue_up.click()
    await actor.until(lambda: actor.studio.boards.list.value.boards)
    project = folder / "mug 杯子.maquette"
    QFileDialog.getSaveFileName = lambda *_: (str(project), "")  # pyright: ignore
    actor.press("sketch_save")
    await actor.until(project.exists)
    tell("project", **everything(actor))

    drawings.activate(drawings.drawing.layers[0].id)
    await actor.draw(by_one_hand(STEAM, seed=3))
    await actor.until(lambda: drawings.is_saved)
    board = actor.studio.boards.list.value.boards[0]
    await actor.until(lambda: any(actor.studio.boards.paths(board)))
    tell("open", **everything(actor))
    await asyncio.Event().wait()


async def look(actor: Actor, folder: Path) -> None:
    """The window after it was killed: what is there, and that it goes on."""
    studio = actor.studio
    await actor.until(lambda: studio.boards.list.value.boards and not studio.drawings.is_blank)
    await actor.settled()
    tell("again", **everything(actor))
    await actor.until(lambda: "not closed properly" in actor.notice)
    actor.window.banner.step.click()
    [board] = studio.boards.list.value.boards
    await actor.until(lambda: all(studio.boards.paths(board)))
    view = actor.window.dialogs.show_boards()
    await actor.until(lambda: all(cell.isEnabled() for cell in view.cells))
    tell("board", cells=[cell.accessibleName() for cell in view.cells])
    pictures = studio.results.recent.value.pictures
    tell("pictures", pictures=[facts_of(picture) for picture in pictures])

    drawn = studio.drawings.drawing.id
    for _stroke in STEAM:
        QTest.keyClick(actor.room.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        await actor.settled()
    tell("undone", **everything(actor))
    studio.session.update(prompt="something else")
    [project] = folder.glob("*.maquette")
    studio.projects.open(project)
    await actor.until(lambda: studio.drawings.drawing.id != drawn)
    await actor.settled()
    await actor.until(lambda: studio.projects.path == project)
    tell("project", **everything(actor))


async def live(actor: Actor, folder: Path) -> None:
    """Live mode: pictures follow the pen, a worker dies, one picture is kept, strokes flood."""
    del folder
    await actor.ready()
    room = await actor.paper()
    studio = actor.studio
    shots: list[LiveShot] = []
    studio.live.made.connect(shots.append)
    actor.press("live")
    actor.write("a red ceramic mug on a wooden table")
    await actor.draw(by_one_hand(MUG_BODY, seed=1))
    await up_to_date(actor, shots)
    image = actor.window.stage.canvas.image
    tell(
        "pen up",
        quick=[not shot.refined for shot in shots].count(True),
        refined=shots[-1].refined,
        shown=image is not None and (image.width(), image.height()) == (256, 256),
        words=actor.window.sketch.live.words.whole,
        jobs=len(actor.jobs),
    )

    worker = actor.worker
    await actor.stroke(by_one_hand(MUG_HANDLE, seed=2)[0])
    await actor.until(lambda: studio.live.view.value.phase is LivePhase.MAKING)
    worker.kill()
    await actor.until(lambda: actor.notice)
    notice, phase = actor.notice, studio.live.view.value.phase
    await actor.stroke(by_one_hand(MUG_HANDLE, seed=2)[1])
    await up_to_date(actor, shots)
    tell(
        "killed",
        notice=notice,
        phase=phase,
        replaced=actor.worker.pid != worker.pid,
        is_on=studio.live.is_on,
    )

    shot = shots[-1]
    actor.press("keep_live")
    await actor.until(lambda: actor.jobs)
    picture = await actor.picture_of(actor.jobs[0].id)
    same = msgspec.structs.replace(shot.recipe, model=picture.record.recipe.model)
    tell("kept", same=picture.record.recipe == same, **facts_of(picture))

    await up_to_date(actor, shots)
    actor.client.most_waiting, before = 0, len(shots)
    for number in range(FLOOD):
        x, y = 0.1 + 0.02 * number, 0.85 + 0.1 * (number % 2)
        [trace] = by_one_hand([straight((x, y), (x + 0.05, y - 0.05))], number)
        await actor.stroke(trace, AT_ONCE)
    await up_to_date(actor, shots)
    tell("flood", most=actor.client.most_waiting, shown=len(shots) - before)
    actor.press("cancel")
    await actor.settled()
    tell("stopped", is_on=studio.live.is_on, badge=room.render.fidelity.badge.isVisible())


async def up_to_date(actor: Actor, shots: Sequence[LiveShot]) -> None:
    """Wait until the last live picture has all steps and is of the drawing as it is now.

    Raises:
        TimeoutError: live mode has stopped short of it.
    """
    studio = actor.studio
    model = studio.models.chosen
    assert model is not None
    await actor.settled()
    draft = await studio.drafting.draft(studio.session.value, model)
    await actor.until(lambda: shots and shots[-1].recipe == draft.recipes[0])
    await actor.until(lambda: shots[-1].refined)
    await actor.until(lambda: studio.live.view.value.phase is LivePhase.RESTING)


ACTS: dict[str, Callable[[Actor, Path], Any]] = {"make": make, "look": look, "live": live}


def main() -> int:
    """Open the window for the act that was asked for."""
    act, folder = ACTS[sys.argv[1]], Path(sys.argv[2])
    return open_acted(lambda actor: act(actor, folder))


if __name__ == "__main__":
    sys.exit(main())
