"""What a person can ask for in the library. Every change can be taken back, in its order."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from maquette.core.gallery import Board
from maquette.library.gallery import Gallery
from maquette.library.pictures.undo import Undo
from maquette.state.gallery import GalleryBrowser
from maquette.state.gallery_view import Scope, Shelf
from maquette.state.notices import NextStep, Notices
from maquette.state.store import Store
from maquette.state.tasks import Tasks

KEPT = 100  # changes that can be taken back


class Change(msgspec.Struct, frozen=True):
    """A change that can be taken back; the number tells it from others."""

    number: int
    undo: Undo


class Changes(msgspec.Struct, frozen=True):
    """What can be taken back, the latest last."""

    done: tuple[Change, ...] = ()


class GalleryCommands:
    """Each is awaited until the library has it, one after another, and raises LibraryError."""

    def __init__(
        self,
        browser: GalleryBrowser,
        notices: Notices,
        tasks: Tasks,
        *,
        start_rebuild: Callable[[], None],
    ) -> None:
        """`start_rebuild` makes the index anew from the files, in the background."""
        self.start_rebuild = start_rebuild
        self._browser = browser
        self._notices = notices
        self._tasks = tasks
        self._number = 0
        self._turn = asyncio.Lock()
        self.changes = Store(Changes(), browser)

    async def rate(self, ids: Sequence[int], rating: int) -> None:
        """Give these pictures `rating` stars, 0 to 5."""
        await self._change(lambda gallery: gallery.rate(ids, rating))

    async def tag(
        self, ids: Sequence[int], add: Sequence[str] = (), remove: Sequence[str] = ()
    ) -> None:
        """Add tags to these pictures, take others off."""
        await self._change(lambda gallery: gallery.tag(ids, add=add, remove=remove))

    async def annotate(self, picture_id: int, note: str) -> None:
        """Replace the note of a picture."""
        await self._change(lambda gallery: gallery.annotate(picture_id, note))

    async def put_on_board(self, ids: Sequence[int], board: int) -> None:
        """Put these pictures on a board too."""
        await self._change(lambda gallery: gallery.put_on_board(ids, board))

    async def take_off_board(self, ids: Sequence[int], board: int) -> None:
        """Take these pictures off a board; they stay in the library."""
        await self._change(lambda gallery: gallery.take_off_board(ids, board))

    async def add_board(self, name: str) -> Board:
        """Make a board called `name`."""
        board = await self._run(lambda gallery: gallery.add_board(name))
        self._browser.changed()
        return board

    async def rename_board(self, board: int, name: str) -> None:
        """Call a board `name`."""
        await self._change(lambda gallery: gallery.rename_board(board, name))

    async def remove_board(self, board: Board) -> None:
        """Remove a board; its pictures stay in the library."""
        number = await self._change(lambda gallery: gallery.remove_board(board.id))
        if self._browser.view.value.question.scope == Scope(Shelf.BOARD, board.id):
            self._browser.look_at(Scope())
        sentence = f"The board {board.name} was removed; its pictures stay in the library."
        self._offer_undo(sentence, number)

    async def trash(self, ids: Sequence[int]) -> None:
        """Move these pictures to the trash."""
        number = await self._change(lambda gallery: gallery.trash(ids))
        sentence = _counted(len(ids), "was moved", "were moved", "to the trash.")
        self._offer_undo(sentence, number)

    async def restore(self, ids: Sequence[int]) -> None:
        """Put pictures of the trash back where they were."""
        await self._change(lambda gallery: gallery.restore(ids))

    async def empty_trash(self) -> None:
        """Delete the trash's files for good. This is the one thing that cannot be taken back."""
        # Those of this very second, too: the trash keeps times in whole seconds.
        later = datetime.now(UTC) + timedelta(seconds=2)
        purged = await self._run(lambda gallery: gallery.purge(later))
        self._tell(purged.notices)
        self.changes.update(done=())  # some of it could only be taken back with those files
        self._browser.changed()

    async def undo(self, number: int = 0) -> None:
        """Take a change back, the latest one unless its `number` is given; none is no error."""
        done = self.changes.value.done
        change = next((each for each in reversed(done) if number in (0, each.number)), None)
        if change is None:
            return
        self.changes.update(done=tuple(each for each in done if each is not change))
        self._withdraw_offer(change.number)
        undone = await self._run(lambda gallery: gallery.undo(change.undo))
        self._tell(undone.notices)
        self._browser.changed()

    def undo_notice(self, subject: str) -> None:
        """Take back what a notice told of; it is the number of a change."""
        self._tasks.start(self.undo(int(subject)))

    async def _change(self, function: Callable[[Gallery], Undo]) -> int:
        """Change something, so that it can be taken back; returns the change's number."""
        undo = await self._run(function)
        self._tell(undo.notices)
        self._number += 1
        change = Change(self._number, undo)
        self.changes.update(done=(*self.changes.value.done, change)[-KEPT:])
        self._browser.changed()
        return change.number

    async def _run(self, function: Callable[[Gallery], Any]) -> Any:
        async with self._turn:
            return await self._browser.work(function)

    def _tell(self, sentences: Sequence[str]) -> None:
        """Say what could not be done, if anything."""
        if sentences:
            self._notices.fail("\n".join(sentences[:3]), "\n".join(sentences))

    def _offer_undo(self, sentence: str, number: int) -> None:
        self._notices.inform(sentence, step=NextStep.UNDO_LIBRARY, subject=str(number))

    def _withdraw_offer(self, number: int) -> None:
        """Take away the notice of a change that is taken back some other way."""
        notice = self._notices.value.notice
        offer = (NextStep.UNDO_LIBRARY, str(number))
        if notice is not None and (notice.step, notice.subject) == offer:
            self._notices.dismiss()


def _counted(count: int, one: str, many: str, rest: str) -> str:
    return f"1 picture {one} {rest}" if count == 1 else f"{count} pictures {many} {rest}"
