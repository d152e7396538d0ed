"""Thumbnails of saved pictures: decoded in threads, kept in memory."""

import asyncio
from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from maquette.core.errors import ImageError
from maquette.gui.images import picture_image
from maquette.state.pictures import read_picture
from maquette.state.tasks import Tasks

SIDE = 256
KEPT = 400
AT_ONCE = 2


class Thumbnails(QObject):
    """Ask with `get`; when it has nothing yet, `ready` tells the path later.

    A file that cannot be read stays an empty pixmap.
    """

    ready = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kept: OrderedDict[str, QPixmap] = OrderedDict()
        self._asked: set[str] = set()
        self._gate = asyncio.Semaphore(AT_ONCE)

    def get(self, path: str, data: bytes = b"") -> QPixmap | None:
        """The thumbnail of the file `path`, or of `data`, for which `path` is then just a name."""
        found = self._kept.get(path)
        if found is not None:
            self._kept.move_to_end(path)
            return found
        if path and path not in self._asked:
            self._asked.add(path)
            self._tasks.start(self._load(path, data))
        return None

    async def _load(self, path: str, data: bytes) -> None:
        try:
            async with self._gate:
                image = await asyncio.to_thread(_read, data or path)
        except ImageError:
            image = QImage()
        self._asked.discard(path)
        self._kept[path] = QPixmap.fromImage(image)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(path)


def _read(file: str | bytes) -> QImage:
    return picture_image(read_picture(file, SIDE))
