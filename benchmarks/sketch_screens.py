"""Takes the documentation's pictures of sketch to render: each state, in both languages.

Run `xvfb-run -a -s "-screen 0 1440x900x24" python -m benchmarks.sketch_screens FOLDER`. What is
seen is the real window with the built-in model at work; English in the dark theme, Chinese in the
light one.
"""

import asyncio
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog

from benchmarks.acted_window import Actor
from benchmarks.camera import A_MOMENT, Camera
from benchmarks.freehand import MUG_BODY, MUG_HANDLE, Trace, Way, by_hand, drawn, straight
from benchmarks.screens import take_screens
from maquette.core.drawing import LayerRole
from maquette.gui import later
from maquette.state.live_view import LivePhase

SIZE = 1440, 900
PROMPTS = {
    "en": ("a polished copper mug, dark studio", "a blue glass mug on a wooden table"),
    "zh_CN": ("抛光铜质马克杯，暗色影棚", "木桌上的蓝色玻璃马克杯"),
}
THEMES = {"en": "dark", "zh_CN": "light"}
PHOTO = "pencil on lined paper"
SEVERAL = ("teapot", "chair", "lamp")  # sketches for the window of all sketches


def by_one_hand(ways: Sequence[Way]) -> list[Trace]:
    """The strokes of `ways`, always the same."""
    random = np.random.default_rng(1)
    return [by_hand(way, random) for way in ways]


async def act(actor: Actor, camera: Camera, language: str, home: Path) -> None:
    """From empty paper to a board, with a picture of each state."""
    photo = home / "desk.jpg"
    _make_photo(photo)
    window, studio = actor.window, actor.studio
    window.move(0, 0)
    window.resize(*SIZE)
    await actor.ready()
    studio.settings.update(language=language, theme=THEMES[language])
    for name in SEVERAL:
        await actor.paper()
        studio.drawings.rename(name)
        await actor.draw(drawn(name, seed=1))
    copper, glass = PROMPTS[language]
    room = await actor.paper()
    studio.session.update(prompt=copper, seed=7, seed_locked=True)
    await camera.take("empty")
    actor.press("generate")
    await camera.take("blank")

    studio.drawings.rename("Espresso")
    await actor.draw(by_one_hand([*MUG_BODY, *MUG_HANDLE]))
    await actor.generate()
    badge = room.render.fidelity.badge
    await actor.until(badge.isVisible)
    await camera.take("render")
    badge.click()
    await asyncio.sleep(8 * A_MOMENT)  # a process is started to compare
    await camera.take("fidelity")
    badge.click()

    window.sketch.advanced.set_open(True)
    room.layers.roles.actions()[list(LayerRole).index(LayerRole.KEEP)].trigger()
    await actor.settled()
    await actor.draw(by_one_hand([straight((0.4, 0.2), (0.42, 0.1))]))
    await camera.take("layers")
    window.sketch.advanced.set_open(False)

    studio.session.update(prompt=glass)
    actor.press("live")
    await actor.until(lambda: studio.live.view.value.phase is LivePhase.RESTING)
    await camera.take("live")
    actor.press("live")

    await _with_dialog(actor, camera, "import", photo)
    board = window.dialogs.open_board()
    await camera.take("board-dialog")
    board.queue_up.click()
    await actor.until(lambda: studio.boards.list.value.boards)
    [made] = studio.boards.list.value.boards
    await actor.until(lambda: all(studio.boards.paths(made)))
    view = window.dialogs.show_boards()
    await actor.until(lambda: all(cell.isEnabled() for cell in view.cells))
    await camera.take("board")
    view.close()
    sketches = window.dialogs.show_sketches()
    await camera.take("shelf")
    sketches.close()


async def _with_dialog(actor: Actor, camera: Camera, name: str, photo: Path) -> None:
    dialog = later.sketch_import().import_sketch(actor.studio, actor.window, photo)
    assert isinstance(dialog, QDialog)
    dialog.move(actor.window.rect().center() - QPoint(dialog.width(), dialog.height()) / 2)
    await asyncio.sleep(8 * A_MOMENT)  # and for this one to clean the photo
    await camera.take(name)
    dialog.reject()


def _make_photo(path: Path) -> None:
    """A photo of a drawing, made in a process of its own: OpenCV may not be in the window's."""
    code = (
        "import sys; from PIL import Image; from benchmarks.sketch_photos import CASES; "
        "Image.fromarray(CASES[sys.argv[1]](1, (1600, 1200)).photo).save(sys.argv[2])"
    )
    subprocess.run([sys.executable, "-c", code, PHOTO, str(path)], check=True)


if __name__ == "__main__":
    sys.exit(take_screens("benchmarks.sketch_screens", "sketch", PROMPTS, act, __doc__ or ""))
