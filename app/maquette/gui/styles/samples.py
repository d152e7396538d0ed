"""Sample pictures of styles: read in threads, kept as pixmaps in bounded memory."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from maquette.core.errors import ImageError, StyleError
from maquette.gui.images import picture_image
from maquette.gui.thumbnail_loader import ThumbnailLoader
from maquette.provenance.pictures import read_picture
from maquette.state.styles import Styles
from maquette.state.tasks import Tasks

SIDE = 256  # pixels
BUDGET = 48 << 20  # bytes


class Samples(QObject):
    """Ask with `get`; when it has nothing yet, `ready` tells the style's id later.

    A style without a sample that can be read has an empty pixmap.
    """

    ready = Signal(str)

    def __init__(self, styles: Styles, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._styles = styles
        self._loader = ThumbnailLoader(tasks, BUDGET, self)
        self._loader.ready.connect(self.ready)
        styles.sampled.connect(self._forget)

    def get(self, style_id: str) -> QPixmap | None:
        """The sample picture of a style; None as long as it is being read."""
        return self._loader.get(style_id, partial(self._read, style_id))

    def _read(self, style_id: str) -> QImage:
        try:
            sample = self._styles.sample(style_id)
        except StyleError as error:
            raise ImageError(error.message, error.detail) from error
        return picture_image(read_picture(sample, SIDE)) if sample else QImage()

    def _forget(self, style_id: str) -> None:
        self._loader.forget(style_id)
        self.ready.emit(style_id)
