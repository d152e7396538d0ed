"""Running a batch export: files are made in other processes, several at once, and written here."""

import asyncio
import errno
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Protocol

import msgspec

from maquette.core.errors import LibraryError, MaquetteError, SaveError, WorkerDied
from maquette.core.export_preset import Collision, Rendition
from maquette.core.export_run import (
    UNFINISHED,
    ExportItem,
    ExportProgress,
    ExportRun,
    ItemState,
    RunState,
)
from maquette.core.marking import Marking
from maquette.core.record import Record
from maquette.library.archive import Archive
from maquette.library.disk import make, save_error, sweep
from maquette.library.exports.papers import write_papers
from maquette.library.exports.recovering import recovered
from maquette.library.exports.runs import ExportRuns
from maquette.library.exports.sheets import PageMaker
from maquette.library.exports.writing import MadeFile, skipped, write_item

_AHEAD = 3  # files begun beyond those being made: some are being written, one is ready to be made
_OF_THE_FILE = {errno.ENAMETOOLONG, errno.EFBIG, errno.EINVAL, errno.EISDIR}


class Exporter(PageMaker, Protocol):
    """Whatever makes marked files and pages of contact sheets: a pool of markers."""

    @property
    def at_once(self) -> int:
        """How many files it makes at the same time; may change."""
        ...

    async def export(
        self,
        source: Path,
        record: Record,
        rendition: Rendition,
        marking: Marking,
        *,
        source_sha256: str = "",
    ) -> MadeFile:
        """Raises MaquetteError; WorkerDied only if no file at all can be made."""
        ...


class ExportLog(Protocol):
    """Whoever remembers which files went out: the gallery."""

    def note_export(
        self, record_id: str, path: Path, sha256: str, preset: str, created: str
    ) -> object:
        """Raises LibraryError."""
        ...


OnProgress = Callable[[ExportProgress], None]


async def run_export(
    run_id: int,
    runs: ExportRuns,
    exporter: Exporter,
    archive: Archive,
    gallery: ExportLog | None = None,
    on_progress: OnProgress | None = None,
    pause: asyncio.Event | None = None,
) -> ExportRun:
    """Make the files of a run that are still missing; returns the run as it is afterwards.

    To pause, set `pause`: no further file is begun, those that were begun are finished, and the
    run is returned unfinished. Calling this again resumes it, in this process or another one,
    whatever happened to the first. Cancelling the task does the same. A file that cannot be made
    costs that file only. Sheets and lists are written when all files are there.

    Args:
        on_progress: told in the event loop's thread, once at the beginning and after each file.

    Raises:
        InputError: there is no such run, it is at its end, or somebody is at it already.
        SaveError: the folder, the ledger or the disk cannot be written; the run stays open.
        LibraryError: the list of exports or the gallery cannot be written; the run stays open.
        WorkerDied: no process that makes files can be started; the run stays open.
    """
    run = await asyncio.to_thread(runs.claim, run_id)
    try:
        work = _Work(run, runs, exporter, archive, gallery, on_progress, pause or asyncio.Event())
        await work.run()
    finally:
        await asyncio.shield(asyncio.to_thread(runs.release, run_id))
    return await asyncio.to_thread(runs.get, run_id)


def prepare(folder: Path) -> None:
    """Make the folder of a run, and remove what killed processes left of half files.

    Raises:
        SaveError: it is none, or cannot be made.
    """
    try:
        make(folder, [])
        sweep(folder)
    except OSError as error:
        raise save_error(error, folder) from error


