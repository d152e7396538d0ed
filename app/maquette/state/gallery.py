"""Looking around in the library: a question, its answer, and what changes meanwhile."""

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import msgspec
from PySide6.QtCore import QObject, QTimer

from maquette.core.errors import LibraryError
from maquette.core.gallery import GalleryPicture, Relative
from maquette.library.gallery import Gallery
from maquette.library.pictures.listing import Sorting
from maquette.library.query import Query, parse_query
from maquette.state.gallery_rows import GalleryRows
from maquette.state.gallery_terms import quoted
from maquette.state.gallery_view import Answer, GalleryView, Question, Scope, Shelf
from maquette.state.store import Store
from maquette.state.tasks import Tasks

TYPING = 20  # milliseconds after a key: keys that come as one are one question
LOOKING = 1000  # milliseconds between two looks at whether another program changed the library

T = TypeVar("T")


class GalleryBrowser(QObject):
    """Asks the library in threads, one question at a time; of several only the last is answered.

    `view` is what is shown, `rows` the pictures in sight.
    """

    def __init__(
        self, open_gallery: Callable[[], Gallery], tasks: Tasks, parent: QObject | None = None
    ) -> None:
        """Open nothing yet: `open_gallery` is called in a thread when the place is first seen.

        Args:
            open_gallery: may raise LibraryError.
        """
        super().__init__(parent)
        self.view = Store(GalleryView(), self)
        self.rows = GalleryRows(self.pictures, tasks, self)
        self._open_gallery = open_gallery
        self._tasks = tasks
        self._opening: asyncio.Task[Gallery] | None = None
        self._asked = 0
        self._asking: asyncio.Task[None] | None = None
        self._to_count: Query | None = None
        self._counting: asyncio.Task[None] | None = None
        self._version = -1
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self.refresh)
        self._looking = QTimer(self)
        self._looking.setInterval(LOOKING)
        self._looking.timeout.connect(self._look)

    # --- the library itself ---------------------------------------------------------------------

    async def gallery(self) -> Gallery:
        """The open library. Raises LibraryError, and tries again when it is asked again."""
        if self._opening is None:
            self._opening = asyncio.ensure_future(asyncio.to_thread(self._open_gallery))
        try:
            return await asyncio.shield(self._opening)
        except LibraryError:
            self._opening = None
            raise

    async def work(self, function: Callable[[Gallery], T]) -> T:
        """Call `function` with the library in a thread. Raises what that raises."""
        gallery = await self.gallery()
        return await asyncio.to_thread(function, gallery)

    async def pictures(self, ids: Sequence[int]) -> list[GalleryPicture]:
        """The pictures with these ids, in this order; gone ones are left out."""
        return await self.work(lambda gallery: gallery.pictures(ids))

    async def of_records(self, records: Sequence[str]) -> list[GalleryPicture]:
        """The pictures that these records are of and whose files are there, the newest first."""
        return await self.work(lambda gallery: gallery.of_records(records))

    async def relatives(self, picture_id: int) -> tuple[Relative, ...]:
        """What is related to a picture."""
        return await self.work(lambda gallery: gallery.relatives(picture_id))

    async def close(self) -> None:
        """Close the library, if it was opened."""
        self._typing.stop()
        self._looking.stop()
        if self._opening is not None:
            [gallery] = await asyncio.gather(self._opening, return_exceptions=True)
            if isinstance(gallery, Gallery):
                await asyncio.to_thread(gallery.close)

    # --- questions ------------------------------------------------------------------------------

    def watch(self, is_seen: bool) -> None:
        """The place came into sight, or left it: only then other programs' changes are noticed."""
        if is_seen:
            self.refresh()
            self._looking.start()
        else:
            self._looking.stop()

    def search(self, text: str) -> None:
        """Look for `text`, a moment later, since more may be typed."""
        if self._ask(text=text):
            self._typing.start()

    def look_at(self, scope: Scope) -> None:
        """Look at all pictures, a board or the trash, with the same words."""
        if self._ask(scope=scope):
            self.refresh()

    def sort(self, sorting: Sorting) -> None:
        """Show what is found in another order."""
        if self._ask(sorting=sorting):
            self.refresh()

    def clear_search(self) -> None:
        """Look for nothing in particular."""
        if self._ask(text=""):
            self.refresh()

    def show_everything(self, scope: Scope) -> None:
        """Look at all of a shelf, whatever was searched for."""
        if self._ask(scope=scope, text=""):
            self.refresh()

    def refresh(self) -> None:
        """Ask again; what is shown stays until the answer comes."""
        self._typing.stop()
        self._asked += 1
        if self._asking is None:
            self._asking = self._tasks.start(self._answer_all())

    def changed(self) -> None:
        """The library was changed here: what is known of it may be out of date."""
        self.rows.forget()
        self.refresh()

    def _ask(self, **changes: object) -> bool:
        """Take the question over; False if it is the one of now."""
        question = msgspec.structs.replace(self.view.value.question, **changes)
        if question == self.view.value.question:
            return False
        self.view.update(question=question, problems=parse_query(question.text).problems)
        return True

    async def _answer_all(self) -> None:
        try:
            answered = 0
            while answered != self._asked:
                answered = self._asked
                await self._answer(answered)
        except LibraryError as error:
            self.view.update(problem=error.message)
            raise
        finally:
            self._asking = None

    async def _answer(self, number: int) -> None:
        question = self.view.value.question

        def find(gallery: Gallery) -> tuple[int, Answer, Query]:
            version, started = gallery.version(), time.perf_counter()
            query = parse_query(_query_text(question, gallery))
            ids = gallery.find(query, question.sorting)
            return version, Answer(ids, question, time.perf_counter() - started), query

        version, answer, query = await self.work(find)
        if version != self._version:
            self._version = version
            self.rows.forget()
        if number != self._asked:
            return
        self.view.update(answer=answer, is_open=True, problem="")

        self._to_count = query
        if self._counting is None:
            self._counting = self._tasks.start(self._count_all())

    async def _count_all(self) -> None:
        """Count what stands beside the latest answer, while further questions are answered."""
        try:
            while self._to_count is not None:
                query, self._to_count = self._to_count, None
                beside = await self.work(lambda gallery, query=query: _beside(gallery, query))
                if self._to_count is None:
                    self.view.update(**beside)
        finally:
            self._counting = None

    def _look(self) -> None:
        if self._opening is not None and self._asking is None:
            self._tasks.start(self._look_for_changes())

    async def _look_for_changes(self) -> None:
        version = await self.work(lambda gallery: gallery.version())
        if version != self._version:
            self.changed()


def _beside(gallery: Gallery, query: Query) -> dict[str, object]:
    """Boards, facets of `query`, and how many pictures there are."""
    return {
        "boards": gallery.boards(),
        "facets": gallery.facets(query),
        "total": gallery.count(parse_query("")),
        "trashed": gallery.count(parse_query("in:trash")),
    }


def _query_text(question: Question, gallery: Gallery) -> str:
    """The question as the library understands it: the shelf is a term like others."""
    scope = question.scope
    if scope.shelf is Shelf.TRASH:
        return f"in:trash {question.text}"
    if scope.shelf is Shelf.BOARD:
        # Asked for now: it may just have been given another name.
        names = {board.id: board.name for board in gallery.boards()}
        return f"board:{quoted(names.get(scope.board, ''))} {question.text}"
    return question.text
