"""How torch's threads wait for each other: spinning when processors are free, else sleeping.

An image takes thousands of short parallel sections. Between them OpenMP's threads spin for some
milliseconds, which on an idle machine halves the time of an image. But when another program wants
one of two processors, the spinners keep the thread that they wait for off its processor, and the
same image takes ten times as long. Which is right changes while the worker runs, and the runtime's
own settings are read once, before the start.

GNU's OpenMP all but stops spinning while it has more threads than there are processors (libgomp
manual, GOMP_SPINCOUNT). So when the machine is busy, a crowd of threads is added that do nothing.
"""

import ctypes
import logging
import os
import sys
import threading
import time
from collections.abc import Callable

import psutil

from maquette.worker.processors import OthersLoad, allowed_processors

_INTERVAL = 0.25  # seconds
_CROWDED = 0.3  # processors that are lacking; the difference keeps it from changing all the time
_ROOMY = 0.15

_log = logging.getLogger(__name__)


class Crowd:
    """Idle OpenMP threads, one more than processors, while :attr:`gathered`."""

    def __init__(self, openmp: ctypes.CDLL, size: int) -> None:
        self._openmp = openmp
        self._size = size
        self._leave: threading.Event | None = None

    @property
    def gathered(self) -> bool:
        """Whether the threads are there."""
        return self._leave is not None

    def gather(self) -> None:
        """Start the threads."""
        self._leave = threading.Event()
        threading.Thread(target=self._stand, args=(self._leave,), name="crowd", daemon=True).start()

    def disperse(self) -> None:
        """Let the threads end."""
        if self._leave:
            self._leave.set()
            self._leave = None

    def _stand(self, leave: threading.Event) -> None:
        # A parallel section that does nothing; its threads last as long as the one that began it.
        self._openmp.GOMP_parallel(self._openmp.omp_get_thread_num, None, self._size, 0)
        leave.wait()


def watch(crowd: Crowd, threads: int, others: Callable[[], float]) -> None:
    """Gather or disperse `crowd` by the load that `others` tells, beside `threads` of torch."""
    lacking = threads + others() - len(allowed_processors())
    if lacking > _CROWDED and not crowd.gathered:
        _log.info("other programs need the processors: threads wait by sleeping")
        crowd.gather()
    elif lacking < _ROOMY and crowd.gathered:
        crowd.disperse()


def keep_watching(threads: int) -> None:
    """Watch for as long as the process lives, on a thread; does nothing without GNU's OpenMP."""
    openmp = gnu_openmp()
    if openmp is None:
        return
    crowd, others = Crowd(openmp, len(allowed_processors()) + 1), OthersLoad()

    def run() -> None:
        while True:
            time.sleep(_INTERVAL)
            watch(crowd, threads, others)

    threading.Thread(target=run, name="spinning", daemon=True).start()


def gnu_openmp() -> ctypes.CDLL | None:
    """The OpenMP runtime that torch has loaded, if it is GNU's."""
    if sys.platform != "linux":
        return None
    loaded = {
        m.path for m in psutil.Process().memory_maps() if "libgomp" in os.path.basename(m.path)
    }
    return ctypes.CDLL(loaded.pop()) if len(loaded) == 1 else None
