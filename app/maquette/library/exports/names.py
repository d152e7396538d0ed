"""Names of exported files: from a template, safe on every system, each once in a run."""

import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from maquette.core.export_preset import ExportPreset, ExportSize
from maquette.core.gallery import GalleryPicture
from maquette.core.record import Record
from maquette.library.filing import SUFFIXES
from maquette.library.naming import FIELDS, check_template, filled, slug, values_of

EXPORT_FIELDS = (*FIELDS, "size", "board", "rating", "name")
"""What may stand in braces: {size} is a hyphen and the size's name (nothing for a size without
one), {board} the picture's first board by name, {name} the name of its own file, {n} its place."""


def check_export_template(template: str) -> None:
    """Raise InputError if `template` has an unknown field or names no file."""
    check_template(template, EXPORT_FIELDS)


def example_names(
    preset: ExportPreset,
    pictures: Iterable[GalleryPicture],
    limit: int,
    boards: Mapping[int, str] | None = None,
) -> list[str]:
    """The first `limit` names, with "/", that `preset` gives the files of `pictures`.

    Nothing is looked up on the disk, so that files which are there already do not count.
    Pictures of other programs have none.

    Raises:
        InputError: the preset's template is not valid.
    """
    names = RunNames(preset, boards or {})
    examples: list[str] = []
    for picture in pictures:
        if picture.record is None:
            continue
        for size in preset.sizes:
            if len(examples) >= limit:
                return examples
            examples.append(names.next(picture, picture.record, size)[0])
        names.next_picture()
    return examples


class RunNames:
    """Gives the files of one run their intended names, none of them twice."""

    def __init__(self, preset: ExportPreset, boards: Mapping[int, str]) -> None:
        """`boards` are names by id. Raises InputError: the preset's template is not valid."""
        check_export_template(preset.template)
        self._template = preset.template
        self._suffix = SUFFIXES[preset.format]
        self._boards = boards
        self._place = 1
        self._used: dict[str, int] = {}

    def next(self, picture: GalleryPicture, record: Record, size: ExportSize) -> tuple[str, int]:
        """The name of the next file, and from which number on others may be tried.

        Names that differ only in case or in Unicode's form are one name on many disks.
        """
        values = values_of(record, self._place) | {
            "size": f"-{slug(size.name)}" if size.name.strip() else "",
            "board": self._board(picture),
            "rating": str(picture.rating),
            "name": picture.path.stem.replace("/", "-"),
        }
        stem = filled(self._template, values).as_posix()
        number = self._used.get(_key(stem), 0) + 1
        while _key(numbered(stem, number)) in self._used and number > 1:
            number += 1
        self._used[_key(stem)] = number
        self._used.setdefault(_key(numbered(stem, number)), 1)
        return numbered(stem, number) + self._suffix, number

    def next_picture(self) -> None:
        """{n} counts pictures, whose sizes share it."""
        self._place += 1

    def _board(self, picture: GalleryPicture) -> str:
        names = sorted(self._boards[board] for board in picture.boards if board in self._boards)
        return slug(names[0]) if names else ""


def numbered(stem: str, number: int) -> str:
    """NAME, NAME-2, NAME-3, ..."""
    return stem if number == 1 else f"{stem}-{number}"


def other_names(name: str, first: int) -> Iterable[str]:
    """What to try, one after the other, where files of the names before are there.

    `name` and `first` are of `RunNames.next`.
    """
    path = PurePosixPath(name)
    stem = path.with_suffix("").as_posix()
    if first > 1:
        stem = stem.removesuffix(f"-{first}")
    for number in range(first, first + 100_000):
        yield numbered(stem, number) + path.suffix


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
