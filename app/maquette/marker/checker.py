"""Checking files against this installation: its ledger, its library and its signatures."""

import hashlib
from contextlib import closing
from pathlib import Path

import msgspec

from maquette.core.errors import ImageError, LibraryError
from maquette.core.paths import ledger_file, library_file
from maquette.core.report import Report
from maquette.library.ledger import Ledger
from maquette.library.store import Library
from maquette.provenance.identity.opening import identity_folder, known_signers
from maquette.provenance.metadata import MAX_FILE
from maquette.provenance.verify.checking import verify


def read_file(path: Path) -> bytes:
    """The bytes of a picture file.

    Raises:
        ImageError: it is not there, no file, too large, or cannot be read.
    """
    try:
        if path.is_dir():
            raise ImageError(f"{path} is a folder; name an image file.")
        if not path.exists():
            raise ImageError(f"There is no file {path}.")
        if not path.is_file():
            raise ImageError(f"{path} is no ordinary file; name an image file.")
        if path.stat().st_size > MAX_FILE:
            raise ImageError(f"This file is larger than {MAX_FILE >> 20} MiB and was not read.")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise ImageError(f"The file {path} cannot be opened.", str(error)) from error


def check(file: bytes, name: str, *, thorough: bool = True) -> Report:
    """What `file` carries and what this installation knows of it.

    Ledger, library and certificates are opened anew for each file, which takes milliseconds: the
    window goes on saving pictures.

    Args:
        name: what the report calls the file.
        thorough: also search for marks in pictures that were cropped, turned or squeezed.

    Raises:
        ImageError: it is no picture that can be read.
    """
    ledger, problem = _open_ledger()
    try:
        report = verify(
            file,
            name,
            ledger=ledger,
            ledger_problem=problem,
            known_signers=known_signers(identity_folder()),
            thorough=thorough,
        )
    finally:
        if ledger:
            ledger.close()
    return msgspec.structs.replace(report, known_path=_known_path(report.record_id, file))


def _open_ledger() -> tuple[Ledger | None, str]:
    """The ledger, None if there is none yet; or a sentence why it cannot be read."""
    path = ledger_file()
    if not path.exists():
        return None, ""
    try:
        return Ledger.open_read_only(path), ""
    except LibraryError as error:
        return None, error.message


def _known_path(record_id: str, file: bytes) -> str:
    """Where the library has the picture, this very file first; "" where it has none."""
    path = library_file()
    if not record_id or not path.exists():
        return ""
    try:
        with closing(Library.open(path)) as library:
            entries = library.find_record(record_id)
    except LibraryError:
        return ""
    digest = hashlib.sha256(file).hexdigest()
    entries.sort(key=lambda entry: entry.file_sha256 != digest)
    return next((str(entry.path) for entry in entries if entry.path.is_file()), "")
