"""What happens when all of a board is made: its sheet, and its place in the library."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from maquette.core.errors import InputError
from maquette.core.gallery import Board as Shelf
from maquette.core.gallery import GalleryPicture
from maquette.core.job import ENDED, JobState
from maquette.core.variants_board import SHEETS_FOLDER, Board
from maquette.library.naming import slug
from maquette.state.boards import Boards
from maquette.state.gallery_commands import GalleryCommands
from maquette.state.jobs import Jobs
from maquette.state.notices import NextStep, Notices
from maquette.state.tasks import Tasks

_OVER = ENDED - {JobState.INTERRUPTED, JobState.QUARANTINED}  # nobody is asked about these


class BoardEndings(QObject):
    """Watches the boards that want a sheet.

    What was cancelled or failed leaves its place on the sheet empty. If it is made after all, the
    sheet is written again.
    """

    def __init__(
        self,
        *,
        boards: Boards,
        jobs: Jobs,
        library: GalleryCommands,
        look_up: Callable[[Sequence[str]], Awaitable[Sequence[GalleryPicture]]],
        pictures_folder: Callable[[], Path],
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._boards = boards
        self._jobs = jobs
        self._library = library
        self._look_up = look_up
        self._pictures_folder = pictures_folder
        self._notices = notices
        self._tasks = tasks
        self._busy: set[str] = set()
        jobs.list.changed.connect(self._look)
        boards.list.changed.connect(self._look)

    def _look(self, *_: object) -> None:
        """End the boards of which nothing is on its way any more."""
        waiting = {
            board.id: board
            for board in self._boards.list.value.boards
            if board.sheet is not None
            and board.on_sheet < len(board.records)
            and board.id not in self._busy
        }
        if not waiting:
            return
        made: Counter[str] = Counter()
        open_groups: set[str] = set()
        for job in self._jobs.list.value.jobs:
            if job.group not in waiting:
                continue
            if job.state not in _OVER:
                open_groups.add(job.group)
            made[job.group] += job.state is JobState.FINISHED
        for group, number in made.items():
            if group not in open_groups and number > waiting[group].on_sheet:
                self._busy.add(group)
                self._tasks.start(self._end(waiting[group], number))

    async def _end(self, board: Board, number: int) -> None:
        shelf = await self._shelve(board)
        name = f"{slug(board.name)}-{board.id[:6]}.png"
        folder = self._pictures_folder() / SHEETS_FOLDER
        await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
        path = await self._boards.export_sheet(board, folder / name)
        ended = msgspec.structs.replace(board, sheet=str(path), on_sheet=number, shelf=shelf)
        await self._boards.change(ended)
        self._busy.discard(board.id)  # after an error it is tried when the program opens again
        missing = len(board.records) - number
        self._notices.inform(
            f"The board {board.name} is finished; its sheet was saved as {path.name}."
            if not missing
            else f"The board {board.name} was saved as {path.name}, with {missing} of its "
            "pictures missing.",
            step=NextStep.SHOW_BOARD,
            subject=board.id,
        )

    async def _shelve(self, board: Board) -> int:
        """Have the pictures on a board of the library; its id."""
        pictures = await self._look_up(board.records)
        ids = [picture.id for picture in pictures]
        if board.shelf:
            try:
                await self._library.put_on_board(ids, board.shelf)
            except InputError:
                pass  # somebody removed it; another one is made
            else:
                return board.shelf
        shelf = await self._new_shelf(board.name)
        await self._library.put_on_board(ids, shelf.id)
        return shelf.id

    async def _new_shelf(self, name: str) -> Shelf:
        """A board of the library of this name, or of that with a number behind it."""
        for number in range(2, 1000):
            try:
                return await self._library.add_board(
                    name if number == 2 else f"{name} {number - 1}"
                )
            except InputError:
                continue
        raise InputError("There are too many boards of this name; please remove some.")
