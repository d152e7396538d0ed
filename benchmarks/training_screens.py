"""Takes the documentation's pictures of training a style: each state, in both languages.

Run `xvfb-run -a -s "-screen 0 1440x900x24" python -m benchmarks.training_screens FOLDER`. What is
seen is the real window with the real trainer; English in the dark theme, Chinese in the light one.
The set is drawn by the script: things in blue lines and waves.
"""

import secrets
import sys
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from benchmarks.acted_window import Actor
from benchmarks.camera import Camera
from benchmarks.screens import take_screens
from maquette.core.trained_style import style_id_of
from maquette.core.training import CropBox
from maquette.core.training_draft import sources_of
from maquette.engine.status import EnginePhase
from maquette.gui.training.wizard import TrainingWizard
from maquette.state.training_view import ShownTraining

SIZE = 1440, 900
DIALOG = 1180, 760
THEMES = {"en": "dark", "zh_CN": "light"}
NAMES = {"en": "Blue waves", "zh_CN": "蓝色波浪"}
STEPS = 60  # of the training that is watched
SUBJECTS = {
    "en": (
        "vase", "mug", "bottle", "cup", "carafe", "jug", "flask", "pitcher", "decanter", "tankard",
        "urn", "stein", "jar", "beaker", "pot", "teacup", "vial", "creamer", "amphora", "ewer",
    ),
    "zh_CN": (
        "花瓶", "马克杯", "瓶子", "杯子", "酒瓶", "水罐", "水瓶", "水壶", "醒酒器", "大酒杯",
        "瓮", "啤酒杯", "罐子", "烧杯", "陶罐", "茶杯", "小瓶", "奶罐", "双耳瓶", "壶",
    ),
}  # fmt: skip


def make_set(folder: Path, language: str) -> None:
    """Twenty pictures of one look, and two that cannot be used."""
    folder.mkdir(parents=True)
    for number, subject in enumerate(SUBJECTS[language]):
        size = ((512, 512), (512, 640), (640, 512))[number % 3]
        picture = _picture(number, size)
        if number == 7:
            picture = picture.filter(ImageFilter.GaussianBlur(14))
        if number == 12:
            picture = picture.resize((160, 160))
        picture.save(folder / f"{subject}.png")
    first = Image.open(folder / f"{SUBJECTS[language][0]}.png")
    first.resize((400, 400)).save(folder / f"{SUBJECTS[language][0]} 2.jpg", quality=85)
    (folder / f"{SUBJECTS[language][3]} 2.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))


def _picture(number: int, size: tuple[int, int]) -> Image.Image:
    """A thing of some ellipses on a table, in blue lines and waves."""
    width, height = size
    random = np.random.default_rng(number)
    y, x = np.mgrid[0:height, 0:width] / height
    waves = 0.5 + 0.5 * np.sin(40 * y + 6 * np.sin(7 * x + number) + number)
    ground = Image.fromarray((225 + 25 * waves).astype(np.uint8))
    thing = Image.new("L", size, 0)
    draw = ImageDraw.Draw(thing)
    left, right = 0.28 * width, 0.72 * width
    top = float(random.uniform(0.2, 0.4)) * height
    low = 0.78 * height
    draw.rounded_rectangle((left, top, right, low), float(random.uniform(10, 110)), fill=255)
    draw.ellipse((left, top - 30, right, top + 40), fill=255)
    if number % 2:
        draw.arc((right - 60, top + 40, right + 70, low - 60), -90, 90, fill=255, width=26)
    else:
        neck = float(random.uniform(0.38, 0.45)) * width
        draw.rectangle((neck, top - 90, width - neck, top + 20), fill=255)
    strokes = Image.fromarray((60 + 120 * np.roll(waves, 9, 1)).astype(np.uint8))
    grey = Image.composite(strokes, ground, thing)
    edge = ImageOps.invert(thing.filter(ImageFilter.FIND_EDGES).filter(ImageFilter.MaxFilter(5)))
    grey = Image.composite(grey, Image.new("L", size, 30), edge)
    return ImageOps.colorize(grey, "#0d2350", "#f6f4ec", "#3f78b8")


async def make_ready(actor: Actor, camera: Camera, language: str, pictures: Path) -> TrainingWizard:
    """The set-up: the pictures with a crop, the captions, and what it takes."""
    window, setup = actor.window, actor.studio.training_setup
    actor.press("go_styles")
    wizard = window.dialogs.open_training()
    _place(wizard)
    engine = actor.studio.engine
    await actor.until(lambda: engine.value.phase is EnginePhase.READY and engine.value.model)
    await actor.until(lambda: setup.value.machine)
    setup.add([str(pictures)])
    await actor.until(lambda: not setup.is_looking and setup.used)
    setup.change(name=NAMES[language])
    keys = [each.picture.key for each in setup.pictures]
    setup.set_crop(keys[2], CropBox(0.1, 0.12, 0.92, 0.9))
    setup.change_pictures((keys[5],), is_out=True)
    wizard.pictures.cards.setCurrentIndex(wizard.pictures.cards.pictures.index(2))
    wizard.pictures.cards.scrollToTop()
    await camera.take("pictures")
    own = {"en": "a tall vase with one handle, {words} style", "zh_CN": "单柄高花瓶，{words}风格"}
    words = setup.value.draft.words
    setup.set_captions({keys[1]: own[language].format(words=words)})
    wizard.go_to(1)
    await camera.take("captions")
    wizard.go_to(2)
    wizard.plan.advanced.set_open(True)
    await camera.take("preflight")
    return wizard


def _place(wizard: TrainingWizard) -> None:
    wizard.resize(*DIALOG)
    wizard.move((SIZE[0] - DIALOG[0]) // 2, (SIZE[1] - DIALOG[1]) // 2)


async def act(actor: Actor, camera: Camera, language: str, home: Path) -> None:
    """From dropped pictures to a style, with a picture of each state."""
    pictures = home / "blue waves"
    make_set(pictures, language)
    actor.window.move(0, 0)
    actor.window.resize(*SIZE)
    await actor.ready()
    actor.studio.settings.update(language=language, theme=THEMES[language])
    wizard = await make_ready(actor, camera, language, pictures)
    await train(actor, camera, wizard)


async def train(actor: Actor, camera: Camera, wizard: TrainingWizard) -> None:
    """The training as it runs, what came of it, and the list with one that waits and one paused."""
    trainings, setup = actor.studio.trainings, actor.studio.training_setup
    setup.change(steps=STEPS)
    sources = sources_of(setup.value.draft)
    wizard.train.click()
    await actor.until(lambda: trainings.running)
    running = trainings.running
    assert running is not None
    page = actor.window.places.trainings

    def now() -> ShownTraining:
        found = trainings.value.find(running.id)
        assert found is not None
        return found

    await actor.until(lambda: len(now().samples) >= 2)
    await camera.take("live")
    await actor.until(lambda: not now().is_here)
    await actor.until(lambda: actor.studio.styles.sample(style_id_of(running.id)))
    await camera.take("done")
    for other in ("A", "B"):
        plan = msgspec.structs.replace(
            running.plan, id=secrets.token_hex(8), name=f"{running.plan.name} {other}"
        )
        trainings.begin(plan, sources)
    await actor.until(lambda: len(trainings.value.trainings) == 3)
    page.show_training(trainings.value.trainings[0].id)
    await camera.take("list")


if __name__ == "__main__":
    sys.exit(take_screens("benchmarks.training_screens", "train", NAMES, act, __doc__ or ""))
