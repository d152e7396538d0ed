"""The commands and their options; each one's work is imported when it is called.

Imports inside the functions are meant: `maquette --version` and `--help` answer at once, and
`show` needs no engine.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

import maquette
from maquette.cli.leaving import ended_like_ctrl_c
from maquette.cli.ledger_commands import LEDGER
from maquette.cli.making_commands import batch, generate, render
from maquette.cli.styles_commands import STYLES
from maquette.cli.terminal import ExitCode, complain
from maquette.cli.train_commands import TRAIN
from maquette.core.errors import InputError, MaquetteError

_commands = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Maquette turns prompts and sketches into marked, verifiable pictures. "
    "Without a command it opens its window.",
)


def main(arguments: list[str]) -> int:
    """Run the command line with `arguments` (without the program's name); returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A path need not be valid text, and a pipe's encoding need not hold every prompt.
        stream.reconfigure(errors="surrogateescape" if stream is sys.stdout else "replace")  # pyright: ignore[reportAttributeAccessIssue]
    try:
        command = typer.main.get_command(_commands)
        with ended_like_ctrl_c():
            result = command.main(args=arguments, prog_name="maquette", standalone_mode=False)
    except typer.TyperException as error:
        return _usage(error)
    except InputError as error:
        complain(error.message)
        return ExitCode.USAGE
    except MaquetteError as error:
        complain(error.message)
        return ExitCode.FAILED
    except (KeyboardInterrupt, typer.Abort):
        result = ExitCode.CANCELLED
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.FAILED
    if result == ExitCode.CANCELLED:  # typer turns Ctrl+C into this code itself
        complain("Cancelled.")
    return result if isinstance(result, int) else ExitCode.DONE


def _usage(error: typer.TyperException) -> int:
    """A wrong option in one sentence."""
    message = getattr(error, "format_message", error.__str__)().strip()
    command = getattr(getattr(error, "ctx", None), "command_path", "maquette")
    complain(message if "\n" in message else f"{message.rstrip('.')}; see {command} --help.")
    return ExitCode.USAGE


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"Maquette {maquette.__version__}")
        raise typer.Exit


@_commands.callback()
def _maquette(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    del version


_commands.command()(generate)
_commands.command()(render)
_commands.command()(batch)


@_commands.command()
def verify(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILES", help="Picture files, or folders of them.")
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on a line for each file.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Accept only files that are signed and intact.")
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Do not search for cropped and turned pictures.")
    ] = False,
    profile: Annotated[
        str, typer.Option(metavar="NAME", help="Also check what a profile asks for.")
    ] = "",
) -> int:
    """Check where pictures come from. Signature, labels, watermark, ledger and other marks tell.

    Exit codes: 0 all files are ours, signed and intact or recovered by their watermark (with
    --strict: signed and intact); 1 some file is anything else; 2 some file cannot be read, or a
    wrong option; 3 some file was tampered with. The highest one counts.
    """
    from maquette.cli.verify import run_verify

    return run_verify(files, as_json=as_json, strict=strict, quick=quick, profile=profile)


@_commands.command()
def show(
    file: Annotated[Path, typer.Argument(help="A PNG, JPEG, WebP, AVIF or TIFF file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Print the recipe and the texts of a picture. They are taken at their word; verify checks."""
    from maquette.cli.show import run_show

    return run_show(file, as_json=as_json)


@_commands.command()
def export(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILES", help="Pictures of yours; or use --query."),
    ] = None,
    preset: Annotated[
        str, typer.Option(metavar="NAME", help="A preset's name, or the file of one.")
    ] = "",
    query: Annotated[
        str | None,
        typer.Option(metavar="TEXT", help="As in the library's search box; '' is everything."),
    ] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Folder for the files.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the names of the files, make none.")
    ] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with exports that were cut off.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object on a line for each export.")
    ] = False,
) -> int:
    """Export pictures as a preset says. All of them are marked, and the paths are printed.

    Ctrl+C leaves what is finished; --resume goes on. Exit codes: 0 all files are there; 1 some
    picture failed or was left out; 2 a wrong option or preset, and nothing was started.
    """
    from maquette.cli.export import ExportWishes, run_exports

    return run_exports(
        ExportWishes(
            preset=preset,
            query=query,
            files=tuple(files or ()),
            out=out,
            dry_run=dry_run,
            resume=resume,
            as_json=as_json,
        )
    )


@_commands.command()
def identity(
    renew: Annotated[
        bool, typer.Option("--renew", help="Make a new certificate; the old ones still count.")
    ] = False,
    use: Annotated[
        Path | None, typer.Option(help="Sign with this certificate of yours: PEM, leaf first.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="The certificate's private key: PEM, may be encrypted.")
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Sign with this installation's certificate again.")
    ] = False,
) -> int:
    """Show who signs pictures on this machine, or change it."""
    from maquette.cli.identity import run_identity

    return run_identity(renew=renew, forget=forget, chain=use, key=key)


@_commands.command("import")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="FILES", help="Picture files, or folders of them.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Take pictures of other programs into the library. They stay where and as they are."""
    from maquette.cli.library_files import run_import

    return run_import(paths, as_json=as_json)


@_commands.command()
def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    rebuild: Annotated[
        bool,
        typer.Option("--rebuild", help="Make the library's index anew from the pictures' files."),
    ] = False,
    folder: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="With --rebuild: where to look as well; may be repeated."),
    ] = None,
) -> int:
    """Report problems, or rebuild the library's index. Device, versions and folders are told."""
    if rebuild:
        from maquette.cli.library_files import run_rebuild

        return run_rebuild(folder or [], as_json=as_json)
    from maquette.cli.doctor import run_doctor

    return run_doctor(as_json=as_json)


_commands.add_typer(STYLES, name="styles", help="Looks that have a name: yours and others'.")
_commands.add_typer(
    LEDGER, name="ledger", help="The record of every file that was saved or exported."
)
_commands.add_typer(TRAIN, name="train", help="Train a style from your own pictures.")
