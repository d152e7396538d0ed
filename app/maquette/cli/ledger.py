"""`maquette ledger`: export, verify and forget."""

import sys
from pathlib import Path

import msgspec
import typer

from maquette.cli.terminal import ExitCode, printable, say
from maquette.core.errors import InputError, SaveError
from maquette.core.files import atomic_file
from maquette.core.paths import ledger_file
from maquette.core.record import spoken_id
from maquette.library.ledger import Ledger
from maquette.library.ledger_audit import Audit
from maquette.library.ledger_export import export_ledger, verify_export

_ID_DIGITS = 8
_HASH_DIGITS = 64


def run_export(file: Path, *, with_contents: bool) -> int:
    """Write the ledger to `file`. Raises LibraryError, SaveError."""
    with Ledger.open_read_only(ledger_file()) as ledger:
        try:
            with atomic_file(file) as stream:
                audit = export_ledger(ledger, stream, with_contents=with_contents)
        except OSError as error:
            raise SaveError(
                f"The ledger could not be written to {file} ({error.strerror}); "
                "choose another place.",
                str(error),
            ) from error
    return _report(audit, as_json=False)


def run_verify(file: Path | None, *, known_head: str, as_json: bool) -> int:
    """Audit the ledger, or the exported `file`. Raises LibraryError, InputError."""
    known_head = known_head.strip().lower()
    if known_head and not _is_hex(known_head, _HASH_DIGITS):
        raise InputError(f"A head has {_HASH_DIGITS} hexadecimal digits; please check --head.")
    if file is None:
        with Ledger.open_read_only(ledger_file()) as ledger:
            return _report(ledger.verify(known_head), as_json=as_json)
    try:
        with file.open("rb") as stream:
            audit = verify_export(stream, known_head)
    except OSError as error:
        raise InputError(f"The file {file} cannot be read ({error.strerror}).") from error
    return _report(audit, as_json=as_json)


def run_forget(record_id: str, *, yes: bool) -> int:
    """Erase what the ledger keeps of a record. Raises LibraryError, InputError."""
    wanted = record_id.strip().replace("-", "").upper()
    if not _is_hex(wanted, _ID_DIGITS):
        raise InputError(f"{record_id!r} is no record id; they look like 7F3A-91C2.")
    name = spoken_id(wanted)
    with Ledger.open(ledger_file()) as ledger:
        if not ledger.by_record(wanted):
            raise InputError(f"The ledger has no record {name}.")
        if not yes:
            if not sys.stdin.isatty():
                raise InputError("Nobody can be asked here; add --yes to erase without asking.")
            typer.confirm(f"Erase recipe, signed manifest and likeness of {name}?", abort=True)
        rows = ledger.forget(wanted)
    say(
        f"Erased from {rows} row{'' if rows == 1 else 's'} of record {name}; its files and the "
        "library's index were left alone."
    )
    return ExitCode.DONE


def _report(audit: Audit, *, as_json: bool) -> int:
    if as_json:
        print(msgspec.json.encode(audit).decode())
    else:
        print(f"Rows      {audit.rows}")
        print(f"Head      {audit.head or 'none'}")
        print(f"Erased    {audit.erased}")
        for problem in audit.problems:
            print(printable(f"Problem: {problem}"))
        if not audit.problems:
            print("No row was changed, removed or put in between.")
    return ExitCode.FAILED if audit.problems else ExitCode.DONE


def _is_hex(text: str, digits: int) -> bool:
    return len(text) == digits and all(digit in "0123456789abcdefABCDEF" for digit in text)
