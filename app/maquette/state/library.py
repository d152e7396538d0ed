"""The library as the window has it: looking around, changing, and facts about single pictures."""

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PIL import Image
from PySide6.QtCore import QObject

from maquette.core.errors import ImageError
from maquette.core.gallery import Board, GalleryPicture, Relative
from maquette.core.ledger_entry import MarkResult
from maquette.library.gallery import Gallery
from maquette.library.pictures.digests import PixelDigests
from maquette.library.thumbnails import Pictured, Thumbnails, ThumbnailSize
from maquette.state.gallery import GalleryBrowser
from maquette.state.gallery_commands import GalleryCommands
from maquette.state.imports import Imports
from maquette.state.inspecting import LedgerMarks
from maquette.state.notices import Notices
from maquette.state.tasks import Tasks
from maquette.state.upkeep import Upkeep


class LibraryFiles(msgspec.Struct, frozen=True, kw_only=True):
    """Where the library is: its index, the ledger, the folder of thumbnails."""

    index: Path
    ledger: Path
    thumbnails: Path


class LibraryState(QObject):
    """`browser` looks around, `commands` change, `imports` takes in what others made.

    `upkeep` looks after the files. `thumbnails` is the cache on the disk.

    It is what inspector and full-screen view take their facts from, too.
    """

    def __init__(
        self,
        files: LibraryFiles,
        home: Callable[[], Path],
        trash_days: Callable[[], int],
        tasks: Tasks,
        notices: Notices,
        parent: QObject | None = None,
    ) -> None:
        """`home` tells the folder where pictures go, `trash_days` how long the trash keeps them."""
        super().__init__(parent)
        self.thumbnails = Thumbnails(files.thumbnails, self._learn)
        self._digests = PixelDigests(files.index, self.thumbnails.rename)
        self.browser = GalleryBrowser(lambda: Gallery.open(files.index), tasks, self)
        self.imports = Imports(files.index, files.ledger, self.browser, notices, tasks, self)
        self.upkeep = Upkeep(
            index=files.index,
            ledger=files.ledger,
            home=home,
            trash_days=trash_days,
            browser=self.browser,
            notices=notices,
            tasks=tasks,
            parent=self,
        )
        self.commands = GalleryCommands(
            self.browser, notices, tasks, start_rebuild=self.upkeep.start_rebuild
        )
        self._marks = LedgerMarks(files.ledger)

    @property
    def boards(self) -> tuple[Board, ...]:
        """The boards there are."""
        return self.browser.view.value.boards

    async def pictures(self, ids: Sequence[int]) -> list[GalleryPicture]:
        """The pictures with these ids, in this order; gone ones are left out."""
        return await self.browser.pictures(ids)

    async def relatives(self, picture_id: int) -> tuple[Relative, ...]:
        """What is related to a picture."""
        return await self.browser.relatives(picture_id)

    async def thumbnail(self, picture: GalleryPicture, size: ThumbnailSize) -> Image.Image | None:
        """A small copy of `picture` (mode RGB); None where its file cannot be read."""
        try:
            return await asyncio.to_thread(self.thumbnails.image, picture, size)
        except ImageError:
            return None

    async def mark(self, picture: GalleryPicture) -> MarkResult | None:
        """How the watermark of this very file came out; None where the ledger does not know."""
        return await self._marks.of(picture)

    async def close(self) -> None:
        """Close the library, if it was opened."""
        await asyncio.to_thread(self._digests.close)
        await self.upkeep.close()
        await self.browser.close()

    def _learn(self, picture: Pictured, digest: str) -> None:
        """In a thread: the pixels of a picture are known now."""
        if isinstance(picture, GalleryPicture):
            self._digests.learn(picture, digest)
