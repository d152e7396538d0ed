"""Thumbnails of the library's pictures: out of the cache on the disk, made where it has none."""

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap

from maquette.core.gallery import GalleryPicture
from maquette.gui.images import picture_image
from maquette.gui.thumbnail_loader import ThumbnailLoader
from maquette.library.thumbnails import Thumbnails, ThumbnailSize
from maquette.state.tasks import Tasks

BUDGET = 96 << 20  # bytes; a thousand cells of the small size, 250 of the large one


class PictureThumbnails(QObject):
    """Ask with `get`; `ready` tells the `key` of what came later."""

    ready = Signal(str)

    def __init__(self, tasks: Tasks, cache: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cache = cache
        self._loader = ThumbnailLoader(tasks, BUDGET, self)
        self._loader.ready.connect(self.ready)

    def key(self, picture: GalleryPicture, side: int) -> str:
        """What `ready` says of `picture` where it is drawn at most `side` device pixels large.

        Pictures of equal content share it.
        """
        return f"{picture.pixel_sha256 or picture.file_sha256}-{_size(side)}"

    def get(self, picture: GalleryPicture, side: int) -> QPixmap | None:
        """The thumbnail for `side` device pixels; the other size until that one comes, or None.

        Empty if the picture's file cannot be read; `problem` says why.
        """
        size = _size(side)
        found = self._loader.get(
            self.key(picture, side), partial(_read, self._cache, picture, size)
        )
        if found is None:
            other = next(each for each in ThumbnailSize if each is not size)
            found = self._loader.kept(self.key(picture, other))
        return found

    def problem(self, picture: GalleryPicture, side: int) -> str:
        """Why there is no thumbnail, one sentence; "" if there is one or it has not come yet."""
        return self._loader.problem(self.key(picture, side))

    def keep_wanted(self, pictures: Iterable[GalleryPicture], side: int) -> None:
        """Drop what was asked for and is not among `pictures`, when scrolling came to rest."""
        self._loader.keep_wanted({self.key(picture, side) for picture in pictures})

    def forget(self, picture: GalleryPicture) -> None:
        """Read `picture` anew, after its file came back or changed."""
        for size in ThumbnailSize:
            self._loader.forget(self.key(picture, size))


def _size(side: int) -> ThumbnailSize:
    return ThumbnailSize.SMALL if side <= ThumbnailSize.SMALL else ThumbnailSize.LARGE


def _read(cache: Thumbnails, picture: GalleryPicture, size: ThumbnailSize) -> QImage:
    """In a thread. Raises ImageError.

    Qt reads what is in the cache, in a third of Pillow's time and without holding Python's lock;
    what she cannot read is made again.
    """
    reader = QImageReader(str(cache.path_of(picture, size)), b"webp")
    if 0 < max(reader.size().width(), reader.size().height()) <= size:
        image = reader.read()
        if not image.isNull():
            return image
    return picture_image(cache.image(picture, size))
