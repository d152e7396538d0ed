"""What a picture file says to the library: its digest, our record, or another program's recipe."""

import datetime
import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import msgspec

from maquette.core.errors import ImageError
from maquette.core.gallery import ForeignRecipe
from maquette.core.recipe import Recipe
from maquette.core.record import Mark, MarkKind, Record, is_record_id
from maquette.library.ledger import Ledger
from maquette.library.pictures.rows import NewPicture
from maquette.library.scanning import Seen
from maquette.provenance.foreign_recipes.reading import foreign_recipe_of
from maquette.provenance.foreign_recipes.values import plain_name
from maquette.provenance.metadata import MAX_FILE, Metadata, read_metadata

Progress = Callable[[int, int], None]
"""Told how many files of how many are done; called in the thread that works."""

_LAST_SECOND = 253_402_300_799  # of the year 9999, the last that has an ISO 8601 text
_AHEAD = 16  # files that wait to be taken, each read already


class FileRead(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read. `metadata` is None if it is no picture; `problem` says why, or why its
    record was not read."""

    path: Path
    seen: Seen
    sha256: str
    metadata: Metadata | None = None
    foreign: ForeignRecipe | None = None
    problem: str = ""


class Ours(msgspec.Struct, frozen=True):
    """What we assert about a file of ours; `pixel_sha256` is "" unless the ledger knows it."""

    record: Record
    pixel_sha256: str


def read_file(path: Path) -> FileRead:
    """Read digest and texts of a file; pixels are not decoded.

    Raises:
        ImageError: it is not there, too large, or the disk refuses it.
    """
    try:
        told = path.stat()
        seen = Seen(told.st_size, told.st_mtime_ns)
        if seen.length > MAX_FILE:
            raise ImageError(f"{path.name} is larger than {MAX_FILE >> 20} MiB and was not read.")
        file = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ImageError(f"{path.name} could not be read ({reason}).", str(error)) from error
    digest = hashlib.sha256(file).hexdigest()
    try:
        metadata = read_metadata(file)
    except ImageError as error:
        return FileRead(path=path, seen=seen, sha256=digest, problem=error.message)
    return FileRead(
        path=path,
        seen=seen,
        sha256=digest,
        metadata=metadata,
        foreign=None if metadata.record else foreign_recipe_of(metadata),
        problem=" ".join(metadata.problems),
    )


def read_files(paths: Sequence[Path], threads: int) -> Iterator[tuple[Path, FileRead | ImageError]]:
    """`read_file` of each, in order, some ahead in threads: hashing does not hold Python's lock."""

    def read(path: Path) -> FileRead | ImageError:
        try:
            return read_file(path)
        except ImageError as error:
            return error

    if threads < 2:
        for path in paths:
            yield path, read(path)
        return
    with ThreadPoolExecutor(threads, "maquette-read") as pool:
        rest = iter(paths)
        waiting: list[tuple[Path, Future[FileRead | ImageError]]] = []
        try:
            while True:
                for path in islice(rest, _AHEAD - len(waiting)):
                    waiting.append((path, pool.submit(read, path)))
                if not waiting:
                    return
                path, future = waiting.pop(0)
                yield path, future.result()
        finally:
            for _path, future in waiting:
                future.cancel()


def ours_in(read: FileRead, ledger: Ledger | None) -> Ours | None:
    """The record of a file that carries one of ours; None if it does not, or nobody knows a recipe.

    Its recipe is the ledger's, which keeps those that were left out of files and where a user's
    model lies; else the file's own. Raises LibraryError.
    """
    metadata = read.metadata
    if metadata is None or metadata.record is None:
        return None
    embedded = metadata.record
    if not is_record_id(embedded.id):
        return None
    entry = ledger.by_file(read.sha256) if ledger else None
    recipe: Recipe | None = None
    if ledger and entry:
        recipe = ledger.recipe(entry)
    recipe = recipe or embedded.recipe
    if ledger and recipe is None:
        kept = (ledger.recipe(each) for each in ledger.by_record(embedded.id))
        recipe = next((each for each in kept if each), None)
    if recipe is None:
        return None
    marks = [
        Mark(kind, True)
        for kind, there in (
            (MarkKind.WATERMARK, entry is not None and entry.mark.verified),
            (MarkKind.XMP, metadata.xmp is not None),
            (MarkKind.RECIPE_TEXT, bool(metadata.parameters)),
            (MarkKind.AIGC, bool(metadata.aigc)),
            (MarkKind.MANIFEST, entry is not None and bool(entry.manifest_sha256)),
        )
        if there
    ]
    record = Record(
        id=embedded.id,
        recipe=recipe,
        created=_moment(embedded.created) or _changed(read.seen),
        tool=plain_name(embedded.tool),
        source_type=embedded.source_type,
        width=metadata.width,
        height=metadata.height,
        marks=tuple(marks),
        fidelity=embedded.fidelity,
    )
    return Ours(record, entry.pixel_sha256 if entry else "")


def new_picture(read: FileRead, folder: Path, ours: Ours | None) -> NewPicture:
    """What the library is told of a file; `folder` is one that `read.path` lies in.

    Of one that is not ours `read.metadata` must be there.
    """
    metadata = read.metadata
    assert metadata is not None
    return NewPicture(
        folder=folder,
        path=read.path.relative_to(folder),
        record=ours.record if ours else None,
        file_bytes=read.seen.length,
        file_sha256=read.sha256,
        pixel_sha256=ours.pixel_sha256 if ours else "",
        foreign=None if ours else read.foreign,
        created=_changed(read.seen),
        width=metadata.width,
        height=metadata.height,
        mtime_ns=read.seen.mtime_ns,
    )


def _changed(seen: Seen) -> str:
    """When the file was changed, ISO 8601 in UTC."""
    seconds = min(max(0, seen.mtime_ns // 10**9), _LAST_SECOND)
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC).isoformat()


def _moment(text: str) -> str:
    """A stranger's moment as ISO 8601 in UTC with seconds, "" if it is none."""
    try:
        moment = datetime.datetime.fromisoformat(text)
        return moment.astimezone(datetime.UTC).isoformat(timespec="seconds")
    except (ValueError, OverflowError):
        return ""
