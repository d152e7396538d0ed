"""Keeping one worker alive: spawn, watch, say why it ended, start it again."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence

import msgspec

import maquette
from maquette.core.errors import ProtocolError
from maquette.engine.backoff import Backoff
from maquette.engine.crash import crash_sentence
from maquette.engine.link import Link
from maquette.protocol.framing import Bytes
from maquette.protocol.messages import PROTOCOL_VERSION, Event, Ready, Request, Shutdown

HUNG_AFTER = 60.0  # seconds without any event; a heartbeat comes every second
_WATCH = 5.0  # seconds between looks at the heartbeat
_FAILED_STARTS = 3  # in a row, after which nobody tries again unasked
# Seconds for each stage of ending: asked, terminated, killed. The worker has nothing to save.
_GRACE = 0.8

_log = logging.getLogger(__name__)


class Death(msgspec.Struct, frozen=True):
    """The end of a worker: a sentence for the user, its log's end, whether it is started again."""

    message: str
    detail: str
    restarts: bool


class Supervisor:
    """Runs a worker until closed. All methods and callbacks belong to the event loop's thread."""

    def __init__(
        self,
        command: Sequence[str],
        on_event: Callable[[Event, list[bytearray]], None],
        on_death: Callable[[Death], None],
        on_spawn: Callable[[], None],
    ) -> None:
        self._command = command
        self._on_event = on_event
        self._on_death = on_death
        self._on_spawn = on_spawn
        self._backoff = Backoff()
        self._link: Link | None = None
        self._ended = asyncio.Event()
        self._restart: asyncio.TimerHandle | None = None
        self._watch: asyncio.TimerHandle | None = None
        self._spawned_at = self._heard_at = 0.0
        self._was_ready = self._given_up = self._closing = False
        self._failed_starts = 0
        self._reason = ""  # why we killed it ourselves

    @property
    def pid(self) -> int | None:
        """The worker's process id; None while there is no process."""
        return self._link.pid if self._link else None

    def ensure_running(self) -> None:
        """Spawn a worker unless there is one or one is about to be spawned."""
        if self._link is None and self._restart is None and not self._closing:
            self._spawn()

    def send(self, request: Request, blobs: Sequence[Bytes] = ()) -> None:
        """Send `request` if a worker is there. Raises ProtocolError if it cannot be encoded."""
        if self._link:
            self._link.send(request, blobs)

    def kill(self, reason: str) -> None:
        """End the worker at once; it is started again. `reason` is the sentence that is told."""
        if self._link:
            self._reason = reason
            self._link.kill()

    def give_up(self, reason: str) -> None:
        """End the worker at once; it is not started again before the next request."""
        self._given_up = True
        self.kill(reason)

    def succeeded(self) -> None:
        """A request was answered well: waits between restarts start from the shortest again."""
        self._backoff.succeeded()

    def part(self) -> None:
        """Hear no more of the worker, which `close` ends."""
        self._closing = True

    async def close(self) -> None:
        """End the worker: ask, terminate, kill, waiting a moment after each. Leaves no process."""
        self._closing = True
        for timer in (self._restart, self._watch):
            if timer:
                timer.cancel()
        link = self._link
        if link is None:
            return
        link.send(Shutdown())
        await link.end(self._ended, _GRACE)

    def _spawn(self) -> None:
        self._restart = None
        self._was_ready = self._given_up = False
        self._reason = ""
        self._spawned_at = self._heard_at = time.monotonic()
        self._ended.clear()
        loop = asyncio.get_running_loop()
        try:
            self._link = Link(self._command, self._hear, self._end, loop)
        except OSError as error:
            message = "The worker cannot be started; please run the set-up again."
            self._on_death(Death(message, str(error), restarts=False))
            return
        self._watch = loop.call_later(_WATCH, self._look)
        self._on_spawn()

    def _hear(self, event: Event, blobs: list[bytearray]) -> None:
        if self._closing:
            return  # last words; nobody waits for them
        self._heard_at = time.monotonic()
        if isinstance(event, Ready):
            if (event.protocol, event.build) != (PROTOCOL_VERSION, maquette.__version__):
                self.give_up(
                    f"The worker is of another version ({event.build}) than the window "
                    f"({maquette.__version__}); please close Maquette and start it again."
                )
                return
            self._was_ready = True
            self._failed_starts = 0
        if not self._given_up:
            self._on_event(event, blobs)

    def _look(self) -> None:
        """Kill a worker that has not been heard for long."""
        if time.monotonic() - self._heard_at > HUNG_AFTER:
            self.kill("The worker did not answer any more, so it is started again.")
        self._watch = asyncio.get_running_loop().call_later(_WATCH, self._look)

    def _end(self, status: int, problem: ProtocolError | None) -> None:
        link, self._link = self._link, None
        self._ended.set()
        if self._watch:
            self._watch.cancel()
        if self._closing or link is None:
            return
        message = self._reason or (problem.message if problem else "")
        message = message or crash_sentence(status, link.last_lines)
        if not self._was_ready:
            self._failed_starts += 1
        restarts = not self._given_up and self._failed_starts < _FAILED_STARTS
        if restarts:
            lived = time.monotonic() - self._spawned_at
            wait = self._backoff.next_wait(lived, self._was_ready)
            self._restart = asyncio.get_running_loop().call_later(wait, self._spawn)
        _log.warning("worker %d ended with status %d: %s", link.pid, status, message)
        self._on_death(Death(message, "\n".join(link.last_lines), restarts))
