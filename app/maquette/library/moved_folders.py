"""Finding a folder of pictures that was renamed or moved as a whole, by some of its files."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from maquette.library.reconciled_values import FiledRow

_MAX_TRIED = 1000  # folders
_MAX_HASHED = 3  # files; the others are known by their lengths


def find_moved_folder(
    old: Path, samples: Sequence[FiledRow], places: Iterable[Path]
) -> Path | None:
    """Where the files `samples` of the folder `old` are now; None if they are nowhere near.

    Looked at are `places` and the folders beside the old one, or beside the one that it was in.
    All samples but one in four have to be there, and three to have the very bytes.
    """
    if not samples:
        return None
    for place in islice(_candidates(old, places), _MAX_TRIED):
        there = [row for row in samples if _length(place, row) == row.length]
        if len(there) * 4 >= len(samples) * 3 and all(
            _has_bytes(place, row) for row in there[:_MAX_HASHED]
        ):
            return place
    return None


def _candidates(old: Path, places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place != old:
            yield place
    above = old.parent
    if above.is_dir():
        yield from _folders_in(above)
    else:
        for beside in _folders_in(above.parent):
            if (beside / old.name).is_dir():
                yield beside / old.name


def _folders_in(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:
        return


def _length(place: Path, row: FiledRow) -> int:
    try:
        return place.joinpath(*row.path.split("/")).stat().st_size
    except OSError:
        return -1


def _has_bytes(place: Path, row: FiledRow) -> bool:
    try:
        with place.joinpath(*row.path.split("/")).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == row.sha256
    except OSError:
        return False
