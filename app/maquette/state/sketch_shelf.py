"""The shelf of sketches as people use it: what is there, what is thrown away, and back again."""

import asyncio
from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QObject, Signal

from maquette.core.errors import DrawingError
from maquette.library.sketches.shelf import Shelved
from maquette.state.drawings import Drawings
from maquette.state.notices import NextStep, Notices
from maquette.state.tasks import Tasks


class _Discarded(msgspec.Struct, frozen=True):
    """What was put into the trash last, and which of it was the open drawing ("" for none)."""

    ids: tuple[str, ...] = ()
    was_open: str = ""


class SketchShelf(QObject):
    """Puts sketches into the trash, with a notice that takes it back, and takes them out of it.

    Signals:
        changed(): sketches went into the trash or came out of it.
    """

    changed = Signal()

    def __init__(
        self, drawings: Drawings, notices: Notices, tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._drawings = drawings
        self._notices = notices
        self._tasks = tasks
        self._last = _Discarded()
        self._turn = asyncio.Lock()  # one thing is done after the other

    async def kept(self) -> Sequence[Shelved]:
        """The sketches on the shelf, the one that was open last first."""
        return await self._drawings.shelved()

    async def trashed(self) -> Sequence[Shelved]:
        """Those in the trash, the one that was put there last first."""
        return await self._drawings.trashed()

    def discard(self, ids: Sequence[str], name: str = "") -> None:
        """Put sketches into the trash; `name` is what a single one is called."""
        self._tasks.start(self._discard(tuple(ids), name))

    def discard_open(self) -> None:
        """Put the open drawing into the trash; empty paper comes in its place."""
        drawing = self._drawings.drawing
        self.discard((drawing.id,), drawing.name)

    def take_back(self) -> None:
        """Put back what was thrown away last; the open drawing is the open one again."""
        last = self._last
        if last.ids:
            self.bring_back(last.ids, last.was_open)

    def bring_back(self, ids: Sequence[str], to_open: str = "") -> None:
        """Take sketches out of the trash, and lay out the one with the id `to_open`."""
        self._tasks.start(self._bring_back(tuple(ids), to_open))

    async def _discard(self, ids: tuple[str, ...], name: str) -> None:
        async with self._turn:
            opened, gone, problem = self._drawings.drawing.id, [], None
            for each in ids:
                try:
                    if await self._drawings.trash(each):
                        gone.append(each)
                except DrawingError as error:
                    problem = error  # the others can be thrown away all the same
            if gone:
                self._last = _Discarded(tuple(gone), opened if opened in gone else "")
            step = NextStep.UNDO_SKETCHES if gone else NextStep.NONE
            if problem is not None:
                self._notices.fail(problem.message, problem.detail, step=step)
            elif gone:
                self._notices.inform(_gone_words(len(gone), name), step=step)
            self.changed.emit()

    async def _bring_back(self, ids: tuple[str, ...], to_open: str) -> None:
        async with self._turn:
            if set(ids) & set(self._last.ids):
                self._forget_last()
            try:
                for each in ids:
                    await self._drawings.untrash(each)
            finally:
                self.changed.emit()
            if to_open:
                self._drawings.lay_out(to_open)

    def _forget_last(self) -> None:
        """There is nothing to undo any more, so nothing offers it."""
        self._last = _Discarded()
        notice = self._notices.value.notice
        if notice is not None and notice.step is NextStep.UNDO_SKETCHES:
            self._notices.dismiss()


def _gone_words(count: int, name: str) -> str:
    """What the notice says."""
    if count > 1:
        return f"{count} sketches are in the trash."
    return f"The sketch “{name}” is in the trash." if name else "The sketch is in the trash."
