"""The client of the trainer: pictures are looked at, and styles trained one after the other.

Each request has a process of its own, which ends with it, so that a training that pauses or dies
gives all its memory back.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import maquette
from maquette.core.errors import (
    JobCancelled,
    JobFailed,
    MaquetteError,
    ProtocolError,
    WorkerDied,
)
from maquette.core.training import FoundPicture, StyleKind, TrainingReport
from maquette.engine.link import Link
from maquette.protocol.messages import Failed, Ready
from maquette.protocol.trainer_messages import (
    TRAINER_PROTOCOL,
    LookAtPictures,
    Pause,
    PausedTraining,
    PictureSeen,
    PicturesSeen,
    StopAndKeep,
    Train,
    Trained,
    TrainerConclusion,
    TrainerEvent,
    TrainerNews,
)

C = TypeVar("C", PicturesSeen, Trained)

_GRACE = 6.0  # seconds for a trainer that is asked to end: it saves a checkpoint

OnNews = Callable[[TrainerNews, Sequence[bytearray]], None]
"""Told what is new, with the frame's blobs, in the event loop's thread."""


def trainer_command() -> list[str]:
    """The command line of the trainer, in the interpreter that runs now, without other paths."""
    return [sys.executable, "-P", "-m", "maquette", "trainer"]


class TrainerClient:
    """Looks at pictures, and trains styles in the order in which they were asked for.

    All methods belong to the event loop's thread. Cancelling a task that waits in `train` pauses
    the training.
    """

    def __init__(
        self,
        *,
        device: str = "auto",
        precision: str = "auto",
        command: Sequence[str] | None = None,
    ) -> None:
        """`command` replaces the command line of the trainer (tests)."""
        self._device = device
        self._precision = precision
        self._command = list(command or trainer_command())
        self._turn = asyncio.Lock()
        self._trainings: dict[Path, _Process | None] = {}  # in order; None while it waits
        self._looking: set[_Process] = set()
        self._closed = False

    def use(self, device: str, precision: str) -> None:
        """Train on another device from the next training on."""
        self._device, self._precision = device, precision

    @property
    def trainings(self) -> tuple[Path, ...]:
        """Folders of the training that runs and of those that wait, in their order."""
        return tuple(self._trainings)

    def pid_of(self, folder: Path) -> int | None:
        """The process that trains in `folder`; None while there is none."""
        process = self._trainings.get(folder)
        return process.pid if process else None

    async def look_at(
        self,
        paths: Sequence[Path],
        side: int,
        kind: StyleKind,
        trigger: str,
        on_found: Callable[[FoundPicture], None] = lambda _found: None,
    ) -> tuple[FoundPicture, ...]:
        """What the picture files at `paths`, and in folders there, are, in the order of names.

        Args:
            side: width and height in pixels that the model learns at.
            kind, trigger: what captions are proposed for.
            on_found: told of each as it is found.

        Raises:
            JobFailed: a path is not there, or there are too many files.
            WorkerDied: the process ended over them, or cannot be started.
        """
        found: list[FoundPicture] = []

        def hear(news: TrainerNews, _blobs: Sequence[bytearray]) -> None:
            if isinstance(news, PictureSeen):
                found.append(news.picture)
                on_found(news.picture)

        sent = tuple(os.fsencode(path) for path in paths)
        request = LookAtPictures(job="", paths=sent, side=side, kind=kind, trigger=trigger)
        process = _Process(self._command, hear)
        self._looking.add(process)
        try:
            process.send(request)
            _checked(await process.conclusion, PicturesSeen)
        finally:
            self._looking.discard(process)
            await process.close()
        return tuple(found)

    async def train(
        self, folder: Path, on_news: OnNews, *, keep: bool = False
    ) -> TrainingReport | None:
        """Train what is planned in `folder`, or go on with it, when its turn comes.

        With `keep` it learns no more, and what it learned before becomes a style.

        Returns:
            What came of it; None if it was paused.

        Raises:
            JobFailed: it cannot be trained, for the reason in its sentence.
            JobCancelled: it runs or waits already, or the client was closed.
            WorkerDied: the process ended; the training can be resumed.
        """
        if self._closed or folder in self._trainings:
            raise JobCancelled("This training runs or waits already.")
        self._trainings[folder] = None
        try:
            async with self._turn:
                if folder not in self._trainings:
                    return None  # paused while it waited
                return await self._train(folder, on_news, keep=keep)
        finally:
            self._trainings.pop(folder, None)

    def pause(self, folder: Path) -> None:
        """Have the training save what it learned and end; one that waits leaves the queue."""
        process = self._trainings.get(folder)
        if process is not None:
            process.send(Pause())
        else:
            self._trainings.pop(folder, None)

    def stop_and_keep(self, folder: Path) -> None:
        """Have the training learn no more and make a style of the best so far."""
        process = self._trainings.get(folder)
        if process is not None:
            process.send(StopAndKeep())

    async def close(self) -> None:
        """Pause all trainings and end the processes; leaves none behind."""
        self._closed = True
        running = [process for process in self._trainings.values() if process]
        self._trainings = {folder: each for folder, each in self._trainings.items() if each}
        for process in (*running, *self._looking):
            await process.close()

    async def _train(self, folder: Path, on_news: OnNews, *, keep: bool) -> TrainingReport | None:
        process = self._trainings[folder] = _Process(self._command, on_news)
        try:
            process.send(
                Train(
                    job=folder.name,
                    folder=os.fsencode(folder),
                    device=self._device,
                    precision=self._precision,
                )
            )
            if keep:
                process.send(StopAndKeep())
            conclusion = await process.conclusion
            if isinstance(conclusion, PausedTraining):
                return None
            return _checked(conclusion, Trained).report
        finally:
            await process.close()


class _Process:
    """One trainer process and its one request."""

    def __init__(self, command: Sequence[str], on_news: OnNews) -> None:
        """Raises WorkerDied: it cannot be started."""
        loop = asyncio.get_running_loop()
        self._on_news = on_news
        self._reason = ""  # why we ended it ourselves
        self._is_leaving = False
        self._ended = asyncio.Event()
        self.conclusion: asyncio.Future[TrainerConclusion] = loop.create_future()
        try:
            self._link = Link(command, self._hear, self._end, loop, TrainerEvent)
        except OSError as error:
            raise WorkerDied(
                "The process that trains styles cannot be started; please run the set-up again.",
                str(error),
            ) from error

    @property
    def pid(self) -> int:
        return self._link.pid

    def send(self, request: LookAtPictures | Train | Pause | StopAndKeep) -> None:
        """Send a request without waiting. Raises ProtocolError: it cannot be encoded."""
        self._link.send(request)

    async def close(self) -> None:
        """Ask it to end, ever more firmly; it has ended when this returns."""
        self._is_leaving = True
        await self._link.end(self._ended, _GRACE)

    def _hear(self, event: TrainerEvent, blobs: list[bytearray]) -> None:
        match event:
            case Ready():
                if (event.protocol, event.build) != (TRAINER_PROTOCOL, maquette.__version__):
                    self._reason = (
                        f"The process that trains styles is of another version ({event.build}) "
                        f"than the window ({maquette.__version__}); please close Maquette and "
                        "start it again."
                    )
                    self._link.kill()
            case Trained() | PausedTraining() | PicturesSeen() | Failed():
                if not self.conclusion.done():
                    self.conclusion.set_result(event)
            case _:
                self._on_news(event, blobs)

    def _end(self, status: int, problem: ProtocolError | None) -> None:
        self._ended.set()
        if not self.conclusion.done():
            message = self._reason or (problem.message if problem else _last_words(status))
            error: MaquetteError = WorkerDied(message, "\n".join(self._link.last_lines))
            if self._is_leaving:
                error = JobCancelled("The training was paused.")
            self.conclusion.set_exception(error)
            self.conclusion.exception()  # nobody may be waiting any more


def _checked(conclusion: TrainerConclusion, kind: type[C]) -> C:
    if isinstance(conclusion, Failed):
        raise JobFailed(conclusion.message, conclusion.code, conclusion.detail)
    assert isinstance(conclusion, kind)
    return conclusion


def _last_words(status: int) -> str:
    """One sentence for a trainer that ended with `status` (negative: the signal's number)."""
    if status == -getattr(signal, "SIGKILL", 9):
        return (
            "The training was ended by the system, most likely because memory ran out; resume it "
            "to go on from its newest checkpoint."
        )
    return (
        f"The training ended unexpectedly (exit status {status}); resume it to go on from its "
        "newest checkpoint."
    )
