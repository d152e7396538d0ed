"""What the parts of the Library place can ask for: changes below, ways to other places above."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from maquette.core.gallery import GalleryPicture
from maquette.gui.files import show_in_folder
from maquette.state.commands import Commands
from maquette.state.gallery_commands import GalleryCommands


class Ways(msgspec.Struct, frozen=True):
    """How to get to other places: to Create, to Check with a file, to a picture of the grid."""

    create: Callable[[], None]
    check: Callable[[Path], None]
    picture: Callable[[GalleryPicture], None]
    find_file: Callable[[GalleryPicture], None]


class PageCommands:
    """The commands of inspector and full-screen view; those that change are awaited."""

    def __init__(self, gallery: GalleryCommands, commands: Commands, ways: Ways) -> None:
        self._gallery = gallery
        self._commands = commands
        self._ways = ways

    async def rate(self, ids: Sequence[int], rating: int) -> None:
        """Give these pictures `rating` stars, 0 to 5."""
        await self._gallery.rate(ids, rating)

    async def tag(
        self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> None:
        """Add tags to these pictures, take others off."""
        await self._gallery.tag(ids, add, remove)

    async def annotate(self, picture_id: int, note: str) -> None:
        """Replace the note of a picture."""
        await self._gallery.annotate(picture_id, note)

    async def put_on_board(self, ids: Sequence[int], board: int) -> None:
        """Put these pictures on a board too."""
        await self._gallery.put_on_board(ids, board)

    async def take_off_board(self, ids: Sequence[int], board: int) -> None:
        """Take these pictures off a board; they stay in the library."""
        await self._gallery.take_off_board(ids, board)

    async def trash(self, ids: Sequence[int]) -> None:
        """Move these pictures to the trash."""
        await self._gallery.trash(ids)

    async def restore(self, ids: Sequence[int]) -> None:
        """Put pictures of the trash back where they were."""
        await self._gallery.restore(ids)

    async def undo(self) -> None:
        """Take the latest change back."""
        await self._gallery.undo()

    def use_again(self, picture: GalleryPicture) -> None:
        """Lay the recipe of `picture` out in Create; of another program's, what there is."""
        if picture.record is not None:
            self._commands.lay_out(picture.record.recipe)
        elif picture.foreign is not None:
            self._commands.lay_out_foreign(picture.foreign)
        else:
            return
        self._ways.create()

    def use_as_like(self, picture: GalleryPicture) -> None:
        """Take over the style of `picture` in Create."""
        record = picture.record.id if picture.record is not None else ""
        self._commands.likes.use(str(picture.path), record)
        self._ways.create()

    def check(self, path: Path) -> None:
        """Go to Check with this file."""
        self._ways.check(path)

    def show_in_folder(self, path: Path) -> None:
        """Open the folder that holds this file."""
        show_in_folder(str(path))

    def find_file(self, picture: GalleryPicture) -> None:
        """Let the user say where the missing file of `picture` is now."""
        self._ways.find_file(picture)

    def go_to(self, picture: GalleryPicture) -> None:
        """Show `picture` in the grid, and select it."""
        self._ways.picture(picture)
