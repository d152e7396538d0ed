"""The processors that the worker may use, and how busy other programs keep them."""

import os
import time

import psutil

_NOT_BUSY = {"idle", "iowait", "guest", "guest_nice"}  # a guest's time is in the user's as well


def allowed_processors() -> tuple[int, ...]:
    """Numbers of the processors that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    return tuple(range(os.cpu_count() or 1))


class OthersLoad:
    """How many of the processors that this process may use other programs keep busy."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._allowed = allowed_processors()
        self._before = self._times()

    def __call__(self) -> float:
        """The mean since the last call, 0 to the number of processors."""
        busy, own, now = self._times()
        busy_before, own_before, then = self._before
        self._before = busy, own, now
        return max(0.0, (busy - busy_before) - (own - own_before)) / max(now - then, 1e-3)

    def _times(self) -> tuple[float, float, float]:
        """Seconds that the processors were busy, that this process ran, and the time."""
        processors = psutil.cpu_times(percpu=True)
        busy = sum(
            seconds
            for number in self._allowed
            if number < len(processors)
            for field, seconds in processors[number]._asdict().items()
            if field not in _NOT_BUSY
        )
        own = self._process.cpu_times()
        return busy, own.user + own.system, time.monotonic()
