"""Takes the documentation's pictures of the library and the settings, in both languages.

Run `xvfb-run -a -s "-screen 0 1440x900x24" python -m benchmarks.library_screens FOLDER`. What is
seen is the real window over pictures that the built-in model makes first; English in the dark
theme, Chinese in the light one.
"""

import sys
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.acted_window import Actor
from benchmarks.camera import Camera
from benchmarks.screens import take_screens

SIZE = 1440, 900
COPIES = 2
"""Of every prompt."""


class Scene(NamedTuple):
    """What one language's pictures show: prompts, a board, and what is searched for."""

    theme: str
    prompts: tuple[str, ...]
    board: str
    search: str


SCENES = {
    "en": Scene(
        "dark",
        (
            "a red ceramic mug on a wooden table", "a blue glass vase, white background",
            "a gold teapot, dark studio", "a white leather armchair", "a green toy car",
            "a black wooden stool", "a watercolour of an orange lamp", "a purple felt hat",
            "a silver kettle on marble", "a yellow armchair, soft light",
            "a pixel art picture of a robot", "a teal ceramic bowl on a beige background",
        ),
        "Tea set",
        "colour:blue",
    ),
    "zh_CN": Scene(
        "light",
        (
            "木桌上的红色陶瓷马克杯", "白色背景前的蓝色玻璃花瓶", "暗调影棚里的金色茶壶",
            "白色皮革扶手椅", "绿色玩具汽车", "黑色木凳", "水彩风格的橙色台灯", "紫色毛呢帽子",
            "大理石上的银色水壶", "柔光下的黄色扶手椅", "像素画风格的机器人",
            "米色背景前的青色陶瓷碗",
        ),
        "茶具",
        "红色",
    ),
}  # fmt: skip


async def act(actor: Actor, camera: Camera, language: str, _home: Path) -> None:
    """From an empty library to one that is searched, compared and looked at closely."""
    window, studio, scene = actor.window, actor.studio, SCENES[language]
    window.move(0, 0)
    window.resize(*SIZE)
    await actor.ready()
    studio.settings.update(language=language, theme=scene.theme)
    actor.press("go_library")
    await camera.take("empty")
    actor.press("go_create")
    for number, prompt in enumerate(scene.prompts):
        for copy in range(COPIES):
            studio.session.update(prompt=prompt, seed=30 + COPIES * number + copy, seed_locked=True)
            await actor.generate()
    actor.press("go_library")
    view, commands = studio.library.browser.view, studio.library.commands
    total = COPIES * len(scene.prompts)
    await actor.until(lambda: len(view.value.answer.ids) == total)
    ids = [int(each) for each in view.value.answer.ids]
    for rating in (2, 3, 4, 5):
        await commands.rate(ids[rating % 3 :: rating], rating)
    board = await commands.add_board(scene.board)
    await commands.put_on_board(ids[::5], board.id)
    grid = window.library.grid
    grid.go_to(ids[1])
    await camera.take("grid")
    actor.press("library_open")
    await camera.take("full-screen")
    leave()
    grid.select_ranges([(0, 1)])
    await actor.until(window.actions_by_name["library_compare"].isEnabled)
    actor.press("library_compare")
    await camera.take("compare")
    studio.library.browser.search(scene.search)
    await camera.take("search")
    actor.press("settings")
    await camera.take("settings")


def leave() -> None:
    """Press Escape where the keyboard is."""
    widget = QApplication.focusWidget()
    if widget is not None:
        QTest.keyClick(widget, Qt.Key.Key_Escape)


if __name__ == "__main__":
    sys.exit(take_screens("benchmarks.library_screens", "library", SCENES, act, __doc__ or ""))
