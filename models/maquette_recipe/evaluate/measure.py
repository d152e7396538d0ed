"""The measurements of one model: what is generated, and every figure that follows from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from maquette_recipe.config import Config
from maquette_recipe.data.shards import Pictures
from maquette_recipe.evaluate.accuracy import accuracies, language_differences, per_class
from maquette_recipe.evaluate.asked import Asked, evaluation_captions
from maquette_recipe.evaluate.classifier import Judge, predict
from maquette_recipe.evaluate.distances import FeatureNetwork, distance_report
from maquette_recipe.evaluate.folds import fold_distances
from maquette_recipe.evaluate.generate import has_control, make_pictures
from maquette_recipe.evaluate.intervals import mean_interval
from maquette_recipe.evaluate.reference import (
    SketchSet,
    held_out_sketches,
    reference_pictures,
)
from maquette_recipe.evaluate.sketches import Followed, follow_sketches, sketch_report
from maquette_recipe.sketch.augment import Level
from maquette_recipe.world import Attributes

EVALUATION_SEED: Final = 10_000
BY_CLASS: Final = ("form", "colour", "material", "style")

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Size:
    """How much is generated and compared."""

    captions: int
    sketches: int
    references: int


FULL: Final = Size(captions=2000, sketches=500, references=2000)
QUICK: Final = Size(captions=128, sketches=48, references=192)


@dataclass(frozen=True, slots=True)
class Setup:
    """The model and what it is measured with."""

    model: Path
    config: Config
    judge: Judge
    network: FeatureNetwork
    workers: int = 2
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class Measured:
    """Plain numbers, and the pictures that they were taken from.

    `pictures` (N, 3, 256, 256) of the captions `asked`; `references` (M, 3, 256, 256) renders of
    held-out `reference_scenes`; `followed` is None for a model without a ControlNet.
    """

    report: dict[str, Any]
    asked: list[Asked]
    pictures: Tensor
    references: Tensor
    reference_scenes: list[Attributes]
    drawn: SketchSet
    followed: dict[Level, Followed] | None


def generate_asked(setup: Setup, asked: list[Asked]) -> Tensor:
    """Pictures (N, 3, 256, 256) in 0..1 of the captions; caption i always has the same seed."""
    return make_pictures(
        setup.model, [a.caption.text for a in asked], setup.config.sampler,
        seeds=[EVALUATION_SEED + i for i in range(len(asked))], workers=setup.workers,
        device=setup.device,
    )  # fmt: skip


def caption_report(setup: Setup, asked: list[Asked], pictures: Tensor) -> dict[str, Any]:
    """Accuracies by language, their differences, and by class."""
    predicted = predict(setup.judge, pictures)
    shares = accuracies(predicted, asked)
    return {
        "captions": len(asked),
        "accuracy": {
            language: {name: share.as_json() for name, share in row.items()}
            for language, row in shares.items()
        },
        "english_minus_chinese": {
            name: found.as_json() for name, found in language_differences(shares).items()
        },
        **{
            f"by_{name}": {
                label: share.as_json() for label, share in per_class(predicted, asked, name).items()
            }
            for name in BY_CLASS
        },
    }


def measure(setup: Setup, held_out: Pictures, size: Size, say: Say) -> Measured:
    """Generate, judge and compare. `held_out` are renders of combinations that nothing trained."""
    asked = evaluation_captions(size.captions, setup.config.seed)
    say(f"generating {len(asked)} pictures from captions")
    pictures = generate_asked(setup, asked)
    report = caption_report(setup, asked, pictures)
    say(f"comparing with up to {size.references} held-out renders")
    references, scenes = reference_pictures(held_out, size.references, setup.config.seed)
    made, real = setup.network.features(pictures), setup.network.features(references)
    report["distance"] = distance_report(setup.network, made, real)
    report["distance"]["folds"] = mean_interval(fold_distances(made, real)).as_json()
    halves = real[torch.randperm(len(real), generator=torch.Generator().manual_seed(0))].chunk(2)
    report["distance"]["between_renders"] = distance_report(setup.network, *halves)
    drawn = held_out_sketches(held_out, size.sketches, setup.config.seed)
    followed = None
    if has_control(setup.model):
        say(f"generating {2 * len(drawn.scenes)} pictures from sketches")
        followed = follow_sketches(
            setup.model, drawn, setup.config.sampler, setup.config.seed, workers=setup.workers,
            device=setup.device,
        )  # fmt: skip
    else:
        say("the model has no ControlNet: sketches are left out")
    report["sketches"] = sketch_report(drawn, followed)
    return Measured(report, asked, pictures, references, scenes, drawn, followed)
