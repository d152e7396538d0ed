"""Lists of a delivery: every exported file with its digest, size, id and marks, as CSV or JSON."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from maquette.core.errors import SaveError
from maquette.core.export_preset import ListKind
from maquette.core.files import atomic_file
from maquette.core.marking import FileFormat
from maquette.core.plain_text import spreadsheet_cell, visible_text
from maquette.core.record import Mark

LIST_FORMAT = 1
LIST_NAME = "files"
COLUMNS = (
    "name",
    "sha256",
    "bytes",
    "width",
    "height",
    "format",
    "record_id",
    "prompt",
    "marks",
    "marks_missing",
    "source",
    "created",
)
"""Of the CSV list. `marks` were read back from the file, `marks_missing` were not."""


class ListedFile(msgspec.Struct, frozen=True, kw_only=True):
    """One exported file.

    `name` is its path below the delivery's folder, with "/"; `sha256` and `bytes` are of the file
    as it lies there, `width` and `height` in pixels. `prompt` is "" where it was not to go out.
    `source` is the name of the picture's file in the library, `created` when the picture was made
    (ISO 8601 in UTC).
    """

    name: str
    sha256: str
    bytes: int
    width: int
    height: int
    format: FileFormat
    record_id: str
    prompt: str = ""
    marks: tuple[Mark, ...] = ()
    source: str = ""
    created: str = ""


def write_lists(
    folder: Path,
    files: Sequence[ListedFile],
    kinds: Iterable[ListKind],
    *,
    name: str = LIST_NAME,
    tool: str = "",
) -> tuple[Path, ...]:
    """Write the lists of `files` into `folder` as NAME.csv and NAME.json; return their paths.

    A list that is there already is replaced: it tells of the same delivery.

    Args:
        tool: program and version that made the delivery, told in the JSON list.

    Raises:
        SaveError: the disk did not take a list; what was there is as it was.
    """
    paths = []
    for kind in kinds:
        path = folder / f"{name}.{kind.value}"
        try:
            with atomic_file(path) as stream:
                if kind is ListKind.CSV:
                    _write_csv(stream, files)
                else:
                    _write_json(stream, files, tool)
        except OSError as error:
            raise SaveError(
                f"The list {path.name} could not be written ({error.strerror}); "
                "choose another folder or free some space.",
                str(error),
            ) from error
        paths.append(path)
    return tuple(paths)


def _write_csv(stream: BinaryIO, files: Iterable[ListedFile]) -> None:
    """UTF-8 with a byte-order mark: without one, spreadsheets read Chinese as something else."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for file in files:
        writer.writerow([_cell(value) for value in _row(file)])
    text.detach()  # the stream is closed by who opened it


def _row(file: ListedFile) -> tuple[str | int, ...]:
    verified = [mark.kind.value for mark in file.marks if mark.verified]
    missing = [mark.kind.value for mark in file.marks if not mark.verified]
    return (
        file.name,
        file.sha256,
        file.bytes,
        file.width,
        file.height,
        file.format.value,
        file.record_id,
        file.prompt,
        " ".join(verified),
        " ".join(missing),
        file.source,
        file.created,
    )


def _cell(value: str | int) -> str | int:
    return spreadsheet_cell(visible_text(value)) if isinstance(value, str) else value


def _write_json(stream: BinaryIO, files: Sequence[ListedFile], tool: str) -> None:
    """One file a line, so that lists of thousands are written in flat memory, and compare well."""
    head = msgspec.json.encode({"format": LIST_FORMAT, "tool": tool, "count": len(files)})
    stream.write(head[:-1] + b',"files":[\n')
    for place, file in enumerate(files):
        end = b",\n" if place + 1 < len(files) else b"\n"
        stream.write(msgspec.json.encode(file) + end)
    stream.write(b"]}\n")
