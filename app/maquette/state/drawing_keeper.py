"""Keeps the open drawing in its file on the shelf: every step, as soon as it is done."""

import asyncio
import time
from collections.abc import Callable

from maquette.core.errors import DrawingError
from maquette.core.history import Step
from maquette.core.open_drawing import Content, OpenDrawing
from maquette.core.tile_memory import TileMemory
from maquette.core.tiles import Tile
from maquette.library.sketches.drawing_file import DrawingFile
from maquette.library.sketches.shelf import Shelf
from maquette.state.tasks import Tasks

REST = 1.5  # seconds without a change after which the preview is made


class DrawingKeeper:
    """Saves in a thread, one save at a time; what happens meanwhile is in the next one.

    A drawing on which nothing was done yet has no file.
    """

    def __init__(
        self,
        shelf: Shelf,
        tasks: Tasks,
        failed: Callable[[DrawingError], None],
        saved: Callable[[], None],
        file: DrawingFile | None = None,
    ) -> None:
        """`saved` is called after each save, `failed` with why there could be none."""
        self._shelf = shelf
        self._tasks = tasks
        self._failed = failed
        self._saved = saved
        self._file = file
        self._there: OpenDrawing | None = None
        self._memory = TileMemory()
        self._is_dirty = False
        self._has_failed = False
        self._saving: asyncio.Task[None] | None = None
        self._resting: asyncio.TimerHandle | None = None
        self._opened = time.time()
        self._changed = self._opened
        self._is_described = file is not None

    def fetch(self, number: int) -> bytes:
        """The packed bytes of a tile, for threads. Raises DrawingError."""
        if self._file is None:
            raise DrawingError("The sketch is damaged and cannot be read; open another one.")
        return self._file.fetch(number)

    def follow(self, there: OpenDrawing) -> None:
        """This is the drawing to keep."""
        self._there = there

    @property
    def is_saved(self) -> bool:
        """Whether all that was done is on the disk."""
        return not self._is_dirty and self._saving is None

    def changed(self) -> None:
        """Something was done: save it, now or right after the save that is under way."""
        self._is_dirty, self._changed = True, time.time()
        self._start()

    async def finish(self) -> None:
        """Save what is not yet saved, and close the file. What fails of it is told."""
        if self._resting is not None:
            self._resting.cancel()
        if self._is_dirty:
            self._start()
        if self._saving is not None:
            await asyncio.gather(asyncio.shield(self._saving), return_exceptions=True)
        if self._file is not None:
            try:
                await self._describe()
            except DrawingError as error:
                self._tell(error)
            await asyncio.to_thread(self._file.close)
        # The drawing knows its keeper: as long as both know each other, its pixels stay in memory
        # until Python's collector comes, which in a large program is seldom.
        self._there = None

    def _start(self) -> None:
        if self._saving is None:
            self._saving = self._tasks.start(self._save())

    async def _save(self) -> None:
        there = self._there
        assert there is not None
        try:
            while self._is_dirty:
                self._is_dirty = False
                first, steps = there.history.take_unsaved()
                content, position = there.content, there.history.position
                try:
                    written = await asyncio.to_thread(self._write, content, first, steps, position)
                except BaseException as error:
                    there.history.give_back(first)
                    self._is_dirty = True
                    if not isinstance(error, DrawingError):
                        raise
                    self._tell(error)
                    return
                self._has_failed = False
                self._memory.saved(written)
                self._rest()
        finally:
            self._saving = None
        self._saved()

    def _write(
        self, content: Content, first: int, steps: tuple[Step, ...], position: int
    ) -> list[Tile]:
        if self._file is None:
            self._file = DrawingFile(self._shelf.file_of(content.drawing.id))
        written = self._file.store(content, first, steps, position)
        if not self._is_described:
            self._shelf.describe(content.drawing, self._changed, self._opened)
            self._is_described = True
        return written

    def _rest(self) -> None:
        """Make the preview once nothing was done for a while."""
        if self._resting is not None:
            self._resting.cancel()
        self._resting = asyncio.get_running_loop().call_later(
            REST, lambda: self._tasks.start(self._describe())
        )

    async def _describe(self) -> None:
        there = self._there
        if there is None:
            return  # it was put away meanwhile
        # Here and not in the thread: layers come and go meanwhile.
        sheets = [there.pixels(layer.id) for layer in there.drawing.layers]
        await asyncio.to_thread(
            self._shelf.describe, there.drawing, self._changed, self._opened, sheets
        )

    def _tell(self, error: DrawingError) -> None:
        """Tell it, once until a save goes well again."""
        if not self._has_failed:
            self._failed(error)
        self._has_failed = True
