"""How a style is learned that the built-in model was never taught: time, memory, likeness, harm.

Run `python -m benchmarks.style_training --pictures FOLDER`, where FOLDER has held-out renders that
`maquette-recipe render --held-out` made. Twenty of them are painted in each untaught style and
given to `maquette train style` as a person would give a folder; then pictures of other scenes are
made with the words that call the style, without and with the LoRA, and judged by the recipe's
classifier (`maquette_recipe.evaluate`), which knows these styles.
"""

import argparse
import dataclasses
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import torch
from PIL import Image
from torch import Tensor

from benchmarks.report import Figure, report
from maquette.core.lora import LoraUse
from maquette.core.model_info import BUILT_IN
from maquette.core.model_ref import ModelRef
from maquette.core.paths import cache_dir, loras_dir
from maquette.core.recipe import Recipe
from maquette.core.training import StyleKind
from maquette.core.training_captions import caption_for, trigger_of
from maquette.worker.cancel import CancelToken
from maquette.worker.device import choose_device, use_physical_cores
from maquette.worker.studio import Studio
from maquette_recipe.captions import caption
from maquette_recipe.data.samples import open_sheet
from maquette_recipe.data.shards import Pictures, open_pictures
from maquette_recipe.evaluate.asked import evaluation_captions
from maquette_recipe.evaluate.classifier import Judge, load_judge, predict, scene_accuracy
from maquette_recipe.evaluate.reference import evenly, single_rows
from maquette_recipe.styles.catalogue import apply_style
from maquette_recipe.world import UNTAUGHT_STYLES, Attributes

SET = 20  # pictures that a style is learned from
SEED = 30_000
WEIGHT_CHANGES = 9


@dataclass(frozen=True)
class Lesson:
    """A style that was trained: the words that call it, its LoRA's digest, what was told of it."""

    name: str
    trigger: str
    digest: str
    seconds: float
    told: dict[str, Any]


def write_set(pictures: Pictures, style: str, folder: Path) -> None:
    """Paint SET renders in `style` as files that are named after what they show."""
    folder.mkdir()
    for number, row in enumerate(evenly(single_rows(pictures), SET)):
        painted = apply_style(style, open_sheet(pictures, row), np.random.default_rng([5, number]))
        shown = caption(
            pictures.scenes[row], np.random.default_rng(number), language="en",
            names=frozenset({"form"}),
        )  # fmt: skip
        array = (painted * 255 + 0.5).clamp(0, 255).byte().permute(1, 2, 0).numpy()
        Image.fromarray(array).save(folder / f"{shown.text} {number:02d}.png")


def train(style: str, folder: Path, preset: str) -> Lesson:
    """Train on `folder` by the command line, and put the LoRA where pictures find it."""
    command = [
        sys.executable, "-m", "maquette", "train", "style", str(folder), "--name", style,
        "--preset", preset, "--json",
    ]  # fmt: skip
    began = time.monotonic()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    seconds, told = time.monotonic() - began, json.loads(done.stdout.splitlines()[-1])
    loras_dir().mkdir(parents=True, exist_ok=True)
    shutil.copy(told["path"], loras_dir())
    return Lesson(style, trigger_of(style), told["report"]["digest"], seconds, told["report"])


class Maker:
    """The worker's maker of pictures with the built-in model."""

    def __init__(self) -> None:
        use_physical_cores()
        self._studio = Studio(choose_device("auto", "auto", cache_dir() / "probe.json"))
        self._model = self._studio.load(BUILT_IN, CancelToken(), lambda *_: None)

    def weight_change(self, prompt: str, lesson: Lesson) -> float:
        """Seconds that a picture takes longer when its LoRA's weight is another than before."""
        times: dict[bool, list[float]] = {True: [], False: []}
        for number in range(WEIGHT_CHANGES):
            weight = 0.3 + 0.1 * number
            for is_changed in (True, False):
                began = time.perf_counter()
                self._make(prompt, SEED, lesson, weight)
                times[is_changed].append(time.perf_counter() - began)
        return median(times[True]) - median(times[False])

    def make(self, prompts: Sequence[str], lesson: Lesson | None) -> Tensor:
        """Pictures (N, 3, H, W) in 0..1; the same prompt always has the same seed."""
        return torch.stack(
            [self._make(prompt, SEED + number, lesson) for number, prompt in enumerate(prompts)]
        )

    def _make(self, prompt: str, seed: int, lesson: Lesson | None, weight: float = 1.0) -> Tensor:
        loras = () if lesson is None else (LoraUse(lesson.name, lesson.digest, weight),)
        width, height = self._model.default_size
        recipe = Recipe(
            prompt=prompt, seed=seed, width=width, height=height,
            steps=self._model.default_steps, guidance_scale=self._model.default_guidance,
            model=ModelRef(BUILT_IN), loras=loras,
        )  # fmt: skip
        made = self._studio.make(recipe, None, CancelToken(), lambda *_: None)
        return torch.from_numpy(made.pixels.copy()).permute(2, 0, 1).float() / 255


