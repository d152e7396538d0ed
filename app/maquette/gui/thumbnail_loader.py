"""Small pictures read in threads, latest wanted first, and kept in bounded memory as pixmaps."""

import asyncio
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Container
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from maquette.core.errors import ImageError
from maquette.state.tasks import Tasks

AT_ONCE = 2  # threads
PENDING = 2048  # more cells than the largest screen shows; what is older scrolled away
TURN = 0.010  # seconds that a thread gathers pictures, so that the window is woken 200 times a
# second at most however quickly they come

Read = Callable[[], QImage]


class _Kept(NamedTuple):
    pixmap: QPixmap
    problem: str


class _Came(NamedTuple):
    key: str
    image: QImage
    problem: str


class ThumbnailLoader(QObject):
    """Ask with `get`; when it has nothing yet, `ready` tells the key later.

    What cannot be read stays an empty pixmap with a `problem`, and is not tried again until it is
    forgotten. Used on the window's thread alone.
    """

    ready = Signal(str)

    def __init__(self, tasks: Tasks, budget: int, parent: QObject | None = None) -> None:
        """Keep pixmaps of at most `budget` bytes."""
        super().__init__(parent)
        self._tasks = tasks
        self._budget = budget
        self._bytes = 0
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._lock = threading.Lock()  # over the two that follow, which the threads use as well
        self._pending: OrderedDict[str, Read] = OrderedDict()
        self._reading: set[str] = set()
        self._threads = 0

    def get(self, key: str, read: Read) -> QPixmap | None:
        """What is kept under `key`; None if it has to be read first, for which `read` is called.

        Args:
            read: called in a thread; may raise ImageError.
        """
        found = self.kept(key)
        if found is None and key:
            self._ask(key, read)
        return found

    def kept(self, key: str) -> QPixmap | None:
        """What is kept under `key`; nothing is read for it."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found.pixmap

    def problem(self, key: str) -> str:
        """Why there is no picture under `key`, a sentence; "" if there is one or none was read."""
        found = self._kept.get(key)
        return found.problem if found else ""

    def keep_wanted(self, keys: Container[str]) -> None:
        """Drop what was asked for and is not among `keys`: it scrolled away."""
        with self._lock:
            for key in [key for key in self._pending if key not in keys]:
                del self._pending[key]

    def forget(self, key: str) -> None:
        """Read `key` anew when it is asked for again."""
        found = self._kept.pop(key, None)
        if found is not None:
            self._bytes -= _size(found.pixmap)

    def _ask(self, key: str, read: Read) -> None:
        with self._lock:
            if key in self._reading:
                return
            self._pending[key] = read
            self._pending.move_to_end(key)
            if len(self._pending) > PENDING:
                self._pending.popitem(last=False)
        if self._threads < AT_ONCE:
            self._threads += 1
            self._tasks.start(self._work())

    async def _work(self) -> None:
        try:
            while self._pending:  # asked here, so that what was just asked for finds us or is seen
                self._keep(await asyncio.to_thread(self._read_some))
        finally:
            self._threads -= 1

    def _read_some(self) -> list[_Came]:
        """In a thread: read the latest wanted ones until a turn is over or none is left."""
        came: list[_Came] = []
        until = time.monotonic() + TURN
        while not came or time.monotonic() < until:
            with self._lock:
                if not self._pending:
                    break
                key, read = self._pending.popitem()
                self._reading.add(key)
            try:
                came.append(_Came(key, read(), ""))
            except ImageError as error:
                came.append(_Came(key, QImage(), error.message))
            except BaseException:
                with self._lock:
                    self._reading.difference_update((key, *(each.key for each in came)))
                raise
        return came

    def _keep(self, came: list[_Came]) -> None:
        for key, image, problem in came:
            self.forget(key)
            pixmap = QPixmap.fromImage(image)
            self._kept[key] = _Kept(pixmap, problem)
            self._bytes += _size(pixmap)
        with self._lock:
            self._reading.difference_update(each.key for each in came)
        while self._bytes > self._budget and len(self._kept) > len(came):
            self.forget(next(iter(self._kept)))
        for each in came:
            self.ready.emit(each.key)


def _size(pixmap: QPixmap) -> int:
    """Bytes that `pixmap` takes, with the row of an empty one counted too."""
    return pixmap.width() * pixmap.height() * 4 + 256
