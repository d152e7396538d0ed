"""What is selected in the grid: told to the inspector, fetched for whoever works on it."""

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject, QTimer, Signal

from maquette.core.gallery import GalleryPicture
from maquette.gui.gallery.grid import Grid
from maquette.gui.gallery.inspector import Inspector
from maquette.gui.gallery.inspector_many import MOST_TOLD
from maquette.state.gallery_view import GalleryView
from maquette.state.library import LibraryState
from maquette.state.tasks import Tasks

REST = 50  # milliseconds that a selection stays as it is before its pictures are fetched

Pictures = list[GalleryPicture]


class Picking(QObject):
    """Signals: changed(): another number of pictures is selected, or another one has the focus."""

    changed = Signal()

    def __init__(
        self,
        library: LibraryState,
        tasks: Tasks,
        grid: Grid,
        inspector: Inspector,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._tasks = tasks
        self._grid = grid
        self._inspector = inspector
        self._wanted = 0  # an id to go to as soon as it is found
        self._fetching: asyncio.Task[None] | None = None
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(REST)
        self._resting.timeout.connect(self._inspect)
        grid.picked.connect(self._picked)
        library.browser.view.changed.connect(self._view_changed)
        library.browser.rows.came.connect(self._resting.start)

    @property
    def ids(self) -> list[int]:
        """The ids of the selected pictures, in the grid's order."""
        return self._grid.selected_ids().tolist()

    @property
    def count(self) -> int:
        """How many pictures are selected."""
        return len(self._grid.selected_ids())

    @property
    def current(self) -> GalleryPicture | None:
        """The one picture that is selected, or of several the one with the focus."""
        return self._grid.current_picture()

    def fetch(self, use: Callable[[Pictures], object]) -> None:
        """Call `use` with all selected pictures as soon as they are read; not if there are none."""
        ids = self.ids
        if ids:
            self._tasks.start(self._fetch(ids, use))

    async def _fetch(self, ids: list[int], use: Callable[[Pictures], object]) -> None:
        pictures = await self._library.pictures(ids)
        if not pictures:
            return
        made = use(pictures)
        if isinstance(made, Awaitable):
            await made

    def go_to_when_found(self, picture_id: int) -> None:
        """Select this picture when the next answer has it."""
        self._wanted = picture_id

    def _view_changed(self, view: GalleryView, fields: frozenset[str]) -> None:
        if "answer" in fields and self._wanted and self._grid.go_to(self._wanted):
            self._wanted = 0

    def _picked(self) -> None:
        self.changed.emit()
        self._resting.start()

    def _inspect(self) -> None:
        """Show what is selected, or else what has the focus."""
        ids = self.ids
        if self._fetching is not None:
            self._fetching.cancel()
        if len(ids) > MOST_TOLD:
            self._inspector.show_pictures((), ids)
        elif ids:
            self._fetching = self._tasks.start(self._show(ids))
        else:
            self._inspector.show_pictures(())

    async def _show(self, ids: list[int]) -> None:
        pictures = await self._library.pictures(ids)
        self._inspector.show_pictures(pictures)
