"""The recipe's command line. Every command goes on where it stopped."""

from __future__ import annotations

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
def train_text_command(work: WorkOption, config: ConfigOption = None) -> None:
    """Teach the text encoder the caption grammar."""
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.text import train_text

    recipe = _config(config)
    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    for report in train_text(work, tokenizer, recipe.text, recipe.seed):
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
        work, recipe, work_tokenizer(work, recipe.text, recipe.seed, start),
        load_latents(work, validation=False), load_latents(work, validation=True),
        warm_start=start, device=device,
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


@app.command()
def evaluate(
    work: WorkOption,
    config: ConfigOption = None,
    model: Annotated[Path | None, typer.Option(help="Exported model folder.")] = None,
    docs: Annotated[Path, typer.Option(help="Where tables and pictures go.")] = Path("docs/model"),
    captions: Annotated[int, typer.Option(min=16)] = 500,
    compare: Annotated[
        list[str] | None,
        typer.Option(help="Only compare samplers, each STEPS:GUIDANCE; repeatable."),
    ] = None,
) -> None:
    """Train the judge if needed, then measure the exported model on held-out captions."""
    from maquette_recipe.config import SamplerConfig
    from maquette_recipe.evaluate.classifier import train_judge
    from maquette_recipe.evaluate.run import compare_samplers
    from maquette_recipe.evaluate.run import evaluate as run_evaluation
    from maquette_recipe.export import MODEL_ID

    recipe = _config(config)
    folder = model or _models_folder() / MODEL_ID
    for report in train_judge(work / "pictures", work, recipe.seed):
        _print_report(report)
    if compare:
        pairs = [c.split(":") for c in compare]
        choices = [SamplerConfig(int(steps), float(guidance)) for steps, guidance in pairs]
        compare_samplers(folder, work, recipe.seed, choices, captions, typer.echo)
        return
    report = run_evaluation(folder, work, docs, recipe, typer.echo, captions)
    for name, share in report["accuracy"]["all"].items():
        typer.echo(f"{name}: {share['share']:.1%} ({share['low']:.1%} to {share['high']:.1%})")


def _models_folder() -> Path:
    """Where the installed (editable) `maquette_models` package lies."""
    import maquette_models

    return Path(maquette_models.__file__).parent


def _print_report(report: dict[str, float]) -> None:
    parts = (f"{k} {v:.4g}" if isinstance(v, float) else f"{k} {v}" for k, v in report.items())
    typer.echo("  ".join(parts))
