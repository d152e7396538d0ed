"""Measuring the exported model, and the ablations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from maquette_recipe.commands.options import (
    CompileOption,
    ConfigOption,
    DeviceOption,
    DocsOption,
    ModelOption,
    WorkersOption,
    WorkOption,
    models_folder,
    print_report,
)
from maquette_recipe.config import Config, load_config

measures = typer.Typer()


@measures.command()
def evaluate(
    work: Annotated[
        Path | None,
        typer.Option("--work", help="Folder for pictures and checkpoints; not needed for --quick."),
    ] = None,
    config: ConfigOption = None,
    model: ModelOption = None,
    docs: DocsOption = Path("docs/model"),
    device: DeviceOption = "cpu",
    workers: WorkersOption = 2,
    quick: Annotated[
        bool,
        typer.Option("--quick", help="A few captions and sketches, in minutes; prints a table."),
    ] = False,
    inception: Annotated[
        Path | None,
        typer.Option(help="Weights of the FID Inception network; the own classifier without."),
    ] = None,
    captions: Annotated[int, typer.Option(min=16, help="Captions for --compare.")] = 128,
    compare: Annotated[
        list[str] | None,
        typer.Option(help="Only compare samplers, each STEPS:GUIDANCE; repeatable."),
    ] = None,
) -> None:
    """Measure the exported model on combinations that it was never trained on."""
    from maquette_recipe.config import SamplerConfig
    from maquette_recipe.evaluate.classifier import load_judge
    from maquette_recipe.evaluate.distances import inception_network, own_network
    from maquette_recipe.evaluate.measure import Setup
    from maquette_recipe.evaluate.report import table
    from maquette_recipe.evaluate.run import compare_samplers, quick_part
    from maquette_recipe.evaluate.run import evaluate as run_evaluation
    from maquette_recipe.export import MODEL_ID

    judge = load_judge(work, device)
    network = inception_network(inception, device) if inception else own_network(judge)
    setup = Setup(
        model or models_folder() / MODEL_ID, load_config(config), judge, network, workers, device
    )
    if compare:
        pairs = [c.split(":") for c in compare]
        choices = [SamplerConfig(int(steps), float(guidance)) for steps, guidance in pairs]
        compare_samplers(setup, choices, captions, typer.echo)
        return
    if quick:
        columns = {"measured now": quick_part(setup, typer.echo)}
        published = docs / "evaluation.json"
        if published.exists():
            known = json.loads(published.read_text("utf-8"))
            columns |= {"published": known["quick"]} if "quick" in known else {}
        typer.echo("\n".join(table(columns)))
        return
    if work is None:
        raise typer.BadParameter("a full evaluation needs the training folder", param_hint="--work")
    report = run_evaluation(setup, work, docs, typer.echo)
    typer.echo("\n".join(table({"full": report["full"], "quick": report["quick"]})))


@measures.command()
def show(
    work: WorkOption,
    config: ConfigOption = None,
    model: ModelOption = None,
    docs: DocsOption = Path("docs/model"),
    device: DeviceOption = "cpu",
    workers: WorkersOption = 2,
    sketches: Annotated[int, typer.Option(min=32, help="Held-out sketches to follow.")] = 500,
) -> None:
    """Draw contact sheets and loss curves, measure how sketches are followed; needs no judge."""
    from maquette_recipe.evaluate.run import show as show_model
    from maquette_recipe.export import MODEL_ID

    report = show_model(
        model or models_folder() / MODEL_ID, load_config(config), work, docs, sketches,
        workers=workers, device=device,
    )  # fmt: skip
    for name, row in report.items():
        typer.echo(name)
        print_report(row)


@measures.command()
def ablate(
    work: WorkOption,
    config: ConfigOption = None,
    model: ModelOption = None,
    docs: DocsOption = Path("docs/model"),
    device: DeviceOption = "cpu",
    workers: WorkersOption = 2,
    captions: Annotated[int, typer.Option(min=16)] = 500,
    schedules: Annotated[
        bool,
        typer.Option("--schedules", help="Train a DDPM baseline and compare it with the recipe."),
    ] = False,
    codes: Annotated[
        bool, typer.Option("--codes", help="Measure what other latents could show at most.")
    ] = False,
    compiled: CompileOption = False,
) -> None:
    """Compare samplers, steps and guidance; with --schedules or --codes, those."""
    from maquette_recipe.evaluate.ablations import run_ablations, run_codes
    from maquette_recipe.evaluate.classifier import load_judge
    from maquette_recipe.evaluate.distances import own_network
    from maquette_recipe.evaluate.measure import Setup
    from maquette_recipe.export import MODEL_ID

    recipe = load_config(config)
    if schedules:
        _train_arms(work, recipe, device, compiled=compiled)
    judge = load_judge(work, device)
    folder = model or models_folder() / MODEL_ID
    setup = Setup(folder, recipe, judge, own_network(judge), workers, device)
    if codes:
        run_codes(setup, work, docs, captions, typer.echo)
    if schedules or not codes:
        run_ablations(setup, work, docs, captions, typer.echo, arms=schedules)


@measures.command()
def growth(
    work: WorkOption,
    models: Annotated[
        list[Path], typer.Argument(help="Exported model folders, from little to much training.")
    ],
    config: ConfigOption = None,
    docs: DocsOption = Path("docs/model"),
    device: DeviceOption = "cpu",
    workers: WorkersOption = 2,
    captions: Annotated[int, typer.Option(min=16)] = 500,
    sketches: Annotated[int, typer.Option(min=8)] = 96,
) -> None:
    """Measure models of growing training and say how many samples each figure would need."""
    from maquette_recipe.evaluate.classifier import load_judge
    from maquette_recipe.evaluate.distances import own_network
    from maquette_recipe.evaluate.growth import run_growth
    from maquette_recipe.evaluate.measure import Setup

    judge = load_judge(work, device)
    setup = Setup(models[-1], load_config(config), judge, own_network(judge), workers, device)
    report = run_growth(setup, models, work, docs, captions, sketches, typer.echo)
    for name, found in report["figures"].items():
        typer.echo(f"{name}: {json.dumps(found)}")


def _train_arms(work: Path, recipe: Config, device: str, *, compiled: bool) -> None:
    from maquette_recipe.data.latents import load_latents
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.ablation import ARMS, train_arm

    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    training = load_latents(work, validation=False)
    validation = load_latents(work, validation=True)
    for arm in ARMS:
        typer.echo(f"training {arm}")
        reports = train_arm(
            work, recipe, arm, tokenizer, training, validation, device, compiled=compiled
        )
        for report in reports:
            print_report(report)
