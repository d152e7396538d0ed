"""The whole evaluation: judge, 500 held-out captions, tables, sheets and plots."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor

from maquette_recipe.config import Config, SamplerConfig
from maquette_recipe.data.shards import Pictures, open_pictures
from maquette_recipe.evaluate.classifier import Judge, judge_accuracy, load_judge, predict
from maquette_recipe.evaluate.generate import (
    evaluation_captions,
    generate,
    generate_in_processes,
    load_pipeline,
)
from maquette_recipe.evaluate.report import accuracies, markdown, per_class
from maquette_recipe.evaluate.sheets import (
    CHINESE_PROMPTS,
    ENGLISH_PROMPTS,
    comparison_matrix,
    contact_sheet,
    loss_curve,
)
from maquette_recipe.train.base import LOG
from maquette_recipe.train.budget import read_log
from maquette_recipe.world import FORMS

CAPTIONS: Final = 500
SHEET_SEED: Final = 7
EVALUATION_SEED: Final = 10_000
WORKERS: Final = 2
_EXAMPLES: Final = 4

Say = Callable[[str], None]


def compare_samplers(
    model: Path, work: Path, seed: int, choices: list[SamplerConfig], count: int, say: Say
) -> dict[str, dict[str, float]]:
    """Accuracy of some sampler settings on a few held-out captions."""
    judge = load_judge(work)
    asked = evaluation_captions(count, seed + 1)
    table = {}
    for choice in choices:
        pictures = generate_in_processes(
            model, [c.text for _, c in asked], choice, seed=1000, workers=WORKERS
        )
        shares = accuracies(predict(judge, pictures), asked)["all"]
        name = f"{choice.steps} steps, guidance {choice.guidance:g}"
        table[name] = {k: round(v.value, 3) for k, v in shares.items()}
        say(f"{name}: {table[name]}")
    return table


def _examples(pictures: Pictures, form: str) -> Tensor:
    rows = [i for i, s in enumerate(pictures.scenes) if s.form == form]
    chosen = [rows[int(k)] for k in np.linspace(0, len(rows) - 1, _EXAMPLES)]
    stack = torch.from_numpy(np.stack([pictures[i] for i in chosen]))
    return stack.permute(0, 3, 1, 2).float() / 255


def evaluate(
    model: Path, work: Path, docs: Path, config: Config, say: Say, captions: int = CAPTIONS
) -> dict[str, Any]:
    """Judge the exported model; writes JSON, Markdown and pictures into `docs`."""
    judge: Judge = load_judge(work)
    described = json.loads((model / "maquette.json").read_text("utf-8"))
    pipeline = load_pipeline(model)
    asked = evaluation_captions(captions, config.seed)
    prompts = [c.text for _, c in asked]
    sheet_prompts = [*ENGLISH_PROMPTS, *CHINESE_PROMPTS]
    sheet = torch.cat(
        [next(generate(pipeline, [p], config.sampler, seed=SHEET_SEED)) for p in sheet_prompts]
    )
    contact_sheet(sheet, sheet_prompts, docs / "contact-sheet.png")
    loss_curve(read_log(work / LOG), docs / "loss.png")
    say(f"contact sheet written; generating {len(prompts)} pictures")
    pictures = generate_in_processes(
        model, prompts, config.sampler, seed=EVALUATION_SEED, workers=WORKERS
    )
    predicted = predict(judge, pictures)
    shares = accuracies(predicted, asked)
    held_out = open_pictures(work / "held-out")
    rows = []
    for form in FORMS:
        mine = [i for i, (scene, _) in enumerate(asked) if scene.form == form][:_EXAMPLES]
        if mine:
            rows.append((form, _examples(held_out, form), pictures[mine]))
    comparison_matrix(rows, docs / "rendered-and-generated.png")
    report = {
        "captions": captions,
        "steps": config.sampler.steps,
        "guidance": config.sampler.guidance,
        "samples_trained": described["trained_samples"],
        "accuracy": {
            language: {name: share.as_json() for name, share in row.items()}
            for language, row in shares.items()
        },
        "judge_validation": judge_accuracy(
            judge, open_pictures(work / "pictures", validation=True)
        ),
        "judge_held_out": judge_accuracy(judge, held_out),
        **{
            f"by_{name}": {k: v.as_json() for k, v in per_class(predicted, asked, name).items()}
            for name in ("form", "colour", "material")
        },
    }
    docs.mkdir(parents=True, exist_ok=True)
    (docs / "evaluation.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    (docs / "evaluation.md").write_text(markdown(report, shares), encoding="utf-8")
    return report
