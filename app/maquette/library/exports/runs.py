"""The durable list of batch exports: every file is a row before anything is made."""

import datetime
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import msgspec

from maquette.core.errors import InputError, LibraryError
from maquette.core.export_preset import ExportPreset
from maquette.core.export_run import (
    UNFINISHED,
    ExportItem,
    ExportRun,
    ItemState,
    RunState,
)
from maquette.core.gallery import GalleryPicture
from maquette.core.marking import Marking
from maquette.library.database import open_database
from maquette.library.disk import require_text
from maquette.library.exports.planning import planned
from maquette.library.exports.recovering import recovered
from maquette.library.exports.rows import (
    ITEM_FIELDS,
    SELECT_RUN,
    as_json,
    item_of,
    row_of,
    run_of,
)
from maquette.library.exports.schema import EXPORTS
from maquette.library.queue.owners import Owner, Roll, this_program
from maquette.library.shared_file import SharedFile


class ExportRuns(SharedFile):
    """Batch exports in one SQLite file. Several threads and processes may use it at once.

    Every method raises LibraryError if the file cannot be read or written.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        """Use `ExportRuns.open`."""
        super().__init__(connection, path, EXPORTS)
        self._owner = this_program("export")
        self._roll = Roll()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the file at `path`, made or migrated if need be. Raises LibraryError."""
        return cls(open_database(path, EXPORTS), path)

    # --- runs -----------------------------------------------------------------------------------

    def plan(
        self,
        preset: ExportPreset,
        pictures: Sequence[GalleryPicture],
        folder: Path,
        marking: Marking,
        boards: Mapping[int, str] | None = None,
    ) -> ExportRun:
        """Note a new run: `pictures` into `folder` as `preset` says. Nothing is made yet.

        Args:
            marking: the settings' marks, which the preset changes (see `ExportPreset.marking`).
            boards: names by id, for {board}.

        Raises:
            InputError: the preset's template is not valid.
            SaveError: the folder's name is not text.
        """
        require_text(folder)
        items = [row_of(item) for item in planned(preset, pictures, boards or {})]
        marks = preset.marking(marking)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        with self._writing():
            row = self._connection.execute(
                "INSERT INTO runs (created, preset, marking, folder, state) VALUES (?, ?, ?, ?, ?)"
                " RETURNING id",
                (
                    now,
                    as_json(preset),
                    as_json(marks),
                    str(folder),
                    RunState.OPEN,
                ),
            ).fetchone()
            places = ", ".join("?" * (1 + len(ITEM_FIELDS)))
            self._connection.executemany(
                f"INSERT INTO items (run_id, {', '.join(ITEM_FIELDS)}) VALUES ({places})",
                [(row[0], *item) for item in items],
            )
        return self.get(row[0])

    def runs(self, limit: int = 50) -> list[ExportRun]:
        """The newest runs, newest first."""
        return self._runs("ORDER BY id DESC LIMIT ?", limit)

    def unfinished(self) -> list[ExportRun]:
        """Runs that no living process is at and that are not at their end, newest first."""
        found = self._runs("WHERE state = ? ORDER BY id DESC", RunState.OPEN)
        return [run for run in found if not run.is_running]

    def get(self, run_id: int) -> ExportRun:
        """The run with this id. Raises InputError: there is none."""
        found = self._runs("WHERE id = ?", run_id)
        if not found:
            raise InputError("This export is not in the list any more; start it again.")
        return found[0]

    def claim(self, run_id: int) -> ExportRun:
        """Become the one process that works on an open run, and return it.

        Raises:
            InputError: there is no such run, it is at its end, or another process works on it.
        """
        with self._writing():
            row = self._connection.execute(
                "SELECT state, owner, beats FROM runs WHERE id = ?", (run_id,)
            ).fetchone()
            if row is None or row[0] != RunState.OPEN:
                raise InputError("This export is at its end; start a new one.")
            if self._is_owned(*row[1:]):
                raise InputError("This export is running already, in this or another program.")
            self._connection.execute(
                "UPDATE runs SET owner = ? WHERE id = ?", (as_json(self._owner), run_id)
            )
        return self.get(run_id)

    def release(self, run_id: int) -> None:
        """Let another process, or this one later, work on the run."""
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET owner = '' WHERE id = ? AND owner = ?",
                (run_id, as_json(self._owner)),
            )

    def finish(self, run_id: int, papers: Sequence[Path]) -> None:
        """The run is at its end; `papers` are the sheets and lists that go with it."""
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET state = ?, papers = ? WHERE id = ? AND state = ?",
                (RunState.DONE, as_json([str(path) for path in papers]), run_id, RunState.OPEN),
            )

    def cancel(self, run_id: int) -> ExportRun:
        """Make no more files; those that there are stay, and stay listed.

        A process that is at the run drops what has no name yet, and stops. What a crash left is
        settled here.
        """
        with self._writing():
            self._connection.execute(
                "UPDATE runs SET state = ? WHERE id = ? AND state = ?",
                (RunState.CANCELLED, run_id, RunState.OPEN),
            )
            self._connection.execute(
                "UPDATE items SET state = ? WHERE run_id = ? AND state = ?",
                (ItemState.CANCELLED, run_id, ItemState.WAITING),
            )
        run = self.get(run_id)
        if not run.is_running:
            for item in self.items(run_id, (ItemState.WRITING,)):
                state = ItemState.DONE if recovered(item) else ItemState.CANCELLED
                self.note(run_id, msgspec.structs.replace(item, state=state))
        return self.get(run_id)

    def retry(self, run_id: int) -> ExportRun:
        """Open the run again for the files that failed or were cancelled."""
        with self._writing():
            self._connection.execute(
                "UPDATE items SET state = ?, message = '' WHERE run_id = ? AND state IN (?, ?)",
                (ItemState.WAITING, run_id, ItemState.FAILED, ItemState.CANCELLED),
            )
            self._connection.execute(
                "UPDATE runs SET state = ? WHERE id = ? AND EXISTS"
                " (SELECT 1 FROM items WHERE run_id = runs.id AND state = ?)",
                (RunState.OPEN, run_id, ItemState.WAITING),
            )
        return self.get(run_id)

    def forget(self, run_id: int) -> None:
        """Take the run off the list; its files stay. Raises InputError: a process is at it."""
        with self._writing():
            owners = "SELECT owner, beats FROM runs WHERE id = ?"
            row = self._connection.execute(owners, (run_id,)).fetchone()
            if row and self._is_owned(*row):
                raise InputError("This export is still running; cancel it first.")
            self._connection.execute("DELETE FROM runs WHERE id = ?", (run_id,))

    # --- files ----------------------------------------------------------------------------------

    def items(self, run_id: int, states: Sequence[ItemState] = ()) -> list[ExportItem]:
        """The files of a run in order, only those in `states` if any are named."""
        return self._items(run_id, states)

    def next_waiting(self, run_id: int, after: int, limit: int) -> list[ExportItem]:
        """The next files to be made whose number is above `after`, at most `limit`."""
        clause = f"AND number > ? ORDER BY number LIMIT {int(limit)}"
        return self._items(run_id, (ItemState.WAITING,), clause, after)

    def is_source(self, run_id: int, path: Path) -> bool:
        """Whether `path` is one of the run's own pictures, which no export may replace."""
        if not path.exists():
            return False
        with self._reading():
            rows = self._connection.execute(
                "SELECT DISTINCT source FROM items WHERE run_id = ?", (run_id,)
            ).fetchall()
        return any(_same_file(path, Path(source)) for (source,) in rows)

    def note(self, run_id: int, item: ExportItem) -> bool:
        """Note what is known of a file by now; it is on the disk on return.

        A file that is about to get its name is noted as WRITING, with name and digest: after a
        crash these tell whether it did.

        Returns False, and notes nothing, if the file was at its end already or was cancelled
        meanwhile: then it must not get its name.
        """
        with self._writing():
            changed = self._connection.execute(
                f"UPDATE items SET {', '.join(f'{field} = ?' for field in ITEM_FIELDS)}"
                f" WHERE run_id = ? AND number = ? AND state IN ({_among(UNFINISHED)})",
                (*row_of(item), run_id, item.number, *sorted(UNFINISHED)),
            )
            self._connection.execute("UPDATE runs SET beats = beats + 1 WHERE id = ?", (run_id,))
        return changed.rowcount == 1

    # --- rows -----------------------------------------------------------------------------------

    def _runs(self, clause: str, *values: object) -> list[ExportRun]:
        with self._reading():
            rows = self._connection.execute(f"{SELECT_RUN} {clause}", values).fetchall()
            return [self._run(run_of(row), *row[-2:]) for row in rows]

    def _run(self, run: ExportRun, owner: str, beats: int) -> ExportRun:
        """`run` with what its row alone does not tell."""
        counted = self._connection.execute(
            "SELECT state, count(*) FROM items WHERE run_id = ? GROUP BY state", (run.id,)
        ).fetchall()
        return msgspec.structs.replace(
            run,
            counts={ItemState(state): count for state, count in counted},
            is_running=self._is_owned(owner, beats),
        )

    def _is_owned(self, owner: str, beats: int) -> bool:
        """Whether a living process is at a run whose row says this."""
        if not owner:
            return False
        known = msgspec.json.decode(owner.encode(), type=Owner)
        return not self._roll.is_gone(msgspec.structs.replace(known, beats=beats))

    def _items(
        self, run_id: int, states: Sequence[ItemState], clause: str = "", *values: object
    ) -> list[ExportItem]:
        among = f"AND state IN ({_among(states)})" if states else ""
        with self._reading():
            rows = self._connection.execute(
                f"SELECT {', '.join(ITEM_FIELDS)} FROM items WHERE run_id = ? {among}"
                f" {clause or 'ORDER BY number'}",
                (run_id, *states, *values),
            ).fetchall()
            return [item_of(row) for row in rows]

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """One thread at a time; what goes wrong becomes a sentence."""
        with super()._reading():
            try:
                yield
            except (msgspec.DecodeError, ValueError) as error:
                raise LibraryError(
                    f"The list of exports {self._path} has a row that cannot be read; "
                    "move the file away and start again, the pictures themselves are safe.",
                    str(error),
                ) from error


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.name.casefold() == other.name.casefold() and one.samefile(other)
    except OSError:
        return False


def _among(states: Sequence[ItemState] | frozenset[ItemState]) -> str:
    return ", ".join("?" * len(states))
