"""One finished file of a batch export gets its name: whole, told of beforehand, or not at all."""

import os
from pathlib import Path
from typing import Protocol

import msgspec

from maquette.core.errors import SaveError
from maquette.core.export_preset import Collision
from maquette.core.export_run import ExportItem, ExportRun, ItemState
from maquette.core.files import part_name
from maquette.core.ledger_entry import MarkResult
from maquette.core.record import Record
from maquette.library.archive import Archive
from maquette.library.disk import (
    make,
    read_back,
    rename_exclusively,
    save_error,
    sync_folder,
    undo,
    write_part,
)
from maquette.library.exports.names import other_names
from maquette.library.exports.runs import ExportRuns
from maquette.library.filing import entry_for, open_sealed


class MadeFile(Protocol):
    """A finished file of ours: its bytes, its record with marks, and what the ledger keeps."""

    @property
    def file(self) -> bytes: ...
    @property
    def record(self) -> Record: ...
    @property
    def mark(self) -> MarkResult: ...
    @property
    def manifest(self) -> bytes: ...
    @property
    def notices(self) -> tuple[str, ...]: ...


def write_item(
    run: ExportRun, item: ExportItem, made: MadeFile, archive: Archive, runs: ExportRuns
) -> ExportItem:
    """Write `made` for `item`; returns the item as it became.

    The bytes go to a hidden temporary file in the run's folder, are fsynced and read back; the
    ledger is told of them; the run's journal is told of the digest and of the name that is next;
    then the file gets that name. A crash before the last step leaves no file under a name, and
    after it one that `recovered` recognises.

    Raises:
        SaveError: the disk cannot be written; no half file is left behind.
        LibraryError: the ledger or the journal cannot be written; no file is left behind.
    """
    pixels, _kind = open_sealed(made.record, made.file)
    entry = entry_for(made.record, made.file, pixels, made.mark, made.manifest)
    written = msgspec.structs.replace(
        item,
        state=ItemState.WRITING,
        sha256=entry.file_sha256,
        file_bytes=len(made.file),
        width=made.record.width,
        height=made.record.height,
        record=made.record,
        notices=made.notices,
    )
    temporary = run.folder / part_name()
    made_folders: list[Path] = []
    try:
        make((run.folder / item.name).parent, made_folders)
        write_part(temporary, made.file)
        read_back(temporary, entry.file_sha256)
        archive.ledger.append(entry)
        ended = _publish(run, written, temporary, archive, runs)
        if ended.path is None:
            undo([temporary], made_folders)
        else:
            sync_folder(ended.path.parent)
    except BaseException as error:
        undo([temporary], made_folders)
        if isinstance(error, OSError):
            raise save_error(error, run.folder) from error
        raise
    return ended


def skipped(item: ExportItem) -> ExportItem:
    """`item`, whose name is taken by a file that is to stay."""
    message = f"{item.name} is there already and was kept."
    return msgspec.structs.replace(
        item, state=ItemState.SKIPPED, path=None, sha256="", file_bytes=0, message=message
    )


def _publish(
    run: ExportRun, item: ExportItem, temporary: Path, archive: Archive, runs: ExportRuns
) -> ExportItem:
    """Give `temporary` the item's name, as the preset says of files that are there.

    Pictures of the library, and those that are exported, are never replaced.

    Returns the item as it became: done, skipped, or cancelled by somebody else.

    Raises: OSError, LibraryError, SaveError.
    """
    policy = run.preset.collision
    for name in other_names(item.name, item.first):
        path = run.folder / name
        if not runs.note(run.id, msgspec.structs.replace(item, path=path)):
            return msgspec.structs.replace(item, state=ItemState.CANCELLED)
        done = msgspec.structs.replace(item, path=path, state=ItemState.DONE)
        if policy is Collision.REPLACE and not _is_picture(path, run, archive, runs):
            os.replace(temporary, path)
            return done
        try:
            rename_exclusively(temporary, path)
        except FileExistsError:
            if policy is Collision.SKIP:
                return skipped(item)
            continue
        return done
    raise SaveError(
        f"There are too many files of one name in {run.folder}; "
        "add {id} or {n} to the file name template."
    )


def _is_picture(path: Path, run: ExportRun, archive: Archive, runs: ExportRuns) -> bool:
    """Whether `path` is a file of the library, or one that is exported."""
    library = archive.library
    return (
        library.has_file(path) or library.has_file(path.resolve()) or runs.is_source(run.id, path)
    )
