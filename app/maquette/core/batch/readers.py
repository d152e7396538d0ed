"""Batch files by their kind: tables (CSV), JSON lines, and one prompt per line of text."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from maquette.core.batch.problem import BatchProblem
from maquette.core.batch.row import FIELDS, BatchRow, Cell, field_of, row_of
from maquette.core.errors import InputError

TABLES = (".csv", ".tsv")
JSON_LINES = (".jsonl", ".ndjson")
TEXTS = (".txt",)
SUFFIXES = (*TABLES, *JSON_LINES, *TEXTS)
"""What a batch file may end in."""

_DELIMITERS = ",;\t"
_BREAK = re.compile(r"\r\n|\r|\n")  # not str.splitlines, whose lines no editor counts


class Read(msgspec.Struct, frozen=True):
    """The rows of a file that can be used, and what is wrong with the others."""

    rows: tuple[BatchRow, ...]
    problems: tuple[BatchProblem, ...]


def read_rows(name: str, text: str) -> Read:
    """The rows of `text`, the content of the file called `name`, whose suffix tells its kind.

    Raises:
        InputError: it is a file of another kind.
    """
    suffix = Path(name).suffix.lower()
    if suffix in TABLES:
        found = list(_table(text))
    elif suffix in JSON_LINES:
        found = list(_json_lines(text))
    elif suffix in TEXTS:
        found = list(_prompts(text))
    else:
        raise InputError(f"{name} is no batch file; use one that ends in {', '.join(SUFFIXES)}.")
    rows = tuple(item for item in found if isinstance(item, BatchRow))
    problems = tuple(item for item in found if isinstance(item, BatchProblem))
    return Read(rows, problems)


# --- text -----------------------------------------------------------------------------------------


def _prompts(text: str) -> Iterator[BatchRow | BatchProblem]:
    for number, line in enumerate(_BREAK.split(text), 1):
        prompt = line.strip()
        if prompt and not prompt.startswith("#"):
            yield from _checked(number, {"prompt": prompt})


# --- JSON lines -----------------------------------------------------------------------------------


def _json_lines(text: str) -> Iterator[BatchRow | BatchProblem]:
    for number, line in enumerate(_BREAK.split(text), 1):
        if not line.strip():
            continue
        try:
            value = msgspec.json.decode(line)
        except (msgspec.DecodeError, RecursionError):
            yield BatchProblem(number, "This line is not JSON; write one object on each line.")
            continue
        if isinstance(value, str):
            value = {"prompt": value}
        if not isinstance(value, dict):
            yield BatchProblem(number, 'This line is no object; write {"prompt": "…"}.')
            continue
        cells: dict[str, Cell] = {}
        is_sound = True
        for key, cell in value.items():
            if key.startswith("#") or cell is None:
                continue
            try:
                cells[field_of(key)] = cell
            except InputError as error:
                is_sound = False
                yield BatchProblem(number, error.message)
        if is_sound:
            yield from _checked(number, cells)


# --- tables ---------------------------------------------------------------------------------------


def _table(text: str) -> Iterator[BatchRow | BatchProblem]:
    delimiter, skipped = _delimiter(text)
    # Strict, or else a quote without its partner takes all lines after it into its cell.
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: list[str] = []
    number = 1
    try:
        for cells in lines:
            first, number = number, lines.line_num + 1
            if first <= skipped or not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns, problems = _header(first, cells)
                yield from problems
                if problems:
                    return
                continue
            if any(cell.strip() for cell in cells[len(columns) :]):
                yield BatchProblem(
                    first,
                    f"This line has {len(cells)} values and the table {len(columns)} columns; "
                    "put quotes around a value that has the separator in it.",
                )
                continue
            said = zip(columns, cells, strict=False)  # spreadsheets leave out empty ends
            yield from _checked(first, {name: cell for name, cell in said if name and cell.strip()})
    except csv.Error:
        yield BatchProblem(
            number, "This line cannot be read as a table; look for a quote without its partner."
        )


def _header(line: int, cells: list[str]) -> tuple[list[str], list[BatchProblem]]:
    """The field of each column ("" for one to be ignored), and what is wrong with them."""
    if not any(_is_known(cell) for cell in cells):
        return [], [
            BatchProblem(
                line,
                "The first line must name the columns, at least prompt; "
                f"there are {', '.join(FIELDS)}.",
            )
        ]
    columns: list[str] = []
    problems = []
    for cell in cells:
        if not cell.strip() or cell.strip().startswith("#"):
            columns.append("")
            continue
        try:
            name = field_of(cell)
        except InputError as error:
            problems.append(BatchProblem(line, error.message))
            continue
        if name in columns:
            problems.append(BatchProblem(line, f"The column “{name}” is there twice."))
        columns.append(name)
    if "prompt" not in columns and not problems:
        problems.append(BatchProblem(line, "The column “prompt” is missing."))
    return columns, problems


def _is_known(cell: str) -> bool:
    try:
        field_of(cell)
    except InputError:
        return False
    return True


def _delimiter(text: str) -> tuple[str, int]:
    """(what separates the columns, how many lines of the head are not part of the table)."""
    lines = _BREAK.split(text[:10_000])
    if lines[0].lower().startswith("sep=") and len(lines[0]) > 4:
        return lines[0][4], 1  # a line that spreadsheets understand
    head = next((line for line in lines if line.strip()), "")
    return max(_DELIMITERS, key=lambda mark: sum(map(_is_known, head.split(mark)))), 0


def _checked(line: int, cells: dict[str, Cell]) -> Iterator[BatchRow | BatchProblem]:
    """The row that `cells` say, or what is wrong with it."""
    if "prompt" not in cells:
        yield BatchProblem(line, "This line has no prompt.")
        return
    row, mistakes = row_of(line, cells)
    if not mistakes:
        yield row
    for mistake in mistakes:
        yield BatchProblem(line, mistake)
