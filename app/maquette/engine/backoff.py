"""How long to wait before a worker that ended is started again."""

FIRST = 0.2  # seconds
LONGEST = 10.0
_HEALTHY = 60.0  # seconds of life after which the next failure counts as the first


class Backoff:
    """Doubles the wait with each failure in a row, between FIRST and LONGEST seconds."""

    def __init__(self) -> None:
        self._failures = 0

    def next_wait(self, lived: float, was_ready: bool) -> float:
        """Seconds to wait now, after a worker that lived `lived` seconds and was ready or not."""
        if was_ready and lived >= _HEALTHY:
            self._failures = 0
        wait = min(LONGEST, FIRST * 2**self._failures)
        self._failures = min(self._failures + 1, 16)
        return wait

    def succeeded(self) -> None:
        """A job was finished: the worker is well."""
        self._failures = 0
