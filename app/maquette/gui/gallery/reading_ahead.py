"""Decoding of the picture that is looked at, then of its neighbours, one at a time, in threads."""

import asyncio
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from maquette.core.errors import ImageError
from maquette.core.gallery import GalleryPicture
from maquette.gui.levels import Levels, read_levels
from maquette.state.tasks import Tasks

BUDGET = 160 << 20  # bytes of decoded pictures that are kept
BYTES_PER_PIXEL = 4 * 4 / 3  # a picture and its halves

Key = tuple[int, str]


class ReadingAhead(QObject):
    """Say with `want` what is needed, the most needed first; `came` tells of each as it comes.

    Neighbours are read only while they fit into BUDGET; the first is read however large it is.

    Signals:
        came(int): the picture with this id has been read, or cannot be.
    """

    came = Signal(int)

    def __init__(self, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._wanted: list[GalleryPicture] = []
        self._kept: dict[Key, Levels] = {}
        self._broken: dict[Key, str] = {}
        self._is_reading = False

    def want(self, pictures: Sequence[GalleryPicture]) -> None:
        """Keep what `pictures` need, and read what is missing of it, in this order."""
        self._wanted = list(pictures)
        wanted = {_key(picture) for picture in pictures}
        self._kept = {key: levels for key, levels in self._kept.items() if key in wanted}
        self._broken = {key: told for key, told in self._broken.items() if key in wanted}
        if not self._is_reading:
            self._is_reading = True
            self._tasks.start(self._read())

    def levels(self, picture: GalleryPicture) -> Levels | None:
        """What has been decoded of `picture`."""
        return self._kept.get(_key(picture))

    def problem(self, picture: GalleryPicture) -> str:
        """Why `picture` cannot be read, an English sentence; "" where it can, or is not known."""
        return self._broken.get(_key(picture), "")

    async def _read(self) -> None:
        try:
            while (picture := self._next()) is not None:
                await self._read_one(picture)
        finally:
            self._is_reading = False

    def _next(self) -> GalleryPicture | None:
        held = sum(levels[0].sizeInBytes() * 4 // 3 for levels in self._kept.values())
        for place, picture in enumerate(self._wanted):
            key = _key(picture)
            if key in self._kept or key in self._broken:
                continue
            needed = picture.width * picture.height * BYTES_PER_PIXEL
            if place == 0 or held + needed <= BUDGET:
                return picture
        return None

    async def _read_one(self, picture: GalleryPicture) -> None:
        levels, problem = None, ""
        try:
            levels = await asyncio.to_thread(read_levels, str(picture.path))
        except ImageError as error:
            problem = error.message
        if _key(picture) not in {_key(wanted) for wanted in self._wanted}:
            return
        if levels is not None:
            self._kept[_key(picture)] = levels
        else:
            self._broken[_key(picture)] = problem
        self.came.emit(picture.id)


def _key(picture: GalleryPicture) -> Key:
    return picture.id, picture.file_sha256
