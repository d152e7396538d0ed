"""The commands of `maquette styles`; as in `main`, their work is imported when it is called."""

from pathlib import Path
from typing import Annotated

import typer

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