class _Work:
    """One run while it runs."""

    def __init__(
        self,
        run: ExportRun,
        runs: ExportRuns,
        exporter: Exporter,
        archive: Archive,
        gallery: ExportLog | None,
        on_progress: OnProgress | None,
        pause: asyncio.Event,
    ) -> None:
        self._run = run
        self._runs = runs
        self._exporter = exporter
        self._archive = archive
        self._gallery = gallery
        self._on_progress = on_progress
        self._pause = pause
        self._counts = Counter(run.counts)
        self._began = time.monotonic()
        self._made = 0
        self._last = 0  # number of the last item that was begun

    async def run(self) -> None:
        await asyncio.to_thread(prepare, self._run.folder)
        for item in await asyncio.to_thread(self._runs.items, self._run.id, (ItemState.WRITING,)):
            await self._settle(item)
        self._tell(None)
        begun: set[asyncio.Task[None]] = set()
        try:
            while not self._pause.is_set():
                room = self._exporter.at_once + _AHEAD - len(begun)
                items = await self._next(room)
                begun |= {asyncio.create_task(self._export(item)) for item in items}
                if not begun:
                    break
                done, begun = await asyncio.wait(begun, return_when=asyncio.FIRST_COMPLETED)
                errors = [error for task in done if (error := task.exception())]
                if errors:
                    raise errors[0]
            await self._all(begun)
        finally:
            for task in begun:
                task.cancel()  # what waits in the exporter; what is being written is written
            await asyncio.gather(*begun, return_exceptions=True)
        if not any(self._counts[state] for state in UNFINISHED):
            await self._finish()

    async def _all(self, begun: set[asyncio.Task[None]]) -> None:
        for task in asyncio.as_completed(begun):
            await task

    async def _next(self, room: int) -> list[ExportItem]:
        if room <= 0:
            return []
        items = await asyncio.to_thread(self._runs.next_waiting, self._run.id, self._last, room)
        if items:
            self._last = items[-1].number
        return items

    async def _settle(self, item: ExportItem) -> None:
        """An item that was being written when its process ended."""
        if not await asyncio.to_thread(recovered, item):
            waiting = msgspec.structs.replace(
                item, state=ItemState.WAITING, path=None, sha256="", notices=()
            )
            await asyncio.to_thread(self._runs.note, self._run.id, waiting)
            self._counts[ItemState.WRITING] -= 1
            self._counts[ItemState.WAITING] += 1
            return
        await self._end(item, msgspec.structs.replace(item, state=ItemState.DONE))

    async def _export(self, item: ExportItem) -> None:
        if self._run.preset.collision is Collision.SKIP and await asyncio.to_thread(
            (self._run.folder / item.name).exists
        ):
            await self._end(item, skipped(item))
            return
        try:
            assert item.record is not None
            made = await self._exporter.export(
                item.source,
                item.record,
                self._run.preset.rendition(item.size),
                self._run.marking,
                source_sha256=item.source_sha256,
            )
            # Shielded: what is being written is written to its end, and noted.
            await _unbroken(self._write(item, made))
        except MaquetteError as error:
            if _stops_everything(error):
                raise
            failed = msgspec.structs.replace(item, state=ItemState.FAILED, message=error.message)
            await self._end(item, failed)

    async def _write(self, item: ExportItem, made: MadeFile) -> None:
        ended = await asyncio.to_thread(
            write_item, self._run, item, made, self._archive, self._runs
        )
        await self._end(item, ended)

    async def _end(self, item: ExportItem, ended: ExportItem) -> None:
        await asyncio.to_thread(self._note, ended)
        self._counts[item.state] -= 1
        self._counts[ended.state] += 1
        self._made += 1
        self._tell(ended)

    def _note(self, item: ExportItem) -> None:
        if item.state is ItemState.DONE and self._gallery is not None:
            assert item.record is not None
            assert item.path is not None
            self._gallery.note_export(
                item.record.id, item.path, item.sha256, self._run.preset.name, self._run.created
            )
        self._runs.note(self._run.id, item)

    async def _finish(self) -> None:
        current = await asyncio.to_thread(self._runs.get, self._run.id)
        if current.state is RunState.OPEN:
            papers = await write_papers(current, self._runs, self._exporter)
            await asyncio.to_thread(self._runs.finish, self._run.id, papers)

    def _tell(self, last: ExportItem | None) -> None:
        if self._on_progress is None:
            return
        left = sum(self._counts[state] for state in UNFINISHED)
        spent = time.monotonic() - self._began
        self._on_progress(
            ExportProgress(
                run=self._run.id,
                counts={state: count for state, count in self._counts.items() if count},
                last=last,
                seconds_left=spent / self._made * left if self._made else None,
            )
        )


async def _unbroken(work: Coroutine[object, object, None]) -> None:
    """Do `work` to its end, also when the task is cancelled meanwhile; then that goes on."""
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.gather(task, return_exceptions=True)  # what fails now stays to be made
        raise


def _stops_everything(error: MaquetteError) -> bool:
    """Whether other files would fail for the same reason."""
    if isinstance(error, LibraryError | WorkerDied):
        return True
    cause = error.__cause__
    return isinstance(error, SaveError) and (
        isinstance(cause, OSError) and cause.errno not in _OF_THE_FILE
    )
