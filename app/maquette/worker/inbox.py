"""Requests waiting for the main thread, and the cancel tokens of what is on its way."""

import threading
import time
from collections import deque
from collections.abc import Callable

from maquette.protocol.messages import (
    Cancel,
    Cancelled,
    Event,
    Generate,
    Live,
    LiveSkipped,
    Load,
    Request,
    Shutdown,
    StopLive,
)
from maquette.worker.cancel import CancelToken

QueuedItem = tuple[Load | Generate, list[bytearray], CancelToken]
LiveItem = tuple[Live, list[bytearray], CancelToken]

PATIENCE = 5.0  # seconds that live pictures may go before one that waits


class Inbox:
    """A queue between the reader thread and the main thread that knows how to cancel.

    A queued job is taken out and answered at once; a running one has its token set. Of live
    pictures at most one waits: a newer one takes its place and stops the one that is made. Live
    pictures go first, but a job that has waited for PATIENCE gets its turn.
    """

    def __init__(
        self, send: Callable[[Event], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` tells seconds."""
        self._send = send
        self._clock = clock
        self._changed = threading.Condition()
        self._items: deque[QueuedItem] = deque()
        self._running: dict[str, CancelToken] = {}
        self._live: LiveItem | None = None
        self._live_token: CancelToken | None = None  # of the live picture that was taken last
        self._behind_since: float | None = None  # when a live picture first went before a job
        self._ended = False

    def put(self, request: Request, blobs: list[bytearray]) -> None:
        """Take a request from the wire; Cancel, StopLive and Shutdown act at once."""
        with self._changed:
            match request:
                case Cancel():
                    self._cancel(request.job)
                case StopLive():
                    self._skip_live()
                case Live():
                    self._skip_live()
                    self._live = request, blobs, CancelToken()
                    self._changed.notify()
                case Shutdown():
                    self._end()
                case _:
                    self._items.append((request, blobs, CancelToken()))
                    self._changed.notify()

    def end(self) -> None:
        """The other side is gone: stop what runs, forget what waits."""
        with self._changed:
            self._end()

    def get(self) -> QueuedItem | LiveItem | None:
        """The next request, waiting for it; None after the end."""
        with self._changed:
            while not self._items and self._live is None and not self._ended:
                self._changed.wait()
            if self._ended:
                return None
            self._live_token = None  # whoever asks for the next is done with the last
            if self._live is not None and not self._is_job_due():
                return self._take_live(self._live)
            self._behind_since = None
            item = self._items.popleft()
            # A Load runs under the empty name, so that the end of the stream stops it too.
            self._running[item[0].job if isinstance(item[0], Generate) else ""] = item[2]
            return item

    def concluded(self, job: str) -> None:
        """`job` was answered; a later Cancel for it has no effect."""
        with self._changed:
            self._running.pop(job, None)

    def _is_job_due(self) -> bool:
        """Whether what waits goes before a live picture: a Load, or a job that waited enough."""
        if not self._items:
            return False
        since = self._behind_since
        return isinstance(self._items[0][0], Load) or (
            since is not None and self._clock() - since >= PATIENCE
        )

    def _take_live(self, item: LiveItem) -> LiveItem:
        self._live, self._live_token = None, item[2]
        if not self._items:
            self._behind_since = None
        elif self._behind_since is None:
            self._behind_since = self._clock()
        return item

    def _skip_live(self) -> None:
        """Answer a live picture that waits; stop one that is made, which its maker answers."""
        if self._live is not None:
            sequence, self._live = self._live[0].sequence, None
            self._send(LiveSkipped(sequence=sequence))
        if self._live_token is not None:
            self._live_token.cancel()

    def _cancel(self, job: str) -> None:
        for item in self._items:
            if isinstance(item[0], Generate) and item[0].job == job:
                self._items.remove(item)
                self._send(Cancelled(job=job))
                return
        if job in self._running:
            self._running[job].cancel()

    def _end(self) -> None:
        self._ended = True
        self._items.clear()
        self._live = None
        if self._live_token is not None:
            self._live_token.cancel()
        for token in self._running.values():
            token.cancel()
        self._changed.notify()
