"""How well the built-in model follows held-out sketches: the slider, locked lines, few steps.

Run `python -m benchmarks.follow --pictures FOLDER`, where FOLDER has held-out renders that
`maquette-recipe render` made. Pictures are made by the worker's own code in this process and
scored as in the app (`maquette.sketch.fidelity`); beside it stands the recipe's edge F1 at the best
strength per picture.
"""

import argparse
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import msgspec
import numpy as np
import torch

from benchmarks.report import Figure, report
from maquette.core.cleanup import Cleanup
from maquette.core.control import Control, ControlKind
from maquette.core.fidelity import Fidelity
from maquette.core.follow import follow_parts
from maquette.core.model_info import BUILT_IN, ModelInfo
from maquette.core.model_ref import ModelRef
from maquette.core.paths import cache_dir
from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import Recipe, Sampler
from maquette.sketch.cleaning import clean
from maquette.sketch.fidelity import measure
from maquette.worker.cancel import CancelToken
from maquette.worker.device import choose_device, use_physical_cores
from maquette.worker.studio import Studio
from maquette_recipe.data.shards import open_pictures
from maquette_recipe.evaluate.agreement import sketch_agreement
from maquette_recipe.evaluate.reference import SketchSet, held_out_sketches
from maquette_recipe.evaluate.sketches import SKETCH_SEED
from maquette_recipe.sketch.augment import Level, evaluation_sketches

SLIDER = (0, 25, 50, 75, 100)
FEW_STEPS = (2, 4, 6)
REFERENCE_STEPS = 10
LOOSE = 25  # the slider's place for lines that need not be kept, where others must
SEED = 20  # of the drawings that are chosen, and of how they are roughened
LOCKED_SHARE = 0.5  # of the picture's width, from the left


@dataclass(frozen=True)
class Setting:
    """One way to make all pictures."""

    name: str
    follow: int
    steps: int
    sampler: Sampler = Sampler.UNIPC
    locked: bool = False
    level: Level = "clean"


def settings() -> list[Setting]:
    """What is measured, in order."""
    slider = [Setting(f"follow {n}", n, REFERENCE_STEPS) for n in SLIDER]
    few = [
        Setting(f"{steps} steps {sampler.value}", 100, steps, sampler)
        for steps, sampler in itertools.product(FEW_STEPS, Sampler)
    ]
    locked = Setting("left half locked", LOOSE, REFERENCE_STEPS, locked=True)
    rough = Setting("augmented sketches", 100, REFERENCE_STEPS, level="augmented")
    return [*slider, rough, locked, *few]


@dataclass(frozen=True)
class Followed:
    """What a setting made of all sketches, and how each was followed."""

    pictures: list[Pixels]
    fidelities: list[Fidelity]


class Bench:
    """The worker's maker of pictures with the built-in model, and the sketches."""

    def __init__(self, drawn: SketchSet) -> None:
        use_physical_cores()
        self._drawn = drawn
        self._studio = Studio(choose_device("auto", "auto", cache_dir() / "probe.json"))
        self._model: ModelInfo = self._studio.load(BUILT_IN, CancelToken(), lambda *_: None)

    def follow(self, setting: Setting) -> Followed:
        """Make a picture of each sketch, always with the same seeds; scored by the clean lines."""
        made = Followed([], [])
        shown = evaluation_sketches(self._drawn.lines, SEED, setting.level)
        for number, (lines, seen, said) in enumerate(
            zip(self._drawn.lines, shown, self._drawn.captions, strict=True)
        ):
            drawing = np.repeat(lines[..., None], 3, axis=2)
            rough = (seen.permute(1, 2, 0).numpy() * 255).round().astype(np.uint8)
            sketch = drawing if setting.level == "clean" else _imported(rough)
            weights = _left_half(sketch) if setting.locked else None
            recipe, images = self._recipe(setting, said.text, SKETCH_SEED + number, sketch, weights)
            picture = self._studio.make(recipe, None, CancelToken(), _ignore, images).pixels
            found = measure(picture, drawing, weights)
            if found is None:
                raise RuntimeError("a held-out drawing is blank")
            made.pictures.append(picture)
            made.fidelities.append(found.fidelity)
        return made

    def _recipe(
        self, setting: Setting, prompt: str, seed: int, sketch: Pixels, weights: Pixels | None
    ) -> tuple[Recipe, dict[str, Pixels]]:
        images = {pixel_digest(sketch): sketch}
        follow = 100 if setting.locked else setting.follow
        parts = follow_parts(self._model.family, follow)
        control = Control(
            ControlKind.SKETCH, pixel_digest(sketch), scale=parts.scale, begin=parts.begin,
            end=parts.end, guidance=parts.guidance, outline=parts.outline,
            follow=follow,
        )  # fmt: skip
        if weights is not None:
            images[pixel_digest(weights)] = weights
            control = msgspec.structs.replace(control, weights=pixel_digest(weights))
        recipe = Recipe(
            prompt=prompt, seed=seed, width=sketch.shape[1], height=sketch.shape[0],
            steps=setting.steps, guidance_scale=self._model.default_guidance,
            model=ModelRef(BUILT_IN), sampler=setting.sampler, controls=(control,),
        )  # fmt: skip
        return recipe, images


