"""What the doctor tells of what there is: pictures, trash, thumbnails, queue and exports."""

import os
from contextlib import closing
from pathlib import Path

import msgspec

from maquette.core import paths
from maquette.core.export_run import UNFINISHED
from maquette.library.exports.runs import ExportRuns
from maquette.library.pictures.connections import Connections
from maquette.library.queue.tally import QueueTally, tally


class Amount(msgspec.Struct, frozen=True):
    """Files, and the bytes that they take."""

    files: int = 0
    bytes: int = 0

    def __str__(self) -> str:
        return f"{self.files:,} files, {self.bytes / 2**20:,.1f} MiB"


class Holdings(msgspec.Struct, frozen=True, kw_only=True):
    """What there is; `index` is the bytes of the library's own file."""

    kept: Amount
    trash: Amount
    thumbnails: Amount
    index: int
    queue: QueueTally
    unfinished_exports: int
    unfinished_files: int


def holdings() -> Holdings:
    """Count what there is. Raises LibraryError."""
    with (
        closing(Connections.open(paths.library_file())) as connections,
        connections.reading() as connection,
    ):
        amounts = {
            bool(trashed): Amount(files, size)
            for trashed, files, size in connection.execute(
                "SELECT trashed != '', count(*), sum(file_bytes) FROM pictures GROUP BY 1"
            )
        }
    exports, files = _unfinished()
    return Holdings(
        kept=amounts.get(False, Amount()),
        trash=amounts.get(True, Amount()),
        thumbnails=_below(paths.cache_dir() / "thumbnails"),
        index=paths.library_file().stat().st_size,
        queue=tally(paths.queue_file()),
        unfinished_exports=exports,
        unfinished_files=files,
    )


def _unfinished() -> tuple[int, int]:
    """(exports that were cut off, files that they still have to make)."""
    if not paths.exports_file().exists():
        return 0, 0
    with ExportRuns.open(paths.exports_file()) as runs:
        found = runs.unfinished()
    return len(found), sum(run.counts.get(state, 0) for run in found for state in UNFINISHED)


def _below(folder: Path) -> Amount:
    """What is in the folders of a cache; what vanishes meanwhile does not count."""
    count = size = 0
    for place, _folders, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(place, name)).st_size
            except OSError:
                continue
            count += 1
    return Amount(count, size)
