"""Several markers side by side: as many files are made at once as keep the spare cores busy."""

import asyncio
import os
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from maquette.core.contact_sheet import MadePage, SheetPage
from maquette.core.errors import FailureCode, JobCancelled, JobFailed, WorkerDied
from maquette.core.export_preset import Rendition, SheetKind
from maquette.core.marking import Marking
from maquette.core.record import Record
from maquette.engine.marker import ExportedFile, MarkerClient

MOST = 8  # processes; each needs some 300 MiB, more for large pictures
_IDLE = 20.0  # seconds without work after which a process is ended
_TIME_LIMIT = 600.0  # seconds for one file: a large AVIF with a target size is encoded many times
_DEATHS = 2  # processes that one file may cost

_Result = TypeVar("_Result")


def markers_at_once(cores: int, *, is_making: bool) -> int:
    """How many markers share `cores`: half as many while pictures are being made.

    Else one more than there are cores: a marker that has answered waits for its next picture, and
    its core must not.
    """
    return max(1, min(MOST, cores // 2 if is_making else cores + 1))


class MarkerPool:
    """Makes exported files in processes that step back in priority, each with one thread.

    Processes are started when they are needed, and end when they have nothing to do. All methods
    belong to the event loop's thread.
    """

    def __init__(
        self,
        *,
        is_making: Callable[[], bool] | None = None,
        cores: int | None = None,
        command: Sequence[str] | None = None,
    ) -> None:
        """`is_making` tells whether pictures are being made, which need cores, too.

        `cores` are those of this machine unless given; `command` replaces the markers' command
        line (tests).
        """
        self._is_making = is_making or (lambda: False)
        self._cores = cores or _usable_cores()
        self._command = command
        self._all: list[MarkerClient] = []
        self._idle: list[MarkerClient] = []
        self._waiting: deque[asyncio.Future[MarkerClient]] = deque()
        self._closed = False

    @property
    def at_once(self) -> int:
        """How many files are made at the same time; less while pictures are being made."""
        return markers_at_once(self._cores, is_making=self._is_making())

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that there are now."""
        return tuple(client.pid for client in self._all if client.pid is not None)

    async def export(
        self,
        source: Path | bytes,
        record: Record,
        rendition: Rendition,
        marking: Marking,
        *,
        source_sha256: str = "",
    ) -> ExportedFile:
        """As `MarkerClient.export`, as soon as a process is free.

        Raises:
            ImageError: the picture cannot be read, or not be made as `rendition` says.
            JobFailed: something else went wrong with it; two processes ended over it, perhaps.
            JobCancelled: the pool was closed.
            WorkerDied: no process can be started.
        """
        return await self._do(
            lambda client: client.export(
                source, record, rendition, marking, source_sha256=source_sha256
            )
        )

    async def make_page(self, page: SheetPage, kind: SheetKind, marking: Marking) -> MadePage:
        """As `MarkerClient.make_page`, as soon as a process is free. Raises as `export`."""
        return await self._do(lambda client: client.make_page(page, kind, marking))

    async def close(self) -> None:
        """Cancel everything and end the processes; leaves none behind."""
        self._closed = True
        for place in self._waiting:
            if not place.done():
                place.set_exception(_cancelled())
        self._waiting.clear()
        await asyncio.gather(*(client.close() for client in self._all))

    async def _do(self, work: Callable[[MarkerClient], Awaitable[_Result]]) -> _Result:
        client = await self._take()
        try:
            for _ in range(_DEATHS):
                try:
                    return await work(client)
                except WorkerDied:
                    if not any(each.was_ready for each in self._all):
                        raise  # none can be started
        finally:
            self._idle.append(client)
            self._hand_out()
        raise JobFailed(
            "The process that exports pictures ended over this one twice, so it was left out.",
            FailureCode.WORKER_DIED,
        )

    # --- who has which client -------------------------------------------------------------------

    async def _take(self) -> MarkerClient:
        """A client that nobody else uses until it is idle again. Raises JobCancelled."""
        if self._closed:
            raise _cancelled()
        place: asyncio.Future[MarkerClient] = asyncio.get_running_loop().create_future()
        self._waiting.append(place)
        self._hand_out()
        try:
            return await place
        except asyncio.CancelledError:
            if place in self._waiting:
                self._waiting.remove(place)
            elif place.done() and not place.cancelled() and not place.exception():
                self._idle.append(place.result())  # it came just when nobody wanted it any more
                self._hand_out()
            raise

    def _hand_out(self) -> None:
        """Give clients to who waits longest, as many as there may be."""
        while self._waiting and len(self._all) - len(self._idle) < self.at_once:
            place = self._waiting.popleft()
            if not place.done():
                place.set_result(self._idle.pop() if self._idle else self._new())

    def _new(self) -> MarkerClient:
        client = MarkerClient(command=self._command, idle=_IDLE, time_limit=_TIME_LIMIT)
        self._all.append(client)
        return client


def _cancelled() -> JobCancelled:
    return JobCancelled("The export was cancelled.")


def _usable_cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
