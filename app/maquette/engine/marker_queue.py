"""Requests to the marker: one at a time, through a process that lives while there is work.

The process is started by the first request and ends when nothing was asked for a while. A file
that brings it down costs that one request; what waits goes to a new process.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence

from maquette.core.errors import (
    FailureCode,
    JobCancelled,
    JobFailed,
    MaquetteError,
    ProtocolError,
    WorkerDied,
)
from maquette.engine.marker_process import MarkerProcess
from maquette.protocol.marker_messages import MarkerAnswer, MarkerWork

Answer = tuple[MarkerAnswer, Sequence[bytearray]]
"""What the marker answered, and the frame's blobs."""


class _Asked:
    """A request between being made and being answered."""

    def __init__(self, request: MarkerWork, blobs: Sequence[bytes]) -> None:
        self.request = request
        self.blobs = blobs
        self.answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def settle(self, result: Answer | MaquetteError) -> None:
        if self.answer.done():
            return  # whoever waited for it was cancelled
        if isinstance(result, MaquetteError):
            self.answer.set_exception(result)
        else:
            self.answer.set_result(result)


class MarkerQueue:
    """All methods belong to the event loop's thread."""

    def __init__(self, command: Sequence[str], *, idle: float, time_limit: float) -> None:
        """`idle` seconds without a request end the process; `time_limit` is for one request."""
        self._command = list(command)
        self._idle = idle
        self._time_limit = time_limit
        self._waiting: deque[_Asked] = deque()
        self._current: _Asked | None = None
        self._sent = self._closed = self._was_ready = False
        self._process: MarkerProcess | None = None
        self._timer: asyncio.TimerHandle | None = None  # of the request or of idling

    @property
    def pid(self) -> int | None:
        """The marker's process id; None while there is no process."""
        return self._process.pid if self._process else None

    @property
    def was_ready(self) -> bool:
        """Whether a process of this queue was ever ready, so that another one may be, too."""
        return self._was_ready

    async def ask(self, request: MarkerWork, blobs: Sequence[bytes]) -> Answer:
        """Send `request` when its turn comes, and wait for the answer.

        Cancelling takes it out of the queue; what the marker is already at is finished and
        dropped.

        Raises:
            JobFailed: it cannot be sent.
            JobCancelled: the queue was closed.
            WorkerDied: the process ended over it, or cannot be started.
        """
        if self._closed:
            raise JobCancelled("The check was cancelled.")
        asked = _Asked(request, blobs)
        self._waiting.append(asked)
        self._go_on()
        try:
            return await asked.answer
        except asyncio.CancelledError:
            with contextlib.suppress(ValueError):
                self._waiting.remove(asked)
            raise

    async def close(self) -> None:
        """Cancel everything and end the process; leaves none behind."""
        self._closed = True
        self._settle_all(JobCancelled("The check was cancelled."))
        if self._process is not None:
            await self._process.close()

    # --- one request after the other ------------------------------------------------------------

    def _go_on(self) -> None:
        """Send what is next, through a new process if there is none."""
        if self._closed or self._current is not None:
            return
        self._stop_timer()
        loop = asyncio.get_running_loop()
        if not self._waiting:
            if self._process is not None:
                self._timer = loop.call_later(self._idle, self._process.leave)
            return
        self._current, self._sent = self._waiting.popleft(), False
        self._timer = loop.call_later(self._time_limit, self._lose_patience)
        if self._process is None:
            self._start()
        else:
            self._send()

    def _send(self) -> None:
        asked, process = self._current, self._process
        if asked is None or process is None or self._sent or not process.takes_requests:
            return
        self._sent = True
        try:
            process.send(asked.request, asked.blobs)
        except ProtocolError as error:
            self._settle(JobFailed(error.message, FailureCode.BAD_INPUT, error.detail))

    def _settle(self, result: Answer | MaquetteError) -> None:
        """Answer the request that is on its way, and go on."""
        asked, self._current = self._current, None
        if asked:
            asked.settle(result)
        self._go_on()

    def _settle_all(self, error: MaquetteError) -> None:
        asked = [self._current, *self._waiting]
        self._current = None
        self._waiting.clear()
        self._stop_timer()
        for one in asked:
            if one:
                one.settle(error)

    def _stop_timer(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None

    def _lose_patience(self) -> None:
        """End a marker that a file keeps busy for too long."""
        if self._process:
            self._process.kill(
                f"Reading this file took longer than {self._time_limit:g} seconds and was given "
                "up; the file may be damaged."
            )

    # --- the process ----------------------------------------------------------------------------

    def _start(self) -> None:
        try:
            self._process = MarkerProcess(
                self._command, on_ready=self._ready, on_answer=self._hear, on_end=self._end
            )
        except WorkerDied as error:
            self._settle_all(error)

    def _ready(self) -> None:
        self._was_ready = True
        self._send()

    def _hear(self, event: MarkerAnswer, blobs: Sequence[bytearray]) -> None:
        if self._current and event.job == self._current.request.job:
            self._settle((event, blobs))

    def _end(self, error: WorkerDied | None) -> None:
        process, self._process = self._process, None
        if self._closed:
            return
        if error is None:
            if self._current:  # asked while it was leaving
                self._waiting.appendleft(self._current)
                self._current = None
            self._go_on()
        elif process is not None and process.was_ready:
            self._settle(error)
        else:
            self._settle_all(error)  # the next process would not start either
