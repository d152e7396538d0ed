"""How well the model follows sketches, beside what renders of the same drawings reach."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

from maquette_recipe.config import SamplerConfig
from maquette_recipe.evaluate.agreement import Agreement, sketch_agreement
from maquette_recipe.evaluate.generate import make_pictures
from maquette_recipe.evaluate.intervals import mean_interval
from maquette_recipe.evaluate.reference import SketchSet
from maquette_recipe.sketch.augment import Level, evaluation_sketches

LEVELS: Final[tuple[Level, ...]] = ("clean", "augmented")
SKETCH_SEED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Followed:
    """`sketches` (N, 3, H, W) that the model saw, `pictures` (N, 3, H, W) that it made of them,
    and how these agree with the clean drawings."""

    sketches: Tensor
    pictures: Tensor
    agreement: Agreement


def as_report(agreement: Agreement) -> dict[str, Any]:
    """Means, the interval of the mean F1, and the worst tenth's F1."""
    means = {name: round(value, 4) for name, value in agreement.means().items()}
    found = mean_interval(agreement.f1.tolist())
    return {
        "count": len(agreement.f1), **means,
        "f1_low": round(found.low, 4), "f1_high": round(found.high, 4),
        "f1_worst_tenth": round(float(agreement.f1.quantile(0.1)), 4),
    }  # fmt: skip


def follow_sketches(
    folder: Path, drawn: SketchSet, sampler: SamplerConfig, seed: int, *, workers: int = 2,
    device: str = "cpu",
) -> dict[Level, Followed]:  # fmt: skip
    """Pictures of clean and of augmented sketches, both scored against the clean drawings."""
    lines = torch.from_numpy(drawn.lines).float() / 255
    prompts = [c.text for c in drawn.captions]
    seeds = [SKETCH_SEED + i for i in range(len(prompts))]
    result: dict[Level, Followed] = {}
    for level in LEVELS:
        sketches = evaluation_sketches(drawn.lines, seed, level)
        pictures = make_pictures(
            folder, prompts, sampler, seeds=seeds, sketches=sketches, workers=workers,
            device=device,
        )  # fmt: skip
        result[level] = Followed(sketches, pictures, sketch_agreement(pictures, lines))
    return result


def sketch_report(drawn: SketchSet, followed: dict[Level, Followed] | None) -> dict[str, Any]:
    """Plain numbers: the model's agreement at both levels, the renders' own as an upper bound, and
    that of renders with the next drawing, which is what chance reaches."""
    lines = torch.from_numpy(drawn.lines).float() / 255
    report = {
        "renders": as_report(sketch_agreement(drawn.renders, lines)),
        "chance": as_report(sketch_agreement(drawn.renders, lines.roll(1, 0))),
    }
    for level, found in (followed or {}).items():
        report[level] = as_report(found.agreement)
    return report
