"""The whole evaluation: every figure and every picture of the documentation, or its quick part."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from torch import Tensor

from maquette_recipe.config import Config, SamplerConfig
from maquette_recipe.data.shards import open_pictures
from maquette_recipe.evaluate.accuracy import accuracies
from maquette_recipe.evaluate.asked import evaluation_captions, is_styled
from maquette_recipe.evaluate.classifier import predict, scene_accuracy
from maquette_recipe.evaluate.examples import SURFACES, WHOLE, open_examples
from maquette_recipe.evaluate.generate import has_control, make_pictures
from maquette_recipe.evaluate.learning import judge_accuracy
from maquette_recipe.evaluate.measure import (
    EVALUATION_SEED,
    FULL,
    QUICK,
    Measured,
    Say,
    Setup,
    Size,
    measure,
)
from maquette_recipe.evaluate.originality import diversity_report, neighbour_report
from maquette_recipe.evaluate.plots import plot_all_stages
from maquette_recipe.evaluate.reference import held_out_sketches, render_own
from maquette_recipe.evaluate.report import markdown
from maquette_recipe.evaluate.sheets import comparison_matrix
from maquette_recipe.evaluate.showpieces import Maker, contact_sheets
from maquette_recipe.evaluate.sketches import follow_sketches, sketch_report
from maquette_recipe.world import FORMS, PLAIN

REPORT: Final = "evaluation.json"
PAGE: Final = "evaluation.md"
SKETCHES: Final = "sketches.json"
_EXAMPLES: Final = 4


def quick_part(setup: Setup, say: Say, size: Size = QUICK) -> dict[str, Any]:
    """The quick figures: a few captions and sketches against renders that it makes itself.

    Depends on the model, the judge and the recipe alone, so that everyone gets the same.
    """
    with tempfile.TemporaryDirectory(prefix="maquette-evaluation-") as folder:
        say("rendering held-out pictures")
        for _ in render_own(
            Path(folder), setup.config.render, setup.config.seed, workers=setup.workers
        ):
            pass
        return measure(setup, open_pictures(Path(folder)), size, say).report


def describe(setup: Setup) -> dict[str, Any]:
    """What was measured: version, training and sampler."""
    described = json.loads((setup.model / "maquette.json").read_text("utf-8"))
    sampler = setup.config.sampler
    return {
        "version": described["version"], "samples_trained": described["trained_samples"],
        "sampler": {"steps": sampler.steps, "guidance": sampler.guidance},
    }  # fmt: skip


def evaluate(setup: Setup, work: Path, docs: Path, say: Say, size: Size = FULL) -> dict[str, Any]:
    """Measure the exported model with all that the training folder offers.

    Writes JSON, Markdown and pictures into `docs` and returns what the JSON holds. Raises
    FileNotFoundError when `work` lacks held-out or training renders.
    """
    docs.mkdir(parents=True, exist_ok=True)
    held_out = open_pictures(work / "held-out")
    training = open_pictures(work / "pictures", validation=False)
    measured = measure(setup, held_out, size, say)
    report = {**describe(setup), "full": measured.report}
    say("looking for copies of training pictures")
    report["neighbours"] = neighbour_report(setup, measured, training, docs)
    say("measuring diversity")
    report["diversity"] = diversity_report(setup)
    report["judge"] = judge_report(setup, work, measured)
    say("drawing sheets")
    draw_sheets(setup, measured, docs)
    plot_all_stages(work, docs)
    report["quick"] = quick_part(setup, say)
    (docs / REPORT).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    (docs / PAGE).write_text(markdown(report), encoding="utf-8")
    return report


def judge_report(setup: Setup, work: Path, measured: Measured) -> dict[str, Any]:
    """The judge's own accuracy, on held-out combinations and on kept-aside training pictures."""
    predicted = predict(setup.judge, measured.references)
    report = {"held_out": scene_accuracy(predicted, measured.reference_scenes)}
    whole, surfaces = (kind.folder(work, validation=True) for kind in (WHOLE, SURFACES))
    if whole.exists() and surfaces.exists():
        material = judge_accuracy(setup.judge, open_examples(surfaces))["material"]
        report["kept_aside"] = judge_accuracy(
            setup.judge, open_examples(whole), setup.judge.small
        ) | {"material": material}
    return {
        part: {name: round(value, 4) for name, value in row.items()} for part, row in report.items()
    }


def _matrix_rows(measured: Measured) -> list[tuple[str, Tensor, Tensor]]:
    """A few renders and generated pictures, both without a style, of every form that has both."""
    rows = []
    for form in FORMS:
        real = [i for i, scene in enumerate(measured.reference_scenes)
                if scene.form == form and scene.style == PLAIN][:_EXAMPLES]  # fmt: skip
        made = [i for i, asked in enumerate(measured.asked)
                if asked.scene.form == form and not is_styled(asked)][:_EXAMPLES]  # fmt: skip
        if real and made:
            rows.append((form, measured.references[real], measured.pictures[made]))
    return rows


def draw_sheets(setup: Setup, measured: Measured, docs: Path) -> None:
    """Write the matrix and all contact sheets that the model can make."""
    maker = Maker(setup.model, setup.config.sampler, setup.workers, setup.device)
    comparison_matrix(_matrix_rows(measured), docs / "rendered-and-generated.jpg")
    contact_sheets(maker, measured.drawn, measured.followed, docs)


def show(
    model: Path, config: Config, work: Path, docs: Path, count: int, *, workers: int = 2,
    device: str = "cpu",
) -> dict[str, Any]:  # fmt: skip
    """Draw contact sheets and loss curves, and measure how `count` held-out sketches are followed.

    Needs no judge. Writes pictures and `sketches.json` into `docs`, returns what the latter holds.
    Raises FileNotFoundError when `work` lacks held-out renders.
    """
    docs.mkdir(parents=True, exist_ok=True)
    drawn = held_out_sketches(open_pictures(work / "held-out"), count, config.seed)
    followed = None
    if has_control(model):
        followed = follow_sketches(
            model, drawn, config.sampler, config.seed, workers=workers, device=device
        )
    report = sketch_report(drawn, followed)
    (docs / SKETCHES).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    contact_sheets(Maker(model, config.sampler, workers, device), drawn, followed, docs)
    plot_all_stages(work, docs)
    return report


def compare_samplers(
    setup: Setup, choices: Sequence[SamplerConfig], count: int, say: Say
) -> dict[str, dict[str, float]]:
    """Accuracy of some sampler settings on a few held-out captions of another seed."""
    asked = evaluation_captions(count, setup.config.seed + 1)
    table = {}
    for choice in choices:
        pictures = make_pictures(
            setup.model, [a.caption.text for a in asked], choice,
            seeds=[EVALUATION_SEED + i for i in range(count)], workers=setup.workers,
            device=setup.device,
        )  # fmt: skip
        shares = accuracies(predict(setup.judge, pictures), asked)["all"]
        name = f"{choice.steps} steps, guidance {choice.guidance:g}"
        table[name] = {attribute: round(share.value, 3) for attribute, share in shares.items()}
        say(f"{name}: {table[name]}")
    return table
