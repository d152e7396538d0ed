"""Training the parts of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from maquette_recipe.commands.options import (
    AheadOption,
    CompileOption,
    ConfigOption,
    DeviceOption,
    FromOption,
    WorkersOption,
    WorkOption,
    print_report,
)
from maquette_recipe.config import load_config

if TYPE_CHECKING:
    from pathlib import Path

    from maquette_recipe.train.control_batches import Drawn

train = typer.Typer(no_args_is_help=True, help="Train the parts of the model.")


@train.command("autoencoder")
def train_autoencoder_command(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    start: FromOption = None,
) -> None:
    """Train the autoencoder on the rendered pictures."""
    from maquette_recipe.train.autoencoder import train_autoencoder

    recipe = load_config(config)
    for report in train_autoencoder(
        work / "pictures", work, recipe.autoencoder, recipe.seed, device, start
    ):
        print_report(report)


@train.command("text")
def train_text_command(
    work: WorkOption, config: ConfigOption = None, start: FromOption = None
) -> None:
    """Teach the text encoder the caption grammar."""
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.text import train_text

    recipe = load_config(config)
    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    for report in train_text(work, tokenizer, recipe.text, recipe.seed, start):
        print_report(report)


@train.command("base")
def train_base_command(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    start: FromOption = None,
    workers: AheadOption = 0,
    compiled: CompileOption = False,
) -> None:
    """Train UNet and text encoder on the latents."""
    from maquette_recipe.data.latents import load_latents
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.base import BaseTrainer

    recipe = load_config(config)
    trainer = BaseTrainer(
        work, recipe, work_tokenizer(work, recipe.text, recipe.seed),
        load_latents(work, validation=False), load_latents(work, validation=True),
        warm_start=start, device=device, workers=workers, compiled=compiled,
    )  # fmt: skip
    for report in trainer.run():
        print_report(report)


@train.command("control")
def train_control_command(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    start: FromOption = None,
    workers: AheadOption = 0,
    compiled: CompileOption = False,
) -> None:
    """Train the sketch ControlNet on the trained base model."""
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.base import load_base
    from maquette_recipe.train.control import ControlTrainer

    recipe = load_config(config)
    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    trainer = ControlTrainer(
        work, recipe, tokenizer, load_base(work, recipe, tokenizer), *_drawn(work),
        device=device, workers=workers, warm_start=start, compiled=compiled,
    )  # fmt: skip
    for report in trainer.run():
        print_report(report)


@train.command("critic")
def train_critic_command(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    workers: AheadOption = 0,
    compiled: CompileOption = False,
) -> None:
    """Train the critic, which names what latents show."""
    from maquette_recipe.data.latents import load_latents
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.critic import CriticTrainer
    from maquette_recipe.train.trained import load_steered_base

    recipe = load_config(config)
    base = load_steered_base(work, recipe, work_tokenizer(work, recipe.text, recipe.seed))
    training, validation = (load_latents(work, validation=kept) for kept in (False, True))
    trainer = CriticTrainer(
        work, recipe, base, training, validation,
        device=device, workers=workers, compiled=compiled,
    )  # fmt: skip
    for report in trainer.run():
        print_report(report)


@train.command("refine")
def train_refine_command(
    work: WorkOption,
    config: ConfigOption = None,
    device: DeviceOption = "cpu",
    workers: AheadOption = 0,
    compiled: CompileOption = False,
) -> None:
    """Train the UNet on pictures that it makes, which the critic looks at."""
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.critic import load_critic
    from maquette_recipe.train.refine import RefineTrainer
    from maquette_recipe.train.trained import load_control, load_steered_base

    recipe = load_config(config)
    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    control = load_control(work, recipe)
    if control is None:
        raise FileNotFoundError(f"no ControlNet in {work}; run `train control` first")
    trainer = RefineTrainer(
        work, recipe, tokenizer, load_steered_base(work, recipe, tokenizer), control,
        load_critic(work, recipe), *_drawn(work),
        device=device, workers=workers, compiled=compiled,
    )  # fmt: skip
    for report in trainer.run():
        print_report(report)


def _drawn(work: Path) -> tuple[Drawn, Drawn]:
    """Latents and drawings, to learn from and kept aside."""
    from maquette_recipe.data.latents import load_latents, open_sources
    from maquette_recipe.train.control_batches import Drawn

    training, validation = (
        Drawn(load_latents(work, validation=kept), open_sources(work, validation=kept))
        for kept in (False, True)
    )
    return training, validation


@train.command("decoder")
def train_decoder_command(
    work: WorkOption, config: ConfigOption = None, device: DeviceOption = "cpu"
) -> None:
    """Train the decoder on what the trained base model gives it."""
    from maquette_recipe.nets.tokenizer import work_tokenizer
    from maquette_recipe.train.decoder import train_decoder

    recipe = load_config(config)
    tokenizer = work_tokenizer(work, recipe.text, recipe.seed)
    for report in train_decoder(work / "pictures", work, recipe, tokenizer, device):
        print_report(report)


@train.command("judge")
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

    recipe = load_config(config)
    for done, total in prepare_examples(work, recipe.seed, workers=workers, device=device):
        typer.echo(f"examples {done}/{total}")
    for report in train_judge(work, recipe.seed, device=device):
        print_report(report)
    if ship:
        shutil.copyfile(work / WEIGHTS, SHIPPED)
