"""Wildcards: files of options beside a batch file, one option per line."""

from pathlib import Path

from maquette.core.batch.problem import BatchError
from maquette.core.batch.source import decode_source, read_bounded
from maquette.core.errors import InputError

MAX_FILE = 1 << 20
MAX_LINES = 10_000


class Wildcards:
    """The files `NAME.txt` in one folder, each read once; none outside of it is ever opened."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lines: dict[str, tuple[str, ...]] = {}
        self._data: dict[str, bytes] = {}

    @property
    def read(self) -> list[tuple[str, bytes]]:
        """(name, content) of those that were read, by name."""
        return sorted(self._data.items())

    def lines(self, name: str) -> tuple[str, ...]:
        """The options of the wildcard `name`; empty lines and those that begin with # are none.

        Raises:
            InputError: there is no such file in the folder, or it is no list of options.
        """
        if name not in self._lines:
            self._lines[name] = self._read(name)
        return self._lines[name]

    def _read(self, name: str) -> tuple[str, ...]:
        path = self._folder / f"{name}.txt"
        missing = InputError(
            f"There is no file {name}.txt beside the batch file for “__{name}__”; "
            "write \\__ if no file is meant."
        )
        try:
            # Resolved, since a link in the folder may point elsewhere.
            if not path.is_file() or path.resolve().parent != self._folder.resolve():
                raise missing
        except OSError as error:
            raise missing from error
        data = read_bounded(path, MAX_FILE)
        try:
            text = decode_source(path.name, data).text
        except BatchError as error:
            raise InputError(error.message) from error
        stripped = (line.strip() for line in text.split("\n"))
        lines = tuple(line for line in stripped if line and not line.startswith("#"))
        if not 1 <= len(lines) <= MAX_LINES:
            raise InputError(f"{path.name} must have 1 to {MAX_LINES:,} lines, not {len(lines):,}.")
        self._data[name] = data
        return lines
