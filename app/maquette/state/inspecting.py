"""What inspector, full-screen view and Compare ask of the studio, and where facts come from."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PIL import Image

from maquette.core.gallery import Board, GalleryPicture, Relative
from maquette.core.ledger_entry import MarkResult
from maquette.library.ledger import Ledger
from maquette.library.thumbnails import ThumbnailSize


class InspectorCommands(Protocol):
    """Intents. What changes the library is awaited and raises MaquetteError when it could not."""

    async def rate(self, ids: Sequence[int], rating: int) -> None:
        """Give these pictures `rating` stars, 0 to 5."""
        ...

    async def tag(
        self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> None:
        """Add tags to these pictures, take others off."""
        ...

    async def annotate(self, picture_id: int, note: str) -> None:
        """Replace the note of a picture."""
        ...

    async def put_on_board(self, ids: Sequence[int], board: int) -> None:
        """Put these pictures on a board too."""
        ...

    async def take_off_board(self, ids: Sequence[int], board: int) -> None:
        """Take these pictures off a board; they stay in the library."""
        ...

    async def trash(self, ids: Sequence[int]) -> None:
        """Move these pictures to the trash."""
        ...

    async def restore(self, ids: Sequence[int]) -> None:
        """Take these pictures out of the trash."""
        ...

    async def undo(self) -> None:
        """Take the latest change back."""
        ...

    def use_again(self, picture: GalleryPicture) -> None:
        """Lay the recipe of `picture`, ours or another program's, out in Create."""
        ...

    def check(self, path: Path) -> None:
        """Go to Check with this file."""
        ...

    def show_in_folder(self, path: Path) -> None:
        """Open the folder that holds this file."""
        ...

    def find_file(self, picture: GalleryPicture) -> None:
        """Let the user say where the missing file of `picture` is now."""
        ...

    def go_to(self, picture: GalleryPicture) -> None:
        """Show `picture` in the grid, and select it."""
        ...


class GalleryFacts(Protocol):
    """Where facts come from; everything slow happens in threads."""

    @property
    def boards(self) -> tuple[Board, ...]:
        """The boards there are."""
        ...

    async def pictures(self, ids: Sequence[int]) -> list[GalleryPicture]:
        """The pictures with these ids, in this order; gone ones are left out."""
        ...

    async def relatives(self, picture_id: int) -> tuple[Relative, ...]:
        """What is related to a picture."""
        ...

    async def thumbnail(self, picture: GalleryPicture, size: ThumbnailSize) -> Image.Image | None:
        """A small copy of `picture` (mode RGB); None where its file cannot be read."""
        ...

    async def mark(self, picture: GalleryPicture) -> MarkResult | None:
        """How the watermark of this very file came out; None where the ledger does not know."""
        ...


class LedgerMarks:
    """Looks up in the ledger how a picture's watermark came out when its file was written."""

    def __init__(self, ledger_file: Path) -> None:
        self._file = ledger_file

    async def of(self, picture: GalleryPicture) -> MarkResult | None:
        """The result of the file with these very bytes, None if the ledger has none.

        Raises:
            LibraryError: the ledger cannot be read.
        """
        if picture.record is None:
            return None
        return await asyncio.to_thread(self._look_up, picture.file_sha256)

    def _look_up(self, sha256: str) -> MarkResult | None:
        with Ledger.open_read_only(self._file) as ledger:
            entry = ledger.by_file(sha256)
        return entry.mark if entry is not None else None
