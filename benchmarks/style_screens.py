"""Takes the documentation's pictures of styles: panel, cards, a blend and a board, both languages.

Run `xvfb-run -a -s "-screen 0 1440x900x24" python -m benchmarks.style_screens FOLDER`. What is seen
is the real window with the built-in model at work; English in the dark theme, Chinese in the light
one.
"""

import sys
from pathlib import Path

from benchmarks.acted_window import Actor
from benchmarks.camera import Camera
from benchmarks.screens import take_screens

SIZE = 1440, 900
PROMPTS = {"en": "a red ceramic teapot on a wooden table", "zh_CN": "木桌上的红色陶瓷茶壶"}
THEMES = {"en": "dark", "zh_CN": "light"}
BOARD = ("oil", "watercolour", "pencil", "blueprint", "clay", "neon")
FAVOURITES = ("oil", "ink_wash", "blueprint")
PATIENCE = 300.0  # seconds for a board


async def act(actor: Actor, camera: Camera, language: str, _home: Path) -> None:
    """From a chosen style to a board of six."""
    window, studio = actor.window, actor.studio
    window.move(0, 0)
    window.resize(*SIZE)
    await actor.ready()
    studio.settings.update(language=language, theme=THEMES[language], style_previews="never")
    studio.session.update(prompt=PROMPTS[language], seed=11, seed_locked=True)
    await actor.until(lambda: studio.styles.value.loaded)
    for style_id in FAVOURITES:
        studio.styles.set_favourite(style_id, is_favourite=True)
    studio.styles.choose("oil")
    await actor.generate()
    await camera.take("panel")
    actor.press("go_styles")
    window.styles.cards.go_to("oil")
    await camera.take("cards")
    actor.press("go_create")
    studio.blending.blend_with("blueprint")
    studio.blending.weigh(0.3)
    await actor.generate()
    await camera.take("blend")
    dialog = window.dialogs.open_style_board(BOARD)
    await camera.take("board-dialog")
    dialog.queue_up.click()
    await actor.until(lambda: studio.boards.list.value.boards)
    await actor.until(lambda: studio.boards.list.value.boards[0].sheet, PATIENCE)
    await camera.take("board")


if __name__ == "__main__":
    sys.exit(take_screens("benchmarks.style_screens", "style", PROMPTS, act, __doc__ or ""))
