"""The pixels of the pictures that are compared: as many as are seen, and no more than fit.

Four pictures of 16 megapixels in full take 340 MB. As long as they are seen as a whole, a quarter
of their pixels or less is as good; all of them are read when somebody looks closer, and let go of
afterwards.
"""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from maquette.core.errors import ImageError
from maquette.core.gallery import GalleryPicture
from maquette.gui.levels import Reduced, halvings_within, read_reduced
from maquette.state.tasks import Tasks

WHOLE = 4 << 20  # pixels of a picture that is seen as a whole; more than any smallest level has
BUDGET = 384 << 20  # bytes of all pictures together when one looks closer
BYTES_PER_PIXEL = 4 * 4 / 3  # a picture and its halves

Key = tuple[int, str]


class ComparedPixels(QObject):
    """Say with `want` which pictures, and with `look_closer` how much of them is seen.

    Signals:
        came(): there is something new to show.
        failed(int, str): the picture with this id cannot be read; an English sentence says why.
    """

    came = Signal()
    failed = Signal(int, str)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._wanted: tuple[GalleryPicture, ...] = ()
        self._kept: dict[Key, Reduced] = {}
        self._broken: set[Key] = set()
        self._is_close = False
        self._is_reading = False

    def want(self, pictures: Sequence[GalleryPicture]) -> None:
        """Keep what `pictures` need, and read what is missing of it, in this order."""
        self._wanted = tuple(pictures)
        wanted = {_key(picture) for picture in pictures}
        self._kept = {key: kept for key, kept in self._kept.items() if key in wanted}
        self._broken &= wanted
        if not wanted:
            self._is_close = False
        self._read_on()

    def look_closer(self, is_close: bool) -> None:
        """Whether more pixels are seen now than those of the pictures as a whole."""
        if is_close == self._is_close:
            return
        self._is_close = is_close
        if not is_close:
            self._kept = {key: _as_whole(kept) for key, kept in self._kept.items()}
            self.came.emit()
        self._read_on()

    def of(self, picture: GalleryPicture) -> Reduced | None:
        """What has been read of `picture`."""
        return self._kept.get(_key(picture))

    def is_close(self, picture: GalleryPicture, width: float) -> bool:
        """Whether `picture`, shown `width` pixels wide, has more to see than there is of it whole.

        False for one that has not been read.
        """
        read = self.of(picture)
        if read is None:
            return False
        halvings = halvings_within(read.size, WHOLE)
        return halvings > 0 and width > read.size.width() / 2**halvings

    def _read_on(self) -> None:
        if not self._is_reading:
            self._is_reading = True
            self._tasks.start(self._read())

    async def _read(self) -> None:
        try:
            while (picture := self._next()) is not None:
                await self._read_one(picture)
        finally:
            self._is_reading = False

    def _next(self) -> GalleryPicture | None:
        """The next one to read: those first of which there is nothing yet."""
        readable = [each for each in self._wanted if _key(each) not in self._broken]
        for picture in readable:
            if _key(picture) not in self._kept:
                return picture
        for picture in readable:
            kept = self._kept[_key(picture)]
            if halvings_within(kept.size, self._most) < kept.halvings:
                return picture
        return None

    @property
    def _most(self) -> int:
        """How many pixels each picture may have."""
        if not self._is_close:
            return WHOLE
        return max(WHOLE, int(BUDGET / BYTES_PER_PIXEL / max(1, len(self._wanted))))

    async def _read_one(self, picture: GalleryPicture) -> None:
        read, problem = None, ""
        most = self._most if _key(picture) in self._kept else WHOLE
        try:
            read = await asyncio.to_thread(read_reduced, str(picture.path), most)
        except ImageError as error:
            problem = error.message
        if _key(picture) not in {_key(wanted) for wanted in self._wanted}:
            return
        if read is None:
            self._broken.add(_key(picture))
            self.failed.emit(picture.id, problem)
            return
        self._kept[_key(picture)] = read if self._is_close else _as_whole(read)
        self.came.emit()


def _as_whole(kept: Reduced) -> Reduced:
    """`kept` without the levels that only somebody who looks closer sees."""
    more = halvings_within(kept.size, WHOLE) - kept.halvings
    if more <= 0:
        return kept
    return Reduced(kept.size, kept.halvings + more, kept.levels[more:])


def _key(picture: GalleryPicture) -> Key:
    return picture.id, picture.file_sha256
