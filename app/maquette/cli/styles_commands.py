"""The commands of `maquette styles`; as in `main`, their work is imported when it is called."""

from pathlib import Path
from typing import Annotated

import typer

from maquette.cli import option_types

STYLES = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@STYLES.command("list")
def list_styles(
    query: Annotated[str, typer.Argument(metavar="WORDS", help="Only styles with these.")] = "",
    own: Annotated[bool, typer.Option("--own", help="Only your own.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on a line for each style.")
    ] = False,
) -> int:
    """List the styles: those that ship with Maquette, and your own."""
    from maquette.cli.styles import run_list

    return run_list(query, own=own, as_json=as_json)


@STYLES.command("import")
def import_styles(
    files: Annotated[
        list[Path],
        typer.Argument(help=".maquette-style files, Fooocus .json files, or a styles.csv."),
    ],
) -> int:
    """Take styles in, from Maquette or other programs. Their ids and names are printed.

    What cannot be used is left out and told. Exit codes: 0 all files were read; 2 some file was
    refused, and the others were taken in.
    """
    from maquette.cli.styles import run_import

    return run_import(files)


@STYLES.command("export")
def export_styles(
    file: Annotated[Path, typer.Argument(help="The .maquette-style file to write.")],
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="STYLES", help="Names or ids; without any, all your own."),
    ] = None,
) -> int:
    """Write styles to one file, with their sample pictures, to be given to others."""
    from maquette.cli.styles import run_export

    return run_export(file, names or [])


@STYLES.command("board")
def board(
    prompt: Annotated[str, typer.Argument(help="What the pictures show, in words.")],
    style: Annotated[
        list[str],
        typer.Option(metavar="NAME", help="A style's name or id; give it twice or more."),
    ],
    seed: option_types.Seed = None,
    size: option_types.Size = "",
    steps: option_types.Steps = None,
    guidance: option_types.Guidance = None,
    negative: option_types.Negative = "",
    model: option_types.Model = "",
    lora: option_types.Lora = None,
    out: option_types.Out = None,
    device: option_types.Device = "",
    precision: option_types.Precision = "",
    as_json: option_types.Json = False,
) -> int:
    """Make a picture of the prompt in each style, with one seed, and a labelled sheet of them.

    What is typed holds for all of them. The pictures are one group of the queue. Exit codes: 0 all
    are there; 1 some picture failed, and its place on the sheet is empty; 2 nothing was made.
    """
    from maquette.cli.making import MakingOptions
    from maquette.cli.marking_options import EncodingOptions, MarkingOptions
    from maquette.cli.styles_board import run_board
    from maquette.cli.wishes import Wishes

    wishes = Wishes(
        prompt=prompt,
        negative=negative,
        count=1,
        seed=seed,
        size=size,
        steps=steps,
        guidance=guidance,
        sampler="",
        model=model,
        start=None,
        strength=None,
        loras=tuple(lora or ()),
    )
    options = MakingOptions(
        out=out,
        marks=MarkingOptions(),
        encoding=EncodingOptions(),
        device=device,
        precision=precision,
        as_json=as_json,
    )
    return run_board(wishes, style, options)