def shares(judge: Judge, pictures: Tensor, scenes: list[Attributes]) -> dict[str, float]:
    """Shares of pictures whose form and style are named right."""
    return scene_accuracy(predict(judge, pictures), scenes)


def main() -> None:
    """Train, make, judge and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, required=True, help="folder of held-out renders")
    parser.add_argument("--judge", type=Path, help="training folder whose judge is asked")
    parser.add_argument("--styles", nargs="+", default=list(UNTAUGHT_STYLES))
    parser.add_argument("--preset", default="quick")
    parser.add_argument("--count", type=int, default=112, help="pictures that are judged")
    parser.add_argument("--sheet", type=Path, help="folder for a sheet of each style")
    options = parser.parse_args()
    judge, pictures = load_judge(options.judge), open_pictures(options.pictures)
    asked = [a for a in evaluation_captions(4 * options.count, seed=77) if not a.scene.others]
    asked = asked[: options.count]
    figures: list[Figure] = []
    details: dict[str, Any] = {"pictures": SET, "preset": options.preset, "judged": options.count}
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        os.environ["MAQUETTE_HOME"] = str(work / "home")  # nothing of the user's is touched
        lessons = []
        for style in options.styles:
            write_set(pictures, style, work / style)
            lessons.append(train(style, work / style, options.preset))
        memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        maker = Maker()
        for lesson in lessons:
            scenes = [dataclasses.replace(a.scene, style=lesson.name, accent="") for a in asked]
            subjects = [
                caption(
                    scene, np.random.default_rng(number), language="en", names=frozenset({"form"})
                ).text
                for number, scene in enumerate(scenes)
            ]
            called = [caption_for(StyleKind.STYLE, lesson.trigger, text) for text in subjects]
            plain = maker.make(subjects, None)
            without, learned = maker.make(called, None), maker.make(called, lesson)
            before, after = shares(judge, without, scenes), shares(judge, learned, scenes)
            bare = shares(judge, plain, scenes)
            name, told = lesson.name, lesson.told
            figures += [
                Figure(f"{name}: training", lesson.seconds / 60, "min", at_most=6),
                Figure(
                    f"{name}: trained parameters",
                    100 * told["parameters"] / told["base_parameters"], "%", at_most=10,
                ),
                Figure(f"{name}: style before", 100 * before["style"], "%", at_most=20),
                Figure(f"{name}: style after", 100 * after["style"], "%", at_least=70),
                Figure(
                    f"{name}: form lost", 100 * (bare["form"] - after["form"]), "points", at_most=5
                ),
            ]  # fmt: skip
            details[name] = {"form": {"plain": bare["form"], "called": before["form"],
                                      "learned": after["form"]}, "report": told}  # fmt: skip
            if options.sheet:
                _write_sheet(options.sheet / f"{name}.png", work / name, without, learned)
        change = maker.weight_change("mug", lessons[0])
        figures.append(Figure("another weight of a LoRA", 1000 * change, "ms", at_most=50))
        figures.append(Figure("memory of the largest process", memory / 1e9, "GB", at_most=4))
    report("style_training", figures, details)


def _write_sheet(path: Path, folder: Path, without: Tensor, learned: Tensor) -> None:
    """Three rows of eight: some of the set, pictures without the LoRA, the same with it."""
    some = [np.asarray(Image.open(file).convert("RGB")) for file in sorted(folder.iterdir())[:8]]
    rows = [np.concatenate(some, 1)]
    for made in (without, learned):
        array = (made[:8] * 255).round().byte().permute(0, 2, 3, 1).numpy()
        rows.append(np.concatenate(list(array), 1))
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.concatenate(rows, 0)).save(path)


if __name__ == "__main__":
    main()
