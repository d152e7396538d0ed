"""The picture to start from: its pixels, fitted to each size it is used at."""

import asyncio
from collections import OrderedDict
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from maquette.core.pixels import Pixels, pixel_digest
from maquette.core.recipe import Recipe, StartImage
from maquette.core.start import Start
from maquette.provenance.start_file import StartFile, read_start_file
from maquette.state.pictures import fit_pixels, read_pixels
from maquette.state.session import StartChoice
from maquette.state.store import Store

KEPT = 8
THUMBNAIL = 96


class StartPicture(msgspec.Struct, frozen=True, eq=False):
    """The start picture as loaded; compared by identity, since arrays have no truth value."""

    path: str
    pixels: Pixels
    thumbnail: Pixels
    file: StartFile = StartFile()


class Held(msgspec.Struct, frozen=True):
    """The start picture at hand; None while there is none."""

    picture: StartPicture | None = None


class StartPictures(QObject):
    """Loads start pictures off the event loop and remembers the last few fitted ones by digest.

    Remembering them lets a picture that was made from another be varied later.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = Store(Held(), self)
        self._fitted: OrderedDict[str, Start] = OrderedDict()
        self._choice = 0  # counts choices, that of none included

    async def load(self, path: str) -> StartPicture | None:
        """Choose the picture at `path`; None if another choice was made while it was read.

        Raises:
            ImageError: it cannot be read.
        """
        self._choice += 1
        choice = self._choice
        picture = await _read(path)
        if choice != self._choice:
            return None
        self.current.update(picture=picture)
        return picture

    async def hold(self, path: str) -> StartPicture:
        """The picture at `path`, which is at hand from now on unless one is chosen meanwhile.

        Raises:
            ImageError: it cannot be read.
        """
        before = self._choice, self.current.value.picture
        picture = await _read(path)
        if before == (self._choice, self.current.value.picture):
            self.current.update(picture=picture)
        return picture

    def clear(self) -> None:
        """Choose none."""
        self._choice += 1
        self.current.update(picture=None)

    async def fit(self, choice: StartChoice, width: int, height: int) -> tuple[StartImage, Start]:
        """The start image for a recipe of this size, and what the job needs. Raises ImageError."""
        held = self.current.value.picture
        if held is None or held.path != choice.path:
            held = await self.hold(choice.path)
        fitted = await asyncio.to_thread(fit_pixels, held.pixels, width, height)
        digest = await asyncio.to_thread(pixel_digest, fitted)
        start = Start(fitted, held.file.file)
        self._remember(digest, start)
        record = choice.record or held.file.record
        return StartImage(digest=digest, strength=choice.strength, record=record), start

    def start_for(self, recipe: Recipe) -> Start | None:
        """What `recipe` starts from, if it is still at hand."""
        return self._fitted.get(recipe.start.digest) if recipe.start else None

    def _remember(self, digest: str, start: Start) -> None:
        self._fitted[digest] = start
        self._fitted.move_to_end(digest)
        while len(self._fitted) > KEPT:
            self._fitted.popitem(last=False)


async def _read(path: str) -> StartPicture:
    pixels = await asyncio.to_thread(read_pixels, path)
    thumbnail = await asyncio.to_thread(fit_pixels, pixels, THUMBNAIL, THUMBNAIL)
    file = await asyncio.to_thread(read_start_file, Path(path))
    return StartPicture(path, pixels, thumbnail, file)
