"""A picture at its full size and its halves, decoded in threads beside a window that goes on.

Qt's own conversions hold Python's lock for as long as they take, even in a thread: 40 ms for nine
million pixels, in which the window stands still. Pillow's do not, so everything large is hers.
"""

import asyncio
from collections.abc import Callable

from PIL import Image
from PySide6.QtGui import QImage

from maquette.core.errors import ImageError
from maquette.gui.images import picture_image
from maquette.provenance.pictures import read_picture

SMALLEST = 384  # pixels; no level with a longer side below this is made

Levels = tuple[QImage, ...]


def read_levels(file: str | bytes) -> Levels:
    """The picture in `file` (a path, or its bytes), then each half as large as the one before.

    Takes tens of milliseconds: call it in a thread.

    Raises:
        ImageError: it cannot be opened.
    """
    picture: Image.Image = read_picture(file)
    levels = [picture_image(picture)]
    while max(picture.size) >= 2 * SMALLEST:
        picture = picture.reduce(2)
        levels.append(picture_image(picture))
    return tuple(levels)


class LevelReader:
    """Decodes one picture at a time, so that walking through many of them stays quick."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)

    async def read(self, file: str | bytes, is_wanted: Callable[[], bool]) -> Levels | None:
        """The levels of `file`; None when it is not wanted any more before or after decoding.

        Raises:
            ImageError: it is wanted, and cannot be opened.
        """
        async with self._turn:
            if not is_wanted():
                return None
            try:
                levels = await asyncio.to_thread(read_levels, file)
            except ImageError:
                if is_wanted():
                    raise
                return None
        return levels if is_wanted() else None
