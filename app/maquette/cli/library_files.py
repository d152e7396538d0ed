"""`maquette import` and `maquette doctor --rebuild`: the library's index and the files it names."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import msgspec

from maquette.cli.file_count import counting_files
from maquette.cli.terminal import ExitCode, complain, printable, say
from maquette.core.errors import InputError
from maquette.core.paths import ledger_file, library_file, pictures_folder, settings_file
from maquette.core.settings import load_settings
from maquette.library.importing import Unread, import_pictures
from maquette.library.ledger import Ledger
from maquette.library.pictures.connections import Connections
from maquette.library.rebuild import rebuild

_NAMED = 20  # files that are named on a terminal; all are with --json


def run_import(paths: Sequence[Path], *, as_json: bool) -> int:
    """Take pictures into the library where they are. Raises InputError, LibraryError."""
    with (
        closing(Connections.open(library_file())) as connections,
        Ledger.open_read_only(ledger_file()) as ledger,
        counting_files("Importing") as on_progress,
    ):
        done = import_pictures(connections, ledger, paths, on_progress)
    _name(done.unread, done.failed)
    if as_json:
        print(msgspec.json.encode(done).decode())
    else:
        print(f"{done.added} imported, {done.known} known already, {done.failed} not read.")
    return ExitCode.FAILED if done.failed else ExitCode.DONE


def run_rebuild(folders: Sequence[Path], *, as_json: bool) -> int:
    """Make the library's index anew. Raises InputError, LibraryError."""
    for folder in folders:
        if not folder.is_dir():
            raise InputError(f"There is no folder {folder}.")
    settings, notice = load_settings(settings_file())
    if notice:
        complain(notice)
    home = pictures_folder(settings.pictures_folder)
    with (
        Ledger.open_read_only(ledger_file()) as ledger,
        counting_files("Reading") as on_progress,
    ):
        done = rebuild(library_file(), ledger, [home, *folders], on_progress)
    assert done is not None  # nobody cancels it here
    _name(done.unread, done.failed)
    for folder in done.unreachable:
        say(f"The folder {folder} is not there; its pictures are kept as they were known.")
    if as_json:
        print(msgspec.json.encode(done).decode())
        return ExitCode.DONE
    print(f"{done.pictures} pictures of yours, {done.imported} of other programs.")
    if done.carried is None:
        print("Ratings, tags, boards, notes and trash could not be taken from the old index.")
    else:
        print(f"Ratings, tags, boards, notes and trash were taken from {done.carried_from}.")
    if done.kept is not None:
        print(printable(f"The old index is kept as {done.kept}."))
    return ExitCode.DONE


def _name(unread: Sequence[Unread], failed: int) -> None:
    for each in unread[:_NAMED]:
        complain(f"{each.path}: {each.reason}")
    if failed > _NAMED:
        complain(f"{failed - _NAMED} more files could not be read.")
