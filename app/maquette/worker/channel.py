"""Sending events: one thread writes, everyone else only leaves something to be sent."""

import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Sequence
from typing import BinaryIO

from maquette.protocol.framing import Bytes, encode
from maquette.protocol.messages import Message, Progress

PROGRESS_INTERVAL = 0.03  # seconds; at most 33 progress events per second

_log = logging.getLogger(__name__)


class Channel:
    """Sends events in order. Progress is coalesced: the latest wins, the rest is dropped.

    No caller ever waits for the other side. Progress of a job is never sent after its conclusion;
    all other events are always sent.
    """

    def __init__(self, output: BinaryIO) -> None:
        """`output` is the stream to the studio, owned from here on."""
        self._output = output
        self._changed = threading.Condition()
        self._waiting: deque[tuple[Message, Sequence[Bytes]]] = deque()
        self._progress: tuple[Progress, Sequence[Bytes]] | None = None
        self._progress_due = 0.0  # time.monotonic() before which no progress is sent
        self._closed = False
        self._thread = threading.Thread(target=self._write_all, name="channel", daemon=True)
        self._thread.start()

    def send(self, event: Message, blobs: Sequence[Bytes] = ()) -> None:
        """Send `event`. Callable from any thread; blobs must not change afterwards."""
        with self._changed:
            if isinstance(event, Progress):
                self._progress = (event, blobs)
            else:
                if self._progress and self._progress[0].job == getattr(event, "job", None):
                    self._progress = None
                self._waiting.append((event, blobs))
            self._changed.notify_all()

    def wants_progress(self) -> bool:
        """Whether progress left now would be sent at once, so that a preview is worth making."""
        with self._changed:
            return self._progress is None and time.monotonic() >= self._progress_due

    def close(self, timeout: float) -> None:
        """Send what is waiting, for at most `timeout` seconds, then stop."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(timeout)

    def _write_all(self) -> None:
        try:
            while (item := self._next()) is not None:
                event, blobs = item
                for part in encode(event, blobs):
                    self._output.write(part)
                self._output.flush()
        except OSError:
            # The studio is gone; the reader of requests sees the same and ends the process.
            _log.info("the studio no longer reads; nothing more is sent")
        with contextlib.suppress(OSError):
            self._output.close()

    def _next(self) -> tuple[Message, Sequence[Bytes]] | None:
        with self._changed:
            while True:
                if self._waiting:
                    return self._waiting.popleft()
                if self._progress:
                    wait = self._progress_due - time.monotonic()
                    if wait <= 0:
                        self._progress_due = time.monotonic() + PROGRESS_INTERVAL
                        item, self._progress = self._progress, None
                        return item
                    if self._closed:
                        return None
                    self._changed.wait(wait)
                elif self._closed:
                    return None
                else:
                    self._changed.wait()
