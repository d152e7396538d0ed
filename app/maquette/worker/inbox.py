"""Requests waiting for the main thread, and the cancel tokens of jobs that are on their way."""

import threading
from collections import deque
from collections.abc import Callable

from maquette.protocol.messages import Cancel, Cancelled, Event, Generate, Load, Request, Shutdown
from maquette.worker.cancel import CancelToken

Item = tuple[Load | Generate, list[bytearray], CancelToken]


class Inbox:
    """A queue between the reader thread and the main thread that knows how to cancel.

    A queued job is taken out and answered at once; a running one has its token set.
    """

    def __init__(self, send: Callable[[Event], None]) -> None:
        self._send = send
        self._changed = threading.Condition()
        self._items: deque[Item] = deque()
        self._running: dict[str, CancelToken] = {}
        self._ended = False

    def put(self, request: Request, blobs: list[bytearray]) -> None:
        """Take a request from the wire. A Cancel is acted on here; Shutdown empties the queue."""
        with self._changed:
            if isinstance(request, Cancel):
                self._cancel(request.job)
            elif isinstance(request, Shutdown):
                self._end()
            else:
                self._items.append((request, blobs, CancelToken()))
                self._changed.notify()

    def end(self) -> None:
        """The other side is gone: stop what runs, forget what waits."""
        with self._changed:
            self._end()

    def get(self) -> Item | None:
        """The next request, waiting for it; None after the end."""
        with self._changed:
            while not self._items and not self._ended:
                self._changed.wait()
            if self._ended:
                return None
            item = self._items.popleft()
            # A Load runs under the empty name, so that the end of the stream stops it too.
            self._running[item[0].job if isinstance(item[0], Generate) else ""] = item[2]
            return item

    def concluded(self, job: str) -> None:
        """`job` was answered; a later Cancel for it has no effect."""
        with self._changed:
            self._running.pop(job, None)

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
        for token in self._running.values():
            token.cancel()
        self._changed.notify()
