"""One marker process, from its start to its end."""

import asyncio
import signal
import sys
from collections.abc import Callable, Sequence

import maquette
from maquette.core.errors import ProtocolError, WorkerDied
from maquette.engine.link import Link
from maquette.protocol.marker_messages import (
    MARKER_PROTOCOL,
    MarkerAnswer,
    MarkerEvent,
    MarkerWork,
)
from maquette.protocol.messages import Ready, Shutdown

_GRACE = 0.8  # seconds for each stage of ending: asked, terminated, killed

OnAnswer = Callable[[MarkerAnswer, Sequence[bytearray]], None]
OnEnd = Callable[[WorkerDied | None], None]
"""Told why it ended; None when it was asked to."""


def marker_command() -> list[str]:
    """The command line of the marker, in the interpreter that runs now, without other paths."""
    return [sys.executable, "-P", "-m", "maquette", "marker"]


class MarkerProcess:
    """All methods and callbacks belong to the event loop's thread; `on_end` is the last one."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        on_ready: Callable[[], None],
        on_answer: OnAnswer,
        on_end: OnEnd,
    ) -> None:
        """Start `command`.

        Raises:
            WorkerDied: it cannot be started.
        """
        self._on_ready = on_ready
        self._on_answer = on_answer
        self._on_end = on_end
        self._is_ready = self._is_leaving = False
        self._reason = ""  # why we ended it ourselves
        self._ended = asyncio.Event()
        try:
            loop = asyncio.get_running_loop()
            self._link = Link(command, self._hear, self._end, loop, MarkerEvent)
        except OSError as error:
            raise WorkerDied(
                "The process that checks pictures cannot be started; please run the set-up again.",
                str(error),
            ) from error

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._link.pid

    @property
    def was_ready(self) -> bool:
        """Whether it has ever been ready, so that another one may be, too."""
        return self._is_ready

    @property
    def takes_requests(self) -> bool:
        """Whether it is ready and was not asked to end."""
        return self._is_ready and not self._is_leaving

    def send(self, request: MarkerWork, blobs: Sequence[bytes]) -> None:
        """Send a request without waiting. Raises ProtocolError: it cannot be encoded."""
        self._link.send(request, blobs)

    def leave(self) -> None:
        """Ask it to end; what it says from now on counts no more."""
        self._is_leaving = True
        self._link.send(Shutdown())
        self._link.hang_up()

    def kill(self, reason: str) -> None:
        """End it at once; `on_end` is told `reason`, one sentence."""
        self._reason = reason
        self._link.kill()

    async def close(self) -> None:
        """Ask it to end, ever more firmly; it has ended when this returns."""
        self.leave()
        await self._link.end(self._ended, _GRACE)

    def _hear(self, event: MarkerEvent, blobs: list[bytearray]) -> None:
        if self._is_leaving:
            return
        if not isinstance(event, Ready):
            self._on_answer(event, blobs)
        elif (event.protocol, event.build) == (MARKER_PROTOCOL, maquette.__version__):
            self._is_ready = True
            self._on_ready()
        else:
            self.kill(
                f"The process that checks pictures is of another version ({event.build}) than "
                f"the window ({maquette.__version__}); please close Maquette and start it again."
            )

    def _end(self, status: int, problem: ProtocolError | None) -> None:
        self._ended.set()
        if self._is_leaving:
            self._on_end(None)
            return
        message = self._reason or (problem.message if problem else _last_words(status))
        self._on_end(WorkerDied(message, "\n".join(self._link.last_lines)))


def _last_words(status: int) -> str:
    """One sentence for a marker that ended with `status` (negative: the signal's number)."""
    if status == -getattr(signal, "SIGKILL", 9):
        return (
            "Reading this file was ended by the system, most likely because memory ran out; "
            "other files can be read as before."
        )
    return (
        f"Reading this file ended unexpectedly (exit status {status}); "
        "other files can be read as before."
    )
