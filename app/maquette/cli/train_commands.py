"""The commands of `maquette train`; as in `main`, their work is imported when it is called."""

from pathlib import Path
from typing import Annotated

import typer

from maquette.cli import option_types
from maquette.core.training import StyleKind, TrainingPreset

TRAIN = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@TRAIN.callback()
def _train() -> None:
    """Train on your own pictures."""


@TRAIN.command("style")
def train_style(
    folder: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FOLDER", help="Pictures, or folders of them; 10 to 60 are best."),
    ] = None,
    name: Annotated[str, typer.Option(help="What the style is called.")] = "",
    kind: Annotated[
        StyleKind, typer.Option(help="What the pictures have in common.")
    ] = StyleKind.STYLE,
    preset: Annotated[
        TrainingPreset, typer.Option(help="How much time it gets.")
    ] = TrainingPreset.QUICK,
    steps: Annotated[
        int, typer.Option(metavar="N", help="How many steps; 0 for what the preset says.")
    ] = 0,
    trigger: Annotated[
        str, typer.Option(metavar="WORDS", help="Words that call the style; else its name.")
    ] = "",
    model: option_types.Model = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Copy the style's .safetensors file there.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the training of that name.")
    ] = False,
    plan_only: Annotated[
        bool,
        typer.Option(
            "--plan-only",
            help="Only plan it, and print its folder, for: accelerate launch -m maquette trainer "
            "--folder DIR",
        ),
    ] = False,
    device: option_types.Device = "",
    precision: option_types.Precision = "",
    as_json: option_types.Json = False,
) -> int:
    """Train a style from pictures, and print the path of its LoRA.

    Ctrl+C pauses; --resume goes on from there, also after a crash. Exit codes: 0 trained; 1 it
    could not be trained; 2 a wrong option or pictures that cannot be used; 130 paused.
    """
    from maquette.cli.train import TrainWishes, run_train_style

    return run_train_style(
        TrainWishes(
            paths=tuple(folder or ()),
            name=name,
            kind=kind,
            preset=preset,
            steps=steps,
            trigger=trigger,
            model=model,
            out=out,
            resume=resume,
            plan_only=plan_only,
            device=device,
            precision=precision,
            as_json=as_json,
        )
    )
