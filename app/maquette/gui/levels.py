"""A picture at its full size and its halves, decoded in threads beside a window that goes on.

Qt's own conversions hold Python's lock for as long as they take, even in a thread: 40 ms for nine
million pixels, in which the window stands still. Pillow's do not, so everything large is hers.
"""

import asyncio
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image
from PySide6.QtCore import QSize
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
    return _levels_of(read_picture(file))


class Reduced(NamedTuple):
    """A picture of `size` pixels as its halves alone: the finest was halved `halvings` times."""

    size: QSize
    halvings: int
    levels: Levels


def read_reduced(file: str | bytes, most: int) -> Reduced:
    """The levels of the picture in `file` that have at most `most` pixels.

    Takes tens of milliseconds: call it in a thread.

    Raises:
        ImageError: it cannot be opened.
    """
    picture: Image.Image = read_picture(file)
    size = QSize(*picture.size)
    halvings = halvings_within(size, most)
    for _ in range(halvings):
        picture = picture.reduce(2)
    return Reduced(size, halvings, _levels_of(picture))


def halvings_within(size: QSize, most: int) -> int:
    """How often a picture of `size` is halved until it has at most `most` pixels."""
    count, width, height = 0, size.width(), size.height()
    while width * height > max(1, most):
        count, width, height = count + 1, (width + 1) // 2, (height + 1) // 2
    return count


def _levels_of(picture: Image.Image) -> Levels:
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
