"""A batch export on its way: its run, its files, and how far they are. Plain values."""

from enum import StrEnum
from pathlib import Path

import msgspec

from maquette.core.export_preset import ExportPreset, ExportSize
from maquette.core.marking import Marking
from maquette.core.record import Record


class ItemState(StrEnum):
    """How far one file of a run is."""

    WAITING = "waiting"
    WRITING = "writing"  # about to get its name, or just got it
    DONE = "done"
    SKIPPED = "skipped"  # a file of the name was there
    FAILED = "failed"
    LEFT_OUT = "left-out"  # it cannot be exported at all; the message tells why
    CANCELLED = "cancelled"


UNFINISHED = frozenset({ItemState.WAITING, ItemState.WRITING})


class RunState(StrEnum):
    """How far a run is. An open one may be running, or wait to be resumed."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class ExportItem(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a run, and what became of it.

    `number` counts the run's files from 1. `record` is None for pictures of other programs; its
    marks are those of the exported file once that is done. `name` is the intended path below the
    run's folder, with "/", and `first` the number in it (1 for none), from which on others are
    tried where it is taken; `path` is where the file is, None before. `sha256`, `file_bytes`,
    `width` and `height` are the exported file's, "" and 0 before. `message` tells why there is no
    file, `notices` what there is to say about one that there is.
    """

    number: int
    picture_id: int
    source: Path
    source_sha256: str
    record: Record | None
    size: ExportSize
    name: str
    first: int = 1
    state: ItemState = ItemState.WAITING
    path: Path | None = None
    sha256: str = ""
    file_bytes: int = 0
    width: int = 0
    height: int = 0
    message: str = ""
    notices: tuple[str, ...] = ()


class ExportRun(msgspec.Struct, frozen=True, kw_only=True):
    """One batch export.

    `created` is ISO 8601 in UTC. `counts` has how many files are in each state that any is in.
    `is_running` is whether a living process is at it. `papers` are the contact sheets and lists
    that were written at its end.
    """

    id: int
    created: str
    preset: ExportPreset
    marking: Marking
    folder: Path
    state: RunState
    counts: dict[ItemState, int]
    is_running: bool = False
    papers: tuple[Path, ...] = ()

    @property
    def total(self) -> int:
        """How many files there are, those that are left out included."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """How many files are still to be made."""
        return sum(self.counts.get(state, 0) for state in UNFINISHED)


class ExportProgress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is, told after each file. `last` is that file; None at the beginning.

    `seconds_left` is an estimate, None while nothing is known.
    """

    run: int
    counts: dict[ItemState, int]
    last: ExportItem | None = None
    seconds_left: float | None = None

    @property
    def total(self) -> int:
        """How many files there are, those that are left out included."""
        return sum(self.counts.values())

    @property
    def ended(self) -> int:
        """How many files have come to an end, whichever."""
        return self.total - sum(self.counts.get(state, 0) for state in UNFINISHED)
