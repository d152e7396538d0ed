"""How figures grow with training, and how many samples a figure would need.

What is missed falls as a power of the samples, as losses do (arXiv:2001.08361, section 3): a line
in logarithms through the measured models. It is counted from a ceiling, which no training of the
UNet lifts: what judge and edge detector find in renders that went through the autoencoder. Made
pictures can be plainer than renders; a figure that is above its ceiling has none.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.data.shards import open_pictures
from maquette_recipe.evaluate.accuracy import accuracies
from maquette_recipe.evaluate.agreement import sketch_agreement
from maquette_recipe.evaluate.asked import evaluation_captions
from maquette_recipe.evaluate.classifier import predict, scene_accuracy
from maquette_recipe.evaluate.generate import has_control
from maquette_recipe.evaluate.growth_plot import plot_growth
from maquette_recipe.evaluate.measure import Say, Setup, generate_asked
from maquette_recipe.evaluate.reference import (
    SketchSet,
    held_out_sketches,
    reference_pictures,
)
from maquette_recipe.evaluate.sketches import follow_sketches
from maquette_recipe.nets.carry_over import open_exported_autoencoder
from maquette_recipe.train.autoencoder import decode, encode

REPORT: Final = "growth.json"
TARGETS: Final[Mapping[str, float]] = MappingProxyType({
    "form": 0.85, "colour": 0.92, "material": 0.80, "style": 0.75,
    "edge F1, clean sketches": 0.80, "edge F1, augmented sketches": 0.65,
})  # fmt: skip
_LEAST_MISS: Final = 1e-3
_BATCH: Final = 16


@dataclass(frozen=True, slots=True)
class PowerLaw:
    """The figure after n samples is `ceiling` - `factor` * n ** `exponent`."""

    ceiling: float
    factor: float
    exponent: float

    def at(self, samples: float) -> float:
        """The figure after `samples`."""
        return self.ceiling - self.factor * samples**self.exponent

    def needed(self, target: float) -> float | None:
        """Samples until the figure is `target`; None where it never will be."""
        if target >= self.ceiling or self.exponent >= 0:
            return None
        return ((self.ceiling - target) / self.factor) ** (1 / self.exponent)


def fit_power_law(samples: Sequence[float], figures: Sequence[float], ceiling: float) -> PowerLaw:
    """The least-squares line through what is missed, in logarithms.

    `figures` are in 0..1. Raises ValueError for fewer than two points.
    """
    if len(samples) < 2:
        raise ValueError(f"{len(samples)} measured models are too few for a curve; give two")
    missed = np.maximum(ceiling - np.asarray(figures), _LEAST_MISS)
    exponent, offset = np.polyfit(np.log(np.asarray(samples, dtype=float)), np.log(missed), 1)
    return PowerLaw(ceiling, math.exp(offset), float(exponent))


@torch.no_grad()
def through_autoencoder(folder: Path, pictures: Tensor) -> Tensor:
    """Pictures (N, 3, H, W) in 0..1, coded and decoded by the exported `folder`'s autoencoder."""
    vae = open_exported_autoencoder(folder).eval()
    parts = [decode(vae, encode(vae, part)).clamp(0, 1) for part in pictures.split(_BATCH)]
    return torch.cat(parts)


def measure_ceilings(setup: Setup, work: Path, drawn: SketchSet, count: int) -> dict[str, float]:
    """What each figure is for renders that the autoencoder gave back."""
    references, scenes = reference_pictures(open_pictures(work / "held-out"), count,
                                            setup.config.seed)  # fmt: skip
    found = predict(setup.judge, through_autoencoder(setup.model, references))
    ceilings = scene_accuracy(found, scenes)
    lines = torch.from_numpy(drawn.lines).float() / 255
    edges = sketch_agreement(through_autoencoder(setup.model, drawn.renders), lines).means()["f1"]
    for name in TARGETS:
        ceilings.setdefault(name, edges)
    return {name: ceilings[name] for name in TARGETS}


def measure_model(setup: Setup, drawn: SketchSet, captions: int) -> dict[str, float]:
    """The figures of :data:`TARGETS` that the model has, and its samples."""
    asked = evaluation_captions(captions, setup.config.seed)
    shares = accuracies(predict(setup.judge, generate_asked(setup, asked)), asked)["all"]
    described = json.loads((setup.model / "maquette.json").read_text("utf-8"))
    row = {"samples": float(described["trained_samples"])}
    row |= {name: round(share.value, 4) for name, share in shares.items() if name in TARGETS}
    if has_control(setup.model):
        followed = follow_sketches(
            setup.model, drawn, setup.config.sampler, setup.config.seed, workers=setup.workers,
            device=setup.device,
        )  # fmt: skip
        for level, found in followed.items():
            f1 = float(found.agreement.f1.mean())
            row[f"edge F1, {level} sketches"] = round(f1, 4)
    return row


def forecast(
    rows: Sequence[Mapping[str, float]], ceilings: Mapping[str, float]
) -> dict[str, dict[str, float | None]]:
    """By figure: target, ceiling, exponent, and the samples needed (None: more will not do)."""
    found: dict[str, dict[str, float | None]] = {}
    for name, target in TARGETS.items():
        measured = [row for row in rows if name in row]
        if len(measured) < 2:
            continue
        samples, values = ([row[key] for row in measured] for key in ("samples", name))
        ceiling = ceilings[name] if max(values) < ceilings[name] else 1.0
        law = fit_power_law(samples, values, ceiling)
        needed = law.needed(target)
        found[name] = {
            "target": target, "ceiling": round(law.ceiling, 4), "factor": law.factor,
            "exponent": round(law.exponent, 4), "needed": None if needed is None else round(needed),
        }  # fmt: skip
    return found


def run_growth(
    setup: Setup, models: Sequence[Path], work: Path, docs: Path, captions: int, sketches: int,
    say: Say,
) -> dict[str, Any]:  # fmt: skip
    """Measure exported models of growing training alike; writes ``growth.json`` and curves.

    The ceilings are those of the last model. Raises ValueError for fewer than two models.
    """
    if len(models) < 2:
        raise ValueError(f"{len(models)} measured models are too few for a curve; give two")
    docs.mkdir(parents=True, exist_ok=True)
    drawn = held_out_sketches(open_pictures(work / "held-out"), sketches, setup.config.seed)
    rows = []
    for model in models:
        rows.append(measure_model(dataclasses.replace(setup, model=model), drawn, captions))
        say(json.dumps(rows[-1]))
    last = dataclasses.replace(setup, model=models[-1])
    ceilings = measure_ceilings(last, work, drawn, captions)
    report = {"captions": captions, "sketches": sketches, "models": rows,
              "figures": forecast(rows, ceilings)}  # fmt: skip
    (docs / REPORT).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    plot_growth(rows, report["figures"], docs / "growth.png")
    return report
