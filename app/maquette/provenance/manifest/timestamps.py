"""Asking timestamp authorities, and leaving one alone for a while that did not answer."""

import threading
import time
from collections.abc import Callable

PAUSE = 300.0
"""Seconds without a question to an authority that failed: each would cost seconds per picture."""


class Timestamps:
    """Knows which authorities fail in this process. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds."""
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: dict[str, float] = {}

    def may_ask(self, url: str) -> bool:
        """Whether the authority at `url` did not fail within the last five minutes."""
        with self._lock:
            failed = self._failed.get(url)
            return failed is None or self._clock() - failed >= PAUSE

    def failed(self, url: str) -> bool:
        """Note a failure; whether it is the first since the authority answered."""
        with self._lock:
            is_first = url not in self._failed
            self._failed[url] = self._clock()
            return is_first

    def answered(self, url: str) -> None:
        """Note a timestamp."""
        with self._lock:
            self._failed.pop(url, None)
