"""What goes into the training and what comes out: pictures, latents, the model folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maquette_recipe.commands.options import (
    ConfigOption,
    DeviceOption,
    WorkersOption,
    WorkOption,
    models_folder,
)
from maquette_recipe.config import load_config

data = typer.Typer()


@data.command()
def render(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    workers: WorkersOption = 2,
    held_out_geometries: Annotated[
        int, typer.Option(help="Geometries in held-out combinations, for the evaluation only.")
    ] = 192,
) -> None:
    """Render the training pictures and the evaluation's reference pictures."""
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeRemainingColumn

    from maquette_recipe.data.generate import render_all

    recipe = load_config(config)
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


@data.command()
def encode(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    workers: WorkersOption = 2,
) -> None:
    """Turn all rendered pictures, their mirror images and styled versions into latents."""
    from maquette_recipe.data.latents import encode_pictures
    from maquette_recipe.nets.linear_code import read_encoder
    from maquette_recipe.train.autoencoder import load_autoencoder

    recipe = load_config(config)
    vae = load_autoencoder(work, recipe.autoencoder)
    code, scale = read_encoder(vae), vae.config["scaling_factor"]
    for validation in (True, False):
        for done, total in encode_pictures(
            code, scale, work / "pictures", work, validation=validation, seed=recipe.seed,
            device=device, workers=workers,
        ):  # fmt: skip
            typer.echo(f"encoded {done}/{total} chunks")


@data.command()
def export(
    work: WorkOption,
    config: ConfigOption = None,
    out: Annotated[
        Path | None, typer.Option(help="Parent of the model folder; the package by default.")
    ] = None,
    shard_size: Annotated[
        str | None, typer.Option(help="Largest weight file, e.g. 15MB, where files are limited.")
    ] = None,
) -> None:
    """Write the model folder, its preview projection and the manifest."""
    from maquette_recipe.export import export_trained

    size = export_trained(work, out or models_folder(), load_config(config), shard_size)
    typer.echo(f"{size / 1e6:.1f} MB written")
