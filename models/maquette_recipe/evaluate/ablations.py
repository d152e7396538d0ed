"""The ablations: schedule against schedule, guidance, samplers over their steps, and codes.

All but the last compare pictures for the same captions with the same seeds against the same
held-out renders.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec
from torch import Tensor

from maquette_recipe.config import SamplerConfig, SamplerName
from maquette_recipe.data.shards import open_pictures
from maquette_recipe.evaluate.ablation_plots import plot_schedules, plot_settings
from maquette_recipe.evaluate.accuracy import accuracies
from maquette_recipe.evaluate.asked import Asked, evaluation_captions
from maquette_recipe.evaluate.classifier import predict
from maquette_recipe.evaluate.codes import measure_codes
from maquette_recipe.evaluate.distances import frechet_distance
from maquette_recipe.evaluate.folds import compare_distances
from maquette_recipe.evaluate.measure import Say, Setup, generate_asked
from maquette_recipe.evaluate.reference import reference_pictures
from maquette_recipe.export import MODEL_ID, export_trained
from maquette_recipe.train.ablation import ARMS, arm_config, arm_folder

REPORT: Final = "ablations.json"
STEPS: Final = (4, 6, 8, 10, 15, 20, 30, 50)
GUIDANCE: Final = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0)
SWEPT: Final[tuple[SamplerName, ...]] = ("ddim", "dpm++2m", "unipc")
ARM_STEPS: Final = (10, 20, 50)


@dataclasses.dataclass(frozen=True, slots=True)
class Bench:
    """Captions and the features (M, D) of the renders that all settings are compared with."""

    asked: list[Asked]
    real: Tensor


def build_bench(setup: Setup, work: Path, captions: int) -> Bench:
    """`captions` unseen captions and as many held-out renders as there are, at most as many."""
    renders, _ = reference_pictures(open_pictures(work / "held-out"), captions, setup.config.seed)
    return Bench(evaluation_captions(captions, setup.config.seed), setup.network.features(renders))


def with_sampler(setup: Setup, sampler: SamplerConfig) -> Setup:
    """The same measurement with another sampler."""
    return dataclasses.replace(setup, config=msgspec.structs.replace(setup.config, sampler=sampler))


def measure_setting(setup: Setup, bench: Bench) -> tuple[dict[str, float], Tensor]:
    """Feature distance and accuracies of one setting, and the features (N, D) of its pictures."""
    pictures = generate_asked(setup, bench.asked)
    features = setup.network.features(pictures)
    shares = accuracies(predict(setup.judge, pictures), bench.asked)["all"]
    row = {"distance": round(frechet_distance(features, bench.real), 4)}
    return row | {name: round(share.value, 4) for name, share in shares.items()}, features


def sweep(
    setup: Setup, bench: Bench, samplers: Iterable[SamplerConfig], say: Say
) -> list[dict[str, Any]]:
    """One row per sampler setting."""
    rows = []
    for sampler in samplers:
        row, _ = measure_setting(with_sampler(setup, sampler), bench)
        rows.append({**msgspec.structs.asdict(sampler), **row})
        say(json.dumps(rows[-1]))
    return rows


def export_arm(work: Path, setup: Setup, arm: str) -> Path:
    """The trained arm as a pipeline folder; its autoencoder and pictures are those of `work`."""
    folder = arm_folder(work, arm)
    for name in ("autoencoder.pt", "tokenizer", "pictures"):
        if not (folder / name).exists():
            (folder / name).symlink_to((work / name).resolve())
    export_trained(folder, folder / "model", arm_config(setup.config, arm))
    return folder / "model" / MODEL_ID


def compare_arms(setup: Setup, work: Path, bench: Bench, say: Say) -> list[dict[str, Any]]:
    """Feature distances of both arms at equal steps, and their ratio over five folds.

    The baseline is sampled as DDPM was, the published arm by the recipe's sampler. Guidance is
    the recipe's for both. Raises FileNotFoundError when an arm was not trained.
    """
    models = {arm: export_arm(work, setup, arm) for arm in ARMS}
    guidance, own = setup.config.sampler.guidance, setup.config.sampler.name
    names: dict[str, SamplerName] = {"published": own, "ddpm": "ddpm"}
    rows = []
    for steps in ARM_STEPS:
        row: dict[str, Any] = {"steps": steps}
        features: dict[str, Tensor] = {}
        for arm, model in models.items():
            arm_setup = with_sampler(setup, SamplerConfig(steps, guidance, names[arm]))
            arm_setup = dataclasses.replace(arm_setup, model=model)
            row[arm], features[arm] = measure_setting(arm_setup, bench)
        compared = compare_distances(features["published"], features["ddpm"], bench.real)
        row["folds"] = compared.as_json()
        say(json.dumps(row))
        rows.append(row)
    return rows


def _note(docs: Path, part: str, found: dict[str, Any]) -> dict[str, Any]:
    """Put one part's figures into ``ablations.json``, whose other parts are kept."""
    docs.mkdir(parents=True, exist_ok=True)
    path = docs / REPORT
    report: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    report[part] = found
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return report


def run_codes(setup: Setup, work: Path, docs: Path, renders: int, say: Say) -> dict[str, Any]:
    """Measure what linear codes keep, and note it in ``ablations.json``."""
    rows = measure_codes(setup, work, renders, say)
    return _note(docs, "codes", {"renders": renders, "rows": rows})


def run_ablations(
    setup: Setup, work: Path, docs: Path, captions: int, say: Say, *, arms: bool
) -> dict[str, Any]:
    """Measure all settings of the exported model, and the trained arms if `arms`.

    Writes ``ablations.json`` and curves into `docs`; what an earlier call measured and this one
    does not is kept.
    """
    docs.mkdir(parents=True, exist_ok=True)
    bench = build_bench(setup, work, captions)
    own = setup.config.sampler
    found: dict[str, Any] = {"captions": captions, "renders": len(bench.real),
                             "feature_network": setup.network.described}  # fmt: skip
    if arms:
        found["rows"] = compare_arms(setup, work, bench, say)
        plot_schedules(found["rows"], docs / "ablation-schedules.png")
    else:
        found["steps"] = sweep(
            setup, bench,
            (SamplerConfig(steps, own.guidance, name) for name in SWEPT for steps in STEPS), say,
        )  # fmt: skip
        found["guidance"] = sweep(
            setup, bench, (SamplerConfig(own.steps, g, own.name) for g in GUIDANCE), say
        )
        plot_settings(found["steps"], "steps", docs / "ablation-steps.png")
        plot_settings(found["guidance"], "guidance", docs / "ablation-guidance.png")
    return _note(docs, "schedules" if arms else "samplers", found)
