"""Thumbnails of files by their paths: decoded in threads, kept in memory."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from maquette.gui.images import picture_image
from maquette.gui.thumbnail_loader import ThumbnailLoader
from maquette.provenance.pictures import read_picture
from maquette.state.tasks import Tasks

SIDE = 256
BUDGET = 64 << 20  # bytes


class Thumbnails(QObject):
    """Ask with `get`; when it has nothing yet, `ready` tells the path later.

    A file that cannot be read stays an empty pixmap.
    """

    ready = Signal(str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._loader = ThumbnailLoader(tasks, BUDGET, self)
        self._loader.ready.connect(self.ready)

    def get(self, path: str, data: bytes = b"") -> QPixmap | None:
        """The thumbnail of the file `path`, or of `data`, for which `path` is then just a name."""
        return self._loader.get(path, partial(_read, data or path))


def _read(file: str | bytes) -> QImage:
    return picture_image(read_picture(file, SIDE))