def _imported(rough: Pixels) -> Pixels:
    """The lines that the app's import finds in a scan or photo whose framing is kept, so that they
    lie where those of the clean drawing do."""
    kept = Cleanup(corners=(), margin=-1)
    return clean(np.ascontiguousarray(rough), kept, rough.shape[1], rough.shape[0]).sketch


def _left_half(sketch: Pixels) -> Pixels:
    """White where lines must be kept, and as grey as the slider at LOOSE elsewhere."""
    weights = np.full_like(sketch, round(255 * LOOSE / 100))
    weights[:, : round(sketch.shape[1] * LOCKED_SHARE)] = 255
    return weights


def _ignore(_step: int, _total: int, _preview: object) -> None:
    """Nobody watches."""


def as_tensor(pictures: Sequence[Pixels]) -> torch.Tensor:
    """Pictures as (N, 3, H, W) in 0..1."""
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255


def figures_of(drawn: SketchSet, bench: Bench, only: str) -> list[Figure]:
    """The means of all settings whose names begin with `only`."""
    lines = torch.from_numpy(drawn.lines).float() / 255
    truth = [
        measure(np.ascontiguousarray(picture), np.repeat(line[..., None], 3, axis=2))
        for picture, line in zip(
            (drawn.renders.permute(0, 2, 3, 1).numpy() * 255).round().astype(np.uint8),
            drawn.lines, strict=True,
        )
    ]  # fmt: skip
    figures = [
        Figure("true renders fidelity", fmean(m.fidelity.score for m in truth if m), ""),
        Figure("true renders edge F1", sketch_agreement(drawn.renders, lines).means()["f1"], ""),
    ]
    for setting in settings():
        if not setting.name.startswith(only):
            continue
        made = bench.follow(setting)
        name, scores = setting.name, made.fidelities
        at_rest = setting.follow == 100 and setting.steps == REFERENCE_STEPS
        target = {"clean": 0.8, "augmented": 0.65}[setting.level] if at_rest else None
        figures += [
            Figure(f"{name} fidelity", fmean(s.score for s in scores), "", at_least=target),
            Figure(f"{name} recall", fmean(s.recall for s in scores), ""),
        ]
        if setting.locked:
            locked = [s.locked_recall for s in scores if s.locked_recall is not None]
            figures.append(Figure(f"{name} locked recall", fmean(locked), "", at_least=0.9))
        else:
            f1 = sketch_agreement(as_tensor(made.pictures), lines).means()["f1"]
            figures.append(Figure(f"{name} edge F1", f1, "", at_least=target))
    return figures


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, required=True, help="folder of held-out renders")
    parser.add_argument("--count", type=int, default=100, help="sketches")
    parser.add_argument("--only", default="", help="settings whose names begin so")
    options = parser.parse_args()
    drawn = held_out_sketches(open_pictures(options.pictures), options.count, SEED)
    report("follow", figures_of(drawn, Bench(drawn), options.only), {"sketches": len(drawn.lines)})


if __name__ == "__main__":
    main()
