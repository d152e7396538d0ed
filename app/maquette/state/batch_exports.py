"""Batch exports on their way, and those that an earlier session left: one runs at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.errors import MaquetteError
from maquette.core.export_preset import ExportPreset
from maquette.core.export_run import ExportItem, ExportProgress, ExportRun, ItemState, RunState
from maquette.core.gallery import GalleryPicture
from maquette.library.archive import Archive
from maquette.library.exports.running import Exporter, ExportLog, run_export
from maquette.library.exports.runs import ExportRuns
from maquette.state.notices import Notices
from maquette.state.settings import SettingsStore
from maquette.state.store import Store
from maquette.state.tasks import Tasks

CLOSING = 10.0  # seconds that files may take to come to their end when the studio is closed
SHOWN_FAILURES = 200  # files of one run whose sentences are read

T = TypeVar("T")


class ExportParts(msgspec.Struct, frozen=True, kw_only=True):
    """What exporting stands on: the file of runs, the folder of presets, the makers of files."""

    runs_file: Path
    presets_folder: Path
    exporter: Exporter
    open_archive: Callable[[], Awaitable[Archive]]


class ShownRun(msgspec.Struct, frozen=True, kw_only=True):
    """One run as the window shows it.

    `active` is whether it is running, or waits for its turn, in this program; `pausing` whether it
    stops after the files it is at. `seconds_left` is an estimate, None where nothing is known.
    `failures` are the files that could not be made or were left out, at most SHOWN_FAILURES.
    `problem` is one sentence about what stopped the run.
    """

    run: ExportRun
    counts: Mapping[ItemState, int]
    active: bool = False
    waiting: bool = False
    pausing: bool = False
    seconds_left: float | None = None
    failures: tuple[ExportItem, ...] = ()
    problem: str = ""

    @property
    def total(self) -> int:
        """How many files there are to make, those that are left out excluded."""
        return sum(self.counts.values()) - self.counts.get(ItemState.LEFT_OUT, 0)

    @property
    def done(self) -> int:
        """How many of them are at their end, whichever."""
        open_ones = (ItemState.WAITING, ItemState.WRITING)
        return self.total - sum(self.counts.get(state, 0) for state in open_ones)

    @property
    def is_interrupted(self) -> bool:
        """Whether it waits for somebody to resume it."""
        return self.run.state is RunState.OPEN and not self.active


class RunList(msgspec.Struct, frozen=True):
    """The runs that are shown, newest first."""

    runs: tuple[ShownRun, ...] = ()


class BatchExports(QObject):
    """Starts, pauses and resumes runs. Every command returns at once.

    Signals:
        interrupted(count): an earlier session left so many runs unfinished.
    """

    interrupted = Signal(int)

    def __init__(
        self,
        *,
        parts: ExportParts,
        open_log: Callable[[], Awaitable[ExportLog]],
        settings: SettingsStore,
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        """Open nothing yet; `open_log` gives what is open already, or opens it."""
        super().__init__(parent)
        self.runs = Store(RunList(), self)
        self._parts = parts
        self._open_log = open_log
        self._settings = settings
        self._notices = notices
        self._tasks = tasks
        self._opening: asyncio.Task[ExportRuns] | None = None
        self._turn = asyncio.Lock()
        self._working: dict[int, asyncio.Task[None]] = {}
        self._pauses: dict[int, asyncio.Event] = {}

    # --- commands -------------------------------------------------------------------------------

    def load(self) -> None:
        """Look for runs that an earlier session left unfinished."""
        self._tasks.start(self._load())

    def start(
        self,
        preset: ExportPreset,
        pictures: Sequence[GalleryPicture],
        folder: Path,
        boards: Mapping[int, str],
    ) -> None:
        """Export `pictures` into `folder`; `boards` are names by id."""
        self._tasks.start(self._start(preset, tuple(pictures), folder, dict(boards)))

    def pause(self, run: int) -> None:
        """Stop after the files that are being made."""
        if run in self._pauses:
            self._pauses[run].set()
            self._change(run, pausing=True)

    def resume(self, run: int) -> None:
        """Go on with what is left."""
        if run not in self._working:
            self._begin(run)

    def cancel(self, run: int) -> None:
        """Make no more files; what is there stays."""
        self._tasks.start(self._cancel(run))

    def retry(self, run: int) -> None:
        """Make the files that failed or were cancelled after all."""
        self._tasks.start(self._retry(run))

    def forget(self, run: int) -> None:
        """Take a run off the list; its files stay."""
        self._tasks.start(self._forget(run))

    def dismiss(self, run: int) -> None:
        """Show a run that is at its end no longer."""
        shown = tuple(one for one in self.runs.value.runs if one.run.id != run)
        self.runs.replace(RunList(shown))

    def find(self, run: int) -> ShownRun | None:
        """The run with this id, if it is shown."""
        return next((one for one in self.runs.value.runs if one.run.id == run), None)

    async def close(self) -> None:
        """Let the files that are being made come to their end; what is left stays in the list."""
        for pause in self._pauses.values():
            pause.set()
        working = tuple(self._working.values())
        if working:
            await asyncio.wait(working, timeout=CLOSING)
        if self._opening is not None:
            [opened] = await asyncio.gather(self._opening, return_exceptions=True)
            if isinstance(opened, ExportRuns):
                await asyncio.to_thread(opened.close)

    # --- how it is done -------------------------------------------------------------------------

    async def _load(self) -> None:
        found = await self._work(ExportRuns.unfinished)
        known = {one.run.id for one in self.runs.value.runs}
        for run in reversed([run for run in found if run.id not in known]):
            await self._show(run)
        if found:
            self.interrupted.emit(len(found))
            self._notices.inform(
                "An export was interrupted; resume or forget it in the Library."
                if len(found) == 1
                else f"{len(found)} exports were interrupted; resume or forget them in the Library."
            )

    async def _start(
        self,
        preset: ExportPreset,
        pictures: Sequence[GalleryPicture],
        folder: Path,
        boards: Mapping[int, str],
    ) -> None:
        marking = self._settings.value.marking
        run = await self._work(lambda runs: runs.plan(preset, pictures, folder, marking, boards))
        await self._show(run)
        self._begin(run.id)

    def _begin(self, run: int) -> None:
        self._pauses[run] = asyncio.Event()
        self._change(run, active=True, waiting=self._turn.locked(), pausing=False, problem="")
        task = self._tasks.start(self._run(run, self._pauses[run]))
        self._working[run] = task

    async def _run(self, run: int, pause: asyncio.Event) -> None:
        try:
            await self._work_on(run, pause)
        finally:
            self._working.pop(run, None)
            self._pauses.pop(run, None)
            self._change(run, active=False, waiting=False, pausing=False)

    async def _work_on(self, run: int, pause: asyncio.Event) -> None:
        problem = ""
        try:
            async with self._turn:
                self._change(run, waiting=False)
                if not pause.is_set():
                    await run_export(
                        run,
                        await self._list(),
                        self._parts.exporter,
                        await self._parts.open_archive(),
                        await self._open_log(),
                        self._progressed,
                        pause,
                    )
        except MaquetteError as error:
            problem = error.message
        await self._ended(run, problem)

    async def _ended(self, run: int, problem: str) -> None:
        current = await self._work(lambda runs: runs.get(run))
        await self._show(current, problem)
        if current.state is RunState.DONE:
            self._notices.inform(_outcome(current))

    async def _cancel(self, run: int) -> None:
        current = await self._work(lambda runs: runs.cancel(run))
        if run in self._pauses:
            self._pauses[run].set()
            self._change(run, pausing=True)
        else:
            await self._show(current)

    async def _retry(self, run: int) -> None:
        if run in self._working:
            return
        await self._show(await self._work(lambda runs: runs.retry(run)))
        self._begin(run)

    async def _forget(self, run: int) -> None:
        await self._work(lambda runs: runs.forget(run))
        self.dismiss(run)

    # --- what is shown --------------------------------------------------------------------------

    async def _show(self, run: ExportRun, problem: str = "") -> None:
        """Put `run` into the list, newest first, in the place of what was shown of it."""
        states = (ItemState.FAILED, ItemState.LEFT_OUT)
        failures: list[ExportItem] = []
        if any(run.counts.get(state) for state in states):
            failures = await self._work(lambda runs: runs.items(run.id, states))
        shown = ShownRun(
            run=run,
            counts=run.counts,
            failures=tuple(failures[:SHOWN_FAILURES]),
            problem=problem,
        )
        others = [one for one in self.runs.value.runs if one.run.id != run.id]
        ordered = sorted((shown, *others), key=lambda one: -one.run.id)
        self.runs.replace(RunList(tuple(ordered)))

    def _progressed(self, progress: ExportProgress) -> None:
        self._change(progress.run, counts=progress.counts, seconds_left=progress.seconds_left)

    def _change(self, run: int, **changes: object) -> None:
        self.runs.replace(
            RunList(
                tuple(
                    msgspec.structs.replace(one, **changes) if one.run.id == run else one
                    for one in self.runs.value.runs
                )
            )
        )

    # --- the list of runs -----------------------------------------------------------------------

    async def _list(self) -> ExportRuns:
        if self._opening is None:
            self._opening = asyncio.ensure_future(
                asyncio.to_thread(ExportRuns.open, self._parts.runs_file)
            )
        try:
            return await asyncio.shield(self._opening)
        except MaquetteError:
            self._opening = None  # the next command tries again
            raise

    async def _work(self, function: Callable[[ExportRuns], T]) -> T:
        runs = await self._list()
        return await asyncio.to_thread(function, runs)


def _outcome(run: ExportRun) -> str:
    """One sentence about a run that is at its end."""
    made, failed = run.counts.get(ItemState.DONE, 0), run.counts.get(ItemState.FAILED, 0)
    if failed:
        return f"{made} files were exported to {run.folder.name}, {failed} could not be made."
    return f"{made} files were exported to {run.folder.name}, each with its marks."
