"""The recipe's command line. Every command goes on where it stopped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from maquette_recipe.config import Config, load_config

app = typer.Typer(no_args_is_help=True, help=__doc__)
train_app = typer.Typer(no_args_is_help=True, help="Train the parts of the model.")
app.add_typer(train_app, name="train")

WorkOption = Annotated[Path, typer.Option("--work", help="Folder for pictures and checkpoints.")]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="A TOML recipe instead of the published one.")
]
FromOption = Annotated[
    Path | None,
    typer.Option("--from", help="Exported pipeline folder to start from, without a checkpoint."),
]
WorkersOption = Annotated[int, typer.Option(min=1, help="Processes, on the CPU.")]
DeviceOption = Annotated[str, typer.Option("--device", help="cpu, cuda, mps, ...")]


def _config(path: Path | None) -> Config:
    return load_config(path)


@app.command()
def render(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    workers: Annotated[int, typer.Option(min=1)] = 2,
    held_out_geometries: Annotated[
        int, typer.Option(help="Geometries in held-out combinations, for the evaluation only.")
    ] = 192,
) -> None:
    """Render the training pictures and the evaluation's reference pictures."""
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeRemainingColumn

    from maquette_recipe.data.generate import render_all

    recipe = _config(config)
    with Progress(
        SpinnerColumn(),
        *Progress.get_default_columns(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    ) as bar:
        for name, held_out, count in (
            ("held-out", True, held_out_geometries),
            ("pictures", False, recipe.render.geometries),
        ):
            task = bar.add_task(name)
            for done, total in render_all(
                work / name, recipe.render, recipe.seed, held_out=held_out, workers=workers,
                device=device, geometries=count,
            ):  # fmt: skip
                bar.update(task, completed=done, total=total)


@train_app.command("autoencoder")
def train_autoencoder_command(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    start: FromOption = None,
) -> None:
    """Train the autoencoder on the rendered pictures."""
    from maquette_recipe.train.autoencoder import train_autoencoder

    recipe = _config(config)
    for report in train_autoencoder(
        work / "pictures", work, recipe.autoencoder, recipe.seed, device, start
    ):
        _print_report(report)


@app.command()
def encode(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    workers: Annotated[int, typer.Option(min=1)] = 2,
) -> None:
    """Turn all rendered pictures, their mirror images and styled versions into latents."""
    from maquette_recipe.data.latents import encode_pictures
    from maquette_recipe.nets.linear_code import read_encoder
    from maquette_recipe.train.autoencoder import load_autoencoder

    recipe = _config(config)
    vae = load_autoencoder(work, recipe.autoencoder)
    code, scale = read_encoder(vae), vae.config["scaling_factor"]
    for validation in (True, False):
        for done, total in encode_pictures(
            code, scale, work / "pictures", work, validation=validation, seed=recipe.seed,
            device=device, workers=workers,
        ):  # fmt: skip
            typer.echo(f"encoded {done}/{total} chunks")


@train_app.command("text")
def train_text_command(
    work: WorkOption, config: ConfigOption = None, start: FromOption = None
) -> None:
    """Teach the text encoder the caption grammar."""
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.text import train_text

    recipe = _config(config)
    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    for report in train_text(work, tokenizer, recipe.text, recipe.seed, start):
        _print_report(report)


@train_app.command("base")
def train_base_command(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    start: FromOption = None,
) -> None:
    """Train UNet and text encoder on the latents."""
    from maquette_recipe.data.latents import load_latents
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.base import BaseTrainer

    recipe = _config(config)
    trainer = BaseTrainer(
        work, recipe, work_tokenizer(work, recipe.text, recipe.seed),
        load_latents(work, validation=False), load_latents(work, validation=True),
        warm_start=start, device=device,
    )  # fmt: skip
    for report in trainer.run():
        _print_report(report)


@train_app.command("control")
def train_control_command(
    work: WorkOption, config: ConfigOption = None, device: DeviceOption = "cpu"
) -> None:
    """Train the sketch ControlNet on the trained base model."""
    from maquette_recipe.data.latents import load_latents, open_sources
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.base import load_base
    from maquette_recipe.train.control import ControlTrainer, Drawn

    recipe = _config(config)
    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    training, validation = (
        Drawn(load_latents(work, validation=kept), open_sources(work, validation=kept))
        for kept in (False, True)
    )
    trainer = ControlTrainer(
        work, recipe, tokenizer, load_base(work, recipe, tokenizer), training, validation,
        device=device,
    )  # fmt: skip
    for report in trainer.run():
        _print_report(report)


@train_app.command("decoder")
def train_decoder_command(
    work: WorkOption, config: ConfigOption = None, device: DeviceOption = "cpu"
) -> None:
    """Train the decoder on what the trained base model gives it."""
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.decoder import train_decoder

    recipe = _config(config)
    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    for report in train_decoder(work / "pictures", work, recipe, tokenizer, device):
        _print_report(report)


@app.command()
def export(
    work: WorkOption,
    config: ConfigOption = None,
    out: Annotated[
        Path | None, typer.Option(help="Parent of the model folder; the package by default.")
    ] = None,
) -> None:
    """Write the model folder, its preview projection and the manifest."""
    from maquette_recipe.export import export_trained

    size = export_trained(work, out or _models_folder(), _config(config))
    typer.echo(f"{size / 1e6:.1f} MB written")


@train_app.command("judge")
def train_judge_command(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    workers: WorkersOption = 2,
    ship: Annotated[
        bool, typer.Option("--ship", help="Also keep it beside the recipe, for `evaluate --quick`.")
    ] = False,
) -> None:
    """Train the classifier that names what a picture shows."""
    import shutil

    from maquette_recipe.evaluate.classifier import SHIPPED, WEIGHTS
    from maquette_recipe.evaluate.learning import prepare_examples, train_judge

    recipe = _config(config)
    for done, total in prepare_examples(work, recipe.seed, workers=workers, device=device):
        typer.echo(f"examples {done}/{total}")
    for report in train_judge(work, recipe.seed, device=device):
        _print_report(report)
    if ship:
        shutil.copyfile(work / WEIGHTS, SHIPPED)


@app.command()
def evaluate(
    work: Annotated[
        Path | None,
        typer.Option("--work", help="Folder for pictures and checkpoints; not needed for --quick."),
    ] = None,
    config: ConfigOption = None,
    model: Annotated[Path | None, typer.Option(help="Exported model folder.")] = None,
    docs: Annotated[Path, typer.Option(help="Where tables and pictures go.")] = Path("docs/model"),
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
        model or _models_folder() / MODEL_ID, _config(config), judge, network, workers, device
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


@app.command()
def ablate(
    work: WorkOption,
    config: ConfigOption = None,
    model: Annotated[Path | None, typer.Option(help="Exported model folder.")] = None,
    docs: Annotated[Path, typer.Option(help="Where tables and curves go.")] = Path("docs/model"),
    device: DeviceOption = "cpu",
    workers: WorkersOption = 2,
    captions: Annotated[int, typer.Option(min=16)] = 500,
    schedules: Annotated[
        bool,
        typer.Option("--schedules", help="Train a DDPM baseline and compare it with the recipe."),
    ] = False,
) -> None:
    """Compare samplers, steps and guidance; with --schedules, noise schedules."""
    from maquette_recipe.evaluate.ablations import run_ablations
    from maquette_recipe.evaluate.classifier import load_judge
    from maquette_recipe.evaluate.distances import own_network
    from maquette_recipe.evaluate.measure import Setup
    from maquette_recipe.export import MODEL_ID

    recipe = _config(config)
    if schedules:
        _train_arms(work, recipe, device)
    judge = load_judge(work, device)
    folder = model or _models_folder() / MODEL_ID
    setup = Setup(folder, recipe, judge, own_network(judge), workers, device)
    run_ablations(setup, work, docs, captions, typer.echo, arms=schedules)


def _train_arms(work: Path, recipe: Config, device: str) -> None:
    from maquette_recipe.data.latents import load_latents
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.ablation import ARMS, train_arm

    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    training = load_latents(work, validation=False)
    validation = load_latents(work, validation=True)
    for arm in ARMS:
        typer.echo(f"training {arm}")
        for report in train_arm(work, recipe, arm, tokenizer, training, validation, device):
            _print_report(report)


def _models_folder() -> Path:
    """Where the installed (editable) `maquette_models` package lies."""
    import maquette_models

    return Path(maquette_models.__file__).parent


def _print_report(report: dict[str, float]) -> None:
    parts = (f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in report.items())
    typer.echo("  ".join(parts))
