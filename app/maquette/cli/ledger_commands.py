"""The commands of `maquette ledger`; as in `main`, their work is imported when it is called."""

from pathlib import Path
from typing import Annotated

import typer

LEDGER = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@LEDGER.command("export")
def export_ledger(
    file: Annotated[Path, typer.Argument(help="Where to write it, as JSON lines.")],
    with_contents: Annotated[
        bool,
        typer.Option(
            "--with-contents", help="Also recipes (prompts), signed manifests and likenesses."
        ),
    ] = False,
) -> int:
    """Write the ledger to a file that anybody can verify. Its head is printed to be noted."""
    from maquette.cli.ledger import run_export

    return run_export(file, with_contents=with_contents)


@LEDGER.command("verify")
def verify_ledger(
    file: Annotated[
        Path | None, typer.Argument(help="An exported ledger; without one, your own.")
    ] = None,
    head: Annotated[
        str, typer.Option(metavar="HASH", help="A head noted earlier, which must be in it.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Tell whether any row was changed, removed or put in. If so, the exit code is 1."""
    from maquette.cli.ledger import run_verify

    return run_verify(file, known_head=head, as_json=as_json)


@LEDGER.command("forget")
def forget_record(
    record: Annotated[str, typer.Argument(metavar="ID", help="A record id such as 7F3A-91C2.")],
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
) -> int:
    """Erase what a record may tell: recipe, manifest, likeness. The bare row stays."""
    from maquette.cli.ledger import run_forget

    return run_forget(record, yes=yes)
