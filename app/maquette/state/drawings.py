"""The open drawing, as the canvas and the layers panel know it, and where drawings are kept."""

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from maquette.core.rect import Rect
from maquette.core.sketch_images import LOOSE, SketchImages
from maquette.library.sketches.flattening import Flattening
from maquette.library.sketches.found import Found
from maquette.library.sketches.shelf import Shelved
from maquette.state.drawing_files import DrawingFiles, Kept
from maquette.state.drawing_layers import Layered
from maquette.state.edit_queue import Edit
from maquette.state.tasks import Tasks

SIDE = 1024  # of the first drawing


class Drawings(Layered):
    """The open drawing with its history.

    The canvas calls `begin`, paints into `pixels(layer_id).array`, and calls `commit` or `cancel`.
    Everything else is done by the methods, which all can be undone; what takes long is prepared in
    a thread, in order, and `is_busy` meanwhile, so that `begin` refuses. `settled` waits for it.

    Signals:
        changed(fields): frozenset of "drawing" (name, size), "layers" (order, values, the active
            one), "history", "saved" (whether everything is on the disk).
        pixels_changed(layer_id, rect): the array has other pixels there, not by the canvas itself.
        leaving(): another drawing is about to be laid out; what is begun should be ended.
        replaced(): all arrays are new ones: another drawing, or another size.
        failed(error): a MaquetteError, for the notices.
    """

    def __init__(self, folder: Path, tasks: Tasks, parent: QObject | None = None) -> None:
        """`folder` is where drawings are kept; nothing is read or written yet."""
        # Told through lambdas, since there are no signals before Qt's own part is there.
        files = DrawingFiles(
            folder, tasks, lambda error: self.failed.emit(error), lambda: self._tell({"saved"})
        )
        super().__init__(files.fresh(SIDE, SIDE), tasks, parent)
        self._tasks = tasks
        self._files = files
        self._leaving: set[asyncio.Task[None]] = set()
        self._flattening = Flattening()

    # --- for the model --------------------------------------------------------------------------

    async def sketch_images(
        self, width: int, height: int, loose: float = LOOSE
    ) -> SketchImages | None:
        """What the drawing says to the model at a recipe's size, as it is painted at this moment.

        None if nothing is drawn on any layer of lines. `loose` is the weight, 0 to 1, of lines
        that need not be kept where others must. What did not change since the last time is not
        worked out again.
        """
        drawing = self.drawing
        sheets = {layer.id: self._open.pixels(layer.id) for layer in drawing.layers}
        return await asyncio.to_thread(
            self._flattening.images, drawing, sheets, self._painting, (width, height), loose
        )

    # --- drawings -------------------------------------------------------------------------------

    def new(self, width: int, height: int, name: str = "") -> None:
        """An empty drawing; the one before stays on the shelf. Raises DrawingError."""
        fresh = self._files.fresh(width, height, name)
        self.leaving.emit()
        self._edits.perform(lambda: Edit(lambda _: self._switch(fresh)))

    def restore(self) -> None:
        """Lay out the drawing that was open last, if there is one."""
        self._edits.perform(lambda: Edit(self._switch, self._files.last))

    def lay_out(self, drawing_id: str) -> None:
        """Open a drawing of the shelf."""

        def plan() -> Edit | None:
            if drawing_id == self.drawing.id:
                return None
            return Edit(self._switch, partial(self._files.shelved, drawing_id), self._put_away)

        if drawing_id != self.drawing.id or self.is_busy:  # it may be another one soon
            self.leaving.emit()
            self._edits.perform(plan)

    async def open(self, path: Path) -> Found:
        """Open a .maquette or .ora file as a new drawing; returns what was in the file.

        The drawing before stays on the shelf. Raises DrawingError; everything is as it was then.
        """
        kept, found = await asyncio.to_thread(self._files.opened, path)

        def apply(_: None) -> None:
            self._switch(kept)
            self._keep(set())

        self.leaving.emit()
        self._edits.perform(lambda: Edit(apply))
        await self.settled()
        return found

    async def shelved(self) -> list[Shelved]:
        """The drawings on the shelf, the one that was open last first."""
        return await asyncio.to_thread(self._files.shelf.list)

    async def trashed(self) -> Sequence[Shelved]:
        """The drawings in the trash, the one that was put there last first."""
        return await asyncio.to_thread(self._files.shelf.trashed)

    async def trash(self, drawing_id: str) -> bool:
        """Put a drawing into the trash; in place of the open one comes a new one.

        False if nothing of it was kept: nobody drew on it.

        Raises:
            DrawingError: it could not be moved.
        """
        if drawing_id == self.drawing.id:
            self.new(self.drawing.width, self.drawing.height)
        await self.settled()
        await self._put_away()
        if not await asyncio.to_thread(self._files.shelf.holds, drawing_id):
            return False
        await asyncio.to_thread(self._files.trash, drawing_id)
        return True

    async def untrash(self, drawing_id: str) -> None:
        """Take a drawing out of the trash. Raises DrawingError."""
        await asyncio.to_thread(self._files.shelf.restore, drawing_id)

    async def close(self) -> None:
        """Save what is not yet saved, the stroke that is being painted included.

        Nothing can be done with the drawing afterwards.
        """
        if self._painting:
            whole = Rect(0, 0, self.drawing.width, self.drawing.height)
            self.commit(self._painting, whole, "Brush")
        await self.settled()
        await self._keeper.finish()
        await self._put_away()

    async def _put_away(self) -> None:
        """Return when no drawing but the open one is in use any more."""
        await asyncio.gather(*self._leaving, return_exceptions=True)

    def _switch(self, other: Kept | None) -> None:
        """Another drawing is the open one; the one before is put away in the background."""
        if other is None:
            return
        leaving = self._tasks.start(self._keeper.finish())
        self._leaving.add(leaving)
        leaving.add_done_callback(self._leaving.discard)
        self._open, self._keeper = other
        self._painting = ""
        self.replaced.emit()
        self._tell({"drawing", "layers", "history", "saved"})
