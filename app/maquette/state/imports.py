"""Taking pictures of other programs into the library, in a thread, with progress and an end."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject

from maquette.library.importing import Imported, import_pictures
from maquette.library.ledger import Ledger
from maquette.library.pictures.connections import Connections
from maquette.state.gallery import GalleryBrowser
from maquette.state.notices import Notices
from maquette.state.store import Store
from maquette.state.tasks import Tasks

TOLD = 200  # files that could not be read and are named in the notice's details


class ImportView(msgspec.Struct, frozen=True):
    """`done` of `total` files are read; `total` is 0 while nothing is imported."""

    done: int = 0
    total: int = 0
    is_active: bool = False


class Imports(QObject):
    """One import at a time; what is asked for meanwhile comes after it."""

    def __init__(
        self,
        index: Path,
        ledger: Path,
        browser: GalleryBrowser,
        notices: Notices,
        tasks: Tasks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.view = Store(ImportView(), self)
        self._files = (index, ledger)
        self._browser = browser
        self._notices = notices
        self._tasks = tasks
        self._turn = asyncio.Lock()
        self._cancelled = threading.Event()

    def start(self, paths: Sequence[str]) -> None:
        """Take in these files, and the pictures in these folders. Their files stay as they are."""
        self._tasks.start(self._import([Path(path) for path in paths]))

    def cancel(self) -> None:
        """Stop; what was taken in so far stays."""
        self._cancelled.set()

    async def _import(self, paths: Sequence[Path]) -> None:
        async with self._turn:
            await self._browser.gallery()  # migrated, if need be
            self._cancelled = threading.Event()
            loop = asyncio.get_running_loop()
            self.view.replace(ImportView(is_active=True))

            def progress(done: int, total: int) -> None:
                loop.call_soon_threadsafe(self._show_progress, done, total)

            try:
                imported = await asyncio.to_thread(self._work, paths, progress, self._cancelled)
            except asyncio.CancelledError:
                self._cancelled.set()
                raise
            finally:
                self.view.replace(ImportView())
                self._browser.changed()
            self._tell(imported)

    def _work(
        self,
        paths: Sequence[Path],
        progress: Callable[[int, int], None],
        cancelled: threading.Event,
    ) -> Imported:
        index, ledger = self._files
        with closing(Connections.open(index)) as connections, Ledger.open(ledger) as entries:
            return import_pictures(connections, entries, paths, progress, cancelled)

    def _show_progress(self, done: int, total: int) -> None:
        if self.view.value.is_active:
            self.view.replace(ImportView(done, total, is_active=True))

    def _tell(self, imported: Imported) -> None:
        sentences = []
        if imported.returned:
            sentences.append(f"Missing pictures that were found again: {imported.returned}.")
        if imported.added or not sentences:
            one = imported.added == 1
            count = "1 picture was" if one else f"{imported.added} pictures were"
            sentences.append(f"{count} imported.")
        known = imported.known - imported.returned
        if known:
            sentences.append(f"Files that the library has already: {known}.")
        if imported.failed:
            sentences.append(f"Files that are no pictures, or cannot be read: {imported.failed}.")
        detail = "\n".join(f"{each.path}: {each.reason}" for each in imported.unread[:TOLD])
        if imported.failed:
            self._notices.fail("\n".join(sentences), detail)
        else:
            self._notices.inform("\n".join(sentences))
